/** The signed order feed: what is believed, what is refused, and that each delivery has one effect. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signWebhook } from '../../src/lib/sign-webhook.ts';
import { HttpErrorSchema } from '../../src/protocol/http.ts';
import { DESK_ENGINES, deliver, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('the order webhook on $record and $redis', (engines) => {
  let desk: TestDesk;
  let buyer: TestBuyer;
  let serial = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    buyer = await desk.buyer();
  });
  afterAll(() => desk?.close());

  function created(orderId: string): string {
    const data = { orderId, buyerId: buyer.buyerId, amount: 159, items: [{ title: '速干长裤', qty: 1 }] };
    return JSON.stringify({ type: 'order.created', at: new Date(desk.clock.now()).toISOString(), data });
  }

  function newOrderId(): string {
    return `W-${++serial}`;
  }

  async function refusal(response: Response): Promise<{ status: number; code: string; message: string }> {
    const { code, message } = HttpErrorSchema.parse(await response.json());
    return { status: response.status, code, message };
  }

  async function effect(response: Response): Promise<string> {
    expect(response.status).toBe(200);
    return ((await response.json()) as { effect: string }).effect;
  }

  test('applies an order and shows it at the desk', async () => {
    const agent = await desk.agent();
    const orderId = newOrderId();
    expect(await effect(await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}` }))).toBe('applied');
    const told = await agent.next('orders.changed', (data) => data.buyerId === buyer.buyerId);
    expect(told.orders.map((order) => order.id)).toContain(orderId);
    expect((await buyer.next('orders.changed')).orders).toEqual(told.orders);
    const order = await desk.app.ledger.orders.find('demo', orderId);
    expect(order).toMatchObject({ state: 'unpaid', amountFen: 15_900, placedAt: desk.clock.now() });
  });

  test.each([
    [
      'a signature of another key',
      (body: string, at: number) => signWebhook(`whsec_${'A'.repeat(44)}`, 'd-x', at, body),
    ],
    [
      'a signature of another body',
      (_body: string, at: number) => signWebhook(desk.app.webhookSecret, 'd-x', at, '{}'),
    ],
    [
      'a signature of another delivery',
      (body: string, at: number) => signWebhook(desk.app.webhookSecret, 'd-y', at, body),
    ],
    [
      'a signature of another time',
      (body: string, at: number) => signWebhook(desk.app.webhookSecret, 'd-x', at - 1, body),
    ],
    [
      'a signature of another version',
      (body: string, at: number) => signWebhook(desk.app.webhookSecret, 'd-x', at, body).replace('v1,', 'v2,'),
    ],
    ['an empty signature', () => 'v1,'],
    ['rubbish for a signature', () => 'not a signature'],
  ])('refuses %s', async (_what, sign) => {
    const orderId = newOrderId();
    const at = Math.floor(desk.clock.now() / 1000);
    const body = created(orderId);
    const response = await deliver(desk.app, desk.clock, body, {
      id: 'd-x',
      timestampS: at,
      signature: sign(body, at),
    });
    expect(await refusal(response)).toMatchObject({ status: 401, code: 'unauthorised' });
    expect(await desk.app.ledger.orders.find('demo', orderId)).toBeUndefined();
  });

  test('believes one right signature among several, for a key that is being changed', async () => {
    const orderId = newOrderId();
    const at = Math.floor(desk.clock.now() / 1000);
    const body = created(orderId);
    const right = signWebhook(desk.app.webhookSecret, `d-${orderId}`, at, body);
    const wrong = signWebhook(`whsec_${'A'.repeat(44)}`, `d-${orderId}`, at, body);
    const response = await deliver(desk.app, desk.clock, body, { id: `d-${orderId}`, signature: `${wrong} ${right}` });
    expect(await effect(response)).toBe('applied');
  });

  test.each([
    ['301 seconds old', -301, 401],
    ['300 seconds old', -300, 200],
    ['301 seconds ahead', 301, 401],
  ])('a delivery %s is answered with its due', async (_what, offsetS, status) => {
    const orderId = newOrderId();
    const timestampS = Math.floor(desk.clock.now() / 1000) + offsetS;
    const response = await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}`, timestampS });
    expect(response.status).toBe(status);
    expect((await desk.app.ledger.orders.find('demo', orderId)) !== undefined).toBe(status === 200);
  });

  test('a timestamp that is no number is refused', async () => {
    const response = await fetch(`${desk.url}/api/webhooks/orders/demo`, {
      method: 'POST',
      headers: { 'webhook-id': 'd', 'webhook-timestamp': 'today', 'webhook-signature': 'v1,AAAA' },
      body: '{}',
    });
    expect(await refusal(response)).toMatchObject({ status: 401 });
  });

  test('a delivery without headers, and one without a body, is refused', async () => {
    const bare = await fetch(`${desk.url}/api/webhooks/orders/demo`, { method: 'POST', body: created('W-bare') });
    expect(await refusal(bare)).toMatchObject({ status: 401 });
    const empty = await fetch(`${desk.url}/api/webhooks/orders/demo`, {
      method: 'POST',
      headers: { 'webhook-id': 'd', 'webhook-timestamp': '1', 'webhook-signature': 'v1,AAAA' },
    });
    expect(await refusal(empty)).toMatchObject({ status: 401 });
    const signedNothing = await deliver(desk.app, desk.clock, '', { id: 'd-nothing' });
    expect(await refusal(signedNothing)).toMatchObject({ status: 400 });
  });

  test('a repeated delivery has one effect, and is answered as well as the first', async () => {
    const orderId = newOrderId();
    await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}` });
    await desk.tell('order.paid', { orderId });
    expect(await effect(await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}` }))).toBe(
      'repeated',
    );
    // The feed may also tell the same thing under another id.
    expect(await effect(await desk.tell('order.paid', { orderId }))).toBe('ignored');
    expect(await effect(await deliver(desk.app, desk.clock, created(orderId), { id: `again-${orderId}` }))).toBe(
      'ignored',
    );
    expect(await desk.app.ledger.orders.find('demo', orderId)).toMatchObject({ state: 'paid' });
  });

  test('fifty deliveries of the same id at once have one effect', async () => {
    const orderId = newOrderId();
    const body = created(orderId);
    const effects = await Promise.all(
      Array.from({ length: 50 }, async () => effect(await deliver(desk.app, desk.clock, body, { id: `d-${orderId}` }))),
    );
    expect(effects.toSorted()).toEqual(['applied', ...Array(49).fill('repeated')]);
    const planned = await desk.followUps(buyer.buyerId);
    expect(planned.filter((row) => row.subject === orderId && row.rule === 'FU-04')).toHaveLength(1);
  });

  test('creation and payment that come at once under many ids leave the order paid', async () => {
    const orderId = newOrderId();
    await desk.tell('order.created', JSON.parse(created(orderId)).data);
    await Promise.all([
      ...Array.from({ length: 10 }, () => desk.tell('order.created', JSON.parse(created(orderId)).data)),
      desk.tell('order.paid', { orderId }),
    ]);
    expect(await desk.app.ledger.orders.find('demo', orderId)).toMatchObject({ state: 'paid' });
    const races = Array.from({ length: 10 }, () => newOrderId());
    for (const racing of races) {
      const first = await Promise.all([
        deliver(desk.app, desk.clock, created(racing), { id: `a-${racing}` }),
        deliver(desk.app, desk.clock, created(racing), { id: `b-${racing}` }),
      ]);
      expect((await Promise.all(first.map(effect))).toSorted()).toEqual(['applied', 'ignored']);
    }
  });

  const at = '2027-05-12T14:00:00+08:00';
  test.each([
    ['malformed JSON', '{"type":', /body: must be JSON/],
    ['a list', '[]', /Invalid/i],
    ['an unknown type', JSON.stringify({ type: 'order.exploded', at, data: {} }), /type/],
    ['no time', JSON.stringify({ type: 'order.paid', data: { orderId: 'W-1' } }), /at/],
    [
      'a time of no zone',
      JSON.stringify({ type: 'order.paid', at: '2027-05-12 14:00', data: { orderId: 'W-1' } }),
      /at/,
    ],
    ['a field too many', JSON.stringify({ type: 'order.paid', at, data: { orderId: 'W-1', tip: 5 } }), /tip|data/],
    ['a field missing', JSON.stringify({ type: 'order.created', at, data: { orderId: 'W-1' } }), /data\.buyerId/],
    [
      'an amount below zero',
      JSON.stringify({ type: 'order.paid', at, data: { orderId: 'W-1', amount: -1 } }),
      /data\.amount/,
    ],
    [
      'an amount beyond all money',
      JSON.stringify({ type: 'order.paid', at, data: { orderId: 'W-1', amount: 1e300 } }),
      /data\.amount/,
    ],
    [
      'an order without items',
      JSON.stringify({ type: 'order.created', at, data: { orderId: 'W-9', buyerId: 'b', amount: 1, items: [] } }),
      /data\.items/,
    ],
  ])('says what is wrong with %s, once signed', async (_what, body, message) => {
    const told = await refusal(await deliver(desk.app, desk.clock, body, { id: `bad-${++serial}` }));
    expect(told).toMatchObject({ status: 400, code: 'bad_request' });
    expect(told.message).toMatch(message);
  });

  test('refuses bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await refusal(await deliver(desk.app, desk.clock, body, { id: 'utf8' }))).toMatchObject({
      status: 400,
      code: 'bad_request',
    });
  });

  test('keeps titles with rare characters, without what no record can hold', async () => {
    const orderId = newOrderId();
    const body = `{"type":"order.created","at":"${at}","data":{"orderId":"${orderId}","buyerId":"${buyer.buyerId}","amount":1,"items":[{"title":"\\u0000防风帽🧢\\ud83d","qty":1}]}}`;
    expect(await effect(await deliver(desk.app, desk.clock, body, { id: `d-${orderId}` }))).toBe('applied');
    const order = await desk.app.ledger.orders.find('demo', orderId);
    expect(order?.facts.items?.[0]?.title).toBe('防风帽🧢\ufffd');
  });

  test('refuses a body beyond 256 KiB', async () => {
    const response = await deliver(desk.app, desk.clock, `"${'x'.repeat(300_000)}"`, { id: 'large' });
    expect(await refusal(response)).toMatchObject({ status: 413, code: 'too_large' });
  });

  test('knows neither a shop nor an order that nobody told of, and would take the delivery later', async () => {
    expect(await refusal(await desk.tell('feed.alive', {}, { shop: 'nowhere' }))).toMatchObject({ status: 404 });
    const orderId = newOrderId();
    const paid = { id: `paid-${orderId}` };
    expect(await refusal(await desk.tell('order.paid', { orderId }, paid))).toMatchObject({ status: 404 });
    await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}` });
    expect(await effect(await desk.tell('order.paid', { orderId }, paid))).toBe('applied');
  });

  test('a state that was passed does not come back', async () => {
    const orderId = newOrderId();
    await deliver(desk.app, desk.clock, created(orderId), { id: `d-${orderId}` });
    await desk.tell('order.paid', { orderId });
    await desk.tell('order.shipped', { orderId, carrier: 'ZTO', trackingNo: 'ZT1', handedOver: true });
    await desk.tell('order.signed', { orderId });
    for (const [type, data] of [
      ['order.shipped', { orderId, handedOver: true }],
      ['order.closed', { orderId, by: 'buyer' }],
      ['order.paid', { orderId }],
      ['order.autoCloseChanged', { orderId, autoCloseAt: at }],
    ] as const) {
      expect(await effect(await desk.tell(type, data))).toBe('ignored');
    }
    expect(await desk.app.ledger.orders.find('demo', orderId)).toMatchObject({ state: 'signed' });
  });

  test('a buyer whom only the feed knows is added under the feed’s id', async () => {
    const orderId = newOrderId();
    const data = { orderId, buyerId: 'feed-buyer-1', amount: 10, items: [{ title: '野餐毯', qty: 1 }] };
    expect(await effect(await desk.tell('order.created', data))).toBe('applied');
    expect(await desk.app.ledger.orders.find('demo', orderId)).toMatchObject({ buyerId: 'feed-buyer-1' });
  });

  test('a sign of life makes facts fresh again', async () => {
    desk.clock.advance(10 * MINUTE);
    expect(await effect(await desk.tell('feed.alive', {}))).toBe('applied');
    expect((await desk.app.ledger.orders.feeds('demo')).orders).toBe(desk.clock.now());
  });
});
