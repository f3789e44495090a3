import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger, OutboxEntry } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { BUYER, CONVERSATION, NOW, OTHER_SHOP, outgoing, reply, SHOP, seedShops, upTo } from './fixtures.ts';

const LEASE_MS = 15_000;

describe.each(RECORD_ENGINES)('outbox on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());
  /** Every test begins with nothing to send. */
  beforeEach(async () => {
    const later = NOW + 1e12;
    for (const entry of await ledger.outbox.claim(later, LEASE_MS, 1000)) {
      await ledger.outbox.finish(entry, 'sent', 0, null, later);
    }
  });
  const put = async (changes = {}) => await reply(ledger, { sentAt: NOW, ...changes });
  const claim = (nowMs: number, limit = 100) => ledger.outbox.claim(nowMs, LEASE_MS, limit);
  const claimed = async (nowMs: number): Promise<OutboxEntry> => {
    const entries = await claim(nowMs);
    expect(entries).toHaveLength(1);
    return entries[0]!;
  };

  it('hands out a row once, with what a channel needs', async () => {
    const sent = await put();
    const entry = await claimed(NOW);
    expect(entry).toMatchObject({
      shopId: SHOP,
      seq: sent.seq,
      channel: 'web',
      idempotencyKey: sent.messageId,
      attempts: 1,
      wasSending: false,
    });
    expect(await claim(NOW)).toEqual([]);
    expect(await ledger.outbox.claimOne(SHOP, sent.messageId, NOW, LEASE_MS)).toBeUndefined();
  });

  it('finishes many rows at once, each as its own sender says', async () => {
    for (const i of upTo(3)) await put({ sentAt: NOW + i });
    const entries = await claim(NOW + 10);
    const [gone, late, broken] = entries;
    await Promise.all([
      // Of two words on one row the one that it left counts, whichever comes first.
      ledger.outbox.finish(gone!, 'pending', NOW + 20, 'no answer', NOW + 20),
      ledger.outbox.finish(gone!, 'sent', 0, null, NOW + 20),
      ledger.outbox.finish(late!, 'pending', NOW + 30, 'no answer', NOW + 20),
      ledger.outbox.finish(broken!, 'failed', 0, 'gone', NOW + 20),
    ]);
    const left = await claim(NOW + 1e9);
    expect(left.map(({ id, attempts, wasSending }) => [id, attempts, wasSending])).toEqual([[late!.id, 2, false]]);
  });

  it('takes fresh rows of many messages at once, each for one of those who ask', async () => {
    const ids = [];
    for (const i of upTo(3)) ids.push((await put({ sentAt: NOW + i })).messageId);
    const asked = [...ids, ...ids, 'msg_unknown'];
    const taken = await Promise.all(asked.map((id) => ledger.outbox.claimOne(SHOP, id, NOW + 10, LEASE_MS)));
    expect(taken.map((entry) => entry?.idempotencyKey)).toEqual([...ids, ...Array(4).fill(undefined)]);
    expect(await ledger.outbox.claimOne(OTHER_SHOP, ids[0]!, NOW + 10, LEASE_MS)).toBeUndefined();
  });

  it('hands out the oldest first, up to the limit', async () => {
    const order = [];
    for (const i of upTo(5)) order.push((await put({ sentAt: NOW + i })).messageId);
    const first = await claim(NOW + 10, 2);
    const rest = await claim(NOW + 10, 10);
    expect(first.map((e) => e.idempotencyKey).sort()).toEqual(order.slice(0, 2).sort());
    expect(rest.map((e) => e.idempotencyKey).sort()).toEqual(order.slice(2).sort());
  });

  it('keeps a row back until it is due', async () => {
    await put({ sentAt: NOW + 500 });
    expect(await claim(NOW + 499)).toEqual([]);
    expect(await claim(NOW + 500)).toHaveLength(1);
  });

  it('gives each row to one of many senders at once', async () => {
    const other = (await record.openNode()).ledger;
    const ids = (await Promise.all(upTo(60).map(() => put()))).map((m) => m.messageId);
    const batches = await Promise.all(
      upTo(12).map((i) => (i % 2 ? ledger : other).outbox.claim(NOW + 1, LEASE_MS, 10)),
    );
    const got = batches.flat().map((entry) => entry.idempotencyKey);
    expect(new Set(got).size).toBe(got.length);
    const left = await claim(NOW + 1);
    expect([...got, ...left.map((e) => e.idempotencyKey)].sort()).toEqual(ids.sort());
  });

  it('gives the fresh row of one message to one of two nodes', async () => {
    const other = (await record.openNode()).ledger;
    for (const _ of upTo(20)) {
      const { messageId } = await put();
      const taken = await Promise.all(
        [ledger, other].map((node) => node.outbox.claimOne(SHOP, messageId, NOW, LEASE_MS)),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
    }
  });

  it('lets another take over when the lease has run out, and says that it may have left', async () => {
    await put();
    await claimed(NOW);
    expect(await claim(NOW + LEASE_MS - 1)).toEqual([]);
    expect(await claimed(NOW + LEASE_MS)).toMatchObject({ attempts: 2, wasSending: true });
  });

  it('forgets a sender that comes too late, unless it brings the news that the message left', async () => {
    await put();
    const late = await claimed(NOW);
    const heir = await claimed(NOW + LEASE_MS);
    await ledger.outbox.finish(late, 'pending', NOW + LEASE_MS, 'timed out', NOW + LEASE_MS + 1);
    expect(await claim(NOW + LEASE_MS + 1)).toEqual([]);
    await ledger.outbox.finish(heir, 'sent', 0, null, NOW + LEASE_MS + 2);
    await ledger.outbox.finish(late, 'failed', 0, 'timed out', NOW + LEASE_MS + 3);
    await ledger.outbox.finish(late, 'pending', NOW, 'timed out', NOW + LEASE_MS + 4);
    expect(await claim(NOW + 1e9)).toEqual([]);

    await put();
    const slow = await claimed(NOW);
    const careful = await claimed(NOW + LEASE_MS);
    await ledger.outbox.finish(careful, 'uncertain', 0, 'sender died', NOW + LEASE_MS);
    await ledger.outbox.finish(slow, 'sent', 0, null, NOW + LEASE_MS + 1);
    const rows = await record.connection.db
      .selectFrom('outbox')
      .select(['state', 'sent_ms', 'error'])
      .where('id', '=', slow.id)
      .execute();
    expect(rows).toEqual([{ state: 'sent', sent_ms: NOW + LEASE_MS + 1, error: null }]);
  });

  it('offers a failed try again at its moment, as one that has surely not left', async () => {
    await put();
    await ledger.outbox.finish(await claimed(NOW), 'pending', NOW + 4000, 'refused', NOW + 10);
    expect(await claim(NOW + 3999)).toEqual([]);
    expect(await claimed(NOW + 4000)).toMatchObject({ attempts: 2, wasSending: false });
  });

  it.each(['sent', 'uncertain', 'failed'] as const)('never offers a row again that ended as %s', async (state) => {
    await put();
    await ledger.outbox.finish(await claimed(NOW), state, 0, null, NOW + 1);
    expect(await claim(NOW + 1e9)).toEqual([]);
    expect(await ledger.outbox.open(SHOP)).toBe(0);
  });

  describe('when a person comes', () => {
    const auto = { from: 'auto', scope: 'auto' } as const;

    it('voids what machines have waiting in that conversation, and nothing else', async () => {
      await ledger.conversations.open(SHOP, BUYER, 'app', 'cnv_quiet', NOW);
      await put(auto);
      const elsewhere = await put({ ...auto, conversationId: 'cnv_quiet' });
      const theirs = await put({ ...auto, shopId: OTHER_SHOP });
      const typed = await put();
      const left = (await claim(NOW + 1)).map((e) => e.idempotencyKey);
      expect(left.sort()).toEqual([elsewhere, theirs, typed].map((m) => m.messageId).sort());
    });

    it('voids them at a take-over', async () => {
      await put(auto);
      await ledger.conversations.update(SHOP, CONVERSATION, { takenOverAt: NOW }, NOW);
      expect(await claim(NOW + 1)).toEqual([]);
      expect(await ledger.outbox.open(SHOP)).toBe(0);
    });

    it('voids nothing when the person gives the conversation back, or the write is undone', async () => {
      await put(auto);
      await ledger.conversations.update(SHOP, CONVERSATION, { takenOverAt: null }, NOW);
      await expect(
        ledger.transaction(async (stores) => {
          await stores.conversations.appendReply(outgoing());
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await claim(NOW + 1)).toHaveLength(1);
    });

    it('leaves alone what a sender has in its hands', async () => {
      await put(auto);
      const entry = await claimed(NOW);
      await put();
      await ledger.outbox.finish(entry, 'sent', 0, null, NOW + 1);
      expect(await claim(NOW + 2)).toHaveLength(1);
    });
  });

  it('counts open rows per shop, and never mixes two shops', async () => {
    await put();
    const theirs = await put({ shopId: OTHER_SHOP, messageId: 'msg_shared' });
    await put({ messageId: 'msg_shared' });
    expect(await ledger.outbox.open(SHOP)).toBe(2);
    expect(await ledger.outbox.open(OTHER_SHOP)).toBe(1);
    const entry = await ledger.outbox.claimOne(OTHER_SHOP, theirs.messageId, NOW, LEASE_MS);
    await ledger.outbox.finish(entry!, 'sent', 0, null, NOW);
    expect(await ledger.outbox.open(SHOP)).toBe(2);
    expect(await ledger.outbox.open(OTHER_SHOP)).toBe(0);
    expect((await claim(NOW)).map((e) => e.shopId)).toEqual([SHOP, SHOP]);
  });
});
