import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/suggestions/context.ts';
import { freshLimitMs } from '../../src/suggestions/freshness.ts';
import { GUARD_CATALOGUE, type GuardName } from '../../src/suggestions/guard-catalogue.ts';
import type { GuardOutcome } from '../../src/suggestions/guard-checks.ts';
import { evaluateGuard } from '../../src/suggestions/guards.ts';
import { asFacts, at, type ExampleState, exampleState, lay, rootOf, type Tree, without } from './example-states.ts';
import { analysis } from './situation.ts';

/** What makes a guard false though every fact of it is known; `known`: whatever is known makes it hold. */
type NotSo = Tree | 'known';

/** The message that makes a guard false, where no fact does. */
const MESSAGES: Readonly<Partial<Record<GuardName, string>>> = {
  noDangerWord: '我要投诉你们',
  askedAttrKnown: '防水吗',
  buyerThanked: '好的',
  personWanted: '在吗',
  orderCardSent: '在吗',
  invoiceWished: '发票抬头开错了',
  invoiceKindAsked: '能开发票吗',
  invoiceDataGiven: '能开发票吗',
  invoiceDataComplete: '能开发票吗',
  invoiceDataReplaced: '能开发票吗',
  invoiceCorrected: '能开发票吗',
  returnDecided: '能退货吗',
  returnRunning: '我要退货',
};

/** The guards that facts can neither make true nor false. */
type Decidable = Exclude<
  GuardName,
  'noFalseBusyness' | 'drawPublished' | 'talkJustBegan' | 'deskOwnedUp' | 'deskTookLeave'
>;

const NOT_SO: Readonly<Record<Decidable, NotSo>> = {
  agentOnDuty: { agent: { onDuty: false } },
  deskAway: { agent: { onDuty: true } },
  shopHoursKnown: 'known',
  awayAckAllowed: { convo: { awayAckLastSentAt: '2027-05-03T14:00:00+08:00' } },
  buyerReturning: { buyer: { isReturning: false } },
  noOpenDispute: { case: { open: true } },
  questionUnanswered: { question: { answered: true } },
  answerFactsFresh: { question: { text: '有没有赠品', verifiedAnswer: undefined } },
  answerPromisedWithinDay: { question: { answerBy: '2027-05-05T18:00:00+08:00' } },
  answerVerified: 'known',
  announcedChannelUsed: { question: { channel: 'phone' } },
  answerInTime: { question: { answerBy: '2027-05-03T14:59:59+08:00' } },
  answerLate: { question: { answerBy: '2027-05-03T15:00:00+08:00' } },
  receiverReady: { handover: { receiverOnDuty: false, etaMinutes: undefined } },
  noOpenQuestion: { convo: { openQuestions: ['几天到'] } },
  clarifyNotRepeated: { convo: { scriptsUsed: ['SCR-01', 'SCR-09'] } },
  noDangerWord: {},
  buyerThanked: {},
  personWanted: {},
  orderCardSent: {},
  orderNumberUnknown: { order: { id: 'A1', state: 'paid' } },
  invoiceWished: {},
  invoiceKindAsked: {},
  invoiceDataGiven: {},
  invoiceDataComplete: {},
  invoiceDataReplaced: {},
  invoiceCorrected: {},
  returnDecided: {},
  returnRunning: {},
  askedAttrKnown: {},
  careKnown: { product: { care: [] } },
  suitabilityKnown: { product: { suitability: null } },
  measurementsComplete: { buyer: { measurements: { heightCm: 165, weightKg: undefined } } },
  oneSizeWithMargin: { buyer: { measurements: { heightCm: 170, weightKg: 52 } } },
  modelStatsKnown: { product: { modelStats: null } },
  sizeUncertain: {
    buyer: { measurements: { heightCm: 165, weightKg: 52 } },
    product: { sizeTable: { M: { heightCm: [160, 170], weightKg: [48, 58] } } },
  },
  candidateFits: { candidates: [{ title: '轻行20寸', price: 899, stock: 0, fits: ['通勤'] }] },
  matchingInStock: { matching: [{ title: '车铃', stock: 0 }] },
  crossSellLeft: { convo: { crossSellCount: 1 } },
  noOpenDoubt: { convo: { openDoubts: ['goods'] } },
  buyerDidNotRefuse: { convo: { saidNo: true } },
  betterChoiceInStock: {
    choice: [
      { title: '轻行款', stock: 0, rating: 4.9, reviewCount: 320 },
      { title: '山野款', stock: 4, rating: 4.7, reviewCount: 80 },
    ],
  },
  reviewShotsClean: { product: { reviewShots: [{ id: 'r1', genuine: true, masked: false }] } },
  askedSkuSoldOut: { product: { stock: { 白色: 2, '薄荷-20寸': 1 } } },
  alternativeInStock: { product: { stock: { 白色: 0, '薄荷-20寸': 0 } } },
  askedSkuInStock: { product: { stock: { 白色: 0 } } },
  noRestockConfirmed: { product: { restockPlan: '2027-05-10' } },
  restockDateKnown: { product: { restockPlan: 'none' } },
  keyFactsKnown: { product: { attrs: null, benefits: [] } },
  comparisonFactsKnown: { comparedWith: { attrs: null } },
  priceNotEditable: { shop: { priceEditable: true } },
  priceEditable: { shop: { priceEditable: false } },
  benefitsApproved: { product: { benefits: [] } },
  guaranteesKnown: { product: { guarantees: [] } },
  differencesProvable: { product: { differences: [] } },
  priceAskedAgain: { convo: { priceTurns: 1 }, discount: { granted: 0 } },
  offerWithinAuthority: { discount: { granted: 20.01 } },
  promoActiveForItem: { product: { title: '头盔' }, basket: [] },
  promoNotContradicted: {
    product: { title: '折叠车' },
    promo: [
      { name: '旧活动', startsAt: '2027-04-01T00:00:00+08:00', endsAt: '2027-05-03T15:00:00+08:00', items: ['折叠车'] },
    ],
  },
  stackVerified: { stack: { checkoutTotal: 268.01 } },
  discountRequested: { discount: { requested: 0 } },
  valueExplained: { convo: { scriptsUsed: ['SCR-01'], priceTurns: 1 } },
  withinAuthority: { discount: { requested: 20.01 } },
  aboveAuthority: { discount: { requested: 20 } },
  abovePriceFloor: { product: { price: 100, priceFloor: 95 }, discount: { requested: 5.01 } },
  requestLogged: 'known',
  notYetDecided: { discount: { approvalId: 'v9' } },
  tierVerified: { buyer: { tier: 'none' } },
  tierDiscountConfigured: { shop: { tiers: { silver: { discount: undefined } } } },
  platformRulesKnown: { platform: { rules: [] } },
  shopRecordKnown: 'known',
  proofExists: { product: { guarantees: [], certificates: [], reviewShots: [] }, return: { policy: undefined } },
  strongProofExists: { product: { certificates: [], reviewShots: [{ id: 'r1', genuine: false, masked: true }] } },
  paymentRulesKnown: { payment: { methods: [], releaseRule: undefined } },
  carrierServesRegion: { postage: { table: { ZTO: { 全国: undefined, 浙江: 0 } } }, buyer: { region: '西藏' } },
  invoiceConfigured: { invoice: { serviceConfigured: false } },
  signalsRepeated: { convo: { signals: ['asks_total', 'asks_total'] } },
  buyingSignalShown: { convo: { signals: [] } },
  twoOptionsAvailable: {
    choice: [
      { title: '轻行款', stock: 4 },
      { title: '山野款', stock: 0 },
    ],
  },
  optionsInStock: {
    choice: [
      { title: '轻行款', stock: 4 },
      { title: '山野款', stock: 0 },
    ],
  },
  optionFactsKnown: { choice: [{ title: '轻行款' }, { title: '山野款' }] },
  scarcityVerified: { product: { stock: { 白色: 4, 黑色: 9 } } },
  deadlineVerified: { promo: [{ ...promo(), extensionPlanned: true }] },
  scarcityOrDeadline: { product: { stock: { 白色: 4, 黑色: 9 } }, promo: [] },
  queueOverLimit: { queue: { waiting: 5 } },
  twoTechniquesTried: { convo: { techniquesUsed: ['CT-1', 'CT-6'] } },
  didNotSayThinkAgain: { convo: { saidThinkAgain: true } },
  clearNoOrDirectAsked: { convo: { saidNo: false, techniquesUsed: ['CT-1'] } },
  notLeaveAlone: { convo: { leaveAlone: true } },
  noOrderRunning: { order: { id: 'A1', state: 'shipped' } },
  techniqueUnused: { convo: { techniquesUsed: ['CT-3'] } },
  techniquesLeft: { convo: { techniquesUsed: ['CT-1', 'CT-2', 'CT-4'] } },
  orderExists: { order: null },
  orderUnpaid: { order: { state: 'paid' } },
  orderNotShipped: { order: { state: 'shipped' } },
  orderNotVerified: { order: { id: 'A1', state: 'paid', verified: true } },
  orderVerified: { order: { verified: false } },
  paymentArrived: { order: null },
  notPaidYet: { order: { id: 'A1', state: 'paid' } },
  payByOtherOffered: { payment: { payByOtherOffered: false } },
  payErrorKnown: { payment: { error: null } },
  offPlatformAllowed: { shop: { offPlatformPayment: 'forbidden' } },
  silentOrderDue: { order: { placedAt: '2027-05-03T14:40:00+08:00' } },
  priceReasonAnswerable: { product: { benefits: [] }, promo: [] },
  autoCloseNear: { order: { autoCloseAt: '2027-05-04T20:10:00+08:00' } },
  followUpCapLeft: { convo: { followupsSent: 3 } },
  notDeclined: { convo: { leaveAlone: true } },
  notQuietHours: { now: '2027-05-03T22:00:00+08:00' },
  mayFollowUp: { convo: { noMoreFollowup: true } },
  thinkPauseOver: { convo: { lastBuyerAt: '2027-05-03T14:55:00+08:00' } },
  priceEditVisible: { priceEdit: { visible: false } },
  slipNotPrinted: { order: { slipPrinted: true } },
  slipPrintedNotShipped: { order: { slipPrinted: false } },
  orderShipped: { order: null },
  freightOnBuyer: { case: { pastBranch: false } },
  shippingNormHolds: { shipping: { exceptional: true } },
  notNearDue: { order: { id: 'A1', state: 'paid', promisedShipBy: '2027-05-03T20:00:00+08:00' } },
  nearOrOverdue: { order: { promisedShipBy: '2027-05-05T10:00:00+08:00' } },
  parcelHandedOver: { order: { handedOver: false } },
  trackingFresh: { tracking: { lastScan: null } },
  noTrackingException: { tracking: { exception: '地址不详' } },
  warehouseChecked: { warehouse: { checkedAt: null } },
  cannotShipDecided: { case: { decision: undefined, options: [] } },
  wishConfirmed: { wish: { confirmedByWarehouse: false } },
  courierContacted: { courier: { contactedAt: null } },
  lossConfirmedOrDue: { courier: { lossConfirmed: false }, case: { openedAt: '2027-05-03T10:00:00+08:00' } },
  emsSlipMade: { order: { carrier: 'SF' } },
  tradeExtended: { case: { tradeExtended: false } },
  styleRatedLow: { choice: [{ title: '折叠车', rating: 4.8 }] },
  withinFiveMinutes: { convo: { lastBuyerAt: '2027-05-03T14:50:00+08:00' } },
  claimNeedsPhotos: { case: { open: true, kind: 'no_reason' } },
  photosNotYetThere: { case: { open: true, photosAskedCount: 2 } },
  photosVerified: { case: { photosVerified: false } },
  photosUnavailable: { case: { photosAskedCount: 1, photosImpossible: false } },
  returnPolicyKnown: 'known',
  returnAgreed: { case: { returnAgreed: false } },
  postageBearerAgreed: 'known',
  noReasonInSevenDays: { return: { exemptions: ['定制'] } },
  refundWaitsForReturn: { refund: { state: 'return_shipped' } },
  returnNumberMissing: { refund: { trackingNo: 'SF1' } },
  returnNumberNotGiven: { refund: { trackingNo: 'SF1' } },
  returnNumberGiven: { refund: { trackingNo: null } },
  refundClosesSoon: { refund: { closesAt: '2027-05-06T09:00:00+08:00' } },
  faultShopVerified: { case: { fault: 'courier' } },
  noFaultOfOthers: { case: { open: true, fault: 'courier' } },
  faultBuyer: { case: { fault: 'unknown' } },
  faultNotShop: { case: { open: true, fault: 'shop' } },
  noFreeReturnInsurance: { insurance: { freeReturn: true } },
  postageAmountsCurrent: { postage: { table: null } },
  tradeNotCompleted: { order: { state: 'completed' } },
  wrongGoodsProven: { slip: null },
  missingItemProven: { parcel: { missing: '打气筒' } },
  slipProvesSurplus: { slip: null },
  refusalSeen: { case: { refusedSeen: false } },
  withinThreeDays: { order: { signedAt: '2027-04-20T12:00:00+08:00' } },
  noWearMarks: { case: { wearMarks: true } },
  compensationWithinAuthority: { case: { open: true, approvedAmount: 20.01 } },
  twoRemediesDecided: { case: { options: ['换新'] } },
  beyondPeriodOrWorn: { order: { signedAt: '2027-05-02T12:00:00+08:00' }, case: { wearMarks: false } },
  statutoryChecked: { case: { statutoryChecked: false } },
  statutoryAndListingChecked: { case: { statutoryChecked: false } },
  refundStateKnown: 'known',
  refundApproved: { refund: { approved: false } },
  refundBelowPaid: { refund: { keepAmount: 80 } },
  refundFormKnown: 'known',
  eveningConfirmUsed: 'known',
  mayBeInParcel: { order: { id: 'A1', state: 'paid', inParcel: false } },
  keepAttemptLeft: { convo: { keepAttempts: 1 } },
  helpOffered: { case: { open: true } },
  urgentNeed: { case: { urgent: false } },
  exchangeComputed: { exchange: { computed: false } },
  complaintAssigned: { complaint: { assignee: null } },
  advancedPostageRepaid: { case: { remedy: '已补发' } },
  orderSigned: { order: { state: 'shipped' } },
  benefitsForAllKnown: { shop: { benefitsForAll: [] } },
  reviewGood: { review: { issue: '链条有点响' } },
  reviewGoodWithIssue: { review: { score: 3 } },
  reviewShotsShown: { product: { reviewShots: [] } },
  reviewLow: { review: { score: 4 } },
  reviewContactLeft: { convo: { scriptsUsed: ['SCR-153'] } },
  reviewFactsVerified: 'known',
  supervisorHere: { agent: { role: 'agent' } },
  consentMarketing: { consent: { marketing: false } },
  otherChannelAllowed: { consent: { channels: ['wangwang'] } },
  programForBuyer: { program: { qualifies: false } },
  mistakeVerified: { case: { fault: 'buyer' } },
  parcelSplit: { parcel: { split: false } },
};

/** Exactly on the line where a guard turns. */
const EDGES: readonly [guard: GuardName, facts: Tree, holds: boolean, why: string][] = [
  ['answerInTime', { question: { text: '容量', answerBy: '2027-05-03T15:00:00+08:00' } }, true, 'this very moment'],
  ['answerLate', { question: { answerBy: '2027-05-03T14:59:59+08:00' } }, true, 'a second ago'],
  ['candidateFits', { buyer: { need: { budget: 899 } } }, true, 'exactly the budget'],
  ['candidateFits', { buyer: { need: { budget: 898.99 } } }, false, 'a fen above the budget'],
  ['candidateFits', { buyer: { need: { budget: null } } }, true, 'asked, no budget'],
  ['oneSizeWithMargin', { buyer: { measurements: { heightCm: 160, weightKg: 52 } } }, false, 'on the lower border'],
  ['oneSizeWithMargin', { buyer: { measurements: { heightCm: 160.5, weightKg: 52 } } }, true, 'just inside'],
  ['offerWithinAuthority', { discount: { granted: 20 } }, true, 'exactly 20'],
  ['withinAuthority', { discount: { requested: 0.01, granted: 20 } }, false, 'a fen on top of 20'],
  ['withinAuthority', { discount: { requested: 6.6, granted: 13.4 } }, true, 'fractions that add up to 20'],
  ['withinAuthority', { shop: { authorityYuan: 0 }, discount: { requested: 0.01 } }, false, 'no authority at all'],
  ['aboveAuthority', { discount: { requested: 20.01 } }, true, 'a fen above 20'],
  ['abovePriceFloor', { product: { price: 100, priceFloor: 95 }, discount: { requested: 5 } }, true, 'at the floor'],
  ['discountRequested', { discount: { requested: 0.01 } }, true, 'a fen'],
  ['priceAskedAgain', { convo: { priceTurns: 2 }, discount: { granted: 0 } }, true, 'the second time'],
  ['carrierServesRegion', { postage: { table: { ZTO: { 全国: 0 } } } }, true, 'for nothing is a price'],
  ['queueOverLimit', { queue: { waiting: 6, limit: 5 } }, true, 'one above the limit'],
  ['scarcityVerified', { product: { stock: { 白色: 3 } } }, true, 'at the threshold'],
  ['scarcityVerified', { shop: { lastPiecesThreshold: 1 }, product: { stock: { 白色: 2 } } }, false, 'own threshold'],
  ['twoTechniquesTried', { convo: { techniquesUsed: ['CT-1'] } }, false, 'one'],
  ['techniquesLeft', { convo: { techniquesUsed: ['CT-1', 'CT-2'] } }, true, 'two of three'],
  ['followUpCapLeft', { convo: { followupsSent: 2 } }, true, 'two of three'],
  ['notQuietHours', { now: '2027-05-03T21:59:59+08:00' }, true, 'a second before ten'],
  ['notQuietHours', { now: '2027-05-03T08:59:59+08:00' }, false, 'a second before nine'],
  ['notQuietHours', { now: '2027-05-03T09:00:00+08:00' }, true, 'nine'],
  ['silentOrderDue', { order: { placedAt: '2027-05-03T14:30:00+08:00' } }, true, 'exactly 30 minutes'],
  ['silentOrderDue', { now: '2027-05-03T22:00:00+08:00' }, false, 'the quiet hours begin'],
  ['autoCloseNear', { order: { autoCloseAt: '2027-05-03T21:00:00+08:00' } }, true, 'exactly six hours'],
  ['autoCloseNear', { order: { autoCloseAt: '2027-05-03T15:00:00+08:00' } }, false, 'closes this moment'],
  ['notNearDue', { order: { id: 'A1', state: 'paid', promisedShipBy: '2027-05-04T15:00:00+08:00' } }, false, '24 h'],
  ['notNearDue', { order: { id: 'A1', state: 'paid', promisedShipBy: '2027-05-04T15:00:01+08:00' } }, true, 'more'],
  ['styleRatedLow', { choice: [{ title: '折叠车', rating: 4.79 }] }, true, 'just below 4.8'],
  [
    'beyondPeriodOrWorn',
    { order: { signedAt: '2027-04-30T15:00:00+08:00' }, case: { wearMarks: false } },
    false,
    '3 days',
  ],
  [
    'beyondPeriodOrWorn',
    { order: { signedAt: '2027-04-30T14:59:59+08:00' }, case: { wearMarks: false } },
    true,
    'more',
  ],
  ['noReasonInSevenDays', { order: { signedAt: '2027-04-26T15:00:00+08:00' } }, true, 'exactly 7 days'],
  ['noReasonInSevenDays', { order: { signedAt: '2027-04-26T14:59:59+08:00' } }, false, 'past 7 days'],
  ['refundClosesSoon', { refund: { closesAt: '2027-05-05T15:00:00+08:00' } }, true, 'exactly 48 h'],
  ['refundClosesSoon', { refund: { closesAt: '2027-05-05T15:00:01+08:00' } }, false, 'more than 48 h'],
  ['refundClosesSoon', { refund: { closesAt: '2027-05-03T15:00:00+08:00' } }, false, 'closes this moment'],
  ['compensationWithinAuthority', { case: { open: true, approvedAmount: 20 } }, true, 'exactly 20'],
  ['photosUnavailable', { case: { photosAskedCount: 2, photosImpossible: false } }, true, 'asked twice'],
  ['exchangeComputed', { exchange: { difference: 0 } }, true, 'no difference is a result'],
  ['reviewLow', { review: { score: 3 } }, true, 'a medium review'],
  ['reviewGoodWithIssue', { review: { score: 4 } }, true, 'four of five'],
  ['twoRemediesDecided', { case: { options: ['换新', '退款'] } }, true, 'two'],
];

function promo(): Tree {
  return {
    name: '五一骑行节',
    startsAt: '2027-05-01T00:00:00+08:00',
    endsAt: '2027-05-04T00:00:00+08:00',
    items: ['折叠车'],
    extensionPlanned: false,
  };
}

function judge(guard: GuardName, state: ExampleState, facts: Tree, message = state.message): GuardOutcome {
  const context = createContext({
    facts: asFacts(facts),
    history: [],
    message,
    analysis: { ...analysis(...state.intents), abstained: false },
    mode: 'A',
  });
  return evaluateGuard(guard, context, 'CT-3');
}

const decidable = Object.keys(NOT_SO) as Decidable[];

describe.each(decidable)('%s', (guard) => {
  const state = exampleState([guard], []);
  const needed = GUARD_CATALOGUE[guard].needs.map(rootOf);

  it('holds in its example', () => {
    expect(judge(guard, state, state.facts)).toEqual({ holds: true });
  });

  it('is false while a fact it needs is unknown', () => {
    for (const path of needed) expect(judge(guard, state, without(state.facts, path)).holds, path).toBe(false);
  });

  it('is false when a fact it needs is past its limit, and true at it', () => {
    const nowMs = Date.parse(state.facts['now'] as string);
    for (const path of needed) {
      const limitMs = freshLimitMs(path);
      if (limitMs === undefined) continue;
      const read = (ageMs: number): Tree => ({
        ...state.facts,
        asOf: { [path]: `${new Date(nowMs - ageMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00` },
      });
      expect(judge(guard, state, read(limitMs)).holds, `${path} at its limit`).toBe(true);
      expect(judge(guard, state, read(limitMs + 1000)), path).toMatchObject({ holds: false });
    }
  });

  it('is false when the facts say otherwise', () => {
    const notSo = NOT_SO[guard];
    // Nothing known speaks against it: that only the unknown does is shown above.
    if (notSo === 'known') return expect(needed.length).toBeGreaterThan(0);
    expect(judge(guard, state, lay(state.facts, notSo), MESSAGES[guard])).toMatchObject({ holds: false });
  });
});

describe('at the edge', () => {
  it.each(EDGES)('%s %#: %j is %s (%s)', (guard, facts, holds) => {
    const state = exampleState([guard], []);
    expect(judge(guard, state, lay(state.facts, facts)).holds).toBe(holds);
  });
});

describe('the two that no fact decides', () => {
  it('hold always, or never', () => {
    const state = exampleState([], []);
    expect(at(state.facts, 'now')).toBeDefined();
    expect(judge('noFalseBusyness', state, state.facts).holds).toBe(true);
    expect(judge('drawPublished', state, state.facts).holds).toBe(false);
  });
});
