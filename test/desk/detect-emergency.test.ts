/** Emergencies against their innocent look-alikes: a set of its own, written before the rules. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { detectEmergency } from '../../src/desk/detect-emergency.ts';
import { findOnCall } from '../../src/desk/find-on-call.ts';

const CALM = { isAngry: false, isAfterSale: false };
const lines = readFileSync(new URL('../eval/emergencies.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; kind: string });
const byWords = lines.filter(({ kind }) => kind !== 'angryAfterSale' && kind !== 'none');
const innocent = lines.filter(({ kind }) => kind === 'none');

it('the set is large enough, and half of it is innocent', () => {
  expect(lines.length).toBeGreaterThanOrEqual(120);
  expect(innocent.length * 2).toBeGreaterThanOrEqual(lines.length);
});

// The bars are the figures of the first sight, before any line had led to a change.
it('finds what cannot wait', () => {
  const found = byWords.filter(({ text, kind }) => detectEmergency(text, CALM)?.kind === kind);
  expect(found.length / byWords.length).toBeGreaterThanOrEqual(61 / 62);
});

it('lets the everyday sleep', () => {
  const woken = innocent.filter(({ text }) => detectEmergency(text, CALM) !== undefined).map(({ text }) => text);
  expect(woken.length).toBeLessThanOrEqual(2);
});

it('anger counts when it is about what was bought', () => {
  const text = '三天了没人理我';
  expect(detectEmergency(text, { isAngry: true, isAfterSale: true })).toEqual({ kind: 'angryAfterSale', words: '' });
  expect(detectEmergency(text, { isAngry: true, isAfterSale: false })).toBeUndefined();
  expect(detectEmergency(text, { isAngry: false, isAfterSale: true })).toBeUndefined();
});

it.each([
  ['我要報警', 'threat'],
  ['充電的時候冒煙了', 'fire'],
  ['着 火 了', 'fire'],
  ['The charger CAUGHT FIRE', 'fire'],
  ['孩子发烧住院了，今天先不买', 'injury'],
  ['刀片没装好，切到手指血止不住', 'injury'],
  ['穿了一天脚后跟磨得全是血泡', 'injury'],
  ['喷雾进眼睛了，看不清东西', 'injury'],
  ['皮膚過敏腫起來了', 'injury'],
  ['已经把你们挂到小红书上了', 'threat'],
] as const)('%s is %s in any spelling', (text, kind) => {
  expect(detectEmergency(text, CALM)?.kind).toBe(kind);
});

it.each(['送到派出所门口那个快递柜', '冒烟特效的加湿器', '燃气灶打不着火', '眼霜会不会进眼睛'])(
  '%s wakes nobody',
  (text) => {
    expect(detectEmergency(text, CALM)).toBeUndefined();
  },
);

it('the roster: by weekday, past midnight, the first line first', () => {
  const night = { person: '小禾', days: ['fri' as const], hours: '22:00-09:00' };
  const day = { person: '小满', days: ['fri' as const, 'sat' as const], hours: '08:00-20:00' };
  const at = (text: string) => findOnCall([night, day], 'Asia/Shanghai', Date.parse(`${text}+08:00`));
  expect(at('2027-05-14T21:59')).toBeUndefined();
  expect(at('2027-05-14T22:00')).toBe('小禾');
  expect(at('2027-05-15T08:30')).toBe('小禾');
  expect(at('2027-05-15T09:00')).toBe('小满');
  expect(at('2027-05-16T03:00')).toBeUndefined();
  expect(findOnCall({ always: '小禾' }, 'Asia/Shanghai', 0)).toBe('小禾');
});
