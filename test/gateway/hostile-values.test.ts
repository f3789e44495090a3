/** Values that bring a desk down where nobody looks for them: refused with their place, and nothing is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../src/cli/desk-client.ts';
import { DEMO_SETTINGS } from '../../src/demo/demo-shop.ts';
import { hashPassword } from '../../src/gateway/passwords.ts';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { openClient } from '../flow/test-client.ts';

const OTHER = 'other-shop';
const PASSWORD = 'a-long-password';

describe('the desk', () => {
  let desk: TestDesk;
  let supervisor: string;
  let conversationId: string;

  beforeAll(async () => {
    await openMind();
    desk = await startTestDesk();
    supervisor = await desk.cookie('supervisor');
    const buyer = await desk.buyer('demo-09');
    conversationId = buyer.conversationId;
    await buyer.command('message.send', { text: '裤子开线了，要退货' });
    await desk.settle();
  });
  afterAll(() => desk?.close());

  async function ask(method: string, path: string, body?: unknown, cookie = supervisor) {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${desk.url}${path}`, {
      method,
      headers: { cookie, ...(sent === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    return { status: response.status, text };
  }

  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  test.each(inherited)('takes no order, refund or parcel of the name %s', async (name) => {
    const events: [string, object][] = [
      ['order.paid', { orderId: name }],
      ['order.created', { orderId: name, buyerId: 'demo-09', amount: 1, items: [{ title: 'x' }] }],
      ['order.merged', { orderId: 'A-1', intoOrderId: name }],
      ['tracking.updated', { orderId: 'A-1', trackingNo: name, status: 'signed' }],
      ['refund.updated', { orderId: 'A-1', refundId: name, state: 'opened' }],
    ];
    for (const [type, data] of events) {
      const told = await desk.tell(type, data);
      expect(told.status).toBe(400);
      expect(await told.text()).toMatch(/Id|trackingNo/);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await ask('GET', `/api/conversations/${conversationId}`)).status).toBe(200);
  });

  test('takes no number of a change that its record cannot hold', async () => {
    const told = await ask('PUT', '/api/settings/hours', { basedOn: 2 ** 53 - 1 });
    expect(told.status).toBe(400);
    expect(told.text).toContain('body.basedOn');
  });

  test.each(['ledger', 'export'])('refuses U+0000 in a question to the %s', async (what) => {
    for (const name of ['orderId', 'buyerId']) {
      const told = await ask('GET', `/api/follow-ups/${what}?${name}=%00`);
      expect(told.status).toBe(400);
      expect(told.text).toContain(`querystring.${name}`);
    }
  });

  test('takes away a record that is not there without a fault, and refuses one nested without end', async () => {
    const path = `/api/conversations/${conversationId}/records/case`;
    expect((await ask('PUT', path, { basedOn: 0, value: null })).status).toBe(200);
    const nested = `${'['.repeat(25_000)}${']'.repeat(25_000)}`;
    const told = await ask('PUT', path, `{"basedOn":0,"value":{"open":${nested}}}`);
    expect(told.status).toBe(400);
    expect(told.text).toContain('body.value');
  });

  test('lets an agent end no task of the supervisor', async () => {
    const { ledger } = desk.app;
    const task = { shopId: 'demo', id: 'tsk_boss', kind: 'note', title: '只给主管' };
    await ledger.desk.addTask({ ...task, forRole: 'supervisor' }, desk.clock.now());
    const [agent, boss] = [await desk.agent('agent1'), await desk.agent('supervisor')];
    expect((await agent.refused('task.done', { taskId: task.id })).code).toBe('not_found');
    await boss.command('task.done', { taskId: task.id });
  });

  test('knows nothing of its ids in another shop', async () => {
    const { people, discounts, desk: tasks } = desk.app.ledger;
    const now = desk.clock.now();
    const shop = { id: OTHER, name: '另一家店', tz: 'Asia/Shanghai', epoch: 'e2', settings: DEMO_SETTINGS };
    await people.saveShop(shop, now);
    const passwordHash = await hashPassword(PASSWORD);
    const boss = { shopId: OTHER, id: 'agt_other', login: 'boss', name: '别家', title: '主管' };
    await people.saveAgent({ ...boss, role: 'supervisor', passwordHash }, now);
    await tasks.addTask({ shopId: 'demo', id: 'tsk_demo', kind: 'note', title: '任务' }, now);
    await discounts.save(
      'demo',
      {
        id: 'dsc_demo',
        conversationId,
        buyerName: '买家',
        state: 'asked',
        amount: 30,
        before: 0,
        reason: '老客户',
        by: { id: 'agt_demo_1', name: '客服' },
        at: now,
        answerBy: now + 60_000,
      },
      now + 3_600_000,
    );
    const { rows } = JSON.parse((await ask('GET', '/api/goods')).text) as { rows: { id: string }[] };
    const cookie = await signIn(desk.url, `${OTHER}/boss`, PASSWORD);
    const of = `/api/conversations/${conversationId}`;
    const discount = { amount: 5, reason: 'x' };
    const questions: [string, string, unknown?][] = [
      ['GET', of],
      ['PUT', `${of}/type`, { type: null }],
      ['POST', `${of}/recorded`, { text: 'x', key: 'k' }],
      ['POST', `${of}/clocks/settle`, { kind: 'answer' }],
      ['POST', `${of}/opt-in`, { reason: 'x' }],
      ['GET', `${of}/discounts`],
      ['POST', `${of}/discounts`, discount],
      ['POST', `${of}/discounts/ask`, discount],
      ['GET', `${of}/records`],
      ['GET', `${of}/records/case`],
      ['PUT', `${of}/records/case`, { basedOn: 0, value: { open: true } }],
      ['POST', '/api/discounts/dsc_demo/decide', { decision: 'refuse', note: 'x' }],
      ['POST', '/api/discounts/dsc_demo/take-back', { reason: 'x' }],
      ['GET', '/api/tasks/tsk_demo'],
      ['POST', '/api/corrections', { conversationId, seq: 1, intents: [] }],
      ['POST', '/api/modes/try', { text: 'x', hours: 'on_duty', conversationId }],
      ['GET', `/api/goods/products/${rows[0]!.id}`],
      ['PUT', `/api/goods/products/${rows[0]!.id}`, { field: 'price', value: 1 }],
    ];
    for (const [method, path, body] of questions) {
      expect((await ask(method, path, body, cookie)).status, `${method} ${path}`).toBe(404);
    }
    const stranger = await openClient(desk.url, { role: 'agent', cookie });
    const commands: [string, object][] = [
      ['automatic.stop', { conversationId, sendId: 'x' }],
      ['approval.ask', { conversationId, text: '您好', reason: 'x' }],
      ['approval.decide', { approvalId: 'apr_x', grant: true, note: '' }],
      ['task.done', { taskId: 'tsk_demo' }],
    ];
    for (const [type, data] of commands) expect((await stranger.refused(type, data)).code, type).toBe('not_found');
    await stranger.close();
    expect((await discounts.find('demo', 'dsc_demo'))?.state).toBe('asked');
  });
});
