/** The engine with what was learnt: it orders what fits alike, and whatever the outcomes were, it lets nothing in. */
import { describe, expect, it } from 'vitest';
import type { Situation } from '../../../src/protocol/turn.ts';
import { loadLibrary } from '../../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../../src/suggestions/engine.ts';
import { readSuggestionsFile } from '../../../src/suggestions/evaluate.ts';
import { spread } from '../../../src/suggestions/learning/hold-out.ts';
import { createRankingKnowledge } from '../../../src/suggestions/learning/knowledge.ts';
import { TRIGGERS } from '../../../src/suggestions/rank.ts';
import { RANK_CLASSES } from '../../../src/suggestions/trigger.ts';
import { analysis } from '../situation.ts';
import { countRow, NOW } from './count-rows.ts';

const shipped = loadLibrary('scripts-library').scripts;
/** Every script twice, and every wording twice, so that there is something to choose among. */
const scripts = shipped
  .map((script) => ({ ...script, variants: [...script.variants, ...script.variants] }))
  .flatMap((script, i) => [script, { ...script, id: `${script.card}-other-${i}`, code: `o${i}` }]);
const engine = createSuggestionEngine({ scripts });
const lines = readSuggestionsFile('test/eval/suggestions.jsonl');
const situations = lines.map(({ facts, history, message, expectTop3 }): Situation => {
  const heard = TRIGGERS.filter(({ card }) => expectTop3.includes(card)).flatMap(({ intents }) => Object.keys(intents));
  return { facts, history, message, analysis: analysis(...(heard.slice(0, 2) as never[])), mode: 'A' };
});

/** Outcomes as different as can be, by chance of a seed. */
function wildOutcomes(seed: string) {
  const rows = scripts.flatMap(({ id: scriptId, version, variants }) =>
    variants.map((_, variant) => {
      const isTaken = spread(`${seed} ${scriptId} ${variant}`) < 0.5;
      return countRow({
        scriptId,
        version,
        variant,
        ...(isTaken ? { accepted: 1000, paid: 1000 } : { dismissed: 1000 }),
      });
    }),
  );
  return createRankingKnowledge(rows, NOW);
}

const classOf = (card: string) => RANK_CLASSES.indexOf(TRIGGERS.find((trigger) => trigger.card === card)!.rank);

describe.each(['one', 'two', 'three'])('with wild outcomes %s', (seed) => {
  const learnt = { knowledge: wildOutcomes(seed), seed };
  const pairs = situations.map((situation) => ({
    situation,
    plain: engine.suggest(situation),
    moved: engine.suggest(situation, learnt),
  }));

  it('the same cards are proposed, in an order that keeps the classes in their places', () => {
    for (const { plain, moved } of pairs) {
      const before = plain.proposals.map(({ card }) => card);
      const after = moved.proposals.map(({ card }) => card);
      expect(after.toSorted()).toEqual(before.toSorted());
      expect(after.map(classOf)).toEqual(before.map(classOf));
    }
  });

  it('everything proposed holds, as the check before sending sees it', () => {
    for (const { situation, moved } of pairs) {
      for (const { scriptId } of moved.proposals)
        expect(engine.prepare(scriptId, situation)).not.toHaveProperty('because');
    }
  });

  it('a repeated turn is answered the same', () => {
    for (const { situation, moved } of pairs) expect(engine.suggest(situation, learnt)).toEqual(moved);
  });

  it('outcomes do choose', () => {
    const chosen = (which: 'plain' | 'moved') =>
      pairs.map((pair) => pair[which].proposals.map(({ scriptId, variant }) => `${scriptId} ${variant}`).join());
    const different = chosen('moved').filter((ids, i) => ids !== chosen('plain')[i]).length;
    expect(different).toBeGreaterThan(pairs.length / 4);
  });
});

it('without outcomes the ranking is that without learning', () => {
  const learnt = { knowledge: createRankingKnowledge([], NOW), seed: 'cnv_1' };
  for (const situation of situations) expect(engine.suggest(situation, learnt)).toEqual(engine.suggest(situation));
});
