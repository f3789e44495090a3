import type { OrderView } from '../../protocol/records.ts';
import { useLanguage } from '../i18n/language.tsx';

const looks: Readonly<Record<OrderView['state'], string>> = {
  unpaid: 'badge badge-amber',
  paid: 'badge badge-blue',
  printed: 'badge badge-blue',
  shipped: 'badge badge-jade',
  signed: 'badge badge-jade',
  completed: 'badge',
  closed: 'badge',
};

/** Where an order stands. */
export function OrderBadge({ state }: { state: OrderView['state'] }) {
  const { t } = useLanguage();
  return <span className={looks[state]}>{t(`order.${state}`)}</span>;
}
