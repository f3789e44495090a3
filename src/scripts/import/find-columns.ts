import { cleanCell, type ImportedRow, languageOf, type ReadRows, refuseRow, takeRow } from './import-row.ts';

/** Cells of a sheet; a missing cell is empty. */
export type Table = readonly (readonly unknown[])[];

/** What a column can hold. */
type Column = 'code' | 'text' | 'group' | 'title' | 'owner';

const HEADERS: Readonly<Record<Column, readonly string[]>> = {
  code: ['快捷短语编码', '快捷编码', '短语编码', '快捷码', '编码', '快捷键', 'code', 'shortcut', 'shortcode'],
  text: [
    '快捷短语',
    '短语',
    '短语内容',
    '快捷短语内容',
    '话术',
    '话术内容',
    '内容',
    '回复内容',
    'phrase',
    'text',
    'content',
  ],
  group: ['快捷短语分组', '短语分组', '分组', '分组名称', '分类', '所属分组', 'group', 'category'],
  title: ['标题', '短语标题', '名称', 'title', 'name'],
  owner: ['类型', '短语类型', '归属', '范围', '权限', '可见范围', 'owner', 'scope'],
};
const COLUMN_OF = new Map(
  (Object.keys(HEADERS) as Column[]).flatMap((column) => HEADERS[column].map((name) => [name, column] as const)),
);
/** A sheet may begin with a title or a note to its reader. */
const SEARCHED_ROWS = 10;
const UNGROUPED = new Set(['未分组', '默认分组', '无']);
const PERSONAL = /^(?:个人|我的|私人|private|personal)/i;

/** The header row of a sheet. */
export interface Header {
  /** Index of the row. */
  at: number;
  columns: ReadonlyMap<Column, number>;
}

/** Finds the header: the first row that names a column of phrases. Spaces and full-width letters do not matter. */
export function findHeader(table: Table): Header | undefined {
  for (const [at, cells] of table.slice(0, SEARCHED_ROWS).entries()) {
    const columns = new Map<Column, number>();
    cells.forEach((cell, i) => {
      const column = COLUMN_OF.get(foldHeader(cell));
      if (column !== undefined && !columns.has(column)) columns.set(column, i);
    });
    if (columns.has('text') && (columns.size > 1 || cells.filter((cell) => cleanCell(cell) !== '').length === 1))
      return { at, columns };
  }
  return undefined;
}

function foldHeader(cell: unknown): string {
  return cleanCell(cell)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*"'“”:：()（）-]/g, '');
}

/** Reads the rows below the header of a 千牛 sheet; blank rows count and are passed over. */
export function readTable(table: Table, encoding: string, into: ReadRows): void {
  const header = findHeader(table);
  if (!header) {
    const expected = '快捷短语编码, 快捷短语, 快捷短语分组';
    into.refused.push(refuseRow(0, 'file', 'no-header', { expected, searched: SEARCHED_ROWS }));
    return;
  }
  for (let i = header.at + 1; i < table.length; i++) {
    const cells = table[i]!;
    if (cells.every((cell) => cleanCell(cell) === '')) continue;
    takeRow(into, readCells(cells, header, i + 1), encoding);
  }
}

function readCells(cells: readonly unknown[], { columns }: Header, row: number): ImportedRow {
  const cellOf = (column: Column) => {
    const at = columns.get(column);
    return at === undefined ? '' : cleanCell(cells[at]);
  };
  const group = cellOf('group');
  const text = cellOf('text');
  return {
    row,
    tool: 'qianniu',
    code: cellOf('code'),
    group: UNGROUPED.has(group) ? '' : group,
    title: cellOf('title'),
    text,
    language: languageOf(text),
    personal: PERSONAL.test(cellOf('owner')) || PERSONAL.test(group),
    notices: [],
  };
}
