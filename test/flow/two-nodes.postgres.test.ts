/** Two nodes of one desk: the same record and Redis, sockets and workers on both. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { createManualClock } from '../../src/lib/clock.ts';
import { FEEDS } from '../../src/orders/ports.ts';
import type { Message } from '../../src/protocol/records.ts';
import { REDIS_ENGINES } from '../setup/engines.ts';
import { createTestRecord, type TestRecordAddress } from '../setup/open-record.ts';
import { openTestRedis, type TestRedis } from '../setup/open-redis.ts';
import { AFTERNOON, deliver, HOUR, openMind, startDeskAt, type TestBuyer, type TestDesk } from './start-desk.ts';
import { openClient, type TestClient } from './test-client.ts';

const SHOP = 'demo';
const STOCK = '轻量冲锋衣藏青M码有货吗';
const clock = createManualClock(AFTERNOON);
/** Idempotency keys in the order in which any node delivered them. */
const delivered: string[] = [];

let record: TestRecordAddress;
let redis: TestRedis;
let a: TestDesk;
let b: TestDesk;

beforeAll(async () => {
  await openMind();
  record = await createTestRecord('postgres');
  redis = await openTestRedis(REDIS_ENGINES.at(-1)!);
  a = await startNode();
  b = await startNode();
});
afterAll(async () => {
  await a?.close();
  await b?.close();
  await redis?.close();
  await record?.remove();
});

async function startNode(): Promise<TestDesk> {
  if (!('url' in record.address)) throw new Error('two nodes need a server');
  const dataDir = mkdtempSync(join(tmpdir(), 'huashu-node-'));
  const config = {
    ...readConfig({}),
    PORT: 0,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal' as const,
    DATABASE_URL: record.address.url,
    REDIS_URL: redis.url,
    SECRET: 'one secret of all the nodes of a desk',
    ORDER_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  };
  const channel = {
    name: 'web',
    idempotent: true,
    deliver: async (_message: Message, { idempotencyKey }: { idempotencyKey: string }) => {
      delivered.push(idempotencyKey);
    },
  };
  return startDeskAt(config, { clock, overrides: { channels: [channel] } }, async () =>
    rmSync(dataDir, { recursive: true, force: true }),
  );
}

function seqsOf(client: TestClient, conversationId: string): number[] {
  return client.messages().flatMap((message) => (message.conversationId === conversationId ? [message.seq] : []));
}

function upTo(n: number, from = 1): number[] {
  return Array.from({ length: n - from + 1 }, (_, i) => from + i);
}

/** Waits until a client has shown a seq. */
async function shown(client: TestClient, conversationId: string, seq: number): Promise<void> {
  await client.next(
    'message.appended',
    ({ message }) => message.conversationId === conversationId && message.seq === seq,
  );
}

async function say(buyer: TestBuyer, texts: string[]): Promise<void> {
  await Promise.all(texts.map((text) => buyer.command('message.send', { text })));
}

/** An agent types a reply and has read what the gate warns of. */
function answer(agent: TestClient, conversationId: string, text: string): Promise<unknown> {
  return agent.command('message.send', { conversationId, text, warningsRead: true });
}

test('a buyer on one and an agent on the other speak as if on one', async () => {
  const buyer = await a.buyer();
  const agent = await b.agent();
  await buyer.command('message.send', { text: STOCK });
  const { suggestions } = await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
  await agent.command('typing', { conversationId: buyer.conversationId, on: true });
  expect(await buyer.next('typing')).toMatchObject({ from: 'agent', on: true });
  const { conversationId } = buyer;
  const text = suggestions.proposals[0]!.text;
  await agent.command('message.send', { conversationId, text, suggestion: { id: suggestions.id, position: 0 } });
  expect((await buyer.next('message.appended', ({ message }) => message.from === 'agent')).message.text).toBe(text);
  await buyer.command('typing', { on: true });
  await agent.next('typing', (data) => data.conversationId === conversationId && data.from === 'buyer');
});

test('everybody sees the same order, however both sides write', async () => {
  const buyer = await a.buyer();
  const page = await openClient(b.url, { role: 'buyer', token: buyer.token });
  const [near, far] = [await a.agent('agent1'), await b.agent('agent2')];
  const { conversationId } = buyer;
  await buyer.command('message.send', { text: '你好' });
  await Promise.all([
    say(
      buyer,
      upTo(20).map((i) => `问题${i}`),
    ),
    ...upTo(10).map((i) => answer(near, conversationId, `谢谢您的耐心，第${i}个问题我来帮您看`)),
    ...upTo(10).map((i) => answer(far, conversationId, `亲，再给您补充一下第${i}点，您慢慢看`)),
  ]);
  for (const client of [buyer, page, near, far]) {
    await shown(client, conversationId, 41);
    expect(seqsOf(client, conversationId)).toEqual(upTo(41));
  }
  const texts = buyer.messages().map((message) => message.text);
  expect(
    far
      .messages()
      .filter((message) => message.conversationId === conversationId)
      .map((message) => message.text),
  ).toEqual(texts);
  await page.close();
});

test('a message that the bus lost is healed from the record: by the next one, and without a next one', async () => {
  const buyer = await a.buyer();
  const agent = await b.agent();
  const { conversationId, buyerId } = buyer;
  await buyer.command('message.send', { text: '第一条' });
  await shown(agent, conversationId, 1);
  const lose = async (text: string) => {
    await a.app.ledger.conversations.appendBuyerMessage({
      shopId: SHOP,
      conversationId,
      channel: 'web',
      key: `${buyerId}:${text}`,
      messageId: `msg_${text.length}_${conversationId}`.slice(0, 64),
      text,
      sentAt: clock.now(),
    });
  };
  await lose('丢了');
  await buyer.command('message.send', { text: '第三条' });
  await shown(agent, conversationId, 3);
  // Nobody had understood it either: that is made up for.
  await agent.next('turn.analysed', (data) => data.conversationId === conversationId && data.seq === 2);
  await lose('又丢了');
  await shown(agent, conversationId, 4);
  await shown(buyer, conversationId, 4);
  expect(seqsOf(agent, conversationId)).toEqual([1, 2, 3, 4]);
  expect(seqsOf(buyer, conversationId)).toEqual([1, 2, 3, 4]);
});

test('a client resumes where it was, on the other node, without a gap or a repetition', async () => {
  const buyer = await a.buyer();
  const agent = await b.agent();
  const { conversationId, epoch } = buyer;
  await say(buyer, ['一', '二', '三']);
  await shown(agent, conversationId, 3);
  await buyer.close();
  for (const text of ['亲，我在的，有什么可以帮您？', '您慢慢看，不着急的', '有任何问题随时叫我'])
    await answer(agent, conversationId, text);
  const back = await openClient(b.url, {
    role: 'buyer',
    token: buyer.token,
    resume: { epoch, seqs: { [conversationId]: 3 } },
  });
  expect(back.welcome.resumed).toBe(true);
  await shown(back, conversationId, 6);
  await answer(agent, conversationId, '不客气，随时叫我哦');
  await shown(back, conversationId, 7);
  expect(seqsOf(back, conversationId)).toEqual([4, 5, 6, 7]);
  await back.close();
});

test('a client that resumes in the middle of a stream misses nothing', async () => {
  const buyer = await a.buyer();
  const cookie = await b.cookie('agent1');
  const { conversationId, epoch } = buyer;
  await buyer.command('message.send', { text: '开始' });
  const total = 121;
  const stream = say(
    buyer,
    upTo(total - 1).map((i) => `第${i}句`),
  );
  let last = 1;
  const seen: number[] = [1];
  for (let round = 0; last < total; round++) {
    const agent = await openClient(round % 2 ? a.url : b.url, {
      role: 'agent',
      cookie,
      resume: { epoch, seqs: { [conversationId]: last } },
    });
    await agent.next('message.appended', ({ message }) => message.conversationId === conversationId);
    await agent.close();
    seen.push(...seqsOf(agent, conversationId));
    last = seen.at(-1)!;
  }
  await stream;
  expect(seen).toEqual(upTo(total));
});

test('more than a page is missed by a long absence, and comes in order', async () => {
  const buyer = await a.buyer();
  const { conversationId, epoch, token } = buyer;
  for (const from of [1, 101, 201])
    await say(
      buyer,
      upTo(from + 99, from).map((i) => `第${i}句`),
    );
  await buyer.close();
  const back = await openClient(b.url, { role: 'buyer', token, resume: { epoch, seqs: { [conversationId]: 50 } } });
  await shown(back, conversationId, 300);
  expect(seqsOf(back, conversationId)).toEqual(upTo(300, 51));
  await back.close();
});

test('a client of another epoch is told to fetch everything again', async () => {
  const buyer = await a.buyer();
  await buyer.command('message.send', { text: '你好' });
  const stale = await openClient(b.url, {
    role: 'buyer',
    token: buyer.token,
    resume: { epoch: 'of-another-record', seqs: { [buyer.conversationId]: 0 } },
  });
  expect(stale.welcome).toMatchObject({ resumed: false, epoch: buyer.epoch });
  await stale.command('typing', { on: false });
  expect(stale.messages()).toEqual([]);
  await stale.close();
});

test('a node that goes away lets its clients go on elsewhere', async () => {
  const c = await startNode();
  const buyer = await c.buyer();
  const agent = await c.agent('agent2');
  const { conversationId, epoch, token } = buyer;
  const key = 'sent-while-going';
  await buyer.command('message.send', { text: '你好' });
  await shown(agent, conversationId, 1);
  const closing = c.app.close();
  buyer.command('message.send', { text: '还在吗' }, key).catch(() => undefined);
  expect((await buyer.ended()).code).toBe(1001);
  expect((await agent.ended()).code).toBe(1001);
  const back = await openClient(a.url, { role: 'buyer', token, resume: { epoch, seqs: { [conversationId]: 1 } } });
  // Whether or not the first try was recorded: the same id is one message.
  expect((await back.command('message.send', { text: '还在吗' }, key)).seq).toBe(2);
  await shown(back, conversationId, 2);
  const colleague = await openClient(b.url, {
    role: 'agent',
    cookie: agent.cookie,
    resume: { epoch, seqs: { [conversationId]: 1 } },
  });
  await shown(colleague, conversationId, 2);
  await closing;
  await c.close();
  expect(seqsOf(back, conversationId)).toEqual([2]);
  await back.close();
  await colleague.close();
});

test('presence is known on every node', async () => {
  const c = await startNode();
  const agent = await c.agent('supervisor');
  const watcher = await b.agent('agent1');
  const cookie = await a.cookie('agent1');
  const onDuty = async (at: TestDesk) => (await at.read<{ onDuty: string[] }>('/api/presence', cookie)).onDuty;
  expect(await onDuty(a)).toContain('agt_demo_3');
  await agent.command('presence.set', { state: 'away' });
  await watcher.next('presence.changed', (data) => !data.onDuty.includes('agt_demo_3'));
  expect(await onDuty(a)).not.toContain('agt_demo_3');
  await agent.command('presence.set', { state: 'online' });
  await watcher.next('presence.changed', (data) => data.onDuty.includes('agt_demo_3'));
  const heard = watcher.all('presence.changed').length;
  await c.app.close();
  while (
    watcher
      .all('presence.changed')
      .slice(heard)
      .every((data) => data.onDuty.includes('agt_demo_3'))
  ) {
    await watcher.next('presence.changed');
  }
  await c.close();
  expect(await onDuty(a)).not.toContain('agt_demo_3');
});

test('an agent on the other node is somebody there: no automatic reply', async () => {
  const agent = await b.agent('agent1');
  const buyer = await a.buyer();
  const { seq } = await buyer.command('message.send', { text: STOCK });
  await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId && data.seq === seq);
  await a.quiet();
  await buyer.command('typing', { on: false });
  expect(buyer.messages().map((message) => message.from)).toEqual(['buyer']);
});

test('of two who accept the same suggestion on two nodes one wins', async () => {
  const [near, far] = [await a.agent('agent1'), await b.agent('agent2')];
  for (let round = 0; round < 20; round++) {
    const buyer = await (round % 2 ? a : b).buyer();
    await buyer.command('message.send', { text: STOCK });
    const { suggestions } = await far.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
    const { conversationId } = buyer;
    const reply = {
      conversationId,
      text: suggestions.proposals[0]!.text,
      suggestion: { id: suggestions.id, position: 0 },
    };
    const both = await Promise.allSettled([near.command('message.send', reply), far.command('message.send', reply)]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'suggestion_settled' });
    await shown(buyer, conversationId, 2);
  }
});

test('the same command at both nodes at once is one message', async () => {
  const buyer = await a.buyer();
  const page = await openClient(b.url, { role: 'buyer', token: buyer.token });
  for (let round = 1; round <= 20; round++) {
    const acks = await Promise.all([
      buyer.command('message.send', { text: `第${round}条` }, `same-${round}`),
      page.command('message.send', { text: `第${round}条` }, `same-${round}`),
    ]);
    expect(acks.map((ack) => ack.seq)).toEqual([round, round]);
    expect(acks[0]!.messageId).toBe(acks[1]!.messageId);
  }
  await page.close();
});

test('the same order event fifty times at both nodes has one effect', async () => {
  const buyer = await a.buyer();
  const orderId = 'TWO-1';
  const data = { orderId, buyerId: buyer.buyerId, amount: 159, items: [{ title: '速干长裤', qty: 1 }] };
  const body = JSON.stringify({ type: 'order.created', at: new Date(clock.now()).toISOString(), data });
  const answers = await Promise.all(
    upTo(50).map(async (i) => {
      const response = await deliver((i % 2 ? a : b).app, clock, body, { id: 'dlv-two' });
      expect(response.status).toBe(200);
      return ((await response.json()) as { effect: string }).effect;
    }),
  );
  expect(answers.filter((effect) => effect === 'applied')).toHaveLength(1);
  expect(await a.followUps(buyer.buyerId, 'FU-04')).toHaveLength(1);
});

test('workers on both nodes send each reminder once, and each leaves once', async () => {
  const buyers = await Promise.all(upTo(12).map(() => a.buyer()));
  const closesAt = clock.now() + 10 * HOUR;
  for (const [i, buyer] of buyers.entries()) {
    await a.tell('order.created', {
      orderId: `DUE-${i}`,
      buyerId: buyer.buyerId,
      amount: 159,
      items: [{ title: '速干长裤', qty: 1 }],
      autoCloseAt: new Date(closesAt).toISOString(),
    });
    await buyer.command('message.send', { text: '裤子是四面弹的吗' });
  }
  await a.settle();
  const before = delivered.length;
  clock.advance(4 * HOUR);
  for (const feed of FEEDS) await a.app.ledger.orders.touchFeed(SHOP, feed, clock.now());
  await Promise.all([a.app.workers.sweep(), b.app.workers.sweep(), a.app.workers.sweep(), b.app.workers.sweep()]);
  await Promise.all([a.app.workers.sweep(), b.app.workers.sweep()]);
  for (const buyer of buyers) {
    const { message } = await buyer.next('message.appended', (data) => data.message.from === 'auto');
    expect(delivered.filter((key) => key === message.id)).toHaveLength(1);
    const [row] = await b.followUps(buyer.buyerId, 'FU-04');
    expect(row).toMatchObject({ state: 'sent' });
    await buyer.command('typing', { on: false });
    expect(buyer.messages().filter((one) => one.from === 'auto')).toHaveLength(1);
  }
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(delivered.length).toBeGreaterThanOrEqual(before + buyers.length);
});

test('what is approved on one is what the other proposes', async () => {
  const greeting = async (desk: TestDesk) =>
    (await desk.app.desk.libraries.of(SHOP)).scripts.find(({ id }) => id === 'SCR-01')!;
  await greeting(b);
  const cookie = await a.cookie('supervisor');
  const post = async (path: string, body: object) => {
    const response = await fetch(`${a.url}${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return await response.json();
  };
  const { status: _status, version: _version, ...script } = await greeting(a);
  const variants = [{ text: '您好呀，今天想看点什么呢', language: 'zh-Hans' }];
  const draft = await post('/api/library/drafts', { script: { ...script, variants }, group: 'greeting' });
  await post('/api/library/scripts/SCR-01', { action: 'approve', revision: draft.revision });
  await expect.poll(async () => (await greeting(b)).version).toBe(2);
  const agent = await b.agent('agent2');
  const buyer = await b.buyer();
  await buyer.command('message.send', { text: '在吗' });
  const { suggestions } = await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
  expect(suggestions.proposals.map(({ text }) => text)).toContain('您好呀，今天想看点什么呢');
});

describe('a countdown on two nodes', () => {
  const SECOND = 1000;
  beforeAll(async () => {
    for (const feed of FEEDS) await a.app.ledger.orders.touchFeed(SHOP, feed, clock.now());
    const shop = (await a.app.ledger.people.shop(SHOP))!;
    const rules = [{ intents: ['INT-PRE-*'], risk: 'low', hours: 'on_duty', mode: 'semi', delaySec: 5 }];
    const settings = ShopSettingsSchema.parse({ ...shop.settings, modes: { rules } });
    await a.app.ledger.people.saveShop({ ...shop, settings }, clock.now());
    for (const node of [a, b]) node.app.desk.window.forget(SHOP);
  });

  async function begin(agent: TestClient, round: number) {
    const buyer = await (round % 2 ? a : b).buyer();
    await buyer.command('message.send', { text: STOCK });
    const { pending } = await agent.next(
      'automatic.changed',
      (data) => data.conversationId === buyer.conversationId && data.pending !== undefined,
    );
    await Promise.all([a.settle(), b.settle()]);
    return { buyer, sendId: pending!.id };
  }
  const sentTo = async ({ conversationId }: TestBuyer) =>
    (await a.app.ledger.conversations.messages(SHOP, conversationId, 0, 50)).filter(({ from }) => from === 'auto');

  test('both look at once: one message', async () => {
    const agent = await b.agent('agent1');
    for (let round = 0; round < 15; round++) {
      const { buyer } = await begin(agent, round);
      clock.advance(5 * SECOND);
      await Promise.all([a.app.workers.sendDue(), b.app.workers.sendDue()]);
      const [message, ...others] = await sentTo(buyer);
      expect(others).toEqual([]);
      expect(delivered.filter((key) => key === message?.id)).toHaveLength(1);
    }
  });

  test.each([
    ['a stop', 'automatic.stop'],
    ['a take-over', 'conversation.takeOver'],
    ['a newer message', 'message.send'],
  ])('%s on one and the end on the other: one of them wins wholly', async (_name, type) => {
    const agent = await a.agent('agent2');
    for (let round = 0; round < 15; round++) {
      const { buyer, sendId } = await begin(agent, round);
      const { conversationId } = buyer;
      clock.advance(5 * SECOND);
      const acts: Record<string, () => Promise<unknown>> = {
        'automatic.stop': () => agent.command(type, { conversationId, sendId }),
        'conversation.takeOver': () => agent.command(type, { conversationId, on: true }),
        'message.send': () => buyer.command(type, { text: '等等' }),
      };
      await Promise.allSettled([acts[type]!(), b.app.workers.sendDue()]);
      const row = await a.app.ledger.automatic.find(SHOP, sendId);
      expect(['sent', 'voided']).toContain(row?.state);
      expect((await sentTo(buyer)).length).toBe(row?.state === 'sent' ? 1 : 0);
      const { messages } = await a.detail(conversationId, agent.cookie);
      // An answer that won stands before the newer message, never behind it.
      if (row?.state === 'sent') expect(messages[1]?.from).toBe('auto');
    }
  });
});
