import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FollowUp } from '../../src/followups/store.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { makeFollowUp, makeOrder, makeShop, NOW, OTHER_SHOP, SHOP, seedShops, upTo } from './fixtures.ts';
import { describeFollowUpStore } from './follow-up-store.ts';

describe.each(RECORD_ENGINES)('follow-ups on %s', (engine) => {
  let record: TestRecord;
  let shops = 0;

  beforeAll(async () => {
    record = await openTestRecord(engine);
  });
  afterAll(() => record.close());

  describeFollowUpStore(engine, async () => {
    const shopId = `shp_${++shops}`;
    await record.ledger.people.saveShop(makeShop(shopId), NOW);
    return record.ledger.followUps(shopId);
  });
});

describe.each(RECORD_ENGINES)('follow-ups of two nodes on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let other: Ledger;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    other = (await record.openNode()).ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());

  const write = (node: Ledger, buyerId: string, rows: FollowUp[]) =>
    node.followUps(SHOP).change(buyerId, ({ situation }) => ({ situation, rows, notes: [], result: rows.length }));
  /** Claims the planned row of a buyer, as a worker does; false when it is planned no longer. */
  const claim = (node: Ledger, buyerId: string) =>
    node.followUps(SHOP).change(buyerId, ({ situation, live }) => {
      const row = live.find((candidate) => candidate.status === 'planned');
      const rows: FollowUp[] = row ? [{ ...row, status: 'claimed', claimedAtMs: NOW }] : [];
      return { situation, rows, notes: [], result: row !== undefined };
    });

  it('claim a due row once', async () => {
    for (const round of upTo(30)) {
      const buyerId = `byr_claim_${round}`;
      await write(ledger, buyerId, [makeFollowUp(buyerId)]);
      const won = await Promise.all([ledger, other, ledger, other].map((node) => claim(node, buyerId)));
      expect(won.filter(Boolean)).toHaveLength(1);
    }
  });

  it('never send after a payment that committed first, and never pay unseen', async () => {
    const outcomes = { paidFirst: 0, claimedFirst: 0 };
    for (const round of upTo(60)) {
      const buyerId = `byr_pay_${round}`;
      await ledger.orders.save(makeOrder(SHOP, `ord-${buyerId}`, { buyerId }));
      await write(ledger, buyerId, [makeFollowUp(buyerId)]);
      const pay = other.transaction(async (stores) => {
        const order = (await stores.orders.lock(SHOP, `ord-${buyerId}`))!;
        await stores.orders.save({ ...order, state: 'paid', paidAt: NOW });
        return await stores.followUps(SHOP).change(buyerId, ({ situation, live }) => ({
          situation,
          rows: live
            .filter((row) => row.status === 'planned')
            .map((row) => ({ ...row, status: 'cancelled', reason: 'paid', endedAtMs: NOW })),
          notes: [],
          result: live.some((row) => row.status === 'claimed'),
        }));
      });
      const [sawClaim, claimed] = await Promise.all([pay, claim(ledger, buyerId)]);
      expect(claimed).toBe(sawClaim);
      outcomes[claimed ? 'claimedFirst' : 'paidFirst']++;
      const [row] = await ledger.followUps(SHOP).listByBuyer(buyerId);
      expect(row!.status).toBe(claimed ? 'claimed' : 'cancelled');
    }
    expect(outcomes.paidFirst + outcomes.claimedFirst).toBe(60);
  });

  it('add lines to the story of a row that has ended, in their order, and only to such', async () => {
    const buyerId = 'byr_story';
    const live = makeFollowUp(buyerId, { id: 'fup_live', rule: 'FU-02' });
    await write(ledger, buyerId, [makeFollowUp(buyerId, { status: 'sent', endedAtMs: NOW + 5 }), live]);
    const entry = (step: 'answered' | 'paid') => ({ atMs: NOW + 9, step, because: step });
    await other.followUps(SHOP).change(buyerId, ({ situation }) => ({
      situation,
      rows: [],
      notes: [
        { id: `fup_${buyerId}`, entry: entry('answered') },
        { id: 'fup_nowhere', entry: entry('paid') },
        { id: 'fup_live', entry: entry('paid') },
        { id: `fup_${buyerId}`, entry: entry('paid') },
      ],
      result: undefined,
    }));
    const rows = await ledger.followUps(SHOP).listByBuyer(buyerId);
    const storyOf = (id: string) => rows.find((row) => row.id === id)!.story.map((line) => line.step);
    expect(storyOf(`fup_${buyerId}`)).toEqual(['planned', 'answered', 'paid']);
    expect(storyOf('fup_live')).toEqual(['planned']);
  });

  it('keep one live row per rule and subject, and put a new one in place of one that ends', async () => {
    const buyerId = 'byr_once';
    const first = makeFollowUp(buyerId);
    await write(ledger, buyerId, [first]);
    await expect(write(ledger, buyerId, [makeFollowUp(buyerId, { id: 'fup_second' })])).rejects.toThrow(/unique/);
    await write(ledger, buyerId, [makeFollowUp(buyerId, { id: 'fup_second' }), { ...first, status: 'cancelled' }]);
    const rows = await ledger.followUps(SHOP).listByBuyer(buyerId);
    expect(rows.map((row) => [row.id, row.status])).toEqual([
      [first.id, 'cancelled'],
      ['fup_second', 'planned'],
    ]);
  });

  it('see the rows of their own shop only', async () => {
    const far = NOW + 1e9;
    await write(ledger, 'byr_shared', [makeFollowUp('byr_shared', { dueAtMs: far })]);
    const theirs = ledger.followUps(OTHER_SHOP);
    expect(await theirs.listDue(far, 10)).toEqual([]);
    expect(await theirs.nextDueAt()).toBeNull();
    expect(await theirs.listByBuyer('byr_shared')).toEqual([]);
    const live = await theirs.change('byr_shared', (book) => ({
      situation: book.situation,
      rows: [],
      notes: [],
      result: book.live,
    }));
    expect(live).toEqual([]);
    expect(await ledger.followUps(SHOP).nextDueAt(far)).toBe(far);
  });
});
