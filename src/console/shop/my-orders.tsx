import type { OrderView } from '../../protocol/records.ts';
import { formatElapsed, formatYuan } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { OrderBadge } from '../parts/order-badge.tsx';
import { useNow } from '../parts/use-now.ts';

/** The buyer's orders, with what can be done about an unpaid one. */
export function MyOrders({
  orders,
  busy,
  onPay,
  onCancel,
}: {
  orders: readonly OrderView[];
  busy: boolean;
  onPay(orderId: string): void;
  onCancel(orderId: string): void;
}) {
  const { t } = useLanguage();
  const now = useNow();
  const sorted = [...orders].sort((a, b) => b.placedAt - a.placedAt);
  return (
    <section className="my-orders" aria-labelledby="my-orders">
      <h2 id="my-orders">{t('shop.myOrders')}</h2>
      {sorted.length === 0 && <p className="faint">{t('shop.noOrders')}</p>}
      <ul>
        {sorted.map((order) => (
          <li key={order.id} className="my-order">
            <OrderBadge state={order.state} />
            <span className="my-order-items">
              {order.items.map((item) => [item.title, item.sku].filter(Boolean).join(' ')).join('、')}
            </span>
            <b className="figures">{formatYuan(order.amount)}</b>
            {order.state === 'unpaid' && (
              <span className="my-order-actions">
                {order.autoCloseAt !== undefined && order.autoCloseAt > now && (
                  <span className="faint figures">
                    {t('orders.closesIn', { left: formatElapsed(order.autoCloseAt - now) })}
                  </span>
                )}
                <ActionButton look="main" isDisabled={busy} onPress={() => onPay(order.id)}>
                  {t('shop.pay')}
                </ActionButton>
                <ActionButton isDisabled={busy} onPress={() => onCancel(order.id)}>
                  {t('shop.cancel')}
                </ActionButton>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
