import { describe, expect, it } from 'vitest';
import { channelName } from '../../src/console/desk/channel-name.ts';
import { type KeyPress, matchKey } from '../../src/console/desk/match-key.ts';
import { waitLevel } from '../../src/console/desk/wait-level.ts';
import { en } from '../../src/console/i18n/en.ts';
import { formatDuration, formatElapsed, formatShare, formatYuan } from '../../src/console/i18n/format.ts';
import { translate } from '../../src/console/i18n/language.tsx';
import { type MessageKey, zh } from '../../src/console/i18n/zh.ts';

const MINUTE = 60_000;

describe('a waiting buyer', () => {
  it.each([
    [0, 'calm'],
    [3 * MINUTE - 1, 'calm'],
    [3 * MINUTE, 'late'],
    [5 * MINUTE - 1, 'late'],
    [5 * MINUTE, 'overdue'],
    [-MINUTE, 'calm'],
  ])('after %i ms is %s', (waitedMs, level) => {
    expect(waitLevel(1_000_000, 1_000_000 + waitedMs)).toBe(level);
  });

  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [185_000, '3:05'],
    [3_600_000, '1:00:00'],
    [-5, '0:00'],
  ])('of %i ms shows %s', (ms, shown) => {
    expect(formatElapsed(ms)).toBe(shown);
  });
});

describe('figures for people', () => {
  it.each([
    [0, 'zh', '0 秒'],
    [45_000, 'zh', '45 秒'],
    [200_000, 'zh', '3 分 20 秒'],
    [7_500_000, 'zh', '2 小时 5 分'],
    [3_600_000, 'en', '1 h'],
    [90_000_000, 'en', '1 d 1 h'],
  ] as const)('%i ms in %s is %s', (ms, language, shown) => {
    expect(formatDuration(ms, language)).toBe(shown);
  });

  it('are rounded', () => {
    expect([formatYuan(129), formatYuan(129.5), formatShare(0.724)]).toEqual(['¥129', '¥129.50', '72%']);
  });
});

describe('keys of the desk', () => {
  const press = (change: Partial<KeyPress>): KeyPress => ({
    code: '',
    key: '',
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    isComposing: false,
    ...change,
  });

  it.each([
    [
      { altKey: true, code: 'Digit1' },
      { action: 'insert', position: 0, polished: false },
    ],
    [
      { altKey: true, code: 'Digit3' },
      { action: 'insert', position: 2, polished: false },
    ],
    [
      { altKey: true, shiftKey: true, code: 'Digit2' },
      { action: 'insert', position: 1, polished: true },
    ],
    [{ altKey: true, code: 'Digit4' }, undefined],
    // On some keyboards Alt changes the character; the place of the key counts.
    [
      { altKey: true, code: 'Digit1', key: '¡' },
      { action: 'insert', position: 0, polished: false },
    ],
    [{ altKey: true, code: 'KeyJ' }, { action: 'next' }],
    [{ altKey: true, code: 'KeyK' }, { action: 'previous' }],
    [{ altKey: true, code: 'KeyE' }, { action: 'resolve' }],
    [{ altKey: true, code: 'KeyT' }, { action: 'takeOver' }],
    [{ altKey: true, code: 'KeyA' }, { action: 'ask' }],
    [{ altKey: true, code: 'KeyC' }, { action: 'correct' }],
    [
      { code: 'F6', key: 'F6' },
      { action: 'pane', step: 1 },
    ],
    [
      { code: 'F6', key: 'F6', shiftKey: true },
      { action: 'pane', step: -1 },
    ],
    [{ code: 'F1', key: 'F1' }, { action: 'help' }],
    [{ altKey: true, ctrlKey: true, code: 'KeyE' }, undefined],
    [{ altKey: true, isComposing: true, code: 'Digit1' }, undefined],
    [{ code: 'Digit1', key: '1' }, undefined],
  ])('%j mean %j while typing', (change, key) => {
    expect(matchKey(press(change), true)).toEqual(key);
  });

  it('show the help only outside of text', () => {
    expect(matchKey(press({ key: '?' }), false)).toEqual({ action: 'help' });
    expect(matchKey(press({ key: '?' }), true)).toBeUndefined();
  });
});

describe('the dictionaries', () => {
  const slots = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort();

  it('say everything in both languages with the same slots', () => {
    const wrong = (Object.keys(zh) as MessageKey[]).filter(
      (key) => en[key].trim() === '' || zh[key].trim() === '' || slots(en[key]).join() !== slots(zh[key]).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('fill slots and leave unknown ones standing', () => {
    expect(translate('zh', 'onDuty', { count: 2 })).toBe('2 人在线');
    expect(translate('en', 'onDuty')).toBe('{count} on duty');
  });

  it('name channels, unknown ones by their own name', () => {
    const t = (key: MessageKey) => translate('zh', key);
    expect([channelName('wecom', t), channelName('carrier pigeon', t)]).toEqual(['微信客服', 'carrier pigeon']);
  });
});
