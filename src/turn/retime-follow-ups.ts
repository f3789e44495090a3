/** Planned rows follow a changed setting: moved, ended or planned again, batch by batch and whoever dies meanwhile. */
import type { ShopSettings } from '../desk/shop-settings.ts';
import { createFollowUpEngine } from '../followups/engine.ts';
import type { TimerChange } from '../followups/ledger-store.ts';
import { FOLLOW_UP_TABLE } from '../followups/rule-table.ts';
import type { RuleId } from '../followups/rules.ts';
import { createId } from '../lib/ids.ts';
import type { SettingsPart } from '../protocol/settings.ts';
import type { Desk } from './desk.ts';
import { setAlarm, timersOf } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';

/** By then every node works by the saved settings, so none plans by the old ones behind the walk. */
const KNOWN_EVERYWHERE_MS = 4000;
const BATCH = 200;
/** A walker that says nothing for this long is taken to be gone. */
const LEASE_MS = 60_000;
/** Parts of the settings by which every row finds its moment. */
const CALENDAR_PARTS: readonly SettingsPart[] = ['hours', 'closedDays', 'schedule', 'quietHours'];

/** Notes in the transaction of a change which timers' rows must be looked at again. */
export async function noteTimerChanges(
  stores: Stores,
  shopId: string,
  part: SettingsPart,
  { before, after, revision }: { before: ShopSettings; after: ShopSettings; revision: number },
  nowMs: number,
): Promise<void> {
  const rules = changedRules(part, before, after);
  await stores.followUpLedger(shopId).noteChanges(rules, revision, nowMs + KNOWN_EVERYWHERE_MS);
}

function changedRules(part: SettingsPart, before: ShopSettings, after: ShopSettings): RuleId[] {
  const rules = FOLLOW_UP_TABLE.filter(({ touches }) => touches.length > 0).map(({ id }) => id);
  if (CALENDAR_PARTS.includes(part)) return rules;
  if (part !== 'timers') return [];
  return rules.filter((id) => JSON.stringify(before.timers?.[id]) !== JSON.stringify(after.timers?.[id]));
}

/** Walks the rows of every changed timer of a shop that nobody else walks. @returns how many rows it looked at */
export async function retimeFollowUps(desk: Desk, shopId: string): Promise<number> {
  const ledger = desk.ledger.followUpLedger(shopId);
  let seen = 0;
  for (;;) {
    const change = await ledger.claimChange(desk.clock.now(), LEASE_MS);
    if (!change) break;
    seen += await walk(desk, shopId, change);
  }
  if (seen > 0) desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps', 'counters'] });
  return seen;
}

async function walk(desk: Desk, shopId: string, change: TimerChange): Promise<number> {
  const ledger = desk.ledger.followUpLedger(shopId);
  let seen = 0;
  for (let { afterId } = change; ; ) {
    const nowMs = desk.clock.now();
    const rows = await ledger.rowsToRetime({ ...change, afterId }, nowMs, BATCH);
    await retimeBatch(desk, shopId, change.rule, rows, nowMs);
    seen += rows.length;
    afterId = rows.at(-1)?.id ?? afterId;
    const isOver = rows.length < BATCH;
    await ledger.advanceChange(change, isOver ? null : afterId, desk.clock.now() + LEASE_MS);
    if (isOver) return seen;
  }
}

async function retimeBatch(
  desk: Desk,
  shopId: string,
  rule: RuleId,
  rows: readonly { buyerId: string; subjectId: string; channel: string | null }[],
  nowMs: number,
): Promise<void> {
  const shop = await desk.shop(shopId);
  const store = desk.ledger.followUps(shopId);
  const buyers = Map.groupBy(rows, ({ buyerId }) => buyerId);
  const changed = await Promise.all(
    [...buyers].map(([buyerId, subjects]) => {
      const timers = timersOf(shop, subjects[0]?.channel ?? undefined);
      const engine = createFollowUpEngine({ store, shop: timers, newId: (at) => createId('followUp', at) });
      const ofRule = subjects.map(({ subjectId }) => ({ rule, subjectId }));
      return engine.retime(buyerId, ofRule, nowMs);
    }),
  );
  for (const row of changed.flat()) setAlarm(desk, shopId, row);
}
