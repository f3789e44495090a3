import { describe, expect, it } from 'vitest';
import type { Product } from '../../src/orders/ports.ts';
import { createFitIndex } from '../../src/orders/recommend/fit-index.ts';
import { type ProductNow, rankProducts } from '../../src/orders/recommend/rank-products.ts';

const KINDS = ['冲锋衣', '徒步鞋', '水壶', '帐篷', '睡袋'];
const USES = ['春秋徒步', '冬天露营', '城市通勤', '海边度假', '长途骑行', '亲子野餐'];

/** A repeatable row of numbers from 0 to 1. */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function shopOf(count: number, seed: number): Product[] {
  const dice = createDice(seed);
  const pick = (list: readonly string[]) => list[Math.floor(dice() * list.length)]!;
  return Array.from({ length: count }, (_, i) => {
    const category = pick(KINDS);
    const title = `${pick(['轻量', '加厚', '经典'])}${category}${i}`;
    return {
      shopId: 's',
      id: `p${String(i).padStart(4, '0')}`,
      title,
      facts: {
        title,
        category,
        price: Math.round(dice() * 100_000) / 100,
        stock: { 均码: Math.floor(dice() * 4) },
        suitability: { suits: `${pick(USES)}、${pick(USES)}`, notFor: pick(USES) },
      },
      details: { rating: Math.round(dice() * 50) / 10, reviewCount: Math.floor(dice() * 300) },
      readAt: { facts: 0, stock: 0 },
    };
  });
}

const nowOf = (product: Product): ProductNow => ({
  product,
  stock: product.facts.stock?.['均码'],
  stockReadAt: 0,
  rating: product.details?.rating,
  reviewCount: product.details?.reviewCount,
});

function recommended(products: readonly Product[], said: string): string[] {
  const byId = new Map(products.map((product) => [product.id, product]));
  const fits = createFitIndex();
  for (const product of products) fits.put(product);
  const now = (id: string) => {
    const product = byId.get(id);
    return product && nowOf(product);
  };
  return rankProducts(said, fits.search(said), now).map(({ product }) => product.id);
}

const NEEDS = ['周末去徒步有什么推荐', '冬天露营用的睡袋', '骑行穿的', '适合通勤的冲锋衣', '带孩子去野餐'];

describe('recommendations', () => {
  it.each([0, 0.01, 7, 1000])('come in the same order when every price is multiplied by %d', (factor) => {
    for (let seed = 1; seed <= 20; seed++) {
      const products = shopOf(80, seed);
      const scaled = products.map((product) => ({
        ...product,
        facts: { ...product.facts, price: (product.facts.price ?? 0) * factor },
      }));
      for (const need of NEEDS) expect(recommended(scaled, need)).toEqual(recommended(products, need));
    }
  });

  it('come in the same order when the prices change hands or are unknown', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const products = shopOf(80, seed);
      const turned = products.toReversed().map(({ facts }) => facts.price ?? 0);
      const swapped = products.map((product, i) => ({ ...product, facts: { ...product.facts, price: turned[i]! } }));
      const bare = products.map(({ facts: { price: _price, ...facts }, ...product }) => ({ ...product, facts }));
      for (const need of NEEDS) {
        const order = recommended(products, need);
        expect(order.length).toBeGreaterThan(0);
        expect(recommended(swapped, need)).toEqual(order);
        expect(recommended(bare, need)).toEqual(order);
      }
    }
  });

  const one = (id: string, more: Partial<Product['facts']>, details: Product['details'] = {}): Product => ({
    shopId: 's',
    id,
    title: more.title ?? id,
    facts: { title: id, stock: { 均码: 5 }, suitability: { suits: '徒步' }, ...more },
    details,
    readAt: { facts: 0, stock: 0 },
  });

  it.each<[string, Product[], string[]]>([
    ['the better rated first', [one('a', {}, { rating: 4.1 }), one('b', {}, { rating: 4.9 })], ['b', 'a']],
    [
      'of equal ratings the more reviewed',
      [one('a', {}, { rating: 4, reviewCount: 2 }), one('b', {}, { rating: 4, reviewCount: 90 })],
      ['b', 'a'],
    ],
    ['a known rating before an unknown one', [one('a', {}), one('b', {}, { rating: 3 })], ['b', 'a']],
    ['nothing that is sold out', [one('a', { stock: { 均码: 0 } }), one('b', {})], ['b']],
    ['nothing whose stock is unknown', [one('a', { stock: {} }), one('b', {})], ['b']],
    ['nothing off sale', [one('a', {}, { offSale: true }), one('b', {})], ['b']],
    [
      'nothing the listing warns of',
      [one('a', { suitability: { suits: '通勤', notFor: '徒步' } }), one('b', {})],
      ['b'],
    ],
    [
      'what serves more of the need first',
      [one('a', {}, { rating: 5 }), one('b', { suitability: { suits: '徒步、露营' } }, { rating: 3 })],
      ['b', 'a'],
    ],
  ])('%s', (_, products, order) => {
    expect(recommended(products, '徒步露营都要用 推荐一下')).toEqual(order);
  });

  it('go by the kind that is asked for', () => {
    const products = [one('a', { category: '水壶' }, { rating: 5 }), one('b', { category: '背包' }, { rating: 3 })];
    expect(recommended(products, '徒步用的背包推荐一个')).toEqual(['b']);
  });

  it.each([
    ['想买个徒步穿的裤子，有什么推荐吗', ['pants']],
    ['徒步戴的帽子求推荐', ['hat']],
    ['徒步穿的 推荐一件', ['shell', 'pants']],
    ['徒步用的 推荐一个', ['bottle', 'shell', 'hat', 'pants']],
    ['徒步用的东西包邮吗 推荐一个', ['bottle', 'shell', 'hat', 'pants']],
  ])('in %s go by the noun, then by the use', (said, order) => {
    const products = [
      one('bottle', { category: '水壶', title: '保温水壶' }, { rating: 5 }),
      one('pants', { category: '长裤', title: '速干长裤' }, { rating: 3 }),
      one('shell', { category: '冲锋衣', title: '轻量冲锋衣' }, { rating: 4.5 }),
      one('hat', { category: '帽子', title: '渔夫帽' }, { rating: 4 }),
    ];
    expect(recommended(products, said)).toEqual(order);
  });

  it('follow a product whose words change', () => {
    const fits = createFitIndex();
    fits.put(one('a', { suitability: { suits: '徒步' } }));
    fits.put(one('a', { suitability: { suits: '骑行' } }));
    expect(fits.search('徒步')).toEqual([]);
    expect(fits.search('骑行')).toEqual([{ id: 'a', words: ['骑行'] }]);
  });
});
