import type { Facts } from '../protocol/facts.ts';
import type { Script } from '../protocol/script.ts';
import { createContext } from './context.ts';
import type { TextLanguage } from './format-text.ts';
import { rankVariants } from './rank.ts';
import { renderSlot, slotsOf } from './slots.ts';

/** A text filled as far as the facts go. */
export interface FilledScript {
  /** Slots no fact fills stay in braces. */
  readonly text: string;
  /** Their names, in the order of the text. */
  readonly missing: readonly string[];
}

/** Fills the wording of a script that leaves the fewest slots open, for the `/` menu; guards are not asked. */
export function fillScript(
  script: Script,
  facts: Facts,
  message: string,
  language: TextLanguage = 'zh-Hans',
): FilledScript {
  const context = createContext({
    facts,
    history: [],
    message,
    analysis: {
      intents: [],
      held: [],
      outOfScope: 0,
      abstained: true,
      entities: [],
      mood: 'calm',
      language: language === 'en' ? 'en' : 'zh-Hans',
      model: '',
    },
    mode: 'A',
  });
  let best: FilledScript | undefined;
  for (const { variant } of rankVariants(script, context)) {
    const values = new Map<string, string>();
    for (const name of slotsOf(variant.text)) {
      const outcome = renderSlot(name, context, variant.language);
      if (outcome.filled) values.set(name, outcome.value);
    }
    const missing = slotsOf(variant.text).filter((name) => !values.has(name));
    if (best !== undefined && missing.length >= best.missing.length) continue;
    const text = variant.text.replace(/\{([^{}]+)\}/g, (slot, name: string) => values.get(name) ?? slot);
    best = { text, missing };
  }
  return best ?? { text: script.variants[0]!.text, missing: slotsOf(script.variants[0]!.text) };
}
