/**
 * Judges a month by the logs of events and sends alone.
 *
 * It shares nothing with the engine: its own table of the rules, its own clock on the wall. @see FR-01 … FR-10
 */

import type { LoggedEvent, LoggedSend } from './month.ts';
import { createOrderFiles, type OrderFile } from './order-files.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A send that should not have been, or one that is missing. */
export interface Violation {
  /** The rule that is broken. */
  of: `FR-${string}`;
  what: string;
  send: LoggedSend;
}

/** What the checker must be told of a shop: hours of the buyers' sleep, and its days. */
export interface CheckedShop {
  timeZone: string;
  /** Hours of the day, the first of the night and the first of the morning. */
  quiet: { from: number; to: number };
  closedDays: readonly string[];
}

type Kind = 'sales' | 'notice' | 'matter' | 'clock' | 'internal';

/** What domain 07 says of each rule: its kind, the most touches for one trigger, the least time after it. */
const RULES: Record<string, { kind: Kind; most: number; leastMs: readonly number[] }> = {
  'FU-01': { kind: 'sales', most: 2, leastMs: [HOUR, DAY] },
  'FU-02': { kind: 'sales', most: 1, leastMs: [30 * MINUTE] },
  'FU-03': { kind: 'sales', most: 1, leastMs: [0] },
  'FU-04': { kind: 'sales', most: 1, leastMs: [30 * MINUTE] },
  'FU-05': { kind: 'sales', most: 2, leastMs: [0, DAY] },
  'FU-06': { kind: 'sales', most: 1, leastMs: [10 * MINUTE] },
  'FU-07': { kind: 'clock', most: 1, leastMs: [0] },
  'FU-08': { kind: 'clock', most: 2, leastMs: [3 * MINUTE, 3 * MINUTE] },
  'FU-09': { kind: 'clock', most: 2, leastMs: [3 * MINUTE, 3 * MINUTE] },
  'FU-10': { kind: 'internal', most: 2, leastMs: [DAY, 40 * HOUR] },
  'FU-11': { kind: 'internal', most: 26, leastMs: [3 * DAY] },
  'FU-13': { kind: 'notice', most: 1, leastMs: [DAY] },
  'FU-14': { kind: 'internal', most: 1, leastMs: [0] },
  'FU-16': { kind: 'internal', most: 1, leastMs: [DAY] },
  'FU-17': { kind: 'internal', most: 1, leastMs: [DAY] },
  'FU-18': { kind: 'internal', most: 1, leastMs: [DAY] },
  'FU-19': { kind: 'notice', most: 2, leastMs: [0, 0] },
  'FU-29': { kind: 'clock', most: 1, leastMs: [0] },
  'FU-30': { kind: 'notice', most: 1, leastMs: [0] },
  'FU-31': { kind: 'notice', most: 1, leastMs: [0] },
  'FU-34': { kind: 'matter', most: 2, leastMs: [0, 0] },
  'FU-37': { kind: 'internal', most: 1, leastMs: [3 * DAY] },
  'FU-38': { kind: 'matter', most: 1, leastMs: [5 * MINUTE] },
  'FU-41': { kind: 'matter', most: 2, leastMs: [3 * DAY, 6 * DAY] },
  'FU-42': { kind: 'matter', most: 1, leastMs: [0] },
  'FU-46': { kind: 'notice', most: 1, leastMs: [3 * DAY] },
  'FU-47': { kind: 'internal', most: 8, leastMs: [7 * DAY, 14 * DAY] },
};
/** A time named anew moves the reminder, and brings no second one. */
const ONCE_AN_ORDER = ['FU-03'];
const UNPAID = ['FU-01', 'FU-02', 'FU-03', 'FU-04'];
/** Everything that an opt-out of all stops, beside sales. */
const STOPPED_BY_ALL = ['FU-13', 'FU-19', 'FU-30', 'FU-31', 'FU-34', 'FU-46'];

/** Finds every violation. */
export function checkMonth(
  { events, sends }: { events: readonly LoggedEvent[]; sends: readonly LoggedSend[] },
  shop: CheckedShop,
): Violation[] {
  const files = createOrderFiles(events, shop.timeZone);
  const found: Violation[] = [];
  const earlier = new Map<string, LoggedSend[]>();
  for (const send of sends) {
    const add = (of: Violation['of'], what: string) => found.push({ of, what, send });
    const rule = RULES[send.rule];
    if (!rule) {
      add('FR-10', 'a rule of which nothing is known');
      continue;
    }
    const own = files.get(send.buyerId);
    const before = earlier.get(send.buyerId) ?? [];
    earlier.set(send.buyerId, [...before, send]);
    const triggers = own?.triggersOf(send.rule, send.subjectId, send.atMs) ?? [];
    checkTrigger(send, rule, triggers, before, add);
    if (send.mode !== 'T' && rule.kind !== 'clock' && rule.kind !== 'internal') {
      checkNight(send, own?.zoneAt(send.atMs) ?? shop.timeZone, shop, add);
    }
    if (!own) continue;
    const stop = own.stoppedAt(send.atMs);
    if (rule.kind === 'sales' && stop !== null) add('FR-07', `after ${stop}`);
    if (STOPPED_BY_ALL.includes(send.rule) && stop === 'opting out of all') add('FR-07', `after ${stop}`);
    if (rule.kind === 'sales') checkSales(send, before, add);
    if (UNPAID.includes(send.rule)) checkUnpaid(send, own, before, add);
    else checkStillTrue(send, own, add);
    if (['FU-16', 'FU-17', 'FU-18'].includes(send.rule)) checkWorkingDays(send, triggers.at(-1), shop, add);
  }
  return found;
}

type Add = (of: Violation['of'], what: string) => void;

/** It had a reason, waited for its delay, and did not come more often than allowed. @see FR-02, FR-03 */
function checkTrigger(
  send: LoggedSend,
  { most, leastMs }: { most: number; leastMs: readonly number[] },
  triggers: readonly number[],
  before: readonly LoggedSend[],
  add: Add,
): void {
  const first = triggers[0];
  if (first === undefined) {
    add('FR-01', 'without what sets it off');
    return;
  }
  const least = leastMs[Math.min(send.touch, leastMs.length) - 1] ?? 0;
  if (!triggers.some((ms) => send.atMs - ms >= least)) add('FR-03', `${(send.atMs - triggers.at(-1)!) / MINUTE} min`);
  const same = before.filter((one) => one.rule === send.rule && one.subjectId === send.subjectId);
  const allowed = ONCE_AN_ORDER.includes(send.rule) ? most : most * triggers.length;
  if (same.length + 1 > allowed) add('FR-02', `${same.length + 1} times`);
  if (same.some((one) => one.atMs === send.atMs)) add('FR-02', 'twice at one moment');
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function hourIn(zone: string, ms: number): number {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  return Number(clock.format(ms));
}

/** @see FR-05 */
function checkNight(send: LoggedSend, zone: string, { quiet }: CheckedShop, add: Add): void {
  const hour = hourIn(zone, send.atMs);
  if (hour >= quiet.from || hour < quiet.to) add('FR-05', `at ${hour} o'clock in ${zone}`);
}

/** One in twelve hours; a time the buyer named is kept. @see FR-06 */
function checkSales(send: LoggedSend, before: readonly LoggedSend[], add: Add): void {
  if (send.rule === 'FU-03') return;
  const last = before.findLast((one) => RULES[one.rule]?.kind === 'sales');
  if (last && send.atMs - last.atMs < 12 * HOUR) add('FR-06', `${(send.atMs - last.atMs) / HOUR} h after the last`);
}

/** Only while the order is unpaid, three times at most, and not into a talk. @see FR-01, FR-06, FR-07 */
function checkUnpaid(send: LoggedSend, own: OrderFile, before: readonly LoggedSend[], add: Add): void {
  const end = own.endOf(send.subjectId, send.atMs);
  if (end !== null) add('FR-01', `after ${end}`);
  const about = before.filter((one) => one.orderId === send.orderId && UNPAID.includes(one.rule));
  if (about.length >= 3) add('FR-06', `${about.length + 1} about one order`);
  const isFirst = send.rule === 'FU-02' || (send.rule === 'FU-01' && send.touch === 1);
  if (isFirst && own.talkedSince(own.placedAt(send.subjectId), send.atMs)) add('FR-07', 'into a talk');
}

/** What it is about is still so. @see FR-01 */
function checkStillTrue(send: LoggedSend, own: OrderFile, add: Add): void {
  const { rule, subjectId, orderId, atMs } = send;
  if (['FU-13', 'FU-46'].includes(rule) && own.isCaseOpen(subjectId, atMs)) add('FR-01', 'while a case is open');
  if (rule === 'FU-19' && own.isNumberEntered(subjectId, atMs)) add('FR-01', 'after the number was entered');
  if (rule === 'FU-06' && own.talkedSince(own.lastThinkAgain(atMs), atMs, 'message.buyer')) {
    add('FR-07', 'after the buyer wrote');
  }
  const money = ['FU-13', 'FU-30', 'FU-31', 'FU-46'];
  if (orderId !== null && money.includes(rule) && own.isRefunded(orderId, atMs)) add('FR-01', 'after the refund');
}

/** Two working days lie between. @see FR-09 */
function checkWorkingDays(send: LoggedSend, triggerMs: number | undefined, shop: CheckedShop, add: Add): void {
  if (triggerMs === undefined) return;
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: shop.timeZone, dateStyle: 'short' });
  const days = new Set<string>();
  for (let ms = triggerMs + DAY; ms <= send.atMs + HOUR; ms += DAY) days.add(date.format(ms));
  const open = [...days].filter((day) => !shop.closedDays.includes(day));
  if (open.length < 2) add('FR-09', `after ${open.length} working days`);
}
