/** Puts together the facts of a situation, each with the time it was read. @see domain 05, 5.2; SR-02 */
import type { ConversationRow } from '../conversations/ports.ts';
import type { Agent } from '../desk/ports.ts';
import { hoursOf, promisedReplyAt, toldSpans } from '../desk/shop-hours.ts';
import { formatTime } from '../lib/zoned-time.ts';
import type { Order, Product } from '../orders/ports.ts';
import type { Facts, OrderFacts } from '../protocol/facts.ts';
import { PartialFactsSchema } from '../protocol/facts.ts';
import type { Message } from '../protocol/records.ts';
import type { Profile, Turn } from '../protocol/turn.ts';
import { techniquesOf } from '../suggestions/techniques.ts';
import { discountFacts, discountsOf } from './discount-facts.ts';
import { findProduct } from './find-product.ts';
import { orderFloor, otherProducts, productFacts, type Said } from './goods-facts.ts';
import type { TurnContext } from './ports.ts';
import { enteredFacts, fedEta, fedFacts, mergeAged } from './record-facts.ts';
import type { ShopView } from './shop-window.ts';

/** What a situation is made of. */
export interface FactSources {
  context: TurnContext;
  view: ShopView;
  /** Agents on duty. */
  onDuty: string[];
  /** Who serves: the agent who has the chat open, or whoever is on duty. */
  agent?: Agent;
  profile?: Profile;
  /** The buyer's message to be answered, for the product it names. */
  message: string;
  /** The product spoken of; default: the one found in the talk. */
  about?: Product;
  nowMs: number;
}

/** The facts and the product they speak of. */
export interface BuiltFacts {
  facts: Facts;
  productId?: string;
}

/** The order a chat is about: the one the buyer named, else the newest that is still under way, else the newest. */
export function orderOfChat(orders: Order[], conversation?: Pick<ConversationRow, 'state'>): Order | undefined {
  const named = conversation?.state.namedOrder?.id;
  const found = named === undefined ? undefined : orders.find(({ id }) => id === named);
  if (found) return found;
  return orders.find((order) => order.state !== 'completed' && order.state !== 'closed') ?? orders[0];
}

/** Builds the facts. What nobody told stays absent: unknown. */
export function buildFacts(sources: FactSources): BuiltFacts {
  const { context, view, nowMs } = sources;
  const { shop } = view;
  const time = (ms: number) => formatTime(ms, shop.tz);
  const order = orderOfChat(context.orders, context.conversation);
  const moment = { view, nowMs, time };
  const said = saidBefore(context, sources.message);
  const found = () =>
    findProduct(view.goods, {
      message: sources.message,
      history: said.history,
      order,
      before: context.conversation.state.productId,
    });
  const product = sources.about ?? found();
  const asOf: Record<string, string> = {
    buyer: time(Math.max(context.buyer.readAt, view.feeds.orders ?? 0)),
    promo: time(Math.max(oldestPromo(view, nowMs), view.feeds.promos ?? 0)),
  };
  if (order) asOf['order'] = time(Math.max(order.readAt, view.feeds.orders ?? 0));
  const floor = order && orderFloor(order, moment);
  if (floor) asOf['order.priceFloor'] = floor.readAt;
  const own = product ? productFacts(product, said, moment) : { facts: {}, asOf: {} };
  const others = otherProducts(product, said, moment);
  Object.assign(asOf, own.asOf, others.asOf);
  const records = mergeAged(
    enteredFacts(context.conversation.state.records, order?.id, nowMs, time),
    order ? fedFacts(order, view.feeds, nowMs, time) : { facts: {}, asOf: {} },
  );
  Object.assign(asOf, records.asOf);
  const settings = settingsGroups(view);
  const facts: Facts = {
    ...settings,
    ...records.facts,
    ...(settings.warehouse ? { warehouse: { ...settings.warehouse, ...records.facts.warehouse } } : {}),
    ...consentFacts(context, records.facts),
    now: time(nowMs),
    asOf,
    shop: { ...shop.settings.shop, name: shop.name, ...hoursFacts(sources) },
    agent: {
      onDuty: sources.onDuty.length > 0,
      ...(sources.agent ? { name: sources.agent.name, title: sources.agent.title, role: sources.agent.role } : {}),
    },
    buyer: {
      ...buyerFacts(context),
      ...(sources.profile ? { types: sources.profile.types } : {}),
      ...(sources.profile?.segments[0] ? { segment: sources.profile.segments[0] } : {}),
    },
    promo: view.promos.map((promo) => promo.facts),
    order: order
      ? { ...orderFacts(order, time), ...fedEta(order, nowMs), ...(floor ? { priceFloor: floor.yuan } : {}) }
      : null,
    convo: convoFacts(context, time),
    ...own.facts,
    ...others.facts,
  };
  const discount = discountFacts(discountsOf(context.conversation.state.discounts ?? [], order, nowMs), nowMs, time);
  if (discount) facts.discount = { ...facts.discount, ...discount };
  // What was paid is what the order amounts to, unless the form says otherwise.
  if (facts.refund && order && order.paidAt !== null) {
    facts.refund = { paidAmount: order.amountFen / 100, ...facts.refund };
  }
  const question = openQuestion(context, time);
  if (question) facts.question = question;
  return { facts, ...(product ? { productId: product.id } : {}) };
}

/** The texts around a message. */
function saidBefore({ messages }: TurnContext, message: string): Said {
  const before = messages.filter(({ text }, at) => !(at === messages.length - 1 && text === message));
  return {
    message,
    earlier: before.filter(({ from }) => from === 'buyer').map(({ text }) => text),
    history: before.map(({ text }) => text),
  };
}

/** The context as an earlier message found it: what was said after it tells nothing of what it speaks of. */
export function contextUpTo(context: TurnContext, seq: number): TurnContext {
  const { productId: _later, namedOrder, ...others } = context.conversation.state;
  const messages = context.messages.filter((message) => message.seq <= seq);
  const saidAt = messages.at(-1)?.sentAt ?? 0;
  const state = namedOrder && namedOrder.atMs <= saidAt ? { ...others, namedOrder } : others;
  return { ...context, messages, conversation: { ...context.conversation, state } };
}

/** The turns of a conversation before a message, oldest first. */
export function historyBefore(context: TurnContext, seq: number, tz: string): Turn[] {
  return turnsOf(
    context.messages.filter((message) => message.seq < seq),
    tz,
  );
}

/** All turns of a conversation but one, oldest first. */
export function historyWithout(context: TurnContext, seq: number, tz: string): Turn[] {
  return turnsOf(
    context.messages.filter((message) => message.seq !== seq),
    tz,
  );
}

function turnsOf(messages: Message[], tz: string): Turn[] {
  return messages.map((message) => ({ from: message.from, text: message.text, at: formatTime(message.sentAt, tz) }));
}

/** The hours on the buyer's channel at this moment. A shop that never opens has no hours and promises nothing. */
function hoursFacts({ context, view: { shop, lastDutyAt }, onDuty, nowMs }: FactSources): Partial<Facts['shop']> {
  const hours = hoursOf(shop, context.conversation.channel);
  const { replyByHour } = shop.settings;
  const spans = [...toldSpans(hours, nowMs)];
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return {};
  const time = (name: 'closedSince' | 'absentSince' | 'nextOpenAt' | 'replyByAt', ms: number | null) =>
    ms === null ? {} : { [name]: formatTime(ms, shop.tz) };
  const closedSince = hours.closedSince(nowMs);
  // Whoever answered was there. Without any word on who was, the hours alone tell.
  const wasThereAt = Math.max(lastDutyAt ?? 0, context.conversation.lastAgentAt ?? 0);
  const absentSince = onDuty.length > 0 || wasThereAt === 0 ? null : Math.max(wasThereAt, closedSince ?? 0);
  return {
    hours: `${first.slice(0, 5)}-${last.slice(6)}`,
    ...(spans.length > 1 ? { spans } : {}),
    replyByHour,
    ...time('closedSince', closedSince),
    ...time('absentSince', absentSince),
    ...time('nextOpenAt', hours.nextOpening(nowMs)),
    ...time('replyByAt', promisedReplyAt(hours, replyByHour, nowMs)),
  };
}

function settingsGroups(view: ShopView): Partial<Facts> {
  const {
    shipping,
    postage,
    payment,
    platform,
    invoice,
    return: terms,
    insurance,
    program,
    warehouse,
    queueLimit,
  } = view.shop.settings;
  return {
    ...(shipping ? { shipping } : {}),
    ...(postage ? { postage } : {}),
    ...(payment ? { payment } : {}),
    ...(platform ? { platform } : {}),
    ...(invoice ? { invoice } : {}),
    ...(terms ? { return: terms } : {}),
    ...(insurance ? { insurance } : {}),
    ...(program ? { program } : {}),
    ...(warehouse ? { warehouse } : {}),
    queue: { limit: queueLimit },
  };
}

/** What the buyer agreed to, as the trade system and the desk have it. */
function consentFacts(context: TurnContext, entered: Partial<Facts>): Pick<Facts, 'consent'> {
  const known = PartialFactsSchema.shape.consent.safeParse(context.buyer.consent);
  const consent = { ...(known.success ? known.data : {}), ...entered.consent };
  return Object.keys(consent).length === 0 ? {} : { consent };
}

function buyerFacts(context: TurnContext): Facts['buyer'] {
  const known = PartialFactsSchema.shape.buyer.unwrap().parse(context.buyer.facts);
  return { ...known, id: context.buyer.externalId };
}

function orderFacts(order: Order, time: (ms: number) => string): OrderFacts {
  return {
    ...order.facts,
    id: order.id,
    state: order.state,
    amount: order.amountFen / 100,
    placedAt: time(order.placedAt),
    ...(order.paidAt === null ? {} : { paidAt: time(order.paidAt) }),
    ...(order.autoCloseAt === null ? {} : { autoCloseAt: time(order.autoCloseAt) }),
  };
}

function convoFacts(context: TurnContext, time: (ms: number) => string): NonNullable<Facts['convo']> {
  const { conversation } = context;
  return {
    scriptsUsed: conversation.state.scriptsUsed ?? [],
    techniquesUsed: techniquesOf(conversation.state.scriptsUsed ?? []),
    noMoreFollowup: conversation.state.noMoreFollowup ?? false,
    awayAckLastSentAt: conversation.awayAckAt === null ? null : time(conversation.awayAckAt),
    ...(conversation.lastBuyerAt === null ? {} : { lastBuyerAt: time(conversation.lastBuyerAt) }),
  };
}

/** A question left while nobody was there is the desk's open question. @see SCR-03 */
function openQuestion(context: TurnContext, time: (ms: number) => string): Facts['question'] {
  const first = context.owed[0];
  const last = context.owed.at(-1);
  if (!first || !last) return undefined;
  return {
    text: last.text,
    askedAt: time(first.askedAt),
    answered: false,
    channel: 'wangwang',
    ...(first.promisedAt === null ? {} : { answerBy: time(first.promisedAt) }),
  };
}

/** When the campaigns were told that have not ended yet: the list is as old as the oldest of them. */
function oldestPromo({ promos }: ShopView, nowMs: number): number {
  const open = promos.filter(({ facts }) => facts.endsAt === undefined || Date.parse(facts.endsAt) > nowMs);
  return open.length === 0 ? newest(promos) : Math.min(...open.map(({ readAt }) => readAt));
}

function newest(promos: readonly { readAt: number }[]): number {
  return promos.reduce((latest, { readAt }) => Math.max(latest, readAt), 0);
}
