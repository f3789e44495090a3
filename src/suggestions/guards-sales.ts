import type { Context } from './context.ts';
import { priceInFigures } from './explain.ts';
import { all, any, fact, fails, type Guard, HOLDS, ms, state } from './guard-checks.ts';
import { findSize, sizeColumns } from './measure-body.ts';
import {
  alternativeSkus,
  askedSkus,
  betterChoice,
  cleanShots,
  endingToday,
  fittingCandidates,
  freshStock,
  lastPieces,
  options,
} from './product-choices.ts';
import { techniqueObjection } from './techniques.ts';

const filled = (list: readonly unknown[]): boolean => list.length > 0;

const askedAttrKnown: Guard = (context) => {
  const { known, unknown } = context.asked;
  if (known.length === 0) return fails('product.attrs', unknown ? '没有买家问的这一项' : '没有问到商品参数');
  if (unknown) return fails('product.attrs', '没有买家问的全部内容');
  for (const name of known) {
    const path = `product.attrs.${name}`;
    if (!context.freshness.isFresh(path)) return fails(path, '数据太旧');
  }
  return HOLDS;
};

const sizeTable = fact('product.sizeTable', (f) => f.product?.sizeTable);
const measurementsComplete = all(
  sizeTable,
  fact(
    'buyer.measurements',
    (_, c) => c.convo.measurements,
    (told, c) => {
      const columns = sizeColumns(c.facts.product!.sizeTable!);
      return columns.length > 0 && columns.every((column) => told[column] !== undefined);
    },
    '不完整',
  ),
);
const oneSizeWithMargin = all(
  measurementsComplete,
  state(
    'buyer.measurements',
    (c) => findSize(c.facts.product!.sizeTable!, c.convo.measurements) !== undefined,
    '落在两个码之间',
  ),
);

/** Every asked variant passes; a variant that is unknown or stale fails. */
function everyAsked(test: (pieces: number) => boolean, wrong: string, some = false): Guard {
  return (context) => {
    const asked = askedSkus(context);
    if (asked.length === 0) return fails('product.stock', '没有买家问的规格');
    let passed = 0;
    for (const sku of asked) {
      const pieces = freshStock(context, sku);
      const path = `product.stock.${sku}`;
      if (pieces === undefined)
        return fails(path, context.facts.product?.stock?.[sku] === undefined ? '未知' : '数据太旧');
      if (test(pieces)) passed++;
      else if (!some) return fails(path, wrong);
    }
    return passed > 0 ? HOLDS : fails(`product.stock.${asked[0]}`, wrong);
  };
}

function authorityOf(context: Context): number {
  return context.facts.agent.role === 'supervisor'
    ? Number.POSITIVE_INFINITY
    : (context.facts.shop.authorityYuan ?? 20);
}

/** Sum of what was granted and what is asked now, in fen so that 20.01 is above 20. */
function concessionFen(context: Context): number {
  return Math.round(((context.facts.discount?.granted ?? 0) + (context.convo.discountRequested ?? 0)) * 100);
}

/** Whether a supervisor's approval exists, is unexpired and covers an amount. */
function approved(context: Context, yuan: number): boolean {
  const d = context.facts.discount;
  if (d?.approvalId === undefined || d.approvalId === null) return false;
  if (d.approvalExpiresAt === undefined || ms(d.approvalExpiresAt) <= context.nowMs) return false;
  return d.approvedAmount !== undefined && yuan <= d.approvedAmount;
}

const withinAuthority: Guard = (c) => {
  if (concessionFen(c) <= authorityOf(c) * 100 || approved(c, concessionFen(c) / 100)) return HOLDS;
  return fails('discount.requested', `${priceInFigures(c)}：超出权限，请先问主管`);
};
const aboveAuthority = state('discount.requested', (c) => concessionFen(c) > authorityOf(c) * 100, '在权限之内');

/** The lowest a price may become, in fen, and the fact that says so. */
interface PriceFloor {
  path: string;
  fen: number;
}

const toFen = (yuan: number): number => Math.round(yuan * 100);

/** The floor of the asked variants: of several the highest, so that none of them is sold below its own. */
function productFloor(context: Context): PriceFloor | undefined {
  const { priceFloor, priceFloors = {} } = context.facts.product ?? {};
  const floors = context.named.skus.flatMap((sku) => priceFloors[sku] ?? []);
  if (floors.length === 0 && priceFloor !== undefined) return { path: 'product.priceFloor', fen: toFen(priceFloor) };
  const known = floors.length > 0 ? floors : Object.values(priceFloors);
  return known.length === 0 ? undefined : { path: 'product.priceFloors', fen: toFen(Math.max(...known)) };
}

/** What the buyer gets the concession on: the order that waits for payment, where its own floor is known. */
function flooredPrice(context: Context): { floor: PriceFloor; priceFen: number | undefined } | undefined {
  const { order, product } = context.facts;
  if (order?.state === 'unpaid' && order.priceFloor !== undefined) {
    const amount = context.fresh('order.amount', order.amount);
    const floor = { path: 'order.priceFloor', fen: toFen(order.priceFloor) };
    return { floor, priceFen: amount === undefined ? undefined : toFen(amount) };
  }
  const floor = productFloor(context);
  if (floor === undefined) return undefined;
  const price = context.fresh('product.price', product?.price) ?? order?.amount;
  return { floor, priceFen: price === undefined ? undefined : toFen(price) };
}

const abovePriceFloor: Guard = (context) => {
  const found = flooredPrice(context);
  if (found === undefined) return HOLDS;
  const { floor, priceFen } = found;
  if (!context.freshness.isFresh(floor.path)) return fails(floor.path, '数据太旧');
  if (priceFen === undefined) return fails('product.price', '未知');
  return priceFen - concessionFen(context) >= floor.fen ? HOLDS : fails(floor.path, '会低于底价');
};

const offerWithinAuthority = state(
  'discount.granted',
  (c) => {
    const granted = c.facts.discount?.granted ?? 0;
    return granted <= authorityOf(c) || approved(c, granted);
  },
  '超出权限且未批准',
);

/** Value was explained before a concession: by a script, or the buyer asks again after an answer. */
const valueExplained = state(
  'convo.scriptsUsed',
  (c) => {
    if (c.convo.scriptsUsed.some((id) => /^SCR-3[0134]/.test(id))) return true;
    return (
      (c.facts.discount?.granted ?? 0) > 0 ||
      (c.convo.priceTurns >= 2 && (c.facts.convo?.priceTurns !== undefined || c.convo.agentTurns > 0))
    );
  },
  '还没有讲过商品价值',
);

const promo = fact('promo', (f) => f.promo, filled, '没有记录');
/** What a campaign would have to cover is known. */
const itemsKnown = state(
  'product.title',
  (c) => c.facts.product?.title !== undefined || (c.facts.basket ?? []).length > 0,
  '未知',
);
const promoActiveForItem = all(
  promo,
  itemsKnown,
  state('promo', (c) => c.promos.length > 0, '没有适用于这些商品的活动'),
);
const deadlineVerified = all(
  promoActiveForItem,
  state('promo', (c) => endingToday(c) !== undefined, '没有确定今天结束的活动'),
);
const scarcityVerified = all(
  fact('product.stock', (f) => f.product?.stock),
  state('product.stock', (c) => lastPieces(c) !== undefined, '买家想要的规格不是最后几件'),
);

const proofs = any(
  fact('product.guarantees', (f) => f.product?.guarantees, filled),
  fact('product.certificates', (f) => f.product?.certificates, filled),
  state('product.reviewShots', (c) => cleanShots(c) > 0, '没有可以出示的'),
  fact('return.policy', (f) => f.return?.policy),
);

const tierDiscount = fact(
  'shop.tiers',
  (f) => {
    const tier = f.buyer.tier;
    return tier === undefined ? undefined : f.shop.tiers?.[tier]?.discount;
  },
  () => true,
);

const optionFactsKnown = state(
  'product.variants',
  (c) => {
    if (c.facts.choice !== undefined)
      return c.facts.choice.every((o) => o.rating !== undefined || o.price !== undefined);
    const { names } = options(c);
    const variants = c.fresh('product.variants', c.facts.product?.variants) ?? {};
    return names.length > 0 && names.every((name) => variants[name] !== undefined);
  },
  '没有写明各规格的差别',
);

const carrierServesRegion: Guard = (context) => {
  const { shipping, postage, buyer } = context.facts;
  if (shipping?.carrier === undefined) return fails('shipping.carrier', '未知');
  if (!context.freshness.isFresh('postage.table')) return fails('postage.table', '数据太旧');
  const regions = postage?.table?.[shipping.carrier];
  if (regions === undefined) return fails('postage.table', '没有这家快递');
  if (regions['全国'] !== undefined) return HOLDS;
  if (buyer.region === undefined) return fails('buyer.region', '未知');
  return regions[buyer.region] === undefined ? fails('postage.table', '没有这个地区') : HOLDS;
};

/** Guards of product advice, price, doubts and closing techniques. */
export const SALES_GUARDS = {
  askedAttrKnown,
  careKnown: fact('product.care', (f) => f.product?.care, filled),
  suitabilityKnown: fact(
    'product.suitability',
    (f) => f.product?.suitability,
    (s) => Object.keys(s).length > 0,
  ),
  measurementsComplete,
  oneSizeWithMargin,
  modelStatsKnown: fact(
    'product.modelStats',
    (f) => f.product?.modelStats,
    (m) => Object.keys(m).length > 0,
  ),
  sizeUncertain: state('buyer.measurements', (c) => !oneSizeWithMargin(c).holds, '已经能定码'),
  candidateFits: state('candidates', (c) => fittingCandidates(c).length > 0, '没有既合需求、有货又在预算内的'),
  matchingInStock: fact(
    'matching',
    (f) => f.matching,
    (items) => items.some((m) => (m.stock ?? 0) > 0),
    '没有货',
  ),
  betterChoiceInStock: state('choice', (c) => betterChoice(c) !== undefined, '评价更好的一款没货，或数据不全'),
  reviewShotsClean: state(
    'product.reviewShots',
    (c) => (c.facts.product?.reviewShots ?? []).length === 0 || cleanShots(c) > 0,
    '不是真实且打码的',
  ),
  askedSkuSoldOut: everyAsked((pieces) => pieces === 0, '有货'),
  alternativeInStock: state('product.stock', (c) => alternativeSkus(c).length > 0, '没有其他规格有货'),
  askedSkuInStock: everyAsked((pieces) => pieces > 0, '已售完', true),
  noRestockConfirmed: fact(
    'product.restockPlan',
    (f) => f.product?.restockPlan,
    (plan) => plan === 'none',
  ),
  restockDateKnown: fact(
    'product.restockPlan',
    (f) => f.product?.restockPlan,
    (plan) => plan !== 'none',
  ),
  keyFactsKnown: any(
    fact(
      'product.attrs',
      (f) => f.product?.attrs,
      (a) => Object.keys(a).length > 0,
    ),
    fact('product.benefits', (f) => f.product?.benefits, filled),
  ),
  comparisonFactsKnown: all(
    any(
      fact('product.differences', (f) => f.product?.differences, filled),
      fact(
        'product.attrs',
        (f) => f.product?.attrs,
        (a) => Object.keys(a).length > 0,
      ),
    ),
    fact(
      'comparedWith.attrs',
      (f) => f.comparedWith?.attrs,
      (a) => Object.keys(a).length > 0,
    ),
  ),
  priceNotEditable: fact(
    'shop.priceEditable',
    (f) => f.shop.priceEditable,
    (yes) => !yes,
  ),
  priceEditable: fact(
    'shop.priceEditable',
    (f) => f.shop.priceEditable,
    (yes) => yes,
  ),
  benefitsApproved: fact('product.benefits', (f) => f.product?.benefits, filled),
  guaranteesKnown: fact('product.guarantees', (f) => f.product?.guarantees, filled),
  differencesProvable: fact('product.differences', (f) => f.product?.differences, filled),
  priceAskedAgain: state(
    'convo.priceTurns',
    (c) => c.convo.priceTurns >= 2 || (c.facts.discount?.granted ?? 0) > 0,
    '这是第一次议价',
  ),
  offerWithinAuthority,
  promoActiveForItem,
  promoNotContradicted: any(
    all(
      itemsKnown,
      state('promo', (c) => c.promos.length > 0, '记录的活动都不适用'),
    ),
    state('promo', (c) => (c.facts.promo ?? []).length === 0, '有活动记录'),
  ),
  stackVerified: all(
    fact('stack.checkoutTotal', (f) => f.stack?.checkoutTotal),
    fact(
      'stack.computedTotal',
      (f) => f.stack?.computedTotal,
      (total, c) => total === c.facts.stack!.checkoutTotal,
      '和结算金额对不上',
    ),
  ),
  discountRequested: state('discount.requested', (c) => (c.convo.discountRequested ?? 0) > 0, '没有说明金额'),
  valueExplained,
  withinAuthority,
  aboveAuthority,
  abovePriceFloor,
  requestLogged: (context) => {
    const logged = fact('discount.requestLoggedAt', (f) => f.discount?.requestLoggedAt)(context);
    if (logged.holds || (context.convo.discountRequested ?? 0) <= 0) return logged;
    return fails(logged.fact, `还没有提交。${priceInFigures(context)}：请先问主管`);
  },
  notYetDecided: state('discount.approvalId', (c) => typeof c.facts.discount?.approvalId !== 'string', '已有结果'),
  tierVerified: fact(
    'buyer.tier',
    (f) => f.buyer.tier,
    (tier) => tier !== 'none',
  ),
  tierDiscountConfigured: tierDiscount,
  platformRulesKnown: fact('platform.rules', (f) => f.platform?.rules, filled),
  shopRecordKnown: fact('shop.rating', (f) => f.shop.rating),
  proofExists: proofs,
  strongProofExists: any(
    fact('product.certificates', (f) => f.product?.certificates, filled),
    state('product.reviewShots', (c) => cleanShots(c) > 0, '没有可以出示的'),
  ),
  paymentRulesKnown: any(
    fact('payment.releaseRule', (f) => f.payment?.releaseRule),
    fact('payment.methods', (f) => f.payment?.methods, filled),
  ),
  carrierServesRegion,
  invoiceConfigured: fact(
    'invoice.serviceConfigured',
    (f) => f.invoice?.serviceConfigured,
    (yes) => yes,
  ),
  signalsRepeated: state('convo.signals', (c) => new Set(c.convo.signals).size >= 2, '不足两个'),
  buyingSignalShown: state('convo.signals', (c) => c.convo.signals.length > 0, '还没有'),
  twoOptionsAvailable: state(
    'product.stock',
    (c) => {
      const o = options(c);
      return o.inStock && o.names.length === 2;
    },
    '不是恰好两个可选',
  ),
  optionsInStock: state('product.stock', (c) => options(c).inStock, '有一款没货'),
  optionFactsKnown,
  scarcityVerified,
  deadlineVerified,
  scarcityOrDeadline: any(scarcityVerified, deadlineVerified),
  noFalseBusyness: () => HOLDS,
  queueOverLimit: all(
    fact('queue.limit', (f) => f.queue?.limit),
    fact(
      'queue.waiting',
      (f) => f.queue?.waiting,
      (n, c) => n > c.facts.queue!.limit!,
      '没有超过上限',
    ),
  ),
  twoTechniquesTried: state(
    'convo.techniquesUsed',
    (c) => c.convo.techniquesUsed.filter((t) => t !== 'CT-6').length >= 2,
    '还没试过两种方法',
  ),
  didNotSayThinkAgain: state('convo.saidThinkAgain', (c) => !c.convo.saidThinkAgain, '买家说要再考虑'),
  clearNoOrDirectAsked: state(
    'convo.saidNo',
    (c) => c.convo.saidNo || c.convo.techniquesUsed.includes('CT-6'),
    '买家没有明确拒绝，也没直接请求过下单',
  ),
  noOrderRunning: state(
    'order.state',
    (c) => {
      const order = c.facts.order;
      return order === null || order === undefined || ['closed', 'completed', 'signed'].includes(order.state);
    },
    '订单还在进行',
  ),
  techniqueUnused: (context, technique) => {
    const objection = technique === undefined ? undefined : techniqueObjection(technique, context);
    return objection === undefined || objection.fact !== 'convo.techniquesUsed'
      ? HOLDS
      : fails(objection.fact, objection.detail);
  },
  techniquesLeft: state('convo.techniquesUsed', (c) => c.convo.techniquesUsed.length < 3, '已经用过三种方法'),
  priceReasonAnswerable: any(
    fact('product.benefits', (f) => f.product?.benefits, filled),
    promoActiveForItem,
  ),
  consentMarketing: fact(
    'consent.marketing',
    (f) => f.consent?.marketing,
    (yes) => yes,
  ),
  programForBuyer: all(
    fact(
      'program.exists',
      (f) => f.program?.exists,
      (yes) => yes,
    ),
    fact(
      'program.qualifies',
      (f) => f.program?.qualifies,
      (yes) => yes,
    ),
  ),
  benefitsForAllKnown: fact('shop.benefitsForAll', (f) => f.shop.benefitsForAll, filled),
} satisfies Record<string, Guard>;
