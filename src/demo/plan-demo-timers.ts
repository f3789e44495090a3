/** Plans the follow-ups of the demo's unpaid orders, as their events would have. */
import type { Desk } from '../turn/desk.ts';
import { tellTimers } from '../turn/plan-follow-ups.ts';
import { DEMO_BUYERS } from './demo-people.ts';
import { DEMO_SHOP_ID } from './demo-shop.ts';

/** Tells the timers of every unpaid demo order. Telling again changes nothing that is planned. */
export async function planDemoTimers(desk: Desk): Promise<void> {
  const shop = await desk.shop(DEMO_SHOP_ID);
  for (const buyer of DEMO_BUYERS) {
    for (const { id, state } of buyer.orders) {
      const order = state === 'unpaid' ? await desk.ledger.orders.find(DEMO_SHOP_ID, id) : undefined;
      if (!order) continue;
      const { placedAt, afterChat, amountFen, autoCloseAt } = order;
      await desk.ledger.transaction((stores) =>
        tellTimers(stores, desk, shop, {
          type: 'order.created',
          atMs: placedAt,
          data: {
            orderId: id,
            buyerId: buyer.id,
            afterChat,
            amount: amountFen / 100,
            ...(autoCloseAt === null ? {} : { autoCloseAt: new Date(autoCloseAt).toISOString() }),
          },
        }),
      );
    }
  }
}
