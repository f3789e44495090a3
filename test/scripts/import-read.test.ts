import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { inspectZip } from '../../src/lib/inspect-zip.ts';
import { readImport } from '../../src/scripts/import/read-import.ts';
import { makeQianniuCsv, makeQianniuRows } from './make-qianniu-csv.ts';

const HEADER = '快捷短语编码,快捷短语,快捷短语分组';

async function readText(text: string, fileName?: string) {
  return readImport(Buffer.from(text, 'utf8'), fileName === undefined ? {} : { fileName });
}

async function cellsOf(text: string) {
  const { rows } = await readText(text);
  return rows.map(({ row, code, text: phrase, group }) => [row, code, phrase, group]);
}

/** What is refused, by place. */
function placesOf({ refused }: Awaited<ReturnType<typeof readImport>>) {
  return refused.map(({ row, field, code }) => `${row} ${field} ${code}`);
}

async function makeXlsx(rows: readonly (readonly (string | null)[])[]): Promise<Uint8Array> {
  const cells = rows.map((row) => row.map((value) => (value === null ? null : { type: String, value })));
  return await writeExcelFile(cells, { sheet: 'phrases' }).toBuffer();
}

describe('千牛 CSV', () => {
  test('gives code, phrase, group and the row as Excel counts', async () => {
    expect(await cellsOf(`${HEADER}\r\nyf1,满99元包邮哦,运费\r\n,今天发货,\r\n`)).toEqual([
      [2, 'yf1', '满99元包邮哦', '运费'],
      [3, '', '今天发货', ''],
    ]);
  });

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text, 'utf8')],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf8')],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
    ['UTF-16 LE with a mark', (text: string) => iconv.encode(text, 'utf16-le', { addBOM: true })],
    ['UTF-16 BE with a mark', (text: string) => iconv.encode(text, 'utf16-be', { addBOM: true })],
  ])('is read in %s', async (_name, encode) => {
    const { form, rows, refused } = await readImport(encode(`${HEADER}\nyf1,满99元包邮😊㐀,运费`));
    expect({ form, refused }).toEqual({ form: 'qianniu-csv', refused: [] });
    expect(rows[0]).toMatchObject({ code: 'yf1', text: '满99元包邮😊㐀', group: '运费', personal: false });
  });

  test.each([
    ['comma', ','],
    ['tab', '\t'],
    ['semicolon', ';'],
  ])('may be separated by %s', async (_name, mark) => {
    const text = ['快捷编码', '快捷短语', '快捷短语分组'].join(mark);
    expect(await cellsOf(`${text}\n${['a1', '好的', '甲'].join(mark)}`)).toEqual([[2, 'a1', '好的', '甲']]);
  });

  test.each([
    ['of the Excel form', '快捷编码,快捷短语,快捷短语分组'],
    ['with spaces and full-width letters', ' 快捷 编码 ,快捷短语　,快捷短语（分组）'],
    ['in English', 'ＣＯＤＥ,Content,Group'],
  ])('takes a header %s', async (_name, header) => {
    expect(await cellsOf(`${header}\na1,好的,甲`)).toEqual([[2, 'a1', '好的', '甲']]);
  });

  test('takes columns in any order and ignores those it does not know', async () => {
    const text = '序号,快捷短语分组,使用次数,快捷短语,快捷短语编码\n1,甲,88,好的,a1';
    expect(await cellsOf(text)).toEqual([[2, 'a1', '好的', '甲']]);
  });

  test('reads below a title row', async () => {
    expect(await cellsOf(`我店快捷短语,,\n\n${HEADER}\na1,好的,甲`)).toEqual([[4, 'a1', '好的', '甲']]);
  });

  test('counts blank rows, and a phrase of several lines as one row', async () => {
    expect(await cellsOf(`${HEADER}\na1,"第一行\n第二行,还有""引号""",甲\n\n,,\na2,好的,甲`)).toEqual([
      [2, 'a1', '第一行\n第二行,还有"引号"', '甲'],
      [5, 'a2', '好的', '甲'],
    ]);
  });

  test('reads quotation marks inside a cell as Excel does', async () => {
    expect(await cellsOf(`${HEADER}\na1,这款是"特价"商品,甲\na2,好的,甲`)).toEqual([
      [2, 'a1', '这款是"特价"商品', '甲'],
      [3, 'a2', '好的', '甲'],
    ]);
  });

  test('refuses a row whose quotation mark stays open, and reads on', async () => {
    const read = await readText(`${HEADER}\na1,"没有收尾,甲\na2,"好的",甲\na3,行,甲`);
    expect(placesOf(read)).toEqual(['2 row bad-quotes']);
    expect(read.rows.map(({ row, code }) => [row, code])).toEqual([
      [3, 'a2'],
      [4, 'a3'],
    ]);
  });

  test('refuses an open quotation mark on the last row', async () => {
    const read = await readText(`${HEADER}\na1,好的,甲\na2,"没有收尾,甲`);
    expect(placesOf(read)).toEqual(['3 row bad-quotes']);
    expect(read.rows).toHaveLength(1);
  });

  test('stray quotation marks in every row cost no row', async () => {
    const rows = Array.from({ length: 1500 }, (_, i) => `a${i},这款是"特价"商品${i},甲\n${i % 200 === 7 ? '\n' : ''}`);
    const read = await readText(`${HEADER}\n${rows.join('')}`);
    expect(read.refused).toEqual([]);
    expect(read.rows).toHaveLength(1500);
    expect(read.rows.at(-1)).toMatchObject({ row: 1509, code: 'a1499' });
  });

  test('a phrase may have more lines than are parsed at once', async () => {
    const text = Array.from({ length: 700 }, (_, i) => `${i}`).join('\n');
    const read = await readText(`${HEADER}\n${'a,好的,\n'.repeat(150)}b,"${text}",甲\nc,好的,\n`);
    expect(read.rows.slice(-2)).toMatchObject([
      { row: 152, text },
      { row: 153, code: 'c' },
    ]);
  });

  test('a file that is nothing but open quotation marks is refused row by row', async () => {
    const read = await readText(`${HEADER}\n${'a,"b\n'.repeat(800)}`);
    expect(read.rows).toEqual([]);
    expect(read.refused.map(({ row }) => row)).toEqual(Array.from({ length: 800 }, (_, i) => i + 2));
  });

  test('refuses rows without a phrase, with a page, with damaged characters: row, field and reason', async () => {
    const bytes = Buffer.concat([
      iconv.encode(`${HEADER}\na1,,甲\na2,${'长'.repeat(4001)},甲\na3,坏`, 'gb18030'),
      Buffer.of(0xff),
      iconv.encode(',甲\na4,好的,甲\n', 'gb18030'),
    ]);
    const read = await readImport(bytes);
    expect(placesOf(read)).toEqual(['2 text no-text', '3 text text-too-long', '4 text bad-characters']);
    expect(read.refused[1]).toMatchObject({ params: { length: 4001 }, message: expect.stringContaining('4001') });
    expect(read.rows.map(({ code }) => code)).toEqual(['a4']);
  });

  test('damaged UTF-8 stays UTF-8: one row is refused, not the file', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\na1,好的,甲\na2,坏`, 'utf8'),
      Buffer.of(0xe5, 0xa5),
      Buffer.from(`,甲\na3,${'今天发货'.repeat(10)},甲`, 'utf8'),
    ]);
    const read = await readImport(bytes);
    expect(placesOf(read)).toEqual(['3 text bad-characters']);
    expect(read.rows.map(({ code }) => code)).toEqual(['a1', 'a3']);
  });

  test('an agent’s own phrases are told by a column or by the group', async () => {
    const { rows } = await readText('快捷短语,快捷短语分组,类型\n甲话,售前,个人\n乙话,售前,团队\n丙话,个人短语,');
    expect(rows.map(({ personal }) => personal)).toEqual([true, false, true]);
  });

  test('未分组 is no group', async () => {
    expect(await cellsOf(`${HEADER}\na1,好的,未分组`)).toEqual([[2, 'a1', '好的', '']]);
  });

  test('a thousand rows in GB18030: every row is read or refused', async () => {
    const { rows, refused } = await readImport(makeQianniuCsv(1000));
    const written = makeQianniuRows(1000).filter((cells) => cells.some((cell) => cell !== ''));
    expect(rows.length + refused.length).toBe(written.length + 1);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['no-text', 'bad-characters']));
  });
});

describe('千牛 Excel', () => {
  test('gives the same rows as the CSV', async () => {
    const bytes = await makeXlsx([
      ['快捷编码', '快捷短语', '快捷短语分组'],
      ['a1', '第一行\n第二行', '甲'],
      [null, null, null],
      [null, '好的', null],
    ]);
    const { form, rows, refused } = await readImport(bytes, { fileName: 'phrases.xlsx' });
    expect({ form, refused }).toEqual({ form: 'qianniu-xlsx', refused: [] });
    expect(rows.map(({ row, code, text, group }) => [row, code, text, group])).toEqual([
      [2, 'a1', '第一行\n第二行', '甲'],
      [4, '', '好的', ''],
    ]);
  });

  test('takes numbers as codes', async () => {
    const cells = [
      [{ value: '快捷编码' }, { value: '快捷短语' }],
      [{ value: 12, type: Number }, { value: '好的' }],
    ];
    const bytes = await writeExcelFile(cells, { sheet: 'a' }).toBuffer();
    expect((await readImport(bytes)).rows[0]).toMatchObject({ code: '12', text: '好的' });
  });

  test('refuses a sheet without a header', async () => {
    const read = await readImport(await makeXlsx([['a1', '好的', '甲']]));
    expect(placesOf(read)).toEqual(['0 file no-header']);
  });

  test('refuses what is cut off', async () => {
    const bytes = await makeXlsx([['快捷编码', '快捷短语']]);
    expect(placesOf(await readImport(bytes.subarray(0, bytes.length - 200)))).toEqual(['0 file excel-too-large']);
  });

  test('refuses an archive that is no Excel file', async () => {
    expect(placesOf(await readImport(makeZip('a.txt', Buffer.from('hello'))))).toEqual(['0 file broken-excel']);
  });

  test('refuses an archive that says it unpacks to more than is read', async () => {
    const bomb = makeZip('xl/worksheets/sheet1.xml', Buffer.from('x'), 500_000_000);
    const read = await readImport(bomb);
    expect(placesOf(read)).toEqual(['0 file excel-too-large']);
  });

  test('refuses an archive that lies about its size', async () => {
    const lie = makeZip('xl/worksheets/sheet1.xml', Buffer.alloc(5_000_000, 0x20), 1000);
    expect(placesOf(await readImport(lie))).toEqual(['0 file excel-too-large']);
  });

  test.each(['XFD7', 'A900000'])(
    'refuses a lone cell at %s, for which the reader would fill the memory',
    async (cell) => {
      const sheet = `<worksheet><sheetData><row r="7"><c r="${cell}"><v>1</v></c></row></sheetData></worksheet>`;
      const read = await readImport(makeZip('xl/worksheets/sheet1.xml', Buffer.from(sheet)));
      expect(read.refused).toMatchObject([
        { row: 0, code: 'excel-too-large', message: expect.stringContaining('a cell in') },
      ]);
    },
  );
});

describe('inspectZip', () => {
  test('unpacks the entries of an archive', () => {
    const [entry] = inspectZip(makeZip('a.txt', Buffer.from('hello')), { entries: 1, bytes: 100 });
    expect([entry!.name, entry!.unpack().toString()]).toEqual(['a.txt', 'hello']);
  });

  test('counts the entries', () => {
    expect(() => inspectZip(makeZip('a.txt', Buffer.from('hello')), { entries: 0, bytes: 100 })).toThrow('1 entries');
  });
});

describe('files that are none of the forms', () => {
  test.each([
    ['empty', Buffer.alloc(0), 'empty-file'],
    ['blank', Buffer.from(' \n\n'), 'empty-file'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'old-excel'],
    ['prose', Buffer.from('今天天气不错'), 'unknown-form'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'unknown-form'],
    ['broken JSON', Buffer.from('[{"short_code": "a",'), 'broken-json'],
    ['other JSON', Buffer.from('{"colour": "red"}'), 'unknown-form'],
    ['too large', Buffer.alloc(20 * 1024 * 1024 + 1, 0x61), 'file-too-large'],
  ])('%s', async (_name, bytes, code) => {
    const read = await readImport(bytes);
    expect(read.refused).toMatchObject([{ row: 0, field: 'file', code }]);
    expect(read.refused[0]!.message).not.toMatch(/\{[a-z]+\}/);
  });

  test('a CSV by its name without a header is told what is missing', async () => {
    expect(placesOf(await readText('a1,好的,甲', 'phrases.csv'))).toEqual(['0 file no-header']);
  });

  test('a file said to be Excel that is not', async () => {
    expect(placesOf(await readImport(Buffer.from(HEADER), { form: 'qianniu-xlsx' }))).toEqual(['0 file broken-excel']);
  });

  test('more rows than are read', async () => {
    const read = await readText(`${HEADER}\n${'a,好的,\n'.repeat(50_001)}`);
    expect(placesOf(read)).toEqual(['0 file too-many-rows']);
  });
});

/** An archive of one entry; `size` is what it says of itself. */
function makeZip(name: string, content: Buffer, size = content.length): Buffer {
  const packed = deflateRawSync(content);
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt16LE(8, 4);
  entry.writeUInt32LE(packed.length, 14);
  entry.writeUInt32LE(size, 18);
  entry.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), entry, Buffer.from(name), packed]);
  const directory = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), entry, Buffer.alloc(14), Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}
