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
const withinThreeDays = sinceSigned((age) => age <= 3 * DAY_MS, '已超过3天');

/** Whether the seven-day right holds: as given, else from signing and exemptions; `undefined` when neither is known. */
export function insideSevenDays(context: Context): boolean | undefined {
  const { statutory, order } = context.facts;
  if (statutory?.insideSevenDays !== undefined) return statutory.insideSevenDays;
  const signedAt = context.fresh('order.signedAt', order?.signedAt);
  const exemptions = context.facts.return?.exemptions;
  if (signedAt === undefined || exemptions === undefined) return undefined;
  return exemptions.length === 0 && context.nowMs - ms(signedAt) <= 7 * DAY_MS;
}

/** The seven-day right holds; names what is missing to know it. */
const sevenDayRight: Guard = (context) => {
  const inside = insideSevenDays(context);
  if (inside === true) return HOLDS;
  if (inside === false) return fails('statutory.insideSevenDays', '已超过七天，或不适用');
  const path = context.facts.return?.exemptions === undefined ? 'return.exemptions' : 'order.signedAt';
  return fails(path, '未知');
};

const claimNeedsPhotos: Guard = (context) => {
  const kind = context.facts.case?.kind;
  if (kind !== undefined) return PHOTO_KINDS.includes(kind) ? HOLDS : fails('case.kind', '不是质量问题');
  return HOLDS;
};

const photosAsked = (context: Context): number => context.convo.photosAskedCount;
const photosUnavailable = all(
  state(
    'case.photosVerified',
    (c) => c.facts.case?.photosVerified !== true && (c.facts.case?.photos ?? []).length === 0,
    '照片已有',
  ),
  state('case.photosAskedCount', (c) => photosAsked(c) >= 2 || c.convo.photosImpossible, '照片还没要过两次'),
);

const authority = (context: Context): number =>
  context.facts.agent.role === 'supervisor' ? Number.POSITIVE_INFINITY : (context.facts.shop.authorityYuan ?? 20);
const compensationWithinAuthority = state(
  'case.approvedAmount',
  (c) => (c.facts.case?.approvedAmount ?? 0) <= authority(c),
  '超出权限',
);

const caseField = (path: string, pick: (c: NonNullable<Context['facts']['case']>) => unknown): Guard =>
  fact(path, (f) => (f.case ? (pick(f.case) as object | string | undefined) : undefined));

const faultShopVerified = all(
  fact(
    'case.fault',
    (f) => f.case?.fault,
    (fault) => fault === 'shop',
    '不是本店责任',
  ),
  fact('case.faultVerifiedBy', (f) => f.case?.faultVerifiedBy),
);

const statutoryAndListingChecked: Guard = (context) => {
  const checked = context.facts.case?.statutoryChecked;
  if (checked === false) return fails('case.statutoryChecked', '还没核查');
  if (checked !== true && insideSevenDays(context) === undefined) return fails('statutory.insideSevenDays', '未知');
  return context.facts.return?.policy === undefined ? fails('return.policy', '未知') : HOLDS;
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
  if (number === undefined) return fails('refund.trackingNo', '未知');
  if (!context.freshness.isFresh('refund.trackingNo')) return fails('refund.trackingNo', '数据太旧');
  return number === null ? HOLDS : fails('refund.trackingNo', '已经填写');
};

const lowReview = fact(
  'review.score',
  (f) => f.review?.score,
  (score) => score <= 3,
  '不是中差评',
);
const goodReview = fact(
  'review.score',
  (f) => f.review?.score,
  (score) => score >= 4,
  '不是好评',
);

/** Guards of after-sale, refunds, reviews and relations. */
export const AFTER_SALE_GUARDS = {
  claimNeedsPhotos,
  photosNotYetThere: state(
    'case.photosVerified',
    (c) => c.facts.case?.photosVerified !== true && photosAsked(c) < 2 && !c.convo.photosImpossible,
    '照片已有，或已要过两次',
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
      '不是买家自己的原因',
    ),
    sevenDayRight,
  ),
  refundWaitsForReturn: refundState(['wait_buyer_return'], '不在等退货信息'),
  returnNumberMissing,
  returnNumberNotGiven: state('refund.trackingNo', (c) => typeof c.facts.refund?.trackingNo !== 'string', '已经填写'),
  returnNumberGiven: fact('refund.trackingNo', (f) => f.refund?.trackingNo),
  refundClosesSoon: fact(
    'refund.closesAt',
    (f) => f.refund?.closesAt,
    (at, c) => {
      const left = ms(at) - c.nowMs;
      return left > 0 && left <= 48 * HOUR_MS;
    },
    '不在48小时之内',
  ),
  faultShopVerified,
  faultBuyer: fact(
    'case.fault',
    (f) => f.case?.fault,
    (fault) => fault === 'buyer',
    '不是买家责任',
  ),
  noFaultOfOthers: state(
    'case.fault',
    (c) => !['shop', 'courier'].includes(c.facts.case?.fault ?? 'unknown'),
    '是本店或快递的责任',
  ),
  faultNotShop: state('case.fault', (c) => c.facts.case?.fault !== 'shop', '是本店责任'),
  noFreeReturnInsurance: fact(
    'insurance.freeReturn',
    (f) => f.insurance?.freeReturn,
    (yes) => !yes,
    '有运费险',
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
    fact('parcel.missing', (f) => f.parcel?.missing),
    fact(
      'parcel.packingList',
      (f) => f.parcel?.packingList,
      (list, c) => list.includes(c.facts.parcel!.missing!),
      '清单里没有这一件',
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
    '有使用痕迹',
  ),
  compensationWithinAuthority,
  twoRemediesDecided: fact(
    'case.options',
    (f) => f.case?.options,
    (list) => list.length >= 2,
    '不足两种',
  ),
  beyondPeriodOrWorn: any(
    sinceSigned((age) => age > 3 * DAY_MS, '还在3天内'),
    fact(
      'case.wearMarks',
      (f) => f.case?.wearMarks,
      (worn) => worn,
      '没有使用痕迹',
    ),
  ),
  statutoryChecked: fact(
    'case.statutoryChecked',
    (f) => f.case?.statutoryChecked,
    (yes) => yes,
    '还没核查',
  ),
  statutoryAndListingChecked,
  refundStateKnown: fact('refund.state', (f) => f.refund?.state),
  refundApproved: fact(
    'refund.approved',
    (f) => f.refund?.approved,
    (yes) => yes,
    '还没批准',
  ),
  refundBelowPaid: all(
    fact('refund.paidAmount', (f) => f.refund?.paidAmount),
    fact(
      'refund.amount',
      (f) => f.refund?.amount,
      (amount, c) => amount > 0 && amount < c.facts.refund!.paidAmount!,
      '不在0和实付之间',
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
      '不等于实付减退款',
    ),
  ),
  refundFormKnown: fact('refund.formType', (f) => f.refund?.formType),
  keepAttemptLeft: state(
    'convo.keepAttempts',
    (c) => c.convo.keepAttempts === 0 && !c.convo.saidNo,
    '已挽留过一次，或买家明确说不',
  ),
  helpOffered: state(
    'convo.scriptsUsed',
    (c) =>
      c.facts.case?.open !== true ||
      c.convo.agentTurns > 0 ||
      c.convo.scriptsUsed.length > 0 ||
      (c.facts.case.options ?? []).length > 0 ||
      c.facts.case.returnAgreed === true,
    '还没有给过帮助',
  ),
  urgentNeed: state('case.urgent', (c) => c.convo.urgent, '不知道买家何时要用'),
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
      '没有记录运费已退',
    ),
  ),
  reviewGood: all(
    goodReview,
    state('review.issue', (c) => c.facts.review?.issue === undefined, '提到了问题'),
  ),
  reviewGoodWithIssue: all(
    goodReview,
    fact('review.issue', (f) => f.review?.issue),
  ),
  reviewLow: lowReview,
  reviewContactLeft: state('convo.scriptsUsed', (c) => !c.convo.scriptsUsed.includes('SCR-153'), '已经联系过一次'),
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
    '只允许在这里联系',
  ),
  mistakeVerified: all(
    caseField('case.mistake', (c) => c.mistake),
    faultShopVerified,
  ),
  drawPublished: () => fails('platform.rules', '没有平台抽奖的依据'),
  reviewShotsShown: state('product.reviewShots', (c) => cleanShots(c) > 0, '没有可以出示的'),
} satisfies Record<string, Guard>;
