import { describe, expect, it } from 'vitest';
import { parseGateLines } from '../../src/gate/evaluate.ts';
import type { Facts } from '../../src/protocol/facts.ts';
import { evaluateGuard } from '../../src/suggestions/guards.ts';
import { parseSuggestionLine } from '../../src/suggestions/read-suggestions-file.ts';
import { context } from './situation.ts';

const DAY_OLD = '2027-09-13T14:00:00+08:00';
const OLDER = '2027-09-13T13:59:59+08:00';
const asks = (requested: number, facts: Partial<Facts>, message = '能便宜点吗') =>
  evaluateGuard('abovePriceFloor', context({ facts: { discount: { requested }, ...facts }, message }));
const jacket = { title: '外套', price: 300, priceFloor: 250, stock: { '红色-M': 4, '红色-XL': 4 } };
const floors = { ...jacket, priceFloors: { '红色-XL': 280 } };
const order = (more: object): Partial<Facts> => ({
  product: jacket,
  order: { id: 'A', state: 'unpaid', amount: 500, priceFloor: 470, ...more },
});

describe('the price floor', () => {
  it.each([
    ['exactly the floor of the product', 50, { product: jacket }, undefined, true],
    ['a fen below it', 50.01, { product: jacket }, undefined, false],
    ['the floor of the asked variant', 20, { product: floors }, '红色XL能便宜点吗', true],
    ['a fen below that of the asked variant', 20.01, { product: floors }, '红色XL能便宜点吗', false],
    ['a variant without a floor of its own', 50, { product: floors }, '红色M能便宜点吗', true],
    ['no variant named', 50, { product: floors }, undefined, true],
    [
      'only variants have floors and none is named',
      20.01,
      { product: { price: 300, priceFloors: { L: 280 } } },
      undefined,
      false,
    ],
    ['a floor of zero', 300, { product: { price: 300, priceFloor: 0 } }, undefined, true],
    ['below a floor of zero', 300.01, { product: { price: 300, priceFloor: 0 } }, undefined, false],
    ['a variant floor of zero', 300, { product: { ...jacket, priceFloors: { '红色-M': 0 } } }, '红色M能便宜点吗', true],
    ['no floor at all', 300, { product: { price: 300 } }, undefined, true],
    ['exactly the floor of the order', 30, order({}), undefined, true],
    ['a fen below the floor of the order', 30.01, order({}), undefined, false],
    ['an order floor of zero', 500, order({ priceFloor: 0 }), undefined, true],
    ['a paid order says nothing of the next price', 50, order({ state: 'paid' }), undefined, true],
    ['an order whose amount is unknown', 1, order({ amount: undefined }), undefined, false],
    ['a floor read a day ago', 50, { product: jacket, asOf: { 'product.priceFloor': DAY_OLD } }, undefined, true],
    ['a stale floor', 1, { product: jacket, asOf: { 'product.priceFloor': OLDER } }, undefined, false],
    [
      'a stale variant floor',
      1,
      { product: floors, asOf: { 'product.priceFloors': OLDER } },
      '红色XL能便宜点吗',
      false,
    ],
    ['a stale order floor', 1, { ...order({}), asOf: { 'order.priceFloor': OLDER } }, undefined, false],
  ] as [string, number, Partial<Facts>, string | undefined, boolean][])('%s', (_, requested, facts, message, holds) => {
    expect(asks(requested, facts, message).holds).toBe(holds);
  });

  it('counts what was granted before', () => {
    const granted = (yuan: number) =>
      evaluateGuard(
        'abovePriceFloor',
        context({ facts: { discount: { requested: 20, granted: yuan }, product: jacket } }),
      );
    expect([granted(30).holds, granted(30.01).holds]).toEqual([true, false]);
  });
});

describe('evaluation files', () => {
  const facts = { now: '2027-09-14T14:00:00+08:00', shop: {}, agent: {}, buyer: {} };
  const line = (more: object) =>
    JSON.stringify({
      id: 'a',
      facts: { ...facts, ...more },
      history: [],
      message: '在吗',
      expectTop3: [],
      mustNot: [],
    });

  it.each([
    ['product.priceFloors', { product: { priceFloors: { M: 1 } } }],
    ['order.priceFloor', { order: { id: 'A', state: 'unpaid', priceFloor: 1 } }],
    ['candidates.0.why', { candidates: [{ title: '外套', why: ['现货'] }] }],
  ])('refuse %s, which only a running desk knows', (path, more) => {
    expect(() => parseSuggestionLine(line(more), 'f.jsonl', 3)).toThrow(`facts.${path}`);
    const gate = JSON.stringify({ id: 'a', text: '在', context: more, expect: 'pass', rules: [] });
    expect(() => parseGateLines(gate, 'f.jsonl')).toThrow(`context.${path}`);
  });
});
