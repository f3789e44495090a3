/** What every follow-up store must do; run over each implementation. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createSituation } from '../../src/followups/situation.ts';
import type { BookChange, FollowUp, FollowUpStore } from '../../src/followups/store.ts';

const T0 = Date.UTC(2027, 5, 8, 2);
const MINUTE = 60_000;

/** A planned row; fields can be set. */
function aFollowUp(id: string, fields: Partial<FollowUp> = {}): FollowUp {
  return {
    id,
    rule: 'FU-01',
    subjectKind: 'order',
    subjectId: `order-of-${id}`,
    buyerId: 'buyer-1',
    orderId: `order-of-${id}`,
    conversationId: null,
    touch: 1,
    revision: 1,
    status: 'planned',
    plannedAtMs: T0,
    scheduledAtMs: T0 + 60 * MINUTE,
    dueAtMs: T0 + 60 * MINUTE,
    claimedAtMs: null,
    mode: null,
    reason: null,
    endedAtMs: null,
    story: [{ atMs: T0, step: 'planned', because: 'order.created', dueAtMs: T0 + 60 * MINUTE }],
    ...fields,
  };
}

/** Writes rows of one buyer without a change of the situation. */
function write(store: FollowUpStore, rows: FollowUp[], notes: BookChange<null>['notes'] = []): Promise<null> {
  const buyerId = rows[0]?.buyerId ?? 'buyer-1';
  return store.change(buyerId, ({ situation }) => ({ situation, rows, notes, result: null }));
}

/** Registers the suite; `makeStore` gives an empty store of one shop for every test. */
export function describeFollowUpStore(name: string, makeStore: () => Promise<FollowUpStore>): void {
  describe(`follow-up store: ${name}`, () => {
    let store: FollowUpStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it('gives an empty book for a buyer never seen', async () => {
      const book = await store.change('buyer-9', (found) => ({ ...found, rows: [], notes: [], result: found }));
      expect(book).toEqual({ situation: createSituation('buyer-9'), live: [] });
    });

    it('keeps situation and rows, and shows only live rows in the book', async () => {
      await store.change('buyer-1', ({ situation }) => ({
        situation: { ...situation, optOut: 'reminders' as const, timeZone: 'America/New_York' },
        rows: [
          aFollowUp('f1'),
          aFollowUp('f2', { status: 'claimed', claimedAtMs: T0, mode: 'S' }),
          aFollowUp('f3', { status: 'skipped', reason: 'paid', endedAtMs: T0 + 1 }),
        ],
        notes: [],
        result: null,
      }));
      const book = await store.change('buyer-1', (found) => ({ ...found, rows: [], notes: [], result: found }));
      expect(book.situation).toMatchObject({ optOut: 'reminders', timeZone: 'America/New_York' });
      expect(book.live.map((row) => row.id).sort()).toEqual(['f1', 'f2']);
      expect(book.live.find((row) => row.id === 'f1')).toEqual(aFollowUp('f1'));
      const all = await store.listByBuyer('buyer-1');
      expect(all.map((row) => [row.id, row.status])).toEqual([
        ['f1', 'planned'],
        ['f2', 'claimed'],
        ['f3', 'skipped'],
      ]);
      expect(all[2]).toEqual(aFollowUp('f3', { status: 'skipped', reason: 'paid', endedAtMs: T0 + 1 }));
    });

    it('keeps buyers apart', async () => {
      await write(store, [aFollowUp('f1')]);
      await write(store, [aFollowUp('g1', { buyerId: 'buyer-2', subjectId: 'other' })]);
      expect((await store.listByBuyer('buyer-1')).map((row) => row.id)).toEqual(['f1']);
      expect((await store.listByBuyer('buyer-2')).map((row) => row.id)).toEqual(['g1']);
    });

    it('replaces a row by its id', async () => {
      await write(store, [aFollowUp('f1')]);
      await write(store, [aFollowUp('f1', { revision: 2, dueAtMs: T0 + 90 * MINUTE })]);
      expect(await store.listByBuyer('buyer-1')).toEqual([aFollowUp('f1', { revision: 2, dueAtMs: T0 + 90 * MINUTE })]);
    });

    it('refuses a second live row of one rule and subject, and writes nothing of that change', async () => {
      await write(store, [aFollowUp('f1', { subjectId: 'o1' })]);
      const second = store.change('buyer-1', ({ situation }) => ({
        situation: { ...situation, optOut: 'all' as const },
        rows: [aFollowUp('f2', { subjectId: 'o1' })],
        notes: [],
        result: null,
      }));
      await expect(second).rejects.toThrow();
      const book = await store.change('buyer-1', (found) => ({ ...found, rows: [], notes: [], result: found }));
      expect(book.situation.optOut).toBeNull();
      expect(book.live.map((row) => row.id)).toEqual(['f1']);
    });

    it('lets a row end and its successor begin in one change', async () => {
      await write(store, [aFollowUp('f1', { subjectId: 'o1' })]);
      await write(store, [
        aFollowUp('f2', { subjectId: 'o1', touch: 2 }),
        aFollowUp('f1', { subjectId: 'o1', status: 'sent', endedAtMs: T0 }),
      ]);
      const rows = await store.listByBuyer('buyer-1');
      expect(rows.map((row) => [row.id, row.status])).toEqual([
        ['f1', 'sent'],
        ['f2', 'planned'],
      ]);
    });

    it('writes nothing when the work throws', async () => {
      const broken = store.change('buyer-1', () => {
        throw new Error('thought better of it');
      });
      await expect(broken).rejects.toThrow('thought better of it');
      expect(await store.listByBuyer('buyer-1')).toEqual([]);
    });

    it('appends notes to rows that have ended, and ignores unknown ids', async () => {
      await write(store, [aFollowUp('f1', { status: 'sent', endedAtMs: T0 })]);
      const entry = { atMs: T0 + 5, step: 'paid' as const, because: '' };
      await write(
        store,
        [],
        [
          { id: 'f1', entry },
          { id: 'nobody', entry },
        ],
      );
      const [row] = await store.listByBuyer('buyer-1');
      expect(row?.story).toEqual([...aFollowUp('f1').story, entry]);
      expect(row?.status).toBe('sent');
    });

    it('lists what is due by moment, rule and id, up to the limit, planned rows only', async () => {
      await write(store, [
        aFollowUp('f4', { dueAtMs: T0 + 2 }),
        aFollowUp('f2', { dueAtMs: T0 + 1, rule: 'FU-30' }),
        aFollowUp('f3', { dueAtMs: T0 + 1, rule: 'FU-04' }),
        aFollowUp('f1', { dueAtMs: T0 + 1, rule: 'FU-04' }),
        aFollowUp('f5', { dueAtMs: T0 + 3 }),
        aFollowUp('f6', { dueAtMs: T0, status: 'claimed' }),
        aFollowUp('f7', { dueAtMs: T0, status: 'cancelled' }),
      ]);
      const due = await store.listDue(T0 + 2, 10);
      expect(due.map((row) => row.id)).toEqual(['f1', 'f3', 'f2', 'f4']);
      expect(due[0]).toEqual({ id: 'f1', buyerId: 'buyer-1', revision: 1, dueAtMs: T0 + 1 });
      expect((await store.listDue(T0 + 2, 3)).map((row) => row.id)).toEqual(['f1', 'f3', 'f2']);
      expect(await store.listDue(T0, 10)).toEqual([]);
    });

    it('tells the next due moment', async () => {
      expect(await store.nextDueAt()).toBeNull();
      await write(store, [aFollowUp('f1', { dueAtMs: T0 + 7 }), aFollowUp('f2', { dueAtMs: T0 + 3 })]);
      expect(await store.nextDueAt()).toBe(T0 + 3);
      expect(await store.nextDueAt(T0 + 4)).toBe(T0 + 7);
      expect(await store.nextDueAt(T0 + 8)).toBeNull();
    });

    it('serves changes of one buyer one after the other', async () => {
      const count = (await Promise.all(
        Array.from({ length: 20 }, () =>
          store.change('buyer-1', ({ situation }) => {
            const declinedAtMs = (situation.declinedAtMs ?? 0) + 1;
            return { situation: { ...situation, declinedAtMs }, rows: [], notes: [], result: declinedAtMs };
          }),
        ),
      )) as number[];
      expect(count.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });

    it('shares no value with its callers', async () => {
      const row = aFollowUp('f1');
      await write(store, [row]);
      row.story.push({ atMs: 0, step: 'sent', because: 'by the caller' });
      const [read] = await store.listByBuyer('buyer-1');
      expect(read?.story).toHaveLength(1);
      read?.story.pop();
      expect((await store.listByBuyer('buyer-1'))[0]?.story).toHaveLength(1);
    });
  });
}
