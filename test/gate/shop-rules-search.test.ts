import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compilePattern, findMatches, MOST_STEPS } from '../../src/gate/shop-rules/compile-pattern.ts';
import { createPatternFilter } from '../../src/gate/shop-rules/filter-patterns.ts';
import { createWordFinder } from '../../src/gate/shop-rules/find-words.ts';
import { PatternError } from '../../src/gate/shop-rules/pattern-reader.ts';

/** The same numbers on every run (mulberry32). */
function createDice(seed: number) {
  let state = seed;
  const roll = (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
  return {
    roll,
    text: (alphabet: string, most: number) =>
      Array.from({ length: roll(most + 1) }, () => alphabet[roll(alphabet.length)]!).join(''),
  };
}

describe('the word finder', () => {
  it('finds exactly what a naive search finds', () => {
    const dice = createDice(7);
    for (let round = 0; round < 2000; round++) {
      const words = Array.from({ length: 1 + dice.roll(12) }, () => dice.text('ab好', 4));
      const text = dice.text('ab好', 30);
      const naive = words.flatMap((word, index) =>
        [...text].flatMap((_, at) =>
          word !== '' && text.startsWith(word, at) ? [`${index} ${at} ${at + word.length}`] : [],
        ),
      );
      const found: string[] = [];
      createWordFinder(words).find(text, (word, from, to) => found.push(`${word} ${from} ${to}`));
      expect(found.toSorted(), `${words.join('|')} in ${text}`).toEqual(naive.toSorted());
    }
  });

  it('finds nothing without words', () => {
    createWordFinder([]).find('好', () => expect.unreachable());
  });
});

/** A pattern of the supported syntax, as deep as wanted. */
function growPattern(dice: ReturnType<typeof createDice>, depth: number): string {
  const leaf = () =>
    ['a', 'b', '好', '.', '[ab]', '[^a]', '\\d', '\\w', '^', '$', '\\b', '[a-c好]', '1', 'ab'][dice.roll(14)]!;
  const grow = () => (depth === 0 ? leaf() : growPattern(dice, depth - 1));
  switch (dice.roll(6)) {
    case 0:
      return `(?:${grow()}|${grow()})`;
    case 1:
      return `(${grow()})${['*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}', '+?'][dice.roll(8)]}`;
    case 2:
      return `${grow()}${grow()}`;
    case 3:
      return `${grow()}${leaf()}${grow()}`;
    default:
      return leaf();
  }
}

describe('the filter of patterns', () => {
  it('never leaves out a pattern that matches', () => {
    const dice = createDice(11);
    let [matched, left, all] = [0, 0, 0];
    for (let round = 0; round < 4000; round++) {
      const source = growPattern(dice, 3);
      const compiled = compileOrNot(source);
      if (compiled === undefined) continue;
      const filter = createPatternFilter([compiled]);
      for (let i = 0; i < 5; i++) {
        const text = dice.text('ab好1 c', 12);
        const isCandidate = filter.candidates(text).length > 0;
        const isFound = RE2JS.compile(source).matcher(text).find();
        if (isFound) expect(isCandidate, `${source} in "${text}"`).toBe(true);
        expect(isFound, source).toBe(findMatches(compiled, text, 1).length > 0);
        all += 1;
        matched += Number(isFound);
        left += Number(!isCandidate);
      }
    }
    expect(matched).toBeGreaterThan(all / 10);
    expect(left).toBeGreaterThan(all / 10);
  });

  it('finds in a long text what a search of the whole finds', () => {
    const dice = createDice(17);
    let found = 0;
    for (let round = 0; round < 3000; round++) {
      const source = growPattern(dice, 2);
      const compiled = compileOrNot(source);
      if (compiled === undefined) continue;
      const text = Array.from({ length: 6 }, () => dice.text('ab好1 c', 5) + dice.text('x😀', 30)).join('');
      const search = RE2JS.compile(source).matcher(text);
      const whole: [number, number][] = [];
      while (whole.length < 20 && search.find()) whole.push([search.start(), search.end()]);
      expect(findMatches(compiled, text, 20), `${source} in "${text}"`).toEqual(whole);
      if (text.length > compiled.mostLength * 4) found += whole.length;
    }
    expect(found).toBeGreaterThan(1000);
  });

  it('agrees on which patterns match nothing at all', () => {
    const dice = createDice(13);
    for (let round = 0; round < 2000; round++) {
      const source = growPattern(dice, 2);
      const isEmpty = ['', 'a', 'ab', '好1', 'a b'].some((text) => {
        const search = RE2JS.compile(`(?:${source})`).matcher(text);
        for (let at = 0; at <= text.length; at++) if (search.find(at) && search.start() === search.end()) return true;
        return false;
      });
      if (isEmpty) expect(() => compilePattern(source), source).toThrow('empty text');
    }
  });

  it('counts a word for every pattern that needs it, and each pattern once', () => {
    const sources = ['红.*包', '红包', '包|红', '\\w\\W', '没有', '红.{0,3}红'];
    const filter = createPatternFilter(sources.map(compilePattern));
    expect(filter.candidates('发红了红包包').toSorted()).toEqual([0, 1, 2, 3, 5]);
    expect(filter.candidates('包').toSorted()).toEqual([2, 3]);
  });
});

function compileOrNot(source: string) {
  try {
    return compilePattern(source);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

describe('hostile patterns', () => {
  const hostile = [
    '(a+)+$',
    '(a*)*b',
    '(a|a)+$',
    '(a|aa)+$',
    '(.*a){12}b',
    '([a-z]+)*\\d',
    '(a+)(a+)(a+)(a+)(a+)b',
    '(?:a?){30}a{30}b',
    '(\\w+\\s?)+!',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
  ];

  // A backtracking engine takes more than 2^1000 steps here: that these end is the proof, no clock is needed.
  it.each(hostile)('%s ends on 2,000 characters', (source) => {
    const compiled = compilePattern(source);
    const texts = ['a'.repeat(2000), `${'a'.repeat(1999)}!`, 'a '.repeat(1000), `${'a'.repeat(1998)}1b`];
    for (const text of texts) expect(findMatches(compiled, text, 20).length).toBeLessThanOrEqual(20);
  });

  it.each(hostile)('%s runs in the linear engine, on a program of bounded size', (source) => {
    const { matcher } = compilePattern(source);
    expect(matcher).toBeInstanceOf(RE2JS);
    expect(matcher.programSize()).toBeLessThanOrEqual(MOST_STEPS);
  });

  it('is found no oftener than asked', () => {
    expect(findMatches(compilePattern('a'), 'a'.repeat(2000), 20)).toHaveLength(20);
  });
});
