/** An agent sets right what the desk understood: a lesson goes live only if nothing got worse, and back is one step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TeachingView } from '../../src/protocol/teaching.ts';
import type { Teacher } from '../../src/turn/teach-desk.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

/** The shop's own word for a discount; no shipped line knows it. */
const SLANG = '老铁这个能磕一磕不';

/** A training takes five seconds of a quiet core, and this one is not. */
const TRAINING_MS = 600_000;

describe.each(DESK_ENGINES)('teaching on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let supervisor: string;
  let verdict: 'real' | 'worse' = 'real';

  beforeAll(async () => {
    const mind = await openMind();
    const teacher: Teacher = {
      ...mind.teacher,
      train: async (corrections, live) =>
        verdict === 'real'
          ? await mind.teacher.train(corrections, live)
          : { verdict, model: new Uint8Array([1]), hash: '0123456789abcdef', figures: [], changed: [], trainMs: 0 },
    };
    desk = await startTestDesk({ engines, overrides: { mind: { ...mind, teacher } } });
    agent = await desk.agent('agent1');
    supervisor = await desk.cookie('supervisor');
  });
  afterAll(() => desk?.close());

  async function send(method: string, path: string, body?: object, cookie = supervisor) {
    const response = await fetch(`${desk.url}${path}`, {
      method,
      headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  const ofBuyer = (buyer: TestBuyer, seq?: number) => (data: { conversationId: string; seq?: number }) =>
    data.conversationId === buyer.conversationId && (seq === undefined || data.seq === seq);

  async function ask(text: string) {
    const buyer = await desk.buyer();
    const { seq } = await buyer.command('message.send', { text });
    return { buyer, seq: seq!, turn: await agent.next('turn.analysed', ofBuyer(buyer, seq)) };
  }

  const understood = async () =>
    (await desk.app.desk.libraries.of('demo')).understanding.analyse(SLANG, { order: null, prev: [] });

  test('a correction brings fitting proposals at once and keeps them when the buyer’s type is set, before anything is trained', async () => {
    const { buyer, seq, turn } = await ask(SLANG);
    expect(turn.analysis.held).not.toContain('INT-PRE-14');
    const word = { conversationId: buyer.conversationId, seq, intents: ['INT-PRE-14'] };
    const { status, body } = await send('POST', '/api/corrections', word, agent.cookie);
    expect([status, body.text, body.intents]).toEqual([200, SLANG, ['INT-PRE-14']]);
    const again = await agent.next('turn.analysed', ofBuyer(buyer, seq));
    expect(again.analysis.held).toEqual(['INT-PRE-14']);
    expect(again.suggestions.proposals.some(({ card }) => /SCR-3\d/.test(card))).toBe(true);

    const path = `/api/conversations/${buyer.conversationId}`;
    await send('PUT', `${path}/type`, { type: 'BT-2' }, agent.cookie);
    const shown = (await send('GET', path)).body;
    expect(shown.corrections).toMatchObject([{ seq, intents: ['INT-PRE-14'] }]);
    expect(shown.suggestions.proposals.map(({ card }: { card: string }) => card)).toContainEqual(
      expect.stringMatching(/SCR-3\d/),
    );
  });

  test('a lesson that is worse anywhere stays off the desk', async () => {
    verdict = 'worse';
    const { body } = await send('POST', '/api/teaching/lesson');
    verdict = 'real';
    expect(body).toMatchObject({ verdict: 'worse', wentLive: false, corrections: 1 });
    const view: TeachingView = (await send('GET', '/api/teaching')).body;
    expect([view.live, view.canGoBack]).toEqual([null, false]);
  });

  test(
    'a good lesson is what the desk reads with, and one step leads back',
    async () => {
      const before = (await understood()).held;
      const { body } = await send('POST', '/api/teaching/lesson');
      expect(body.figures.map(({ name }: { name: string }) => name)).toEqual(
        expect.arrayContaining(['frozen', 'corrections']),
      );
      expect(body.wentLive).toBe(body.verdict !== 'worse');
      if (!body.wentLive) throw new Error(`one harmless line made the model worse: ${JSON.stringify(body.changed)}`);
      expect((await understood()).held).toContain('INT-PRE-14');
      expect((await understood()).model).toBe(body.hash);
      const back = await send('POST', '/api/teaching/back');
      expect(back.body).toMatchObject({ live: null, canGoBack: false });
      expect((await understood()).held).toEqual(before);
      expect((await send('POST', '/api/teaching/back')).status).toBe(409);
    },
    TRAINING_MS,
  );

  test('a message has one correction, the newest, and it can be taken back', async () => {
    const { buyer, seq } = await ask('能不能再磕一点');
    const word = { conversationId: buyer.conversationId, seq };
    await send('POST', '/api/corrections', { ...word, intents: ['INT-PRE-15'] }, agent.cookie);
    const { body } = await send('POST', '/api/corrections', { ...word, intents: ['INT-PRE-14'] }, agent.cookie);
    const mine = (view: TeachingView) => view.corrections.filter((one) => one.conversationId === buyer.conversationId);
    expect(mine((await send('GET', '/api/teaching')).body)).toMatchObject([{ id: body.id, intents: ['INT-PRE-14'] }]);
    expect((await send('DELETE', `/api/corrections/${body.id}`)).status).toBe(204);
    expect(mine((await send('GET', '/api/teaching')).body)).toEqual([]);
    expect((await send('DELETE', `/api/corrections/${body.id}`)).status).toBe(404);
  });

  test('a correction moves the talk, is read with the next message, and is undone by taking it back', async () => {
    const { buyer, seq } = await ask('这个磕一磕');
    const path = `/api/conversations/${buyer.conversationId}`;
    const flow = async () => (await send('GET', path)).body.flow;
    const before = await flow();
    const word = { conversationId: buyer.conversationId, seq, intents: ['INT-PRE-14'] };
    const { body } = await send('POST', '/api/corrections', word, agent.cookie);
    expect((await flow()).step).toBe('FLOW-4');
    expect(before.step).not.toBe('FLOW-4');

    expect((await send('DELETE', `/api/corrections/${body.id}`)).status).toBe(204);
    expect(await flow()).toEqual(before);
    const shown = (await send('GET', path)).body;
    expect(shown.corrections ?? []).toEqual([]);
    expect(shown.suggestions.proposals.map(({ card }: { card: string }) => card)).not.toContainEqual(
      expect.stringMatching(/SCR-3\d/),
    );
    const chanceOf = (turn: { analysis: { intents: { intent: string; confidence: number }[] } }) =>
      turn.analysis.intents.find(({ intent }) => intent === 'INT-PRE-14')?.confidence ?? 0;
    const next = async (of: TestBuyer) => {
      const sent = await of.command('message.send', { text: '行不行嘛' });
      return chanceOf(await agent.next('turn.analysed', ofBuyer(of, sent.seq)));
    };
    const unled = await next(buyer);
    const other = await ask('这个磕一磕');
    await send(
      'POST',
      '/api/corrections',
      { ...word, conversationId: other.buyer.conversationId, seq: other.seq },
      agent.cookie,
    );
    expect(await next(other.buyer)).toBeGreaterThan(unled + 0.1);
  });

  test('corrections are read page by page', async () => {
    for (const text of ['磕一', '磕二', '磕三']) {
      const { buyer, seq } = await ask(text);
      await send('POST', '/api/corrections', { conversationId: buyer.conversationId, seq, intents: [] }, agent.cookie);
    }
    const all: TeachingView = (await send('GET', '/api/teaching?limit=200')).body;
    expect(all).toMatchObject({ before: null, total: all.corrections.length });
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const page: TeachingView = (
        await send('GET', `/api/teaching?limit=2${before === '' ? '' : `&before=${encodeURIComponent(before)}`}`)
      ).body;
      expect(page.corrections.length).toBeLessThanOrEqual(2);
      seen.push(...page.corrections.map(({ id }) => id));
      before = page.before;
    }
    expect(seen).toEqual(all.corrections.map(({ id }) => id));
    expect((await send('GET', '/api/teaching?before=yesterday')).status).toBe(400);
    expect((await send('GET', '/api/teaching?limit=0')).status).toBe(400);
  });

  test('only a buyer’s message of the shop is set right, and only supervisors decide on models', async () => {
    const { buyer, seq } = await ask('在吗');
    const word = { conversationId: buyer.conversationId, seq: 99, intents: ['INT-GEN-01'] };
    expect((await send('POST', '/api/corrections', word, agent.cookie)).status).toBe(404);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: '您好，在的呢',
      warningsRead: true,
    });
    const own = await send('POST', '/api/corrections', { ...word, seq: seq + 1 }, agent.cookie);
    expect(own.status).toBe(400);
    const unknown = { ...word, seq, intents: ['INT-PRE-99'] };
    expect((await send('POST', '/api/corrections', unknown, agent.cookie)).status).toBe(400);
    for (const path of ['/api/teaching/lesson', '/api/teaching/back']) {
      expect((await send('POST', path, undefined, agent.cookie)).status).toBe(403);
    }
  });
});
