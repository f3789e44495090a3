/** What agents take, edit, wave away and pass over, and what buyers pay for, moves the next suggestion. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LearningView, LearntScript } from '../../src/protocol/learning.ts';
import type { LibraryDetail, LibraryEntry, SaveDraft } from '../../src/protocol/library.ts';
import type { SuggestionSet } from '../../src/protocol/records.ts';
import type { Proposal } from '../../src/protocol/turn.ts';
import { armOf } from '../../src/suggestions/learning/hold-out.ts';
import { LEAST_SEEN } from '../../src/suggestions/learning/knowledge.ts';
import { proposeVariants } from '../../src/turn/learn-variants.ts';
import {
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
  WINDOW_MS,
} from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const QUESTION = '这件衣服能便宜点吗';
const SECOND = 'SCR-30-second';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('learning on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let supervisor: string;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
    supervisor = await desk.cookie('supervisor');
    await save('learning', { enabled: true, holdOutShare: 0 });
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
  async function save(part: string, value: unknown) {
    const { revision } = (await send('GET', '/api/settings')).body;
    const saved = await send('PUT', `/api/settings/${part}`, { basedOn: revision, value });
    desk.clock.advance(WINDOW_MS);
    return saved;
  }
  const view = async (): Promise<LearningView> => (await send('GET', '/api/learning')).body;
  const figures = async (scriptId: string): Promise<LearntScript | undefined> =>
    (await view()).scripts.find((script) => script.scriptId === scriptId);

  interface Asked {
    buyer: TestBuyer;
    set: SuggestionSet;
  }
  async function ask(text = QUESTION, buyer?: TestBuyer): Promise<Asked> {
    const who = buyer ?? (await desk.buyer());
    const { seq } = await who.command('message.send', { text });
    const turn = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === who.conversationId && data.seq === seq,
    );
    return { buyer: who, set: turn.suggestions };
  }
  const reply = ({ buyer, set }: Asked, text: string, position?: number) =>
    agent.command('message.send', {
      conversationId: buyer.conversationId,
      text,
      warningsRead: true,
      ...(position === undefined ? {} : { suggestion: { id: set.id, position } }),
    });
  const take = (asked: Asked, position = 0) => reply(asked, asked.set.proposals[position]!.text, position);

  test('every act counts once, in its place, and a set nobody dealt with does not', async () => {
    const asked = await ask();
    const [first, second] = asked.set.proposals;
    expect(first).toBeDefined();
    const again = await ask('可以优惠一点吗', asked.buyer);
    expect(await figures(first!.scriptId)).toBeUndefined();

    await reply(again, '稍等，我看一下', undefined);
    const passed = (await figures(again.set.proposals[0]!.scriptId))?.counts;
    expect(passed).toMatchObject({ shown: 1, passed: 1, accepted: 0 });

    const third = await ask('再便宜点行吗', asked.buyer);
    const dismissal = { suggestionId: third.set.id, position: 0 };
    await agent.command('suggestion.dismiss', dismissal);
    await agent.command('suggestion.dismiss', dismissal);
    const top = third.set.proposals[0]!.scriptId;
    const before = (await figures(top))!.counts;
    expect(before.dismissed).toBe(1);
    await reply(third, '好的，亲稍等', undefined);
    expect((await figures(top))!.counts).toEqual(before);
    expect(second === undefined || second.scriptId !== first!.scriptId).toBe(true);
  });

  test('an order paid within a day of what was taken counts once', async () => {
    const buyer = await desk.buyer();
    const asked = await ask('在吗', buyer);
    const { scriptId } = asked.set.proposals[0]!;
    await take(asked);
    const before = (await figures(scriptId))!.counts;
    await desk.tell('order.created', {
      orderId: 'ord-learn',
      buyerId: buyer.buyerId,
      amount: 99,
      items: [{ title: '连衣裙', qty: 1 }],
    });
    desk.clock.advance(HOUR);
    await desk.tell('order.paid', { orderId: 'ord-learn' }, { id: 'dlv-pay' });
    await desk.tell('order.paid', { orderId: 'ord-learn' }, { id: 'dlv-pay' });
    await desk.tell('order.paid', { orderId: 'ord-learn' });
    expect((await figures(scriptId))!.counts).toEqual({ ...before, paid: before.paid + 1 });
  });

  /** A second script of the bargaining card, approved, beside the one that ships. */
  async function addSecond(): Promise<void> {
    const shipped: LibraryDetail = (await send('GET', '/api/library/scripts/SCR-30')).body;
    const { status: _status, version: _version, ...body } = shipped.versions[0]!.script;
    const script = { ...body, id: SECOND, code: 'kanjia2', title: { zh: '议价二', en: 'second' } };
    const draft: SaveDraft = { script, group: shipped.versions[0]!.group, note: '' };
    const saved = await send('POST', '/api/library/drafts', draft, agent.cookie);
    expect([saved.status, saved.body.message]).toEqual([200, undefined]);
    const { revision } = saved.body;
    const decided = await send('POST', `/api/library/scripts/${SECOND}`, { action: 'approve', revision, note: '' });
    expect([decided.status, decided.body.message]).toEqual([200, undefined]);
  }

  test('of two scripts of one card the one agents take comes first, with the reason; a reset forgets that', async () => {
    await addSecond();
    const told = await note('SCR-30', SECOND);
    const { set, proposal } = await askForPrice();
    expect([proposal?.scriptId, proposal?.reasons.at(-1)]).toEqual([
      SECOND,
      `同类情况下 ${told} 次里 ${told} 次被采用`,
    ]);
    expect(set.learning).toMatchObject({ arm: 'learnt', order: 'none' });

    expect((await send('POST', '/api/learning/reset', { scriptId: SECOND }, agent.cookie)).status).toBe(403);
    expect((await send('POST', '/api/learning/reset', { scriptId: 'SCR-30-none' })).status).toBe(404);
    const reset = await send('POST', '/api/learning/reset', { scriptId: SECOND });
    expect(reset.body.scripts.map(({ scriptId }: LearntScript) => scriptId)).not.toContain(SECOND);
    await send('POST', '/api/learning/reset', {});
    expect((await view()).scripts).toEqual([]);
    const after = await ask();
    expect(after.set.proposals.find(({ card }) => card === 'SCR-30')?.scriptId).toBe('SCR-30');
    const trail = await desk.app.ledger.desk.trail('demo', 'learning.', 10);
    expect(trail.map(({ action }) => action)).toEqual(['learning.reset', 'learning.reset']);
  });

  /** The bargaining proposal of a conversation in which nothing is tried out: which those are is chance. */
  async function askForPrice(): Promise<Asked & { proposal: Proposal | undefined }> {
    for (;;) {
      const asked = await ask();
      const proposal = asked.set.proposals.find(({ card }) => card === 'SCR-30');
      if (!proposal?.reasons.some((reason) => reason.startsWith('按比例'))) return { ...asked, proposal };
    }
  }

  let notes = 0;
  /** Outcomes as replies would leave them: the first is passed over, the second taken. Returns how often. */
  async function note(passed: string, taken: string): Promise<number> {
    const heads = (await desk.app.desk.libraries.view('demo')).heads;
    const times = 2 * LEAST_SEEN;
    notes += 1;
    const showings = Array.from({ length: times }, (_, i) =>
      [passed, taken].map((scriptId) => ({
        suggestionId: `sug_told_${notes}_${scriptId}_${i}`,
        position: 0,
        conversationId: `cnv_told_${i}`,
        buyerId: 'byr_told',
        scriptId,
        version: heads.get(scriptId)!.approved!.script.version,
        variant: 0,
        context: 'INT-PRE|none|unknown',
        arm: 'learnt' as const,
        fate: scriptId === taken ? ('accepted' as const) : ('passed' as const),
        at: desk.clock.now(),
      })),
    );
    await desk.app.ledger.learning.note('demo', showings.flat());
    desk.clock.advance(MINUTE);
    return times;
  }

  test('a held out conversation is ranked without, and the arms are counted apart', async () => {
    const told = await note('SCR-30', SECOND);
    expect(told).toBeGreaterThan(0);
    await save('learning', { enabled: true, holdOutShare: 0.5 });
    const arms = new Map<string, string | undefined>();
    while (arms.size < 2) {
      const asked = await askForPrice();
      const arm = asked.set.learning!.arm;
      expect(arm).toBe(armOf(asked.buyer.conversationId, { enabled: true, holdOutShare: 0.5 }));
      // Which arm comes next is chance: one conversation each is dealt with, so that no run has enough for a difference.
      if (!arms.has(arm)) await take(asked);
      arms.set(arm, asked.proposal?.scriptId);
    }
    expect(Object.fromEntries(arms)).toEqual({ learnt: SECOND, plain: 'SCR-30' });
    const shown = await view();
    expect([shown.arms.plain.sets >= 1, shown.arms.learnt.sets >= 1]).toEqual([true, true]);
    expect(shown.differences.acceptance).toBeNull();

    await save('learning', { enabled: false, holdOutShare: 0.5 });
    const off = await ask();
    expect([off.set.learning?.arm, off.set.proposals.find(({ card }) => card === 'SCR-30')?.scriptId]).toEqual([
      'off',
      'SCR-30',
    ]);
    expect((await save('learning', { enabled: true, holdOutShare: 0.6 })).status).toBe(400);
    await save('learning', { enabled: true, holdOutShare: 0 });
  });

  test('edits that repeat become one draft, which says nothing before it is approved', async () => {
    const words = '亲，价格已经是最低的了，喜欢的话我可以帮您留意活动哦';
    let scriptId = '';
    for (let i = 0; i < 3; i++) {
      const asked = await askForPrice();
      scriptId = asked.proposal!.scriptId;
      await reply(asked, words, asked.set.proposals.indexOf(asked.proposal!));
    }
    const texts = async () => {
      const { versions }: LibraryDetail = (await send('GET', `/api/library/scripts/${scriptId}`)).body;
      return versions;
    };
    const before = await texts();
    desk.clock.advance(11 * MINUTE);
    await desk.app.workers.sweep();
    const [draft, inForce] = await texts();
    expect(draft).toMatchObject({ origin: 'learning', author: { id: 'learning' }, basedOn: inForce!.script.version });
    expect(draft!.script.status).toBe('draft');
    expect(draft!.script.variants.at(-1)?.text).toBe(words);
    expect(draft!.note).toContain('3 段会话');
    const said = await ask();
    expect(said.set.proposals.every(({ text }) => text !== words)).toBe(true);
    const [found] = (await view()).variants;
    expect(found).toMatchObject({ scriptId, text: words, edits: 3, conversations: 3, draft: draft!.script.version });

    const { body } = await send('POST', `/api/library/scripts/${scriptId}`, {
      action: 'discard',
      revision: draft!.revision,
      note: '',
    });
    expect((body.entry as LibraryEntry).open).toBeUndefined();
    desk.clock.advance(11 * MINUTE);
    await desk.app.workers.sweep();
    expect(await texts()).toHaveLength(before.length + 1);
    expect((await view()).variants).toHaveLength(1);
  });

  /** Edits as replies would leave them, in three conversations. */
  async function noteEdits(text: string): Promise<string> {
    let scriptId = '';
    for (let i = 0; i < 3; i++) {
      const { set, proposal } = await askForPrice();
      scriptId = proposal!.scriptId;
      await desk.app.ledger.suggestions.note({
        shopId: 'demo',
        suggestionId: set.id,
        position: set.proposals.indexOf(proposal!),
        scriptId,
        scriptVersion: proposal!.version,
        outcome: 'edited',
        agentId: 'agt_told',
        text,
        at: desk.clock.now(),
      });
    }
    return scriptId;
  }
  const look = () => proposeVariants(desk.app.desk, 'demo');

  test('a wording that the checks refuse is told and not drafted', async () => {
    const text = '好评返现五元，亲收到后给个五星好评吧';
    const scriptId = await noteEdits(text);
    expect(await look()).toBe(1);
    const [found] = (await view()).variants;
    expect([found?.text, found?.draft]).toEqual([text, undefined]);
    expect(found?.problem).toMatch(/TAB-41/);
    const { entry }: LibraryDetail = (await send('GET', `/api/library/scripts/${scriptId}`)).body;
    expect(entry.open).toBeUndefined();
    expect(await look()).toBe(0);
  });

  test('two nodes that look at once draft once, and a script somebody works on is left alone', async () => {
    const scriptId = await noteEdits('亲，收藏店铺以后有新活动会第一时间通知到您的');
    const found = await Promise.all([look(), look()]);
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(1);
    const { versions }: LibraryDetail = (await send('GET', `/api/library/scripts/${scriptId}`)).body;
    expect(versions.filter(({ script }) => script.status === 'draft')).toHaveLength(1);
    await noteEdits('亲，要不要看看同系列里价位更低一点的那几款呢');
    expect(await look()).toBe(0);
  });

  test('is the supervisor’s', async () => {
    expect((await send('GET', '/api/learning', undefined, agent.cookie)).status).toBe(403);
  });
});
