/** Puts together the facts of a situation, each with the time it was read. @see domain 05, 5.2; SR-02 */
import type { Agent } from '../desk/ports.ts';
import { hoursOf, promisedReplyAt, toldSpans } from '../desk/shop-hours.ts';
import { formatTime } from '../lib/zoned-time.ts';
import type { Order, Product } from '../orders/ports.ts';
import type { Facts, OrderFacts } from '../protocol/facts.ts';
import { PartialFactsSchema } from '../protocol/facts.ts';
import type { Message } from '../protocol/records.ts';
import type { Profile, Turn } from '../protocol/turn.ts';
import { discountFacts, discountsOf } from './discount-facts.ts';
import { findProduct } from './find-product.ts';
import type { TurnContext } from './ports.ts';
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
  nowMs: number;
}

/** The facts and the product they speak of. */
export interface BuiltFacts {
  facts: Facts;
  productId?: string;
}

/** The order a chat is about: the newest that is still under way, else the newest of all. */
export function orderOfChat(orders: Order[]): Order | undefined {
  return orders.find((order) => order.state !== 'completed' && order.state !== 'closed') ?? orders[0];
}

/** Builds the facts. What nobody told stays absent: unknown. */
export function buildFacts(sources: FactSources): BuiltFacts {
  const { context, view, nowMs } = sources;
  const { shop } = view;
  const time = (ms: number) => formatTime(ms, shop.tz);
  const order = orderOfChat(context.orders);
  const product = findProduct(view.products, {
    message: sources.message,
    history: context.messages.map((message) => message.text),
    order,
    before: context.conversation.state.productId,
  });
  const asOf: Record<string, string> = {
    buyer: time(Math.max(context.buyer.readAt, view.feeds.orders ?? 0)),
    promo: time(Math.max(newest(view.promos.map((promo) => promo.readAt)), view.feeds.promos ?? 0)),
  };
  if (order) asOf['order'] = time(Math.max(order.readAt, view.feeds.orders ?? 0));
  if (order?.refund) asOf['refund'] = asOf['order']!;
  if (product) {
    asOf['product'] = time(Math.max(product.readAt.facts, view.feeds.catalogue ?? 0));
    asOf['product.stock'] = time(Math.max(product.readAt.stock, view.feeds.stock ?? 0));
    asOf['product.restockPlan'] = asOf['product.stock']!;
  }
  const facts: Facts = {
    ...settingsGroups(view),
    ...deskRecords(context),
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
    order: order ? orderFacts(order, time) : null,
    convo: convoFacts(context, time),
    ...(product ? { product: product.facts, ...neighbours(product, view.products) } : {}),
  };
  const discount = discountFacts(discountsOf(context.conversation.state.discounts ?? [], order, nowMs), nowMs, time);
  if (discount) facts.discount = { ...facts.discount, ...discount };
  if (order?.refund) facts.refund = PartialFactsSchema.shape.refund.parse(order.refund);
  const question = openQuestion(context, time);
  if (question) facts.question = question;
  return { facts, ...(product ? { productId: product.id } : {}) };
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
function hoursFacts({ context, view: { shop }, nowMs }: FactSources): Partial<Facts['shop']> {
  const hours = hoursOf(shop, context.conversation.channel);
  const { replyByHour } = shop.settings;
  const spans = [...toldSpans(hours, nowMs)];
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return {};
  const time = (name: 'closedSince' | 'nextOpenAt' | 'replyByAt', ms: number | null) =>
    ms === null ? {} : { [name]: formatTime(ms, shop.tz) };
  return {
    hours: `${first.slice(0, 5)}-${last.slice(6)}`,
    ...(spans.length > 1 ? { spans } : {}),
    replyByHour,
    ...time('closedSince', hours.closedSince(nowMs)),
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

/** What people entered for this conversation; absent: nothing entered. */
function deskRecords(context: TurnContext): Partial<Facts> {
  return PartialFactsSchema.pick({
    question: true,
    handover: true,
    discount: true,
    wish: true,
    case: true,
    complaint: true,
    exchange: true,
    priceEdit: true,
    tracking: true,
    courier: true,
    slip: true,
    parcel: true,
    review: true,
    consent: true,
  }).parse(context.conversation.state.records ?? {}) as Partial<Facts>;
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

/** Other products of the shop, as candidates and companions; the engine checks fit and stock. */
function neighbours(product: Product, products: Product[]): Partial<Facts> {
  const others = products.filter((other) => other.id !== product.id);
  const brief = (other: Product) => ({
    title: other.title,
    ...(other.facts.price === undefined ? {} : { price: other.facts.price }),
    ...(other.facts.stock === undefined ? {} : { stock: Object.values(other.facts.stock).reduce((a, b) => a + b, 0) }),
  });
  return {
    matching: others
      .filter((other) => other.facts.category !== product.facts.category)
      .slice(0, 3)
      .map(brief),
  };
}

function newest(times: number[]): number {
  return times.reduce((latest, time) => Math.max(latest, time), 0);
}
