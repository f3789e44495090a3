/** Plans the follow-ups of the demo's unpaid orders, as their events would have. */
import type { EventOf } from '../followups/events.ts';
import type { Ledger } from '../turn/ports.ts';
import { DEMO_BUYERS } from './demo-people.ts';
import { DEMO_SHOP_ID } from './demo-shop.ts';

/** Tells the timers of every unpaid demo order through `tell`. Telling again changes nothing that is planned. */
export async function planDemoTimers(
  ledger: Ledger,
  tell: (event: EventOf<'order.created'>) => Promise<void>,
): Promise<void> {
  for (const buyer of DEMO_BUYERS) {
    for (const { id, state } of buyer.orders) {
      const order = state === 'unpaid' ? await ledger.orders.find(DEMO_SHOP_ID, id) : undefined;
      if (!order) continue;
      const { placedAt, afterChat, amountFen, autoCloseAt } = order;
      await tell({
        type: 'order.created',
        atMs: placedAt,
        data: {
          orderId: id,
          buyerId: buyer.id,
          afterChat,
          amount: amountFen / 100,
          ...(autoCloseAt === null ? {} : { autoCloseAt: new Date(autoCloseAt).toISOString() }),
        },
      });
    }
  }
}
