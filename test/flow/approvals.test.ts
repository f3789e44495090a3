/** A blocked text and the supervisor: asked, decided, sent once, run out. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signIn } from '../../src/cli/desk-client.ts';
import { DEMO_AGENTS } from '../../src/demo/demo-people.ts';
import type { Approval, TrailEntry } from '../../src/protocol/library.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import type { Verdict } from '../../src/protocol/turn.ts';
import type { Gate } from '../../src/turn/ports.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import { openClient, type TestClient } from './test-client.ts';

const SHOP = 'demo';
const BLOCKED = '加我微信，私下转账给你便宜';
const REASON = '老客户，平台客服已同意';
/** A word that this desk blocks by a rule of its own while it is set. */
let extraWord: string | undefined;

type Agent = TestClient & { cookie: string };

/** The real gate, and one more word. */
function withExtraWord(gate: Gate): Gate {
  return {
    judge(text, context): Verdict {
      const verdict = gate.judge(text, context);
      const at = extraWord === undefined ? -1 : text.indexOf(extraWord);
      if (extraWord === undefined || at === -1) return verdict;
      const found = { rule: 'TAB-49' as const, severity: 'B' as const, message: '本店不说这个词', instead: [] };
      return {
        decision: 'block',
        findings: [...verdict.findings, { ...found, span: [at, at + extraWord.length] }],
      };
    },
  };
}

describe.each(DESK_ENGINES)('a blocked text on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: Agent;
  let other: Agent;
  let chief: Agent;
  let buyer: TestBuyer;

  beforeAll(async () => {
    const mind = await openMind();
    const gate = withExtraWord(mind.gate);
    desk = await startTestDesk({ engines, overrides: { mind: { ...mind, gate, gateWith: () => gate } } });
    agent = await desk.agent('agent1');
    other = await desk.agent('agent2');
    chief = await desk.agent('supervisor');
  });
  beforeEach(async () => {
    extraWord = undefined;
    buyer = await desk.buyer();
    await buyer.command('message.send', { text: '可以便宜点吗' });
    await desk.settle();
  });
  afterAll(() => desk?.close());

  const ask = async (who: TestClient = agent, text = BLOCKED) => {
    const question = { conversationId: buyer.conversationId, text, reason: REASON };
    return (await who.command('approval.ask', question)).approvalId!;
  };
  const decide = (approvalId: string, grant: boolean, note = '') =>
    chief.command('approval.decide', { approvalId, grant, note });
  const message = (approvalId: string, text = BLOCKED) => ({ conversationId: buyer.conversationId, text, approvalId });
  const granted = async () => {
    const id = await ask();
    await decide(id, true);
    return id;
  };
  const approvals = async (who: { cookie: string }) =>
    (await desk.read<{ approvals: Approval[] }>('/api/approvals', who.cookie)).approvals.filter(
      (one) => one.conversationId === buyer.conversationId,
    );
  const stateOf = async (id: string) => (await desk.app.ledger.approvals.find(SHOP, id))?.state;
  const said = () =>
    buyer
      .messages()
      .filter(({ from }) => from === 'agent')
      .map(({ text }) => text);
  const pushed = (who: TestClient) => who.next('lists.changed', ({ lists }) => lists.includes('approvals'));
  const audit = async (action: string, approvalId: string) => {
    const { entries } = await desk.read<{ entries: TrailEntry[] }>('/api/approvals/trail', chief.cookie);
    return entries.filter(
      (entry) => entry.action === action && (entry.data as { approvalId?: string }).approvalId === approvalId,
    );
  };

  test('is laid before the supervisors with its findings, the reason and the announced answer', async () => {
    const at = desk.clock.now();
    const id = await ask();
    await pushed(chief);
    const request = {
      id,
      text: BLOCKED,
      reason: REASON,
      state: 'asked',
      askedBy: { id: 'agt_demo_1', name: '小禾' },
      askedAt: at,
      answerBy: at + 15 * MINUTE,
    };
    const [seen] = await approvals(chief);
    expect(seen).toMatchObject(request);
    expect(seen!.findings.some(({ severity, span }) => severity === 'B' && span !== null)).toBe(true);
    expect(await approvals(agent)).toMatchObject([request]);
    expect(await approvals(other)).toEqual([]);
    expect(await audit('approval.asked', id)).toMatchObject([{ actor: { id: 'agt_demo_1' }, data: { text: BLOCKED } }]);
    expect(said()).toEqual([]);
  });

  test('is asked about once: again by the same agent it is the same request, by a colleague a conflict', async () => {
    const id = await ask();
    expect(await ask(agent, ` ${BLOCKED} `)).toBe(id);
    const question = { conversationId: buyer.conversationId, text: BLOCKED, reason: REASON };
    const refusal = await other.refused('approval.ask', question);
    expect(refusal).toMatchObject({ code: 'conflict' });
    expect(refusal.message).toContain('小禾');
    expect(await approvals(chief)).toHaveLength(1);
    await decide(id, true);
    expect(await ask()).toBe(id);
    expect(await ask(other)).not.toBe(id);
  });

  test.each([
    ['that the gate lets through', '您好，请稍等，我看一下', REASON, 'conflict'],
    ['that holds a placeholder', '您好{buyer.name}，订单已发出', REASON, 'gate_blocked'],
    ['without a reason', BLOCKED, ' ', 'bad_request'],
    ['without a visible character', ' ', REASON, 'bad_request'],
  ])('nobody is asked about a text %s', async (_name, text, reason, code) => {
    const question = { conversationId: buyer.conversationId, text, reason };
    expect((await agent.refused('approval.ask', question)).code).toBe(code);
    expect(await approvals(chief)).toEqual([]);
  });

  test('nobody is asked about a conversation of nobody', async () => {
    const question = { conversationId: 'cnv_none', text: BLOCKED, reason: REASON };
    expect((await agent.refused('approval.ask', question)).code).toBe('not_found');
  });

  test('is decided by a supervisor alone', async () => {
    const id = await ask();
    for (const who of [agent, other]) {
      const refusal = await who.refused('approval.decide', { approvalId: id, grant: true, note: '' });
      expect(refusal.code).toBe('forbidden');
    }
    expect(await stateOf(id)).toBe('asked');
    await expect(desk.read('/api/approvals/trail', agent.cookie)).rejects.toThrow('403');
    expect((await chief.refused('approval.decide', { approvalId: 'apr_none', grant: true, note: '' })).code).toBe(
      'not_found',
    );
  });

  test('granted, goes out once, and the trail says who approved what', async () => {
    const id = await ask();
    expect((await agent.refused('message.send', message(id))).code).toBe('gate_blocked');
    const at = desk.clock.now();
    await decide(id, true, '这位是老客户');
    await decide(id, true, '这位是老客户');
    expect(await approvals(agent)).toMatchObject([
      { state: 'granted', decidedBy: { name: '主管' }, decisionNote: '这位是老客户', validUntil: at + 15 * MINUTE },
    ]);
    const ack = await agent.command('message.send', message(id), `sent-${id}`);
    await buyer.next('message.appended', (data) => data.message.id === ack.messageId);
    expect(said()).toEqual([BLOCKED]);
    expect(await stateOf(id)).toBe('used');
    const again = await agent.command('message.send', message(id), `sent-${id}`);
    expect([again.seq, again.messageId]).toEqual([ack.seq, ack.messageId]);
    const refusal = await agent.refused('message.send', message(id));
    expect(refusal).toMatchObject({ code: 'gate_blocked' });
    expect(refusal.message).toContain('used');
    expect(await audit('approval.granted', id)).toMatchObject([
      { actor: { id: 'agt_demo_3' }, data: { askedBy: 'agt_demo_1', note: '这位是老客户' } },
    ]);
    const [used] = await audit('approval.used', id);
    expect(used).toMatchObject({
      actor: { id: 'agt_demo_1' },
      data: { messageId: ack.messageId, seq: ack.seq, decidedBy: 'agt_demo_3' },
    });
    expect((used!.data as { rules: string[] }).rules.length).toBeGreaterThan(0);
    expect(await approvals(agent)).toMatchObject([{ id, state: 'used' }]);
  });

  test('two sends by one grant at once: one goes out', async () => {
    const id = await granted();
    const send = (key: string) => agent.command('message.send', message(id), `${key}-${id}`).then(() => true);
    const results = await Promise.allSettled([send('a'), send('b')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await buyer.command('typing', { on: false });
    expect(said()).toEqual([BLOCKED]);
  });

  test('refused, the agent gets the note and nothing goes out', async () => {
    const id = await ask();
    expect((await chief.refused('approval.decide', { approvalId: id, grant: false, note: ' ' })).code).toBe(
      'bad_request',
    );
    await decide(id, false, '不能引导站外，请用活动价说明');
    expect(await approvals(agent)).toMatchObject([{ state: 'refused', decisionNote: '不能引导站外，请用活动价说明' }]);
    expect((await agent.refused('message.send', message(id))).code).toBe('gate_blocked');
    expect((await chief.refused('approval.decide', { approvalId: id, grant: true, note: '' })).code).toBe('conflict');
    expect(await approvals(chief)).toEqual([]);
    expect(await ask()).not.toBe(id);
  });

  test('a grant is for exactly that text, conversation and agent', async () => {
    const id = await granted();
    const stranger = await desk.buyer();
    const wrong: [TestClient, object][] = [
      [agent, message(id, `${BLOCKED}！`)],
      [agent, { ...message(id), conversationId: stranger.conversationId }],
      [other, message(id)],
      [agent, message('apr_none')],
    ];
    for (const [who, data] of wrong) expect((await who.refused('message.send', data)).code).toBe('gate_blocked');
    expect([said(), stranger.messages()]).toEqual([[], []]);
    await agent.command('message.send', message(id, `  ${BLOCKED}\n`));
    expect(await stateOf(id)).toBe('used');
  });

  test('a newer message of the buyer does not void the grant', async () => {
    const id = await granted();
    await buyer.command('message.send', { text: '在吗' });
    await agent.next('message.appended', (data) => data.message.text === '在吗');
    await agent.command('message.send', message(id));
    expect(await stateOf(id)).toBe('used');
  });

  test('what the supervisor did not see blocks again, and is asked about anew', async () => {
    const id = await granted();
    extraWord = '便宜';
    const refusal = await agent.refused('message.send', message(id));
    expect(refusal).toMatchObject({ code: 'gate_blocked', message: 'gate_blocked: TAB-49 本店不说这个词' });
    expect(await stateOf(id)).toBe('granted');
    const next = await ask();
    expect(next).not.toBe(id);
    expect(await stateOf(id)).toBe('expired');
    await decide(next, true);
    await agent.command('message.send', message(next));
    expect(await stateOf(next)).toBe('used');
  });

  test('a text that nothing blocks any more goes out, and uses its grant up', async () => {
    extraWord = '羽绒';
    const text = '您好，这款羽绒是新到的，我帮您看看尺码';
    const id = await ask(agent, text);
    await decide(id, true);
    extraWord = undefined;
    await agent.command('message.send', message(id, text));
    expect(await stateOf(id)).toBe('used');
  });

  test('nobody answers in a quarter of an hour: a task says so; in an hour it is over', async () => {
    const tasks = async () => {
      const { tasks: all } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie('supervisor'));
      return all.filter((task) => task.conversationId === buyer.conversationId && task.rule === 'FU-45');
    };
    const id = await ask();
    const { answerBy, askedAt } = (await desk.app.ledger.approvals.find(SHOP, id))!;
    desk.clock.set(answerBy - 1);
    await desk.app.workers.sweep();
    expect(await tasks()).toEqual([]);
    desk.clock.set(answerBy);
    await desk.app.workers.sweep();
    expect(await tasks()).toHaveLength(1);
    desk.clock.set(askedAt + HOUR);
    await desk.app.workers.sweep();
    expect(await stateOf(id)).toBe('asked');
    desk.clock.advance(1);
    await desk.app.workers.sweep();
    expect(await stateOf(id)).toBe('expired');
    expect(await tasks()).toEqual([]);
    expect((await chief.refused('approval.decide', { approvalId: id, grant: true, note: '' })).code).toBe('conflict');
    expect(await approvals(agent)).toMatchObject([{ state: 'expired' }]);
  });

  test('a decision ends the reminder', async () => {
    await granted();
    const reminder = await desk.followUps(buyer.buyerId, 'FU-45');
    expect(reminder).toMatchObject([{ state: 'cancelled' }]);
  });

  test('a grant runs out after a quarter of an hour', async () => {
    const id = await granted();
    const { validUntil } = (await desk.app.ledger.approvals.find(SHOP, id))!;
    desk.clock.set(validUntil!);
    expect((await agent.refused('message.send', message(id))).code).toBe('gate_blocked');
    await desk.app.workers.sweep();
    expect(await stateOf(id)).toBe('expired');
  });

  test('the only supervisor has nobody to ask: granted at once, and the trail says so', async () => {
    const id = await ask(chief);
    expect(await approvals(chief)).toMatchObject([{ id, state: 'granted', decisionNote: REASON }]);
    expect(await audit('approval.granted', id)).toMatchObject([{ actor: { id: 'agt_demo_3' }, data: { alone: true } }]);
    await chief.command('message.send', message(id));
    expect(await stateOf(id)).toBe('used');
  });

  test('with a second supervisor nobody decides on their own', async () => {
    const { passwordHash, ...first } = (await desk.app.ledger.people.agentByLogin(SHOP, 'supervisor'))!;
    const second = { ...first, id: 'agt_second', login: 'second', name: '值班主管' };
    await desk.app.ledger.people.saveAgent({ ...second, passwordHash }, desk.clock.now());
    const { password } = DEMO_AGENTS.find(({ login }) => login === 'supervisor')!;
    const deputy = await openClient(desk.url, { role: 'agent', cookie: await signIn(desk.url, 'second', password) });
    const id = await ask(chief);
    expect(await stateOf(id)).toBe('asked');
    const refusal = await chief.refused('approval.decide', { approvalId: id, grant: true, note: '' });
    expect(refusal.code).toBe('forbidden');
    await deputy.command('approval.decide', { approvalId: id, grant: true, note: '' });
    await chief.command('message.send', message(id));
    expect(await stateOf(id)).toBe('used');
    await deputy.close();
  });
});
