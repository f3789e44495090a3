import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { applyLabelMap, evaluateIntents } from '../../src/nlu/evaluate-intents.ts';
import { evaluateLabels } from '../../src/nlu/evaluate-labels.ts';
import {
  parseIntentLine,
  parseLabelLine,
  readIntentsFile,
  readLabelMap,
  readLabelsFile,
} from '../../src/nlu/read-evaluation-file.ts';
import { areaUnderRoc, calibrationError, macroF1 } from '../../src/nlu/score-labels.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Analysis } from '../../src/protocol/turn.ts';

const dir = mkdtempSync(join(tmpdir(), 'huashu-eval-'));
afterAll(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
}

const LINE = {
  id: 'x1',
  text: '发票啥时候给我',
  context: { order: { state: 'signed' }, prev: [{ from: 'agent', text: '您好' }] },
  intents: ['INT-PRE-18'],
  acceptable: [],
};

describe('a line of kind intents', () => {
  test.each<[string, object, RegExp]>([
    ['unknown field', { ...LINE, why: 1 }, /f:3.*why/],
    ['missing field', { ...LINE, acceptable: undefined }, /f:3 acceptable: /],
    ['event intent', { ...LINE, intents: ['INT-IN-02'] }, /f:3 intents\[0\]: must be the id of a message intent/],
    [
      'order state',
      { ...LINE, context: { order: { state: 'closed' }, prev: [] } },
      /f:3 context\.order\.state: .*"unpaid"/,
    ],
    ['order absent', { ...LINE, context: { prev: [] } }, /f:3 context\.order: /],
    [
      'speaker',
      { ...LINE, context: { order: null, prev: [{ from: 'bot', text: '' }] } },
      /f:3 context\.prev\[0\]\.from: /,
    ],
    [
      'three turns',
      { ...LINE, context: { order: null, prev: Array(3).fill({ from: 'buyer', text: 'a' }) } },
      /f:3 context\.prev: /,
    ],
    ['wrong type', { ...LINE, text: 1 }, /f:3 text: /],
  ])('%s is an error with file, line and path', (_, line, expected) => {
    expect(() => parseIntentLine(JSON.stringify(line), 'f', 3)).toThrow(expected);
  });

  test('what is no JSON names its line', () => {
    expect(() => parseIntentLine('{', 'f', 9)).toThrow(/^f:9: is not JSON/);
  });

  test('blank lines are skipped, a repeated id is an error', () => {
    const line = JSON.stringify(LINE);
    expect(readIntentsFile(write('a.jsonl', `${line}\n\n`)).length).toBe(1);
    expect(() => readIntentsFile(write('b.jsonl', `${line}\n${line}\n`))).toThrow(
      /b\.jsonl:2 id: "x1" is already the id of line 1/,
    );
  });

  test('a file that is missing or no UTF-8 is named', () => {
    expect(() => readIntentsFile(join(dir, 'none.jsonl'))).toThrow(/none\.jsonl: cannot be read/);
    const path = join(dir, 'latin.jsonl');
    writeFileSync(path, Buffer.from([0x7b, 0xff, 0xfe]));
    expect(() => readLabelsFile(path)).toThrow(/latin\.jsonl: is not valid UTF-8/);
  });
});

test('a line of kind labels has two strings and nothing else', () => {
  expect(parseLabelLine('{"text":"a","label":"b"}')).toEqual({ text: 'a', label: 'b' });
  expect(() => parseLabelLine('{"text":"a"}', 'f', 1)).toThrow(/f:1 label: /);
  expect(() => parseLabelLine('{"text":"a","label":"b","id":"c"}', 'f', 1)).toThrow(/f:1.*id/);
});

function analysisOf(first: MessageIntent, over: Partial<Analysis> = {}): Analysis {
  return {
    intents: [
      { intent: first, confidence: 0.9, evidence: [] },
      { intent: 'INT-GEN-04', confidence: 0.1, evidence: [] },
    ],
    held: [first],
    outOfScope: 0.1,
    abstained: false,
    entities: [],
    mood: 'calm',
    language: 'zh-Hans',
    model: 'm',
    ...over,
  };
}

test('evaluateIntents scores as the format says', async () => {
  const of = (id: string, intents: string[], acceptable: string[] = []) =>
    parseIntentLine(JSON.stringify({ ...LINE, id, text: id, intents, acceptable }));
  const lines = [
    of('right', ['INT-PRE-18']),
    of('second', ['INT-GEN-04']),
    of('acceptable', ['INT-PRE-01'], ['INT-PRE-18']),
    of('unclear', ['INT-GEN-09']),
    of('two', ['INT-AS-01', 'INT-PRE-18']),
    of('oos refused', []),
    of('oos unclear', []),
    of('oos taken', []),
  ];
  const { result, wrong } = await evaluateIntents(lines, (text) => {
    if (text === 'unclear') return analysisOf('INT-GEN-01', { abstained: true });
    if (text === 'oos refused') return analysisOf('INT-PRE-18', { abstained: true, outOfScope: 0.9 });
    if (text === 'oos unclear') return analysisOf('INT-GEN-09', { outOfScope: 0.8 });
    return analysisOf('INT-PRE-18', text === 'oos taken' ? { outOfScope: 0.05 } : {});
  });
  expect(result).toMatchObject({ lines: 8, top1: 3 / 5, top1Acceptable: 4 / 5, top3: 3 / 5, abstained: 2 / 8 });
  expect(result.oosFalseAccept).toBeCloseTo(1 / 3);
  expect(result.oosAuroc).toBeCloseTo(10 / 15);
  expect(result.ece).toBeCloseTo(0.3);
  expect(wrong.map(({ id }) => id).sort()).toEqual(['acceptable', 'oos taken', 'second']);
});

test('a label map makes lines of kind intents; a label it lacks is an error', () => {
  const map = readLabelMap(write('map.json', '{"labels":{"票":["INT-PRE-18","INT-REV-03"],"闲":[]}}'));
  const lines = applyLabelMap(
    [
      { text: 'a', label: '票' },
      { text: 'b', label: '闲' },
    ],
    map,
  );
  expect(lines.map(({ intents }) => intents)).toEqual([['INT-PRE-18'], []]);
  expect(() => applyLabelMap([{ text: 'a', label: '无' }], map)).toThrow(/"无"/);
});

test('evaluateLabels trains on one set and measures on the other', () => {
  const train = ['能开发票吗', '要专票', '发票抬头', '电子发票发我'].map((text) => ({ text, label: 'invoice' }));
  const more = ['发什么快递', '走顺丰吗', '快递哪家', '用中通'].map((text) => ({ text, label: 'courier' }));
  const test3 = [
    { text: '发票怎么开', label: 'invoice' },
    { text: '快递是顺丰吗', label: 'courier' },
    { text: '快递', label: 'never seen' },
  ];
  const { result, wrong } = evaluateLabels([...train, ...more], test3);
  expect(result).toMatchObject({ lines: 3, accuracy: 2 / 3, top3: 2 / 3 });
  expect(result.modelBytes).toBeGreaterThan(0);
  expect(result.perSecond).toBeGreaterThan(0);
  expect(wrong.map(({ label }) => label)).toEqual(['never seen']);
});

describe('figures', () => {
  test('macro-F1 counts classes that occur as truth', () => {
    const pairs = [
      { truth: 'a', predicted: 'a' },
      { truth: 'a', predicted: 'b' },
      { truth: 'b', predicted: 'b' },
      { truth: 'b', predicted: 'c' },
    ];
    expect(macroF1(pairs)).toBeCloseTo((2 / 3 + 0.5) / 2);
  });

  test('AUROC with ties, and without one side', () => {
    expect(areaUnderRoc([1, 0.5], [0.5, 0])).toBeCloseTo(0.875);
    expect(areaUnderRoc([], [1])).toBe(0);
  });

  test('calibration error is weighted by the bins', () => {
    expect(calibrationError([])).toBe(0);
    expect(
      calibrationError([
        { confidence: 1, right: true },
        { confidence: 0.85, right: false },
      ]),
    ).toBeCloseTo(0.425);
  });
});
