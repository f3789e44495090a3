import type { OrderState } from '../protocol/ids.ts';
import type { AnalysisContext } from '../protocol/turn.ts';
import { normalizeText } from './normalize-text.ts';
import type { Tokenizer } from './tokenize-text.ts';

/** State of the order as training files write it; `none`: there is no order to speak of. */
export type OrderToken = Exclude<OrderState, 'closed'> | 'none';

/** A closed order is as good as none: the buyer would order anew. */
export function orderTokenOf(context: AnalysisContext): OrderToken {
  const state = context.order?.state ?? 'none';
  return state === 'closed' ? 'none' : state;
}

/** What the desk said just before, `undefined` when the buyer spoke last or nobody did. */
export function lastDeskText(context: AnalysisContext): string | undefined {
  const last = context.prev.at(-1);
  return last && last.from !== 'buyer' ? last.text : undefined;
}

/** What the buyer said last before the message. */
export function lastBuyerText(context: AnalysisContext): string | undefined {
  return context.prev.findLast(({ from }) => from === 'buyer')?.text;
}

/** Context features: the state of the order if there is one, and the words of the desk's last turn. */
export function contextTokens(tokenizer: Tokenizer, order: OrderToken | undefined, prev: string | undefined): string[] {
  const tokens = order === undefined || order === 'none' ? [] : [`order=${order}`];
  if (prev !== undefined) {
    for (const word of new Set(tokenizer.cut(normalizeText(prev)))) if (word.length > 1) tokens.push(`prev=${word}`);
  }
  return tokens;
}
