/** An agent sets right what the desk understood: a lesson goes live only if nothing got worse, and back is one step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TeachingView } from '../../src/protocol/teaching.ts';
import type { Teacher } from '../../src/turn/teach-desk.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

/** The shop's own word for a discount; no shipped line knows it. */
const SLANG = '老铁这个能磕一磕不';

/** A training takes five seconds of a quiet core, and this one is not. */
const TRAINING_MS = 120_000;

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
