/** What happens to a row at its due moment: it goes out, is skipped, or waits. @see FR-01, FR-05, FR-06, SR-10 */
import { checkGuards } from './check-guards.ts';
import { place } from './due-moment.ts';
import { findAnchor } from './find-anchor.ts';
import { type FollowUpRule, HUMAN_ACTIVE_MS, ORDER_SALES_CAP, SALES_GAP_MS } from './rules.ts';
import type { FollowUpShop } from './shop.ts';
import type { Situation } from './situation.ts';
import type { FollowUp, GoOutMode, Reason } from './store.ts';

const DAY = 86_400_000;

/** The decision on a due row. */
export type DueDecision =
  | { kind: 'send'; mode: GoOutMode }
  | { kind: 'skip'; reason: Reason }
  | { kind: 'move'; toMs: number; reason: Reason };

/**
 * Decides on a due row by everything known now. Pure: reads nothing but its arguments.
 *
 * The order of the checks is fixed: switched off, guards, lateness, quiet hours and shift, caps, mode.
 */
export function decideDue(row: FollowUp, s: Situation, shop: FollowUpShop, nowMs: number): DueDecision {
  const rule = shop.rules.get(row.rule);
  if (!rule?.enabled) return { kind: 'skip', reason: 'switched_off' };
  const reason = checkGuards(rule, s, row.subjectId, row.touch);
  if (reason) return { kind: 'skip', reason };
  if (isLapsed(rule, row, s, nowMs)) return { kind: 'skip', reason: 'closed' };
  if (nowMs > Math.max(momentEnd(rule, row, s), row.dueAtMs + (rule.momentMs ?? 0))) {
    return { kind: 'skip', reason: 'too_late' };
  }
  return (
    waitForMorning(rule, row, s, shop, nowMs) ??
    checkCaps(rule, row, s, shop, nowMs) ??
    goOut(rule, row, s, shop, nowMs)
  );
}

/** The platform has closed the order by now, whether its feed told so or not. */
function isLapsed(rule: FollowUpRule, row: FollowUp, s: Situation, nowMs: number): boolean {
  const closesAtMs = row.orderId === null ? null : s.orders[row.orderId]?.autoCloseAtMs;
  return rule.purpose === 'sales' && typeof closesAtMs === 'number' && nowMs >= closesAtMs;
}

/** Until when a touch still makes sense; after it the next touch or nobody speaks. */
function momentEnd(rule: FollowUpRule, row: FollowUp, s: Situation): number {
  const order = row.orderId === null ? undefined : s.orders[row.orderId];
  const closesAtMs = rule.purpose === 'sales' ? (order?.autoCloseAtMs ?? Number.POSITIVE_INFINITY) : Infinity;
  const next = rule.touches[row.touch];
  const anchor = findAnchor(rule.id, s, row.subjectId, row.touch);
  const nextMs = next?.kind === 'after' && anchor ? anchor.fromMs + next.ms : Infinity;
  const ownMs = rule.momentMs === undefined ? Infinity : row.scheduledAtMs + rule.momentMs;
  return Math.min(closesAtMs, rule.purpose === 'sales' ? nextMs : Infinity, ownMs);
}

function waitForMorning(
  rule: FollowUpRule,
  row: FollowUp,
  s: Situation,
  shop: FollowUpShop,
  nowMs: number,
): DueDecision | null {
  const toMs = nextAllowed(rule, row, s, shop, nowMs, nowMs);
  if (toMs === nowMs) return null;
  const isOver = rule.quiet === 'before' && toMs >= momentEnd(rule, row, s);
  if (isOver) return { kind: 'skip', reason: 'quiet_hours' };
  return { kind: 'move', toMs, reason: shop.calendar.quietAround(nowMs, s.timeZone) ? 'quiet_hours' : 'off_shift' };
}

/** First moment at or after `ms` that quiet hours and shift allow; never one before `nowMs`. */
function nextAllowed(
  rule: FollowUpRule,
  row: FollowUp,
  s: Situation,
  shop: FollowUpShop,
  ms: number,
  nowMs: number,
): number {
  const { calendar } = shop;
  if (rule.quiet === 'before') return calendar.quietAround(ms, s.timeZone)?.endMs ?? ms;
  const anchor = findAnchor(rule.id, s, row.subjectId, row.touch) ?? { fromMs: nowMs };
  return place(rule, ms, anchor, calendar, s.timeZone, nowMs).dueAtMs;
}

/** @see FR-06 */
function checkCaps(
  rule: FollowUpRule,
  row: FollowUp,
  s: Situation,
  shop: FollowUpShop,
  nowMs: number,
): DueDecision | null {
  if (rule.purpose !== 'sales') return null;
  const order = row.orderId === null ? undefined : s.orders[row.orderId];
  if (order && order.salesTouches >= (rule.capPerOrder ?? ORDER_SALES_CAP)) return { kind: 'skip', reason: 'cap' };
  if (rule.agreed) return null;
  const lastMs = Math.max(...s.recentTouches.filter((touch) => touch.sales).map((touch) => touch.atMs));
  const freeAtMs = lastMs + (rule.gapMs ?? SALES_GAP_MS);
  if (nowMs >= freeAtMs) return null;
  const toMs = nextAllowed(rule, row, s, shop, freeAtMs, nowMs);
  if (toMs >= momentEnd(rule, row, s)) return { kind: 'skip', reason: 'cap_12h' };
  return { kind: 'move', toMs, reason: 'cap_12h' };
}

function goOut(rule: FollowUpRule, row: FollowUp, s: Situation, shop: FollowUpShop, nowMs: number): DueDecision {
  const onDuty = shop.calendar.isInShift(nowMs);
  if (rule.modes.includes('O')) return answerClock(row, s, shop, nowMs, onDuty);
  const mayJobSend = rule.modes.includes('S') && isJobAllowed(rule, s, nowMs);
  if (rule.modes[0] === 'T') return { kind: 'send', mode: 'T' };
  const prefersJob = rule.modes[0] === 'S' || row.touch > 1 || !onDuty;
  return { kind: 'send', mode: mayJobSend && prefersJob ? 'S' : 'A' };
}

/** On duty the clock alerts a person; off duty one acknowledgement goes out, then the next shift is alerted. @see FU-08 */
function answerClock(row: FollowUp, s: Situation, shop: FollowUpShop, nowMs: number, onDuty: boolean): DueDecision {
  if (onDuty) return { kind: 'send', mode: 'A' };
  const chat = s.conversations[row.subjectId];
  const sinceMs = chat?.waitingSinceMs ?? nowMs;
  const isAcknowledged = (chat?.lastAutoAtMs ?? Number.NEGATIVE_INFINITY) >= sinceMs;
  if (!isAcknowledged) return { kind: 'send', mode: 'O' };
  const toMs = shop.calendar.nextShiftStart(nowMs);
  return toMs === null ? { kind: 'skip', reason: 'acknowledged' } : { kind: 'move', toMs, reason: 'acknowledged' };
}

/** May a job write by itself now? No open dispute, no person active in a chat, no stop flag. @see SR-10 */
function isJobAllowed(rule: FollowUpRule, s: Situation, nowMs: number): boolean {
  const isDisputed = s.cases.some((one) => one.closedAtMs === null);
  const isHumanActive = Object.values(s.conversations).some(
    ({ lastAgentAtMs, takenOverAtMs }) =>
      nowMs - (lastAgentAtMs ?? Number.NEGATIVE_INFINITY) < HUMAN_ACTIVE_MS ||
      nowMs - (takenOverAtMs ?? Number.NEGATIVE_INFINITY) < DAY,
  );
  return !isDisputed && !isHumanActive && !(rule.purpose === 'sales' && s.noMoreFollowUpAtMs !== null);
}
