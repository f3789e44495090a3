/** The model of refusals, on lines it did not learn from. */
import { expect, test } from 'vitest';
import { foldToHan } from '../../src/nlu/fold-refusal.ts';
import { learnRefusals, readRefusalExamples, WISHES, wishesOf } from '../../src/nlu/refusal-model.ts';

/** Lines that stand together are alike: a block is learned or asked as a whole. */
const BLOCK = 8;
const PARTS = 5;

test('most wishes and few look-alikes are heard of a fifth that was held out', { timeout: 120_000 }, () => {
  const examples = readRefusalExamples();
  const isAsked = (at: number) => Math.floor(at / BLOCK) % PARTS === 0;
  const model = learnRefusals(examples.filter((_, at) => !isAsked(at)));
  const asked = examples.filter(({ text, reached }, at) => isAsked(at) && !reached && foldToHan(text) !== undefined);
  const share = (label: string) => {
    const lines = asked.filter((line) => line.label === label);
    const heard = lines.filter(({ text }) => {
      const wish = wishesOf(model, foldToHan(text)!, false);
      return wish.all + wish.reminders >= 0.75;
    });
    return heard.length / lines.length;
  };
  expect(share('all')).toBeGreaterThan(0.65);
  expect(share('reminders')).toBeGreaterThan(0.75);
  expect(share('decline')).toBeLessThan(0.03);
  expect(share('none')).toBeLessThan(0.06);
});

test('every line that teaches has a label, and none teaches two things', () => {
  const seen = new Map<string, string>();
  for (const { text, label, reached } of readRefusalExamples()) {
    expect(WISHES).toContain(label);
    const key = `${reached} ${text}`;
    expect(`${text}: ${seen.get(key) ?? label}`).toBe(`${text}: ${label}`);
    seen.set(key, label);
  }
  expect(seen.size).toBeGreaterThan(4000);
});
