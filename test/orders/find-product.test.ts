import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProductFinder } from '../../src/orders/find/product-finder.ts';
import type { Product } from '../../src/orders/ports.ts';
import { NAMED_PRODUCTS } from './named-products.ts';

interface Line {
  text: string;
  /** `null`: the line names no product. */
  find: string | null;
}

const LINES = readFileSync(new URL('./named-products.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

function finderOf(products: readonly Product[]) {
  const finder = createProductFinder();
  for (const product of products) finder.put(product);
  return finder;
}

const made = (id: string, title: string, more: Partial<Product> = {}): Product => ({
  shopId: 's',
  id,
  title,
  facts: { title },
  readAt: { facts: 0, stock: 0 },
  ...more,
});

describe('finding products in what buyers write', () => {
  it('finds them on the lines written before the finder, and keeps quiet on the others', () => {
    const finder = finderOf(NAMED_PRODUCTS);
    const named = LINES.filter(({ find }) => find !== null);
    const quiet = LINES.filter(({ find }) => find === null);
    expect(LINES.length).toBeGreaterThanOrEqual(150);
    expect(quiet.length * 3).toBeGreaterThanOrEqual(LINES.length);
    const first = ({ text }: Line) => finder.find(text).ids[0] ?? null;
    const wrong = named.filter((line) => first(line) !== null && first(line) !== line.find);
    const missed = named.filter((line) => first(line) === null);
    const heard = quiet.filter((line) => first(line) !== null);
    expect(wrong).toEqual([]);
    expect(missed.length / named.length).toBeLessThanOrEqual(0.04);
    expect(heard.length / quiet.length).toBeLessThanOrEqual(0.03);
  });

  it('answers the same in whatever order the catalogue comes', () => {
    const straight = finderOf(NAMED_PRODUCTS);
    const turned = finderOf(NAMED_PRODUCTS.toReversed());
    for (const { text } of LINES) expect(turned.find(text)).toEqual(straight.find(text));
  });

  it('forgets the name and the number a product no longer has', () => {
    const finder = finderOf([made('a1', '蓝胖子收纳箱', { details: { itemIds: ['556677889'] } })]);
    finder.put(made('a1', '小黑洗衣篮', { details: { itemIds: ['990011223'] } }));
    expect(finder.find('蓝胖子收纳箱有货吗').ids).toEqual([]);
    expect(finder.find('556677889').ids).toEqual([]);
    expect(finder.find('小黑洗衣篮有货吗').ids).toEqual(['a1']);
    expect(finder.find('990011223').ids).toEqual(['a1']);
  });

  it('names two products in the order of the text', () => {
    expect(finderOf(NAMED_PRODUCTS).find('月亮椅和卡式炉一起买有优惠吗').ids).toEqual(['p12', 'p22']);
  });

  it('leaves a doubt open where several fit, and lets a word of the text decide', () => {
    const finder = finderOf([
      made('b1', '碎花连衣裙', { facts: { category: '连衣裙' } }),
      made('b2', '针织连衣裙', { facts: { category: '连衣裙' } }),
    ]);
    expect(finder.find('连衣裙有货吗')).toEqual({ ids: [], among: ['b1', 'b2'] });
    expect(finder.find('连衣裙，针织的那条').ids).toEqual(['b2']);
  });

  it('takes no number out of a longer one', () => {
    const finder = finderOf([made('c1', '台灯', { details: { itemIds: ['734512009899'] } })]);
    expect(finder.find('订单734512009899001').ids).toEqual([]);
    expect(finder.find('手机1734512009899').ids).toEqual([]);
  });
});
