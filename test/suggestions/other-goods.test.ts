import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import { asksOfOtherGoods } from '../../src/suggestions/other-goods.ts';
import { context, facts } from './situation.ts';

const product = {
  title: '20000毫安充电宝',
  attrs: { 容量: '20000毫安', 重量: '420克', 电池续航: '充手机四次' },
  stock: { 白色: 3 },
} satisfies Facts['product'];

describe('other goods of the shop', () => {
  it.each(['那你家的自拍杆多长', '你们家的数据线有没有货', '店里的支架是什么材质', '还有那个耳机多少钱啊多重'])(
    '%s',
    (message) => expect(asksOfOtherGoods(facts({ product }), message)).toBe(true),
  );
  it.each(['你家的充电宝多重', '你家的续航是什么水平', '你们的质量怎么样', '你家的东西多少钱', '自拍杆能充吗', '多重'])(
    'not in %s',
    (message) => expect(asksOfOtherGoods(facts({ product }), message)).toBe(false),
  );
  it('are not answered by what the record says of the product', () => {
    const { asked, named } = context({ facts: { product }, message: '那你家的自拍杆多重 白色的' });
    expect(asked).toEqual({ known: [], unknown: true });
    expect(named.skus).toEqual([]);
  });
});
