import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import { CARD_RULES } from '../../src/suggestions/card-rules.ts';
import { isSlotName, SLOT_CATALOGUE, type SlotName } from '../../src/suggestions/slot-catalogue.ts';
import { renderSlot, renderText, SLOTS, slotsOf } from '../../src/suggestions/slots.ts';
import { context, NOW, type SituationParts } from './situation.ts';

const order = (more: Partial<NonNullable<Facts['order']>> = {}) => ({
  order: { id: 'A7', state: 'paid' as const, ...more },
});
/** What a running desk knows of the shop's schedule beside the clock; it is a Tuesday. */
function shopTimes(
  times: Partial<Record<'hours' | 'closedSince' | 'nextOpenAt' | 'replyByAt', string | undefined>> & {
    spans?: string[];
  },
) {
  const { hours = 'hours' in times ? undefined : '09:00-22:00', ...known } = times;
  return { facts: { shop: { replyByHour: '11:00', ...(hours ? { hours } : {}), ...known } as Facts['shop'] } };
}
const CASES: [SlotName, SituationParts, string | undefined][] = [
  ['shop.replyByHour', {}, '明天11:00'],
  ['shop.replyByHour', shopTimes({ replyByAt: '2027-09-14T15:00:00+08:00' }), '今天15:00'],
  ['shop.replyByHour', shopTimes({ replyByAt: '2027-09-15T10:00:00+08:00' }), '明天10:00'],
  ['shop.replyByHour', shopTimes({ replyByAt: '2027-09-20T10:00:00+08:00' }), '周一（9月20日）10:00'],
  ['shop.replyByHour', shopTimes({ replyByAt: '2027-09-21T10:00:00+08:00' }), '9月21日10:00'],
  ['shop.openHour', {}, '09:00'],
  ['shop.openHour', shopTimes({ closedSince: NOW, nextOpenAt: '2027-09-14T15:00:00+08:00' }), '今天15:00'],
  ['shop.openHour', shopTimes({ closedSince: NOW, nextOpenAt: '2027-09-18T09:00:00+08:00' }), '周六（9月18日）09:00'],
  ['shop.openHour', shopTimes({ nextOpenAt: '2027-09-15T09:00:00+08:00' }), undefined],
  [
    'shop.openHour',
    shopTimes({ hours: undefined, closedSince: NOW, nextOpenAt: '2027-09-15T09:00:00+08:00' }),
    undefined,
  ],
  ['shop.hours', shopTimes({ spans: ['09:00-12:00', '13:00-22:00'] }), '09:00-12:00、13:00-22:00'],
  ['order.amount', { facts: order({ amount: 0 }) }, '0元'],
  ['order.amount', { facts: order({ amount: 12.5 }) }, '12.5元'],
  ['order.amount', { facts: order() }, undefined],
  ['order.amount', { facts: { ...order({ amount: 9 }), asOf: { order: '2027-09-14T13:00:00+08:00' } } }, undefined],
  ['order.autoCloseAt', { facts: order({ autoCloseAt: '2027-09-15T00:00:00+08:00' }) }, '今天24:00'],
  ['order.autoCloseAt', { facts: order({ autoCloseAt: '2027-09-15T08:05:00+08:00' }) }, '明天08:05'],
  ['order.promisedShipBy', { facts: order({ promisedShipBy: '2027-10-02T18:00:00+08:00' }) }, '10月2日18:00'],
  ['order.etaDays', { facts: order({ etaDays: null }) }, undefined],
  [
    'order.addressMasked',
    { facts: order({ address: { receiver: '李*', phone: '13812345678', street: '柳街2号' } }) },
    '李*，138****5678，柳街2号',
  ],
  ['order.checkList', { facts: order() }, undefined],
  [
    'order.checkList',
    { facts: order({ items: [{ title: '盖碗', sku: '青瓷', qty: 2 }], amount: 96 }) },
    '盖碗（青瓷）×2；金额96元',
  ],
  [
    'product.attrsAsked',
    { facts: { product: { attrs: { 容量: '150毫升', 材质: '青瓷' } } }, message: '容量多少' },
    '容量：150毫升',
  ],
  ['product.benefits', { facts: { product: { benefits: ['轻', '薄', '透'] } } }, '轻；薄'],
  ['stock.alternatives', { facts: { product: { stock: { 青瓷: 0, 白瓷: 3, 紫砂: 0 } } }, message: '青瓷有吗' }, '白瓷'],
  ['stock.restock', { facts: { product: { restockPlan: '2027-09-30' } } }, '9月30日'],
  ['stock.restock', { facts: { product: { restockPlan: null } } }, undefined],
  ['stock.restock', { facts: { product: { restockPlan: 'none' } } }, undefined],
  [
    'scarcity.fact',
    { facts: { product: { stock: { 青瓷: 2 }, restockPlan: 'none' } }, message: '青瓷不错' },
    '青瓷现在还有2件，确认不再补货',
  ],
  [
    'scarcity.fact',
    {
      facts: {
        product: { title: '盖碗' },
        promo: [
          {
            name: '秋茶季',
            startsAt: '2027-09-01T00:00:00+08:00',
            endsAt: '2027-10-01T00:00:00+08:00',
            items: ['盖碗'],
            extensionPlanned: false,
          },
          {
            name: '一日特惠',
            startsAt: '2027-09-14T00:00:00+08:00',
            endsAt: '2027-09-14T17:00:00+08:00',
            items: ['盖碗'],
            extensionPlanned: false,
          },
        ],
      },
    },
    '一日特惠到今天17:00结束',
  ],
  ['discount.newAmount', { facts: { discount: { requested: 15 }, product: { price: 100 } } }, '85元'],
  ['discount.newAmount', { facts: { discount: { requested: 8, granted: 12 }, product: { price: 100 } } }, '80元'],
  [
    'discount.newAmount',
    {
      facts: {
        discount: { requested: 8, granted: 12 },
        order: { id: 'A1', state: 'unpaid', amount: 88 },
        priceEdit: { oldAmount: 100, newAmount: 88 },
      },
    },
    '80元',
  ],
  [
    'postage.threeCarriers',
    { facts: { postage: { table: { SF: { 全国: 18, 新疆: 30 }, EMS: { 全国: 12 } } }, buyer: { region: '新疆' } } },
    'EMS12元、顺丰30元',
  ],
  [
    'refund.formAmount',
    { facts: { refund: { formType: 'to_seller', amount: 10, paidAmount: 100 } } },
    '“付给卖家的金额”填90元',
  ],
  [
    'refund.formAmount',
    { facts: { refund: { formType: 'to_buyer', amount: 10, paidAmount: 100 } } },
    '“退款金额”填10元',
  ],
  ['case.options', { facts: { case: { open: true, options: ['换新', '退款'] } } }, '①换新 ②退款'],
  [
    'buyer.tierDiscount',
    { facts: { shop: { tiers: { gold: { discount: 0.85 } } }, buyer: { tier: 'gold' } } },
    '8.5折',
  ],
  ['return.collectCarriers', { facts: { return: { collectCarriers: ['SF', 'YTO'] } } }, '顺丰'],
];

describe('slots', () => {
  it.each(CASES)('%s of %j is %s', (name, parts, expected) => {
    const outcome = renderSlot(name, context(parts), 'zh-Hans');
    expect(outcome.filled ? outcome.value : undefined).toBe(expected);
  });

  it('speak English where the wording does', () => {
    const outcome = renderSlot('order.etaDays', context({ facts: order({ etaDays: 3 }) }), 'en');
    expect(outcome).toMatchObject({ value: 'about 3 days' });
  });

  it('stop a text that cannot be filled and name the fact', () => {
    const outcome = renderText(
      '付{order.amount}，到{order.carrier}',
      context({ facts: order({ amount: 8 }) }),
      'zh-Hans',
    );
    expect(outcome).toEqual({ missing: 'order.carrier', fact: 'order.carrier' });
  });

  it('keep the source and its age', () => {
    const facts = { ...order({ amount: 8 }), asOf: { order: '2027-09-14T13:59:30+08:00' } };
    const outcome = renderText('{order.amount}', context({ facts }), 'zh-Hans');
    expect(outcome).toEqual({
      text: '8元',
      slots: [{ name: 'order.amount', value: '8元', source: 'order.amount', readAt: '2027-09-14T13:59:30+08:00' }],
    });
  });

  it('all have code, and every card names only slots of the catalogue', () => {
    expect(Object.keys(SLOTS).sort()).toEqual(Object.keys(SLOT_CATALOGUE).sort());
    for (const rule of Object.values(CARD_RULES)) for (const name of rule.slots) expect(isSlotName(name)).toBe(true);
    expect(slotsOf('{a.b}和{a.b}、{c}')).toEqual(['a.b', 'c']);
  });
});
