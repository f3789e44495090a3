/** Texts that leave by themselves: once, never over a person, never late, never untrue. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FEEDS } from '../../src/orders/ports.ts';
import type { ModeRule, PendingSend, SendEnd, TriedMode } from '../../src/protocol/modes.ts';
import type { Message } from '../../src/protocol/records.ts';
import type { GateContext, Verdict } from '../../src/protocol/turn.ts';
import type { Gate } from '../../src/turn/ports.ts';
import {
  AFTERNOON,
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  QUIET_MS,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
} from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const SECOND = 1000;
const DAY = 24 * HOUR;
const SHIPPING = '发什么快递，几天能到？';
const STOCK = '轻量冲锋衣藏青M码有货吗';
const DELAY_SEC = 12;
const NIGHT = Date.parse('2027-05-12T22:30:00+08:00');

const SEMI: Partial<ModeRule> = {
  intents: ['INT-PRE-*', 'INT-LOG-*'],
  risk: 'low',
  hours: 'on_duty',
  mode: 'semi',
  delaySec: DELAY_SEC,
};
const AUTO: Partial<ModeRule> = { intents: ['INT-PRE-*', 'INT-LOG-*'], risk: 'low', hours: 'off_hours', mode: 'auto' };

/** What the gate warns of here: nothing, or every text that no person reads. */
let warns = false;

function withWarnings(gate: Gate): Gate {
  return {
    judge(text: string, context: GateContext): Verdict {
      if (!warns || context.mode !== 'O') return gate.judge(text, context);
      const finding = { rule: 'TAB-06' as const, severity: 'W' as const, span: null, message: '太硬', instead: [] };
      return { decision: 'warn', findings: [finding] };
    },
  };
}

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('sent by itself, on $record and $redis', (engines) => {
  let desk: TestDesk;
  let supervisor: string;
  let atDesk: TestClient[] = [];
  let day = AFTERNOON;

  beforeAll(async () => {
    const mind = await openMind();
    const gate = withWarnings(mind.gate);
    desk = await startTestDesk({ engines, overrides: { mind: { ...mind, gate, gateWith: () => gate } } });
  });
  afterAll(() => desk?.close());
  beforeEach(async () => {
    warns = false;
    day += DAY;
    await goTo(day);
    await setModes({ rules: [SEMI, AUTO] });
  });
  afterEach(async () => {
    for (const agent of atDesk) {
      await agent.command('presence.set', { state: 'away' });
      await agent.close();
    }
    atDesk = [];
  });

  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed('demo', feed, ms);
    supervisor = await desk.cookie('supervisor');
    desk.app.desk.window.forget('demo');
  }

  async function setModes(value: object): Promise<{ status: number; message?: string }> {
    const { revision } = await desk.read<{ revision: number }>('/api/settings', supervisor);
    const response = await fetch(`${desk.url}/api/settings/modes`, {
      method: 'PUT',
      headers: { cookie: supervisor, 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: revision, value }),
    });
    const body = (await response.json()) as { message?: string };
    return { status: response.status, ...body };
  }

  async function signIn(login = 'agent1') {
    const agent = await desk.agent(login);
    atDesk.push(agent);
    return agent;
  }

  /** A buyer asks, and the countdown is on every console. */
  async function begin(agent: TestClient, text = SHIPPING) {
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text });
    const pending = await pendingAt(agent, buyer);
    return { buyer, pending };
  }

  async function pendingAt(agent: TestClient, buyer: TestBuyer): Promise<PendingSend> {
    const { pending } = await agent.next(
      'automatic.changed',
      (data) => data.conversationId === buyer.conversationId && data.pending !== undefined,
    );
    return pending!;
  }

  async function endAt(agent: TestClient, { id }: PendingSend): Promise<SendEnd> {
    const { ended } = await agent.next('automatic.changed', (data) => data.ended?.id === id);
    return ended!.reason;
  }

  /** Lets the countdown end. */
  async function elapse(ms = DELAY_SEC * SECOND): Promise<void> {
    await desk.settle();
    desk.clock.advance(ms);
    await desk.app.workers.sendDue();
  }

  async function messages(buyer: TestBuyer): Promise<Message[]> {
    return await desk.app.ledger.conversations.messages('demo', buyer.conversationId, 0, 100);
  }

  const automatic = async (buyer: TestBuyer) => (await messages(buyer)).filter(({ from }) => from === 'auto');
  const detail = (buyer: TestBuyer) => desk.detail(buyer.conversationId, supervisor);

  describe('after a countdown', () => {
    test('it is shown with its text and moment, sent once when it ends, and settles its suggestion', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent);
      const shown = await detail(buyer);
      expect(pending.dueAt).toBe(desk.clock.now() + DELAY_SEC * SECOND);
      expect(shown.conversation.automatic).toEqual(pending);
      expect(pending).toMatchObject({ suggestionId: shown.suggestions?.id, position: 0 });
      expect(pending.text).toBe(shown.suggestions?.proposals[0]?.text);
      await elapse(DELAY_SEC * SECOND - 1);
      expect(await automatic(buyer)).toEqual([]);
      await elapse(1);
      await desk.app.workers.sendDue();
      const { message } = await buyer.next('message.appended', (data) => data.message.from === 'auto');
      expect(message.text).toBe(pending.text);
      expect(await endAt(agent, pending)).toBe('sent');
      const after = await detail(buyer);
      expect(after.messages.map(({ from }) => from)).toEqual(['buyer', 'auto']);
      expect(after.messages[1]?.script).toEqual({ id: shown.suggestions!.proposals[0]!.scriptId, version: 1 });
      expect(after.suggestions).toBeUndefined();
      expect(after.conversation.automatic).toBeUndefined();
      expect(after.conversation.waitingSince).toBeUndefined();
    });

    const acts: [string, SendEnd, (agent: TestClient, buyer: TestBuyer, pending: PendingSend) => Promise<unknown>][] = [
      [
        'a click on stop',
        'stopped',
        (agent, { conversationId }, { id }) => agent.command('automatic.stop', { conversationId, sendId: id }),
      ],
      [
        'a key in the composer',
        'typing',
        (agent, { conversationId }) => agent.command('typing', { conversationId, on: true }),
      ],
      [
        'a message of an agent',
        'answered',
        (agent, { conversationId }) => agent.command('message.send', { conversationId, text: '您稍等，我帮您看一下' }),
      ],
      [
        'the accepted suggestion',
        'answered',
        (agent, { conversationId }, { text, suggestionId, position }) =>
          agent.command('message.send', { conversationId, text, suggestion: { id: suggestionId, position } }),
      ],
      [
        'a take-over',
        'taken_over',
        (agent, { conversationId }) => agent.command('conversation.takeOver', { conversationId, on: true }),
      ],
      [
        'a dismissal',
        'dismissed',
        (agent, _buyer, { suggestionId, position }) => agent.command('suggestion.dismiss', { suggestionId, position }),
      ],
      [
        'a resolved chat',
        'resolved',
        (agent, { conversationId }) => agent.command('conversation.resolve', { conversationId }),
      ],
      [
        'a corrected meaning',
        'corrected',
        (_agent, { conversationId }) =>
          fetch(`${desk.url}/api/corrections`, {
            method: 'POST',
            headers: { cookie: supervisor, 'content-type': 'application/json' },
            body: JSON.stringify({ conversationId, seq: 1, intents: ['INT-PRE-19'] }),
          }),
      ],
      [
        'a corrected type',
        'corrected',
        (_agent, { conversationId }) =>
          fetch(`${desk.url}/api/conversations/${conversationId}/type`, {
            method: 'PUT',
            headers: { cookie: supervisor, 'content-type': 'application/json' },
            body: JSON.stringify({ type: 'BT-1' }),
          }),
      ],
      ['a changed setting', 'settings_changed', () => setModes({ rules: [SEMI] })],
    ];
    test.each(acts)('%s voids it', async (_name, reason, act) => {
      const [agent, other] = [await signIn(), await signIn('agent2')];
      const { buyer, pending } = await begin(agent);
      await act(other, buyer, pending);
      expect(await endAt(agent, pending)).toBe(reason);
      await elapse();
      expect(await automatic(buyer)).toEqual([]);
      expect((await detail(buyer)).conversation.automatic).toBeUndefined();
    });

    test('a stop is repeated without harm, too late it says so, and a foreign one is unknown', async () => {
      const agent = await signIn();
      const first = await begin(agent);
      const stop = { conversationId: first.buyer.conversationId, sendId: first.pending.id };
      await agent.command('automatic.stop', stop);
      await agent.command('automatic.stop', stop);
      const second = await begin(agent);
      await elapse();
      const late = { conversationId: second.buyer.conversationId, sendId: second.pending.id };
      expect((await agent.refused('automatic.stop', late)).code).toBe('conflict');
      expect((await agent.refused('automatic.stop', { ...late, sendId: first.pending.id })).code).toBe('not_found');
      // What was stopped is an ordinary suggestion.
      const { suggestions } = await detail(first.buyer);
      expect(suggestions?.state).toBe('live');
      await agent.command('message.send', {
        conversationId: first.buyer.conversationId,
        text: first.pending.text,
        suggestion: { id: first.pending.suggestionId, position: 0 },
      });
    });

    test('a newer message voids it, and the burst is answered once', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent);
      desk.clock.advance(3 * SECOND);
      await buyer.command('message.send', { text: SHIPPING });
      expect(await endAt(agent, pending)).toBe('newer_message');
      const again = await pendingAt(agent, buyer);
      expect(again.dueAt).toBe(desk.clock.now() + DELAY_SEC * SECOND);
      await elapse(DELAY_SEC * SECOND);
      await elapse();
      expect((await messages(buyer)).map(({ from }) => from)).toEqual(['buyer', 'buyer', 'auto']);
    });

    test('a message that no node has understood yet keeps back the answer to the one before', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent);
      await desk.settle();
      // Recorded by a node that died at once: nobody withdrew anything for it, and nobody told.
      await desk.app.ledger.automatic.end('demo', { id: pending.id }, 'stopped', desk.clock.now());
      await desk.app.ledger.conversations.appendBuyerMessage({
        shopId: 'demo',
        conversationId: buyer.conversationId,
        channel: 'web',
        key: `lost-${buyer.buyerId}`,
        messageId: `msg_lost_${buyer.buyerId}`.slice(0, 64),
        text: '等一下，先不用发',
        sentAt: desk.clock.now(),
      });
      const stale = { ...(await desk.app.ledger.automatic.find('demo', pending.id))!, id: 'aut_stale' };
      await desk.app.ledger.automatic.plan(stale, 'newer_message', desk.clock.now());
      await elapse();
      expect(await automatic(buyer)).toEqual([]);
      expect(await desk.app.ledger.automatic.find('demo', 'aut_stale')).toMatchObject({ reason: 'newer_message' });
    });

    test('a changed order voids it', async () => {
      const agent = await signIn();
      const buyer = await desk.buyer();
      const order = { orderId: `AUTO-${buyer.buyerId}`, buyerId: buyer.buyerId, amount: 399, items: [] };
      const items = [{ title: '轻量冲锋衣', sku: '藏青-M', qty: 1 }];
      expect((await desk.tell('order.created', { ...order, items })).status).toBe(200);
      await buyer.command('message.send', { text: SHIPPING });
      const pending = await pendingAt(agent, buyer);
      await desk.tell('order.paid', { orderId: order.orderId });
      expect(await endAt(agent, pending)).toBe('fact_changed');
      await elapse();
      expect(await automatic(buyer)).toEqual([]);
    });

    test('goods that change void the answer that leans on them, at once', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent, STOCK);
      await desk.pushGoods('stock.updated', { items: [{ id: 'p-shell', stock: { '藏青-M': 0 } }] });
      await desk.settle();
      expect(await endAt(agent, pending)).toBe('fact_changed');
      expect((await detail(buyer)).suggestions?.proposals.map(({ text }) => text)).not.toContain(pending.text);
      await elapse();
      expect(await automatic(buyer)).toEqual([]);
      await desk.pushGoods('stock.updated', { items: [{ id: 'p-shell', stock: { '藏青-M': 9 } }] });
    });

    test('a fact that changes without an event is seen when the moment comes: the text is a suggestion again', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent, STOCK);
      const { orders } = desk.app.ledger;
      const shell = (await orders.products('demo')).find(({ id }) => id === 'p-shell')!;
      const stock = { ...shell.facts.stock, '藏青-M': 0 };
      await orders.saveProduct({ ...shell, facts: { ...shell.facts, stock } });
      await elapse();
      expect(['fact_changed', 'text_changed']).toContain(await endAt(agent, pending));
      expect(await automatic(buyer)).toEqual([]);
      const { suggestions } = await detail(buyer);
      expect(suggestions?.proposals.map(({ text }) => text)).not.toContain(pending.text);
      await orders.saveProduct(shell);
    });

    test('stale facts are no facts', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent, STOCK);
      await desk.settle();
      // The stock feed fell silent long ago, and the desk was too busy to look in between.
      await desk.app.ledger.automatic.end('demo', { id: pending.id }, 'stopped', desk.clock.now());
      desk.clock.advance(HOUR);
      const late = { ...(await desk.app.ledger.automatic.find('demo', pending.id))!, id: 'aut_old' };
      await desk.app.ledger.automatic.plan({ ...late, dueAt: desk.clock.now() }, 'newer_message', desk.clock.now());
      await desk.app.workers.sendDue();
      expect(await automatic(buyer)).toEqual([]);
      expect(await desk.app.ledger.automatic.find('demo', 'aut_old')).toMatchObject({ reason: 'fact_changed' });
    });

    test('a warning of the gate is enough to keep it back, before and at its moment', async () => {
      const agent = await signIn();
      const { buyer, pending } = await begin(agent);
      warns = true;
      await elapse();
      expect(await endAt(agent, pending)).toBe('gate');
      expect(await automatic(buyer)).toEqual([]);
      const other = await desk.buyer();
      await other.command('message.send', { text: SHIPPING });
      await elapse();
      expect(agent.all('automatic.changed').some(({ conversationId }) => conversationId === other.conversationId)).toBe(
        false,
      );
    });

    test('nobody there to see it end, or its moment long past: it does not leave', async () => {
      const agent = await signIn();
      const unseen = await begin(agent);
      await agent.command('presence.set', { state: 'away' });
      await elapse();
      expect(await endAt(agent, unseen.pending)).toBe('off_duty');
      await agent.command('presence.set', { state: 'online' });
      const late = await begin(agent);
      await elapse(DELAY_SEC * SECOND + MINUTE);
      expect(await endAt(agent, late.pending)).toBe('late');
      expect([...(await automatic(unseen.buyer)), ...(await automatic(late.buyer))]).toEqual([]);
    });

    test('a chat that a person has taken over gets none', async () => {
      const agent = await signIn();
      const buyer = await desk.buyer();
      await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: true });
      await buyer.command('message.send', { text: SHIPPING });
      await elapse();
      expect(await automatic(buyer)).toEqual([]);
      expect(agent.all('automatic.changed')).toEqual([]);
    });
  });

  describe('while nobody is there', () => {
    beforeEach(async () => {
      day += DAY;
      await goTo(NIGHT + (day - AFTERNOON));
    });

    const scripts = async (buyer: TestBuyer) => (await automatic(buyer)).map(({ script }) => script?.id);
    const owed = async (buyer: TestBuyer) => {
      const { owed: all } = await desk.read<{ owed: { conversationId: string }[] }>('/api/owed', supervisor);
      return all.filter(({ conversationId }) => conversationId === buyer.conversationId).length;
    };
    const write = async (buyer: TestBuyer, ...texts: string[]) => {
      for (const text of texts) await buyer.command('message.send', { text });
      await desk.quiet();
    };

    test('nothing leaves before the buyer has been quiet', async () => {
      const buyer = await desk.buyer();
      await buyer.command('message.send', { text: SHIPPING });
      await desk.settle();
      desk.clock.advance(QUIET_MS - 1);
      await desk.app.workers.sendDue();
      expect(await automatic(buyer)).toEqual([]);
      desk.clock.advance(1);
      await desk.app.workers.sendDue();
      expect(await automatic(buyer)).toHaveLength(2);
    });

    test('an allowed intent is answered beside the away reply, once a burst; the answer stays owed', async () => {
      const buyer = await desk.buyer();
      await write(buyer, SHIPPING, SHIPPING);
      expect(await scripts(buyer)).toEqual(['SCR-04', 'SCR-85']);
      expect(await owed(buyer)).toBe(1);
      await write(buyer, STOCK);
      expect(await scripts(buyer)).toEqual(['SCR-04', 'SCR-85', 'SCR-19']);
      expect((await detail(buyer)).conversation.waitingSince).toBeDefined();
    });

    test('in place of the away reply, and settling what is owed, where the shop says so', async () => {
      await setModes({ rules: [{ ...AUTO, settlesOwed: true }], withAway: 'instead' });
      const buyer = await desk.buyer();
      await write(buyer, SHIPPING);
      expect(await scripts(buyer)).toEqual(['SCR-85']);
      expect(await owed(buyer)).toBe(0);
      expect((await detail(buyer)).conversation.waitingSince).toBeUndefined();
      await write(buyer, '能便宜点吗');
      expect(await scripts(buyer)).toEqual(['SCR-85', 'SCR-04']);
      expect(await owed(buyer)).toBe(1);
    });

    test('without a rule there is the away reply alone, and it is not held back by what is not allowed', async () => {
      await setModes({ rules: [] });
      const buyer = await desk.buyer();
      await write(buyer, SHIPPING);
      expect(await scripts(buyer)).toEqual(['SCR-04']);
      await setModes({ rules: [{ ...AUTO, intents: ['INT-AS-*'] }] });
      const other = await desk.buyer();
      await write(other, SHIPPING);
      expect(await scripts(other)).toEqual(['SCR-04']);
    });

    test('an agent who comes in the meantime answers', async () => {
      const buyer = await desk.buyer();
      await buyer.command('message.send', { text: SHIPPING });
      await desk.settle();
      await signIn();
      await desk.quiet();
      expect(await automatic(buyer)).toEqual([]);
      expect(await owed(buyer)).toBe(1);
    });
  });

  describe('settings', () => {
    test('a card of SR-11 is refused with rule, card and what is legal', async () => {
      const refused = await setModes({ rules: [SEMI, { ...SEMI, risk: 'high', cards: ['SCR-37'] }] });
      expect(refused.status).toBe(400);
      expect(refused.message).toMatch(/^modes\.rules\[1\]\.cards: SCR-37 \(discount\).*SR-11.*legal is "suggest"/);
      const family = await setModes({ rules: [{ ...AUTO, risk: 'high' }] });
      expect(family.message).toMatch(/^modes\.rules\[0\]\.mode: .*SCR-\d+.*SR-11/);
    });

    test('a line is tried and nothing is sent', async () => {
      const buyer = await desk.buyer();
      const before = await messages(buyer);
      const tryOut = async (text: string, hours: string) => {
        const response = await fetch(`${desk.url}/api/modes/try`, {
          method: 'POST',
          headers: { cookie: supervisor, 'content-type': 'application/json' },
          body: JSON.stringify({ text, hours, conversationId: buyer.conversationId }),
        });
        return (await response.json()) as TriedMode;
      };
      expect(await tryOut(SHIPPING, 'on_duty')).toMatchObject({
        proposal: { card: 'SCR-85', risk: 'low' },
        decision: { mode: 'semi', rule: 0, delaySec: DELAY_SEC, objections: [] },
        away: false,
      });
      expect(await tryOut(SHIPPING, 'off_hours')).toMatchObject({ decision: { mode: 'auto', rule: 1 }, away: true });
      const bargaining = await tryOut('能便宜点吗', 'on_duty');
      expect(bargaining.decision).toMatchObject({ mode: 'suggest', objections: [{ code: 'no_rule', detail: 'high' }] });
      expect(await messages(buyer)).toEqual(before);
      const agent = await desk.cookie('agent1');
      const forbidden = await fetch(`${desk.url}/api/modes/try`, {
        method: 'POST',
        headers: { cookie: agent, 'content-type': 'application/json' },
        body: JSON.stringify({ text: SHIPPING, hours: 'on_duty' }),
      });
      expect(forbidden.status).toBe(403);
    });
  });
});
