/** Refusals: what stops a machine's messages, and what only sounds like it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readRefusal } from '../../src/nlu/read-refusal.ts';

interface Line {
  id: string;
  text: string;
  stop: boolean;
}
const read = (name: string): Line[] =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const lines = [...read('refusals.jsonl'), ...read('refusals-blind.jsonl'), ...read('refusals-fresh.jsonl')];

describe('a refusal', () => {
  test.each(lines.filter(({ stop }) => stop))('$id stops: $text', ({ text }) => {
    expect(readRefusal(text)).toBeDefined();
  });
  test.each(lines.filter(({ stop }) => !stop))('$id goes on: $text', ({ text }) => {
    expect(readRefusal(text)).toBeUndefined();
  });
  test.each([
    ['别催了', 'reminders'],
    ['不用提醒我付款', 'reminders'],
    ['退订', 'all'],
    ['別騷擾我', 'all'],
    ['unsubscirbe', 'all'],
    ['bie cui le', 'reminders'],
    ['别催了，再发我就拉黑了', 'all'],
  ])('%s refuses %s', (text, scope) => {
    expect(readRefusal(text)).toBe(scope);
  });
  test('a text of any length is read at once', () => {
    expect(readRefusal('别'.repeat(20_000))).toBeUndefined();
    expect(readRefusal(`${'一直'.repeat(10_000)}好`)).toBeUndefined();
  });
});
