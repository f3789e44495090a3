import type { Facts } from '../protocol/facts.ts';
import type { Context } from './context.ts';
import type { TextLanguage } from './format-text.ts';

/** A rendered slot, or the fact that is missing. */
export type SlotOutcome =
  | { readonly filled: true; readonly value: string; readonly source: string }
  | { readonly filled: false; readonly fact: string };

/** Renders a slot from the facts of a situation. */
export type SlotRenderer = (context: Context, language: TextLanguage) => SlotOutcome;

/** Says that another fact of a slot is missing than the one it is picked from. */
export interface MissingFact {
  readonly missing: string;
}

type PathOf = string | ((facts: Facts, context: Context) => string);

function valueAt(facts: Facts, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], facts);
}

/** The first of several facts that is there and fresh, else the first: for slots that one of them fills. */
export function firstOf(...paths: [string, ...string[]]): PathOf {
  return (facts, { freshness }) =>
    paths.find((path) => (valueAt(facts, path) ?? null) !== null && freshness.isFresh(path)) ?? paths[0];
}

/** Renders a slot from one fact when it is known, fresh and gives a text. */
export function slot<T>(
  pathOf: PathOf,
  pick: (facts: Facts, context: Context) => T | null | undefined,
  render: (value: T, context: Context, language: TextLanguage) => string | MissingFact | undefined,
): SlotRenderer {
  return (context, language) => {
    const path = typeof pathOf === 'string' ? pathOf : pathOf(context.facts, context);
    const value = pick(context.facts, context);
    if (value === undefined || value === null || !context.freshness.isFresh(path)) return { filled: false, fact: path };
    const rendered = render(value, context, language);
    if (typeof rendered === 'object') return { filled: false, fact: rendered.missing };
    const text = rendered?.trim();
    return text === undefined || text === ''
      ? { filled: false, fact: path }
      : { filled: true, value: text, source: path };
  };
}

/** A slot that is the fact itself. */
export function plain(path: string, pick: (facts: Facts, context: Context) => string | null | undefined): SlotRenderer {
  return slot(path, pick, (text) => text);
}
