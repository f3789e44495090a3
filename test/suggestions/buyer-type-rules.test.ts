/** What a buyer type may change, and what it never does. @see BT-P1, BT-P2, BT-P3, BT-P4 */
import { describe, expect, it } from 'vitest';
import { BUYER_TYPES, type MessageIntent } from '../../src/protocol/ids.ts';
import type { Profile, Proposal, SuggestionResult } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { readSuggestionsFile, type SuggestionLine } from '../../src/suggestions/evaluate.ts';
import { techniqueFit } from '../../src/suggestions/techniques.ts';
import { analysis } from './situation.ts';

const engine = createSuggestionEngine({ scripts: loadLibrary('scripts-library').scripts });
/** Every other situation of the own set: rules hold in all of them, and half of them are quick. */
const lines = readSuggestionsFile('test/eval/suggestions.jsonl').filter((_, index) => index % 2 === 0);
/** What price, doubt and delay bring up: most of the cards in which amounts stand. */
const ASKED: MessageIntent[][] = [
  ['INT-PRE-14', 'INT-PRE-13'],
  ['INT-PRE-11', 'INT-GEN-05'],
  ['INT-PRE-20', 'INT-IN-17'],
];

function suggest(line: SuggestionLine, intents: MessageIntent[], types: Profile['types']): SuggestionResult {
  const { types: _given, ...buyer } = line.facts.buyer;
  const top = BUYER_TYPES.find((type) => (types[type] ?? 0) >= 0.5) ?? 'unknown';
  return engine.suggest({
    facts: { ...line.facts, buyer },
    history: line.history,
    message: line.message,
    analysis: analysis(...intents),
    profile: { types, top, segments: [], evidence: [] },
    mode: 'A',
  });
}

/** The amounts a proposal names, by script and wording: in its text, and as filled values. */
function amountsOf({ text, slots }: Proposal): string[] {
  return [...(text.match(/\d+(?:\.\d+)?/g) ?? []), ...slots.map(({ name, value }) => `${name}=${value}`)];
}

describe.each(ASKED)('where %s and %s are meant', (...intents) => {
  it('every buyer type is offered the same amounts in every proposal (BT-P3)', () => {
    let compared = 0;
    for (const line of lines) {
      const known = new Map<string, string[]>();
      for (const type of [undefined, ...BUYER_TYPES]) {
        for (const proposal of suggest(line, intents, type ? { [type]: 0.9 } : {}).proposals) {
          const key = `${proposal.scriptId} ${proposal.variant}`;
          const amounts = amountsOf(proposal);
          const before = known.get(key);
          if (before) {
            expect([line.id, key, amounts]).toEqual([line.id, key, before]);
            compared++;
          }
          known.set(key, amounts);
        }
      }
    }
    expect(compared).toBeGreaterThan(lines.length);
  });

  it('no type brings a script that the facts forbid (BT-P3)', () => {
    const byFacts = (result: SuggestionResult) =>
      result.hidden.filter(({ because, fact }) => because !== 'technique' && fact !== 'buyer.types');
    for (const line of lines) {
      const plain = suggest(line, intents, {});
      const barred = new Set(byFacts(plain).map(({ scriptId, name }) => `${scriptId} ${name}`));
      for (const type of BUYER_TYPES) {
        const result = suggest(line, intents, { [type]: 0.9 });
        const proposed = new Set(result.proposals.map(({ scriptId }) => scriptId));
        for (const one of barred) expect(proposed.has(one.split(' ')[0]!)).toBe(false);
      }
    }
  });

  it('no technique is proposed to a type it misfits (BT-P1)', () => {
    for (const line of lines) {
      for (const type of BUYER_TYPES) {
        for (const { technique } of suggest(line, intents, { [type]: 0.9 }).proposals) {
          if (technique) expect([line.id, technique, type, techniqueFit(technique, [type])]).not.toContain('x');
        }
      }
    }
  });

  it('a type below 0.5 changes nothing (BT-P2)', () => {
    const shown = ({ proposals }: SuggestionResult) =>
      proposals.map(({ scriptId, text, technique }) => [scriptId, text, technique]);
    for (const line of lines) {
      const plain = shown(suggest(line, intents, {}));
      for (const type of BUYER_TYPES) expect(shown(suggest(line, intents, { [type]: 0.49 }))).toEqual(plain);
    }
  });

  it('no proposal names a type (BT-P4)', () => {
    for (const line of lines) {
      for (const type of BUYER_TYPES) {
        for (const { text } of suggest(line, intents, { [type]: 0.9 }).proposals) {
          expect(text).not.toMatch(/BT-\d|(?:理智|贪婪|冲动|谨小慎微|习惯|感情|随意)型|_first|routine|needs_lead/);
        }
      }
    }
  });
});
