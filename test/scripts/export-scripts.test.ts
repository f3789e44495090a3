import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { NO_CARD, type Script } from '../../src/protocol/script.ts';
import { type ExportOptions, exportScripts } from '../../src/scripts/export/export-scripts.ts';
import { IMPORT_FORMS, type ImportForm } from '../../src/scripts/import/import-row.ts';
import { planImport } from '../../src/scripts/import/plan-import.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { SLOT_CATALOGUE } from '../../src/suggestions/slot-catalogue.ts';
import { makeScript } from './fixtures.ts';

const slots = new Map(Object.entries(SLOT_CATALOGUE).map(([name, entry]) => [name, entry.example]));
const library = loadLibrary(join(import.meta.dirname, '..', '..', 'scripts-library'));

async function exportRows(scripts: readonly Script[], options: ExportOptions = {}) {
  const { bytes, notes } = await exportScripts(scripts, 'qianniu-csv', { encoding: 'utf-8', ...options });
  const rows: string[][] = parse(Buffer.from(bytes), { bom: true });
  return { rows, notes: notes.map(({ code }) => code) };
}

async function exportJson(scripts: readonly Script[], form: ImportForm, options: ExportOptions = {}) {
  const { bytes } = await exportScripts(scripts, form, options);
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
}

/** Exports, reads back, and says what an import of it would do to the same scripts. */
async function roundTrip(scripts: readonly Script[], form: ImportForm, options: ExportOptions = {}) {
  const { bytes } = await exportScripts(scripts, form, options);
  const read = await readImport(bytes);
  const { groups } = options;
  const plan = await planImport(read.rows, {
    existing: scripts,
    slots,
    refused: read.refused,
    ...(groups && { groups }),
  });
  const { added, changed, refused, unchanged } = plan;
  return { form: read.form, added, changed, refused, unchanged: unchanged.length };
}

function countWordings(scripts: readonly Script[]): number {
  return scripts.reduce((sum, { variants }) => sum + variants.length, 0);
}

describe('export and import of the library that ships change nothing', () => {
  const groups = new Map(
    [...library.files.values()].flatMap(({ title, scripts }) => scripts.map(({ id }) => [id, title.zh] as const)),
  );

  test.each(IMPORT_FORMS)('%s', async (form) => {
    const rows = form === 'yaml' ? library.scripts.length : countWordings(library.scripts);
    const unchanged = { form, added: [], changed: [], refused: [], unchanged: rows };
    expect(await roundTrip(library.scripts, form, { groups })).toEqual(unchanged);
  });
});

describe('export and import of made scripts change nothing', () => {
  const PIECES = [
    ...[
      '好',
      '的',
      '发货',
      '"',
      '""',
      ',',
      '，',
      '\n',
      '\t',
      ';',
      "'",
      '😊',
      '㐀',
      '<b>',
      '&amp;',
      '\\',
      '=1+1',
      '@',
      '|',
    ],
    ...[
      '{order.id}',
      '{agent.name}',
      '{shop.name}',
      '{product.price}',
      '{待填：买家称呼}',
      '【姓名】',
      'XX',
      '*',
      '元',
      '#a#',
    ],
    ...['：', ' ', '(2)', '::', '{}', 'null', '2026-01-01', '001', '%', '\u00A0', '–', '𠮷', 'é'],
  ];

  function makeScripts(seed: number): Script[] {
    let state = seed;
    const below = (limit: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const text = () =>
      `话${Array.from({ length: 1 + below(25) }, () => PIECES[below(PIECES.length)]!).join('')}${below(1e6)}`;
    return Array.from({ length: 12 }, (_, i) =>
      makeScript({
        id: `SHOP-made-${i}`,
        card: NO_CARD,
        code: `m${i}`,
        title: { zh: `标题${i}`, en: `Title ${i}` },
        slots: [],
        variants: Array.from({ length: 1 + below(3) }, () => ({ text: text() })),
      }),
    );
  }

  test.each(IMPORT_FORMS)('%s', async (form) => {
    for (let seed = 1; seed <= 12; seed++) {
      const scripts = makeScripts(seed);
      const groups = new Map(scripts.map(({ id }, i) => [id, i % 3 === 0 ? '' : `第${i % 3}组`] as const));
      const rows = form === 'yaml' ? scripts.length : countWordings(scripts);
      const { form: read, ...result } = await roundTrip(scripts, form, { groups });
      expect(result, `seed ${seed}`).toEqual({ added: [], changed: [], refused: [], unchanged: rows });
      expect(read).toBe(form);
    }
  });
});

describe('千牛', () => {
  test('has the columns 千牛 reads; the first wording has the code', async () => {
    const scripts = [makeScript({ variants: [{ text: '甲{order.id}' }, { text: '乙，"丙"' }] })];
    const { rows } = await exportRows(scripts, { groups: new Map([['SCR-08', '道别']]) });
    expect(rows).toEqual([
      ['快捷短语编码', '快捷短语', '快捷短语分组'],
      ['sh1', '甲{订单号}', '道别'],
      ['', '乙，"丙"', '道别'],
    ]);
  });

  test('is GB18030 unless asked otherwise', async () => {
    const { bytes } = await exportScripts([makeScript()], 'qianniu-csv');
    expect(new TextDecoder('gb18030', { fatal: true }).decode(bytes)).toContain('快捷短语分组');
    const { bytes: other } = await exportScripts([makeScript()], 'qianniu-csv', { encoding: 'utf-8' });
    expect([...other.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('the first wording alone, when asked', async () => {
    const scripts = [makeScript({ variants: [{ text: '甲' }, { text: '乙' }] })];
    const { rows, notes } = await exportRows(scripts, { wordings: 'first' });
    expect(rows.map((cells) => cells[1])).toEqual(['快捷短语', '甲']);
    expect(notes).toEqual(['wording-left-out']);
  });

  test('shortens codes to four characters, each once, and tells', async () => {
    const codes = ['abcd', 'abcde', 'abcdef', 'ab'];
    const scripts = codes.map((code, i) => makeScript({ id: `SCR-08-${i}`, code, variants: [{ text: `话${i}` }] }));
    const { rows, notes } = await exportRows(scripts);
    expect(rows.slice(1).map(([code]) => code)).toEqual(['abcd', 'abc2', 'abc3', 'ab']);
    expect(notes).toEqual(['code-shortened', 'code-shortened']);
    expect(await roundTrip(scripts, 'qianniu-csv')).toMatchObject({ added: [], changed: [], unchanged: 4 });
  });

  test('leaves a code out when no short form is free', async () => {
    const scripts = Array.from({ length: 40 }, (_, i) =>
      makeScript({ id: `SCR-08-${i}`, code: `abcde${i}`, variants: [{ text: `话${i}` }] }),
    );
    const { rows, notes } = await exportRows(scripts);
    const written = rows
      .slice(1)
      .map(([code]) => code!)
      .filter((code) => code !== '');
    expect(new Set(written).size).toBe(written.length);
    expect(notes.filter((code) => code === 'code-left-out')).toHaveLength(40 - written.length);
  });

  test('cuts a phrase at a sentence below 430 characters, never in a slot', async () => {
    const scripts = [
      makeScript({ length: 'L3', variants: [{ text: `${'长'.repeat(400)}。${'尾'.repeat(60)}` }] }),
      makeScript({
        id: 'SCR-08-b',
        code: 'sh2',
        variants: [{ text: `${'长'.repeat(427)}{order.id}${'尾'.repeat(9)}` }],
      }),
    ];
    const { rows, notes } = await exportRows(scripts);
    expect(rows.slice(1).map((cells) => cells[1])).toEqual([`${'长'.repeat(400)}。`, '长'.repeat(427)]);
    expect(notes).toEqual(['slot-in-words', 'text-shortened', 'text-shortened']);
  });

  test('cuts a group to ten characters and finds it again', async () => {
    const groups = new Map([['SCR-08', '一二三四五六七八九十十一']]);
    const { rows, notes } = await exportRows([makeScript()], { groups });
    expect(rows[1]![2]).toBe('一二三四五六七八九十');
    expect(notes).toEqual(['group-shortened']);
    expect(await roundTrip([makeScript()], 'qianniu-csv', { groups })).toMatchObject({ unchanged: 1 });
  });
});

describe('JSON', () => {
  const script = makeScript({
    title: { zh: '发货', en: 'Shipping' },
    variants: [
      { text: '{待填：买家称呼}，我是{agent.name}\n单号{order.trackingNo}' },
      { text: 'Sent <today>', language: 'en' },
    ],
  });
  const groups = new Map([['SCR-08', '物流']]);

  test('Chatwoot', async () => {
    expect(await exportJson([script], 'chatwoot', { groups })).toEqual([
      { short_code: 'sh1', content: '{{contact.name}}，我是{{agent.name}}\n单号{快递单号}' },
      { short_code: 'sh1-2', content: 'Sent <today>' },
    ]);
  });

  test('Zendesk', async () => {
    expect(await exportJson([script], 'zendesk', { groups })).toMatchObject({
      macros: [
        {
          title: '物流::发货',
          active: true,
          restriction: null,
          actions: [
            { field: 'comment_value', value: '{{ticket.requester.name}}，我是{{current_user.name}}\n单号{快递单号}' },
          ],
        },
        { title: '物流::发货 (2)' },
      ],
    });
  });

  test('Gorgias', async () => {
    expect(await exportJson([script], 'gorgias')).toMatchObject({
      data: [
        {
          name: '发货',
          language: 'zh',
          actions: [{ arguments: { body_text: expect.stringContaining('tracking_number') } }],
        },
        { name: '发货 (2)', language: 'en', actions: [{ arguments: { body_html: '<div>Sent &lt;today&gt;</div>' } }] },
      ],
    });
  });

  test('tells which slots the tool does not fill', async () => {
    const { notes } = await exportScripts([script], 'chatwoot');
    expect(notes).toMatchObject([
      { scriptId: 'SCR-08', variant: 0, code: 'slot-in-words', params: { slots: '快递单号' } },
    ]);
  });
});
