import { describe, expect, test } from 'vitest';
import { ScriptSchema } from '../../src/protocol/script.ts';
import type { ImportedRow } from '../../src/scripts/import/import-row.ts';
import { type PlanOptions, planImport } from '../../src/scripts/import/plan-import.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { slotNames } from '../../src/scripts/template.ts';
import { SLOT_CATALOGUE } from '../../src/suggestions/slot-catalogue.ts';
import { makeScript } from './fixtures.ts';
import { makeQianniuCsv } from './make-qianniu-csv.ts';

const slots = new Map(Object.entries(SLOT_CATALOGUE).map(([name, entry]) => [name, entry.example]));

function makeRow(fields: Partial<ImportedRow> = {}): ImportedRow {
  return {
    row: 2,
    tool: 'qianniu',
    code: '',
    group: '',
    title: '',
    text: '付款后四十八小时内发货',
    language: 'zh-Hans',
    personal: false,
    notices: [],
    ...fields,
  };
}

async function plan(rows: readonly ImportedRow[], options: Partial<PlanOptions> = {}) {
  return await planImport(rows, { existing: [], slots, ...options });
}

async function importedFrom(rows: readonly ImportedRow[]) {
  return (await plan(rows)).added.map(({ script }) => script);
}

describe('an added script', () => {
  test('is a complete draft', async () => {
    const row = makeRow({ code: 'fh1', group: '发货', text: '您好，{店铺名}付款后48小时内发货，单号{快递单号}。' });
    const { added } = await plan([row]);
    expect(added).toMatchObject([
      {
        row: 2,
        personal: false,
        script: {
          id: expect.stringMatching(/^SHOP-fh1-[0-9a-f]{8}$/),
          card: 'SHOP',
          code: 'fh1',
          title: { zh: '发货：付款后48小时内发货' },
          modes: ['A'],
          intents: [],
          slots: ['shop.name', 'order.trackingNo'],
          length: 'L1',
          status: 'draft',
          version: 1,
        },
      },
    ]);
    expect(() => ScriptSchema.parse(added[0]!.script)).not.toThrow();
  });

  test.each([
    ['长'.repeat(60), 'L1', []],
    ['长'.repeat(61), 'L2', []],
    ['长'.repeat(121), 'L3', []],
    ['长'.repeat(199), 'L3', []],
    ['长'.repeat(200), 'L3', ['too-long']],
  ])('has the length class of its text: %#', async (text, length, notices) => {
    const [added] = (await plan([makeRow({ text })])).added;
    expect([added!.script.length, added!.notices.map(({ code }) => code)]).toEqual([length, notices]);
  });

  test.each([
    ['YF-1', 'yf1', []],
    ['运费', 'yf', []],
    ['', 'fkhssb', []],
    ['sh1', 'sh12', ['code-changed']],
    ['a'.repeat(20), 'a'.repeat(12), []],
  ])('code %j becomes %s', async (code, legal, notices) => {
    const [added] = (await plan([makeRow({ code })], { existing: [makeScript()] })).added;
    expect([added!.script.code, added!.notices.map((notice) => notice.code)]).toEqual([legal, notices]);
  });

  test('codes are given once', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => makeRow({ row: i + 2, code: 'abcdefghijkl', text: `答复${i}` }));
    const codes = (await plan(rows, { codesTaken: ['abcdefghijkl'] })).added.map(({ script }) => script.code);
    expect(new Set(codes).size).toBe(30);
    expect(codes.every((code) => /^[a-z0-9]{1,12}$/.test(code) && code !== 'abcdefghijkl')).toBe(true);
  });

  test('has the intents that hold and the card that is suggested', async () => {
    const suggestIntents = () => [
      { intent: 'INT-LOG-01', confidence: 0.85 },
      { intent: 'INT-LOG-02', confidence: 0.4 },
      { intent: 'INT-GEN-02', confidence: 0.9 },
    ];
    const [shop] = (await plan([makeRow()], { suggestIntents })).added;
    expect(shop!.script.intents).toEqual(['INT-LOG-01']);

    const existing = [makeScript({ intents: ['INT-GEN-07'] })];
    const [card] = (await plan([makeRow()], { existing, suggestIntents, suggestCard: () => 'SCR-08' })).added;
    expect(card!.script).toMatchObject({ card: 'SCR-08', intents: ['INT-GEN-07'] });
    expect(card!.script.id).toMatch(/^SCR-08-/);
  });

  test.each([
    ['您好；\n“包装”说明在盒内', '包装”说明在盒内'],
    ['——', '——'],
    ['亲，', '亲'],
  ])('%j has a title of words: %j', async (text, title) => {
    expect((await plan([makeRow({ text })])).added[0]!.script.title.zh).toBe(title);
  });

  test('asks for intents without slots and with the title', async () => {
    const asked: string[] = [];
    const suggestIntents = async (text: string) => {
      asked.push(text);
      return [];
    };
    await plan([makeRow({ tool: 'zendesk', title: '何时发货', text: '{{contact.name}}今天发' })], { suggestIntents });
    expect(asked).toEqual(['今天发', '何时发货']);
  });

  test('of one agent is flagged', async () => {
    const { added } = await plan([makeRow({ personal: true })]);
    expect(added[0]!.personal).toBe(true);
  });

  test('in English has the limits of English', async () => {
    const [added] = (await plan([makeRow({ text: 'word '.repeat(23).trim(), language: 'en' })])).added;
    expect(added!.script).toMatchObject({ length: 'L1', variants: [{ language: 'en' }] });
  });
});

describe('the same file twice', () => {
  test.each([
    ['code and group', makeRow({ code: 'fh1', group: '发货' })],
    ['code', makeRow({ code: 'fh1' })],
    ['group', makeRow({ group: '发货:/%#' })],
    ['text alone', makeRow()],
    ['a title', makeRow({ tool: 'zendesk', title: '发货', group: '物流' })],
    ['a placeholder', makeRow({ code: 'fh1', text: 'XX元，{{contact.name}}，{订单号}' })],
  ])('is unchanged: by %s', async (_name, row) => {
    const existing = await importedFrom([row]);
    const again = await plan([row], { existing });
    expect(again).toMatchObject({ added: [], changed: [], unchanged: [{ row: 2, scriptId: existing[0]!.id }] });
  });

  test('gives the same ids', async () => {
    const rows = [makeRow({ code: 'a1' }), makeRow({ row: 3, text: '今天发货' })];
    expect(await importedFrom(rows)).toEqual(await importedFrom(rows));
  });

  test('is unchanged after a person edited and approved the draft, and after it is retired', async () => {
    const row = makeRow({ code: 'fh1', text: '运费XX元' });
    const [draft] = await importedFrom([row]);
    for (const status of ['approved', 'retired'] as const) {
      const existing = [{ ...draft!, status, version: 3, variants: [{ ...draft!.variants[0]!, text: '运费十元' }] }];
      expect((await plan([row], { existing })).unchanged).toHaveLength(1);
    }
  });

  test('a thousand rows with all that is bad in them', async () => {
    const read = await readImport(makeQianniuCsv(1000));
    const first = await plan(read.rows, { refused: read.refused });
    expect(first.added.length + first.refused.length).toBe(read.rows.length + read.refused.length);
    for (const { script } of first.added) expect(ScriptSchema.safeParse(script).error).toBeUndefined();
    expect(new Set(first.added.map(({ script }) => script.id)).size).toBe(first.added.length);
    const again = await plan(read.rows, { existing: first.added.map(({ script }) => script) });
    expect([again.added.length, again.changed.length, again.unchanged.length]).toEqual([0, 0, first.added.length]);
  });

  test('as Excel in place of CSV is the same source', async () => {
    const text = '快捷短语编码,快捷短语,快捷短语分组\na1,好的,甲\n';
    const csv = await readImport(Buffer.from(text));
    const semicolons = await readImport(Buffer.from(text.replaceAll(',', ';')));
    const existing = await importedFrom(csv.rows);
    expect((await plan(semicolons.rows, { existing })).unchanged).toHaveLength(1);
  });
});

describe('a changed script', () => {
  test('keeps its id and code, is a draft and one version on', async () => {
    const [draft] = await importedFrom([makeRow({ code: 'fh1', group: '发货' })]);
    const approved = { ...draft!, status: 'approved' as const, version: 4, guards: ['agentOnDuty'] };
    const row = makeRow({ row: 9, code: 'fh1', group: '发货', text: '付款后{发货时效}' });
    const { changed, added } = await plan([row], { existing: [approved] });
    expect(added).toEqual([]);
    expect(changed).toMatchObject([
      {
        rows: [9],
        before: approved,
        script: {
          id: approved.id,
          code: 'fh1',
          status: 'draft',
          version: 5,
          guards: ['agentOnDuty'],
          slots: ['shipping.norm'],
          variants: [{ text: '付款后{shipping.norm}' }],
        },
      },
    ]);
    const again = await plan([row], { existing: [changed[0]!.script] });
    expect(again.unchanged).toHaveLength(1);
  });

  test('is a script of the library when code and group are its own', async () => {
    const existing = [makeScript({ variants: [{ text: '甲说法在这里' }, { text: '乙说法在那里' }] })];
    const row = makeRow({ code: 'sh1', group: '道别', text: '乙说法在那里哦' });
    const groups = new Map([['SCR-08', '道别']]);
    const { changed } = await plan([row], { existing, groups });
    expect(changed[0]!.script.variants.map(({ text }) => text)).toEqual(['甲说法在这里', '乙说法在那里哦']);
    const elsewhere = await plan([{ ...row, group: '物流', text: '完全另外的话题' }], { existing, groups });
    expect(elsewhere).toMatchObject({ changed: [], added: [{ row: 2 }] });
  });

  test('holds the words of several rows', async () => {
    const existing = [makeScript({ variants: [{ text: '甲说法在这里' }, { text: '乙说法在那里' }] })];
    const rows = [
      makeRow({ row: 2, tool: 'chatwoot', code: 'sh1', text: '甲说法在这里呀呀' }),
      makeRow({ row: 3, tool: 'chatwoot', code: 'sh1-2', text: '乙说法在那里呀呀' }),
    ];
    const { changed } = await plan(rows, { existing });
    expect(changed).toMatchObject([{ rows: [2, 3], script: { version: 2 } }]);
    expect(changed[0]!.script.variants.map(({ text }) => text)).toEqual(['甲说法在这里呀呀', '乙说法在那里呀呀']);
  });

  test('grows into the length class of its text and never shrinks', async () => {
    const row = makeRow({ code: 'sh1', text: '长'.repeat(100) });
    const [draft] = await importedFrom([row]);
    const longer = await plan([{ ...row, text: '长'.repeat(150) }], { existing: [draft!] });
    expect(longer.changed[0]!.script.length).toBe('L3');
    const shorter = await plan([{ ...row, text: '短' }], { existing: [draft!] });
    expect(shorter.changed[0]!.script.length).toBe('L2');
  });
});

describe('our own YAML', () => {
  const own = (script = makeScript()) => makeRow({ tool: 'huashu', code: script.code, script, text: '…' });

  test('is added as a draft', async () => {
    const { added } = await plan([own()]);
    expect(added[0]!.script).toEqual(makeScript({ status: 'draft' }));
  });

  test('is unchanged whatever its status and version', async () => {
    const existing = [makeScript({ status: 'retired', version: 7 })];
    expect((await plan([own()], { existing })).unchanged).toHaveLength(1);
  });

  test('is changed when anything else differs', async () => {
    const { changed } = await plan([own(makeScript({ guards: ['agentOnDuty'] }))], { existing: [makeScript()] });
    expect(changed).toMatchObject([{ script: { status: 'draft', version: 2, guards: ['agentOnDuty'] } }]);
  });
});

describe('refused and pointed out', () => {
  test('a row that stands twice', async () => {
    const { added, refused } = await plan([makeRow({ row: 2 }), makeRow({ row: 7 })]);
    expect(added).toHaveLength(1);
    expect(refused).toMatchObject([{ row: 7, code: 'repeated-row', params: { first: 2 } }]);
  });

  test('what the reader refused is part of the plan', async () => {
    const read = await readImport(Buffer.from('快捷短语编码,快捷短语\na1,\na2,好的\n'));
    expect((await plan(read.rows, { refused: read.refused })).refused).toMatchObject([{ row: 2, code: 'no-text' }]);
  });

  test('wordings that are nearly equal, in the file and in the library', async () => {
    const existing = [makeScript({ variants: [{ text: '下单以后两天之内安排发货的' }] })];
    const rows = [
      makeRow({ row: 2, text: '亲，退货的运费由我们店铺来承担。' }),
      makeRow({ row: 3, text: '退货的运费由我们店铺来承担哦~' }),
      makeRow({ row: 4, text: '您好，下单以后两天之内安排发货！' }),
      makeRow({ row: 5, text: '这条和谁都不一样' }),
    ];
    const { added, duplicates } = await plan(rows, { existing });
    expect(added).toHaveLength(4);
    expect(duplicates).toMatchObject([
      { row: 3, of: { row: 2 }, similarity: 1 },
      { row: 4, of: { scriptId: 'SCR-08', variant: 0 } },
    ]);
  });

  test.each([
    ['满300减30，和店铺券可以一起用', '满500减50，和店铺券可以一起用'],
    ['这款支持七天无理由退货的', '这款不支持七天无理由退货的'],
    ['付款后两天内安排发货给您', '付款后三天内安排发货给您'],
  ])('other numbers and denials say something else: %s', async (one, other) => {
    const rows = [makeRow({ row: 2, text: one }), makeRow({ row: 3, text: other })];
    expect((await plan(rows)).duplicates).toEqual([]);
  });

  test('retired scripts have no duplicates', async () => {
    const existing = [makeScript({ status: 'retired', variants: [{ text: '付款后四十八小时内发货' }] })];
    expect((await plan([makeRow()], { existing })).duplicates).toEqual([]);
  });
});

test('tells how far it is', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => makeRow({ row: i + 2, text: `第${i}条` }));
  const told: string[] = [];
  await plan(rows, { onProgress: (done, total) => told.push(`${done}/${total}`) });
  expect(told).toEqual(['18/60', '37/60', '51/60', '57/60', '60/60']);
});

test('no placeholder of the made file is lost', async () => {
  const read = await readImport(makeQianniuCsv(300));
  for (const { script, row } of (await plan(read.rows)).added) {
    const source = read.rows.find((one) => one.row === row)!.text;
    const holes = source.match(/XX|\*{3}|#[^#]+#|（价格）|\{[^}]+\}|\[[^\]]+\]/g)?.length ?? 0;
    const { text } = script.variants[0]!;
    const kept = (text.match(/\{待填：[^}]+\}/g)?.length ?? 0) + (text.match(/\{[a-z][\w.]+\}/gi)?.length ?? 0);
    expect(kept, source).toBe(holes);
    for (const slot of slotNames(text)) expect(slots.has(slot)).toBe(true);
  }
});
