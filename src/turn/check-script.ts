/** What is wrong with a script before it may be approved: its form, its slots and guards, and what the gate says. */
import type { z } from 'zod';
import { decisionOf } from '../gate/create-gate.ts';
import type { LibraryCatalogueSchema, ScriptFinding } from '../protocol/library.ts';
import type { Script } from '../protocol/script.ts';
import { lintLibrary } from '../scripts/lint-library.ts';
import { SLOT_LABELS } from '../scripts/slot-labels.ts';
import { fillSlots } from '../scripts/template.ts';
import { GUARD_CATALOGUE } from '../suggestions/guard-catalogue.ts';
import { SLOT_CATALOGUE, SLOT_EXAMPLES } from '../suggestions/slot-catalogue.ts';
import type { ShopLibrary } from './desk.ts';

const GUARDS = new Set(Object.keys(GUARD_CATALOGUE));

/**
 * Rules that judge words and no facts: what they block is wrong in every conversation. The others wait for the facts
 * of the conversation, where the gate is asked again. @see domain 11
 */
const WORDING_RULES = new Set(
  ['03', '04', '09', '22', '34', '35', '38', '40', '41', '42', '43', '44', '45', '49', '51'].map((id) => `TAB-${id}`),
);

/** Checks a script as it would stand in the library. */
export function checkScript(script: Script, library: Pick<ShopLibrary, 'scripts' | 'gate'>): ScriptFinding[] {
  const findings = lintLibrary([script], {
    guards: GUARDS,
    slots: SLOT_EXAMPLES,
    cards: [],
    judge: (text) => judgeWording(text, library),
  });
  const taken = library.scripts.find(({ id, code }) => code === script.code && id !== script.id);
  return [
    ...findings.map(({ rule, severity, variant, message }) => ({
      rule,
      severity,
      message,
      ...(variant === undefined ? {} : { variant }),
    })),
    ...(taken
      ? [
          {
            rule: 'duplicate-code',
            severity: 'error' as const,
            message: `code "${script.code}" is taken by ${taken.id}`,
          },
        ]
      : []),
  ];
}

/** Names that a script may use, with what they mean. */
export function scriptCatalogue(): z.infer<typeof LibraryCatalogueSchema> {
  return {
    guards: Object.entries(GUARD_CATALOGUE).map(([name, { description }]) => ({ name, about: description })),
    slots: Object.entries(SLOT_CATALOGUE).map(([name, { description, example }]) => ({
      name,
      label: SLOT_LABELS[name] ?? name,
      about: description,
      example,
    })),
  };
}

/** Every wording with example values in its slots. */
export function previewScript(script: Script): string[] {
  return script.variants.map(({ text }) => fillSlots(text, SLOT_EXAMPLES));
}

function judgeWording(text: string, { gate }: Pick<ShopLibrary, 'gate'>) {
  const { findings } = gate.judge(text, { mode: 'A' });
  const inWords = findings.filter(({ rule }) => WORDING_RULES.has(rule) || rule.startsWith('SHOP-'));
  return {
    decision: decisionOf(inWords),
    reasons: inWords.map(({ rule, message }) => `${rule} ${message}`),
  };
}
