import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HALF_LIFE_MS } from '../../src/suggestions/learning/fold-counts.ts';
import type { LearningStore, Showing } from '../../src/suggestions/learning/ports.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { AGENT, CONVERSATION, NOW, OTHER_SHOP, PROPOSAL, SHOP, seedShops, suggestionsFor, upTo } from './fixtures.ts';

const HOUR = 3_600_000;
/** Showings that two nodes note at the same moment. */
const RACES = 40;

describe.each(RECORD_ENGINES)('learning store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let learning: LearningStore;
  let n = 0;
  let scriptId: string;
  let buyerId: string;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    learning = ledger.learning;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  beforeEach(() => {
    n++;
    scriptId = `SCR-30-${n}`;
    buyerId = `byr_learn_${n}`;
  });

  let serial = 0;
  const showing = (changes: Partial<Showing> = {}): Showing => {
    serial++;
    return {
      suggestionId: `sug_learn_${serial}`,
      position: 0,
      conversationId: `cnv_${buyerId}`,
      buyerId,
      scriptId,
      version: 1,
      variant: 0,
      context: 'INT-PRE|none|BT-1',
      arm: 'learnt',
      fate: 'accepted',
      at: NOW,
      ...changes,
    };
  };
  const rowsOf = async (id = scriptId, since = 0) =>
    (await learning.counts(SHOP, since)).filter((row) => row.scriptId === id);
  const pay = (paidAt: number, orderId = `ord_${buyerId}`) =>
    learning.notePayment(SHOP, { buyerId, orderId, paidAt, at: paidAt });

  it('counts each fate in its place, and what stood below also as passed over', async () => {
    const fates = ['accepted', 'edited', 'dismissed', 'passed', 'below'] as const;
    expect(
      await learning.note(
        SHOP,
        fates.map((fate) => showing({ fate })),
      ),
    ).toBe(5);
    const counts = { shown: 5, accepted: 1, edited: 1, dismissed: 1, passed: 2, below: 1, paid: 0 };
    expect(await rowsOf()).toEqual([
      { scriptId, version: 1, variant: 0, context: 'INT-PRE|none|BT-1', counts, weights: counts, asOf: NOW },
    ]);
  });

  it('counts a showing once, whatever is told of it later', async () => {
    const first = showing();
    expect(await learning.note(SHOP, [first])).toBe(1);
    expect(await learning.note(SHOP, [first, { ...first, fate: 'dismissed' }])).toBe(0);
    expect((await rowsOf())[0]?.counts).toMatchObject({ shown: 1, accepted: 1, dismissed: 0 });
    expect(await learning.note(SHOP, [])).toBe(0);
  });

  it('parts versions, wordings, contexts and shops', async () => {
    await learning.note(SHOP, [
      showing(),
      showing({ version: 2 }),
      showing({ variant: 1 }),
      showing({ context: 'INT-PRE|paid|BT-1' }),
    ]);
    await learning.note(OTHER_SHOP, [showing()]);
    expect((await rowsOf()).map(({ counts }) => counts.shown)).toEqual([1, 1, 1, 1]);
    expect((await learning.counts(OTHER_SHOP, 0)).map((row) => row.counts.shown)).toEqual([1]);
  });

  it('a rolled back act leaves no count', async () => {
    const failing = ledger.transaction(async (stores) => {
      await stores.learning.note(SHOP, [showing()]);
      throw new Error('the reply was refused');
    });
    await expect(failing).rejects.toThrow('the reply was refused');
    expect(await rowsOf()).toEqual([]);
  });

  it.each([
    ['in order', [0, HALF_LIFE_MS]],
    ['out of order', [HALF_LIFE_MS, 0]],
    ['in one go', undefined],
  ])('weights fade by half in a half-life, told %s', async (_, offsets) => {
    if (offsets) for (const offset of offsets) await learning.note(SHOP, [showing({ at: NOW + offset })]);
    else await learning.note(SHOP, [showing(), showing({ at: NOW + HALF_LIFE_MS })]);
    const [row] = await rowsOf();
    expect(row?.counts.accepted).toBe(2);
    expect(row?.weights.accepted).toBeCloseTo(1.5, 9);
    expect(row?.asOf).toBe(NOW + HALF_LIFE_MS);
  });

  it('gives the rows that changed since a moment', async () => {
    await learning.note(SHOP, [showing()]);
    await learning.note(SHOP, [showing({ variant: 1, at: NOW + HOUR })]);
    expect((await rowsOf(scriptId, NOW + 1)).map(({ variant }) => variant)).toEqual([1]);
    await pay(NOW + 2 * HOUR);
    expect((await rowsOf(scriptId, NOW + 2 * HOUR)).map(({ variant }) => variant)).toEqual([0, 1]);
  });

  it('a payment counts once for what was accepted or edited in the day before it', async () => {
    await learning.note(SHOP, [
      showing({ variant: 0, at: NOW - 24 * HOUR }),
      showing({ variant: 1, at: NOW - 24 * HOUR + 1 }),
      showing({ variant: 2, fate: 'edited' }),
      showing({ variant: 3, fate: 'passed' }),
      showing({ variant: 4, at: NOW + 1 }),
      showing({ variant: 5, buyerId: 'byr_other' }),
    ]);
    expect(await pay(NOW)).toBe(2);
    expect(await pay(NOW, 'ord_second')).toBe(0);
    expect((await rowsOf()).map(({ counts }) => counts.paid)).toEqual([0, 1, 1, 0, 0, 0]);
    expect(await pay(NOW + 1, 'ord_third')).toBe(1);
  });

  it('counting anew leaves what happened and begins at nothing, for one script or for all', async () => {
    const kept = `${scriptId}-kept`;
    await learning.note(SHOP, [showing(), showing({ scriptId: kept })]);
    const resets = await learning.resets(SHOP);
    await learning.reset(SHOP, scriptId, NOW + 1);
    expect(await learning.resets(SHOP)).toBe(resets + 1);
    expect([await rowsOf(), (await rowsOf(kept)).length]).toEqual([[], 1]);
    expect(await pay(NOW + 2)).toBe(2);
    expect([await rowsOf(), (await rowsOf(kept))[0]?.counts.paid]).toEqual([[], 1]);
    await learning.note(SHOP, [showing({ at: NOW + 3 })]);
    expect((await rowsOf())[0]?.counts).toMatchObject({ shown: 1, paid: 0 });
    expect(await learning.resetAt(OTHER_SHOP)).toBe(0);
    await learning.reset(SHOP, null, NOW + 4);
    expect([await rowsOf(), await rowsOf(kept), await learning.resetAt(SHOP)]).toEqual([[], [], NOW + 4]);
  });

  it('sums the arms over conversations', async () => {
    const from = NOW + 10_000 * HOUR;
    const set = (suggestionId: string, conversationId: string, changes: Partial<Showing>[]) =>
      changes.map((change, position) =>
        showing({ suggestionId, conversationId, position, at: from, arm: 'learnt', ...change }),
      );
    await learning.note(SHOP, [
      ...set(`a1-${n}`, 'cnv_a', [{ fate: 'passed' }, { fate: 'edited' }]),
      ...set(`a2-${n}`, 'cnv_a', [{ fate: 'passed' }]),
      ...set(`b1-${n}`, 'cnv_b', [{ fate: 'accepted' }]),
      ...set(`c1-${n}`, 'cnv_c', [{ fate: 'accepted', arm: 'plain' }]),
      ...set(`d1-${n}`, 'cnv_d', [{ fate: 'accepted', arm: 'off' }]),
    ]);
    await pay(from + 1);
    const { learnt, plain } = await learning.arms(SHOP, from);
    expect(learnt).toEqual({
      conversations: 2,
      sets: 3,
      taken: 2,
      edited: 1,
      paid: 2,
      setsSquared: 5,
      takenSquared: 2,
      editedSquared: 1,
      paidSquared: 2,
      setsTaken: 3,
      takenEdited: 1,
      takenPaid: 2,
    });
    expect(plain).toMatchObject({ conversations: 1, sets: 1, taken: 1 });
    expect((await learning.arms(OTHER_SHOP, from)).learnt.sets).toBe(0);
  });

  it('keeps arm and place of a set', async () => {
    const place = { arm: 'plain', order: 'unpaid', buyer: 'BT-1' } as const;
    const set = { ...suggestionsFor(1), learning: place };
    const { lastSeq } = (await ledger.conversations.find(SHOP, CONVERSATION))!;
    await ledger.suggestions.replace(SHOP, set, lastSeq, NOW);
    expect((await ledger.suggestions.find(SHOP, set.id))?.learning).toEqual(place);
  });

  it('tells of edits with what stood in the slots', async () => {
    const slots = [{ name: 'shop.name', value: '小店', source: 'configuration' }];
    const set = suggestionsFor(1, { proposals: [PROPOSAL, { ...PROPOSAL, slots }] });
    const { lastSeq } = (await ledger.conversations.find(SHOP, CONVERSATION))!;
    await ledger.suggestions.replace(SHOP, set, lastSeq, NOW);
    const outcome = {
      shopId: SHOP,
      suggestionId: set.id,
      scriptId,
      scriptVersion: 1,
      agentId: AGENT,
      at: NOW,
    } as const;
    await ledger.suggestions.note({ ...outcome, position: 1, outcome: 'edited', text: '小店欢迎您' });
    await ledger.suggestions.note({ ...outcome, position: 0, outcome: 'accepted', text: PROPOSAL.text });
    expect(await learning.edits(SHOP, NOW)).toEqual([
      { suggestionId: set.id, conversationId: CONVERSATION, scriptId, version: 1, text: '小店欢迎您', slots, at: NOW },
    ]);
    expect(await learning.edits(SHOP, NOW + 1)).toEqual([]);
  });

  it('keeps wordings that were found, newest first', async () => {
    const found = { id: `fnd_${n}`, scriptId, text: '在的亲', edits: 3, conversations: 2, at: NOW, draft: 4 };
    await learning.addFound(SHOP, found);
    await learning.addFound(SHOP, { ...found, id: `fnd_${n}_later`, at: NOW + 1 });
    expect((await learning.found(SHOP)).map(({ id }) => id)).toEqual([`fnd_${n}_later`, `fnd_${n}`]);
    expect(await learning.found(OTHER_SHOP)).toEqual([]);
  });

  it('counts exactly what two nodes tell at the same moment, also of the same showings', async () => {
    const other = (await record.openNode()).ledger;
    const showings = upTo(RACES).map((i) => showing({ variant: i % 3, suggestionId: `sug_race_${n}_${i}` }));
    const tell = (node: Ledger, each: Showing) =>
      node.transaction((stores) =>
        stores.learning.note(SHOP, [each, { ...each, position: 1, variant: 2 - each.variant }]),
      );
    const counted = await Promise.all(showings.flatMap((each) => [tell(ledger, each), tell(other, each)]));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(2 * RACES);
    const rows = await rowsOf();
    expect(rows.reduce((sum, { counts }) => sum + counts.accepted, 0)).toBe(2 * RACES);
    const paid = await Promise.all([
      pay(NOW, 'ord_one'),
      other.learning.notePayment(SHOP, { buyerId, orderId: 'ord_two', paidAt: NOW, at: NOW }),
    ]);
    expect(paid.reduce((sum, count) => sum + count, 0)).toBe(2 * RACES);
    expect((await rowsOf()).reduce((sum, { counts }) => sum + counts.paid, 0)).toBe(2 * RACES);
  });
});
