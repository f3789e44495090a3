/** Fields of the records as forms show them: which kind each is, and which matter in which case. */
import type { RecordGroup } from '../../../../protocol/desk-records.ts';
import type { CaseKind } from '../../../../protocol/facts.ts';

/** How a field is filled in. */
export type FieldKind = 'yesno' | 'text' | 'number' | 'time' | 'list' | readonly string[];

/** A field of a record. */
export interface RecordField {
  group: RecordGroup;
  name: string;
  kind: FieldKind;
}

const f = (group: RecordGroup, name: string, kind: FieldKind): RecordField => ({ group, name, kind });

const CHANNELS = ['wangwang', 'phone', 'sms', 'wechat', 'email'];

/** Every field a person may enter, by group. */
export const FIELDS: readonly RecordField[] = [
  f('case', 'fault', ['shop', 'courier', 'buyer', 'unknown']),
  f('case', 'photosVerified', 'yesno'),
  f('case', 'photosImpossible', 'yesno'),
  f('case', 'wearMarks', 'yesno'),
  f('case', 'refusedSeen', 'yesno'),
  f('case', 'pastBranch', 'yesno'),
  f('case', 'statutoryChecked', 'yesno'),
  f('case', 'options', 'list'),
  f('case', 'approvedAmount', 'number'),
  f('case', 'offer', 'text'),
  f('case', 'basis', 'text'),
  f('case', 'decision', 'text'),
  f('case', 'remedy', 'text'),
  f('case', 'mistake', 'text'),
  f('case', 'returnAgreed', 'yesno'),
  f('case', 'postageBearer', ['shop', 'buyer']),
  f('case', 'tradeExtended', 'yesno'),
  f('case', 'urgent', 'yesno'),
  f('case', 'nextStep', 'text'),
  f('case', 'nextStepBy', 'time'),
  f('case', 'solveBy', 'time'),
  f('refund', 'type', ['return', 'partial', 'unshipped']),
  f('refund', 'amount', 'number'),
  f('refund', 'formType', ['to_seller', 'to_buyer']),
  f('refund', 'approved', 'yesno'),
  f('question', 'text', 'text'),
  f('question', 'answerBy', 'time'),
  f('question', 'channel', CHANNELS),
  f('question', 'verifiedAnswer', 'text'),
  f('question', 'verifiedBy', 'text'),
  f('question', 'answered', 'yesno'),
  f('handover', 'receiver', 'text'),
  f('handover', 'receiverOnDuty', 'yesno'),
  f('handover', 'etaMinutes', 'number'),
  f('wish', 'kind', ['carrier', 'ship_today', 'ship_on_date', 'accessory']),
  f('wish', 'carrier', 'text'),
  f('wish', 'confirmedByWarehouse', 'yesno'),
  f('wish', 'handOverBy', 'time'),
  f('complaint', 'assignee', 'text'),
  f('complaint', 'answerBy', 'time'),
  f('exchange', 'difference', 'number'),
  f('exchange', 'direction', ['buyer_pays', 'shop_pays']),
  f('exchange', 'link', 'text'),
  f('exchange', 'computed', 'yesno'),
  f('courier', 'contactedAt', 'time'),
  f('courier', 'answer', 'text'),
  f('courier', 'lossConfirmed', 'yesno'),
  f('warehouse', 'cause', 'text'),
  f('warehouse', 'resultBy', 'time'),
  f('warehouse', 'checkedAt', 'time'),
  f('tracking', 'lastScan', 'text'),
  f('tracking', 'lastScanAt', 'time'),
  f('tracking', 'exception', 'text'),
  f('slip', 'weight', 'number'),
  f('parcel', 'packingList', 'list'),
  f('parcel', 'split', 'yesno'),
  f('parcel', 'intact', 'yesno'),
  f('parcel', 'missing', 'text'),
  f('review', 'score', 'number'),
  f('review', 'issue', 'text'),
  f('priceEdit', 'oldAmount', 'number'),
  f('priceEdit', 'newAmount', 'number'),
  f('priceEdit', 'visible', 'yesno'),
  f('consent', 'marketing', 'yesno'),
  f('consent', 'channels', 'list'),
];

const QUALITY = ['case.wearMarks', 'case.options', 'case.offer', 'case.basis'];
const GOODS = ['slip.weight', 'parcel.packingList', 'parcel.intact', 'parcel.missing'];
const LOST = ['courier.contactedAt', 'courier.answer', 'courier.lossConfirmed'];

/** What matters while a case of a kind is open, beside who is responsible and what comes next. */
const BY_KIND: Readonly<Record<CaseKind, readonly string[]>> = {
  quality: QUALITY,
  not_as_described: QUALITY,
  damaged: ['case.refusedSeen', 'parcel.intact', 'courier.answer', 'case.options'],
  wrong: ['slip.weight', 'case.options'],
  missing: GOODS,
  surplus: ['slip.weight'],
  lost: LOST,
  not_served: LOST,
  no_reason: ['case.statutoryChecked'],
  price_drop: ['refund.amount', 'refund.formType'],
  exchange_difference: ['exchange.difference', 'exchange.direction', 'exchange.computed'],
  desk_mistake: ['case.mistake', 'case.remedy'],
};

/** Kinds of case, the most frequent first. */
export const CASE_KINDS = Object.keys(BY_KIND) as CaseKind[];

/** The fields shown at once in a case, in their order. */
export function fieldsOfCase(kind: CaseKind | undefined): RecordField[] {
  const paths = ['case.fault', ...(kind === undefined ? [] : BY_KIND[kind]), 'case.remedy'];
  return [...new Set(paths)].map((path) => FIELDS.find(({ group, name }) => `${group}.${name}` === path)!);
}

/** Groups behind "more", each with its fields. */
export const GROUPS: readonly { group: RecordGroup; fields: readonly RecordField[] }[] = [
  ...Map.groupBy(FIELDS, ({ group }) => group),
].map(([group, fields]) => ({ group, fields }));
