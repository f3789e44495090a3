/** The columns of a goods file, by the names other tools and we give them. */

/** A column of products. */
export type GoodsColumn = keyof typeof GOODS_HEADERS;
/** A column of campaigns. */
export type PromoColumn = keyof typeof PROMO_HEADERS;

/** Names of the columns of products; the first is ours and stands in what is exported. */
export const GOODS_HEADERS = {
  id: ['商品ID', '宝贝ID', '宝贝数字ID', '数字ID', 'num_iid', 'item_id', 'itemid', 'id', 'product_id'],
  title: ['标题', '宝贝标题', '商品标题', '宝贝名称', '商品名称', '商品', '名称', 'title', 'name'],
  category: ['类目', '宝贝类目', '商品类目', '商品分类', '类别', '分类', '品类', 'category'],
  price: ['价格', '宝贝价格', '商品价格', '一口价', '售价', '单价', '现价', 'price'],
  priceFloor: ['底价', '最低价', '保底价', '最低售价', 'pricefloor', 'floor'],
  link: ['链接', '宝贝链接', '商品链接', '宝贝地址', '商品地址', '网址', 'url', 'link'],
  links: ['其他链接', '更多链接', 'links'],
  sku: ['规格', 'SKU', 'SKU名称', 'sku规格', '销售属性', '销售规格', '规格名称', '颜色尺码', '颜色分类', 'variant'],
  stock: ['库存', '宝贝数量', '商品数量', '可售库存', '库存数量', '数量', '现货数量', 'stock', 'quantity'],
  skuPriceFloor: ['规格底价', 'SKU底价', 'skupricefloor'],
  variant: ['规格说明', '规格描述', 'variantnote'],
  restockPlan: ['补货', '补货日期', '预计到货', '预计补货', '到货日期', 'restockplan', 'restock'],
  attrs: ['属性', '宝贝属性', '商品属性', '参数', '产品参数', 'attrs', 'attributes'],
  attrSource: ['属性来源', 'attrsource'],
  sizeTable: ['尺码表', '尺寸表', 'sizetable'],
  modelHeight: ['模特身高', 'modelheightcm'],
  modelWeight: ['模特体重', 'modelweightkg'],
  modelWears: ['模特尺码', '模特穿着', '模特试穿', 'modelwears'],
  care: ['洗护', '护理', '保养', '洗涤说明', '使用说明', '保养说明', 'care'],
  suits: ['适合', '适用', '适合人群', '适用人群', '适用场景', 'suits'],
  notFor: ['不适合', '不建议', '不适用', 'notfor'],
  caution: ['注意', '注意事项', '提醒', '温馨提示', 'caution'],
  colorNote: ['色差说明', '颜色说明', 'colornote'],
  differences: ['差异', '区别', '不同点', '特点', 'differences'],
  benefits: ['卖点', '宝贝卖点', '商品卖点', '优点', 'benefits'],
  guarantees: ['保障', '售后保障', '服务保障', '承诺', 'guarantees'],
  certificates: ['证书', '检测报告', '资质', '认证', 'certificates'],
  rating: ['评分', '宝贝评分', '描述评分', '商品评分', '款式评分', 'rating'],
  reviewCount: ['评价数', '累计评价', '评价数量', '评论数', 'reviewcount', 'reviews'],
  reviewShots: ['已审评价截图', 'reviewshots'],
  nicknames: ['别名', '昵称', '俗称', '简称', 'nicknames', 'alias'],
  itemIds: ['货号', '款号', '商家编码', '商品编码', '外部编码', 'outer_id', 'itemids'],
  pairsWith: ['搭配', '搭配商品', '关联商品', '推荐搭配', 'pairswith'],
  offSale: ['状态', '宝贝状态', '商品状态', '上架状态', '销售状态', 'status'],
} as const satisfies Record<string, readonly string[]>;

/** Names of the columns of campaigns. */
export const PROMO_HEADERS = {
  id: ['活动ID', '活动编号', '编号', 'id', 'promo_id'],
  name: ['活动名称', '活动', '活动标题', '名称', 'name'],
  rule: ['规则', '活动规则', '优惠规则', '优惠内容', '活动内容', '优惠', 'rule'],
  startsAt: ['开始时间', '开始', '活动开始时间', '生效时间', 'startsat', 'start'],
  endsAt: ['结束时间', '结束', '活动结束时间', '失效时间', 'endsat', 'end'],
  stackable: ['可叠加', '叠加', '是否可叠加', '是否叠加', 'stackable'],
  items: ['商品', '参加商品', '活动商品', '适用商品', '参与商品', 'items'],
  extensionPlanned: ['会延期', '是否延期', '延期', 'extensionplanned'],
} as const satisfies Record<string, readonly string[]>;

/** Cells of a sheet; a missing cell is empty. */
export type Table = readonly (readonly unknown[])[];

/** The header row of a sheet. */
export interface Header<C extends string> {
  /** Index of the row. */
  at: number;
  columns: ReadonlyMap<C, number>;
  /** Columns of single attributes, by attribute: `属性:面料`. */
  attrs: ReadonlyMap<string, number>;
  /** Headings that nobody knows, as they stand there. */
  unknown: string[];
}

/** A sheet may begin with a title or a note to its reader. */
const SEARCHED_ROWS = 10;
const ATTR_HEADING = /^(?:属性|参数|attr)[:：.](.+)$/i;

/**
 * Finds the header: the first row that names at least these columns. Spaces, case and full-width letters do not matter.
 *
 * @param needed one of each list must be there
 */
export function findHeader<C extends string>(
  table: Table,
  headers: Readonly<Record<C, readonly string[]>>,
  needed: readonly (readonly C[])[],
): Header<C> | undefined {
  const columnOf = new Map(
    (Object.keys(headers) as C[]).flatMap((column) => headers[column].map((name) => [fold(name), column] as const)),
  );
  for (const [at, cells] of table.slice(0, SEARCHED_ROWS).entries()) {
    const header: Header<C> = { at, columns: new Map(), attrs: new Map(), unknown: [] };
    for (const [i, cell] of cells.entries()) readHeading(cleanCell(cell), i, columnOf, header);
    if (needed.every((choice) => choice.some((column) => header.columns.has(column)))) return header;
  }
  return undefined;
}

function readHeading<C extends string>(
  heading: string,
  at: number,
  columnOf: ReadonlyMap<string, C>,
  header: Header<C>,
): void {
  const attr = ATTR_HEADING.exec(heading.normalize('NFKC'))?.[1];
  const column = columnOf.get(fold(heading));
  if (attr !== undefined) (header.attrs as Map<string, number>).set(attr.trim(), at);
  else if (column !== undefined && !header.columns.has(column)) (header.columns as Map<C, number>).set(column, at);
  else if (heading !== '') header.unknown.push(heading);
}

function fold(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:元|件|个|cm|kg|厘米|公斤)\)$/, '')
    .replace(/[\s_*"'“”:()-]/g, '');
}

/** A cell as text: sound, without the marks that Excel and 千牛 put around numbers. */
export function cleanCell(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 19).replace('T', ' ');
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  return String(value)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|\uFEFF/gu, '')
    .replaceAll('\u00A0', ' ')
    .trim()
    .replace(/^=?"(.*)"$/s, '$1')
    .replace(/^'(?=[\d=+@-])/, '')
    .trim();
}
