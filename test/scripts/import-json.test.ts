import { describe, expect, test } from 'vitest';
import { exportScriptFile } from '../../src/scripts/export-library.ts';
import { htmlToText } from '../../src/scripts/import/html-to-text.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { makeScript } from './fixtures.ts';

async function readJson(value: unknown) {
  return readImport(Buffer.from(JSON.stringify(value), 'utf8'));
}

describe('Chatwoot', () => {
  const entry = { id: 5, account_id: 1, short_code: 'hello', content: '您好{{contact.name}}' };

  test.each([
    ['a list', [entry]],
    ['one entry', entry],
    ['the answer of the API', { payload: [entry] }],
    ['an export', { canned_responses: [entry] }],
  ])('is read as %s', async (_name, value) => {
    const { form, rows } = await readJson(value);
    expect(form).toBe('chatwoot');
    expect(rows).toMatchObject([{ row: 1, tool: 'chatwoot', code: 'hello', text: '您好{{contact.name}}' }]);
  });

  test('refuses entries without content by their place', async () => {
    const { rows, refused } = await readJson([entry, { short_code: 'x', content: null }, 7]);
    expect(rows).toHaveLength(1);
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [2, 'no-text'],
      [3, 'bad-entry'],
    ]);
  });
});

describe('Zendesk', () => {
  const macro = {
    title: '售后::退款::说明',
    active: true,
    restriction: null,
    actions: [{ field: 'comment_value', value: '退款原路返回' }],
  };

  test('gives group and title, whether wrapped or not', async () => {
    for (const value of [{ macros: [macro] }, { macro }, [macro], macro]) {
      const { form, rows } = await readJson(value);
      expect(form).toBe('zendesk');
      expect(rows).toMatchObject([{ group: '售后::退款', title: '说明', text: '退款原路返回', personal: false }]);
    }
  });

  test('a macro of one agent is personal, one of a group is noted', async () => {
    const { rows } = await readJson({
      macros: [
        { ...macro, restriction: { type: 'User', id: 7 } },
        { ...macro, restriction: { type: 'Group', id: 8 }, active: false },
      ],
    });
    expect(rows.map(({ personal, notices }) => [personal, notices.map(({ code }) => code)])).toEqual([
      [true, []],
      [false, ['inactive', 'restricted']],
    ]);
  });

  test('takes the text of a value with a channel, and HTML where there is no plain text', async () => {
    const { rows } = await readJson([
      { ...macro, actions: [{ field: 'comment_value', value: ['channel:all', '纯文本'] }] },
      { ...macro, actions: [{ field: 'comment_value_html', value: '<p>第一段</p><p>第二段</p>' }] },
    ]);
    expect(rows.map(({ text }) => text)).toEqual(['纯文本', '第一段\n第二段']);
  });

  test('tells what else a macro does, and refuses one that answers nothing', async () => {
    const status = { field: 'status', value: 'solved' };
    const { rows, refused } = await readJson([
      { ...macro, actions: [status, ...macro.actions] },
      { ...macro, actions: [status] },
      { ...macro, actions: [] },
    ]);
    expect(rows[0]!.notices).toMatchObject([{ code: 'actions-left-out', params: { actions: 'status' } }]);
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [2, 'no-answer-text'],
      [3, 'no-text'],
    ]);
  });
});

describe('Gorgias', () => {
  const answer = (body: object) => ({
    name: '物流查询',
    language: 'zh',
    intent: 'shipping/status',
    actions: [
      { name: 'setResponseText', arguments: body },
      { name: 'addTags', arguments: { tags: 'wuliu' } },
    ],
  });

  test('takes the text, else the HTML', async () => {
    const { form, rows } = await readJson({
      data: [
        answer({ body_text: '已发出', body_html: '<b>已发出</b>' }),
        answer({ body_html: '<div>您好&nbsp;{{ticket.customer.firstname}}<br>已发出<img src="a.png"></div>' }),
      ],
      meta: { next_cursor: null },
    });
    expect(form).toBe('gorgias');
    expect(rows.map(({ text }) => text)).toEqual(['已发出', '您好 {{ticket.customer.firstname}}\n已发出']);
    expect(rows[1]!.notices.map(({ code }) => code)).toEqual(['actions-left-out', 'pictures-left-out']);
  });

  test('keeps the language', async () => {
    const { rows } = await readJson([{ ...answer({ body_text: 'On its way' }), language: 'en-US' }]);
    expect(rows[0]!.language).toBe('en');
  });
});

describe('htmlToText', () => {
  test.each([
    ['plain', 'plain'],
    ['<p>a</p>\n<p>b</p>', 'a\nb'],
    ['a<br/>b', 'a\nb'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['1 &lt; 2 &amp;&amp; &#20320;&#x597D; &copy; &nothing;', '1 < 2 && 你好 © &nothing;'],
    ['<style>p{color:red}</style>a<script>alert("<b>")</script>', 'a'],
    ['a <!-- secret --> b', 'a b'],
    ['a < b', 'a < b'],
    ['3 < 5 > 2', '3 < 5 > 2'],
    ['&#99999999;', '&#99999999;'],
  ])('%s', (html, text) => {
    expect(htmlToText(html).text).toBe(text);
  });
});

describe('our own YAML', () => {
  const title = { zh: '道别', en: 'Farewell' };

  test('keeps the whole script and the line it stands in', async () => {
    const script = makeScript({ guards: ['noOpenQuestion'], variants: [{ text: '再见。' }, { text: '回见。' }] });
    const file = exportScriptFile({ group: 'farewell', title, scripts: [script] });
    const { form, rows } = await readImport(Buffer.from(file), { fileName: 'farewell.yaml' });
    expect(form).toBe('yaml');
    expect(rows).toMatchObject([{ row: 6, tool: 'huashu', code: 'sh1', group: '道别', script }]);
  });

  test('refuses a script that is not legal and keeps the others', async () => {
    const scripts = [makeScript(), makeScript({ id: 'SCR-08-b', code: 'sh2' })];
    const file = exportScriptFile({ group: 'farewell', title, scripts }).replace('code: sh1', 'code: SH 1');
    const { rows, refused } = await readImport(Buffer.from(file));
    expect(rows.map(({ code }) => code)).toEqual(['sh2']);
    expect(refused).toMatchObject([{ row: 6, code: 'bad-entry', message: expect.stringContaining('SCR-08 code') }]);
  });

  test.each([
    ['broken', 'scripts:\n  - id: [', 'broken-yaml'],
    ['without a list', 'group: a\nscripts:\n', 'broken-yaml'],
    ['with an entry that is none', 'scripts:\n  - 7\n', 'bad-entry'],
  ])('refuses a file %s', async (_name, text, code) => {
    const { rows, refused } = await readImport(Buffer.from(text), { fileName: 'a.yaml' });
    expect(rows).toEqual([]);
    expect(refused.map((one) => one.code)).toEqual([code]);
  });

  test('refuses aliases that grow without end', async () => {
    const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [pair[0]!, pair[1]!] as const))
      lines.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
    const text = `${lines.join('\n')}\nscripts:\n  - id: *f\n`;
    expect((await readImport(Buffer.from(text), { fileName: 'a.yaml' })).refused).toMatchObject([
      { code: 'bad-entry' },
    ]);
  });
});
