/** What a sent card changes in the records: steps that are done by it, a promise made, a question answered. */
import { findRecord, replaceRecord, withValue } from '../conversations/desk-records.ts';
import type { ConversationRow } from '../conversations/ports.ts';
import { stepsAfterCard } from '../desk/track-steps.ts';
import type { EventOf } from '../followups/events.ts';
import type { DeskRecord } from '../protocol/desk-records.ts';
import type { Facts } from '../protocol/facts.ts';
import { orderOfChat } from './build-facts.ts';
import type { Stores } from './ports.ts';
import { stepsOf } from './record-facts.ts';

const HOLDING_LINE = 'SCR-05';
const ANSWER = 'SCR-06';
/** Orders looked at for the one the chat is about. */
const ORDERS = 5;

/** Who sent it; a machine has no name. */
export interface Sender {
  by: string;
  name: string;
}

/** The records after a card was sent; `undefined`: they stay. Call while the conversation is locked. */
export async function recordsAfterLine(
  stores: Stores,
  row: ConversationRow,
  card: string,
  sender: Sender,
  at: number,
): Promise<DeskRecord[] | undefined> {
  const { records } = row.state;
  const entry = { ...sender, at };
  const question = findRecord(records, 'question', undefined);
  if (card === ANSWER && question && question.value['answered'] !== true) {
    const value = { ...question.value, answered: true };
    return replaceRecord(
      records,
      question,
      withValue(question, { group: 'question', orderId: undefined }, value, entry),
    );
  }
  if (!isStep(card)) return undefined;
  const order = orderOfChat(await stores.orders.ofBuyer(row.shopId, row.buyerId, ORDERS), row);
  const entered = findRecord(records, 'refund', order?.id)?.value as Facts['refund'];
  const refund = { ...entered, ...(order?.refund as Facts['refund']) };
  const isUnderWay = refund.state !== undefined || refund.type !== undefined || isCaseOpen(records, order?.id);
  const done = stepsAfterCard(card, { case: null, refund });
  if (!done || !isUnderWay) return undefined;
  const before = findRecord(records, 'steps', order?.id);
  const value = { ...stepsOf(records, order?.id), ...done };
  return replaceRecord(records, before, withValue(before, { group: 'steps', orderId: order?.id }, value, entry));
}

/** Whether a card is a step of a procedure. */
export function isStep(card: string): boolean {
  return stepsAfterCard(card, { case: null, refund: { state: 'refunded' } }) !== undefined;
}

/** What the timers must know of a sent card: a time promised, or the promised answer. @see FU-07 */
export function promiseOf(
  row: ConversationRow,
  card: string | undefined,
): Pick<EventOf<'message.agent'>['data'], 'answerBy' | 'answersQuestion'> {
  const question = findRecord(row.state.records, 'question', undefined)?.value;
  if (card === ANSWER) return { answersQuestion: true };
  const answerBy = question?.['answerBy'];
  return card === HOLDING_LINE && typeof answerBy === 'string' ? { answerBy } : {};
}

function isCaseOpen(records: readonly DeskRecord[] | undefined, orderId: string | undefined): boolean {
  return findRecord(records, 'case', orderId)?.value['open'] === true;
}
