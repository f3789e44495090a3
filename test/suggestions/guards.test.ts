import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import { CARD_RULES } from '../../src/suggestions/card-rules.ts';
import { GUARD_CATALOGUE, type GuardName, isGuardName } from '../../src/suggestions/guard-catalogue.ts';
import { evaluateGuard, GUARDS } from '../../src/suggestions/guards.ts';
import { context, NOW, type SituationParts } from './situation.ts';

type Case = [guard: GuardName, situation: SituationParts, holds: boolean, why: string];
const order = (more: Partial<NonNullable<Facts['order']>> = {}) => ({
  order: { id: 'A', state: 'paid' as const, ...more },
});
const openCase = (more: Partial<NonNullable<Facts['case']>> = {}) => ({ case: { open: true, ...more } });
const stock = (pieces: Record<string, number>, readAt?: string) => ({
  product: { title: '盖碗', stock: pieces },
  ...(readAt === undefined ? {} : { asOf: { 'product.stock': readAt } }),
});
const promo = (more: object = {}) => ({
  product: { title: '盖碗' },
  promo: [
    {
      name: '秋茶节',
      startsAt: '2027-09-01T00:00:00+08:00',
      endsAt: '2027-09-20T00:00:00+08:00',
      items: ['盖碗'],
      ...more,
    },
  ],
});
const discount = (requested: number, granted = 0, more: Partial<Facts> = {}) => ({
  discount: { requested, granted },
  ...more,
});

const CASES: Case[] = [
  ['agentOnDuty', { facts: { agent: { onDuty: true } } }, true, 'on duty'],
  ['agentOnDuty', { facts: { agent: {} } }, false, 'unknown'],
  ['agentOnDuty', { facts: { asOf: { 'agent.onDuty': '2027-09-14T13:59:00+08:00' } } }, true, 'exactly a minute old'],
  ['agentOnDuty', { facts: { asOf: { agent: '2027-09-14T13:58:59+08:00' } } }, false, 'older than a minute'],
  ['deskAway', { facts: { agent: { onDuty: false } } }, true, 'nobody there'],
  ['deskAway', { facts: { agent: {}, now: '2027-09-14T23:00:00+08:00' } }, true, 'outside the hours'],
  ['deskAway', {}, false, 'somebody is there'],
  ['awayAckAllowed', { facts: { convo: { awayAckLastSentAt: null } } }, true, 'never sent'],
  ['awayAckAllowed', { facts: { convo: { awayAckLastSentAt: '2027-09-14T06:00:00+08:00' } } }, true, 'exactly 8 h'],
  [
    'awayAckAllowed',
    { facts: { convo: { awayAckLastSentAt: '2027-09-14T06:00:01+08:00' } } },
    false,
    'a second short of 8 h',
  ],
  [
    'awayAckAllowed',
    { facts: { now: '2027-09-15T07:00:00+08:00', convo: { awayAckLastSentAt: '2027-09-14T22:30:00+08:00' } } },
    false,
    'same absence',
  ],
  [
    'awayAckAllowed',
    {
      facts: {
        now: '2027-09-15T23:00:00+08:00',
        shop: { hours: '09:00-22:00', closedSince: '2027-09-13T18:00:00+08:00' },
        convo: { awayAckLastSentAt: '2027-09-14T12:00:00+08:00' },
      },
    },
    false,
    'same absence, over days off',
  ],
  [
    'awayAckAllowed',
    {
      facts: {
        now: '2027-09-14T12:30:00+08:00',
        shop: { hours: '09:00-18:00', closedSince: '2027-09-14T12:00:00+08:00' },
        convo: { awayAckLastSentAt: '2027-09-14T03:00:00+08:00' },
      },
    },
    true,
    'another absence, in a break',
  ],
  [
    'deskAway',
    {
      facts: {
        agent: {},
        now: '2027-09-14T12:30:00+08:00',
        shop: { hours: '09:00-18:00', closedSince: '2027-09-14T12:00:00+08:00' },
      },
    },
    true,
    'in a break',
  ],
  [
    'deskAway',
    {
      facts: {
        agent: {},
        now: '2027-09-14T23:00:00+08:00',
        shop: { hours: '09:00-18:00', nextOpenAt: '2027-09-15T09:00:00+08:00' },
      },
    },
    false,
    'open by the schedule',
  ],
  [
    'answerPromisedWithinDay',
    { facts: { question: { text: '容量', askedAt: NOW, answerBy: '2027-09-15T14:00:00+08:00' } } },
    true,
    'exactly 24 h',
  ],
  [
    'answerPromisedWithinDay',
    { facts: { question: { text: '容量', askedAt: NOW, answerBy: '2027-09-15T14:00:01+08:00' } } },
    false,
    'more than 24 h',
  ],
  [
    'answerPromisedWithinDay',
    {
      facts: {
        question: { text: '容量', askedAt: '2027-09-14T09:00:00+08:00', answerBy: '2027-09-14T13:00:00+08:00' },
      },
    },
    false,
    'has passed',
  ],
  ['answerPromisedWithinDay', { facts: { question: { text: '容量' } } }, false, 'nothing promised'],
  ['clarifyNotRepeated', { history: [{ from: 'agent', text: '您是想问价格还是发货呢？' }] }, false, 'was just asked'],
  ['noDangerWord', { message: '我要投诉' }, false, 'complaint'],
  ['talkJustBegan', { history: [{ from: 'buyer', text: '在吗' }] }, true, 'only the buyer has spoken'],
  ['talkJustBegan', { history: [{ from: 'agent', text: '您好' }] }, false, 'the desk has spoken'],
  ['deskOwnedUp', { history: [{ from: 'agent', text: '给您添麻烦了' }] }, true, 'it apologised'],
  ['deskOwnedUp', { history: [{ from: 'buyer', text: '你们该赔偿' }] }, false, 'only the buyer speaks of it'],
  ['deskOwnedUp', {}, false, 'nothing was said'],
  ['deskTookLeave', { history: [{ from: 'agent', text: '祝您愉快，再见' }] }, true, 'the desk said goodbye'],
  ['deskTookLeave', { history: [{ from: 'agent', text: '已经改好了' }] }, false, 'the desk did something'],
  ['orderNumberUnknown', { facts: { order: null }, message: '坏了' }, true, 'no order, no number'],
  ['orderNumberUnknown', { facts: { order: null }, message: '订单号：20270914001' }, false, 'told'],
  ['askedSkuInStock', { facts: stock({ 青瓷: 1 }), message: '青瓷的有吗' }, true, 'one piece'],
  ['askedSkuInStock', { facts: stock({ 青瓷: 0 }), message: '青瓷的有吗' }, false, 'zero is sold out'],
  ['askedSkuSoldOut', { facts: stock({ 青瓷: 0, 白瓷: 2 }), message: '青瓷的有吗' }, true, 'zero'],
  [
    'askedSkuSoldOut',
    { facts: stock({ 青瓷: 0 }, '2027-09-14T13:55:00+08:00'), message: '青瓷的有吗' },
    true,
    'exactly five minutes',
  ],
  [
    'askedSkuSoldOut',
    { facts: stock({ 青瓷: 0 }, '2027-09-14T13:54:59+08:00'), message: '青瓷的有吗' },
    false,
    'stale',
  ],
  ['askedSkuSoldOut', { facts: { product: { title: '盖碗' } }, message: '青瓷的有吗' }, false, 'unknown'],
  ['alternativeInStock', { facts: stock({ 青瓷: 0, 白瓷: 0 }), message: '青瓷的有吗' }, false, 'nothing else'],
  ['scarcityVerified', { facts: stock({ 青瓷: 3, 白瓷: 9 }), message: '青瓷好看' }, true, 'at the threshold'],
  ['scarcityVerified', { facts: stock({ 青瓷: 4, 白瓷: 9 }), message: '青瓷好看' }, false, 'above the threshold'],
  ['scarcityVerified', { facts: stock({ 青瓷: 0, 白瓷: 9 }), message: '青瓷好看' }, false, 'none left'],
  ['scarcityVerified', { facts: stock({ 青瓷: 2, 白瓷: 9 }), message: '白瓷好看' }, false, 'interest in another'],
  ['promoActiveForItem', { facts: promo() }, true, 'runs'],
  ['promoActiveForItem', { facts: promo({ startsAt: NOW }) }, true, 'starts this moment'],
  ['promoActiveForItem', { facts: promo({ endsAt: NOW }) }, false, 'ended this moment'],
  ['promoActiveForItem', { facts: promo({ items: ['茶盘'] }) }, false, 'covers another item'],
  ['promoActiveForItem', { facts: { ...promo(), asOf: { promo: '2027-09-14T13:44:00+08:00' } } }, false, 'stale'],
  [
    'deadlineVerified',
    { facts: promo({ endsAt: '2027-09-15T00:00:00+08:00', extensionPlanned: false }) },
    true,
    'ends at midnight',
  ],
  ['deadlineVerified', { facts: promo({ endsAt: '2027-09-14T23:00:00+08:00' }) }, false, 'extension unknown'],
  [
    'deadlineVerified',
    { facts: promo({ endsAt: '2027-09-15T00:00:01+08:00', extensionPlanned: false }) },
    false,
    'ends tomorrow',
  ],
  ['withinAuthority', { facts: discount(20) }, true, 'exactly 20'],
  ['withinAuthority', { facts: discount(8, 12) }, true, 'sum exactly 20'],
  ['withinAuthority', { facts: discount(8.01, 12) }, false, 'one fen above'],
  ['withinAuthority', { facts: discount(90, 0, { agent: { role: 'supervisor' } }) }, true, 'a supervisor'],
  ['aboveAuthority', { facts: discount(20) }, false, 'exactly 20'],
  ['abovePriceFloor', { facts: discount(10, 0, { product: { price: 100, priceFloor: 90 } }) }, true, 'at the floor'],
  [
    'abovePriceFloor',
    { facts: discount(10.01, 0, { product: { price: 100, priceFloor: 90 } }) },
    false,
    'below the floor',
  ],
  ['abovePriceFloor', { facts: discount(10, 0, { product: { priceFloor: 90 } }) }, false, 'price unknown'],
  [
    'offerWithinAuthority',
    {
      facts: {
        discount: { granted: 35, approvalId: 'v1', approvedAmount: 35, approvalExpiresAt: '2027-09-14T15:00:00+08:00' },
      },
    },
    true,
    'approved',
  ],
  [
    'offerWithinAuthority',
    { facts: { discount: { granted: 35, approvalId: 'v1', approvedAmount: 35, approvalExpiresAt: NOW } } },
    false,
    'approval expired',
  ],
  ['stackVerified', { facts: { stack: { computedTotal: 88, checkoutTotal: 88 } } }, true, 'equal'],
  ['stackVerified', { facts: { stack: { computedTotal: 88, checkoutTotal: 98 } } }, false, 'differs'],
  ['orderUnpaid', { facts: order({ state: 'unpaid' }) }, true, 'unpaid'],
  ['orderUnpaid', { facts: { order: null } }, false, 'no order'],
  [
    'orderUnpaid',
    { facts: { ...order({ state: 'unpaid' }), asOf: { 'order.state': '2027-09-14T13:58:00+08:00' } } },
    false,
    'stale',
  ],
  ['slipNotPrinted', { facts: order() }, false, 'unknown'],
  ['slipNotPrinted', { facts: order({ slipPrinted: false }) }, true, 'not printed'],
  ['slipPrintedNotShipped', { facts: order({ state: 'printed' }) }, true, 'the state says so'],
  ['slipPrintedNotShipped', { facts: order({ state: 'printed', shippedAt: NOW }) }, false, 'shipped'],
  ['nearOrOverdue', { facts: order({ promisedShipBy: '2027-09-15T14:00:00+08:00' }) }, true, 'exactly 24 h'],
  ['nearOrOverdue', { facts: order({ promisedShipBy: '2027-09-15T14:00:01+08:00' }) }, false, 'more than 24 h'],
  ['silentOrderDue', { facts: order({ state: 'unpaid', placedAt: '2027-09-14T13:30:00+08:00' }) }, true, '30 minutes'],
  ['silentOrderDue', { facts: order({ state: 'unpaid', placedAt: '2027-09-14T13:30:01+08:00' }) }, false, 'too soon'],
  ['autoCloseNear', { facts: order({ state: 'unpaid', autoCloseAt: '2027-09-14T20:00:00+08:00' }) }, true, 'six hours'],
  [
    'autoCloseNear',
    { facts: order({ state: 'unpaid', autoCloseAt: '2027-09-14T20:00:01+08:00' }) },
    false,
    'more than six hours',
  ],
  ['parcelHandedOver', { facts: order({ state: 'shipped', shippedAt: NOW }) }, false, 'no scan known'],
  [
    'trackingFresh',
    { facts: { tracking: { lastScan: '武汉', lastScanAt: NOW }, asOf: { tracking: '2027-09-14T12:00:00+08:00' } } },
    true,
    'exactly two hours',
  ],
  [
    'trackingFresh',
    { facts: { tracking: { lastScan: '武汉', lastScanAt: NOW }, asOf: { tracking: '2027-09-14T11:59:59+08:00' } } },
    false,
    'stale',
  ],
  ['noTrackingException', { facts: { tracking: { exception: null } } }, true, 'asked, none'],
  ['noTrackingException', { facts: { tracking: {} } }, false, 'unknown'],
  ['shippingNormHolds', { facts: { shipping: { exceptional: false } } }, true, 'normal'],
  ['shippingNormHolds', { facts: { shipping: {} } }, false, 'unknown'],
  ['courierContacted', { facts: { courier: { contactedAt: null } } }, false, 'not contacted'],
  ['lossConfirmedOrDue', { facts: openCase({ openedAt: '2027-09-12T14:00:00+08:00' }) }, true, 'exactly 48 h'],
  ['lossConfirmedOrDue', { facts: openCase({ openedAt: '2027-09-12T14:00:01+08:00' }) }, false, 'a second short'],
  [
    'withinThreeDays',
    { facts: order({ state: 'signed', signedAt: '2027-09-11T14:00:00+08:00' }) },
    true,
    'exactly 3 days',
  ],
  [
    'withinThreeDays',
    { facts: order({ state: 'signed', signedAt: '2027-09-11T13:59:59+08:00' }) },
    false,
    'past 3 days',
  ],
  ['withinThreeDays', { facts: order({ state: 'signed' }) }, false, 'unknown'],
  [
    'beyondPeriodOrWorn',
    { facts: { ...order({ state: 'signed', signedAt: NOW }), ...openCase({ wearMarks: true }) } },
    true,
    'worn',
  ],
  ['faultShopVerified', { facts: openCase({ fault: 'shop', faultVerifiedBy: '阿南' }) }, true, 'verified'],
  ['faultShopVerified', { facts: openCase({ fault: 'shop' }) }, false, 'by nobody'],
  ['compensationWithinAuthority', { facts: openCase({ approvedAmount: 20 }) }, true, 'exactly 20'],
  ['compensationWithinAuthority', { facts: openCase({ approvedAmount: 20.5 }) }, false, 'above'],
  ['twoRemediesDecided', { facts: openCase({ options: ['换新'] }) }, false, 'a single remedy'],
  ['returnNumberMissing', { facts: { refund: { trackingNo: null } } }, true, 'asked, empty'],
  ['returnNumberMissing', { facts: { refund: {} } }, false, 'unknown'],
  ['refundClosesSoon', { facts: { refund: { closesAt: '2027-09-16T14:00:00+08:00' } } }, true, 'exactly 48 h'],
  ['refundBelowPaid', { facts: { refund: { amount: 0, paidAmount: 100 } } }, false, 'zero'],
  ['refundBelowPaid', { facts: { refund: { amount: 100, paidAmount: 100 } } }, false, 'all of it'],
  ['refundBelowPaid', { facts: { refund: { amount: 10, paidAmount: 100 } } }, true, 'between'],
  ['noFreeReturnInsurance', { facts: {} }, false, 'unknown'],
  ['slipProvesSurplus', { facts: { slip: null } }, false, 'there is no slip'],
  ['mayBeInParcel', { facts: order() }, true, 'unknown whether packed'],
  ['mayBeInParcel', { facts: order({ inParcel: false }) }, false, 'surely not'],
  ['withinFiveMinutes', { facts: { convo: { lastBuyerAt: '2027-09-14T13:55:00+08:00' } } }, true, 'exactly five'],
  ['withinFiveMinutes', { facts: { convo: { lastBuyerAt: '2027-09-14T13:54:59+08:00' } } }, false, 'later'],
  ['thinkPauseOver', { facts: { convo: { lastBuyerAt: '2027-09-14T13:50:00+08:00' } } }, true, 'exactly ten'],
  ['thinkPauseOver', { facts: { convo: { lastBuyerAt: '2027-09-14T13:50:01+08:00' } } }, false, 'too early'],
  [
    'thinkPauseOver',
    { facts: { convo: { lastBuyerAt: '2027-09-14T13:40:00+08:00', followupsSent: 1 } } },
    false,
    'once only',
  ],
  [
    'betterChoiceInStock',
    {
      facts: {
        choice: [
          { title: '甲', stock: 1, rating: 4.8, reviewCount: 9 },
          { title: '乙', stock: 0, rating: 4.8, reviewCount: 9 },
        ],
      },
    },
    true,
    'equal reviews, one in stock',
  ],
  [
    'betterChoiceInStock',
    {
      facts: {
        choice: [
          { title: '甲', stock: 1, rating: 4.7, reviewCount: 9 },
          { title: '乙', stock: 0, rating: 4.8, reviewCount: 9 },
        ],
      },
    },
    false,
    'only the worse one is there',
  ],
  [
    'carrierServesRegion',
    { facts: { shipping: { carrier: 'ZTO' }, postage: { table: { ZTO: { 浙江: 0 } } }, buyer: { region: '西藏' } } },
    false,
    'not listed',
  ],
  [
    'carrierServesRegion',
    { facts: { shipping: { carrier: 'ZTO' }, postage: { table: { ZTO: { 全国: 0 } } } } },
    true,
    'everywhere',
  ],
];

describe('guards', () => {
  it.each(CASES)('%s %#: %j → %s (%s)', (guard, parts, holds) => {
    expect(evaluateGuard(guard, context(parts)).holds).toBe(holds);
  });

  it('name the fact that failed', () => {
    const outcome = evaluateGuard('withinThreeDays', context({ facts: order({ state: 'signed' }) }));
    expect(outcome).toMatchObject({ holds: false, fact: 'order.signedAt' });
  });

  it('never hold for a name that is not in the catalogue', () => {
    expect(evaluateGuard('alwaysTrue', context()).holds).toBe(false);
  });

  it('all have code, and every card names only guards of the catalogue', () => {
    expect(Object.keys(GUARDS).sort()).toEqual(Object.keys(GUARD_CATALOGUE).sort());
    for (const rule of Object.values(CARD_RULES)) for (const name of rule.guards) expect(isGuardName(name)).toBe(true);
  });
});
