import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { indexGoods, planProducts, planPromos } from '../../src/orders/import/plan-goods.ts';
import { readGoodsApart } from '../../src/orders/import/read-apart.ts';
import { type ReadGoodsOptions, readGoods } from '../../src/orders/import/read-goods.ts';
import { writeGoods } from '../../src/orders/import/write-goods.ts';
import type { Product } from '../../src/orders/ports.ts';
import { readAtOf } from '../../src/orders/read-ages.ts';

const TZ = 'Asia/Shanghai';
const AT = Date.UTC(2027, 2, 1, 2);
const telling = { shopId: 's', atMs: AT, isFed: false };
const read = (text: string, part: ReadGoodsOptions['part'] = 'listing') =>
  readGoods(Buffer.from(text, 'utf8'), { part, tz: TZ });
async function plan(text: string, existing: readonly Product[] = [], part: ReadGoodsOptions['part'] = 'listing') {
  const { products, refused } = await read(text, part);
  return { planned: planProducts(products, indexGoods(existing), telling), refused };
}

const FULL: Product = {
  shopId: 's',
  id: '600001',
  title: '云感卫衣',
  facts: {
    title: '云感卫衣',
    category: '卫衣',
    price: 129.5,
    priceFloor: 110,
    priceFloors: { '灰-L': 115 },
    link: 'https://item.taobao.com/item.htm?id=600001',
    attrs: { 面料: '棉', 厚度: '中厚' },
    attrSource: '详情页',
    variants: { '灰-L': '灰色 L' },
    stock: { '灰-L': 3, '灰-M': 0 },
    restockPlan: '2027-04-02',
    sizeTable: { L: { heightCm: [168, 175], weightKg: [57, 66] } },
    modelStats: { heightCm: 172, weightKg: 60, wears: 'L' },
    care: ['冷水手洗', '不可漂白'],
    suitability: { suits: '日常', notFor: '运动', caution: '深色先单洗' },
    differences: ['领口双线'],
    benefits: ['软', '不起球'],
    guarantees: ['七天无理由'],
    certificates: ['成分检测'],
    reviewShots: [{ id: 'r1', genuine: true, masked: true }],
  },
  details: {
    nicknames: ['云朵'],
    itemIds: ['YG-10086'],
    links: ['https://shop.example/a'],
    rating: 4.8,
    reviewCount: 120,
    pairsWith: ['600002'],
    colorNote: '灰色偏暖',
    offSale: false,
  },
  readAt: { facts: 1, stock: 2 },
};

describe('a goods file', () => {
  it.each([
    ['javascript:alert(1)', 'csv'],
    ['见详情页', 'csv'],
    ['data:text/html,hi', 'json'],
  ])('refuses %s as a link (%s)', async (link, form) => {
    const csv = `商品ID,标题,价格,链接\nx-1,围巾,129,${link.replace(',', ' ')}`;
    const json = JSON.stringify({ products: [{ id: 'x-1', title: '围巾', price: 129, link }] });
    const { products, refused } = await read(form === 'csv' ? csv : json);
    expect(products).toEqual([]);
    expect(refused).toMatchObject([{ legal: expect.stringContaining('网址') }]);
  });

  it('refuses a floor above its price', async () => {
    const csv = '商品ID,标题,价格,底价,规格,规格底价\na,甲,50,80,,\nb,乙,50,50,,\nc,丙,50,,红,50.01';
    const first = await read(csv);
    expect(first.products.map(({ id }) => id)).toEqual(['b']);
    expect(first.refused.map(({ row, column, legal }) => [row, column, legal])).toEqual([
      [2, '底价', '不高于价格'],
      [4, '规格底价', '不高于价格'],
    ]);
    const json = JSON.stringify({ products: [{ id: 'a', title: '甲', price: 50, priceFloors: { 红: 51 } }] });
    expect((await read(json)).refused).toMatchObject([{ row: 1, column: 'priceFloors.红', value: '51' }]);
  });

  it('takes two entries of one number in JSON as one product, like two rows', async () => {
    const products = [
      { id: 'a', title: '甲', price: 10, stock: { 红: 1 } },
      { id: 'a', title: '甲', stock: { 蓝: 2 } },
    ];
    expect((await read(JSON.stringify({ products }))).products).toMatchObject([
      { id: 'a', fields: { price: 10 }, stock: { 红: 1, 蓝: 2 } },
    ]);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text, 'utf8')],
    ['GB18030', (text: string) => iconv.encode(text, 'gb18030')],
    ['UTF-16', (text: string) => iconv.encode(text, 'utf16-le', { addBOM: true })],
  ])('is read in %s with the names of 千牛', async (_, encode) => {
    const text =
      '宝贝ID,宝贝标题,一口价,销售属性,可售库存,商家编码,宝贝状态\n="600001",云感卫衣,¥129.50,灰-L,3,YG-1,出售中\n';
    const { form, products, refused } = await readGoods(encode(text), { part: 'listing', tz: TZ });
    expect({ form, refused }).toEqual({ form: 'csv', refused: [] });
    expect(products).toEqual([
      {
        row: 2,
        id: '600001',
        fields: { title: '云感卫衣', price: 129.5, itemIds: ['YG-1'], offSale: false },
        stock: { '灰-L': 3 },
        priceFloors: {},
        variants: {},
      },
    ]);
  });

  it('may be Excel, with numbers and dates as Excel keeps them', async () => {
    const cells = [
      ['商品ID', '标题', '价格', '库存', '补货日期'].map((value) => ({ type: String, value })),
      [
        { type: Number, value: 600001 },
        { type: String, value: '云感卫衣' },
        { type: Number, value: 129.5 },
        { type: Number, value: 0 },
        { type: Date, value: new Date('2027-04-02T00:00:00Z'), format: 'yyyy-mm-dd' },
      ],
    ];
    const bytes = await writeExcelFile(cells, { sheet: 'goods' }).toBuffer();
    const { form, products, refused } = await readGoods(bytes, { part: 'listing', tz: TZ });
    expect({ form, refused }).toEqual({ form: 'xlsx', refused: [] });
    expect(products[0]).toMatchObject({
      id: '600001',
      fields: { price: 129.5, restockPlan: '2027-04-02' },
      stock: { 默认: 0 },
    });
  });

  it('makes one product of the rows of one number', async () => {
    const { products } = await read('商品ID,标题,价格,规格,库存\n1,卫衣,99,红-M,2\n1,,,红-L,0\n2,裤子,80,,7');
    expect(products.map(({ id, stock, fields }) => [id, stock, fields.price])).toEqual([
      ['1', { '红-M': 2, '红-L': 0 }, 99],
      ['2', { 默认: 7 }, 80],
    ]);
  });

  it.each([
    ['价格', '贵', '金额'],
    ['价格', '-1', '金额'],
    ['价格', '1.234', '金额'],
    ['库存', '-3', '整数'],
    ['库存', '1.5', '整数'],
    ['评分', '5.1', '0 到 5'],
    ['补货', '明年', '日期'],
    ['补货', '2027-02-30', '日期'],
    ['状态', '也许', '上架'],
    ['属性', '面料', '名称:内容'],
    ['尺码表', 'M 身高168-160', '尺码'],
    ['模特身高', '高', '厘米'],
    ['商品ID', '7.3E+11', '编号'],
  ])('refuses the row with %s "%s" and tells what is legal', async (column, value, legal) => {
    const headers = [...new Set(['商品ID', '标题', '价格', column])];
    const cells: Record<string, string> = { 商品ID: '9', 标题: '卫衣', 价格: '1', [column]: value };
    const { products, refused } = await read(
      `${headers.join(',')}\n1,帽子\n${headers.map((name) => cells[name]).join(',')}`,
    );
    expect(products.map(({ id }) => id)).toEqual(['1']);
    expect(refused).toEqual([{ row: 3, column, value, legal: expect.stringContaining(legal) }]);
  });

  it('refuses a row that names no product, a file without a header, an empty one and an old Excel', async () => {
    expect((await read('商品ID,标题,价格\n,,5')).refused).toMatchObject([{ row: 2, column: '商品ID' }]);
    expect((await read('甲,乙\n1,2')).refused).toMatchObject([{ row: 0 }]);
    expect((await readGoods(Buffer.alloc(0), { part: 'listing', tz: TZ })).refused).toMatchObject([{ row: 0 }]);
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]);
    expect((await readGoods(old, { part: 'listing', tz: TZ })).refused).toMatchObject([{ row: 0, value: '.xls' }]);
  });

  it('tells which columns nobody knows', async () => {
    expect((await read('商品ID,标题,价格,星座\n1,帽子,3,白羊')).ignored).toEqual(['星座']);
  });

  it('reads JSON, and says where it is wrong', async () => {
    const text = JSON.stringify({
      products: [
        { id: '1', title: '帽子', price: 3 },
        { id: '2', price: '三' },
      ],
    });
    const { form, products, refused } = await read(text);
    expect(form).toBe('json');
    expect(products.map(({ id }) => id)).toEqual(['1']);
    expect(refused).toMatchObject([{ row: 2, column: 'price', value: '"三"' }]);
  });

  it('takes of a stock file nothing but the stock', async () => {
    const { products } = await read('商品ID,价格,规格,库存\n1,0.01,红,4', 'stock');
    expect(products).toMatchObject([{ id: '1', fields: {}, stock: { 红: 4 } }]);
  });

  it.each([
    ['listing', 'csv'],
    ['listing', 'xlsx'],
    ['listing', 'json'],
    ['stock', 'csv'],
    ['stock', 'json'],
  ] as const)('of %s exported as %s says the same when it comes back', async (part, form) => {
    const bytes = await writeGoods({ products: [FULL], promos: [] }, part, form);
    const { products, refused } = await readGoods(bytes, { part, tz: TZ });
    expect(refused).toEqual([]);
    const [planned] = planProducts(products, indexGoods([FULL]), telling);
    expect(planned?.changes).toEqual([]);
    expect(planned?.before).toBe(FULL);
  });

  it('keeps campaigns on the shop’s clock, and gives them back', async () => {
    const text =
      '活动名称,活动规则,开始时间,结束时间,可叠加,参加商品\n春促,满99减10,2027-03-01 00:00,2027/3/8 23:59:59,否,卫衣；帽子\n坏的,,2027-03-02,2027-03-01,,';
    const { promos, refused } = await read(text, 'promos');
    expect(promos).toMatchObject([
      {
        promo: {
          name: '春促',
          startsAt: '2027-03-01T00:00:00+08:00',
          endsAt: '2027-03-08T23:59:59+08:00',
          stackable: false,
          items: ['卫衣', '帽子'],
        },
      },
    ]);
    expect(refused).toMatchObject([{ row: 3, column: '结束时间' }]);
    const [planned] = planPromos(promos, [], telling);
    const again = await readGoods(await writeGoods({ products: [], promos: [planned!.promo] }, 'promos', 'csv'), {
      part: 'promos',
      tz: TZ,
    });
    expect(planPromos(again.promos, [planned!.promo], telling)[0]?.changes).toEqual([]);
  });

  it.each(['=1+1', '-1+1', '+1', '@sum'])('never lets %s become a formula of a sheet program', async (category) => {
    const risky = { ...FULL, facts: { ...FULL.facts, category } };
    const bytes = await writeGoods({ products: [risky], promos: [] }, 'listing', 'csv');
    expect(Buffer.from(bytes).toString()).toContain(`'${category}`);
    const again = await readGoods(bytes, { part: 'listing', tz: TZ });
    expect(again.products[0]?.fields.category).toBe(category);
  });

  it.each(['csv', 'json'] as const)('lets other work in between while it writes %s', async (form) => {
    const products = Array.from({ length: 1000 }, (_, i) => ({ ...FULL, id: `${i}` }));
    let rounds = 0;
    const count = () => {
      rounds++;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    await writeGoods({ products, promos: [] }, 'listing', form);
    clearImmediate(waiting);
    expect(rounds).toBeGreaterThanOrEqual(9);
  });
});

describe('a plan', () => {
  it('adds, changes and leaves alone, and deletes nothing', async () => {
    const { planned } = await plan('商品ID,标题,价格,属性\n600001,云感卫衣,139,面料:精梳棉\n700001,渔夫帽,49,', [FULL]);
    expect(
      planned.map(({ product, before, changes }) => [product.id, before?.id, changes.map(({ field }) => field)]),
    ).toEqual([
      ['600001', '600001', ['price', 'attrs']],
      ['700001', undefined, ['title', 'price']],
    ]);
    expect(planned[0]?.product.facts).toEqual({ ...FULL.facts, price: 139, attrs: { 面料: '精梳棉', 厚度: '中厚' } });
  });

  it('makes only what was told younger', async () => {
    const { planned } = await plan('商品ID,价格,属性,规格,库存\n600001,129.5,面料:棉,灰-L,9', [
      { ...FULL, readAt: { facts: 1, stock: 2, fed: [] } },
    ]);
    const { product } = planned[0]!;
    const paths = ['price', 'attrs', 'attrs.面料', 'attrs.厚度', 'care', 'stock.灰-L', 'stock.灰-M'];
    expect(paths.map((path) => readAtOf(product, path, { catalogue: 9, stock: 9 }))).toEqual([AT, 1, AT, 1, 1, AT, 2]);
  });

  it.each([
    ['the number of the platform', '商品ID,标题,价格\nYG-10086,别名,1'],
    ['the title', '标题,价格\n云感卫衣,1'],
    ['the link', '标题,链接,价格\n别的名字,https://detail.tmall.com/item.htm?id=600001,1'],
  ])('knows a product by %s', async (_, text) => {
    const { planned } = await plan(text, [FULL]);
    expect(planned.map(({ product, before }) => [product.id, before?.id])).toEqual([['600001', '600001']]);
  });

  it('gives a product without a number the same one every time', async () => {
    const first = (await plan('标题,价格\n渔夫帽,49')).planned[0]!.product;
    const second = (await plan('标题,价格\n渔夫帽,59', [first])).planned[0]!;
    expect(second.before?.id).toBe(first.id);
    expect(second.changes).toEqual([{ field: 'price', before: '49', after: '59' }]);
  });

  it('reads ten thousand rows in the thread', async () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, i) => `${600_000 + i},款式${i},${i % 500}.5,红-M,${i % 9},面料:棉;厚度:薄`,
    );
    const text = `商品ID,标题,价格,规格,库存,属性\n${rows.join('\n')}`;
    const { products, refused } = await readGoodsApart(Buffer.from(text), { part: 'listing', tz: TZ });
    expect([products.length, refused.length]).toEqual([10_000, 0]);
  });

  it('gives up on a file that takes too long', async () => {
    const { form, refused } = await readGoodsApart(Buffer.from('商品ID,标题\n1,帽子'), { part: 'listing', tz: TZ }, 1);
    expect(form).toBeUndefined();
    expect(refused).toMatchObject([{ row: 0 }]);
  });
});
