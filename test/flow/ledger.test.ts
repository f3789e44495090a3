/** The ledger over all buyers: found by every handle, paged, and given away as a file that names nobody unasked. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FollowUp } from '../../src/followups/store.ts';
import type { LedgerRow } from '../../src/protocol/records.ts';
import { DESK_ENGINES, HOUR, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';

interface Page {
  rows: LedgerRow[];
  next?: string;
}

beforeAll(async () => {
  await openMind();
});

/** A row that ended; many of one moment, so that a page must end between equals. */
function madeUp(buyerId: string, orderId: string, atMs: number): FollowUp {
  return {
    id: `fup_made${orderId.toLowerCase()}`,
    rule: 'FU-04',
    subjectKind: 'order',
    subjectId: orderId,
    buyerId,
    orderId,
    conversationId: null,
    touch: 1,
    revision: 1,
    status: 'cancelled',
    plannedAtMs: atMs,
    scheduledAtMs: atMs,
    dueAtMs: atMs,
    claimedAtMs: null,
    mode: null,
    reason: 'paid',
    endedAtMs: atMs,
    story: [{ atMs, step: 'planned', because: 'order.created', dueAtMs: atMs }],
  };
}

describe.each(DESK_ENGINES)('the ledger on $record and $redis', (engines) => {
  let desk: TestDesk;
  let supervisor: string;
  let buyer: TestBuyer;
  let other: TestBuyer;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    supervisor = await desk.cookie('supervisor');
    buyer = await desk.buyer();
    other = await desk.buyer();
    await order('=1+2', buyer);
    await order('L-2', buyer);
    await order('L-3', other);
    await desk.tell('order.paid', { orderId: 'L-2' });
    // What is due at once goes out before anything is read.
    await desk.app.workers.sweep();
  });
  afterAll(() => desk?.close());

  async function order(orderId: string, of: TestBuyer): Promise<void> {
    const response = await desk.tell('order.created', {
      orderId,
      buyerId: of.buyerId,
      amount: 99,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
    });
    expect(response.status).toBe(200);
  }
  const read = (query: string) => desk.read<Page>(`/api/follow-ups/ledger?${query}`, supervisor);
  async function file(query: string): Promise<{ type: string | null; text: string }> {
    const response = await fetch(`${desk.url}/api/follow-ups/export?${query}`, { headers: { cookie: supervisor } });
    expect(response.status).toBe(200);
    // The mark in front of it tells a spreadsheet how to read it; text() would swallow it.
    const bytes = Buffer.from(await response.arrayBuffer());
    return { type: response.headers.get('content-type'), text: bytes.toString('utf8') };
  }

  test('is found by rule, state, order, buyer and day', async () => {
    const { rows } = await read('limit=200');
    const mine = await read(`buyerId=${buyer.buyerId}`);
    expect(mine.rows).toEqual(rows.filter(({ buyerId }) => buyerId === buyer.buyerId));
    expect((await read('orderId=L-3')).rows.map(({ orderId }) => orderId)).toEqual(['L-3', 'L-3']);
    expect((await read('rule=FU-04')).rows.every(({ rule }) => rule === 'FU-04')).toBe(true);
    const paid = await read('state=cancelled&orderId=L-2');
    expect(paid.rows.map(({ reason }) => reason)).toEqual(['paid', 'paid']);
    const { dueAt } = (await read('orderId=L-3&rule=FU-04')).rows[0]!;
    const day = new Date(dueAt + 8 * HOUR).toISOString().slice(0, 10);
    const onDay = await read(`orderId=L-3&day=${day}`);
    expect(onDay.rows.map(({ rule }) => rule)).toEqual(['FU-04']);
  });

  test('comes page by page, each row once, the latest moment first', async () => {
    const all = (await read('limit=200')).rows;
    const seen: LedgerRow[] = [];
    let cursor = '';
    for (let pages = 0; pages < 100; pages++) {
      const page = await read(`limit=3${cursor}`);
      seen.push(...page.rows);
      if (page.next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
    expect(seen).toEqual(all);
    expect(all.map(({ dueAt }) => dueAt)).toEqual(all.map(({ dueAt }) => dueAt).toSorted((a, b) => b - a));
    const refused = await fetch(`${desk.url}/api/follow-ups/ledger?cursor=nonsense`, {
      headers: { cookie: supervisor },
    });
    expect(refused.status).toBe(400);
  });

  test('is given as CSV without names, without formulas, with the whole story', async () => {
    const { type, text } = await file('form=csv');
    expect(type).toMatch(/^text\/csv/);
    expect(text.startsWith('\uFEFF')).toBe(true);
    expect(text).not.toContain(buyer.buyerId);
    const rows = parse(text.slice(1), { columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength((await read('limit=200')).rows.length);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    const paid = rows.find((row) => row['reason'] === 'paid')!;
    expect(paid['story']).toContain('planned order.created');
  });

  test('names buyers when the supervisor asks for it, and keeps that in the trail', async () => {
    const { text } = await file(`form=csv&personal=true&buyerId=${buyer.buyerId}`);
    expect(text).toContain(buyer.buyerId);
    expect(text).toContain("'=1+2");
    const [entry] = await desk.app.ledger.desk.trail('demo', 'ledger.exported', 1);
    expect(entry!.data).toMatchObject({ form: 'csv', personal: true });
  });

  test('is given as JSON Lines, one row a line', async () => {
    const { type, text } = await file('form=jsonl&rule=FU-04&orderId=L-3');
    expect(type).toMatch(/^application\/x-ndjson/);
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => row['rule'])).toEqual(['FU-04']);
    expect(text).not.toContain(buyer.buyerId);
  });

  test('more rows than one page of the file all come, each once', async () => {
    const crowd = await desk.buyer();
    const nowMs = desk.clock.now();
    await desk.app.ledger.followUps('demo').change(crowd.buyerId, ({ situation }) => ({
      situation,
      rows: Array.from({ length: 1001 }, (_, at) => madeUp(crowd.buyerId, `X-${at}`, nowMs)),
      notes: [],
      result: null,
    }));
    const { text } = await file(`form=jsonl&personal=true&buyerId=${crowd.buyerId}`);
    const ids = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids.length).toBe(1001);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is the supervisor’s', async () => {
    const cookie = await desk.cookie('agent1');
    for (const path of ['ledger', 'export']) {
      expect((await fetch(`${desk.url}/api/follow-ups/${path}`, { headers: { cookie } })).status).toBe(403);
    }
  });
});
