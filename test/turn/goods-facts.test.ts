/** What a situation is told of the catalogue: ages, floors, candidates, choices. */
import { describe, expect, it } from 'vitest';
import type { Order, Product } from '../../src/orders/ports.ts';
import { orderFloor, otherProducts, productFacts } from '../../src/turn/goods-facts.ts';
import { createGoodsWindow } from '../../src/turn/goods-window.ts';
import type { ShopView } from '../../src/turn/shop-window.ts';

const NOW = Date.parse('2027-05-12T14:00:00+08:00');
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const TOPS = { M: { heightCm: [160, 168], weightKg: [48, 57] }, L: { heightCm: [168, 175], weightKg: [57, 66] } };
const made = (id: string, facts: Partial<Product['facts']>, more: Partial<Product> = {}): Product => ({
  shopId: 's',
  id,
  title: facts.title ?? id,
  facts: { title: id, ...facts },
  readAt: { facts: NOW, stock: NOW, fed: [] },
  ...more,
});
const JACKET = made(
  'jacket',
  {
    title: '轻量冲锋衣',
    category: '冲锋衣',
    price: 399,
    priceFloor: 369,
    priceFloors: { '红-L': 379 },
    stock: { '红-M': 2, '红-L': 0 },
    sizeTable: TOPS as never,
    suitability: { suits: '春秋徒步和通勤', notFor: '严寒' },
    attrs: { 面料: '锦纶' },
  },
  { details: { rating: 4.9, reviewCount: 300 } },
);
const SHELL = made(
  'shell',
  {
    title: '三层硬壳',
    category: '冲锋衣',
    price: 99,
    stock: { M: 5 },
    suitability: { suits: '徒步', notFor: '通勤' },
  },
  { details: { rating: 4.2, reviewCount: 12 } },
);
const BOTTLE = made('bottle', {
  title: '保温水壶',
  category: '水壶',
  price: 89,
  stock: { 白: 9 },
  suitability: { suits: '徒步' },
});

async function moment(products: readonly Product[], feeds: ShopView['feeds'] = {}) {
  const window = createGoodsWindow({
    goodsVersion: async () => 1,
    products: async () => [...products],
    promos: async () => [],
  });
  const goods = await window.read('s');
  const view = { goods, products, feeds, promos: [] } as unknown as ShopView;
  return { view, nowMs: NOW, time: (ms: number) => new Date(ms).toISOString() };
}
const said = (message: string, earlier: string[] = []) => ({ message, earlier, history: earlier });
const iso = (ms: number) => new Date(ms).toISOString();

const order = (items: { title: string; sku?: string; qty?: number }[], state: Order['state'] = 'unpaid') =>
  ({ state, facts: { id: 'o', state, items } }) as unknown as Order;

describe('floors', () => {
  it.each([
    ['红L能便宜吗', 379],
    ['红M能便宜吗', 369],
    ['能便宜吗', 369],
  ])('%s: %d yuan', async (message, yuan) => {
    const { facts } = productFacts(JACKET, said(message), await moment([JACKET]));
    expect(facts.product?.priceFloor).toBe(yuan);
  });

  it('remember the variant the buyer named before', async () => {
    const { facts } = productFacts(JACKET, said('那便宜点吗', ['红L有吗']), await moment([JACKET]));
    expect(facts.product?.priceFloor).toBe(379);
  });

  it.each<[string, Parameters<typeof order>, number | undefined]>([
    ['every floor is known', [[{ title: '轻量冲锋衣', sku: '红-L', qty: 2 }, { title: '轻量冲锋衣' }]], 379 * 2 + 369],
    ['one item has none', [[{ title: '轻量冲锋衣' }, { title: '保温水壶' }]], undefined],
    ['one item nobody knows', [[{ title: '轻量冲锋衣' }, { title: '别的' }]], undefined],
    ['there are no items', [[]], undefined],
    ['it is paid', [[{ title: '轻量冲锋衣' }], 'paid'], undefined],
  ])('of an order where %s', async (_, parts, yuan) => {
    expect(orderFloor(order(...parts), await moment([JACKET, BOTTLE]))?.yuan).toBe(yuan);
  });

  it('of an order are as old as the oldest, and zero is a number', async () => {
    const free = made('free', { title: '贴纸', priceFloor: 0 }, { readAt: { facts: NOW - DAY, stock: NOW, fed: [] } });
    const found = orderFloor(order([{ title: '轻量冲锋衣' }, { title: '贴纸' }]), await moment([JACKET, free]));
    expect(found).toEqual({ yuan: 369, readAt: iso(NOW - DAY) });
  });
});

describe('ages', () => {
  it('are told field by field and variant by variant', async () => {
    const fields = { price: NOW - 3 * DAY, 'stock.红-M': NOW - MINUTE, 'stock.红-L': NOW - 9 * MINUTE };
    const old = { ...JACKET, readAt: { facts: NOW - DAY, stock: 0, fields, fed: [] } };
    const { asOf } = productFacts(old, said('红M有吗'), await moment([old]));
    expect(asOf['product']).toBe(iso(NOW - DAY));
    expect(asOf['product.price']).toBe(iso(NOW - 3 * DAY));
    expect(asOf['product.stock']).toBe(iso(NOW - MINUTE));
    expect(asOf['product.stock.红-L']).toBe(iso(NOW - 9 * MINUTE));
  });

  it('of what a feed keeps up are its last sign of life, and of nothing else', async () => {
    const fed = { ...JACKET, readAt: { facts: NOW - 2 * DAY, stock: NOW - DAY, fed: ['stock'] } };
    const { asOf } = productFacts(fed, said(''), await moment([fed], { stock: NOW, catalogue: NOW }));
    expect(asOf['product.stock']).toBe(iso(NOW));
    expect(asOf['product']).toBe(iso(NOW - 2 * DAY));
  });
});

describe('other products', () => {
  it('are candidates where advice is asked: by fit, with the reasons', async () => {
    const { facts } = otherProducts(
      undefined,
      said('周末徒步 冲锋衣推荐一下 我165 110斤'),
      await moment([SHELL, JACKET, BOTTLE]),
    );
    expect(facts.candidates?.map(({ title }) => title)).toEqual(['轻量冲锋衣', '三层硬壳']);
    expect(facts.candidates?.[0]).toMatchObject({
      stock: 2,
      fits: ['徒步', '冲锋衣'],
      why: ['按您报的尺寸对应M码', '评分4.9'],
    });
  });

  it('leave out what the listing warns of, what fits no size and what is sold out in the size', async () => {
    const at = await moment([SHELL, JACKET, BOTTLE]);
    const titles = (message: string) =>
      otherProducts(undefined, said(message), at).facts.candidates?.map(({ title }) => title);
    expect(titles('通勤穿的冲锋衣推荐一下')).toEqual(['轻量冲锋衣']);
    expect(titles('徒步冲锋衣推荐一下 170 120斤')).toEqual(['三层硬壳']);
    expect(titles('徒步冲锋衣推荐一下 190 180斤')).toEqual(['三层硬壳']);
  });

  it('take the need from what was said before, and stay silent without one', async () => {
    const at = await moment([SHELL, JACKET, BOTTLE]);
    expect(otherProducts(undefined, said('有推荐吗', ['我去徒步']), at).facts.candidates?.length).toBe(3);
    expect(otherProducts(undefined, said('有推荐吗'), at).facts.candidates).toBeUndefined();
    expect(otherProducts(undefined, said('徒步的人多吗'), at).facts.candidates).toBeUndefined();
  });

  it.each([
    ['这款适合徒步穿吗', true],
    ['徒步推荐什么码', true],
    ['徒步推荐什么码', false],
    ['适合徒步穿吗', false],
  ])('are no candidates for "%s"', async (message, isAboutProduct) => {
    const at = await moment([SHELL, JACKET, BOTTLE]);
    expect(otherProducts(isAboutProduct ? JACKET : undefined, said(message), at).facts.candidates).toBeUndefined();
  });

  it('are a choice where two are named, with stock, rating and reviews', async () => {
    const { facts } = otherProducts(JACKET, said('轻量冲锋衣和三层硬壳选哪个'), await moment([SHELL, JACKET]));
    expect(facts.choice).toEqual([
      { title: '轻量冲锋衣', price: 399, stock: 2, rating: 4.9, reviewCount: 300 },
      { title: '三层硬壳', price: 99, stock: 5, rating: 4.2, reviewCount: 12 },
    ]);
    expect(facts.comparedWith).toEqual({ title: '三层硬壳' });
  });

  it('of which the stock is stale have none', async () => {
    const old = { ...SHELL, readAt: { facts: NOW, stock: NOW - 6 * MINUTE, fed: [] } };
    const { facts } = otherProducts(JACKET, said('轻量冲锋衣和三层硬壳选哪个'), await moment([old, JACKET]));
    expect(facts.choice?.[1]).not.toHaveProperty('stock');
  });

  it('go with a product as the shop says, else by the same use and another kind', async () => {
    const paired = { ...SHELL, details: { pairsWith: ['bottle'] } };
    const titles = async (product: Product, all: Product[]) =>
      otherProducts(product, said('好'), await moment(all)).facts.matching?.map(({ title }) => title);
    expect(await titles(paired, [paired, JACKET, BOTTLE])).toEqual(['保温水壶']);
    expect(await titles(JACKET, [JACKET, SHELL, BOTTLE])).toEqual(['保温水壶']);
    expect(await titles(JACKET, [JACKET, SHELL])).toEqual([]);
  });
});
