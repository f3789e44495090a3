import { describe, expect, test } from 'vitest';
import { exportScriptFile } from '../../src/scripts/export-library.ts';
import { htmlToText } from '../../src/scripts/import/html-to-text.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { markdownToText, textToMarkdown } from '../../src/scripts/markdown-text.ts';
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

  test.each([
    ['**请核对地址**，谢谢', '请核对地址，谢谢'],
    ['__重点__：[看物流](https://example.com/a)\\\n第二行', '重点：看物流 https://example.com/a\n第二行'],
    ['***元，电话138****0000，共____件', '***元，电话138****0000，共____件'],
    ['[微笑](表情) **', '[微笑](表情) **'],
  ])('reads the Markdown %j', async (content, text) => {
    const { rows } = await readJson([{ short_code: 'm', content }]);
    expect(rows[0]!.text).toBe(text);
  });

  test.each(['**粗**', '[a](https://example.com)', '行尾\\\n二', '\\*', '三**件**套__x__', '平常的话***'])(
    'writes %j so that it is read as it is',
    (text) => {
      expect(markdownToText(textToMarkdown(text))).toBe(text);
    },
  );

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

  test('reads the pages of the API in one list', async () => {
    const pages = [
      { macros: [macro, macro], next_page: 'page=2' },
      { macros: [macro], next_page: null },
    ];
    const { form, rows } = await readJson(pages);
    expect({ form, rows: rows.map(({ row }) => row) }).toEqual({ form: 'zendesk', rows: [1, 2, 3] });
  });

  test('a comment for colleagues is no answer to a buyer', async () => {
    const seenBy = (value: unknown) => ({
      ...macro,
      actions: [...macro.actions, { field: 'comment_mode_is_public', value }],
    });
    const { rows, refused } = await readJson([seenBy('false'), seenBy(false), seenBy('true'), seenBy(true)]);
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [1, 'internal-note'],
      [2, 'internal-note'],
    ]);
    expect(rows.map(({ row, notices }) => [row, notices])).toEqual([
      [3, []],
      [4, []],
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

  test('takes what is written to the buyer, not to colleagues or others', async () => {
    const note = { name: 'addInternalNote', arguments: { body_text: '仓库待查' } };
    const mail = { name: 'forwardByEmail', arguments: { to: 'a@example.com', body_text: '请跟进' } };
    const reply = { name: 'setResponseText', arguments: { body_text: '已为您登记' } };
    const { rows, refused } = await readJson([
      { name: '甲', actions: [note, mail, reply] },
      { name: '乙', actions: [note] },
      { name: '丙', actions: [mail] },
    ]);
    expect(rows.map(({ row, text, notices }) => [row, text, notices[0]!.params])).toEqual([
      [1, '已为您登记', { actions: 'addInternalNote, forwardByEmail' }],
    ]);
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [2, 'internal-note'],
      [3, 'no-answer-text'],
    ]);
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
    [
      '看<a class="b" href="https://shop.example/size?a=1&amp;b=2">尺码表</a>。',
      '看尺码表（https://shop.example/size?a=1&b=2）。',
    ],
    ["<a href='https://shop.example/'>https://shop.example/</a>", 'https://shop.example/'],
    ['写信<a href=mailto:hi@shop.example>给我们</a><a href="#top">上面</a>', '写信给我们（hi@shop.example）上面'],
    ['<a href="javascript:run()">点我</a>', '点我'],
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
