import type { Facts } from '../protocol/facts.ts';
import type { Context } from './context.ts';
import type { TextLanguage } from './format-text.ts';

/** A rendered slot, or the fact that is missing. */
export type SlotOutcome =
  | { readonly filled: true; readonly value: string; readonly source: string }
  | { readonly filled: false; readonly fact: string };

/** Renders a slot from the facts of a situation. */
export type SlotRenderer = (context: Context, language: TextLanguage) => SlotOutcome;

/** Renders a slot from one fact when it is known, fresh and gives a text. */
export function slot<T>(
  path: string,
  pick: (facts: Facts, context: Context) => T | null | undefined,
  render: (value: T, context: Context, language: TextLanguage) => string | undefined,
): SlotRenderer {
  return (context, language) => {
    const value = pick(context.facts, context);
    if (value === undefined || value === null || !context.freshness.isFresh(path)) return { filled: false, fact: path };
    const text = render(value, context, language)?.trim();
    return text === undefined || text === ''
      ? { filled: false, fact: path }
      : { filled: true, value: text, source: path };
  };
}

/** A slot that is the fact itself. */
export function plain(path: string, pick: (facts: Facts, context: Context) => string | null | undefined): SlotRenderer {
  return slot(path, pick, (text) => text);
}
