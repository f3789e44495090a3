import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DataFileError } from '../../src/lib/errors.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { evaluateSuggestions, parseSuggestionLine, readSuggestionsFile } from '../../src/suggestions/evaluate.ts';
import { analysis, script } from './situation.ts';

const LINE = {
  id: 'x1',
  facts: {
    now: '2027-09-14T14:00:00+08:00',
    shop: { name: '云上茶具' },
    agent: { name: '阿岚', onDuty: true },
    buyer: {},
  },
  history: [],
  message: '在吗',
  expectTop3: ['SCR-01'],
  expectTop1: ['SCR-01'],
  mustNot: ['SCR-04', 'CT-6'],
  why: 'greeting',
};
const parse = (change: object) => parseSuggestionLine(JSON.stringify({ ...LINE, ...change }), 'own.jsonl', 7);
const lineFile = (...lines: object[]) => {
  const file = join(mkdtempSync(join(tmpdir(), 'lines-')), 'own.jsonl');
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n\n')}\n`);
  return file;
};

describe('a suggestion line', () => {
  it('is read as it stands', () => {
    expect(parse({})).toEqual(LINE);
  });

  it.each([
    [{ extra: 1 }, /own\.jsonl:7 extra/],
    [{ mustNot: ['SCR-99'] }, /own\.jsonl:7 mustNot\.0/],
    [{ expectTop1: ['SCR-02'] }, /own\.jsonl:7 expectTop1: must be part of expectTop3/],
    [{ facts: { ...LINE.facts, shop: { rating: 6 } } }, /own\.jsonl:7 facts\.shop\.rating/],
    [{ facts: { ...LINE.facts, shop: { colour: 'red' } } }, /own\.jsonl:7 facts\.shop\.colour/],
    [{ history: [{ from: 'bot', text: 'x' }] }, /own\.jsonl:7 history\.0\.from/],
    [{ message: undefined }, /own\.jsonl:7 message/],
  ])('with %j is an error that names file, line and path', (change, message) => {
    expect(() => parse(change)).toThrow(DataFileError);
    expect(() => parse(change)).toThrow(message);
  });

  it('that is no JSON is an error too', () => {
    expect(() => parseSuggestionLine('{', 'own.jsonl', 3)).toThrow(/own\.jsonl:3: is no JSON/);
  });

  it('keeps its id for itself', () => {
    expect(() => readSuggestionsFile(lineFile(LINE, LINE))).toThrow(/:3 id: "x1" is already the id of line 1/);
    expect(readSuggestionsFile(lineFile(LINE, { ...LINE, id: 'x2' }))).toHaveLength(2);
  });
});

describe('the scorer', () => {
  const engine = createSuggestionEngine({ scripts: [script('SCR-01', '{shop.name}的{agent.name}')] });
  const analyse = () => analysis('INT-GEN-01');
  const score = (...lines: object[]) =>
    evaluateSuggestions(
      lines.map((line, i) => parse({ id: `l${i}`, ...line })),
      { engine, analyse },
    );

  it('counts hits, forbidden proposals and abstentions', () => {
    const silent = { facts: { ...LINE.facts, agent: {} } };
    const { result, wrong } = score({}, { mustNot: ['SCR-01'] }, silent, { expectTop3: [], expectTop1: undefined });
    expect(result).toEqual({
      lines: 4,
      top1: 2 / 3,
      top3: 2 / 3,
      forbidden: 1,
      unfilled: 0,
      gateBlocked: 0,
      abstained: 1,
    });
    expect(wrong.map(({ id }) => id)).toEqual(['l1', 'l2']);
    expect(wrong[1]?.hidden[0]).toMatch(/^SCR-01 guard agentOnDuty agent\.onDuty/);
  });

  it('counts texts the gate would block', () => {
    const line = parse({});
    const judge = () => ({ decision: 'block' as const, findings: [] });
    expect(evaluateSuggestions([line], { engine, analyse, judge }).result.gateBlocked).toBe(1);
  });

  it('forbids the scripts a technique stands for', () => {
    const humble = createSuggestionEngine({ scripts: [script('SCR-56', '哪里没做好呢', { technique: 'CT-7' })] });
    const line = parse({ message: '不买了', mustNot: ['CT-7'] });
    expect(
      evaluateSuggestions([line], { engine: humble, analyse: () => analysis('INT-GEN-06') }).result.forbidden,
    ).toBe(1);
  });
});
