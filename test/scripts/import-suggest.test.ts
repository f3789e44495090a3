import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDuplicateIndex } from '../../src/scripts/import/find-duplicates.ts';
import { createCardSuggester } from '../../src/scripts/import/suggest-card.ts';
import { createIntentSuggester } from '../../src/scripts/import/suggest-intents.ts';
import { shinglesOf } from '../../src/scripts/import/text-shingles.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { makeQianniuRows } from './make-qianniu-csv.ts';

const { scripts } = loadLibrary(join(import.meta.dirname, '..', '..', 'scripts-library'));

describe('createCardSuggester', () => {
  const suggest = createCardSuggester(scripts);

  test('a wording of the library has its card', () => {
    for (const script of scripts.filter(({ card }) => card === 'SCR-44' || card === 'SCR-48' || card === 'SCR-91'))
      expect(suggest(script.variants[0]!.text, []), script.id).toBe(script.card);
  });

  test('a text that is near needs an intent that agrees', () => {
    const { card, intents, variants } = scripts.find(({ id }) => id === 'SCR-48')!;
    const half = `${variants[0]!.text.slice(0, Math.ceil(variants[0]!.text.length * 0.35))}，今天天气很好，一起去郊外骑车看风景`;
    expect(suggest(half, [])).toBe('SHOP');
    expect(suggest(half, [{ intent: intents[0]!, confidence: 0.3 }])).toBe(card);
  });

  test('a product fact of the shop has no card', () => {
    expect(suggest('这款雨衣的帽檐是透明的，骑车时不挡视线', [])).toBe('SHOP');
  });

  test('an empty library suggests nothing', () => {
    expect(createCardSuggester([])('您好', [])).toBe('SHOP');
  });
});

test('createIntentSuggester: what does not hold is a hint', () => {
  const suggest = createIntentSuggester(() => ({
    intents: [
      { intent: 'INT-A', confidence: 0.9 },
      { intent: 'INT-B', confidence: 0.7 },
    ],
    held: ['INT-B'],
  }));
  expect(suggest('…')).toEqual([
    { intent: 'INT-A', confidence: 0.5 },
    { intent: 'INT-B', confidence: 0.7 },
  ]);
});

describe('createDuplicateIndex', () => {
  test('finds what comparing everything with everything finds', () => {
    const texts = makeQianniuRows(240, 7).map((cells) => cells[1]!);
    const index = createDuplicateIndex<number>(texts);
    const found = texts.map((text, i) => {
      const hit = index.find(text, () => true);
      index.add(text, i);
      return hit?.similarity ?? 0;
    });
    const expected = texts.map((text, i) => Math.max(0, ...texts.slice(0, i).map((other) => nearness(text, other))));
    expect(found).toEqual(expected);
    expect(expected.filter((similarity) => similarity > 0).length).toBeGreaterThan(3);
  });

  test('short texts have to be equal', () => {
    const index = createDuplicateIndex<string>(['好的哦']);
    index.add('好的', 'a');
    expect(index.find('好的哦~', () => true)).toEqual({ item: 'a', similarity: 1 });
    expect(index.find('好吧', () => true)).toBeUndefined();
  });
});

/** The definition, without an index. */
function nearness(a: string, b: string): number {
  const [left, right] = [shinglesOf(a), shinglesOf(b)];
  if (left.letters === right.letters) return 1;
  if (left.facts !== right.facts || Math.min(left.pairs.length, right.pairs.length) < 5) return 0;
  const common = left.pairs.filter((pair) => right.pairs.includes(pair)).length;
  const share = common / (left.pairs.length + right.pairs.length - common);
  return share >= 0.8 ? share : 0;
}
