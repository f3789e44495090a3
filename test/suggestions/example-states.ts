import { type Facts, FactsSchema } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Turn } from '../../src/protocol/turn.ts';
import type { FactNeeds } from '../../src/suggestions/fact-needs.ts';
import { GUARD_CATALOGUE, type GuardName } from '../../src/suggestions/guard-catalogue.ts';
import { SLOT_CATALOGUE, type SlotName } from '../../src/suggestions/slot-catalogue.ts';
import { exampleFacts } from '../scripts/example-facts.ts';

/** Facts as a tree, so that a test may take out any leaf of it. */
export type Tree = { [key: string]: Tree | unknown };

/** A state in which a guard holds, where the facts of the world alone do not make it hold. */
interface Example {
  /** Replaces the facts of the same paths. */
  readonly facts?: Tree;
  readonly message?: string;
  readonly history?: readonly Turn[];
  readonly intents?: readonly MessageIntent[];
}

/** Every fact somewhere known: what the needs of guards and slots are picked from. */
const WORLD: Tree = {
  ...exampleFacts('SCR-60'),
  queue: { waiting: 9, limit: 5 },
  statutory: { insideSevenDays: true },
  insurance: { freeReturn: false },
};
const SHIPPED = exampleFacts('SCR-86').order as unknown as Tree;
const SIGNED = exampleFacts('SCR-116').order as unknown as Tree;
const PAID = exampleFacts('SCR-66').order as unknown as Tree;
const SOLD_OUT = { 白色: 2, '薄荷-20寸': 0 };

const EXAMPLES: Readonly<Partial<Record<GuardName, Example>>> = {
  carrierServesRegion: { facts: { postage: { table: { ZTO: { 全国: 0 } } } } },
  deskAway: {
    intents: ['INT-AS-07'],
    message: '收到的东西坏了',
    facts: { agent: { onDuty: false }, now: '2027-05-03T23:00:00+08:00' },
  },
  buyerThanked: { message: '谢谢您' },
  personWanted: { message: '转人工' },
  orderCardSent: { message: '咨询订单号：88002233445566' },
  deskTookLeave: { history: [{ from: 'agent', text: '祝您生活愉快' }] },
  deskOwnedUp: { history: [{ from: 'agent', text: '这次是我们的责任，给您补偿10元' }] },
  invoiceKindAsked: { message: '能开纸质发票吗' },
  invoiceDataGiven: { message: '抬头：青山骑行有限公司' },
  invoiceDataComplete: { message: '抬头：青山骑行有限公司 税号：91330100MA2B123456 邮箱 bill@example.com' },
  invoiceDataReplaced: { message: '发票抬头改成：青山骑行有限公司' },
  invoiceCorrected: { message: '发票抬头开错了' },
  returnDecided: { message: '我要退货' },
  returnRunning: { message: '我申请了退货' },
  answerLate: { facts: { question: { answerBy: '2027-05-03T14:00:00+08:00' } } },
  receiverReady: { facts: { handover: { receiver: '售后同事小叶' } } },
  askedAttrKnown: { message: '面料是什么' },
  measurementsComplete: { intents: ['INT-PRE-03'] },
  candidateFits: {
    facts: { candidates: [{ title: '轻行20寸', price: 899, stock: 4, fits: ['通勤'] }] },
    message: '通勤骑',
  },
  askedSkuSoldOut: { facts: { product: { stock: SOLD_OUT } }, message: '薄荷-20寸还有吗' },
  alternativeInStock: { facts: { product: { stock: SOLD_OUT } }, message: '薄荷-20寸还有吗' },
  askedSkuInStock: { message: '白色还有吗' },
  noRestockConfirmed: { facts: { product: { restockPlan: 'none' } } },
  restockDateKnown: { facts: { product: { restockPlan: '2027-05-10' } } },
  priceNotEditable: { facts: { shop: { priceEditable: false } } },
  priceAskedAgain: { facts: { convo: { priceTurns: 2 }, discount: { granted: 10 } } },
  valueExplained: { facts: { convo: { scriptsUsed: ['SCR-31'], priceTurns: 2 } } },
  aboveAuthority: { facts: { discount: { requested: 35 } } },
  discountRequested: { facts: { discount: { requested: 15 } } },
  signalsRepeated: { facts: { convo: { signals: ['asks_total', 'named_variant'] } } },
  buyingSignalShown: { facts: { convo: { signals: ['asks_total'] } }, message: '白色' },
  twoOptionsAvailable: { facts: { product: { stock: { 白色: 2, 黑色: 9 } } } },
  optionsInStock: { facts: { product: { stock: { 白色: 2, 黑色: 9 } } } },
  scarcityVerified: { message: '白色' },
  scarcityOrDeadline: {
    facts: {
      product: { title: '折叠车', stock: { 白色: 2, 黑色: 9 } },
      promo: [{ ...(WORLD['promo'] as Tree[])[0], endsAt: '2027-05-04T00:00:00+08:00' }],
    },
  },
  tierDiscountConfigured: { facts: { buyer: { tier: 'silver' } } },
  deadlineVerified: {
    facts: {
      product: { title: '折叠车' },
      promo: [{ ...(WORLD['promo'] as Tree[])[0], endsAt: '2027-05-04T00:00:00+08:00' }],
    },
  },
  twoTechniquesTried: { facts: { convo: { techniquesUsed: ['CT-1', 'CT-2'] } } },
  clearNoOrDirectAsked: { facts: { convo: { saidNo: true, techniquesUsed: ['CT-6'] } } },
  orderVerified: { facts: { order: PAID } },
  paymentArrived: { facts: { order: PAID } },
  orderNotShipped: { facts: { order: { state: 'paid' } } },
  payErrorKnown: { facts: { payment: { error: '余额不足' } } },
  offPlatformAllowed: { facts: { shop: { offPlatformPayment: 'allowed' } } },
  slipNotPrinted: { facts: { order: { slipPrinted: false } } },
  slipPrintedNotShipped: { facts: { order: { state: 'paid', slipPrinted: true } } },
  orderShipped: { facts: { order: SHIPPED } },
  freightOnBuyer: { facts: { case: { fault: 'buyer', pastBranch: true } } },
  priceReasonAnswerable: { facts: { product: { title: '折叠车' } } },
  thinkPauseOver: { facts: { convo: { lastBuyerAt: '2027-05-03T14:50:00+08:00' } } },
  autoCloseNear: { facts: { order: { autoCloseAt: '2027-05-03T20:10:00+08:00' } } },
  nearOrOverdue: { facts: { order: { promisedShipBy: '2027-05-04T10:00:00+08:00' } } },
  parcelHandedOver: { facts: { order: SHIPPED } },
  lossConfirmedOrDue: { facts: { case: { openedAt: '2027-05-01T15:00:00+08:00' } } },
  emsSlipMade: { facts: { order: { carrier: 'EMS', trackingNo: 'EA9' } } },
  styleRatedLow: { facts: { choice: [{ title: '折叠车', rating: 4.7 }] } },
  photosUnavailable: { facts: { case: { photosAskedCount: 2, photosImpossible: true } } },
  noReasonInSevenDays: {
    facts: { case: { fault: 'buyer', kind: 'no_reason' }, order: SIGNED, return: { exemptions: [] } },
  },
  returnNumberMissing: { facts: { refund: { trackingNo: null } } },
  refundClosesSoon: { facts: { refund: { closesAt: '2027-05-04T09:00:00+08:00' } } },
  faultBuyer: { facts: { case: { fault: 'buyer' } } },
  tradeNotCompleted: { facts: { order: SIGNED } },
  withinThreeDays: { facts: { order: SIGNED } },
  refusalSeen: { facts: { case: { refusedSeen: true } } },
  beyondPeriodOrWorn: { facts: { order: { signedAt: '2027-04-20T12:00:00+08:00' }, case: { wearMarks: true } } },
  cannotShipDecided: { facts: { case: { decision: '缺货，退款', options: ['退款', '换款'] } } },
  urgentNeed: { facts: { case: { urgent: true } } },
  advancedPostageRepaid: { facts: { case: { remedy: '运费已退回' } } },
  orderSigned: { facts: { order: SIGNED } },
  reviewLow: { facts: { review: { score: 2 } } },
  supervisorHere: { facts: { agent: { role: 'supervisor' } } },
  notPaidYet: { facts: { order: { state: 'unpaid' } } },
};

const SLOT_EXAMPLES: Readonly<Partial<Record<SlotName, Example>>> = {
  'convo.readings': { intents: ['INT-PRE-03', 'INT-PRE-07'] },
  'order.carrier': { facts: { order: SHIPPED } },
  'order.trackingNo': { facts: { order: SHIPPED } },
  'order.etaDays': { facts: { order: SHIPPED } },
  'order.tradeDeadline': { facts: { order: SIGNED } },
  'payment.error': { facts: { payment: { error: '余额不足' } } },
  'tracking.exception': { facts: { tracking: { exception: '地址不详' } } },
  'product.attrsAsked': { message: '面料是什么' },
  'product.attrSource': { facts: { product: { title: '折叠车' } } },
  'discount.granted': { facts: { discount: { granted: 10 } } },
  'offer.last': { facts: { discount: { granted: 10 } } },
  'stock.restock': { facts: { product: { restockPlan: '2027-05-10' } } },
  'stock.lastPieces': { message: '白色' },
  'scarcity.fact': { facts: { product: { title: '折叠车' } }, message: '白色' },
  'shipping.norm': { facts: { shipping: { exceptional: false } } },
  'promo.name': { facts: { product: { title: '折叠车' } } },
  'promo.rule': { facts: { product: { title: '折叠车' } } },
  'promo.ends': { facts: { product: { title: '折叠车' } } },
  'promo.summary': { facts: { product: { title: '折叠车' } } },
  'payment.promised': { message: '今晚8点付' },
  'size.recommended': { intents: ['INT-PRE-03'] },
  'refund.keepAmount': { facts: { refund: { type: 'partial' } } },
};

/** Where a path of a catalogue ends that names no key of its own: `product.attrs.<name>` is `product.attrs`. */
export function rootOf(path: string): string {
  return path.replace(/(\.<.*|\[\].*)$/, '');
}

/** The value at a path. */
export function at(tree: Tree, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Tree | null | undefined)?.[key], tree);
}

/** A copy with the value at a path put in; `undefined` takes it out. */
export function put(tree: Tree, path: string, value: unknown): Tree {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  if (rest.length > 0) return { ...tree, [key]: put((tree[key] ?? {}) as Tree, rest.join('.'), value) };
  const copy = { ...tree, [key]: value };
  if (value === undefined) delete copy[key];
  return copy;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lays one tree over another, leaf by leaf; a stock is replaced as a whole. */
export function lay(tree: Tree, over: Tree): Tree {
  const merged = { ...tree };
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key];
    merged[key] = isTree(value) && isTree(under) && key !== 'stock' ? lay(under, value) : value;
  }
  return merged;
}

/** A feed that has no order says nothing of its state either: both leave together. */
const LEAVES_WITH: Readonly<Record<string, string>> = {
  'order.id': 'order',
  'order.state': 'order',
  'question.text': 'question',
  'wish.kind': 'wish',
  'priceEdit.oldAmount': 'priceEdit',
  'priceEdit.newAmount': 'priceEdit',
};

/** What is gone when the fact at a path is: itself, or the group that cannot be without it. */
export function leavesAs(path: string): string {
  return LEAVES_WITH[path] ?? path;
}

/** The facts without one of them. */
export function without(facts: Tree, path: string): Tree {
  return put(facts, leavesAs(path), undefined);
}

/** A state with the words of the buyer that go with it. */
export interface ExampleState {
  readonly facts: Tree;
  readonly message: string;
  readonly intents: readonly MessageIntent[];
  readonly history: readonly Turn[];
}

/** The least a desk knows, with what guards and slots need and no more. */
export function exampleState(guards: readonly GuardName[], slots: readonly SlotName[]): ExampleState {
  let facts: Tree = { now: WORLD['now'], shop: {}, agent: { onDuty: true }, buyer: {} };
  const needs: FactNeeds[] = [
    ...guards.map((name) => GUARD_CATALOGUE[name]),
    ...slots.map((name) => SLOT_CATALOGUE[name]),
  ];
  for (const path of needs.flatMap((need) => [...need.needs, ...need.oneOf]).map(rootOf)) {
    const value = at(WORLD, path);
    if (value !== undefined && at(facts, path) === undefined) facts = put(facts, path, value);
  }
  const examples = [...slots.map((name) => SLOT_EXAMPLES[name]), ...guards.map((name) => EXAMPLES[name])];
  let message = '请问一下';
  let intents: readonly MessageIntent[] = [];
  let history: readonly Turn[] = [];
  for (const example of examples) {
    if (example?.facts !== undefined) facts = lay(facts, example.facts);
    message = example?.message ?? message;
    intents = example?.intents ?? intents;
    history = example?.history ?? history;
  }
  return { facts: complete(facts, guards), message, intents, history };
}

/** Fills in what the form of the facts demands wherever a group is known at all. */
function complete(facts: Tree, guards: readonly GuardName[]): Tree {
  let all = facts;
  if (isTree(all['order'])) all = lay({ order: { id: 'A1', state: 'paid' } }, all);
  if (isTree(all['case'])) all = put(all, 'case.open', !guards.includes('noOpenDispute'));
  if (isTree(all['question'])) all = lay({ question: { text: '车架有没有防锈处理' } }, all);
  if (isTree(all['wish'])) all = lay({ wish: { kind: 'carrier' } }, all);
  if (isTree(all['comparedWith'])) all = lay({ comparedWith: { title: '铝架款' } }, all);
  if (isTree(all['priceEdit'])) all = lay({ priceEdit: { oldAmount: 1580, newAmount: 1565 } }, all);
  FactsSchema.parse(all);
  return all;
}

/** Facts of a tree that a test has taken something out of. */
export function asFacts(tree: Tree): Facts {
  return tree as unknown as Facts;
}
