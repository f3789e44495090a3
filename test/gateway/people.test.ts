/** Who may do what over HTTP: sign-in, sessions, visitors, roles, shops, and the shape of every refusal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SETTINGS } from '../../src/demo/demo-shop.ts';
import { hashPassword } from '../../src/gateway/passwords.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { HttpErrorSchema } from '../../src/protocol/http.ts';
import { HOUR, MINUTE, openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { openClient, type TestClient } from '../flow/test-client.ts';

const OTHER = 'other-shop';
const PASSWORD = 'a-long-password';

describe('the gateway', () => {
  let desk: TestDesk;
  const logged: string[] = [];

  beforeAll(async () => {
    await openMind();
    const log = createLogger('trace', { write: (line) => void logged.push(line) });
    desk = await startTestDesk({ config: { ALLOWED_ORIGINS: ['https://widget.example'] }, overrides: { log } });
    const { people, conversations } = desk.app.ledger;
    const now = desk.clock.now();
    await people.saveShop(
      { id: OTHER, name: '另一家店', tz: 'Asia/Shanghai', epoch: 'e2', settings: DEMO_SETTINGS },
      now,
    );
    const passwordHash = await hashPassword(PASSWORD);
    for (const role of ['agent', 'supervisor'] as const) {
      await people.saveAgent(
        { shopId: OTHER, id: `agt_other_${role}`, login: role, name: '别家', title: '客服', role, passwordHash },
        now,
      );
    }
    await people.saveBuyer(
      {
        shopId: OTHER,
        id: 'byr_other',
        channel: 'web',
        externalId: 'byr_other',
        name: '别家买家',
        tz: null,
        facts: {},
        profile: null,
        consent: {},
        optedOut: 'none',
        readAt: now,
      },
      now,
    );
    await conversations.open(OTHER, 'byr_other', 'web', 'cnv_other', now);
    await conversations.appendBuyerMessage({
      shopId: OTHER,
      conversationId: 'cnv_other',
      channel: 'web',
      key: 'first',
      messageId: 'msg_other',
      text: '在吗',
      sentAt: now,
    });
  });
  afterAll(() => desk?.close());

  function request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return fetch(`${desk.url}${path}`, { method, headers: { ...type, ...headers }, ...content });
  }

  async function refusal(response: Response): Promise<{ status: number; code: string; message: string }> {
    const { code, message } = HttpErrorSchema.parse(await response.json());
    return { status: response.status, code, message };
  }

  function signIn(login: string, password: string, headers?: Record<string, string>): Promise<Response> {
    return request('POST', '/api/session', { login, password }, headers);
  }

  async function cookieOf(response: Response): Promise<string> {
    expect(response.status).toBe(200);
    return response.headers.get('set-cookie')!.split(';')[0]!;
  }

  describe('signs agents in', () => {
    test('with a cookie that no script can read and no other site can send', async () => {
      const response = await signIn('agent1', 'huashu-agent1');
      expect(response.status).toBe(200);
      const cookie = response.headers.get('set-cookie')!;
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=(Lax|Strict)/i);
      expect(cookie).toMatch(/Path=\//i);
      expect(cookie).toMatch(/Max-Age=\d+/i);
      expect(cookie).not.toMatch(/Secure/i);
      const self = await response.json();
      expect(self).toMatchObject({ id: 'agt_demo_1', role: 'agent', shopId: 'demo' });
      expect(JSON.stringify(self)).not.toMatch(/password|argon2/i);
    });

    test('until the session ends by itself', async () => {
      const cookie = await cookieOf(await signIn('agent1', 'huashu-agent1'));
      expect((await request('GET', '/api/session', undefined, { cookie })).status).toBe(200);
      desk.clock.advance(15 * HOUR);
      const late = await request('GET', '/api/session', undefined, { cookie });
      desk.clock.advance(-15 * HOUR);
      expect(late.status).toBe(401);
    });

    test('and out: the session is of no use any more, on HTTP and on sockets', async () => {
      const cookie = await cookieOf(await signIn('agent1', 'huashu-agent1'));
      const out = await request('DELETE', '/api/session', undefined, { cookie });
      expect(out.status).toBe(204);
      expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/i);
      expect((await request('GET', '/api/conversations', undefined, { cookie })).status).toBe(401);
      await expect(openClient(desk.url, { role: 'agent', cookie })).rejects.toThrow('4401');
    });

    test.each([
      ['a wrong password', 'agent1', 'huashu-agent2'],
      ['an unknown login', 'nobody', 'huashu-agent1'],
      ['an unknown shop', 'nowhere/agent1', 'huashu-agent1'],
      ['the login of another shop', 'supervisor', PASSWORD],
    ])('but not with %s, and tells no more than that', async (_what, login, password) => {
      expect(await refusal(await signIn(login, password))).toEqual({
        status: 401,
        code: 'unauthorised',
        message: 'login or password is wrong',
      });
    });

    test('but not after too many failures, even at once, until five minutes have passed', async () => {
      const wrong = await Promise.all(Array.from({ length: 20 }, () => signIn(`${OTHER}/agent`, 'guess')));
      const codes = wrong.map((response) => response.status);
      expect(codes.filter((code) => code === 401)).toHaveLength(8);
      expect(codes.filter((code) => code === 429)).toHaveLength(12);
      expect(await refusal(await signIn(`${OTHER}/agent`, PASSWORD))).toMatchObject({ status: 429, code: 'too_many' });
      expect((await signIn(`${OTHER}/supervisor`, PASSWORD)).status).toBe(200);
      desk.clock.advance(5 * MINUTE + 1);
      expect((await signIn(`${OTHER}/agent`, PASSWORD)).status).toBe(200);
    });
  });

  describe('trusts no other site', () => {
    test.each([
      ['a sign-in', 'POST', '/api/session', { login: 'agent1', password: 'huashu-agent1' }],
      ['a sign-out', 'DELETE', '/api/session', undefined],
      ['a visitor', 'POST', '/api/visitor', {}],
    ])('%s from a page of another origin', async (_what, method, path, body) => {
      for (const origin of ['https://elsewhere.example', 'null', 'http://127.0.0.1.elsewhere.example']) {
        expect(await refusal(await request(method, path, body, { origin }))).toMatchObject({
          status: 403,
          code: 'forbidden',
        });
      }
    });

    test('but its own page and those it was told of', async () => {
      for (const origin of [desk.url, 'https://widget.example']) {
        expect((await request('POST', '/api/visitor', {}, { origin })).status).toBe(200);
      }
    });

    test('and sends the headers that keep its pages to itself', async () => {
      const { headers } = await request('GET', '/healthz');
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    });
  });

  describe('knows visitors by their tokens', () => {
    test('and shows a buyer only their own conversation', async () => {
      const [mine, theirs] = [await desk.buyer(), await desk.buyer()];
      await mine.command('message.send', { text: '我的问题' });
      await theirs.command('message.send', { text: '别人的问题' });
      const response = await request('GET', '/api/my/messages', undefined, { authorization: `Bearer ${mine.token}` });
      const { messages } = (await response.json()) as { messages: { text: string }[] };
      expect(messages[0]?.text).toBe('我的问题');
      expect(messages.map((message) => message.text)).not.toContain('别人的问题');
    });

    test.each([
      ['no token', {}],
      ['a token of nobody', { authorization: 'Bearer abc.def' }],
      ['another kind of header', { authorization: 'Basic YTpi' }],
    ])('not with %s', async (_what, headers) => {
      const response = await request('GET', '/api/my/messages', undefined, headers as Record<string, string>);
      expect(await refusal(response)).toMatchObject({ status: 401, code: 'unauthorised' });
    });

    test('and lets nobody take the name of a buyer who is no demo buyer', async () => {
      const response = await request('POST', '/api/visitor', { buyer: 'byr_other' });
      expect(await refusal(response)).toMatchObject({ status: 404 });
    });

    test('a buyer’s message to a resuming socket is their own even when they ask for more', async () => {
      const [mine, theirs] = [await desk.buyer(), await desk.buyer()];
      await theirs.command('message.send', { text: '不给别人看' });
      const curious = await openClient(desk.url, {
        role: 'buyer',
        token: mine.token,
        resume: { epoch: mine.epoch, seqs: { [theirs.conversationId]: 0, [mine.conversationId]: 0 } },
      });
      await curious.command('typing', { on: false });
      expect(curious.messages()).toEqual([]);
      await curious.close();
    });
  });

  describe('keeps roles apart', () => {
    const supervisors: [string, string, unknown][] = [
      ['GET', '/api/counters', undefined],
      ['POST', '/api/evaluate/intents', { lines: [] }],
      ['POST', '/api/evaluate/gate', { lines: [] }],
      ['POST', '/api/conversations/cnv_x/recorded', { text: 'x', key: 'k' }],
    ];
    test.each(supervisors)('%s %s is the supervisor’s', async (method, path, body) => {
      expect(await refusal(await request(method, path, body))).toMatchObject({ status: 401 });
      const agent = await desk.cookie('agent1');
      expect(await refusal(await request(method, path, body, { cookie: agent }))).toMatchObject({
        status: 403,
        code: 'forbidden',
      });
      const supervisor = await desk.cookie('supervisor');
      expect([200, 404]).toContain((await request(method, path, body, { cookie: supervisor })).status);
    });

    test.each([
      '/api/conversations',
      '/api/conversations/x',
      '/api/conversations/x/messages',
      '/api/scripts/search?q=a',
      '/api/owed',
      '/api/tasks',
      '/api/follow-ups?buyerId=b',
      '/api/presence',
      '/api/catalogue',
    ])('%s is for people of the desk', async (path) => {
      const { token } = (await (await request('POST', '/api/visitor', {})).json()) as { token: string };
      for (const headers of [{}, { authorization: `Bearer ${token}` }, { cookie: `huashu_session=${token}` }]) {
        const response = await request('GET', path, undefined, headers as Record<string, string>);
        expect(await refusal(response)).toMatchObject({ status: 401, code: 'unauthorised' });
      }
    });
  });

  describe('keeps shops apart', () => {
    let stranger: TestClient;
    let cookie: string;

    beforeAll(async () => {
      cookie = await cookieOf(await signIn(`${OTHER}/supervisor`, PASSWORD));
      stranger = await openClient(desk.url, { role: 'agent', cookie });
      await stranger.command('presence.set', { state: 'online' });
    });
    afterAll(() => stranger?.close());

    test('an agent of one sees, hears and touches nothing of another', async () => {
      const agent = await desk.agent('agent1');
      const buyer = await desk.buyer('demo-09');
      const { conversationId } = buyer;
      await buyer.command('message.send', { text: '裤子开线了' });
      const { suggestions } = await agent.next('turn.analysed', (data) => data.conversationId === conversationId);
      const commands: [string, object][] = [
        ['message.send', { conversationId, text: '您好' }],
        ['message.send', { conversationId, text: '您好', suggestion: { id: suggestions.id, position: 0 } }],
        [
          'message.send',
          { conversationId: 'cnv_other', text: '您好', suggestion: { id: suggestions.id, position: 0 } },
        ],
        ['conversation.open', { conversationId }],
        ['conversation.takeOver', { conversationId, on: true }],
        ['conversation.resolve', { conversationId }],
        ['typing', { conversationId, on: true }],
        ['gate.check', { conversationId, text: '您好' }],
        ['suggestion.dismiss', { suggestionId: suggestions.id, position: 0 }],
        ['task.done', { taskId: 'tsk_1' }],
      ];
      for (const [type, data] of commands) expect((await stranger.refused(type, data)).code).toBe('not_found');
      expect(
        await refusal(await request('GET', `/api/conversations/${conversationId}`, undefined, { cookie })),
      ).toMatchObject({ status: 404 });
      const recorded = await request(
        'POST',
        `/api/conversations/${conversationId}/recorded`,
        { text: 'x', key: 'k' },
        { cookie },
      );
      expect(recorded.status).toBe(404);
      const empty: [string, object][] = [
        [`/api/conversations/${conversationId}/messages`, { messages: [] }],
        ['/api/follow-ups?buyerId=demo-09', { followUps: [] }],
        ['/api/owed', { owed: [] }],
        ['/api/tasks', { tasks: [] }],
      ];
      for (const [path, nothing] of empty) expect(await desk.read(path, cookie)).toEqual(nothing);
      const list = await desk.read<{ conversations: { id: string }[] }>('/api/conversations', cookie);
      expect(list.conversations.map((row) => row.id)).toEqual(['cnv_other']);
      expect((await desk.read<{ onDuty: string[] }>('/api/presence', cookie)).onDuty).toEqual(['agt_other_supervisor']);
      expect(
        (await desk.read<{ agents: { id: string }[] }>('/api/catalogue', cookie)).agents.map((one) => one.id),
      ).toEqual(['agt_other_agent', 'agt_other_supervisor']);
      expect(stranger.messages()).toEqual([]);
      expect(stranger.all('turn.analysed')).toEqual([]);
      expect(stranger.all('conversation.changed').map((data) => data.conversation.id)).not.toContain(conversationId);
      const detail = await desk.detail(conversationId, agent.cookie);
      expect(detail.messages).toHaveLength(1);
      expect(detail.conversation.takenOverAt).toBeUndefined();
      expect(detail.suggestions?.state).toBe('live');
      await agent.close();
    });

    test('a resuming agent cannot ask for another shop’s messages', async () => {
      const buyer = await desk.buyer();
      await buyer.command('message.send', { text: '你好' });
      const curious = await openClient(desk.url, {
        role: 'agent',
        cookie,
        resume: { epoch: 'e2', seqs: { [buyer.conversationId]: 0 } },
      });
      expect(curious.welcome.resumed).toBe(true);
      await curious.command('presence.set', { state: 'away' });
      expect(curious.messages()).toEqual([]);
      await curious.close();
    });
  });

  describe('says what is wrong with a request', () => {
    const bad: [string, string, string, unknown, number, RegExp][] = [
      ['a body that is not JSON', 'POST', '/api/session', '{"login":', 400, /JSON/],
      ['a body that is a list', 'POST', '/api/session', [], 400, /body/],
      ['a missing field', 'POST', '/api/session', { login: 'a' }, 400, /body\.password/],
      ['a field too many', 'POST', '/api/session', { login: 'a', password: 'b', role: 'supervisor' }, 400, /role/],
      ['a field of a wrong type', 'POST', '/api/visitor', { buyer: 7 }, 400, /body\.buyer/],
      ['a limit that is no number', 'GET', '/api/conversations?limit=many', undefined, 400, /querystring\.limit/],
      ['a limit out of range', 'GET', '/api/conversations?limit=501', undefined, 400, /querystring\.limit/],
      ['an unknown status', 'GET', '/api/conversations?status=lost', undefined, 400, /querystring\.status/],
      ['an unknown parameter', 'GET', '/api/conversations?shop=other', undefined, 400, /shop/],
      ['a negative seq', 'GET', '/api/conversations/x/messages?after=-1', undefined, 400, /querystring\.after/],
      ['a path that is not there', 'GET', '/api/nothing', undefined, 404, /\/api\/nothing is not here/],
      ['a method that is not there', 'PUT', '/api/session', {}, 404, /PUT \/api\/session/],
      ['a conversation that is not there', 'GET', '/api/conversations/none', undefined, 404, /none/],
      ['a body too large', 'POST', '/api/visitor', { buyer: 'x'.repeat(70_000) }, 413, /large/i],
      ['U+0000 in a login', 'POST', '/api/session', { login: 'a\u0000', password: 'b' }, 400, /login/],
      ['U+0000 in a path', 'GET', '/api/conversations/a%00', undefined, 400, /params\.id/],
      ['U+0000 in a parameter', 'GET', '/api/follow-ups?buyerId=%00', undefined, 400, /buyerId/],
      ['U+0000 in a buyer’s name', 'POST', '/api/visitor', { buyer: '\u0000' }, 400, /buyer/],
    ];
    test.each(bad)('%s', async (_what, method, path, body, status, message) => {
      const cookie = await desk.cookie('supervisor');
      const told = await refusal(await request(method, path, body, { cookie }));
      expect(told.status).toBe(status);
      expect(told.message).toMatch(message);
    });
  });

  test('answers on its health, readiness and figures', async () => {
    expect(await (await request('GET', '/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await request('GET', '/readyz')).json()).toEqual({ status: 'ready' });
    const metrics = await request('GET', '/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    const text = await metrics.text();
    for (const name of [
      'huashu_sockets_open',
      'huashu_commands_total',
      'huashu_turn_seconds_count',
      'huashu_failures_total',
    ]) {
      expect(text).toContain(name);
    }
    expect(text).not.toMatch(/demo-09|agt_demo|裤子/);
  });

  test('is found by a search with the facts of a conversation', async () => {
    const cookie = await desk.cookie('agent1');
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text: '可以开发票吗' });
    await desk.settle();
    const path = `/api/scripts/search?q=${encodeURIComponent('发票')}&conversationId=${buyer.conversationId}`;
    const { scripts } = await desk.read<{ scripts: { scriptId: string; text: string; missing: string[] }[] }>(
      path,
      cookie,
    );
    const invoice = scripts.find((script) => script.scriptId.startsWith('SCR-48'))!;
    expect(invoice.missing).toEqual([]);
    expect(invoice.text).not.toMatch(/[{}]/);
  });

  test('writes no phone number, password or token into its log', async () => {
    logged.length = 0;
    const { log } = desk.app.desk;
    const phone = '13812345678';
    log.info({ text: `我的电话${phone}`, password: 'geheim', nested: { token: 'abcdef' } }, 'a line');
    log.warn({ err: new Error(`duplicate key (${phone})`) }, `call ${phone}`);
    log.info({ buyer: { address: { phone } }, list: [`给${phone}发短信`] }, 'nested');
    expect(logged).toHaveLength(3);
    expect(logged.join('')).not.toMatch(/13812345678|geheim|abcdef/);
    expect(logged.join('')).toContain('138****5678');
  });
});
