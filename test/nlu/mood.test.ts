/** Mood, urgency, sarcasm and the need for a person, on the sets of the project. @see INT-GEN-07, INT-GEN-08, INT-REL-03 */
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createUnderstanding, type Understanding } from '../../src/nlu/create-understanding.ts';
import { readMoodExamples } from '../../src/nlu/mood-model.ts';
import { OrderStateSchema } from '../../src/protocol/ids.ts';
import { type Analysis, MOODS, type Turn, TurnSchema, URGENCIES } from '../../src/protocol/turn.ts';

const ROOT = join(import.meta.dirname, '../..');
const AT_MS = Date.UTC(2027, 4, 3, 2);

const MoodLineSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  order: OrderStateSchema.optional(),
  /** Since the last turn before. */
  waitedSec: z.number().optional(),
  prev: z.array(TurnSchema).optional(),
  mood: z.enum(MOODS),
  urgency: z.enum(URGENCIES),
  sarcasm: z.boolean(),
  needsHuman: z.boolean(),
});
type MoodLine = z.infer<typeof MoodLineSchema>;

let understanding: Understanding;
beforeAll(async () => {
  understanding = await createUnderstanding({
    intentsDir: join(ROOT, 'intents'),
    cacheDir: join(tmpdir(), 'huashu-test-models'),
  });
}, 120_000);

function linesOf(file: string): MoodLine[] {
  return readFileSync(join(ROOT, 'test/eval', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => MoodLineSchema.parse(JSON.parse(line)));
}

function read(line: Pick<MoodLine, 'text' | 'order' | 'prev' | 'waitedSec'>): Analysis {
  const at = new Date(AT_MS).toISOString();
  const before = new Date(AT_MS - (line.waitedSec ?? 0) * 1000).toISOString();
  const chat = (line.prev ?? []).map((turn): Turn => (line.waitedSec === undefined ? turn : { ...turn, at: before }));
  const order = line.order ? { state: line.order } : null;
  return understanding.analyse(line.text, { order, prev: chat.slice(-2), chat, at });
}

/** Shares of the lines read rightly; recall of the needs for a person, and how many of those claimed are real. */
function measure(lines: readonly MoodLine[]) {
  const readings = lines.map((line) => ({ line, analysis: read(line) }));
  const share = (fits: (one: (typeof readings)[number]) => boolean) => readings.filter(fits).length / lines.length;
  const needed = readings.filter(({ line }) => line.needsHuman);
  const claimed = readings.filter(({ analysis }) => analysis.attitude?.needsHuman);
  const right = claimed.filter(({ line }) => line.needsHuman).length;
  return {
    mood: share(({ line, analysis }) => line.mood === analysis.mood),
    urgency: share(({ line, analysis }) => line.urgency === analysis.attitude?.urgency),
    sarcasm: share(({ line, analysis }) => line.sarcasm === analysis.attitude?.sarcasm),
    humanRecall: right / needed.length,
    humanPrecision: right / claimed.length,
  };
}

test.each([
  ['mood.jsonl', { mood: 0.92, urgency: 0.95, sarcasm: 0.97, humanRecall: 0.93, humanPrecision: 0.93 }],
  ['mood-second.jsonl', { mood: 0.7, urgency: 0.88, sarcasm: 0.94, humanRecall: 0.72, humanPrecision: 0.85 }],
  ['mood-third.jsonl', { mood: 0.93, urgency: 0.94, sarcasm: 0.98, humanRecall: 0.96, humanPrecision: 0.96 }],
])('%s is read as well as measured', (file, floors) => {
  const figures = measure(linesOf(file));
  for (const [name, floor] of Object.entries(floors)) {
    expect([name, figures[name as keyof typeof figures]]).toEqual([name, expect.any(Number)]);
    expect(figures[name as keyof typeof figures]).toBeGreaterThanOrEqual(floor);
  }
});

test('no line that teaches moods shares 0.6 or more of its 3-grams with a line of the sets', () => {
  const gramsOf = (text: string) => {
    const letters = [...text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')];
    return new Set(letters.slice(2).map((letter, i) => `${letters[i]}${letters[i + 1]}${letter}`));
  };
  const sets = ['mood.jsonl', 'mood-second.jsonl'].flatMap(linesOf).map(({ text }) => gramsOf(text));
  const offenders = readMoodExamples().filter(({ text }) => {
    const grams = gramsOf(text);
    return grams.size > 0 && sets.some((of) => [...grams].filter((gram) => of.has(gram)).length / grams.size >= 0.6);
  });
  expect(offenders).toEqual([]);
});

describe('what stands around a message', () => {
  const asked: Turn[] = [{ from: 'buyer', text: '单号发我' }];

  test.each([
    ['a call after a long wait is impatient', { text: '在吗', prev: asked, waitedSec: 600 }, 'impatient'],
    ['the same call soon after is not', { text: '在吗', prev: asked, waitedSec: 20 }, 'calm'],
    [
      'thanks where nothing was set right are mockery',
      {
        text: '真行',
        prev: [
          { from: 'buyer', text: '收到的是坏的' },
          { from: 'agent', text: '这是正常现象哦' },
        ],
      },
      'angry',
    ],
    [
      'thanks for help are thanks',
      {
        text: '真行',
        prev: [
          { from: 'buyer', text: '改下地址' },
          { from: 'agent', text: '改好了，还送您一张券' },
        ],
      },
      'happy',
    ],
  ] as [string, Pick<MoodLine, 'text' | 'prev' | 'waitedSec'>, Analysis['mood']][])('%s', (_, line, mood) => {
    expect(read(line).mood).toBe(mood);
  });

  test.each([
    ['asks for a person', { text: '我要找你们店长' }, 'asked'],
    ['somebody came to harm', { text: '孩子用完起了一身疹子' }, 'harm'],
    ['a question about harm is none', { text: '敏感肌用会过敏吗' }, null],
    ['hours of the staff are no call for them', { text: '人工客服几点上班' }, null],
    [
      'the same question to a machine goes in circles',
      {
        text: '我的快递到哪里了',
        prev: [
          { from: 'buyer', text: '我的快递到哪里了' },
          { from: 'auto', text: '请选择您的问题' },
        ],
      },
      'circles',
    ],
    [
      'a complaint after signing that was left waiting',
      { text: '收到的杯子是碎的', order: 'signed', prev: [{ from: 'buyer', text: '杯子碎了' }], waitedSec: 900 },
      'dissatisfied',
    ],
    ['the same complaint, fresh, is an agent’s daily work', { text: '收到的杯子是碎的', order: 'signed' }, null],
  ] as [string, Pick<MoodLine, 'text' | 'prev' | 'order' | 'waitedSec'>, string | null][])('%s', (_, line, reason) => {
    expect(read(line).attitude?.needsHuman).toBe(reason);
  });

  test.each([
    ['米白和雾蓝都挺好看 定不下来', 'hesitant'],
    ['心里两个小人在打架', 'hesitant'],
    ['白色的真好看 很满意', 'happy'],
    ['气质很好 味道也好闻 推荐', 'happy'],
    ['闭眼入 不会踩雷', 'happy'],
    ['这速度 走路都送到了', 'impatient'],
    ['你们仓库是在月球吗', 'impatient'],
    ['心都碎了 盼了半个月来个瑕疵品', 'angry'],
    ['我算是栽你手里了', 'angry'],
    ['蜗牛霜适合几岁', 'calm'],
    ['凉水壶能装开水吗', 'calm'],
  ] as const)('a figure of speech is no name of goods, and the other way round: %s', (text, mood) => {
    expect(read({ text }).mood).toBe(mood);
  });

  test('the words that told the mood are named', () => {
    expect(read({ text: '你们就是骗子' }).attitude?.evidence).toContain('骗子');
    expect(read({ text: '有货吗' }).attitude?.evidence).toEqual([]);
  });
});
