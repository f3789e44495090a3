import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { understandWith } from '../../src/nlu/create-understanding.ts';
import { type IntentSource, loadIntents, parseIntents } from '../../src/nlu/load-intents.ts';
import { hashOfModel, packModel } from '../../src/nlu/pack-model.ts';
import { parseIntentLine, readIntentsFile } from '../../src/nlu/read-evaluation-file.ts';
import { teach } from '../../src/nlu/teach.ts';
import { type Correction, trainCandidate } from '../../src/nlu/train-candidate.ts';
import { trainOnIntents } from '../../src/nlu/train-intent-model.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'huashu-teach-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TAUGHT_IN = ['INT-PRE-18', 'INT-PRE-20', 'INT-PRE-08', 'INT-AS-07', 'OOS'];
/** Sixty lines each are enough to learn by, and quick. */
const sources: IntentSource[] = loadIntents(join(ROOT, 'intents'))
  .intents.filter(({ id }) => TAUGHT_IN.includes(id))
  .map(({ file, examples, ...intent }) => ({
    file,
    text: JSON.stringify({ ...intent, examples: examples.slice(0, 60) }),
  }));
const live = packModel(trainOnIntents(parseIntents(sources)));
const frozen = [
  ['能开专用发票吗', 'INT-PRE-18'],
  ['默认走哪家快递', 'INT-PRE-20'],
  ['毛衣怎么洗不缩水', 'INT-PRE-08'],
  ['刚到手线头就开了', 'INT-AS-07'],
].map(([text, intent], i) =>
  parseIntentLine(
    JSON.stringify({ id: `${i}`, text, context: { order: null, prev: [] }, intents: [intent], acceptable: [] }),
  ),
);

const correct = (id: string, text: string, ...intents: MessageIntent[]): Correction => {
  return { id, text, intents, order: null, prev: [] };
};
/** A word of this shop alone: the live model takes it for anything. */
const OWN_WORDS = [
  correct('a', '小蓝单给我整一张', 'INT-PRE-08'),
  correct('b', '小蓝单几时寄来', 'INT-PRE-08'),
  correct('c', '我要小蓝单', 'INT-PRE-08'),
];
const firstOf = (packed: Uint8Array, text: string) =>
  understandWith(packed, 'x').analyse(text, { order: null, prev: [] }).intents[0]?.intent;

describe('trainCandidate', () => {
  test('learns what the shop corrects, loses nothing, and says what changed', async () => {
    const { verdict, model, hash, figures, changed } = await trainCandidate({
      sources,
      frozen,
      live,
      corrections: OWN_WORDS,
    });
    expect(verdict).toBe('better');
    expect(figures.map(({ name }) => name)).toEqual(['frozen', 'corrections']);
    expect(figures[0]!.candidate).toBeGreaterThanOrEqual(figures[0]!.live);
    expect(figures[1]).toMatchObject({ lines: 3, candidate: 3 });
    expect(changed.filter(({ change }) => change === 'mended').map(({ set }) => set)).toContain('corrections');
    expect(firstOf(live, '小蓝单呢')).not.toBe('INT-PRE-08');
    expect(firstOf(model, '小蓝单呢')).toBe('INT-PRE-08');
    expect(hash).toBe(hashOfModel(model));
  });

  test('corrections against the shipped lines make it worse, and the broken lines are named', async () => {
    const wrong = [
      '能开专用发票吗',
      '可以开专用发票吗',
      '专用发票能开吗',
      '开专用发票',
      '能开发票吗',
      '能不能开发票',
    ].map((text, i) => correct(`${i}`, text, 'INT-PRE-20'));
    const { verdict, changed } = await trainCandidate({ sources, frozen, live, corrections: wrong });
    expect(verdict).toBe('worse');
    expect(changed).toContainEqual(
      expect.objectContaining({ set: 'frozen', text: '能开专用发票吗', candidate: 'INT-PRE-20', change: 'broken' }),
    );
  });

  test('no corrections give the live model again', async () => {
    const { verdict, hash, changed } = await trainCandidate({ sources, frozen, live, corrections: [] });
    expect([verdict, hash, changed]).toEqual(['same', hashOfModel(live), []]);
  });

  test('from twenty corrections on a fifth is held out of a second model', async () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      correct(`${i}`, `小蓝单第${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${i}张呢`, 'INT-PRE-18'),
    );
    const { figures } = await trainCandidate({ sources, frozen, live, corrections: many });
    const heldOut = figures.find(({ name }) => name === 'held-out');
    expect(heldOut?.lines).toBeGreaterThan(0);
    expect(heldOut?.candidate).toBe(heldOut?.lines);
  });

  test('a message that is none of the desk’s business is learned as such', async () => {
    const { model } = await trainCandidate({
      sources,
      frozen,
      live,
      corrections: ['三缺一打麻将来不来', '来打麻将三缺一', '今晚麻将三缺一'].map((text, i) => correct(`${i}`, text)),
    });
    const { outOfScope } = understandWith(model, 'x').analyse('麻将三缺一啊', { order: null, prev: [] });
    const before = understandWith(live, 'x').analyse('麻将三缺一啊', { order: null, prev: [] }).outOfScope;
    expect(outOfScope).toBeGreaterThan(before);
  });
});

describe('teach', () => {
  test('trains in a thread of its own, as in this one', async () => {
    const input = { sources, frozen, live, corrections: OWN_WORDS };
    const [there, here] = [await teach(input), await trainCandidate(input)];
    expect([there.hash, there.verdict]).toEqual([here.hash, here.verdict]);
  });

  test('what the training throws comes back', async () => {
    await expect(teach({ sources, frozen, live: new Uint8Array(4), corrections: [] })).rejects.toThrow('header');
  });

  test('a thread that is ended early is an error', async () => {
    const stop = new AbortController();
    const lesson = teach({ sources, frozen, live, corrections: OWN_WORDS }, stop.signal);
    stop.abort();
    await expect(lesson).rejects.toThrow('before it had a result');
  });
});

test('the frozen lines that ship are of every intent, and some are out of scope', () => {
  const lines = readIntentsFile(join(ROOT, 'intents/frozen.jsonl'));
  expect(lines.filter(({ intents }) => intents.length === 0).length).toBeGreaterThan(40);
  expect(new Set(lines.flatMap(({ intents }) => intents)).size).toBeGreaterThan(80);
});
