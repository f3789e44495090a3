import type { CaseKind } from '../protocol/facts.ts';
import type { Context } from './context.ts';
import { all, any, DAY_MS, fact, fails, type Guard, HOLDS, HOUR_MS, ms, state } from './guard-checks.ts';
import { cleanShots } from './product-choices.ts';

const PHOTO_KINDS: readonly CaseKind[] = ['quality', 'not_as_described'];

const sinceSigned = (test: (ageMs: number) => boolean, wrong: string): Guard =>
  fact(
    'order.signedAt',
    (f) => f.order?.signedAt,
    (at, c) => test(c.nowMs - ms(at)),
    wrong,
  );
const withinThreeDays = sinceSigned((age) => age <= 3 * DAY_MS, 'is more than 3 days ago');

/** Whether the seven-day right holds: as given, else from signing and exemptions; `undefined` when neither is known. */
export function insideSevenDays(context: Context): boolean | undefined {
  const { statutory, order } = context.facts;
  if (statutory?.insideSevenDays !== undefined) return statutory.insideSevenDays;
  const signedAt = context.fresh('order.signedAt', order?.signedAt);
  const exemptions = context.facts.return?.exemptions;
  if (signedAt === undefined || exemptions === undefined) return undefined;
  return exemptions.length === 0 && context.nowMs - ms(signedAt) <= 7 * DAY_MS;
}

const claimNeedsPhotos: Guard = (context) => {
  const kind = context.facts.case?.kind;
  if (kind !== undefined) return PHOTO_KINDS.includes(kind) ? HOLDS : fails('case.kind', 'is no quality claim');
  return HOLDS;
};

const photosAsked = (context: Context): number => context.convo.photosAskedCount;
const photosUnavailable = all(
  state(
    'case.photosVerified',
    (c) => c.facts.case?.photosVerified !== true && (c.facts.case?.photos ?? []).length === 0,
    'photos are there',
  ),
  state(
    'case.photosAskedCount',
    (c) => photosAsked(c) >= 2 || c.convo.photosImpossible,
    'photos were not asked for twice',
  ),
);

const authority = (context: Context): number =>
  context.facts.agent.role === 'supervisor' ? Number.POSITIVE_INFINITY : (context.facts.shop.authorityYuan ?? 20);
const compensationWithinAuthority = state(
  'case.approvedAmount',
  (c) => (c.facts.case?.approvedAmount ?? 0) <= authority(c),
  'exceeds the authority',
);

const caseField = (path: string, pick: (c: NonNullable<Context['facts']['case']>) => unknown): Guard =>
  fact(path, (f) => (f.case ? (pick(f.case) as object | string | undefined) : undefined));

const faultShopVerified = all(
  fact(
    'case.fault',
    (f) => f.case?.fault,
    (fault) => fault === 'shop',
    "is not the shop's",
  ),
  fact('case.faultVerifiedBy', (f) => f.case?.faultVerifiedBy),
);

const statutoryAndListingChecked: Guard = (context) => {
  const checked = context.facts.case?.statutoryChecked;
  if (checked === false) return fails('case.statutoryChecked', 'was not checked');
  if (checked !== true && insideSevenDays(context) === undefined)
    return fails('statutory.insideSevenDays', 'is unknown');
  return context.facts.return?.policy === undefined ? fails('return.policy', 'is unknown') : HOLDS;
};

const refundState = (states: readonly string[], wrong: string): Guard =>
  fact(
    'refund.state',
    (f) => f.refund?.state,
    (s) => states.includes(s),
    wrong,
  );

const returnNumberMissing: Guard = (context) => {
  const number = context.facts.refund?.trackingNo;
  if (number === undefined) return fails('refund.trackingNo', 'is unknown');
  if (!context.freshness.isFresh('refund.trackingNo')) return fails('refund.trackingNo', 'is too old');
  return number === null ? HOLDS : fails('refund.trackingNo', 'is entered');
};

const lowReview = fact(
  'review.score',
  (f) => f.review?.score,
  (score) => score <= 3,
  'is good',
);
const goodReview = fact(
  'review.score',
  (f) => f.review?.score,
  (score) => score >= 4,
  'is not good',
);

/** Guards of after-sale, refunds, reviews and relations. */
export const AFTER_SALE_GUARDS = {
  claimNeedsPhotos,
  photosNotYetThere: state(
    'case.photosVerified',
    (c) => c.facts.case?.photosVerified !== true && photosAsked(c) < 2 && !c.convo.photosImpossible,
    'photos are there, or were asked for twice',
  ),
  photosVerified: fact(
    'case.photosVerified',
    (f) => f.case?.photosVerified,
    (yes) => yes,
  ),
  photosUnavailable,
  returnPolicyKnown: fact('return.policy', (f) => f.return?.policy),
  returnAgreed: fact(
    'case.returnAgreed',
    (f) => f.case?.returnAgreed,
    (yes) => yes,
  ),
  postageBearerAgreed: caseField('case.postageBearer', (c) => c.postageBearer),
  noReasonInSevenDays: all(
    state(
      'case.fault',
      (c) => c.facts.case?.fault === 'buyer' || c.facts.case?.kind === 'no_reason',
      "is not the buyer's own reason",
    ),
    state('statutory.insideSevenDays', (c) => insideSevenDays(c) === true, 'is not sure'),
  ),
  refundWaitsForReturn: refundState(['wait_buyer_return'], 'does not wait for return information'),
  returnNumberMissing,
  returnNumberNotGiven: state('refund.trackingNo', (c) => typeof c.facts.refund?.trackingNo !== 'string', 'is entered'),
  returnNumberGiven: fact('refund.trackingNo', (f) => f.refund?.trackingNo),
  refundClosesSoon: fact(
    'refund.closesAt',
    (f) => f.refund?.closesAt,
    (at, c) => {
      const left = ms(at) - c.nowMs;
      return left > 0 && left <= 48 * HOUR_MS;
    },
    'is not within the next 48 h',
  ),
  faultShopVerified,
  faultBuyer: fact(
    'case.fault',
    (f) => f.case?.fault,
    (fault) => fault === 'buyer',
    "is not the buyer's",
  ),
  faultNotShop: state('case.fault', (c) => c.facts.case?.fault !== 'shop', "is the shop's"),
  noFreeReturnInsurance: fact(
    'insurance.freeReturn',
    (f) => f.insurance?.freeReturn,
    (yes) => !yes,
    'the return is insured',
  ),
  postageAmountsCurrent: fact(
    'postage.table',
    (f) => f.postage?.table,
    (table) => Object.keys(table).length > 0,
  ),
  wrongGoodsProven: all(
    fact(
      'case.photosVerified',
      (f) => f.case?.photosVerified,
      (yes) => yes,
    ),
    fact('slip.weight', (f) => (f.slip === null ? null : f.slip?.weight)),
  ),
  missingItemProven: all(
    fact(
      'parcel.intact',
      (f) => f.parcel?.intact,
      (yes) => yes,
    ),
    fact(
      'parcel.packingList',
      (f) => f.parcel?.packingList,
      (list, c) => c.facts.parcel?.missing !== undefined && list.includes(c.facts.parcel.missing),
      'does not show the item',
    ),
  ),
  slipProvesSurplus: fact('slip.weight', (f) => (f.slip === null ? null : f.slip?.weight)),
  refusalSeen: fact(
    'case.refusedSeen',
    (f) => f.case?.refusedSeen,
    (yes) => yes,
  ),
  withinThreeDays,
  noWearMarks: fact(
    'case.wearMarks',
    (f) => f.case?.wearMarks,
    (worn) => !worn,
    'there are some',
  ),
  compensationWithinAuthority,
  twoRemediesDecided: fact(
    'case.options',
    (f) => f.case?.options,
    (list) => list.length >= 2,
    'are fewer than two',
  ),
  beyondPeriodOrWorn: any(
    sinceSigned((age) => age > 3 * DAY_MS, 'is at most 3 days ago'),
    fact(
      'case.wearMarks',
      (f) => f.case?.wearMarks,
      (worn) => worn,
      'there are none',
    ),
  ),
  statutoryChecked: fact(
    'case.statutoryChecked',
    (f) => f.case?.statutoryChecked,
    (yes) => yes,
    'were not checked',
  ),
  statutoryAndListingChecked,
  refundStateKnown: fact('refund.state', (f) => f.refund?.state),
  refundApproved: fact(
    'refund.approved',
    (f) => f.refund?.approved,
    (yes) => yes,
    'is not approved',
  ),
  refundBelowPaid: all(
    fact('refund.paidAmount', (f) => f.refund?.paidAmount),
    fact(
      'refund.amount',
      (f) => f.refund?.amount,
      (amount, c) => amount > 0 && amount < c.facts.refund!.paidAmount!,
      'is not between 0 and what was paid',
    ),
    state(
      'refund.keepAmount',
      (c) => {
        const { amount, paidAmount, keepAmount } = c.facts.refund ?? {};
        return (
          keepAmount === undefined ||
          Math.round(keepAmount * 100) === Math.round((paidAmount ?? 0) * 100) - Math.round((amount ?? 0) * 100)
        );
      },
      'is not paid minus refund',
    ),
  ),
  refundFormKnown: fact('refund.formType', (f) => f.refund?.formType),
  keepAttemptLeft: state(
    'convo.keepAttempts',
    (c) => c.convo.keepAttempts === 0 && !c.convo.saidNo,
    'one attempt was made, or a clear no was said',
  ),
  helpOffered: state(
    'convo.scriptsUsed',
    (c) =>
      c.facts.case?.open !== true ||
      c.convo.agentTurns > 0 ||
      c.convo.scriptsUsed.length > 0 ||
      (c.facts.case.options ?? []).length > 0 ||
      c.facts.case.returnAgreed === true,
    'no help was offered yet',
  ),
  urgentNeed: state('case.urgent', (c) => c.convo.urgent, 'no date of need is known'),
  exchangeComputed: all(
    fact(
      'exchange.computed',
      (f) => f.exchange?.computed,
      (yes) => yes,
    ),
    fact('exchange.difference', (f) => f.exchange?.difference),
  ),
  complaintAssigned: fact('complaint.assignee', (f) => f.complaint?.assignee),
  advancedPostageRepaid: all(
    fact('postage.amount', (f) => f.postage?.amount),
    fact(
      'case.remedy',
      (f) => f.case?.remedy,
      (text) => /(运费|邮费).*(退|返|抵|转)|(退|返).*(运费|邮费)/.test(text),
      'says nothing of repaid postage',
    ),
  ),
  reviewGood: all(
    goodReview,
    state('review.issue', (c) => c.facts.review?.issue === undefined, 'names a problem'),
  ),
  reviewGoodWithIssue: all(
    goodReview,
    fact('review.issue', (f) => f.review?.issue),
  ),
  reviewLow: lowReview,
  reviewContactLeft: state('convo.scriptsUsed', (c) => !c.convo.scriptsUsed.includes('SCR-153'), 'was contacted once'),
  reviewFactsVerified: all(
    caseField('case.faultVerifiedBy', (c) => c.faultVerifiedBy),
    caseField('case.remedy', (c) => c.remedy),
  ),
  supervisorHere: fact(
    'agent.role',
    (f) => f.agent.role,
    (role) => role === 'supervisor',
  ),
  otherChannelAllowed: fact(
    'consent.channels',
    (f) => f.consent?.channels,
    (list) => list.some((channel) => channel !== 'wangwang'),
    'only this chat is allowed',
  ),
  mistakeVerified: all(
    caseField('case.mistake', (c) => c.mistake),
    faultShopVerified,
  ),
  drawPublished: () => fails('platform.rules', 'no fact shows a platform draw'),
  reviewShotsShown: state('product.reviewShots', (c) => cleanShots(c) > 0, 'none may be shown'),
} satisfies Record<string, Guard>;
