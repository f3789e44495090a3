/** Files made to keep the reader busy: each is read or refused in the time a test has. */
import { describe, expect, test } from 'vitest';
import type { Script } from '../../src/protocol/script.ts';
import { convertPlaceholders } from '../../src/scripts/import/convert-placeholders.ts';
import { readImportApart } from '../../src/scripts/import/read-apart.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { importedGroup, markOf } from '../../src/scripts/import/source-key.ts';

const HEAD = '快捷短语编码,快捷短语,快捷短语分组\n';
const read = (text: string) => readImport(new TextEncoder().encode(text));
const codes = async (text: string) => (await read(text)).refused.map(({ code }) => code);

test.each([
  ['blank rows without end', `${HEAD}${',\n'.repeat(70_000)}a,b,c`, ['too-many-rows']],
  ['line breaks without end', `${HEAD}a,"${'b\n'.repeat(2_100_000)}c",d`, ['too-many-rows']],
  ['nothing but line breaks', `${'\n'.repeat(3_000_000)}x`, ['unknown-form']],
  ['nothing but spaces', `${' '.repeat(3_000_000)}x`, ['unknown-form']],
  ['a script with a hundred thousand fields', `scripts:\n  - card: SHOP\n${manyKeys(100_000)}`, ['bad-entry']],
])('%s', async (_name, text, refused) => {
  expect(await codes(text)).toEqual(refused);
});

function manyKeys(count: number): string {
  return Array.from({ length: count }, (_, i) => `    k${i}: 1`).join('\n');
}

test('blank lines at the end are no rows', async () => {
  const { rows, refused } = await read(`${HEAD}ab,亲，您好,问候\n${'\n'.repeat(1_000_000)}`);
  expect([rows.length, refused]).toEqual([1, []]);
});

test.each([
  ['text: "a\\0b"', 'U+0000'],
  [`text: ${'长'.repeat(4001)}`, '4001'],
  ['text: a\n    code: twice', '"code" stands there twice'],
])('a script of a library file with %s is refused', async (field, said) => {
  const file = `group: shop
title: { zh: 店, en: Shop }
scripts:
  - id: SHOP-x
    card: SHOP
    code: ab
    title: { zh: 标题, en: Title }
    modes: [A]
    intents: []
    stages: []
    slots: []
    guards: []
    length: L1
    variants:
      - language: zh-Hans
        ${field}
    sources: [own]
    status: draft
    version: 1
`;
  const { rows, refused } = await read(file);
  expect(rows).toEqual([]);
  expect(refused[0]?.message).toContain(said);
});

test.each([`a{{${' '.repeat(3900)}b{{`, '** a '.repeat(780), '****x'.repeat(780), '<%= {%'.repeat(650)])(
  'placeholders that never end: %#',
  (text) => {
    for (let i = 0; i < 20; i++) expect(convertPlaceholders(text, new Map()).text.length).toBeGreaterThan(100);
  },
);

test('a group is read from the mark as it was written, whatever stands in it', () => {
  const row = {
    row: 1,
    tool: 'qianniu',
    code: 'a',
    group: '5%折/#:%2f',
    title: '',
    text: 't',
    personal: false,
  } as const;
  const { key } = markOf({ ...row, language: 'zh-Hans', notices: [] });
  const groupOf = (source: string) => importedGroup({ sources: [source] } as Pick<Script, 'sources'> as Script);
  expect(groupOf(`${key}#00000000`)).toBe('5%折/#:%2f');
  expect(groupOf('import:qianniu:%zz/a#00000000')).toBe('%zz');
});

describe('a file read apart', () => {
  test('holds what it holds', async () => {
    const bytes = new TextEncoder().encode('快捷短语编码,快捷短语,快捷短语分组\nfh,今天发货,物流');
    expect(await readImportApart(bytes, { fileName: 'a.csv' })).toEqual(await readImport(bytes, { fileName: 'a.csv' }));
  });

  test('is refused as a whole when it takes too long', async () => {
    const read = await readImportApart(new TextEncoder().encode('快捷短语\n今天发货'), { form: 'qianniu-csv' }, 0);
    expect(read).toMatchObject({ form: 'qianniu-csv', rows: [], refused: [{ row: 0, code: 'takes-too-long' }] });
  });
});
