/** Reads a file of goods: CSV (UTF-8, GB18030, UTF-16), Excel or JSON, with the column names of 千牛 or ours. */
import { decodeText } from '../../lib/decode-text.ts';
import { parseCsv } from '../../lib/parse-csv.ts';
import { readWorkbook } from '../../lib/read-workbook.ts';
import type { GoodsForm, GoodsImportPart, GoodsRefusal, PushedPromo } from '../../protocol/goods.ts';
import type { ToldFields } from '../tell-product.ts';
import { findHeader, GOODS_HEADERS, type Header, PROMO_HEADERS, type Table } from './goods-columns.ts';
import { readGoodsJson } from './read-goods-json.ts';
import { readProductRows } from './read-product-rows.ts';
import { readPromoRows } from './read-promo-rows.ts';

/** What is known of a file beside its bytes. */
export interface ReadGoodsOptions {
  part: GoodsImportPart;
  /** Zone of the shop: times without an offset are on its clock. */
  tz: string;
}

/** What rows of a file tell of one product. */
export interface ToldProduct {
  /** The first row that tells of it. */
  row: number;
  /** Absent: found by the title. */
  id?: string;
  fields: ToldFields;
  /** Pieces by variant. */
  stock: Record<string, number>;
  /** Floors and notes by variant. */
  priceFloors: Record<string, number>;
  variants: Record<string, string>;
}

/** A campaign of a file. */
export interface ToldPromo {
  row: number;
  promo: PushedPromo;
}

/** What a file holds. */
export interface ReadGoods {
  /** `undefined` when it has none of the forms. */
  form: GoodsForm | undefined;
  /** Rows below the header. */
  rows: number;
  products: ToldProduct[];
  promos: ToldPromo[];
  refused: GoodsRefusal[];
  /** Columns nobody knows. */
  ignored: string[];
}

/** Largest file that is read. */
export const MOST_GOODS_BYTES = 20 * 1024 * 1024;
const SEPARATORS = [',', '\t', ';', '，'] as const;

/** Never throws because of what is in the file: what cannot be read is refused by row; row 0 is the whole file. */
export async function readGoods(bytes: Uint8Array, options: ReadGoodsOptions): Promise<ReadGoods> {
  const into: ReadGoods = { form: undefined, rows: 0, products: [], promos: [], refused: [], ignored: [] };
  if (bytes.length === 0) return refuseFile(into, '', '不是空的文件');
  if (bytes.length > MOST_GOODS_BYTES) return refuseFile(into, `${bytes.length} B`, `最大 ${MOST_GOODS_BYTES} B`);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuseFile(into, '.xls', '.xlsx、.csv 或 .json');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return await readXlsx(bytes, options, into);
  const { text } = decodeText(bytes);
  if (/^\s*[[{]/.test(text)) return { ...readGoodsJson(text, options, into), form: 'json' };
  return readCsv(text.trimEnd(), options, into);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

function refuseFile(into: ReadGoods, value: string, legal: string): ReadGoods {
  into.refused.push({ row: 0, column: '', value, legal });
  return into;
}

async function readXlsx(bytes: Uint8Array, options: ReadGoodsOptions, into: ReadGoods): Promise<ReadGoods> {
  const workbook = await readWorkbook(bytes);
  into.form = 'xlsx';
  if ('refused' in workbook) return refuseFile(into, workbook.problem, '能打开的 .xlsx');
  const sheet = workbook.sheets.find((table) => headerOf(table, options.part)) ?? workbook.sheets[0] ?? [];
  return readTable(sheet, options, into);
}

function readCsv(text: string, options: ReadGoodsOptions, into: ReadGoods): ReadGoods {
  const head = text.slice(0, 20_000).split(/\r\n|\n|\r/, 10);
  const separator =
    SEPARATORS.find((mark) =>
      headerOf(
        head.map((line) => line.split(mark).map((cell) => cell.replaceAll('"', ''))),
        options.part,
      ),
    ) ?? ',';
  const parsed = parseCsv(text, separator);
  into.form = 'csv';
  if (!parsed) return refuseFile(into, '', '最多 60000 行');
  for (const row of parsed.broken) into.refused.push({ row, column: '', value: '"', legal: '成对的引号' });
  return readTable(parsed.table, options, into);
}

function headerOf(table: Table, part: GoodsImportPart) {
  if (part === 'promos') return findHeader(table, PROMO_HEADERS, [['name'], ['startsAt', 'endsAt', 'rule']]);
  const values: (keyof typeof GOODS_HEADERS)[] =
    part === 'stock' ? ['stock', 'restockPlan'] : ['title', 'price', 'category', 'stock', 'attrs', 'care', 'rating'];
  return findHeader(table, GOODS_HEADERS, [['id', 'title'], values]);
}

function readTable(table: Table, options: ReadGoodsOptions, into: ReadGoods): ReadGoods {
  const header = headerOf(table, options.part);
  if (!header) {
    const needed = {
      listing: '商品ID 或 标题，和 价格 等',
      stock: '商品ID 或 标题，和 库存',
      promos: '活动名称 和 开始时间',
    };
    return refuseFile(into, '', `前 10 行里要有表头：${needed[options.part]}`);
  }
  into.ignored.push(...header.unknown);
  if (options.part === 'promos') readPromoRows(table, header as Header<keyof typeof PROMO_HEADERS>, options.tz, into);
  else readProductRows(table, header as Header<keyof typeof GOODS_HEADERS>, options.part, into);
  into.refused.sort((a, b) => a.row - b.row);
  return into;
}
