import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/gate/create-gate.ts';
import { evaluateGate, parseGateLines } from '../../src/gate/evaluate.ts';
import { DataFileError } from '../../src/lib/errors.ts';
import type { Verdict } from '../../src/protocol/turn.ts';

const line = (over: object): string =>
  JSON.stringify({ id: 'a', text: '在', context: {}, expect: 'block', rules: ['TAB-03'], ...over });

describe('parseGateLines', () => {
  it('reads lines and skips blank ones', () => {
    expect(parseGateLines(`${line({})}\n\n${line({ id: 'b' })}\n`, 'f.jsonl')).toHaveLength(2);
  });

  it.each([
    ['not JSON', '{', '', /not JSON/],
    ['unknown field', line({ note: 1 }), 'note', /not a field/],
    ['unknown context field', line({ context: { weather: 'rain' } }), 'context.weather', /not a field/],
    ['unknown fact', line({ context: { shop: { colour: 'red' } } }), 'context.shop.colour', /not a field/],
    ['decision outside the set', line({ expect: 'maybe' }), 'expect', /block/],
    ['unknown rule', line({ rules: ['TAB-19'] }), 'rules.0', /taboo/],
    ['missing rules', JSON.stringify({ id: 'a', text: '', context: {}, expect: 'pass' }), 'rules', /array/],
    ['mode outside the set', line({ context: { mode: 'X' } }), 'context.mode', /typed/],
  ])('refuses %s', (_name, raw, path, message) => {
    try {
      parseGateLines(`\n${raw}`, 'f.jsonl');
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DataFileError);
      expect(error).toMatchObject({ file: 'f.jsonl', line: 2, path });
      expect((error as Error).message).toMatch(message);
    }
  });

  it('refuses an id twice', () => {
    expect(() => parseGateLines(`${line({})}\n${line({})}`, 'f.jsonl')).toThrow(
      'f.jsonl:2 id: a already stands in line 1',
    );
  });
});

describe('evaluateGate', () => {
  const verdict = (decision: Verdict['decision'], ...rules: string[]): Verdict => ({
    decision,
    findings: rules.map((rule) => ({ rule, severity: 'B', span: null, message: '', instead: [] })),
  });

  it('counts exact, missed and over-blocked lines', () => {
    const lines = parseGateLines(
      [
        line({ id: 'exact', text: '1' }),
        line({ id: 'missed', text: '2' }),
        line({ id: 'other rule', text: '3' }),
        line({ id: 'over', text: '4', expect: 'pass', rules: [] }),
        line({ id: 'passed', text: '5', expect: 'pass', rules: [] }),
      ].join('\n'),
      'f.jsonl',
    );
    const answers: Record<string, Verdict> = {
      '1': verdict('block', 'TAB-03', 'TAB-06'),
      '2': verdict('warn', 'TAB-03'),
      '3': verdict('block', 'TAB-04'),
      '4': verdict('block', 'TAB-03'),
      '5': verdict('pass'),
    };
    const { result, wrong } = evaluateGate(lines, (text) => answers[text]!);
    expect(result).toEqual({ lines: 5, exact: 2, missed: 1, overBlocked: 1, missedRate: 1 / 3, overBlockedRate: 0.5 });
    expect(wrong.map((w) => w.line.id)).toEqual(['missed', 'other rule', 'over']);
  });

  it('keeps what it once judged rightly', () => {
    const file = new URL('./regressions.jsonl', import.meta.url);
    const { wrong } = evaluateGate(parseGateLines(readFileSync(file, 'utf8'), 'regressions.jsonl'), createGate().judge);
    expect(wrong.map((w) => `${w.line.id} ${w.line.text} ${w.verdict.findings.map((f) => f.rule)}`)).toEqual([]);
  });

  it('judges the own set within two per cent', () => {
    const file = new URL('../eval/gate.jsonl', import.meta.url);
    const lines = parseGateLines(readFileSync(file, 'utf8'), 'gate.jsonl');
    const { result, wrong } = evaluateGate(lines, createGate().judge);
    expect(lines.length).toBeGreaterThanOrEqual(300);
    expect(new Set(lines.flatMap((l) => l.rules)).size).toBe(42);
    expect(wrong.map((w) => `${w.line.id} ${w.line.text}`).slice(0, 5)).toEqual([]);
    expect(result.missedRate).toBeLessThanOrEqual(0.02);
    expect(result.overBlockedRate).toBeLessThanOrEqual(0.02);
  });
});
