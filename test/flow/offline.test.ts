/** Nobody at the desk: one approved reply, the question kept, and the first line of the answer when somebody is back. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OwedAnswer } from '../../src/protocol/records.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';

/** The evening before the desk's afternoon: after the demo shop's hours. */
const NIGHT = Date.parse('2027-05-12T22:30:00+08:00');
const NEXT_MORNING = Date.parse('2027-05-13T09:05:00+08:00');
const REPLY_HOUR = Date.parse('2027-05-13T10:00:00+08:00');

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('nobody there, on $record and $redis', (engines) => {
  let desk: TestDesk;

  async function start(startAt = NIGHT): Promise<void> {
    desk = await startTestDesk({ engines, startAt });
  }
  afterEach(() => desk?.close());

  async function write(buyer: TestBuyer, text: string): Promise<number> {
    const { seq } = await buyer.command('message.send', { text });
    await desk.settle();
    return seq!;
  }

  async function owed(cookie: string): Promise<OwedAnswer[]> {
    return (await desk.read<{ owed: OwedAnswer[] }>('/api/owed', cookie)).owed;
  }

  function automatic(buyer: TestBuyer): string[] {
    return buyer
      .messages()
      .filter((message) => message.from === 'auto')
      .map((message) => message.text);
  }

  test('a message gets one approved reply with the hours and the hour of return', async () => {
    await start();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    const { message } = await buyer.next('message.appended', (data) => data.message.from === 'auto');
    expect(message.seq).toBe(2);
    expect(message.text).toContain('09:00');
    expect(message.text).toContain('10:00');
    const cookie = await desk.cookie();
    const detail = await desk.detail(buyer.conversationId, cookie);
    expect(detail.messages[1]?.script).toMatchObject({ id: 'SCR-04' });
    expect(await owed(cookie)).toEqual([
      {
        conversationId: buyer.conversationId,
        buyerName: detail.buyer.name,
        text: '轻量冲锋衣防水吗',
        askedAt: NIGHT,
        promisedAt: REPLY_HOUR,
      },
    ]);
    expect(detail.conversation.waitingSince).toBe(NIGHT);
  });

  test('the reply is not stacked: not in a burst, not within 8 hours, but again after them', async () => {
    await start();
    const buyer = await desk.buyer();
    await Promise.all(['在吗', '有人吗', '轻量冲锋衣防水吗'].map((text) => buyer.command('message.send', { text })));
    await desk.settle();
    expect(automatic(buyer)).toHaveLength(1);
    desk.clock.advance(7 * HOUR + 59 * MINUTE);
    await write(buyer, '还没人吗');
    expect(automatic(buyer)).toHaveLength(1);
    desk.clock.advance(MINUTE + 1);
    await write(buyer, '早上好');
    expect(automatic(buyer)).toHaveLength(2);
  });

  test('each buyer gets their own', async () => {
    await start();
    const [first, second] = [await desk.buyer(), await desk.buyer()];
    await write(first, '在吗');
    await write(second, '在吗');
    expect(automatic(first)).toHaveLength(1);
    expect(automatic(second)).toHaveLength(1);
  });

  test('it goes out in an open dispute too, for it answers nothing', async () => {
    await start();
    const buyer = await desk.buyer('demo-09');
    await write(buyer, '裤子开线了，我要投诉你们，马上退钱');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('it never goes over a person who was active in the last ten minutes', async () => {
    await start();
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    await write(buyer, '你好');
    await agent.command('message.send', { conversationId: buyer.conversationId, text: '您好，我马上帮您看' });
    await agent.command('presence.set', { state: 'away' });
    desk.clock.advance(9 * MINUTE);
    await write(buyer, '还在吗');
    expect(automatic(buyer)).toEqual([]);
    desk.clock.advance(2 * MINUTE);
    await write(buyer, '人呢');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('it does not go into a conversation that a person has taken over', async () => {
    await start();
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: true });
    await agent.command('presence.set', { state: 'away' });
    desk.clock.advance(HOUR);
    await write(buyer, '在吗');
    expect(automatic(buyer)).toEqual([]);
    expect(await owed(agent.cookie)).toHaveLength(1);
    await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: false });
    await write(buyer, '有人吗');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('with an agent at the desk nothing goes out by itself and nothing is owed', async () => {
    await start();
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    expect(automatic(buyer)).toEqual([]);
    expect(await owed(agent.cookie)).toEqual([]);
  });

  test('the owed answer waits for the agent, whose first proposal takes the question up; answered, it is owed no more', async () => {
    await start();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    desk.clock.set(NEXT_MORNING);
    const agent = await desk.agent();
    expect(await owed(agent.cookie)).toMatchObject([{ conversationId: buyer.conversationId, promisedAt: REPLY_HOUR }]);
    await agent.command('conversation.open', { conversationId: buyer.conversationId });
    const { suggestions, seq } = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId,
    );
    expect(seq).toBe(1);
    const [first] = suggestions.proposals;
    expect(first?.card).toBe('SCR-03');
    expect(first?.text).toContain('轻量冲锋衣防水吗');
    expect((await desk.detail(buyer.conversationId, agent.cookie)).suggestions?.id).toBe(suggestions.id);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: first!.text,
      suggestion: { id: suggestions.id, position: 0 },
    });
    await buyer.next('message.appended', (data) => data.message.text === first!.text);
    expect(await owed(agent.cookie)).toEqual([]);
    expect((await desk.detail(buyer.conversationId, agent.cookie)).conversation.waitingSince).toBeUndefined();
  });

  test('opening twice, or by two agents, leaves one live suggestion', async () => {
    await start();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    desk.clock.set(NEXT_MORNING);
    const [one, two] = [await desk.agent('agent1'), await desk.agent('agent2')];
    const { conversationId } = buyer;
    await Promise.all([
      one.command('conversation.open', { conversationId }),
      two.command('conversation.open', { conversationId }),
    ]);
    await one.command('conversation.open', { conversationId });
    const live = (await desk.detail(conversationId, one.cookie)).suggestions!;
    expect(live.proposals[0]?.card).toBe('SCR-03');
    const accepted = { conversationId, text: live.proposals[0]!.text, suggestion: { id: live.id, position: 0 } };
    expect((await two.command('message.send', accepted)).seq).toBe(3);
    expect((await desk.detail(conversationId, one.cookie)).suggestions).toBeUndefined();
  });

  test('a typed answer settles what is owed as well, an automatic reply does not', async () => {
    await start();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    desk.clock.set(NEXT_MORNING);
    const agent = await desk.agent();
    expect(await owed(agent.cookie)).toHaveLength(1);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: '防水指数8000毫米，小雨天没问题的',
    });
    expect(await owed(agent.cookie)).toEqual([]);
  });

  test('nobody answers before the promised hour: the next shift is told by a task', async () => {
    await start();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    desk.clock.set(NEXT_MORNING);
    await desk.app.workers.sweep();
    const cookie = await desk.cookie();
    const { tasks } = await desk.read<{ tasks: { rule?: string; conversationId?: string }[] }>('/api/tasks', cookie);
    expect(tasks).toContainEqual(expect.objectContaining({ rule: 'FU-29', conversationId: buyer.conversationId }));
    expect(automatic(buyer)).toHaveLength(1);
  });
});
