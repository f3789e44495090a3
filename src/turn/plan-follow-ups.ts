/** Tells the timers what happened: rows are planned, moved and cancelled in the caller's transaction. */

import type { Shop } from '../desk/ports.ts';
import { hoursOf, type ShopHours } from '../desk/shop-hours.ts';
import type { FollowUpEvent } from '../followups/events.ts';
import { planOnEvent } from '../followups/plan-on-event.ts';
import { createFollowUpShop, type FollowUpShop } from '../followups/shop.ts';
import type { FollowUp } from '../followups/store.ts';
import { createId } from '../lib/ids.ts';
import type { Desk } from './desk.ts';
import type { Stores } from './ports.ts';

/** Only the near future gets an alarm; the sweep sets the others when they come near. */
export const ALARM_HORIZON_MS = 3_600_000;
/** An alarm must not ring before the transaction that planned it is through. */
const SOONEST_MS = 50;

const shops = new WeakMap<ShopHours, FollowUpShop>();

/**
 * A shop's calendar and rules, made once for each reading of its settings.
 *
 * @param channel its shifts count; absent: those of the shop
 */
export function timersOf(shop: Shop, channel?: string): FollowUpShop {
  const ofChannel = hoursOf(shop, channel);
  let known = shops.get(ofChannel);
  if (!known) {
    const { hours, quietHours, closedDays, timers } = shop.settings;
    const { spansOn } = ofChannel;
    known = createFollowUpShop({ timeZone: shop.tz, hours, quietHours, closedDays, spansOn }, timers);
    shops.set(ofChannel, known);
  }
  return known;
}

/**
 * Folds an event into the buyer's book; the lock on the book lasts until the transaction ends.
 *
 * The shop is handed in: inside a transaction nothing may be read but through its own stores.
 *
 * @param channel where the buyer is; its shifts count. Absent: those of the shop
 */
export async function tellTimers(
  stores: Stores,
  desk: Desk,
  shop: Shop,
  event: FollowUpEvent,
  buyerId?: string,
  channel?: string,
): Promise<void> {
  const buyer = buyerId ?? ('buyerId' in event.data ? event.data.buyerId : undefined);
  if (buyer === undefined) return;
  const planned: FollowUp[] = [];
  await stores.followUps(shop.id).change(buyer, (book) => {
    const change = planOnEvent(book, event, timersOf(shop, channel), (nowMs) => createId('followUp', nowMs));
    planned.push(...change.rows.filter((row) => row.status === 'planned'));
    return change;
  });
  for (const row of planned) setAlarm(desk, shop.id, row);
}

/** Sets the alarm of a row that is due soon. A lost alarm does no harm: the sweep finds the row. */
export function setAlarm(desk: Desk, shopId: string, row: { id: string; revision: number; dueAtMs: number }): void {
  const delayMs = row.dueAtMs - desk.clock.now();
  if (delayMs > ALARM_HORIZON_MS) return;
  desk.alarms
    .set({ shopId, followUpId: row.id, revision: row.revision }, Math.max(SOONEST_MS, delayMs))
    .catch((error: unknown) => desk.log.warn({ err: error }, 'an alarm was not set; the sweep will find its row'));
}
