/** Cells of a goods file as values: each reader gives the value, or what would be legal. */

/** A value, or what is legal in its place. */
export type CellValue<T> = { value: T } | { legal: string };

const MOST_ITEMS = 100;

/** Yuan with at most two decimals; the sign and thousands marks do not matter. */
export function readYuan(cell: string): CellValue<number> {
  const plain = cell.normalize('NFKC').replace(/[¥￥元,\s]/g, '');
  return /^\d{1,8}(?:\.\d{1,2}0*)?$/.test(plain)
    ? { value: Number(plain) }
    : { legal: '金额（元），最多两位小数，例如 129.00' };
}

/** A whole number of pieces or reviews. */
export function readCount(cell: string): CellValue<number> {
  const plain = cell.normalize('NFKC').replace(/[,\s件个条+]/g, '');
  return /^\d{1,9}$/.test(plain) ? { value: Number(plain) } : { legal: '不小于 0 的整数' };
}

/** A rating from 0 to 5. */
export function readRating(cell: string): CellValue<number> {
  const rating = /^\d(?:\.\d{1,3})?$/.test(cell) ? Number(cell) : Number.NaN;
  return rating <= 5 ? { value: rating } : { legal: '0 到 5 的评分，例如 4.9' };
}

/** A measure in centimetres or kilograms. */
export function readMeasure(cell: string): CellValue<number> {
  const plain = cell.normalize('NFKC').replace(/(?:cm|kg|厘米|公斤|\s)/gi, '');
  return /^\d{1,3}(?:\.\d{1,2})?$/.test(plain) ? { value: Number(plain) } : { legal: '厘米或公斤数，例如 172' };
}

/** Several texts in one cell. */
export function readList(cell: string): CellValue<string[]> {
  const items = cell
    .split(/[;；|｜\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length <= MOST_ITEMS && items.every((item) => item.length <= 200)
    ? { value: items }
    : { legal: `最多 ${MOST_ITEMS} 项，每项最多 200 字，用分号隔开` };
}

/** A text of one cell. */
export function readText(cell: string): CellValue<string> {
  return cell.length <= 500 ? { value: cell } : { legal: '最多 500 字' };
}

const LINK = /^(?:https?:\/\/)?[a-z\d](?:[a-z\d-]*\.)+[a-z]{2,}(?::\d{1,5})?(?:[/?#][^\s"'<>]*)?$/i;

/** The address of a page: buyers get it in a text and agents may follow it. */
export function readLink(cell: string): CellValue<string> {
  return cell.length <= 500 && LINK.test(cell)
    ? { value: cell }
    : { legal: '网址，例如 https://shop.example/item/1，最多 500 字' };
}

/** A price floor lies at or below the price. */
export const FLOOR_LEGAL = '不高于价格';

/** Number of a product. Excel writes long ones as 7.3E+11, where digits are lost for good. */
export function readId(cell: string): CellValue<string> {
  return /^[^\s,;；|]{1,64}$/.test(cell) && !/^\d(?:\.\d+)?e\+?\d+$/i.test(cell)
    ? { value: cell }
    : { legal: '1 到 64 个字符的编号，不能有空格，也不能是 7.3E+11 这样的写法' };
}

/** 面料:棉;颜色:白 */
export function readAttrs(cell: string): CellValue<Record<string, string>> {
  const attrs: Record<string, string> = {};
  for (const item of cell.split(/[;；\n]/).filter((part) => part.trim() !== '')) {
    const [, name = '', text = ''] = /^([^:：]{1,40})[:：](.+)$/s.exec(item.trim()) ?? [];
    if (name === '') return { legal: '名称:内容，用分号隔开，例如 面料:棉;颜色:白' };
    attrs[name.trim()] = text.trim();
  }
  return { value: attrs };
}

const BODY: Readonly<Record<string, string>> = {
  身高: 'heightCm',
  体重: 'weightKg',
  胸围: 'bustCm',
  腰围: 'waistCm',
  臀围: 'hipCm',
  脚长: 'footCm',
  肩宽: 'shoulderCm',
  颈围: 'neckCm',
  背长: 'backCm',
  头围: 'headCm',
  手围: 'wristCm',
};
const SIZES_LEGAL = '尺码 项目 从-到，例如 M 身高160-168 体重48-57; L 身高168-175 体重57-66（厘米、公斤）';

/** `M 身高160-168 体重48-57; L 身高168-175 体重57-66` */
export function readSizeTable(cell: string): CellValue<Record<string, Record<string, [number, number]>>> {
  const table: Record<string, Record<string, [number, number]>> = {};
  for (const line of cell.split(/[;；\n]/).filter((part) => part.trim() !== '')) {
    const [, size = '', rest = ''] = /^\s*([^\s:：]{1,20})[\s:：]+(.+)$/s.exec(line) ?? [];
    const row: Record<string, [number, number]> = {};
    const left = rest.replace(
      /([\p{Script=Han}A-Za-z]+)\s*(\d{1,3}(?:\.\d)?)\s*[-~～—到]\s*(\d{1,3}(?:\.\d)?)\s*(?:cm|kg|厘米|公斤)?/giu,
      (whole, name: string, from: string, to: string) => {
        const column = BODY[name] ?? (/^[a-z]+(?:Cm|Kg)$/.test(name) ? name : undefined);
        if (column === undefined || Number(from) > Number(to)) return whole;
        row[column] = [Number(from), Number(to)];
        return '';
      },
    );
    if (size === '' || Object.keys(row).length === 0 || /\S/.test(left.replace(/[,，、]/g, '')))
      return { legal: SIZES_LEGAL };
    table[size] = row;
  }
  return { value: table };
}

/** Writes a size table as it is read. */
export function writeSizeTable(
  table: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>,
): string {
  const names = new Map(Object.entries(BODY).map(([name, column]) => [column, name]));
  return Object.entries(table)
    .map(
      ([size, row]) =>
        `${size} ${Object.entries(row)
          .map(([column, [from, to]]) => `${names.get(column) ?? column}${from}-${to}`)
          .join(' ')}`,
    )
    .join('; ');
}

/** A date on which it comes back, or that it never does. */
export function readRestock(cell: string): CellValue<string> {
  if (/^(?:none|不补货|不再补货|停产|无)$/i.test(cell)) return { value: 'none' };
  const [, year, month, day] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+00:00(?::00)?)?$/.exec(cell) ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return year !== undefined && isDate(date) ? { value: date } : { legal: '日期 2027-05-03，或 none（确认不再补货）' };
}

/** Whether it is sold: 在售, 仓库中. */
export function readOffSale(cell: string): CellValue<boolean> {
  if (/^(?:上架|已上架|出售中|在售|销售中|onsale|on)$/i.test(cell)) return { value: false };
  if (/^(?:下架|已下架|仓库中|停售|offsale|off)$/i.test(cell)) return { value: true };
  return { legal: '上架 或 下架' };
}

/** Yes or no. */
export function readYesNo(cell: string): CellValue<boolean> {
  if (/^(?:是|可|可以|能|y|yes|true|1)$/i.test(cell)) return { value: true };
  if (/^(?:否|不|不可|不可以|不能|n|no|false|0)$/i.test(cell)) return { value: false };
  return { legal: '是 或 否' };
}

/** A moment, on the shop's clock unless it names its offset. */
export function readMoment(cell: string, toMoment: (date: string, clock: string) => string): CellValue<string> {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)$/.test(cell) && !Number.isNaN(Date.parse(cell)))
    return { value: cell };
  const [, year, month, day, clock = '0:00'] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(cell) ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const [hour = '0', minute = '00', second = '00'] = clock.split(':');
  const time = `${hour.padStart(2, '0')}:${minute}:${second}`;
  return year !== undefined && isDate(date) && /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time)
    ? { value: toMoment(date, time) }
    : { legal: '时间 2027-05-03 09:30' };
}

function isDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}
