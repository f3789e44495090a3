/** Emergencies: a task at once, and a signed call to the person on call while nobody answers. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verifyWebhook } from '../../src/gateway/verify-webhook.ts';
import type { CallView } from '../../src/protocol/on-call.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';

const DAY = 24 * HOUR;
const NIGHT = Date.parse('2027-05-12T23:30:00+08:00');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** What came in at the other end. */
interface Delivery {
  headers: IncomingMessage['headers'];
  body: Buffer;
}

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('the call to the person on call, on $record and $redis', (engines) => {
  let desk: TestDesk;
  let server: Server;
  let url: string;
  let night = NIGHT;
  let deliveries: Delivery[] = [];
  let answer: { status: number; location?: string } = { status: 204 };

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      deliveries.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}/on-call`;
    desk = await startTestDesk({ engines, startAt: NIGHT, config: { WEBHOOK_ALLOW_PRIVATE: true } });
  });
  beforeEach(async () => {
    night += 2 * DAY;
    desk.clock.set(night);
    deliveries = [];
    answer = { status: 204 };
    await save({ url, secret: SECRET, roster: { always: '小禾' } });
  });
  afterEach(async () => {
    // What a test left open must not call in the next one.
    for (let round = 0; round < 15; round++) {
      desk.clock.advance(HOUR);
      await desk.app.workers.sweep();
    }
  });
  afterAll(async () => {
    await desk?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  async function put(value: object | undefined) {
    const cookie = await desk.cookie('supervisor');
    const { revision } = await desk.read<{ revision: number }>('/api/settings', cookie);
    const response = await fetch(`${desk.url}/api/settings/onCall`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: revision, value }),
    });
    return { status: response.status, text: await response.text() };
  }

  async function save(value: object | undefined): Promise<void> {
    const saved = await put(value);
    if (saved.status !== 200) throw new Error(saved.text);
  }

  async function write(buyer: TestBuyer, text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.settle();
    await desk.app.workers.sweep();
  }

  async function calls(): Promise<CallView[]> {
    return (await desk.read<{ calls: CallView[] }>('/api/clocks/today', await desk.cookie('supervisor'))).calls;
  }
  const callOf = async (buyer: TestBuyer) =>
    (await calls()).find(({ conversationId }) => conversationId === buyer.conversationId);

  async function emergencies(buyer: TestBuyer): Promise<TaskView[]> {
    const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie('supervisor'));
    return tasks.filter((task) => task.kind === 'emergency' && task.conversationId === buyer.conversationId);
  }

  test('wakes the person at night with a signed call that tells no more than is needed', async () => {
    const buyer = await desk.buyer('demo-03');
    await write(buyer, '充电的时候冒烟了差点着火，我电话13812345678快联系我');
    expect(deliveries).toHaveLength(1);
    const { headers, body } = deliveries[0]!;
    const head = (name: string) => String(headers[name]);
    const signed = {
      id: head('webhook-id'),
      timestamp: head('webhook-timestamp'),
      signature: head('webhook-signature'),
    };
    expect(verifyWebhook(SECRET, signed, body, desk.clock.now())).toEqual({ id: signed.id });
    const call = JSON.parse(String(body));
    expect(call).toMatchObject({ type: 'emergency', data: { kind: 'fire', person: '小禾', shopId: 'demo' } });
    expect(call.data.excerpt).toContain('冒烟');
    expect(String(body)).not.toMatch(/13812345678|买家03/);
    expect(await emergencies(buyer)).toHaveLength(1);
    expect(await callOf(buyer)).toMatchObject({ state: 'sent', attempts: 1, person: '小禾' });
    const trail = await desk.app.ledger.desk.trail('demo', 'emergency.', 5);
    expect(trail.map(({ action }) => action)).toContain('emergency.call.sent');
  });

  test('an everyday night message wakes nobody', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '笑死我了，这价格要命，能便宜点吗');
    expect(deliveries).toEqual([]);
    expect(await emergencies(buyer)).toEqual([]);
  });

  test('one buyer wakes nobody twice within the quiet time, and another one does', async () => {
    const [buyer, other] = [await desk.buyer(), await desk.buyer()];
    await write(buyer, '孩子被划伤流血了');
    desk.clock.advance(10 * MINUTE);
    await write(buyer, '还在流血不止，快点');
    await write(other, '插座漏电，我被电到了');
    expect(deliveries).toHaveLength(2);
    desk.clock.advance(2 * HOUR);
    await write(buyer, '现在送医院了');
    expect(deliveries).toHaveLength(3);
  });

  test('with people there the call waits for their answer, and goes out when none comes', async () => {
    const agent = await desk.agent();
    const [answered, left] = [await desk.buyer(), await desk.buyer()];
    await write(answered, '再不处理我就报警了');
    await write(left, '我要去法院起诉你们');
    expect(deliveries).toEqual([]);
    await agent.command('message.send', {
      conversationId: answered.conversationId,
      text: '您好，我马上为您核实',
      warningsRead: true,
    });
    desk.clock.advance(10 * MINUTE);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(1);
    expect((await callOf(answered))?.state).toBe('answered');
    expect((await callOf(left))?.state).toBe('sent');
    await agent.command('presence.set', { state: 'away' });
  });

  test('a call that is not taken is tried again with the same id, each time later', async () => {
    answer = { status: 500 };
    const buyer = await desk.buyer();
    await write(buyer, '我真的不想活了');
    expect(deliveries).toHaveLength(1);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(1);
    desk.clock.advance(15_000);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(2);
    desk.clock.advance(15_000);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(2);
    answer = { status: 200 };
    desk.clock.advance(15_000);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(3);
    expect(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await callOf(buyer)).toMatchObject({ state: 'sent', attempts: 3 });
  });

  test('a redirect is not followed', async () => {
    answer = { status: 302, location: url };
    await write(await desk.buyer(), '着火了');
    expect(deliveries).toHaveLength(1);
    expect((await calls())[0]).toMatchObject({ state: 'waiting', problem: 'answered 302' });
  });

  test('a caller that died is followed by another; two at once take one call once', async () => {
    answer = { status: 500 };
    const buyer = await desk.buyer();
    await write(buyer, '房子起火了');
    answer = { status: 200 };
    desk.clock.advance(20_000);
    const store = desk.app.ledger.calls;
    const taken = await Promise.all([0, 1, 2].map(() => store.claim('demo', desk.clock.now(), 30_000, 10)));
    expect(taken.flat()).toHaveLength(1);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(1);
    desk.clock.advance(31_000);
    await desk.app.workers.sweep();
    expect(deliveries).toHaveLength(2);
    expect(await store.finish(taken.flat()[0]!, { state: 'failed', nextMs: 0 }, desk.clock.now())).toBe(false);
    expect((await callOf(buyer))?.state).toBe('sent');
  });

  test('nobody is called outside the roster, and what does not count is a task only', async () => {
    const noon = { person: '小满', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], hours: '12:00-13:00' };
    await save({ url, secret: SECRET, roster: [noon], counts: ['fire'] });
    desk.clock.advance(5000);
    const [burning, cross] = [await desk.buyer(), await desk.buyer()];
    await write(burning, '烧起来了，冒烟');
    await write(cross, '我要报警');
    expect(deliveries).toEqual([]);
    expect(await callOf(burning)).toMatchObject({ state: 'nobody' });
    expect(await callOf(cross)).toBeUndefined();
    expect(await emergencies(cross)).toHaveLength(1);
  });

  test('the secret is taken in and never shown again: not in the settings, not in the trail', async () => {
    const cookie = await desk.cookie('supervisor');
    const { parts } = await desk.read<{ parts: { onCall: { secret: string } } }>('/api/settings', cookie);
    expect(parts.onCall.secret).toBe('********');
    await save({ ...parts.onCall, quietMinutes: 5 });
    const { settings } = await desk.app.ledger.people.settings('demo');
    expect(settings.onCall).toMatchObject({ secret: SECRET, quietMinutes: 5 });
    const trail = JSON.stringify(await desk.app.ledger.desk.trail('demo', 'settings', 50));
    expect(trail).not.toContain(SECRET.slice(6, 20));
    expect(await put({ url, secret: 'whsec_short', roster: { always: 'x' } })).toMatchObject({ status: 400 });
  });

  test('a test call says whether it arrived', async () => {
    const callNow = async () => {
      const response = await fetch(`${desk.url}/api/on-call/test`, {
        method: 'POST',
        headers: { cookie: await desk.cookie('supervisor') },
      });
      return { status: response.status, body: await response.json() };
    };
    expect(await callNow()).toEqual({ status: 200, body: { delivered: true } });
    expect(JSON.parse(String(deliveries[0]!.body))).toMatchObject({ type: 'test', data: { person: '小禾' } });
    answer = { status: 404 };
    expect((await callNow()).body).toEqual({ delivered: false, problem: 'answered 404' });
    await save(undefined);
    expect((await callNow()).status).toBe(404);
  });
});
