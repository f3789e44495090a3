import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFileError } from '../../src/lib/errors.ts';
import { createProfiler } from '../../src/profiling/create-profiler.ts';
import { evaluateProfiles } from '../../src/profiling/evaluate.ts';
import { profileLine } from '../../src/profiling/profile-line.ts';
import { parseProfileLine, readProfilesFile } from '../../src/profiling/read-profiles-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

const order = { state: 'completed', items: [{ title: '车铃', category: '骑行', qty: 1 }], placedAtSec: -900 };
const line = {
  id: 'a',
  messages: [{ from: 'buyer', text: '在吗', atSec: 0 }],
  orders: [order],
  type: 'unknown',
  acceptable: [],
};

describe('the strict reader', () => {
  it.each([
    ['id', { ...line, id: undefined }],
    ['extra', { ...line, extra: 1 }],
    ['type', { ...line, type: 'BT-9' }],
    ['acceptable[0]', { ...line, acceptable: ['none'] }],
    ['messages[0].from', { ...line, messages: [{ from: 'auto', text: '', atSec: 0 }] }],
    ['messages[0].atSec', { ...line, messages: [{ from: 'buyer', text: '', atSec: 0.5 }] }],
    ['orders[0].state', { ...line, orders: [{ ...order, state: 'lost' }] }],
    ['orders[0].items[0].qty', { ...line, orders: [{ ...order, items: [{ title: 'x', category: 'y' }] }] }],
    ['orders[0].confirmedBy', { ...line, orders: [{ ...order, confirmedBy: 'agent' }] }],
    ['orders[0].paidAtSec', { ...line, orders: [{ ...order, paidAtSec: null }] }],
    ['orders[0].review.text', { ...line, orders: [{ ...order, review: {} }] }],
    ['orders[0].gift', { ...line, orders: [{ ...order, gift: true }] }],
  ])('names the path %s', (path, value) => {
    let caught: unknown;
    try {
      parseProfileLine(JSON.stringify(value), 'set.jsonl', 7);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(DataFileError);
    expect(caught).toMatchObject({ file: 'set.jsonl', line: 7, path });
  });

  it('skips blank lines, and refuses broken JSON, a repeated id, bytes that are no UTF-8 and a missing file', () => {
    const path = join(folder, 'set.jsonl');
    writeFileSync(path, `\n${JSON.stringify(line)}\n\n`);
    expect(readProfilesFile(path)).toEqual([line]);
    writeFileSync(path, `${JSON.stringify(line)}\n\n${JSON.stringify(line)}\n`);
    expect(() => readProfilesFile(path)).toThrow(/set\.jsonl:3 id: "a" is already the id of line 1/);
    writeFileSync(path, '{"id":');
    expect(() => readProfilesFile(path)).toThrow(/set\.jsonl:1: is not JSON/);
    writeFileSync(path, Buffer.from([0xff, 0xfe]));
    expect(() => readProfilesFile(path)).toThrow(/not valid UTF-8/);
    expect(() => readProfilesFile(join(folder, 'none.jsonl'))).toThrow(/cannot be read/);
  });
});

describe('the scorer', () => {
  const bargaining = ['便宜点吧', '再少20', '那少15', '10块总行吧'].map((text, index) => ({
    from: 'buyer' as const,
    text,
    atSec: index * 30,
  }));
  const known = (id: string, type: string, acceptable: string[] = []) =>
    parseProfileLine(JSON.stringify({ id, messages: bargaining, orders: [], type, acceptable }));
  const plain = parseProfileLine(JSON.stringify(line));

  it('counts first answers, acceptable ones, unknown recall, macro-F1 and the confusion', () => {
    const { result, wrong } = evaluateProfiles([
      plain,
      known('b', 'BT-2'),
      known('c', 'unknown'),
      known('d', 'BT-5', ['BT-2']),
    ]);
    expect(result).toEqual({
      lines: 4,
      top1: 0.5,
      top1Acceptable: 0.75,
      macroF1: (2 / 4 + 0 + 2 / 3) / 3,
      unknownRecall: 0.5,
      confusion: { unknown: { unknown: 1, 'BT-2': 1 }, 'BT-2': { 'BT-2': 1 }, 'BT-5': { 'BT-2': 1 } },
    });
    expect(wrong.map(({ id }) => id).sort()).toEqual(['c', 'd']);
  });

  it('hands each buyer text to the reader of intents', () => {
    const silent = parseProfileLine(
      JSON.stringify({
        ...line,
        orders: [],
        messages: ['甲', '乙', '丙'].map((text, atSec) => ({ from: 'buyer', text, atSec })),
      }),
    );
    const { result } = evaluateProfiles([{ ...silent, type: 'BT-2' }], undefined, () => ['INT-PRE-14']);
    expect(result.top1).toBe(1);
    expect(evaluateProfiles([{ ...silent, type: 'BT-2' }]).result.top1).toBe(0);
  });

  it('reaches the targets on the own set', () => {
    const { result } = evaluateProfiles(readProfilesFile('test/eval/profiles.jsonl'));
    expect(result.lines).toBe(180);
    expect(result.top1).toBeGreaterThanOrEqual(0.9);
    expect(result.unknownRecall).toBeGreaterThanOrEqual(0.9);
  });
});

it('every reason for a type is told in Chinese too, in words of a shop', () => {
  const profiler = createProfiler();
  const evidence = readProfilesFile('test/eval/profiles.jsonl').flatMap((own) => profileLine(own, profiler).evidence);
  expect(new Set(evidence.map(({ feature }) => feature)).size).toBeGreaterThan(20);
  for (const { feature, detailZh } of evidence) {
    // What stands behind the colon is the buyer's own.
    const said = detailZh?.split('：')[0];
    expect(said, feature).toMatch(/^[\p{Script=Han}\d.，、（）]+$/u);
  }
});
