/** Races that only a server with several connections can show, each brought about by holding a lock. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewClock } from '../../src/desk/clock-store.ts';
import { openPostgres } from '../../src/postgres/connect.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import {
  analysed,
  CONVERSATION,
  incoming,
  makeBuyer,
  makeOrder,
  NOW,
  reply,
  SHOP,
  seedShops,
  suggestionsFor,
} from '../contracts/fixtures.ts';
import { openTestRecord, type RecordNode, type TestRecord } from '../setup/open-record.ts';

describe('two nodes on one Postgres', () => {
  let record: TestRecord;
  let other: RecordNode;

  beforeAll(async () => {
    record = await openTestRecord('postgres');
    other = await record.openNode();
    await seedShops(record.ledger);
  });
  afterAll(() => record.close());
  beforeEach(async () => {
    await record.ledger.suggestions.withdraw(SHOP, CONVERSATION, 'test', NOW);
  });

  /** Resolves when as many statements as said wait for a lock. */
  async function untilWaiting(count: number): Promise<void> {
    for (;;) {
      const waiting = await sql<{ n: number }>`
        select count(*) as n from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(record.connection.db);
      if (waiting.rows[0]!.n >= count) return;
    }
  }

  /** The pool learns of each broken connection when it next uses it. */
  async function untilReached(node: RecordNode): Promise<void> {
    const reached = await node.ledger.ping().then(
      () => true,
      () => false,
    );
    if (!reached) await untilReached(node);
  }

  it('lock what is free without waiting: neither a talk nor a buyer’s book that the other one holds', async () => {
    const talks = ['free', 'spoken', 'booked'].map((name) => ({ buyerId: `byr_${name}`, id: `cnv_${name}` }));
    const change = ({ followUps }: Pick<Ledger, 'followUps'>, buyerId: string) =>
      followUps(SHOP).change(buyerId, (book) => ({ ...book, rows: [], notes: [], result: null }));
    for (const { buyerId, id } of talks) {
      await record.ledger.people.saveBuyer(makeBuyer(SHOP, buyerId), NOW);
      await record.ledger.conversations.open(SHOP, buyerId, 'web', id, NOW);
      await change(record.ledger, buyerId);
    }
    const lockFree = async () => {
      const locked = await other.ledger.transaction((stores) =>
        stores.conversations.lockFree(
          SHOP,
          talks.map(({ id }) => id),
        ),
      );
      return locked.map((row) => row.id).toSorted();
    };
    await record.ledger.transaction(async (stores) => {
      await stores.conversations.lock(SHOP, 'cnv_spoken');
      await change(stores, 'byr_booked');
      expect(await lockFree()).toEqual(['cnv_free']);
    });
    expect(await lockFree()).toEqual(['cnv_booked', 'cnv_free', 'cnv_spoken']);
  });

  it('do not leave suggestions live that were committed while a newer message waited', async () => {
    const { seq } = await record.ledger.conversations.appendBuyerMessage(incoming());
    const turn = analysed(seq);
    let newer: ReturnType<typeof record.ledger.conversations.appendBuyerMessage> | undefined;
    await record.ledger.transaction(async (stores) => {
      await stores.conversations.lock(SHOP, CONVERSATION);
      newer = other.ledger.conversations.appendBuyerMessage(incoming());
      await untilWaiting(1);
      expect(await stores.conversations.saveTurn(turn)).toBe('live');
    });
    expect(await newer).toMatchObject({ seq: seq + 1, duplicate: false });
    const { id } = turn.suggestions;
    expect(await record.ledger.suggestions.live(SHOP, CONVERSATION)).toBeUndefined();
    expect(await record.ledger.suggestions.settle(SHOP, id, NOW)).toBe(false);
    await expect(reply(record.ledger, { claimSuggestion: id })).rejects.toMatchObject({ code: 'suggestion_stale' });
    const next = analysed(seq + 1);
    expect(await record.ledger.conversations.saveTurn(next)).toBe('live');
    expect((await record.ledger.suggestions.find(SHOP, id))?.state).toBe('withdrawn');
  });

  it('record one message under one key when the second waited for the first', async () => {
    const message = incoming();
    let second: ReturnType<typeof record.ledger.conversations.appendBuyerMessage> | undefined;
    const first = await record.ledger.transaction(async (stores) => {
      await stores.conversations.lock(SHOP, CONVERSATION);
      second = other.ledger.conversations.appendBuyerMessage({ ...message, messageId: 'msg_second' });
      await untilWaiting(1);
      return await stores.conversations.appendBuyerMessage(message);
    });
    expect(first.duplicate).toBe(false);
    expect(await second).toEqual({ messageId: first.messageId, seq: first.seq, duplicate: true, withdrawn: [] });
  });

  it('make one analysis of a message live when the second waited for the first', async () => {
    const { seq } = await record.ledger.conversations.appendBuyerMessage(incoming());
    let second: Promise<string> | undefined;
    await record.ledger.transaction(async (stores) => {
      await stores.conversations.lock(SHOP, CONVERSATION);
      second = other.ledger.conversations.saveTurn(analysed(seq));
      await untilWaiting(1);
      await stores.conversations.saveTurn(analysed(seq));
    });
    expect(await second).toBe('withdrawn');
  });

  it('do not put suggestions in place while a newer message is being committed', async () => {
    const { lastSeq } = (await record.ledger.conversations.find(SHOP, CONVERSATION))!;
    let replaced: Promise<boolean> | undefined;
    await record.ledger.transaction(async (stores) => {
      await stores.conversations.appendBuyerMessage(incoming());
      replaced = other.ledger.suggestions.replace(SHOP, suggestionsFor(lastSeq), lastSeq, NOW);
      await untilWaiting(1);
    });
    expect(await replaced).toBe(false);
  });

  it('do not make an analysis live that waited while a newer message was being committed', async () => {
    const { seq } = await record.ledger.conversations.appendBuyerMessage(incoming());
    let analysedBefore: Promise<string> | undefined;
    await record.ledger.transaction(async (stores) => {
      await stores.conversations.appendBuyerMessage(incoming());
      analysedBefore = other.ledger.conversations.saveTurn(analysed(seq));
      await untilWaiting(1);
    });
    expect(await analysedBefore).toBe('withdrawn');
  });

  it('pass over outbox rows that the other is just taking', async () => {
    const [held, free] = [await reply(record.ledger), await reply(record.ledger)];
    const taken = await record.connection.db.transaction().execute(async (trx) => {
      await trx.selectFrom('outbox').select('id').where('seq', '=', held.seq).forUpdate().execute();
      return await other.ledger.outbox.claim(NOW + 1e9, 1000, 100);
    });
    const keys = taken.map((entry) => entry.idempotencyKey);
    expect(keys).toContain(free.messageId);
    expect(keys).not.toContain(held.messageId);
  });

  it('start one clock of a kind for two messages that were understood at once', async () => {
    const { seq } = await record.ledger.conversations.appendBuyerMessage(incoming());
    const next = (await record.ledger.conversations.appendBuyerMessage(incoming())).seq;
    const startedAt = (await record.ledger.conversations.find(SHOP, CONVERSATION))!.waitingSince!;
    const clock = (ofSeq: number): NewClock => ({
      shopId: SHOP,
      conversationId: CONVERSATION,
      kind: 'afterSale',
      seq: ofSeq,
      startedAt,
      countsFrom: startedAt,
      warnAt: startedAt + 1,
      dueAt: startedAt + 2,
      warns: 'assigned',
      escalates: true,
    });
    const started = await record.connection.db.transaction().execute(async (trx) => {
      await trx.selectFrom('conversations').select('id').where('id', '=', CONVERSATION).forUpdate().execute();
      // Both have looked for a clock that runs before either may start one.
      const both = [record, other].map(({ ledger }, i) => ledger.clocks.startWaits([clock(i === 0 ? seq : next)]));
      await untilWaiting(2);
      return { both };
    });
    expect((await Promise.all(started.both)).filter(Boolean)).toHaveLength(1);
    expect(await record.ledger.clocks.open(SHOP, NOW, 10)).toHaveLength(1);
    const breached = await Promise.all(
      [record, other].map(({ ledger }) => ledger.clocks.noteBreached(SHOP, startedAt + 3)),
    );
    expect(breached.flat()).toHaveLength(1);
  });

  it('try a transaction again that a deadlock ended', async () => {
    const ids = ['ord-x', 'ord-y'] as const;
    let arrived = 0;
    let open: () => void = () => undefined;
    const bothHoldOne = new Promise<void>((resolve) => {
      open = resolve;
    });
    for (const id of ids) await record.ledger.orders.save(makeOrder(SHOP, id, { amountFen: 0 }));
    const addTo = (node: RecordNode, [first, second]: readonly [string, string]) =>
      node.ledger.transaction(async (stores) => {
        const a = (await stores.orders.lock(SHOP, first))!;
        if (++arrived === 2) open();
        await bothHoldOne;
        const b = (await stores.orders.lock(SHOP, second))!;
        await stores.orders.save({ ...a, amountFen: a.amountFen + 1 });
        await stores.orders.save({ ...b, amountFen: b.amountFen + 1 });
      });
    await Promise.all([addTo(record, ids), addTo(other, [ids[1], ids[0]])]);
    const amounts = await Promise.all(ids.map(async (id) => (await record.ledger.orders.find(SHOP, id))!.amountFen));
    expect(amounts).toEqual([2, 2]);
  });

  it('survive that the server cuts their connections, idle ones and those in a transaction', async () => {
    const cutOthers = sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const message = incoming();
    const broken = other.ledger.transaction(async (stores) => {
      await stores.conversations.appendBuyerMessage(message);
      await cutOthers.execute(record.connection.db);
      await stores.desk.audit(SHOP, 'test', 'never.written', {}, NOW);
    });
    await expect(broken).rejects.toThrow();
    await Promise.all([untilReached(record), untilReached(other)]);
    const appended = await record.ledger.conversations.appendBuyerMessage(message);
    expect(appended.duplicate).toBe(false);
  });
});

describe('a Postgres that is not there', () => {
  it('is said at once, with the address', async () => {
    await expect(openPostgres({ url: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1 })).rejects.toThrow(
      /127\.0\.0\.1:1/,
    );
  });
});
