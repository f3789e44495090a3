/** The records of a conversation as the console shows them. */
import { recordsOf } from '../conversations/desk-records.ts';
import { DeskError } from '../lib/errors.ts';
import { formatTime } from '../lib/zoned-time.ts';
import type { RecordsView } from '../protocol/desk-records.ts';
import type { CaseKind } from '../protocol/facts.ts';
import { buildFacts, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import type { TurnContext } from './ports.ts';
import { fedFacts, proceduresOf } from './record-facts.ts';

/** Closed cases shown. */
const CLOSED_SHOWN = 10;
/** An answer is owed within a day of the question. @see FU-07 */
const ANSWER_MS = 24 * 3_600_000;
/** A case is proposed for what was said within the last messages of the buyer. */
const LOOKED_AT = 6;

/** What a message is about, as the kind of a case; the first that fits counts. @see domain 04, 4.4 and 4.5 */
const KINDS: readonly [RegExp, CaseKind][] = [
  [/^INT-AS-02$/, 'wrong'],
  [/^INT-AS-0[34]$/, 'missing'],
  [/^INT-AS-05$/, 'surplus'],
  [/^INT-AS-06$|^INT-LOG-0[56]$/, 'damaged'],
  [/^INT-AS-(0[789]|24)$/, 'quality'],
  [/^INT-AS-11$/, 'not_as_described'],
  [/^INT-LOG-04$/, 'lost'],
  [/^INT-LOG-03$/, 'not_served'],
  [/^INT-AS-23$/, 'exchange_difference'],
  [/^INT-AS-(01|10|16)$/, 'no_reason'],
];

/** Everything the console shows of the records. @throws DeskError `not_found` */
export async function showRecords(desk: Desk, shopId: string, conversationId: string): Promise<RecordsView> {
  const [context, view, onDuty, closed] = await Promise.all([
    desk.ledger.context({ shopId, conversationId }),
    desk.window.view(shopId),
    desk.presence.onDuty(shopId),
    desk.ledger.records.closed(shopId, conversationId, CLOSED_SHOWN),
  ]);
  if (!context) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const nowMs = desk.clock.now();
  const order = orderOfChat(context.orders, context.conversation);
  const { facts } = buildFacts({ context, view, onDuty, message: '', nowMs });
  const fed = order
    ? fedFacts(order, view.feeds, nowMs, (ms) => formatTime(ms, view.shop.tz))
    : { facts: {}, asOf: {} as Record<string, string> };
  const proposed = facts.case?.open === true ? undefined : await proposeCase(desk, context);
  const question =
    facts.question && facts.question.answered !== true
      ? undefined
      : await proposeQuestion(desk, context, (ms) => formatTime(ms, view.shop.tz));
  return {
    ...(order ? { orderId: order.id } : {}),
    records: recordsOf(context.conversation.state.records, order?.id),
    fed: Object.fromEntries(
      Object.entries(fed.facts).map(([group, value]) => [
        group,
        { value, ...(fed.asOf[group] === undefined ? {} : { asOf: fed.asOf[group] }) },
      ]),
    ),
    procedures: proceduresOf(context, order, facts),
    ...(proposed ? { proposed } : {}),
    ...(question ? { question } : {}),
    closed,
  };
}

/** A case that the buyer's last messages speak of. A person opens it. @see FLOW-T19 */
async function proposeCase(
  desk: Desk,
  { conversation, messages, orders }: TurnContext,
): Promise<RecordsView['proposed']> {
  const order = orderOfChat(orders, conversation);
  if (!order || order.state === 'unpaid' || order.state === 'closed') return undefined;
  const said = messages.filter(({ from }) => from === 'buyer').slice(-LOOKED_AT);
  const first = said[0];
  if (!first) return undefined;
  const { shopId, id } = conversation;
  const since = closedSince(conversation.state.records, order.id);
  const analyses = await desk.ledger.conversations.analyses(shopId, id, first.seq);
  for (const { seq, text, sentAt } of said.toReversed()) {
    const held = sentAt > since ? (analyses.get(seq)?.held ?? []) : [];
    const kind = KINDS.find(([intent]) => held.some((one) => intent.test(one)))?.[1];
    if (kind) return { kind, seq, text: text.slice(0, 200) };
  }
  return undefined;
}

/**
 * The buyer's last message, where it asks for a fact of the goods, or nothing can be proposed for it. A person who
 * finds the answer nowhere takes it down; the holding line and its timer follow from that. @see SCR-05, INT-PRE-02
 */
async function proposeQuestion(
  desk: Desk,
  { conversation: { shopId, id }, messages }: TurnContext,
  time: (ms: number) => string,
): Promise<RecordsView['question']> {
  // A notice that the desk sent by itself answers nothing.
  const last = messages.findLast(({ from }) => from !== 'auto');
  if (last?.from !== 'buyer') return undefined;
  const [analyses, live] = await Promise.all([
    desk.ledger.conversations.analyses(shopId, id, last.seq),
    desk.ledger.suggestions.live(shopId, id),
  ]);
  const held = analyses.get(last.seq)?.held ?? [];
  const asksProduct = held.some((intent) => intent.startsWith('INT-PRE-'));
  const asksFact = held.includes('INT-PRE-01') || held.includes('INT-PRE-02');
  if (!asksFact && !(asksProduct && live?.proposals.length === 0)) return undefined;
  return {
    text: last.text.slice(0, 200),
    askedAt: time(last.sentAt),
    answerBy: time(last.sentAt + ANSWER_MS),
    channel: 'wangwang',
  };
}

/** What was said before the last case of the order was closed belongs to that case. */
function closedSince(records: Parameters<typeof recordsOf>[0], orderId: string): number {
  const kase = recordsOf(records, orderId).find(({ group }) => group === 'case');
  return kase?.value['open'] === false ? (kase.entered['open']?.at ?? 0) : Number.NEGATIVE_INFINITY;
}
