import type { OrderView } from '../../../protocol/records.ts';
import { formatElapsed, formatMoment, formatYuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { OrderBadge } from '../../parts/order-badge.tsx';
import { useNow } from '../../parts/use-now.ts';

/** The buyer's orders, the newest first; an unpaid one counts down to its closing. */
export function OrderList({ orders }: { orders: readonly OrderView[] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const sorted = [...orders].sort((a, b) => b.placedAt - a.placedAt);
  return (
    <section className="side-card">
      <div className="side-head">
        <h2>{t('orders.title')}</h2>
        <span className="count count-calm">{orders.length}</span>
      </div>
      {orders.length === 0 && <p className="faint">{t('orders.none')}</p>}
      <ul className="orders">
        {sorted.map((order) => (
          <li key={order.id} className="order">
            <div className="order-head">
              <OrderBadge state={order.state} />
              <b className="figures">{formatYuan(order.amount)}</b>
            </div>
            {order.items.map((item) => (
              <p key={`${item.title}-${item.sku}`}>
                {item.title} {item.sku && <span className="faint">{item.sku}</span>}{' '}
                {item.qty !== undefined && item.qty !== 1 && <span className="faint">×{item.qty}</span>}
              </p>
            ))}
            <p className="faint order-foot">
              <span className="code">{order.id}</span>
              <span className="figures">{formatMoment(order.placedAt, now, language)}</span>
            </p>
            {order.state === 'unpaid' && order.autoCloseAt !== undefined && (
              <p className={order.autoCloseAt - now < 3_600_000 ? 'order-close order-close-soon' : 'order-close'}>
                {order.autoCloseAt > now
                  ? t('orders.closesIn', { left: formatElapsed(order.autoCloseAt - now) })
                  : t('orders.closing')}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
