import type { CompiledPattern } from './compile-pattern.ts';
import { createWordFinder } from './find-words.ts';

/** Tells which patterns may match a text; the others surely do not. */
export interface PatternFilter {
  /** Indexes of the patterns to run, each once, without order. */
  candidates(text: string): number[];
}

/** Builds the filter of patterns: one walk over the text for the words of all of them. */
export function createPatternFilter(patterns: readonly CompiledPattern[]): PatternFilter {
  const { words, groupsOf, patternOf, unfiltered } = indexNeeds(patterns);
  const finder = createWordFinder(words);
  return {
    candidates(text) {
      const isWordSeen = new Uint8Array(words.length);
      const isGroupSeen = new Uint8Array(patternOf.length);
      const seen = new Uint8Array(patterns.length);
      const found = [...unfiltered];
      finder.find(text, (word) => {
        if (isWordSeen[word] === 1) return;
        isWordSeen[word] = 1;
        for (const group of groupsOf[word]!) {
          if (isGroupSeen[group] === 1) continue;
          isGroupSeen[group] = 1;
          const pattern = patternOf[group]!;
          seen[pattern]! += 1;
          if (seen[pattern] === patterns[pattern]!.needs.length) found.push(pattern);
        }
      });
      return found;
    },
  };
}

function indexNeeds(patterns: readonly CompiledPattern[]) {
  const indexes = new Map<string, number>();
  const words: string[] = [];
  /** By word: the groups it satisfies. */
  const groupsOf: number[][] = [];
  /** By group: its pattern. */
  const patternOf: number[] = [];
  const unfiltered: number[] = [];
  for (const [pattern, { needs }] of patterns.entries()) {
    if (needs.length === 0) unfiltered.push(pattern);
    for (const need of needs) {
      const group = patternOf.push(pattern) - 1;
      for (const word of need) {
        let index = indexes.get(word);
        if (index === undefined) {
          index = words.push(word) - 1;
          indexes.set(word, index);
          groupsOf.push([]);
        }
        groupsOf[index]!.push(group);
      }
    }
  }
  return { words, groupsOf, patternOf, unfiltered };
}
