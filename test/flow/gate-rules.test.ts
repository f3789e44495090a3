/** A shop's own gate rules: checked when saved, in force for the next text, back with one step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/protocol/turn.ts';
import type { TestBuyer } from './start-desk.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('gate rules on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient;
  let buyer: TestBuyer;
  let cookie: string;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
    buyer = await desk.buyer();
    cookie = await desk.cookie('supervisor');
    await buyer.command('message.send', { text: '在吗' });
    await agent.next('turn.analysed');
  });
  afterAll(() => desk?.close());

  async function post(path: string, body: object, as = cookie) {
    const response = await fetch(`${desk.url}${path}`, {
      method: 'POST',
      headers: { cookie: as, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async function judge(text: string): Promise<Verdict> {
    const ack = await agent.command('gate.check', { conversationId: buyer.conversationId, text });
    return ack.verdict!;
  }

  const RULES = { words: [{ text: '老铁', severity: 'B', id: 'SHOP-address', message: '本店不这样称呼' }] };

  test('are in force for the next text, in its disguises too', async () => {
    expect((await judge('好的老铁，马上帮您看')).decision).toBe('pass');
    const saved = await post('/api/gate-rules', { rules: RULES, basedOn: 0, note: '品牌要求' });
    expect(saved.body.versions.map(({ version }: { version: number }) => version)).toEqual([1]);
    const verdict = await judge('好的老 鐵，马上帮您看');
    expect(verdict).toMatchObject({
      decision: 'block',
      findings: [{ rule: 'SHOP-address', message: '本店不这样称呼' }],
    });
    const refused = await agent.refused('message.send', {
      conversationId: buyer.conversationId,
      text: '好的老铁，马上帮您看',
    });
    expect(refused.code).toBe('gate_blocked');
    expect((await agent.next('lists.changed', ({ lists }) => lists.includes('gateRules'))).lists).toContain(
      'gateRules',
    );
  });

  test('that cannot be used are refused with every place, and the ones in force stay', async () => {
    const rules = { words: [{ text: '', severity: 'X' }], severities: { rules: { 'TAB-09': 'off' } } };
    const { status, body } = await post('/api/gate-rules', { rules, basedOn: 1 });
    expect(status).toBe(400);
    expect(body.message).toMatch(/words\[0\]\.severity/);
    expect((await judge('好的老铁，马上帮您看')).decision).toBe('block');
  });

  test('may be tried before they are in force', async () => {
    const rules = { words: [{ text: '甩卖', severity: 'W' }] };
    const { body } = await post('/api/gate-rules/try', { rules, texts: ['大甩卖', '您好呀'] });
    expect(body.verdicts.map(({ decision }: Verdict) => decision)).toEqual(['warn', 'pass']);
    expect((await judge('这款大甩卖哦')).findings.some(({ rule }) => rule.startsWith('SHOP-'))).toBe(false);
    const broken = await post('/api/gate-rules/try', { rules: { words: 7 }, texts: ['x'] });
    expect(broken.body.problem).toMatch(/words/);
  });

  test('of two who save at once the slower is told', async () => {
    const answers = await Promise.all([1, 2].map(() => post('/api/gate-rules', { rules: {}, basedOn: 1 })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await judge('好的老铁，马上帮您看')).decision).toBe('pass');
  });

  test('are the supervisor’s', async () => {
    const asAgent = await desk.cookie('agent1');
    expect((await post('/api/gate-rules', { rules: {}, basedOn: 2 }, asAgent)).status).toBe(403);
    const response = await fetch(`${desk.url}/api/gate-rules`, { headers: { cookie: asAgent } });
    expect(response.status).toBe(403);
  });
});
