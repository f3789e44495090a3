/** The shop governs what it says: an approval is what the next turn proposes, on every engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ShippedLibrary } from '../../src/create-mind.ts';
import type { LibraryDetail, LibraryList, ScriptVersion } from '../../src/protocol/library.ts';
import type { Script } from '../../src/protocol/script.ts';
import { bodyOf } from '../../src/scripts/govern.ts';
import { takeShippedFiles } from '../../src/turn/govern-library.ts';
import { AFTERNOON, DESK_ENGINES, HOUR, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const GREETING = 'SCR-01';

/** Speaks to the HTTP interface as one person. */
function person(desk: TestDesk, cookie: string) {
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${desk.url}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const must = async <T>(answer: Promise<{ status: number; body: unknown }>): Promise<T> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body as T;
  };
  return {
    send,
    list: (query = '') => must<LibraryList>(send('GET', `/api/library?${query}`)),
    show: (id: string) => must<LibraryDetail>(send('GET', `/api/library/scripts/${id}`)),
    draft: (script: object, more: object = {}) =>
      must<ScriptVersion>(send('POST', '/api/library/drafts', { script, group: 'greeting', ...more })),
    act: (id: string, command: object) => must<LibraryDetail>(send('POST', `/api/library/scripts/${id}`, command)),
    find: (words: string) =>
      must<{ scripts: { scriptId: string; text: string; personal?: boolean }[] }>(
        send('GET', `/api/scripts/search?q=${encodeURIComponent(words)}`),
      ),
  };
}

describe.each(DESK_ENGINES)('the library on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: ReturnType<typeof person>;
  let chief: ReturnType<typeof person>;
  let socket: TestClient;
  let shipped: ShippedLibrary;
  let files: { scripts: Script[]; listeners: Set<() => void>; problem: string | undefined };

  beforeAll(async () => {
    const mind = await openMind();
    files = { scripts: mind.shipped.current.scripts, listeners: new Set(), problem: undefined };
    shipped = {
      get current() {
        const group = { group: 'all', title: { zh: '全部', en: 'all' }, scripts: files.scripts };
        return { scripts: files.scripts, files: new Map([['all.yaml', group]]) };
      },
      get problem() {
        return files.problem;
      },
      onRead(listener) {
        files.listeners.add(listener);
        return () => files.listeners.delete(listener);
      },
    };
    desk = await startTestDesk({ engines, startAt: AFTERNOON, overrides: { mind: { ...mind, shipped } } });
    agent = person(desk, await desk.cookie('agent1'));
    chief = person(desk, await desk.cookie('supervisor'));
    socket = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  const reworded = async (text: string) => {
    const { versions } = await agent.show(GREETING);
    const standing = versions.find(({ script }) => script.status === 'approved')!.script;
    return bodyOf({ ...standing, variants: [{ text, language: 'zh-Hans' }] });
  };

  /** What the desk proposes to a buyer who says hello. */
  async function greet() {
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text: '在吗' });
    const { suggestions } = await socket.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
    const position = suggestions.proposals.findIndex(({ scriptId }) => scriptId === GREETING);
    return { buyer, suggestions, position, proposal: suggestions.proposals[position]! };
  }

  test('takes the files that ship as approved', async () => {
    const { counts, entries } = await chief.list('limit=500');
    expect(counts).toMatchObject({ all: files.scripts.length, in_force: files.scripts.length, draft: 0 });
    expect(entries.find(({ scriptId }) => scriptId === GREETING)).toMatchObject({ inForce: 1 });
  });

  test('a draft changes nothing; its approval is what is proposed next, and what was proposed before is stale', async () => {
    const early = await greet();
    expect(early.proposal.version).toBe(1);
    const text = '您好，我是{agent.name}，今天想看点什么呢';
    const draft = await agent.draft(await reworded(text), { note: '更亲切' });
    const submitted = await agent.act(GREETING, { action: 'submit', revision: draft.revision });
    expect(submitted).toMatchObject({ mayApprove: false, whyNot: 'not_supervisor' });
    expect((await greet()).proposal.version).toBe(1);
    const { entries } = await chief.list('state=in_review');
    expect(entries.map(({ scriptId, open }) => [scriptId, open?.version])).toEqual([[GREETING, 2]]);
    const approved = await chief.act(GREETING, { action: 'approve', revision: entries[0]!.open!.revision, note: '好' });
    expect(approved.versions.map(({ script: { version, status } }) => [version, status])).toEqual([
      [2, 'approved'],
      [1, 'retired'],
    ]);
    expect((await socket.next('lists.changed', ({ lists }) => lists.includes('library'))).lists).toContain('library');
    const late = await greet();
    expect(late.proposal).toMatchObject({ version: 2, text: '您好，我是小禾，今天想看点什么呢' });
    const refused = await socket.refused('message.send', {
      conversationId: early.buyer.conversationId,
      text: early.proposal.text,
      suggestion: { id: early.suggestions.id, position: early.position },
    });
    expect(refused.code).toBe('suggestion_stale');
    expect(refused.message).toMatch(/version 2 is in force/);
    await socket.command('message.send', {
      conversationId: late.buyer.conversationId,
      text: late.proposal.text,
      suggestion: { id: late.suggestions.id, position: late.position },
      warningsRead: true,
    });
    const sent = await late.buyer.next('message.appended', ({ message }) => message.from === 'agent');
    const [kept] = (await desk.app.ledger.conversations.messages('demo', sent.message.conversationId, 0, 10)).slice(-1);
    expect(kept!.script).toEqual({ id: GREETING, version: 2 });
  });

  test('a rollback brings the earlier words back as a version of their own', async () => {
    const { versions } = await chief.act(GREETING, { action: 'rollback', version: 1, note: '还是旧的好' });
    expect(versions[0]).toMatchObject({ origin: 'rollback', basedOn: 1, script: { version: 3, status: 'approved' } });
    expect((await greet()).proposal.version).toBe(3);
    // The one it took the place of still explains the message that was sent with it.
    expect(versions.find(({ script }) => script.version === 2)!.script.variants[0]!.text).toContain('今天想看点什么');
  });

  test('what the checks or the gate object to cannot be approved', async () => {
    const draft = await agent.draft(await reworded('您好，加我微信聊吧，有{shop.nothing}哦'));
    const answer = await chief.send('POST', `/api/library/scripts/${GREETING}`, {
      action: 'approve',
      revision: draft.revision,
    });
    expect(answer.status).toBe(400);
    const rules = answer.body.details.findings.map(({ rule }: { rule: string }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['unknown-slot', 'blocked-by-gate']));
    await agent.act(GREETING, { action: 'discard', revision: draft.revision });
  });

  test('a script that has run out is not proposed any more, from its millisecond on', async () => {
    await chief.act(GREETING, { action: 'expire', version: 3, expiresAt: desk.clock.now() + HOUR });
    expect((await chief.list('state=expired')).total).toBe(0);
    desk.clock.advance(HOUR);
    expect((await chief.list('state=expired')).entries.map(({ scriptId }) => scriptId)).toEqual([GREETING]);
    const { library } = await desk.app.desk.libraries.view('demo');
    expect(library.scripts.some(({ id }) => id === GREETING)).toBe(false);
    await chief.act(GREETING, { action: 'expire', version: 3, expiresAt: null });
    expect((await desk.app.desk.libraries.of('demo')).scripts.some(({ id }) => id === GREETING)).toBe(true);
  });

  test('agents may write and submit; deciding is the supervisor’s', async () => {
    const draft = await agent.draft(await reworded('您好，欢迎来到{shop.name}'));
    for (const command of [
      { action: 'approve', revision: draft.revision },
      { action: 'retire', version: 3 },
      { action: 'rollback', version: 2 },
    ]) {
      expect((await agent.send('POST', `/api/library/scripts/${GREETING}`, command)).status).toBe(403);
    }
    const stale = await agent.send('POST', '/api/library/drafts', { script: await reworded('您好'), revision: 9 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await chief.act(GREETING, { action: 'discard', revision: draft.revision });
  });

  test('a changed file is a draft within a moment, once, and a broken one is told', async () => {
    const changed = files.scripts.map((script) =>
      script.id === 'SCR-08' ? { ...script, code: 'still2', version: 5 } : script,
    );
    files.scripts = changed;
    for (const round of [1, 2]) {
      for (const listener of files.listeners) listener();
      await expect.poll(async () => (await chief.list('state=draft')).total).toBe(1);
      const { versions } = await chief.show('SCR-08');
      expect([round, versions.length, versions[0]!.origin]).toEqual([round, 2, 'file']);
    }
    const { versions } = await chief.show('SCR-08');
    const mine = {
      ...bodyOf(versions[0]!.script),
      variants: [{ text: '亲，还有别的想了解的吗', language: 'zh-Hans' }],
    };
    await agent.draft(mine, { revision: versions[0]!.revision });
    files.scripts = changed.map((script) => (script.id === 'SCR-08' ? { ...script, code: 'still3' } : script));
    expect(await takeShippedFiles(desk.app.ledger, 'demo', shipped.current, desk.clock.now())).toBe(0);
    const kept = (await chief.show('SCR-08')).versions[0]!;
    expect([kept.script.code, kept.script.variants[0]!.text]).toEqual(['still2', '亲，还有别的想了解的吗']);
    files.problem = 'greeting.yaml:3: broken';
    expect((await chief.list()).fileProblem).toBe('greeting.yaml:3: broken');
  });

  test('several drafts are decided at once, each answered for itself', async () => {
    const { open } = (await chief.list('state=draft')).entries[0]!;
    const answer = await chief.send('POST', '/api/library/decide', {
      action: 'approve',
      items: [
        { scriptId: 'SCR-08', revision: open!.revision },
        { scriptId: 'SCR-99', revision: 1 },
      ],
    });
    expect(answer.body).toMatchObject({ done: ['SCR-08'], refused: [{ scriptId: 'SCR-99', code: 'not_found' }] });
    expect((await chief.find('still2')).scripts[0]).toMatchObject({ scriptId: 'SCR-08' });
  });

  test('a phrase of one’s own is found by its owner alone, filled where the facts are known', async () => {
    const phrase = { code: 'mine', title: '我的口头禅', text: '亲，我是{agent.name}，马上帮您看' };
    const kept = await agent.send('POST', '/api/library/personal', phrase);
    expect(kept.status).toBe(200);
    expect((await agent.find('mine')).scripts[0]).toMatchObject({ personal: true, scriptId: kept.body.id });
    expect((await chief.find('mine')).scripts.filter(({ personal }) => personal)).toEqual([]);
    expect((await agent.send('POST', '/api/library/personal', phrase)).status).toBe(409);
    const { buyer } = await greet();
    const inChat = await agent.send('GET', `/api/scripts/search?q=mine&conversationId=${buyer.conversationId}`);
    expect(inChat.body.scripts[0]).toMatchObject({ text: '亲，我是小禾，马上帮您看', missing: [] });
    expect((await agent.send('DELETE', `/api/library/personal/${kept.body.id}`)).status).toBe(204);
    expect((await agent.find('mine')).scripts.filter(({ personal }) => personal)).toEqual([]);
  });

  test('a script of the shop’s own gets a free id', async () => {
    expect((await agent.send('GET', '/api/library/new-id?card=SCR-30')).body.id).toBe('SCR-30-shop-1');
    expect((await agent.send('GET', '/api/library/new-id')).body.id).toBe('SHOP-1');
  });

  test('nobody without a session reads or writes', async () => {
    const nobody = person(desk, '');
    for (const path of ['/api/library', '/api/library/catalogue', `/api/library/scripts/${GREETING}`]) {
      expect((await nobody.send('GET', path)).status).toBe(401);
    }
    expect(
      (await nobody.send('POST', `/api/library/scripts/${GREETING}`, { action: 'retire', version: 3 })).status,
    ).toBe(401);
  });
});
