/** Reads an order, its refund form and its other groups of facts from what the feed has told. */
import type { OrderFacts, PartialFacts } from '../protocol/facts.ts';
import type { OrderState } from '../protocol/ids.ts';
import {
  emptyFeed,
  noteAmount,
  noteFirst,
  noteLast,
  type OrderFeed,
  type RefundFeed,
  type Told,
} from './order-feed.ts';
import type { Order } from './ports.ts';

/** Groups of facts beside the order itself, as far as the feed has told of them. */
export type FeedGroups = Pick<
  PartialFacts,
  'tracking' | 'slip' | 'parcel' | 'warehouse' | 'priceEdit' | 'review' | 'refund'
>;

/** What a return needs to know and no group of facts holds. */
export interface ReturnFacts {
  /** When the return parcel was at the warehouse, Unix ms. */
  arrivedAt?: number;
  /** It was inspected: fine or not. */
  sound?: boolean;
  flag?: string;
}

const DAY_MS = 86_400_000;

/** What was told of an order; for one that was written before feeds were kept, what its row says. */
export function feedOf(order: Order): OrderFeed {
  if (order.feed) return structuredClone(order.feed);
  const { facts } = order;
  const feed = emptyFeed();
  const at = order.placedAt;
  noteAmount(feed, { at, rank: 0, value: { fen: order.amountFen, edit: false } });
  if (order.autoCloseAt !== null) noteLast(feed.last, 'autoCloseAt', { at, value: order.autoCloseAt });
  for (const name of ['address', 'notes', 'promisedShipBy', 'tradeDeadline', 'carrier', 'trackingNo'] as const) {
    if (facts[name] !== undefined) noteLast(feed.last, name, { at, value: facts[name] });
  }
  const happened = (milestone: Parameters<typeof noteFirst>[1], text: string | undefined, states: OrderState[]) => {
    if (text !== undefined) noteFirst(feed, milestone, Date.parse(text));
    else if (states.includes(order.state)) noteFirst(feed, milestone, order.paidAt ?? at);
  };
  if (order.paidAt !== null) noteFirst(feed, 'paid', order.paidAt);
  if (order.closedAt !== null) noteFirst(feed, 'closed', order.closedAt);
  happened('shipped', facts.shippedAt, ['shipped', 'signed', 'completed']);
  happened('signed', facts.signedAt, ['signed', 'completed']);
  happened('completed', facts.completedAt, ['completed']);
  if (facts.slipPrinted) happened('printed', undefined, [order.state]);
  if (facts.inParcel) happened('packed', undefined, [order.state]);
  if (facts.handedOver) feed.handed[facts.trackingNo ?? ''] = feed.first.shipped ?? at;
  return feed;
}

/** The order as the feed has it; what no event speaks of stays. */
export function deriveOrder(order: Order, feed: OrderFeed): Order {
  const { first } = feed;
  const state = stateOf(feed);
  const closedAt = first.refunded ?? first.closed ?? feed.last['mergedInto']?.at ?? null;
  const facts: OrderFacts = { ...order.facts, id: order.id, state };
  const shipped = first.shipped !== undefined;
  if (shipped || first.printed !== undefined) facts.slipPrinted = true;
  if (shipped || first.packed !== undefined) facts.inParcel = true;
  for (const name of ['shipped', 'signed', 'completed'] as const) {
    const at = first[name];
    if (at !== undefined) facts[`${name}At`] = iso(at);
  }
  const handed = isHandedOver(feed);
  if (handed !== undefined) facts.handedOver = handed;
  Object.assign(facts, told(feed, ['address', 'notes', 'promisedShipBy', 'tradeDeadline', 'carrier', 'trackingNo']));
  return {
    ...order,
    feed,
    state,
    amountFen: feed.amounts.at(-1)?.value.fen ?? order.amountFen,
    facts,
    refund: currentRefund(feed)?.facts ?? null,
    paidAt: first.paid ?? null,
    autoCloseAt: (feed.last['autoCloseAt']?.value as number | undefined) ?? order.autoCloseAt,
    closedAt: state === 'closed' ? closedAt : null,
  };
}

/** Furthest first: a payment outweighs a close, for money that came is there. */
function stateOf({ first, last }: OrderFeed): OrderState {
  if (last['mergedInto'] !== undefined || first.refunded !== undefined) return 'closed';
  if (first.completed !== undefined) return 'completed';
  if (first.signed !== undefined) return 'signed';
  if (first.shipped !== undefined) return 'shipped';
  if (first.paid !== undefined) return first.printed === undefined && first.packed === undefined ? 'paid' : 'printed';
  return first.closed === undefined ? 'unpaid' : 'closed';
}

/** The pick-up scan of the parcel that counts; `undefined`: nothing has left. @see TRAP-11 */
export function isHandedOver({ first, last, handed }: OrderFeed): boolean | undefined {
  const parcel = last['trackingNo'] as Told<string> | undefined;
  const unnamed = handed[''];
  if (first.shipped === undefined && Object.keys(handed).length === 0) return undefined;
  if (!parcel) return Object.keys(handed).length > 0;
  return handed[parcel.value] !== undefined || (unnamed !== undefined && unnamed >= parcel.at);
}

/** The groups beside the order, at a moment. */
export function feedGroups(order: Order, nowMs: number): FeedGroups {
  const feed = order.feed;
  if (!feed) return order.refund ? { refund: order.refund as FeedGroups['refund'] } : {};
  const groups: FeedGroups = {};
  const tracking = { ...toldOf(feed, 'scan'), ...renamed(newest(feed, 'exception'), 'exception') };
  if (Object.keys(tracking).length > 0) groups.tracking = tracking;
  const weight = feed.last['slipWeightKg'];
  if (weight) groups.slip = { weight: weight.value as number };
  const parcel = told(feed, ['packingList', 'split', 'trackingNos']);
  if (Object.keys(parcel).length > 0) groups.parcel = parcel;
  const warehouse = Object.fromEntries(
    Object.entries(feed.last).flatMap(([name, { value }]) =>
      name.startsWith('warehouse/') ? [[name.slice('warehouse/'.length), value]] : [],
    ),
  );
  if (Object.keys(warehouse).length > 0) groups.warehouse = warehouse;
  const edit = priceEditOf(feed);
  if (edit) groups.priceEdit = edit;
  if (feed.last['review']) groups.review = feed.last['review'].value as FeedGroups['review'];
  if (order.refund) groups.refund = order.refund as FeedGroups['refund'];
  return nowMs < order.placedAt ? {} : groups;
}

/** Days to arrival from a moment on; `null`: the courier does not say, `undefined`: nobody asked. */
export function etaDaysOf(order: Order, nowMs: number): number | null | undefined {
  const told = order.feed && newest(order.feed, 'arrivesAt');
  if (!told) return undefined;
  return told.value === null ? null : Math.max(0, Math.ceil(((told.value as number) - nowMs) / DAY_MS));
}

/** How the goods that go back stand. */
export function returnFacts({ feed }: Order): ReturnFacts {
  if (!feed) return {};
  const sound = feed.last['returnSound']?.value as boolean | undefined;
  const flag = feed.last['flag']?.value as string | null | undefined;
  return {
    ...(feed.first.returned === undefined ? {} : { arrivedAt: feed.first.returned }),
    ...(sound === undefined ? {} : { sound }),
    ...(flag ? { flag } : {}),
  };
}

/** A form as it stands. */
export interface RefundForm {
  refundId: string;
  facts: NonNullable<FeedGroups['refund']> & { state: NonNullable<NonNullable<FeedGroups['refund']>['state']> };
  carrier?: string;
}

/** One form of the order. */
export function refundForm(feed: OrderFeed, refundId: string): RefundForm | undefined {
  const refund = feed.refunds[refundId];
  if (!refund) return undefined;
  const {
    state: told,
    carrier,
    ...fields
  } = Object.fromEntries(Object.entries(refund.last).map(([name, { value }]) => [name, value]));
  const state = refund.refundedAt === undefined ? (told as RefundForm['facts']['state']) : 'refunded';
  const closed = state === 'closed' ? { closedAt: iso(refund.last['state']!.at) } : {};
  return {
    refundId,
    facts: { ...fields, ...closed, state },
    ...(carrier === undefined ? {} : { carrier: carrier as string }),
  };
}

/** The form the talk is about: the newest that is open, else the newest of all. */
function currentRefund(feed: OrderFeed): RefundForm | undefined {
  const isOpen = (form: RefundForm) => form.facts.state !== 'refunded' && form.facts.state !== 'closed';
  const forms = Object.entries(feed.refunds)
    .sort(([idA, a]: [string, RefundFeed], [idB, b]) => b.openedAt - a.openedAt || (idA < idB ? 1 : -1))
    .map(([id]) => refundForm(feed, id)!);
  return forms.find(isOpen) ?? forms[0];
}

/** The newest price change, with the amount it started from. */
function priceEditOf({ amounts }: OrderFeed): FeedGroups['priceEdit'] | undefined {
  const index = amounts.findLastIndex(({ value }) => value.edit);
  const [before, edit] = [amounts[index - 1], amounts[index]];
  if (!before || !edit) return undefined;
  const { visible } = edit.value;
  return {
    oldAmount: before.value.fen / 100,
    newAmount: edit.value.fen / 100,
    ...(visible === undefined ? {} : { visible }),
  };
}

/** What was told of the parcel that counts: under its number, or under none. */
function newest(feed: OrderFeed, name: string): Told | undefined {
  const number = feed.last['trackingNo']?.value as string | undefined;
  const [named, unnamed] = [number === undefined ? undefined : feed.last[`${name}/${number}`], feed.last[`${name}/`]];
  if (!named || !unnamed) return named ?? unnamed;
  return named.at >= unnamed.at ? named : unnamed;
}

function toldOf(feed: OrderFeed, name: string): object {
  return (newest(feed, name)?.value as object | undefined) ?? {};
}

function renamed(one: Told | undefined, name: string): Record<string, unknown> {
  return one ? { [name]: one.value } : {};
}

function told(feed: OrderFeed, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (feed.last[name] ? [[name, feed.last[name].value]] : [])));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
