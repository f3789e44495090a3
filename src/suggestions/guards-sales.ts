import type { Context } from './context.ts';
import { all, any, DAY_MS, fact, fails, type Guard, HOLDS, ms, offsetMs, state } from './guard-checks.ts';
import { findSize, sizeColumns } from './measure-body.ts';
import {
  alternativeSkus,
  askedSkus,
  betterChoice,
  cleanShots,
  fittingCandidates,
  freshStock,
  lastPieces,
  options,
} from './product-choices.ts';
import { techniqueObjection } from './techniques.ts';

const filled = (list: readonly unknown[]): boolean => list.length > 0;

const askedAttrKnown: Guard = (context) => {
  const { known, unknown } = context.asked;
  if (known.length === 0)
    return fails('product.attrs', unknown ? 'does not say what is asked' : 'no attribute is asked for');
  if (unknown) return fails('product.attrs', 'does not say all that is asked');
  for (const name of known) {
    const path = `product.attrs.${name}`;
    if (!context.freshness.isFresh(path)) return fails(path, 'is too old');
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
    'are not complete',
  ),
);
const oneSizeWithMargin = all(
  measurementsComplete,
  state(
    'buyer.measurements',
    (c) => findSize(c.facts.product!.sizeTable!, c.convo.measurements) !== undefined,
    'lie between sizes',
  ),
);

/** Every asked variant passes; a variant that is unknown or stale fails. */
function everyAsked(test: (pieces: number) => boolean, wrong: string, some = false): Guard {
  return (context) => {
    const asked = askedSkus(context);
    if (asked.length === 0) return fails('product.stock', 'does not list the asked variant');
    let passed = 0;
    for (const sku of asked) {
      const pieces = freshStock(context, sku);
      const path = `product.stock.${sku}`;
      if (pieces === undefined)
        return fails(path, context.facts.product?.stock?.[sku] === undefined ? 'is unknown' : 'is too old');
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

const withinAuthority = state(
  'discount.requested',
  (c) => concessionFen(c) <= authorityOf(c) * 100,
  'exceeds the authority',
);
const aboveAuthority = state(
  'discount.requested',
  (c) => concessionFen(c) > authorityOf(c) * 100,
  'is inside the authority',
);

const abovePriceFloor: Guard = (context) => {
  const floor = context.facts.product?.priceFloor;
  if (floor === undefined) return HOLDS;
  const price = context.fresh('product.price', context.facts.product?.price) ?? context.facts.order?.amount;
  if (price === undefined) return fails('product.price', 'is unknown');
  return Math.round(price * 100) - concessionFen(context) >= Math.round(floor * 100)
    ? HOLDS
    : fails('product.priceFloor', 'would be undercut');
};

const offerWithinAuthority = state(
  'discount.granted',
  (c) => {
    const granted = c.facts.discount?.granted ?? 0;
    return granted <= authorityOf(c) || approved(c, granted);
  },
  'exceeds the authority and is not approved',
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
  'the value was not explained yet',
);

/** Same calendar day in the shop's zone. */
function isToday(time: string, context: Context): boolean {
  const zone = offsetMs(context.facts.now);
  const day = (t: number): number => Math.floor((t + zone) / DAY_MS);
  return day(ms(time) - 1) === day(context.nowMs);
}

const promo = fact('promo', (f) => f.promo, filled, 'none is on record');
const promoActiveForItem = all(
  promo,
  state('promo', (c) => c.promos.length > 0, 'none runs for these items'),
);
const deadlineVerified = all(
  promoActiveForItem,
  state(
    'promo',
    (c) => c.promos.some((p) => p.extensionPlanned === false && isToday(p.endsAt!, c)),
    'none surely ends today',
  ),
);
const scarcityVerified = all(
  fact('product.stock', (f) => f.product?.stock),
  state('product.stock', (c) => lastPieces(c) !== undefined, 'shows no last pieces of the wanted variant'),
);

const proofs = any(
  fact('product.guarantees', (f) => f.product?.guarantees, filled),
  fact('product.certificates', (f) => f.product?.certificates, filled),
  state('product.reviewShots', (c) => cleanShots(c) > 0, 'none may be shown'),
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
  'do not tell the options apart',
);

const carrierServesRegion: Guard = (context) => {
  const { shipping, postage, buyer } = context.facts;
  if (shipping?.carrier === undefined) return fails('shipping.carrier', 'is unknown');
  if (!context.freshness.isFresh('postage.table')) return fails('postage.table', 'is too old');
  const regions = postage?.table?.[shipping.carrier];
  if (regions === undefined) return fails('postage.table', 'does not list the carrier');
  if (regions['全国'] !== undefined) return HOLDS;
  if (buyer.region === undefined) return fails('buyer.region', 'is unknown');
  return regions[buyer.region] === undefined ? fails('postage.table', 'does not list the region') : HOLDS;
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
  sizeUncertain: state('buyer.measurements', (c) => !oneSizeWithMargin(c).holds, 'decide the size'),
  candidateFits: state(
    'candidates',
    (c) => fittingCandidates(c).length > 0,
    'none fits, is in stock and keeps to the budget',
  ),
  matchingInStock: fact(
    'matching',
    (f) => f.matching,
    (items) => items.some((m) => (m.stock ?? 0) > 0),
    'is not in stock',
  ),
  betterChoiceInStock: state(
    'choice',
    (c) => betterChoice(c) !== undefined,
    'the better reviewed one is not in stock, or a figure is unknown',
  ),
  reviewShotsClean: state(
    'product.reviewShots',
    (c) => (c.facts.product?.reviewShots ?? []).length === 0 || cleanShots(c) > 0,
    'are not genuine and masked',
  ),
  askedSkuSoldOut: everyAsked((pieces) => pieces === 0, 'is in stock'),
  alternativeInStock: state('product.stock', (c) => alternativeSkus(c).length > 0, 'no other variant is in stock'),
  askedSkuInStock: everyAsked((pieces) => pieces > 0, 'is sold out', true),
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
    'this is the first request',
  ),
  offerWithinAuthority,
  promoActiveForItem,
  promoNotContradicted: state(
    'promo',
    (c) => (c.facts.promo ?? []).length === 0 || c.promos.length > 0,
    'no campaign on record is valid for these items',
  ),
  stackVerified: all(
    fact('stack.checkoutTotal', (f) => f.stack?.checkoutTotal),
    fact(
      'stack.computedTotal',
      (f) => f.stack?.computedTotal,
      (total, c) => total === c.facts.stack!.checkoutTotal,
      'differs from checkout',
    ),
  ),
  discountRequested: state('discount.requested', (c) => (c.convo.discountRequested ?? 0) > 0, 'no amount is named'),
  valueExplained,
  withinAuthority,
  aboveAuthority,
  abovePriceFloor,
  requestLogged: fact('discount.requestLoggedAt', (f) => f.discount?.requestLoggedAt),
  notYetDecided: state('discount.approvalId', (c) => typeof c.facts.discount?.approvalId !== 'string', 'is decided'),
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
    state('product.reviewShots', (c) => cleanShots(c) > 0, 'none may be shown'),
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
  signalsRepeated: state('convo.signals', (c) => new Set(c.convo.signals).size >= 2, 'fewer than two'),
  buyingSignalShown: state('convo.signals', (c) => c.convo.signals.length > 0, 'none'),
  twoOptionsAvailable: state(
    'product.stock',
    (c) => {
      const o = options(c);
      return o.inStock && o.names.length === 2;
    },
    'not exactly two options are available',
  ),
  optionsInStock: state('product.stock', (c) => options(c).inStock, 'an option is not in stock'),
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
      'is not above the limit',
    ),
  ),
  twoTechniquesTried: state(
    'convo.techniquesUsed',
    (c) => c.convo.techniquesUsed.filter((t) => t !== 'CT-6').length >= 2,
    'fewer than two were tried',
  ),
  didNotSayThinkAgain: state('convo.saidThinkAgain', (c) => !c.convo.saidThinkAgain, 'said think again'),
  clearNoOrDirectAsked: state(
    'convo.saidNo',
    (c) => c.convo.saidNo || c.convo.techniquesUsed.includes('CT-6'),
    'no clear no, and CT-6 was not tried',
  ),
  noOrderRunning: state(
    'order.state',
    (c) => {
      const order = c.facts.order;
      return order === null || order === undefined || ['closed', 'completed', 'signed'].includes(order.state);
    },
    'an order is under way',
  ),
  techniqueUnused: (context, technique) => {
    const objection = technique === undefined ? undefined : techniqueObjection(technique, context);
    return objection === undefined || objection.fact !== 'convo.techniquesUsed'
      ? HOLDS
      : fails(objection.fact, objection.detail);
  },
  techniquesLeft: state('convo.techniquesUsed', (c) => c.convo.techniquesUsed.length < 3, 'three were tried'),
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
