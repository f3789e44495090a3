import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createGate } from '../../src/gate/create-gate.ts';
import { BUYER_TYPES, CARD_IDS } from '../../src/protocol/ids.ts';
import type { Script, ScriptVariant } from '../../src/protocol/script.ts';
import { automaticModesOf } from '../../src/scripts/automatic-modes.ts';
import { type JudgedText, lintLibrary } from '../../src/scripts/lint-library.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createScriptSearch } from '../../src/scripts/search-scripts.ts';
import { GUARD_CATALOGUE } from '../../src/suggestions/guard-catalogue.ts';
import { SLOT_CATALOGUE } from '../../src/suggestions/slot-catalogue.ts';
import { exampleFacts } from './example-facts.ts';

const { scripts, files } = loadLibrary(join(import.meta.dirname, '../../scripts-library'));
const slots = new Map(Object.entries(SLOT_CATALOGUE).map(([name, entry]) => [name, entry.example]));
const gate = createGate();
const findings = lintLibrary(scripts, { guards: new Set(Object.keys(GUARD_CATALOGUE)), slots, judge });

/** What our own gate says in every mode the script may leave in, the facts being as the text says. */
function judge(text: string, script: Script, variant: ScriptVariant): JudgedText {
  const facts = exampleFacts(script.card, variant.guards);
  const verdicts = script.modes.map((mode) => gate.judge(text, { ...facts, mode, intents: script.intents }));
  const blocking = verdicts.flatMap((verdict) => verdict.findings.filter((finding) => finding.severity === 'B'));
  const reasons = blocking.map((finding) => `${finding.rule} ${finding.message}`);
  return { decision: blocking.length > 0 ? 'block' : 'pass', reasons };
}

/** Cards of the conversations a desk has every day. */
const EVERYDAY = [
  ...['01', '02', '03', '04', '05', '10', '15', '18', '19', '30', '31', '35', '42', '48', '50', '60', '62', '66', '67'],
  ...['72', '74', '78', '85', '86', '87', '88', '100', '101', '102', '103', '104', '105', '109', '116', '120', '121'],
  ...['122', '131', '140', '141', '143'],
].map((number) => `SCR-${number}`);

/** Groups that prove the language switch. */
const BILINGUAL = ['greeting', 'price', 'invoice', 'refund', 'closing', 'farewell', 'reminders'].map(
  (name) => `${name}.yaml`,
);

/** Words no text of ours may hold, whatever surrounds them. @see TAB-22, TAB-41, TAB-42, SR-07 */
const NEVER = /最(?!近|后)|第一|绝对|保证|百分百|好评|五分|返现|美女|帅哥|小姐姐|先生|女士|微信|Q群|加我/;

describe('the library', () => {
  test('has a script for every card of the inventory', () => {
    expect(new Set(scripts.map((script) => script.card))).toEqual(new Set(CARD_IDS));
  });

  test('has nothing a supervisor has to mend', () => {
    expect(findings).toEqual([]);
  });

  test('is approved as it ships', () => {
    expect(scripts.filter((script) => script.status !== 'approved')).toEqual([]);
  });

  test.each(EVERYDAY)('%s has two wordings or more', (card) => {
    const script = scripts.find((candidate) => candidate.id === card)!;
    const plain = script.variants.filter(({ language, buyerTypes }) => language === 'zh-Hans' && !buyerTypes);
    expect(plain.length).toBeGreaterThanOrEqual(2);
  });

  test.each(BILINGUAL)('every script of %s is there in English too', (name) => {
    const chineseOnly = files.get(name)!.scripts.filter(({ variants }) => !variants.some((v) => v.language === 'en'));
    expect(chineseOnly.map((script) => script.id)).toEqual([]);
  });

  test('greets every buyer type that asks for another tone', () => {
    const greeting = scripts.find((script) => script.id === 'SCR-01')!;
    const types = greeting.variants.flatMap((variant) => variant.buyerTypes ?? []);
    expect(types.toSorted()).toEqual(BUYER_TYPES.filter((type) => type !== 'BT-2'));
  });

  test('each of the seven techniques has its script', () => {
    const byTechnique = scripts.filter((script) => script.technique).map((script) => [script.technique, script.card]);
    expect(byTechnique).toEqual([
      ['CT-1', 'SCR-50'],
      ['CT-2', 'SCR-51'],
      ['CT-3', 'SCR-52'],
      ['CT-4', 'SCR-53'],
      ['CT-5', 'SCR-54'],
      ['CT-6', 'SCR-55'],
      ['CT-7', 'SCR-56'],
      ['CT-5', 'SCR-18'],
    ]);
  });
});

describe.each(scripts)('$id', (script) => {
  test('cites its source', () => {
    expect(script.sources.filter((source) => !/^(S[0-4] |[A-Z]{2,4}-)/.test(source))).toEqual([]);
  });

  test('leaves by itself only where its card allows it', () => {
    expect(['A', ...automaticModesOf(script.card)]).toEqual(expect.arrayContaining(script.modes));
  });

  test('says nothing that is never said', () => {
    expect(script.variants.filter((variant) => NEVER.test(variant.text))).toEqual([]);
  });

  test('says each thing once', () => {
    const texts = script.variants.map((variant) => variant.text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('has a wording for a buyer nobody knows yet, unless it is for a segment', () => {
    const chinese = script.variants.filter((variant) => variant.language === 'zh-Hans');
    const open = chinese.some((variant) => !variant.buyerTypes && !variant.segments);
    expect(open || chinese.every((variant) => variant.segments)).toBe(true);
  });

  test('is found by its code and its title', () => {
    expect(search.search(script.code)[0]!.script.id).toBe(script.id);
    expect(search.search(script.title.zh).map((hit) => hit.script.id)).toContain(script.id);
  });
});

const search = createScriptSearch(scripts);
