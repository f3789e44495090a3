/** Versions of scripts, personal phrases and gate rules in the record. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, hashBody, shippedVersion } from '../../src/scripts/govern.ts';
import type { StoredVersion } from '../../src/scripts/ports.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { makeScript } from '../scripts/fixtures.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { AGENT, NOW, OTHER_SHOP, SHOP, seedShops } from './fixtures.ts';

let n = 0;

function version(
  id: string,
  number: number,
  status: StoredVersion['script']['status'],
  text = '亲，在的',
): StoredVersion {
  const script = makeScript({ id, card: 'SCR-01', version: number, status, variants: [{ text, language: 'zh-Hans' }] });
  return { ...shippedVersion(script, 'greeting', NOW), script };
}

describe.each(RECORD_ENGINES)('the library in the record on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let id: string;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  beforeEach(() => {
    n++;
    id = `SHOP-own-${n}`;
  });

  async function save(...versions: StoredVersion[]): Promise<number> {
    return await ledger.transaction(async (stores) => {
      const state = await stores.scripts.begin(SHOP);
      await stores.scripts.save(SHOP, state, versions);
      return state;
    });
  }

  it('numbers the states of a library, one shop apart from another', async () => {
    const before = await ledger.scripts.state(SHOP);
    expect(await save(version(id, 1, 'approved'))).toBe(before + 1);
    expect(await ledger.scripts.state(SHOP)).toBe(before + 1);
    expect(await ledger.scripts.state(OTHER_SHOP)).toBe(0);
    expect(await ledger.scripts.versions(OTHER_SHOP, id)).toEqual([]);
  });

  it('reads back what was written, newest first', async () => {
    const [first, second] = [version(id, 1, 'retired'), version(id, 2, 'approved', '亲，您好')];
    await save(second, first);
    expect(await ledger.scripts.versions(SHOP, id)).toEqual([second, first]);
  });

  it('lets an approved version take the place of another in one change', async () => {
    await save(version(id, 1, 'approved'), version(id, 2, 'in_review'));
    await save(version(id, 2, 'approved'), version(id, 1, 'retired'));
    const states = (await ledger.scripts.versions(SHOP, id)).map(({ script }) => [script.version, script.status]);
    expect(states).toEqual([
      [2, 'approved'],
      [1, 'retired'],
    ]);
  });

  it('holds one approved and one open version of a script at most', async () => {
    await save(version(id, 1, 'approved'), version(id, 2, 'draft'));
    await expect(save(version(id, 3, 'approved'))).rejects.toThrow();
    await expect(save(version(id, 3, 'in_review'))).rejects.toThrow();
    expect(await ledger.scripts.versions(SHOP, id)).toHaveLength(2);
  });

  it('tells what changed after a state, and from the start no retired version that has a successor', async () => {
    const first = await save(version(id, 1, 'retired'), version(id, 2, 'approved'));
    const second = await save(version(id, 3, 'draft'));
    const numbers = async (state: number) =>
      (await ledger.scripts.changedSince(SHOP, state))
        .filter(({ script }) => script.id === id)
        .map(({ script }) => script.version);
    expect(await numbers(0)).toEqual([2, 3]);
    expect(await numbers(first - 1)).toEqual([1, 2, 3]);
    expect(await numbers(first)).toEqual([3]);
    expect(await numbers(second)).toEqual([]);
    await save(version(id, 2, 'retired'), version(id, 3, 'retired'));
    expect(await numbers(0)).toEqual([3]);
  });

  it('knows the hash of everything ever written', async () => {
    const [one, two] = [version(id, 1, 'retired', '甲'), version(id, 2, 'approved', '乙')];
    await save(one, two);
    const hashes = (await ledger.scripts.hashes(SHOP)).get(id);
    expect(hashes).toEqual(new Set([hashBody(bodyOf(one.script)), hashBody(bodyOf(two.script))]));
  });

  it('writes thousands in one change', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => version(`${id}-${i}`, 1, 'draft', `第${i}句`));
    const state = await save(...many);
    expect(await ledger.scripts.changedSince(SHOP, state - 1)).toHaveLength(1200);
  });

  it('lets changes that come at once wait for each other', async () => {
    const before = await ledger.scripts.state(SHOP);
    const states = await Promise.all(Array.from({ length: 8 }, (_, i) => save(version(`${id}-${i}`, 1, 'approved'))));
    expect(states.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, i) => before + 1 + i));
  });

  describe('phrases of one agent', () => {
    const phrase = (code: string, changes: object = {}) => ({
      id: `scr_${n}_${code}`,
      code: `${code}${n}`,
      title: '发货',
      text: '亲，今天发',
      changedAt: NOW,
      ...changes,
    });

    it('are theirs alone', async () => {
      await ledger.personalScripts.save(SHOP, AGENT, phrase('a'));
      expect(await ledger.personalScripts.ofAgent(SHOP, AGENT)).toContainEqual(phrase('a'));
      expect(await ledger.personalScripts.ofAgent(SHOP, 'agt_2')).toEqual([]);
      expect(await ledger.personalScripts.ofAgent(OTHER_SHOP, AGENT)).toEqual([]);
    });

    it('are written over by id, and each code is taken once', async () => {
      await ledger.personalScripts.save(SHOP, AGENT, phrase('b'));
      await ledger.personalScripts.save(SHOP, AGENT, phrase('b', { text: '亲，明天发' }));
      const taken = ledger.personalScripts.save(SHOP, AGENT, phrase('b', { id: 'scr_other' }));
      await expect(taken).rejects.toThrow(`code "b${n}" belongs to another`);
      const texts = (await ledger.personalScripts.ofAgent(SHOP, AGENT)).filter(({ code }) => code === `b${n}`);
      expect(texts.map(({ text }) => text)).toEqual(['亲，明天发']);
    });

    it('are removed by their owner', async () => {
      await ledger.personalScripts.save(SHOP, AGENT, phrase('c'));
      expect(await ledger.personalScripts.remove(SHOP, 'agt_2', phrase('c').id)).toBe(false);
      expect(await ledger.personalScripts.remove(SHOP, AGENT, phrase('c').id)).toBe(true);
      expect(await ledger.personalScripts.remove(SHOP, AGENT, phrase('c').id)).toBe(false);
    });
  });

  describe('gate rules', () => {
    const rules = (number: number, word: string) => ({
      version: number,
      rules: { words: [{ text: word, severity: 'B' }] },
      author: { id: AGENT, name: '主管' },
      at: NOW,
      note: word,
    });

    it('are versions, the newest in force, and the slower of two writers is told', async () => {
      expect(await ledger.gateRules.versions(SHOP, 10)).toEqual([]);
      expect(await ledger.gateRules.add(SHOP, rules(1, '清仓'))).toBe(true);
      expect(await ledger.gateRules.add(SHOP, rules(2, '甩卖'))).toBe(true);
      expect(await ledger.gateRules.add(SHOP, rules(2, '狂欢'))).toBe(false);
      expect(await ledger.gateRules.add(SHOP, rules(4, '狂欢'))).toBe(false);
      expect(await ledger.gateRules.versions(SHOP, 10)).toEqual([rules(2, '甩卖'), rules(1, '清仓')]);
      expect(await ledger.gateRules.versions(SHOP, 1)).toEqual([rules(2, '甩卖')]);
      expect(await ledger.gateRules.versions(OTHER_SHOP, 10)).toEqual([]);
    });
  });
});
