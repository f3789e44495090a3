import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Script, ScriptVariant } from '../../src/protocol/script.ts';
import type { HiddenScript, Proposal } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { CARD_RULES } from '../../src/suggestions/card-rules.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import type { FactNeeds } from '../../src/suggestions/fact-needs.ts';
import { freshLimitMs } from '../../src/suggestions/freshness.ts';
import { GUARD_CATALOGUE, type GuardName } from '../../src/suggestions/guard-catalogue.ts';
import { SLOT_CATALOGUE, type SlotName } from '../../src/suggestions/slot-catalogue.ts';
import { slotsOf } from '../../src/suggestions/slots.ts';
import {
  asFacts,
  at,
  type ExampleState,
  exampleState,
  leavesAs,
  put,
  rootOf,
  type Tree,
  without,
} from './example-states.ts';
import { analysis } from './situation.ts';

/** Held back for good: no fact of the dictionary shows a platform draw with published rules. @see TRAP-07 */
const NEVER_PROPOSED = 'SCR-157';
/** A wording by itself, with everything its script and its card demand. */
interface Wording {
  readonly name: string;
  readonly script: Script;
  readonly guards: readonly GuardName[];
  readonly slots: readonly SlotName[];
}

/** A script of one wording, for every buyer. */
function alone(script: Script, variant: ScriptVariant): Script {
  const { buyerTypes: _types, segments: _segments, ...open } = variant;
  return { ...script, buyerTypes: [], variants: [{ ...open, language: 'zh-Hans' }] };
}

function wordingsOf(script: Script): Wording[] {
  const rule = CARD_RULES[script.card];
  const wordings = new Map<string, Wording>();
  script.variants.forEach((variant, at) => {
    const guards = [...new Set([...(rule?.guards ?? []), ...script.guards, ...(variant.guards ?? [])])] as GuardName[];
    const slots = [...new Set([...(rule?.slots ?? []), ...script.slots, ...slotsOf(variant.text)])] as SlotName[];
    // Wordings that need the same are the same here.
    const key = [...guards, ...slots].toSorted().join();
    if (!wordings.has(key))
      wordings.set(key, { name: `${script.id} ${at}`, script: alone(script, variant), guards, slots });
  });
  return [...wordings.values()];
}

const { scripts } = loadLibrary(join(import.meta.dirname, '../../scripts-library'));
const wordings = scripts.filter((script) => script.id !== NEVER_PROPOSED).flatMap(wordingsOf);

function prepare(wording: Wording, state: ExampleState, facts: Tree = state.facts): Proposal | HiddenScript {
  return createSuggestionEngine({ scripts: [wording.script] }).prepare(wording.script.id, {
    facts: asFacts(facts),
    history: [...state.history],
    message: state.message,
    analysis: { ...analysis(...state.intents), abstained: false },
    mode: wording.script.modes[0]!,
  });
}

function needsOf(wording: Wording): FactNeeds[] {
  return [...wording.guards.map((name) => GUARD_CATALOGUE[name]), ...wording.slots.map((name) => SLOT_CATALOGUE[name])];
}

/** Sets of facts of which one suffices, unless the wording needs one of them anyway or leaves a narrower choice. */
function choicesOf(wording: Wording, needed: readonly string[]): string[][] {
  const sets = needsOf(wording).map((need) => need.oneOf.map(rootOf));
  const open = sets.filter((set) => set.length > 0 && !set.some((path) => needed.includes(path)));
  const within = (set: string[], other: string[]): boolean =>
    other.length < set.length && other.every((path) => set.includes(path));
  return open.filter((set, at) => !open.some((other, index) => index !== at && within(set, other)));
}

/** The age of one fact, in milliseconds before now. */
function aged(facts: Tree, path: string, ageMs: number): Tree {
  const nowMs = Date.parse(facts['now'] as string);
  const shifted = new Date(nowMs - ageMs + 8 * 3_600_000).toISOString().slice(0, 19);
  return { ...facts, asOf: { [path]: `${shifted}+08:00` } };
}

/** The fact named is one of those taken away, or stands above or below it. */
function names(outcome: Proposal | HiddenScript, paths: readonly string[]): boolean {
  if ('text' in outcome || outcome.fact === undefined) return false;
  const fact = outcome.fact;
  return paths.some((path) => {
    const gone = leavesAs(path);
    return fact === gone || fact.startsWith(`${gone}.`) || gone.startsWith(`${fact}.`);
  });
}

describe.each(wordings.map((wording) => [wording.name, wording] as const))('%s', (_name, wording) => {
  const state = exampleState(wording.guards, wording.slots);
  const needed = [...new Set(needsOf(wording).flatMap((need) => need.needs.map(rootOf)))];
  const choices = choicesOf(wording, needed);

  it('is proposed when everything it needs is there', () => {
    expect(prepare(wording, state)).toHaveProperty('text');
  });

  it('hides without each fact it needs, and names it', () => {
    for (const path of needed) {
      const outcome = prepare(wording, state, without(state.facts, path));
      expect(names(outcome, [path]), `${path}: ${JSON.stringify(outcome)}`).toBe(true);
    }
  });

  it('hides when a fact it needs is too old, names it, and holds at the limit', () => {
    for (const path of needed) {
      const limitMs = freshLimitMs(path);
      if (limitMs === undefined) continue;
      expect(prepare(wording, state, aged(state.facts, path, limitMs)), path).toHaveProperty('text');
      const outcome = prepare(wording, state, aged(state.facts, path, limitMs + 1000));
      expect(names(outcome, [path]), `${path}: ${JSON.stringify(outcome)}`).toBe(true);
    }
  });

  it('is content with one of several facts that suffice, and hides without any', () => {
    for (const paths of choices) {
      for (const path of paths) {
        if (at(state.facts, path) === undefined) continue;
        const others = paths.filter((other) => other !== path && !path.startsWith(`${other}.`));
        const only = others.reduce((facts, other) => put(facts, other, undefined), state.facts);
        expect(prepare(wording, state, only), `${path} alone`).toHaveProperty('text');
      }
      const none = paths.reduce((facts, path) => put(facts, path, undefined), state.facts);
      const outcome = prepare(wording, state, none);
      expect(names(outcome, paths), `${paths.join()}: ${JSON.stringify(outcome)}`).toBe(true);
    }
  });
});

describe('the library', () => {
  it('is covered script by script', () => {
    const covered = new Set(wordings.map(({ script }) => script.id));
    expect(scripts.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([NEVER_PROPOSED]);
  });

  it('never proposes the draw, which no fact supports', () => {
    const script = scripts.find(({ id }) => id === NEVER_PROPOSED)!;
    const wording = wordingsOf(script)[0]!;
    expect(prepare(wording, exampleState([], []))).toMatchObject({ because: 'guard', name: 'drawPublished' });
  });
});
