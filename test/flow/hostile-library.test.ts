/** The governed library under hostile bodies, files and races: a clean refusal each, and nothing half done. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GateRulesVersion } from '../../src/desk/ports.ts';
import type { LibraryDetail, LibraryList } from '../../src/protocol/library.ts';
import { bodyOf } from '../../src/scripts/govern.ts';
import { openMind, startTestDesk, type TestDesk } from './start-desk.ts';

let desk: TestDesk;
let agent: string;
let chief: string;

beforeAll(async () => {
  await openMind();
  desk = await startTestDesk();
  agent = await desk.cookie('agent1');
  chief = await desk.cookie('supervisor');
});
afterAll(() => desk?.close());

async function send(cookie: string, path: string, body: object | string | Uint8Array<ArrayBuffer>) {
  const isBytes = body instanceof Uint8Array;
  const response = await fetch(`${desk.url}${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
    body: isBytes || typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function scriptLike(id: string, more: object = {}) {
  const { versions } = await desk.read<LibraryDetail>('/api/library/scripts/SCR-01', chief);
  const code = id.toLowerCase().replace(/[^a-z0-9]/g, '');
  return { ...bodyOf(versions[0]!.script), id, card: 'SHOP', code, ...more };
}

const bytes = (text: string) => Uint8Array.from(Buffer.from(text));
const rules = (words: string[]) => ({ words: words.map((text) => ({ text, severity: 'B' })) });
const rulesVersion = async () =>
  (await desk.read<{ versions: GateRulesVersion[] }>('/api/gate-rules', chief)).versions[0]?.version ?? 0;

test('only the import takes bytes', async () => {
  const many = new Uint8Array(1024 * 1024);
  expect((await send('', '/api/session', many)).status).toBe(415);
  expect((await send(chief, '/api/gate-rules', many)).status).toBe(415);
  expect((await send(agent, '/api/library/import', many)).status).toBe(403);
});

test.each([
  ['/api/library/personal', { code: 'nul', title: 'a\u0000b', text: 'c' }, 'body.title'],
  ['/api/library/personal', { code: 'half', title: 'ab', text: 'c\ud800' }, 'body.text'],
  ['/api/gate-rules', { rules: {}, basedOn: 0, note: '\u0000' }, 'body.note'],
  ['/api/gate-rules', { rules: { 'a\u0000': 1 }, basedOn: 0 }, 'body.rules'],
  ['/api/gate-rules', { rules: null, basedOn: 0 }, 'null is not legal'],
  ['/api/gate-rules', { rules: {}, basedOn: 2 ** 31 - 1 }, 'body.basedOn'],
  ['/api/gate-rules', `{"basedOn":0,"rules":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'body.rules is nested'],
])('%s refuses what the record could not hold: %#', async (path, body, place) => {
  const answer = await send(chief, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.message).toContain(place);
});

test('a script whose only character is none is no draft', async () => {
  const script = await scriptLike('SHOP-nul', { variants: [{ text: '\u0000', language: 'zh-Hans' }] });
  const answer = await send(agent, '/api/library/drafts', { script });
  expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining('body.script.variants.0.text')]);
});

test('a wording without end is neither checked nor kept', async () => {
  const script = await scriptLike('SHOP-long', {
    variants: [{ text: `亲${' '.repeat(200_000)}a`, language: 'zh-Hans' }],
  });
  for (const path of ['/api/library/check', '/api/library/drafts']) {
    const answer = await send(agent, path, { script });
    expect([path, answer.status, answer.body.message]).toEqual([path, 400, expect.stringContaining('variants.0.text')]);
  }
});

test('an expiry that is no date is refused', async () => {
  const command = { action: 'expire', version: 1, expiresAt: Number.MAX_SAFE_INTEGER };
  expect((await send(chief, '/api/library/scripts/SCR-01', command)).status).toBe(400);
});

test('a source written by hand breaks neither import nor export', async () => {
  const script = await scriptLike('SHOP-src', { sources: ['import:qianniu:%zz%E0%A4/x#12345678'] });
  expect((await send(agent, '/api/library/drafts', { script })).status).toBe(200);
  const sheet = bytes('快捷短语编码,快捷短语,快捷短语分组\nab1,亲，您慢慢看哦,问候\n');
  expect((await send(chief, '/api/library/import', sheet)).status).toBe(200);
  const exported = await fetch(`${desk.url}/api/library/export?form=chatwoot`, { headers: { cookie: chief } });
  expect(exported.status).toBe(200);
});

test('one request decides on a script once, and approves a code once', async () => {
  for (const id of ['SHOP-one', 'SHOP-two']) {
    const script = await scriptLike(id, { code: 'samecode' });
    expect((await send(agent, '/api/library/drafts', { script })).status).toBe(200);
  }
  const ids = ['SHOP-one', 'SHOP-one', 'SHOP-two'];
  const items = ids.map((scriptId) => ({ scriptId, revision: 1 }));
  const { status, body } = await send(chief, '/api/library/decide', { action: 'approve', items });
  expect([status, body.done]).toEqual([200, ['SHOP-one']]);
  expect(body.refused).toMatchObject([
    { scriptId: 'SHOP-one', code: 'conflict' },
    { scriptId: 'SHOP-two', code: 'bad_request', message: expect.stringContaining('samecode') },
  ]);
});

test('imports side by side all arrive', async () => {
  const sheet = (name: string) =>
    bytes(`快捷短语编码,快捷短语,快捷短语分组\n${name},亲，这里是${name}的说明，请您慢慢看哦,${name}\n`);
  const names = ['ia', 'ib', 'ic'];
  const answers = await Promise.all(names.map((name) => send(chief, '/api/library/import?apply=true', sheet(name))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { entries } = await desk.read<LibraryList>('/api/library?state=draft&limit=500', chief);
  expect(entries.map(({ code }) => code)).toEqual(expect.arrayContaining(names));
});

test('an import brings no more phrases than an agent may keep', async () => {
  const rows = Array.from({ length: 501 }, (_, i) => `p${i},亲，第${i}句问候,个人`);
  const answer = await send(
    chief,
    '/api/library/import?apply=true',
    bytes(['快捷短语编码,快捷短语,快捷短语分组', ...rows].join('\n')),
  );
  expect([answer.status, answer.body.message]).toEqual([400, expect.stringContaining('500 is the most')]);
});

test('an approval covers no word that the shop forbids after it', async () => {
  const first = { rules: rules(['红糖糕']), basedOn: await rulesVersion() };
  expect((await send(chief, '/api/gate-rules', first)).status).toBe(200);
  const [asker, decider, buyer] = [await desk.agent('agent1'), await desk.agent('supervisor'), await desk.buyer()];
  await buyer.command('message.send', { text: '在吗' });
  await desk.settle();
  const said = { conversationId: buyer.conversationId, text: '您好，红糖糕和桂花糕都可以看看' };
  await asker.command('approval.ask', { ...said, reason: '顾客问起' });
  const { approvals } = await desk.read<{ approvals: { id: string; text: string }[] }>('/api/approvals', chief);
  const approvalId = approvals.find(({ text }) => text === said.text)!.id;
  await decider.command('approval.decide', { approvalId, grant: true, note: '' });
  const stricter = { rules: rules(['红糖糕', '桂花糕']), basedOn: await rulesVersion() };
  expect((await send(chief, '/api/gate-rules', stricter)).status).toBe(200);
  expect((await asker.refused('message.send', { ...said, approvalId })).code).toBe('gate_blocked');
  expect((await send(chief, '/api/gate-rules', { ...first, basedOn: await rulesVersion() })).status).toBe(200);
  await asker.command('message.send', { ...said, approvalId });
});
