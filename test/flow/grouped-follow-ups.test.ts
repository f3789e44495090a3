/** Reminders of many buyers that come due together: one commit for all, and each buyer for himself. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FollowUp } from '../../src/followups/store.ts';
import { FEEDS } from '../../src/orders/ports.ts';
import type { Desk } from '../../src/turn/desk.ts';
import type { Gate } from '../../src/turn/ports.ts';
import { createFollowUpRunner } from '../../src/turn/run-follow-up.ts';
import { AFTERNOON, DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestDesk } from './start-desk.ts';

const DAY = 24 * HOUR;
const SHOP = 'demo';
const BUYERS = 20;
/** Amount of the order whose notice the gate cannot judge. */
const UNREADABLE = 777;
const RETRIED = expect.objectContaining({ step: 'retried' });

interface Placed {
  buyerId: string;
  orderId: string;
}

describe.each(DESK_ENGINES)('reminders due together on $record and $redis', (engines) => {
  let desk: TestDesk;
  let today = AFTERNOON;
  let orders = 0;
  /** Idempotency keys as the channel was given them. */
  const delivered: string[] = [];

  beforeAll(async () => {
    const mind = await openMind();
    const gateWith = (rules: unknown): Gate => {
      const gate = mind.gateWith(rules);
      return {
        judge(text, context) {
          if (context.order?.amount === UNREADABLE) throw new Error('the list of words cannot be read');
          return gate.judge(text, context);
        },
      };
    };
    const channel = {
      name: 'web',
      idempotent: true,
      deliver: async (_message: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
        delivered.push(idempotencyKey);
      },
    };
    desk = await startTestDesk({ engines, overrides: { mind: { ...mind, gateWith }, channels: [channel] } });
  });
  beforeEach(async () => {
    // Days of its own for every test.
    today += 7 * DAY;
    await goTo(today);
    delivered.length = 0;
  });
  afterAll(() => desk?.close());

  /** A moment at which every feed is alive. */
  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed(SHOP, feed, ms);
  }

  /** A buyer's order whose notice comes due half an hour from now; the early check comes later. */
  async function placed(buyerId = `buyer-${orders + 1}`, amount = 159): Promise<Placed> {
    const orderId = `G-${++orders}`;
    const response = await desk.tell(
      'order.created',
      {
        orderId,
        buyerId,
        amount,
        items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
        autoCloseAt: new Date(today + 6.5 * HOUR + MINUTE).toISOString(),
      },
      { atMs: today },
    );
    expect(response.status).toBe(200);
    return { buyerId, orderId };
  }

  const placeMany = (count: number) => Promise.all(Array.from({ length: count }, () => placed()));

  async function noticeOf({ buyerId, orderId }: Placed): Promise<FollowUp> {
    const rows = await desk.app.ledger.followUps(SHOP).listByBuyer(buyerId);
    const row = rows.find((one) => one.rule === 'FU-04' && one.orderId === orderId);
    if (!row) throw new Error('no notice was planned');
    return row;
  }

  /** The notices of these orders, at the moment when the last of them is due. */
  async function come(all: readonly Placed[], goAt = goTo): Promise<string[]> {
    const rows = await Promise.all(all.map(noticeOf));
    await goAt(Math.max(...rows.map((row) => row.dueAtMs)));
    return rows.map((row) => row.id);
  }

  const talkOf = async ({ buyerId }: Placed) =>
    await desk.app.ledger.conversations.open(SHOP, buyerId, 'web', `cnv_${buyerId}`, today);

  /** Ids of the notices in a buyer's talk. */
  async function noticesTo(one: Placed): Promise<string[]> {
    const messages = await desk.app.ledger.conversations.messages(SHOP, (await talkOf(one)).id, 0, 100);
    return messages.filter(({ script }) => script?.id.startsWith('SCR-72')).map(({ id }) => id);
  }

  async function expectOneEach(all: readonly Placed[]): Promise<void> {
    expect(await Promise.all(all.map(noticesTo))).toEqual(all.map(() => [expect.any(String)]));
  }

  async function run(withDesk: Desk, ids: readonly string[]): Promise<void> {
    const runner = createFollowUpRunner(withDesk);
    await Promise.all(ids.map((id) => runner.run(SHOP, id)));
  }

  test('reach every buyer once, with its script remembered, whoever runs them', async () => {
    const all = await placeMany(BUYERS);
    const ids = await come(all);
    await Promise.all([run(desk.app.desk, [...ids, ...ids]), run(desk.app.desk, ids), desk.app.workers.sweep()]);
    await expectOneEach(all);
    expect(delivered.toSorted()).toEqual((await Promise.all(all.map(noticesTo))).flat().toSorted());
    for (const one of all) expect((await talkOf(one)).state.scriptsUsed).toEqual(['SCR-72']);
    expect(await desk.app.ledger.outbox.open(SHOP)).toBe(0);
  });

  test('are each decided by its own order: paid, unreadable, and the others', async () => {
    const others = await placeMany(6);
    const [paid, unreadable] = [await placed(), await placed(undefined, UNREADABLE)];
    const ids = await come([paid, ...others.slice(0, 3), unreadable, ...others.slice(3)]);
    await desk.tell('order.paid', { orderId: paid.orderId });
    await run(desk.app.desk, ids);
    await expectOneEach(others);
    expect(await noticesTo(paid)).toEqual([]);
    expect(await noticeOf(paid)).toMatchObject({ status: 'cancelled' });
    // Tried again later, and by itself.
    expect(await noticesTo(unreadable)).toEqual([]);
    const later = await noticeOf(unreadable);
    expect(later).toMatchObject({ status: 'planned', story: expect.arrayContaining([RETRIED]) });
    expect(later.dueAtMs).toBeGreaterThan(desk.clock.now());
  });

  test('that cannot be written together are written one by one', async () => {
    const all = await placeMany(6);
    const poor = all[2]!;
    const ids = await come(all);
    const { id: poorTalk } = await talkOf(poor);
    const { desk: whole } = desk.app;
    const ledger: Desk['ledger'] = {
      ...whole.ledger,
      transaction: (work) =>
        whole.ledger.transaction(({ conversations, ...stores }) =>
          work({
            ...stores,
            conversations: {
              ...conversations,
              appendAutomatic: async (messages) => {
                if (messages.some((message) => message.conversationId === poorTalk)) throw new Error('no room');
                return await conversations.appendAutomatic(messages);
              },
            },
          }),
        ),
    };
    await run({ ...whole, ledger }, ids);
    await expectOneEach(all.filter((one) => one !== poor));
    expect(await noticesTo(poor)).toEqual([]);
    const later = await noticeOf(poor);
    expect(later).toMatchObject({ status: 'planned', story: expect.arrayContaining([RETRIED]) });
    await goTo(later.dueAtMs);
    await run(whole, [later.id]);
    await expectOneEach(all);
  });

  test('of one buyer come one after the other', async () => {
    const [first, other] = [await placed(), await placed()];
    const second = await placed(first.buyerId);
    await run(desk.app.desk, await come([first, second, other]));
    await expectOneEach([first, other]);
    expect(await noticeOf(first)).toMatchObject({ status: 'sent' });
    expect(await noticeOf(second)).toMatchObject({ status: 'skipped', reason: 'cap_12h' });
  });

  test('whose facts are too old become tasks, each its own', async () => {
    const all = await placeMany(4);
    // Nobody has told of the feeds since the orders were placed.
    await run(desk.app.desk, await come(all, async (ms) => desk.clock.set(ms)));
    expect(await Promise.all(all.map(noticesTo))).toEqual(all.map(() => []));
    const tasks = await desk.app.ledger.desk.tasks(SHOP);
    const given = tasks.filter(({ buyerId }) => all.some((one) => one.buyerId === buyerId));
    expect(given.map(({ orderId }) => orderId).toSorted()).toEqual(all.map(({ orderId }) => orderId).toSorted());
  });

  // PGlite has one connection: whoever holds a row there holds everything.
  if (engines.record === 'postgres') {
    test('do not wait for the buyer somebody is at, and that one follows', async () => {
      const all = await placeMany(6);
      const held = all[3]!;
      const ids = await come(all);
      const { id: heldTalk } = await talkOf(held);
      const locked = Promise.withResolvers<void>();
      let isHeld = true;
      const holding = desk.app.ledger.transaction(async ({ conversations }) => {
        await conversations.lock(SHOP, heldTalk);
        locked.resolve();
        // The server ends a transaction that lies idle.
        while (isHeld) await conversations.find(SHOP, heldTalk);
      });
      await locked.promise;
      const runner = createFollowUpRunner(desk.app.desk);
      const runs = ids.map((id) => runner.run(SHOP, id));
      await Promise.all(runs.filter((_, i) => i !== 3));
      await expectOneEach(all.filter((one) => one !== held));
      expect(await noticesTo(held)).toEqual([]);
      isHeld = false;
      await holding;
      await runs[3];
      await expectOneEach(all);
    });
  }
});
