/**
 * A wish not to be written to is no intent of the table: it is answered as a clear no is, with a farewell and no
 * pressure. Its words are those of a withdrawal (别发了, 取消提醒), so the engine alone would undo the order.
 *
 * @see INT-GEN-06 @see TRAP-14
 */
import type { MessageIntent } from '../protocol/ids.ts';
import type { OrderToken } from './context-tokens.ts';
import { asksForSilence, type RefusalContext } from './read-refusal.ts';
import type { IntentScores } from './score-intents.ts';
import { splitClauses } from './split-clauses.ts';

const SHARE = 0.9;
/** What a refusal may be beside: anger and threats, a farewell, a pause. */
const STAYS: ReadonlySet<MessageIntent> = new Set([
  'INT-GEN-04',
  'INT-GEN-05',
  'INT-GEN-06',
  'INT-GEN-07',
  'INT-AS-26',
  'INT-REV-07',
]);
/** Without such a word it is a code to unsubscribe (TD), and what the engine reads there is chance. */
const SAYS_ANYTHING = /\p{Script=Han}|[a-z]{3}/iu;
/** The buyer says that the money comes. */
const WILL_PAY =
  /(?<!不)[会會](?:来|自己)*(?:付|买|買|拍|下单)|自然会|(?:到时|晚点|回头|有空|等(?:我|会|下)).{0,6}(?:付|拍|下单)/;

/** The clauses of a message that say something else than a refusal; `undefined` where nothing is refused. */
export function besideRefusal(text: string, around: RefusalContext): string | undefined {
  if (asksForSilence(text, around) === undefined) return undefined;
  return splitClauses(text)
    .filter((clause) => asksForSilence(clause) === undefined)
    .join(' ');
}

/** Whether an intent may stand beside a refusal. */
export function staysBesideRefusal(intent: MessageIntent): boolean {
  return STAYS.has(intent);
}

/** Moves to the farewell, or to the promise to pay, what speaks for anything else. The sum stays the same. */
export function decideRefusal(scores: IntentScores, text: string, order: OrderToken): void {
  const to: MessageIntent = order === 'unpaid' && WILL_PAY.test(text) ? 'INT-IN-06' : 'INT-GEN-06';
  const saysNothingElse = !SAYS_ANYTHING.test(text);
  let moved = 0;
  for (const [intent, score] of scores) {
    if (intent === to || (staysBesideRefusal(intent) && !saysNothingElse)) continue;
    moved += score * SHARE;
    scores.set(intent, score * (1 - SHARE));
  }
  scores.set(to, (scores.get(to) ?? 0) + moved);
}
