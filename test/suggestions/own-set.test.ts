import { describe, expect, it } from 'vitest';
import { CARD_IDS, type MessageIntent } from '../../src/protocol/ids.ts';
import type { Situation } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { readSuggestionsFile, type SuggestionLine } from '../../src/suggestions/evaluate.ts';
import { isGuardName } from '../../src/suggestions/guard-catalogue.ts';
import { TRIGGERS } from '../../src/suggestions/rank.ts';
import { isSlotName } from '../../src/suggestions/slot-catalogue.ts';
import { slotsOf } from '../../src/suggestions/slots.ts';
import { analysis } from './situation.ts';

const scripts = loadLibrary('scripts-library').scripts;
const engine = createSuggestionEngine({ scripts });
const lines = readSuggestionsFile('test/eval/suggestions.jsonl');

/** The intents a card answers best: what an analyser would have to say for it to come up. */
function intentsOf(card: string): MessageIntent[] {
  const intents = TRIGGERS.find((trigger) => trigger.card === card)?.intents ?? {};
  return (Object.keys(intents) as MessageIntent[]).filter((intent) => intents[intent]! >= 0.9);
}

function read(line: SuggestionLine, ...intents: MessageIntent[]): Situation {
  return { facts: line.facts, history: line.history, message: line.message, analysis: analysis(...intents), mode: 'A' };
}

/** Groups whose facts have a limit of age. */
const AGEING = [
  'agent',
  'product',
  'candidates',
  'choice',
  'matching',
  'promo',
  'order',
  'tracking',
  'refund',
  'postage',
];

describe('the library and the engine', () => {
  it('have a trigger for every card', () => {
    expect(TRIGGERS.map((trigger) => trigger.card).sort()).toEqual([...CARD_IDS].sort());
  });

  it('agree on the names of guards and slots', () => {
    const strange = scripts.flatMap((script) => [
      ...[...script.guards, ...script.variants.flatMap((v) => v.guards ?? [])].filter((name) => !isGuardName(name)),
      ...[...script.slots, ...script.variants.flatMap((v) => slotsOf(v.text))].filter((name) => !isSlotName(name)),
    ]);
    expect(strange).toEqual([]);
  });
});

describe('the own set, whatever the analyser says', () => {
  it('never proposes a forbidden card, even when another of its intents is heard', () => {
    const wrong = lines.flatMap((line) => {
      const heard = line.expectTop3.flatMap((card) => intentsOf(card)).slice(0, 1);
      const cards = engine.suggest(read(line, ...heard)).proposals.map((p) => p.card);
      return cards.filter((card) => line.mustNot.includes(card)).map((card) => `${line.id} ${card}`);
    });
    expect(wrong).toEqual([]);
  });

  it('never writes a stale fact into a text', () => {
    const wrong = lines.flatMap((line) =>
      AGEING.filter((group) => group in line.facts).flatMap((group) => {
        const old = { ...line, facts: { ...line.facts, asOf: { [group]: '2020-01-01T00:00:00+08:00' } } };
        const heard = line.expectTop3.flatMap((card) => intentsOf(card)).slice(0, 2);
        return engine
          .suggest(read(old, ...heard))
          .proposals.flatMap((p) => p.slots.filter((s) => s.source === group || s.source.startsWith(`${group}.`)))
          .map((slot) => `${line.id} ${slot.name} from ${slot.source}`);
      }),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('finds an expected card among three when the right intent is heard', () => {
    const aimed = lines.filter((line) => line.expectTop1 !== undefined && intentsOf(line.expectTop1[0]!).length > 0);
    const missed = aimed.filter((line) => {
      const card = line.expectTop1![0]!;
      return !intentsOf(card).some((intent) =>
        engine.suggest(read(line, intent)).proposals.some((p) => line.expectTop3.includes(p.card)),
      );
    });
    expect(missed.map((line) => `${line.id} ${line.expectTop1!.join(' ')}`)).toEqual([]);
    expect(aimed.length).toBeGreaterThan(90);
  });
});
