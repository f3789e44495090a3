/** Phrases of another tool become drafts of the shop, and nothing they do not name is touched. */
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  ImportLineSchema,
  type ImportReport,
  type LibraryList,
  type PersonalScriptListSchema,
} from '../../src/protocol/library.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';

const HEAD = '快捷短语编码,快捷短语,快捷短语分组';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('an import on $record and $redis', (engines) => {
  let desk: TestDesk;
  let cookie: string;
  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    cookie = await desk.cookie('supervisor');
  });
  afterAll(() => desk?.close());

  async function send(body: Uint8Array<ArrayBuffer>, query: string, as = cookie) {
    const response = await fetch(`${desk.url}/api/library/import?${query}`, {
      method: 'POST',
      headers: { cookie: as, 'content-type': 'application/octet-stream' },
      body,
    });
    return { status: response.status, body: (await response.json()) as ImportReport & { message: string } };
  }

  const csv = (...rows: string[]) => Uint8Array.from(iconv.encode([HEAD, ...rows].join('\r\n'), 'gb18030'));
  const file = csv(
    'yf1,亲，这款支持七天无理由退换，运费险也有的哦,售后',
    'fh1,亲，您的快递单号是***，请留意查收,物流',
    'kd1,亲，我们默认发的是中通快递呢,物流',
    'kong,,物流',
  );
  const list = (query: string) => desk.read<LibraryList>(`/api/library?${query}`, cookie);

  test('is told first and changes nothing', async () => {
    const { body } = await send(file, 'fileName=short.csv');
    expect(body).toMatchObject({
      form: 'qianniu-csv',
      applied: false,
      counts: { rows: 4, added: 3, changed: 0, unchanged: 0, refused: 1 },
    });
    expect(body.refused).toMatchObject([{ row: 5, field: 'text' }]);
    expect(body.added[1]!.text).toContain('{order.trackingNo}');
    expect((await list('state=draft')).total).toBe(0);
  });

  test('tells how far it is, line by line, and then what it found', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `p${i},第${i}种包装的说明,包装`);
    const response = await fetch(`${desk.url}/api/library/import?progress=true`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/octet-stream' },
      body: csv(...rows),
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
    const lines = (await response.text()).trim().split('\n');
    const told = lines.map((line) => ImportLineSchema.parse(JSON.parse(line)));
    expect(told.slice(0, -1)).toEqual([18, 37, 51, 57, 60].map((done) => ({ done, total: 60 })));
    expect(told.at(-1)).toMatchObject({ report: { applied: false, counts: { added: 60 } } });
    expect((await list('state=draft')).total).toBe(0);
  });

  test('a file of no known form is an ordinary error, with the reason as a code', async () => {
    const { status, body } = await send(Uint8Array.from(Buffer.from('[]')), 'progress=true');
    expect(status).toBe(400);
    expect(body).toMatchObject({ details: { code: 'unknown-form', params: {} } });
  });

  test('becomes drafts that are proposed to nobody until they are approved', async () => {
    const { body } = await send(file, 'fileName=short.csv&apply=true');
    expect(body.applied).toBe(true);
    const drafts = await list('state=draft');
    expect(drafts.entries.map(({ open, inForce }) => [open?.origin, inForce])).toEqual([
      ['import', undefined],
      ['import', undefined],
      ['import', undefined],
    ]);
    const found = await desk.read<{ scripts: { code: string }[] }>('/api/scripts/search?q=kd1', cookie);
    expect(found.scripts.map(({ code }) => code)).not.toContain('kd1');
  });

  test('of the same file again changes nothing', async () => {
    const { state } = await desk.app.desk.libraries.view('demo');
    const { body } = await send(file, 'fileName=short.csv&apply=true');
    expect(body.counts).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
    expect((await desk.app.desk.libraries.view('demo')).state).toBe(state);
  });

  test('is searchable once it is approved, all at once', async () => {
    const { entries } = await list('state=draft');
    const response = await fetch(`${desk.url}/api/library/decide`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({
        action: 'approve',
        items: entries.map(({ scriptId, open }) => ({ scriptId, revision: open!.revision })),
      }),
    });
    const { done, refused } = (await response.json()) as { done: string[]; refused: object[] };
    expect([done.length, refused]).toEqual([3, []]);
    const found = await desk.read<{ scripts: { code: string }[] }>('/api/scripts/search?q=kd1', cookie);
    expect(found.scripts[0]?.code).toBe('kd1');
  });

  test('with other words is a draft beside what is in force; a draft in a person’s hands is left alone', async () => {
    const changed = csv('kd1,亲，我们默认发的是圆通快递呢,物流');
    expect((await send(changed, 'apply=true')).body.counts).toMatchObject({ added: 0, changed: 1 });
    const [draft] = (await list('state=draft')).entries;
    expect(draft).toMatchObject({ code: 'kd1', inForce: 1, open: { version: 2, origin: 'import' } });
    const again = csv('kd1,亲，我们默认发的是韵达快递呢,物流');
    await send(again, 'apply=true');
    const after = (await list('state=draft')).entries;
    expect(after.map(({ open }) => [open?.version, open?.revision])).toEqual([[2, 2]]);
  });

  test('of a private macro is a phrase of the importer alone', async () => {
    const macros = {
      macros: [
        {
          title: '我的问候',
          active: true,
          restriction: { type: 'User', id: 7 },
          actions: [{ field: 'comment_value', value: '您好呀，我来帮您看看哦' }],
        },
      ],
    };
    const bytes = new TextEncoder().encode(JSON.stringify(macros));
    const { body } = await send(bytes, 'apply=true&fileName=macros.json');
    expect(body.added).toMatchObject([{ personal: true }]);
    const own = await desk.read<z.infer<typeof PersonalScriptListSchema>>('/api/library/personal', cookie);
    expect(own.scripts.map(({ text }) => text)).toEqual(['您好呀，我来帮您看看哦']);
    expect((await list('state=draft')).total).toBe(1);
  });

  test.each(['qianniu-csv', 'qianniu-xlsx', 'chatwoot', 'zendesk', 'gorgias', 'yaml'])(
    'takes back what was exported as %s',
    async (form) => {
      const response = await fetch(`${desk.url}/api/library/export?form=${form}`, { headers: { cookie } });
      expect(response.headers.get('content-disposition')).toMatch(/attachment/);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { status, body } = await send(
        bytes,
        `fileName=${/"(.*)"/.exec(response.headers.get('content-disposition')!)![1]}`,
      );
      expect([status, body.form]).toEqual([200, form]);
      expect(body.counts.rows).toBeGreaterThan(100);
      // What a form cannot say in full comes back shortened: that alone is a change.
      expect(body.counts.added).toBe(0);
      expect(body.counts.changed).toBeLessThan(10);
      expect(body.refused).toEqual([]);
    },
  );

  test('is refused when it is no file of these forms, or comes from an agent', async () => {
    const { status, body } = await send(new TextEncoder().encode('hello'), 'apply=true');
    expect([status, body.message.length > 10]).toEqual([400, true]);
    expect((await send(file, '', await desk.cookie('agent1'))).status).toBe(403);
  });
});
