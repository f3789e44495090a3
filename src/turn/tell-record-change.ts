/** What a record that people entered means to the timers. */
import type { ConversationRow } from '../conversations/ports.ts';
import type { FollowUpEvent } from '../followups/events.ts';
import type { RuleId } from '../followups/rules.ts';
import type { DeskRecord, RecordGroup } from '../protocol/desk-records.ts';
import type { CaseKind } from '../protocol/facts.ts';

interface Change {
  row: ConversationRow;
  /** A member of the shop: visited each month. @see SEG-7 */
  isVip: boolean;
  orderId: string | undefined;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  atMs: number;
}

/** A review up to this score asks for a contact. @see FU-33 */
const LOW_SCORE = 3;
/** Words that say that advanced postage went back or was kept as a credit. @see FU-35 */
const POSTAGE_REPAID = /(运费|邮费).*(退|返|抵|转)|(退|返).*(运费|邮费)/;

const TELLS: Partial<Record<RecordGroup, (change: Change) => FollowUpEvent[]>> = {
  case: tellCase,
  question({ row, before, after, atMs }) {
    const answered = after['answered'] === true && before['answered'] !== true;
    return answered ? [settled('FU-07', row.id, row.buyerId, atMs)] : [];
  },
  warehouse({ row, orderId, before, after, atMs }) {
    if (orderId === undefined) return [];
    if (after['checkedAt'] !== undefined && after['checkedAt'] !== before['checkedAt']) {
      return [settled('FU-43', orderId, row.buyerId, atMs)];
    }
    const asked = after['resultBy'] !== undefined && after['resultBy'] !== before['resultBy'];
    return asked
      ? [{ type: 'timer.asked', atMs, data: { rule: 'FU-43', subjectId: orderId, buyerId: row.buyerId } }]
      : [];
  },
  wish({ row, orderId, before, after, atMs }) {
    const byAt = after['confirmedByWarehouse'] === true ? after['handOverBy'] : undefined;
    if (orderId === undefined || byAt === undefined || byAt === before['handOverBy']) return [];
    return [
      {
        type: 'timer.asked',
        atMs,
        data: { rule: 'FU-12', subjectId: orderId, buyerId: row.buyerId, byAt: String(byAt) },
      },
    ];
  },
  review({ row, before, after, atMs }) {
    const isLow = Number(after['score'] ?? 5) <= LOW_SCORE && after['score'] !== before['score'];
    if (!isLow) return [];
    const subject = { subjectId: row.buyerId, buyerId: row.buyerId };
    return [{ type: 'timer.asked', atMs, data: { rule: 'FU-33', ...subject } }];
  },
  /** Who agrees to be contacted is visited at intervals; who takes it back is not. @see FU-20, FU-21 */
  consent({ row: { buyerId }, isVip, before, after, atMs }) {
    const [was, is] = [before['marketing'] === true, after['marketing'] === true];
    const data = { buyerId, channel: 'wangwang', vip: isVip, consent: is } as const;
    return was === is ? [] : [{ type: 'buyer.visited', atMs, data }];
  },
  steps({ row, orderId, before, after, atMs }) {
    const inspected = after['inspected'] === true && before['inspected'] !== true && orderId !== undefined;
    return inspected
      ? [settled('FU-48', orderId, row.buyerId, atMs), settled('FU-41', orderId, row.buyerId, atMs)]
      : [];
  },
};

/** The events of a change, in their order; a record about no order moves no timer of an order. */
export function tellRecordChange(
  row: ConversationRow,
  before: DeskRecord | undefined,
  after: DeskRecord | undefined,
  atMs: number,
  isVip = false,
): FollowUpEvent[] {
  const { group, orderId } = (after ?? before)!;
  return TELLS[group]?.({ row, isVip, orderId, before: before?.value ?? {}, after: after?.value ?? {}, atMs }) ?? [];
}

function tellCase({ row: { buyerId }, orderId, before, after, atMs }: Change): FollowUpEvent[] {
  if (orderId === undefined) return [];
  const [was, is] = [before['open'] === true, after['open'] === true];
  const kindOf = (value: Record<string, unknown>) => value['kind'] as CaseKind | undefined;
  const [old, kind] = [was ? kindOf(before) : undefined, is ? kindOf(after) : undefined];
  const events: FollowUpEvent[] = [];
  if (old !== undefined && old !== kind) events.push({ type: 'case.closed', atMs, data: { orderId, buyerId } });
  if (kind !== undefined && old !== kind) events.push({ type: 'case.opened', atMs, data: { orderId, buyerId, kind } });
  const became = (name: string) => after[name] === true && before[name] !== true;
  if (became('tradeExtended')) events.push(settled('FU-14', orderId, buyerId, atMs));
  const remedy = String(after['remedy'] ?? '');
  if (remedy !== before['remedy'] && POSTAGE_REPAID.test(remedy)) events.push(settled('FU-35', orderId, buyerId, atMs));
  return events;
}

function settled(rule: RuleId, subjectId: string, buyerId: string, atMs: number): FollowUpEvent {
  return { type: 'timer.settled', atMs, data: { rule, subjectId, buyerId } };
}
