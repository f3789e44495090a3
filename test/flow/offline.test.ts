/** Nobody at the desk: one approved reply, the question kept, and the first line of the answer when somebody is back. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ShopSchedule } from '../../src/desk/shop-schedule.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { FEEDS } from '../../src/orders/ports.ts';
import type { OwedAnswer } from '../../src/protocol/records.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const DAY = 24 * HOUR;
/** After the demo shop's hours. */
const FIRST_NIGHT = Date.parse('2027-05-12T22:30:00+08:00');

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('nobody there, on $record and $redis', (engines) => {
  let desk: TestDesk;
  let night = FIRST_NIGHT;
  let atDesk: TestClient[] = [];
  const morning = () => night + 10 * HOUR + 35 * MINUTE;
  const replyHour = () => night + 11 * HOUR + 30 * MINUTE;

  beforeAll(async () => {
    desk = await startTestDesk({ engines, startAt: FIRST_NIGHT });
  });
  beforeEach(async () => {
    // A night of its own for every test, with facts as fresh as in the first.
    night += 3 * DAY;
    await goTo(night);
  });
  afterEach(async () => {
    for (const agent of atDesk) {
      await agent.command('presence.set', { state: 'away' });
      await agent.close();
    }
    atDesk = [];
  });
  afterAll(() => desk?.close());

  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed('demo', feed, ms);
  }

  async function signIn(login = 'agent1') {
    const agent = await desk.agent(login);
    atDesk.push(agent);
    return agent;
  }

  async function write(buyer: TestBuyer, text: string): Promise<number> {
    const { seq } = await buyer.command('message.send', { text });
    await shown(buyer);
    return seq!;
  }

  /** Everything that this led to is at the buyer. */
  async function shown(buyer: TestBuyer): Promise<void> {
    await desk.quiet();
    await buyer.command('typing', { on: false });
  }

  async function owed(buyer: TestBuyer): Promise<OwedAnswer[]> {
    const { owed: all } = await desk.read<{ owed: OwedAnswer[] }>('/api/owed', await desk.cookie());
    return all.filter((one) => one.conversationId === buyer.conversationId);
  }

  function automatic(buyer: TestBuyer): string[] {
    return buyer
      .messages()
      .filter((message) => message.from === 'auto')
      .map((message) => message.text);
  }

  test('a message gets one approved reply with the hours and the hour of return', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    const { message } = await buyer.next('message.appended', (data) => data.message.from === 'auto');
    expect(message.seq).toBe(2);
    expect(message.text).toContain('09:00');
    expect(message.text).toContain('10:00');
    const cookie = await desk.cookie();
    const detail = await desk.detail(buyer.conversationId, cookie);
    expect(detail.messages[1]?.script).toMatchObject({ id: 'SCR-04' });
    expect(await owed(buyer)).toEqual([
      {
        conversationId: buyer.conversationId,
        buyerName: detail.buyer.name,
        text: '轻量冲锋衣防水吗',
        askedAt: night,
        promisedAt: replyHour(),
      },
    ]);
    expect(detail.conversation.waitingSince).toBe(night);
  });

  test('an order placed right after the question takes no reply away', async () => {
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text: '轻量冲锋衣防水吗' });
    await desk.app.workers.idle();
    const items = [{ title: '轻量冲锋衣', sku: '藏青-M', qty: 1 }];
    const order = { orderId: `AWAY-${buyer.buyerId}`, buyerId: buyer.buyerId, amount: 399, items };
    expect((await desk.tell('order.created', order)).status).toBe(200);
    await shown(buyer);
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('the reply is not stacked: one for a burst, one for a night, and another the next night', async () => {
    const buyer = await desk.buyer();
    await Promise.all(['在吗', '有人吗', '轻量冲锋衣防水吗'].map((text) => buyer.command('message.send', { text })));
    await shown(buyer);
    expect(automatic(buyer)).toHaveLength(1);
    desk.clock.advance(8 * HOUR + MINUTE);
    await write(buyer, '还没人吗');
    expect(automatic(buyer)).toHaveLength(1);
    await goTo(night + DAY);
    await write(buyer, '晚上好');
    expect(automatic(buyer)).toHaveLength(2);
  });

  test('two absences within 8 hours are told of once', async () => {
    await goTo(night - 3.5 * HOUR);
    const buyer = await desk.buyer();
    await write(buyer, '在吗');
    expect(automatic(buyer)).toHaveLength(1);
    const agent = await signIn();
    await agent.command('message.send', { conversationId: buyer.conversationId, text: '在的，您请说' });
    await agent.command('presence.set', { state: 'away' });
    await goTo(night);
    await write(buyer, '轻量冲锋衣防水吗');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('who works at night ends the absence: the next one is told of, though the shop has not opened since', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '在吗');
    expect(automatic(buyer)).toHaveLength(1);
    desk.clock.advance(30 * MINUTE);
    const agent = await signIn();
    await desk.app.workers.sweep();
    await agent.command('presence.set', { state: 'away' });
    await goTo(night + 8.5 * HOUR);
    await write(buyer, '轻量冲锋衣防水吗');
    expect(automatic(buyer)).toHaveLength(2);
  });

  test('a day on which nobody comes is one absence while the shop is open', async () => {
    const agent = await signIn();
    await desk.app.workers.sweep();
    await agent.command('presence.set', { state: 'away' });
    const morningMs = night + 10.5 * HOUR;
    await goTo(morningMs);
    const buyer = await desk.buyer();
    await write(buyer, '在吗');
    expect(automatic(buyer)).toHaveLength(1);
    await goTo(morningMs + 9 * HOUR);
    await write(buyer, '还没有人吗');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('each buyer gets their own', async () => {
    const [first, second] = [await desk.buyer(), await desk.buyer()];
    await write(first, '在吗');
    await write(second, '在吗');
    expect(automatic(first)).toHaveLength(1);
    expect(automatic(second)).toHaveLength(1);
  });

  test('it goes out in an open dispute too, for it answers nothing', async () => {
    const buyer = await desk.buyer('demo-09');
    await write(buyer, '裤子开线了，我要投诉你们，马上退钱');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('it never goes over a person who was active in the last ten minutes', async () => {
    const agent = await signIn();
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
    const agent = await signIn();
    const buyer = await desk.buyer();
    await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: true });
    await agent.command('presence.set', { state: 'away' });
    desk.clock.advance(HOUR);
    await write(buyer, '在吗');
    expect(automatic(buyer)).toEqual([]);
    expect(await owed(buyer)).toHaveLength(1);
    await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: false });
    await write(buyer, '有人吗');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('with an agent at the desk nothing goes out by itself and nothing is owed', async () => {
    await signIn();
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    expect(automatic(buyer)).toEqual([]);
    expect(await owed(buyer)).toEqual([]);
  });

  test('the owed answer waits for the agent, whose first proposal takes the question up; answered, it is owed no more', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    await goTo(morning());
    const agent = await signIn();
    expect(await owed(buyer)).toMatchObject([{ promisedAt: replyHour() }]);
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
    expect(await owed(buyer)).toEqual([]);
    expect((await desk.detail(buyer.conversationId, agent.cookie)).conversation.waitingSince).toBeUndefined();
  });

  test('opening twice, or by two agents, leaves one live suggestion, in the name of one of them', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    await goTo(morning());
    const [one, two] = [await signIn('agent1'), await signIn('agent2')];
    const { conversationId } = buyer;
    await Promise.all([
      one.command('conversation.open', { conversationId }),
      two.command('conversation.open', { conversationId }),
    ]);
    await one.command('conversation.open', { conversationId });
    const live = (await desk.detail(conversationId, one.cookie)).suggestions!;
    expect(live.proposals[0]?.card).toBe('SCR-03');
    const accept = ({ id, proposals }: typeof live) => ({
      conversationId,
      text: proposals[0]!.text,
      suggestion: { id, position: 0 },
    });
    const named = live.proposals[0]!.text.includes('小禾') ? one : two;
    const other = named === one ? two : one;
    // The line says who writes: from anybody else it would be untrue, and is proposed anew in the right name.
    await expect(other.command('message.send', accept(live))).rejects.toMatchObject({ code: 'suggestion_stale' });
    const again = (await desk.detail(conversationId, one.cookie)).suggestions!;
    expect(again.proposals[0]).toMatchObject({ card: 'SCR-03' });
    expect(again.proposals[0]!.text).not.toBe(live.proposals[0]!.text);
    expect((await other.command('message.send', accept(again))).seq).toBe(3);
    expect((await desk.detail(conversationId, one.cookie)).suggestions).toBeUndefined();
  });

  test('a typed answer settles what is owed as well, an automatic reply does not', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    await goTo(morning());
    const agent = await signIn();
    expect(await owed(buyer)).toHaveLength(1);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: '防水指数8000毫米，小雨天没问题的',
    });
    expect(await owed(buyer)).toEqual([]);
  });

  test('nobody answers before the promised hour: the next shift is told by a task', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    await goTo(morning());
    await desk.app.workers.sweep();
    const cookie = await desk.cookie();
    const { tasks } = await desk.read<{ tasks: { rule?: string; conversationId?: string }[] }>('/api/tasks', cookie);
    expect(tasks).toContainEqual(expect.objectContaining({ rule: 'FU-29', conversationId: buyer.conversationId }));
    expect(automatic(buyer)).toHaveLength(1);
  });

  describe('with a schedule', () => {
    const everyDay = (spans: string[]) => ({
      mon: spans,
      tue: spans,
      wed: spans,
      thu: spans,
      fri: spans,
      sat: spans,
      sun: spans,
    });
    const WEEK = everyDay(['09:00-22:00']);
    afterEach(() => keep(undefined));

    async function keep(schedule: Partial<ShopSchedule> | undefined): Promise<void> {
      const { people } = desk.app.ledger;
      const shop = (await people.shop('demo'))!;
      const { schedule: _replaced, ...settings } = shop.settings;
      const changed = ShopSettingsSchema.parse(
        schedule ? { ...settings, schedule: { week: WEEK, ...schedule } } : settings,
      );
      await people.saveShop({ ...shop, settings: changed }, desk.clock.now());
      desk.app.desk.window.forget('demo');
    }

    /** The date so many days after the night, and a moment of it. */
    const dateAfter = (days: number) => new Date(night + days * DAY).toISOString().slice(0, 10);
    const at = (days: number, clock: string) => Date.parse(`${dateAfter(days)}T${clock}:00+08:00`);

    /** The reply, and the promise that the desk noted with it. */
    async function replyTo(buyer: TestBuyer, text: string) {
      await write(buyer, text);
      return { text: automatic(buyer).at(-1) ?? '', promised: (await owed(buyer))[0]?.promisedAt };
    }

    test('in a break the reply names the end of the break, and promises an answer by the closing of the day', async () => {
      await keep({ dates: { [dateAfter(1)]: ['09:00-12:00', '13:00-18:00'] } });
      await goTo(at(1, '12:30'));
      const { text, promised } = await replyTo(await desk.buyer(), '轻量冲锋衣防水吗');
      expect(text).toContain('今天13:00恢复在线（09:00-12:00、13:00-18:00）');
      expect(text).toContain('今天18:00前');
      expect(promised).toBe(at(1, '18:00'));
    });

    test('just before opening the promise is for the same day', async () => {
      await keep({});
      await goTo(at(1, '08:50'));
      const { text, promised } = await replyTo(await desk.buyer(), '轻量冲锋衣防水吗');
      expect(text).toContain('今天09:00恢复在线');
      expect(text).toContain('今天10:00前');
      expect(promised).toBe(at(1, '10:00'));
    });

    test('days off are counted in, by the reply, the owed answer and the timer', async () => {
      await keep({ dates: { [dateAfter(1)]: [], [dateAfter(2)]: [], [dateAfter(3)]: ['10:30-18:00'] } });
      const buyer = await desk.buyer();
      const { text, promised } = await replyTo(buyer, '轻量冲锋衣防水吗');
      const [, month, day] = dateAfter(3).split('-').map(Number);
      expect(text).toMatch(
        new RegExp(`周[一二三四五六日]（${month}月${day}日）10:30恢复在线（10:30-18:00|09:00-22:00）`),
      );
      expect(promised).toBe(at(4, '10:00'));
      await goTo(at(3, '10:35'));
      await desk.app.workers.sweep();
      const cookie = await desk.cookie();
      const { tasks } = await desk.read<{ tasks: { rule?: string; conversationId?: string; dueAt?: number }[] }>(
        '/api/tasks',
        cookie,
      );
      const task = tasks.find((one) => one.rule === 'FU-29' && one.conversationId === buyer.conversationId);
      expect(task).toBeDefined();
      night += 3 * DAY;
    });

    test('days off are one absence: it is told of once', async () => {
      await keep({ dates: { [dateAfter(1)]: [], [dateAfter(2)]: [] } });
      const buyer = await desk.buyer();
      await write(buyer, '在吗');
      await goTo(at(1, '23:00'));
      await write(buyer, '有人吗');
      expect(automatic(buyer)).toHaveLength(1);
      night += 3 * DAY;
    });

    test('the hours are those of the buyer’s channel', async () => {
      await keep({ channels: { web: { week: everyDay(['11:00-15:00']) } } });
      await goTo(at(1, '10:00'));
      const { text, promised } = await replyTo(await desk.buyer(), '轻量冲锋衣防水吗');
      expect(text).toContain('今天11:00恢复在线（11:00-15:00）');
      expect(promised).toBe(at(2, '10:00'));
    });

    test('in the hours, with nobody there, no opening is named, and the answer comes the same day', async () => {
      await keep({});
      await goTo(at(1, '15:00'));
      const buyer = await desk.buyer();
      const { text, promised } = await replyTo(buyer, '轻量冲锋衣防水吗');
      expect(text).toContain('今天22:00前');
      expect(text).not.toContain('恢复在线');
      expect(promised).toBe(at(1, '22:00'));
      // Whoever comes back first finds it, not the shift of the next day.
      await desk.app.workers.sweep();
      const { tasks } = await desk.read<{ tasks: { rule?: string; conversationId?: string; dueAt?: number }[] }>(
        '/api/tasks',
        await desk.cookie(),
      );
      const task = tasks.find((one) => one.rule === 'FU-29' && one.conversationId === buyer.conversationId);
      expect(task?.dueAt).toBe(promised);
    });

    test('the supervisor sees the warning of a year whose holidays nobody knows', async () => {
      await keep({ holidays: 'cn' });
      const { warnings } = await desk.read<{ warnings: unknown[] }>('/api/counters', await desk.cookie('supervisor'));
      expect(warnings).toEqual([{ kind: 'holidays_unknown', years: [2027] }]);
    });
  });
});
