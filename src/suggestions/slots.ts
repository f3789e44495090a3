import type { Proposal } from '../protocol/turn.ts';
import type { Context } from './context.ts';
import type { TextLanguage } from './format-text.ts';
import { isSlotName, type SlotName } from './slot-catalogue.ts';
import type { SlotOutcome, SlotRenderer } from './slot-checks.ts';
import { ORDER_SLOTS } from './slots-order.ts';
import { SALES_SLOTS } from './slots-sales.ts';

/** The code behind every name of the slot catalogue. */
export const SLOTS: Readonly<Record<SlotName, SlotRenderer>> = { ...SALES_SLOTS, ...ORDER_SLOTS };

const SLOT_IN_TEXT = /\{([^{}]+)\}/g;

/** Names of the slots a text holds, each once. */
export function slotsOf(text: string): string[] {
  return [...new Set([...text.matchAll(SLOT_IN_TEXT)].map((hit) => hit[1]!))];
}

/** Renders one slot by name; a name that is not in the catalogue is never filled. */
export function renderSlot(name: string, context: Context, language: TextLanguage): SlotOutcome {
  return isSlotName(name) ? SLOTS[name](context, language) : { filled: false, fact: name };
}

/** A value filled into a text, with where it came from. */
export type FilledSlot = Proposal['slots'][number];

/** A text with every slot filled, or the first slot that stays open. */
export type RenderOutcome =
  | { readonly text: string; readonly slots: FilledSlot[] }
  | { readonly missing: string; readonly fact: string };

/** Fills a text; a slot that cannot be filled stops it. @see SR-01 */
export function renderText(text: string, context: Context, language: TextLanguage): RenderOutcome {
  const slots: FilledSlot[] = [];
  const values = new Map<string, string>();
  for (const name of slotsOf(text)) {
    const outcome = renderSlot(name, context, language);
    if (!outcome.filled) return { missing: name, fact: outcome.fact };
    const readAt = context.freshness.readAt(outcome.source);
    values.set(name, outcome.value);
    slots.push({ name, value: outcome.value, source: outcome.source, ...(readAt === undefined ? {} : { readAt }) });
  }
  return { text: text.replace(SLOT_IN_TEXT, (_, name: string) => values.get(name) ?? ''), slots };
}
