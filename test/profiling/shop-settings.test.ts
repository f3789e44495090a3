import { describe, expect, it } from 'vitest';
import { createProfilerPort } from '../../src/create-profiler-port.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { DEFAULT_THRESHOLDS } from '../../src/profiling/settings.ts';
import { type ProfilingSettings, THRESHOLD_RANGES } from '../../src/protocol/profiling.ts';

const START = Date.UTC(2027, 2, 1);
const port = createProfilerPort();
const BARGAIN = ['便宜点吧', '再少20', '那少15吧'];

function bargain(settings?: ProfilingSettings) {
  const messages = BARGAIN.map((text, index) => ({ from: 'buyer' as const, text, atMs: START + index * 30_000 }));
  return port.addMessages(undefined, messages, [], null, settings).profile;
}

function settingsOf(profiling: unknown) {
  return ShopSettingsSchema.safeParse({ profiling });
}

describe('thresholds of a shop', () => {
  it('differ between two shops on the same chat, and are the shipped ones where a shop sets none', () => {
    const patient = settingsOf({ minScore: 0.95, thresholds: { bargainTurns: 12 } }).data!.profiling!;
    const plain = bargain();
    expect(plain.top).toBe('BT-2');
    expect(plain.evidence.map(({ feature }) => feature)).toContain('BF-06');
    const there = bargain(patient);
    expect(there.top).toBe('unknown');
    expect(there.evidence.map(({ feature }) => feature)).not.toContain('BF-06');
    expect(bargain(settingsOf({}).data!.profiling)).toEqual(plain);
    expect(bargain({ thresholds: { ...DEFAULT_THRESHOLDS } })).toEqual(plain);
  });

  it('hold for the profile of a kept state too', () => {
    const { state } = port.addMessages(undefined, [{ from: 'buyer', text: BARGAIN[0]!, atMs: START }], []);
    expect(port.profileOf(state, null, START, { thresholds: { bargainTurns: 1 } }).evidence).not.toEqual(
      port.profileOf(state, null, START).evidence,
    );
  });

  it.each([
    [{ minScore: 1.2 }, 'profiling.minScore', /from 0\.3 to 0\.95/],
    [{ thresholds: { bargainTurns: 0 } }, 'profiling.thresholds.bargainTurns', /from 1 to 20/],
    [{ thresholds: { specShare: '一半' } }, 'profiling.thresholds.specShare', /must be a number/],
    [{ thresholds: { neglectWaitMs: -5 } }, 'profiling.thresholds.neglectWaitMs', /from 10000 to 3600000/],
    [{ thresholds: { haggling: 3 } }, 'profiling.thresholds', /haggling/],
  ])('%j names the place and what is legal', (profiling, path, message) => {
    const issue = settingsOf(profiling).error?.issues[0];
    expect(issue?.path.join('.')).toBe(path);
    expect(issue?.message).toMatch(message);
  });

  it.each(Object.entries(THRESHOLD_RANGES))('%s has names, and a default within its range', (_, range) => {
    expect(range.zh).toMatch(/\p{Script=Han}/u);
    expect(range.en).toMatch(/^[A-Z]/);
    expect(range.default).toBeGreaterThanOrEqual(range.min);
    expect(range.default).toBeLessThanOrEqual(range.max);
  });
});
