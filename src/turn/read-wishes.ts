/** What a buyer's message asks of the timers: to be left alone, or to be reminded at a time of their own. */
import { chanceOfDecline, type Refusal, readRefusal } from '../nlu/read-refusal.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Analysis } from '../protocol/turn.ts';
import { orderOfChat } from './build-facts.ts';
import type { TurnContext } from './ports.ts';

/** Messages before one among which the desk's last still counts as what it answers. */
const ANSWERED_WITHIN = 4;

/** What a message refuses where it stands: after what the desk sent, and beside the order. @see FR-07, TRAP-14 */
export function readRefusalIn(context: TurnContext, message: Message): Refusal | undefined {
  const order = orderOfChat(context.orders)?.state;
  return readRefusal(message.text, { prev: lineBefore(context, message), order });
}

/** What the desk said last before a message, where the message may still answer it. */
function lineBefore({ messages }: Pick<TurnContext, 'messages'>, { seq }: Message): string | undefined {
  const before = messages.filter((message) => message.seq < seq).slice(-ANSWERED_WITHIN);
  return before.findLast(({ from }) => from !== 'buyer')?.text;
}

/** A no to goods or to an order that is not paid. @see INT-GEN-06, INT-IN-09 */
const SAYS_NO: readonly MessageIntent[] = ['INT-GEN-06', 'INT-IN-09'];
/** Chance of a no from which it counts, where the engine hears small talk at most, and where it hears a question. */
const NO_FROM = 0.7;
const SURE_NO_FROM = 0.85;
/** Thinks again, or pays later. */
const NOT_YET: readonly MessageIntent[] = ['INT-GEN-05', 'INT-IN-06'];
/** Asks, keeps the order, or is about to pay. */
const STILL_OPEN =
  /[?？吗]\s*$|(?:别|不要|不|没)(?:给我)?(?:取消|关闭|关)|(?:马上|这就|等会?儿?|等下|晚点|今晚|明天)[^，,]{0,4}(?:付|拍)/;

/** "No need", without a word on buying: it says no to what was just asked. */
const NO_NEED = /不用|不必|不需要|不麻烦|用不着|唔使|甭/;
const OF_BUYING = /买|買|拍|付|单|單|要了|不要|取消|贵|貴|考虑|别家/;
const ASKS = /[吗呢?？]|要不要|需不需要/;

/** Whether a message says no to what is at hand, without a wish for silence. @see FR-07 */
export function saysNoIn(context: Pick<TurnContext, 'messages'>, message: Message, { held }: Pick<Analysis, 'held'>) {
  const asked = lineBefore(context, message) ?? '';
  const isOfTheQuestion = ASKS.test(asked) && !OF_BUYING.test(asked);
  if (isOfTheQuestion && NO_NEED.test(message.text) && !OF_BUYING.test(message.text)) return false;
  return saysNo({ held }, message.text);
}

/** The same of a message by itself. */
export function saysNo({ held }: Pick<Analysis, 'held'>, text: string): boolean {
  if (STILL_OPEN.test(text) || held.some((intent) => NOT_YET.includes(intent))) return false;
  if (held.some((intent) => SAYS_NO.includes(intent))) return true;
  // What the engine reads instead must leave room for a no: small talk much, a matter before the sale a little.
  if (!held.every((intent) => /^INT-(?:GEN|PRE)-/.test(intent))) return false;
  return chanceOfDecline(text) >= (held.every((intent) => intent.startsWith('INT-GEN-')) ? NO_FROM : SURE_NO_FROM);
}

/** The moment the buyer promises to pay, Unix ms: only when they say that they pay later. @see FU-03, INT-IN-06 */
export function readPromise(analysis: Analysis, nowMs: number): number | undefined {
  if (!analysis.held.includes('INT-IN-06')) return undefined;
  for (const entity of analysis.entities) {
    if (entity.kind !== 'time' && entity.kind !== 'date') continue;
    const atMs = typeof entity.value === 'string' && entity.value.includes('T') ? Date.parse(entity.value) : Number.NaN;
    if (atMs > nowMs) return atMs;
  }
  return undefined;
}
