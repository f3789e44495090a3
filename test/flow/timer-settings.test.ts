/** Timers set by the supervisor: held against their bounds, in force for what comes and for what is planned. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFollowUpEngine } from '../../src/followups/engine.ts';
import { createId } from '../../src/lib/ids.ts';
import type { SettingsView } from '../../src/protocol/settings.ts';
import type { TimerView } from '../../src/protocol/timers.ts';
import { timersOf } from '../../src/turn/plan-follow-ups.ts';
import {
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
  WINDOW_MS,
} from './start-desk.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('timers on $record and $redis', (engines) => {
  let desk: TestDesk;
  let supervisor: string;
  let orders = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    supervisor = await desk.cookie('supervisor');
    await desk.agent();
  });
  afterAll(() => desk?.close());

  async function put(value: unknown) {
    const { revision } = await desk.read<SettingsView>('/api/settings', supervisor);
    const response = await fetch(`${desk.url}/api/settings/timers`, {
      method: 'PUT',
      headers: { cookie: supervisor, 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: revision, ...(value === undefined ? {} : { value }) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Saves, and lets the desk catch up with what is planned. */
  async function save(value: unknown): Promise<void> {
    expect((await put(value)).status).toBe(200);
    desk.clock.advance(2 * WINDOW_MS);
    await desk.app.workers.sweep();
  }

  async function order(buyer: TestBuyer): Promise<string> {
    const orderId = `T-${++orders}`;
    const response = await desk.tell('order.created', {
      orderId,
      buyerId: buyer.buyerId,
      amount: 99,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
    });
    expect(response.status).toBe(200);
    return orderId;
  }
  const rowsOf = async (buyer: TestBuyer, orderId: string) =>
    (await desk.followUps(buyer.buyerId, 'FU-04')).filter((row) => row.subject === orderId);

  test('all 49 are shown with what may be changed and how many rows are planned', async () => {
    const buyer = await desk.buyer();
    await order(buyer);
    const { timers } = await desk.read<{ timers: TimerView[] }>('/api/timers', supervisor);
    expect(timers).toHaveLength(49);
    expect(timers.find(({ id }) => id === 'FU-04')).toMatchObject({
      enabled: true,
      running: { touches: [{ kind: 'before', ms: 6 * HOUR }], touchLimit: 1, capPerOrder: 3, gapMs: 12 * HOUR },
      bounds: { touches: { kinds: ['before'], span: { min: HOUR, max: 24 * HOUR }, most: 1 } },
      planned: expect.any(Number),
    });
    const before = timers.find(({ id }) => id === 'FU-04')!.planned;
    await order(buyer);
    const again = await desk.read<{ timers: TimerView[] }>('/api/timers', supervisor);
    expect(again.timers.find(({ id }) => id === 'FU-04')!.planned).toBe(before + 1);
    const agent = await desk.cookie('agent1');
    expect((await fetch(`${desk.url}/api/timers`, { headers: { cookie: agent } })).status).toBe(403);
  });

  test('a value beyond its bounds is refused with rule, field, value and what is legal', async () => {
    const refused = await put({ 'FU-04': { touches: [{ kind: 'before', ms: 48 * HOUR }] } });
    expect(refused.status).toBe(400);
    expect(refused.body.message).toBe(
      'FU-04.touches[0].ms: is 172800000; legal is 3600000 (1 hours) to 86400000 (1 days)',
    );
    expect(await put({ 'FU-50': { enabled: false } })).toMatchObject({ status: 400 });
    expect(await put({ 'FU-04': { colour: 'red' } })).toMatchObject({ status: 400 });
  });

  test('planned rows take the new moment, and a new order is planned by it', async () => {
    const buyer = await desk.buyer();
    const orderId = await order(buyer);
    const [before] = await rowsOf(buyer, orderId);
    await save({ 'FU-04': { touches: [{ kind: 'before', ms: 2 * HOUR }] } });
    const [moved] = await rowsOf(buyer, orderId);
    const placedAt = before!.story[0]!.at;
    expect(moved).toMatchObject({ id: before!.id, state: 'planned', dueAt: placedAt + 70 * HOUR });
    expect(moved!.story.at(-1)).toMatchObject({ step: 'replanned', because: 'settings_changed' });
    const next = await order(buyer);
    const [planned] = await rowsOf(buyer, next);
    expect(planned!.story[0]!.dueAt).toBe(desk.clock.now() + 70 * HOUR);
  });

  test('switched off, planned rows end; switched on again, they come back', async () => {
    const buyer = await desk.buyer();
    const orderId = await order(buyer);
    await save({ 'FU-04': { enabled: false } });
    expect(await rowsOf(buyer, orderId)).toMatchObject([{ state: 'cancelled', reason: 'switched_off' }]);
    const silent = await order(buyer);
    expect(await rowsOf(buyer, silent)).toMatchObject([{ state: 'cancelled', reason: 'switched_off' }]);
    await save(undefined);
    expect(await rowsOf(buyer, silent)).toMatchObject([
      { state: 'cancelled', reason: 'switched_off' },
      { state: 'planned', touch: 1 },
    ]);
    expect(await rowsOf(buyer, orderId)).toMatchObject([
      { state: 'cancelled', reason: 'switched_off' },
      { state: 'planned', touch: 1 },
    ]);
  });

  test('a paid order is not planned again when its timer comes back', async () => {
    const buyer = await desk.buyer();
    const orderId = await order(buyer);
    await save({ 'FU-04': { enabled: false } });
    await desk.tell('order.paid', { orderId });
    await save(undefined);
    expect(await rowsOf(buyer, orderId)).toMatchObject([{ state: 'cancelled' }]);
  });

  test('more rows than one batch all follow, and a walk that stopped goes on where it was', async () => {
    const crowd = Array.from({ length: 210 }, (_, at) => `crowd-${at}`);
    const shop = timersOf(await desk.app.desk.shop('demo'));
    const newId = (nowMs: number) => createId('followUp', nowMs);
    const engine = createFollowUpEngine({ store: desk.app.ledger.followUps('demo'), shop, newId });
    const atMs = desk.clock.now();
    await Promise.all(
      crowd.map((buyerId) => {
        const data = { orderId: `order-of-${buyerId}`, buyerId, afterChat: false, amount: 99 };
        return engine.onEvent(buyerId, { type: 'order.created', atMs, data });
      }),
    );
    const ledger = desk.app.ledger.followUpLedger('demo');
    expect((await put({ 'FU-04': { touches: [{ kind: 'before', ms: 3 * HOUR }] } })).status).toBe(200);
    desk.clock.advance(2 * WINDOW_MS);
    // A worker takes the walk and is never heard of again.
    expect(await ledger.claimChange(desk.clock.now(), MINUTE)).toMatchObject({ rule: 'FU-04', afterId: '' });
    await desk.app.workers.sweep();
    const changed = async () => {
      const rows = await ledger.page({ rule: 'FU-04' }, undefined, 500);
      const moved = rows.filter(({ row }) => row.story.some(({ because }) => because === 'settings_changed'));
      return moved.filter(({ row }) => crowd.includes(row.buyerId)).length;
    };
    expect(await changed()).toBe(0);
    desk.clock.advance(MINUTE);
    await desk.app.workers.sweep();
    expect(await changed()).toBe(210);
    await save(undefined);
  });

  test('a change of the quiet hours moves what is planned', async () => {
    const buyer = await desk.buyer();
    const orderId = await order(buyer);
    const [before] = await rowsOf(buyer, orderId);
    const { revision } = await desk.read<SettingsView>('/api/settings', supervisor);
    const response = await fetch(`${desk.url}/api/settings/quietHours`, {
      method: 'PUT',
      headers: { cookie: supervisor, 'content-type': 'application/json' },
      body: JSON.stringify({
        basedOn: revision,
        value: '23:00-23:30',
      }),
    });
    expect(response.status).toBe(200);
    desk.clock.advance(2 * WINDOW_MS);
    await desk.app.workers.sweep();
    const [row] = await rowsOf(buyer, orderId);
    expect(row!.dueAt).toBe(before!.story[0]!.dueAt);
    expect(row!.story.at(-1)).toMatchObject({ step: 'replanned', because: 'settings_changed' });
  });
});
