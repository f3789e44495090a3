import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../src/nlu/tokenize-text.ts';
import { findChange } from '../../src/suggestions/compare-rewrite.ts';

const { cut } = loadTokenizer();
const change = (original: string, rewrite: string) => findChange(original, rewrite, cut);

describe('a rewrite says the same', () => {
  test.each([
    ['订单⟦0⟧今天发货，预计⟦1⟧天到。', '亲，您的订单⟦0⟧今天发货，预计⟦1⟧天到哦～'],
    ['能开电子发票，请发抬头。', '可以开电子发票的呢，麻烦发抬头哈'],
    ['1. 打开订单 2. 点申请退款 3. 选原因', '亲，1. 打开订单 2. 点申请退款 3. 选原因 谢谢'],
    ['运费由我们承担。', '亲，运费由店里承担呢'],
    ['麻烦发一下照片。', '麻烦您发一下照片呀'],
    ['收到后7天内可以退换。', '您好，收到后7天内可以退换的哦'],
  ])('%s → %s', (original, rewrite) => {
    expect(change(original, rewrite)).toBeUndefined();
  });
});

describe('a rewrite says something else', () => {
  test.each([
    ['订单⟦0⟧今天发货。', '订单⟦0⟧明天发货。', '明天'],
    ['订单⟦0⟧预计⟦1⟧天到。', '订单⟦1⟧预计⟦0⟧天到。', 'a value'],
    ['订单⟦0⟧今天发货。', '订单今天发货。', 'a value'],
    ['7天内可以退换。', '15天内可以退换。', 'a figure'],
    ['七天内可以退换。', '三天内可以退换。', 'a figure'],
    ['不支持自提。', '支持自提。', '不'],
    ['可以退换。', '可以免费退换。', '免费'],
    ['可以退换。', '保证可以退换。', '保证'],
    ['先寄回商品，再退款。', '先退款，再寄回商品。', '寄回'],
    ['1. 打开订单 2. 点退款', '2. 点退款 1. 打开订单', 'a figure'],
    ['链接：https://a.cn/x', '链接：https://a.cn/y', 'a link'],
    ['已经为您登记。', '已经为您登记，还需要什么吗？', 'asks'],
    ['已经为您登记。', '', 'empty'],
    ['好的。', '好'.repeat(60), 'long'],
    ['退货运费由店里承担。', '退货运费由您承担。', 'buyer'],
    ['运费我们出。', '运费您出。', 'buyer'],
    ['钱退给您。', '钱退给我们。', 'shop'],
    ['请先垫付，我们退您。', '请先垫付，您退我们。', 'buyer'],
    ['可以发货。', '先生，可以发货。', '先生'],
    ['顺丰发货。', '中通发货。', '顺丰'],
  ])('%s → %s', (original, rewrite, says) => {
    expect(change(original, rewrite)).toContain(says);
  });
});
