/** Timers of the shop as a whole: one live row each, run once over all nodes, one missed occurrence made up for. */
import type { ShopTimer } from '../desk/clock-store.ts';
import type { Shop } from '../desk/ports.ts';
import { nextOccurrence } from '../followups/next-occurrence.ts';
import type { FollowUpRule, Schedule } from '../followups/rules.ts';
import { shopDeadline } from '../followups/task-rules.ts';
import { createId } from '../lib/ids.ts';
import { DAY_MS, toWallTime } from '../lib/wall-time.ts';
import type { Desk } from './desk.ts';
import { timersOf } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { briefCampaigns } from './raise-shop-task.ts';
import { readReport, type ShopReport } from './report-shop.ts';

/** A timer as it runs in a shop. */
interface RunningTimer {
  /** The rule's id, or that of one of its parts. */
  key: string;
  rule: FollowUpRule;
  schedule: Schedule;
}

/** Where buyers are spoken to. */
const CHANNEL = 'web';
/** Kind of the tasks that shop timers raise. */
const TASK = 'shop_timer';
const HAND_OVER = 'FU-22';
/** The list comes with the first shift; the rule's own moment is the reminder that it is not done. @see FU-22 */
const HAND_OVER_LIST = 'FU-22.list';

/** Sets up, moves and runs the shop's timers as its settings and its calendar say at this moment. */
export async function runShopTimers(desk: Desk, shopId: string): Promise<void> {
  const shop = await desk.shop(shopId);
  const timers = runningTimers(shop);
  const rows = new Map((await desk.ledger.shopTimers.all(shopId)).map((row) => [row.key, row]));
  const nowMs = desk.clock.now();
  let raised = false;
  for (const timer of timers) {
    const row = rows.get(timer.key);
    rows.delete(timer.key);
    if (row && row.nextAt <= nowMs) raised = (await run(desk, shop, timer, row, nowMs)) || raised;
    else await place(desk, shop, timer, row, nowMs);
  }
  // Switched off, or of a rule that is no more.
  for (const key of rows.keys()) await desk.ledger.shopTimers.remove(shopId, key);
  await briefCampaigns(desk, shop);
  if (raised) desk.bus.publish({ type: 'lists.changed', shopId, lists: ['tasks', 'followUps', 'counters'] });
}

function runningTimers(shop: Shop): RunningTimer[] {
  return [...timersOf(shop).rules.values()].flatMap((rule) => {
    const { schedule } = rule;
    if (!rule.enabled || schedule === undefined || schedule.kind === 'byPeople') return [];
    const own: RunningTimer = { key: rule.id, rule, schedule };
    if (rule.id !== HAND_OVER) return [own];
    return [{ key: HAND_OVER_LIST, rule, schedule: { kind: 'daily', at: 'shift_start' } as const }, own];
  });
}

/** Puts the row where the calendar says by now: set up, re-timed, or after a jump of the clock. */
async function place(
  desk: Desk,
  shop: Shop,
  timer: RunningTimer,
  row: ShopTimer | undefined,
  nowMs: number,
): Promise<void> {
  const sinceAt = row ? sinceOf(row, nowMs) : nowMs;
  const nextAt = nextAfter(shop, timer.schedule, nowMs, sinceAt);
  if (nextAt === null) {
    if (row) await desk.ledger.shopTimers.remove(shop.id, timer.key);
  } else if (!row) await desk.ledger.shopTimers.add(shop.id, { key: timer.key, nextAt, sinceAt });
  else if (row.nextAt !== nextAt) {
    await desk.ledger.shopTimers.move(shop.id, { key: timer.key, nextAt, sinceAt }, row.nextAt);
  }
}

/** An occurrence that a clock far ahead has run counts no more once the clock is right again. */
function sinceOf(row: ShopTimer, nowMs: number): number {
  return row.sinceAt - nowMs > DAY_MS ? nowMs : row.sinceAt;
}

/** What was run already does not come again when the clock is put back. */
function nextAfter(shop: Shop, schedule: Schedule, nowMs: number, sinceAt: number): number | null {
  return nextOccurrence(schedule, timersOf(shop).calendar, Math.max(nowMs, sinceAt), sinceAt);
}

/** Runs a row that is due: the move to the next moment and the task are one commit, and one node wins. */
async function run(desk: Desk, shop: Shop, timer: RunningTimer, row: ShopTimer, nowMs: number): Promise<boolean> {
  const { key } = timer;
  const occurredAt = row.nextAt;
  const nextAt = nextAfter(shop, timer.schedule, nowMs, occurredAt);
  const report = await readReport(desk, shop, timer.rule.id, sinceOf(row, nowMs), nowMs);
  return await desk.ledger.transaction(async (stores) => {
    const moved =
      nextAt === null
        ? undefined
        : await stores.shopTimers.move(shop.id, { key, nextAt, sinceAt: occurredAt }, occurredAt);
    if (moved === false) return false;
    if (nextAt === null) await stores.shopTimers.remove(shop.id, key);
    return await raise(stores, shop, timer, occurredAt, report, nowMs);
  });
}

async function raise(
  stores: Stores,
  shop: Shop,
  { key, rule }: RunningTimer,
  occurredAt: number,
  report: ShopReport,
  nowMs: number,
): Promise<boolean> {
  const { date } = toWallTime(occurredAt, shop.tz);
  const listId = `tsk_${HAND_OVER_LIST}_${date}`;
  const isReminder = key === HAND_OVER;
  if (isReminder && (await stores.desk.tasks(shop.id, { id: listId })).length === 0) return false;
  const dueAt = shopDeadline(rule.id, occurredAt, timersOf(shop).calendar) ?? undefined;
  const title = isReminder ? `交接单还没有做完：${report.title}` : `${rule.title.zh}：${report.title}`;
  await stores.desk.addTask(
    {
      shopId: shop.id,
      // Named by its occurrence: a clock that jumps raises none twice.
      id: `tsk_${key}_${date}`,
      kind: TASK,
      title,
      rule: rule.id,
      ...(dueAt === undefined ? {} : { dueAt }),
      // The list is worked off by agents; everything else is looked after by the supervisor.
      forRole: key === HAND_OVER_LIST ? 'agent' : 'supervisor',
      data: { cards: rule.cards, occurredAt, lines: report.lines },
    },
    nowMs,
  );
  await addContacts(stores, shop, rule, report, nowMs);
  const data = { rule: rule.id, key, occurredAt, items: report.lines.length };
  await stores.desk.audit(shop.id, 'desk', 'shop_timer.raised', data, nowMs);
  return true;
}

/** A buyer to be spoken to is a task with the script for it; each review brings one. @see FU-26, SCR-158 */
async function addContacts(stores: Stores, shop: Shop, rule: FollowUpRule, report: ShopReport, nowMs: number) {
  for (const { orderId, buyerId, issue } of report.contacts ?? []) {
    const fresh = createId('conversation', nowMs);
    const { id: conversationId } = await stores.conversations.open(shop.id, buyerId, CHANNEL, fresh, nowMs);
    await stores.desk.addTask(
      {
        shopId: shop.id,
        id: `tsk_${rule.id}_${orderId}`,
        kind: TASK,
        title: `好评里说到问题：${issue}`,
        rule: rule.id,
        conversationId,
        buyerId,
        orderId,
        forRole: 'agent',
        data: { cards: rule.cards },
      },
      nowMs,
    );
  }
}
