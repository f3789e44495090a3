import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadIntents } from '../../src/nlu/load-intents.ts';
import { readIntentsFile } from '../../src/nlu/read-evaluation-file.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT = 0.6;

function gramsOf(text: string): Set<string> {
  const letters = [...text.toLowerCase().replace(/[\s\p{P}]/gu, '')];
  return new Set(letters.slice(2).map((letter, i) => `${letters[i]}${letters[i + 1]}${letter}`));
}

test('no training line shares 0.6 or more of its character 3-grams with an evaluation line or a frozen one', () => {
  const evaluation = ['test/eval/intents.jsonl', 'intents/frozen.jsonl'].flatMap((file) =>
    readIntentsFile(join(ROOT, file)),
  );
  const linesByGram = new Map<string, number[]>();
  for (const [index, line] of evaluation.entries()) {
    for (const gram of gramsOf(line.text)) linesByGram.set(gram, [...(linesByGram.get(gram) ?? []), index]);
  }
  const offenders: string[] = [];
  for (const intent of loadIntents(join(ROOT, 'intents')).intents) {
    for (const example of intent.examples) {
      const text = typeof example === 'string' ? example : example.text;
      const grams = gramsOf(text);
      const shared = new Map<number, number>();
      for (const gram of grams) {
        for (const index of linesByGram.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
      }
      const worst = [...shared].sort((a, b) => b[1] - a[1])[0];
      if (worst && worst[1] / grams.size >= LIMIT)
        offenders.push(`${intent.file}: ${text} (${evaluation[worst[0]]!.id})`);
    }
  }
  expect(offenders).toEqual([]);
});
