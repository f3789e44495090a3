/**
 * Finds the order a buyer speaks of where there are several: by its number, by an item that only one of them has, or by
 * a question that only one of them answers.
 */
import type { ConversationState } from '../conversations/ports.ts';
import type { Order, Product } from '../orders/ports.ts';
import type { Message } from '../protocol/records.ts';
import type { Goods } from './goods-window.ts';
import type { TurnContext } from './ports.ts';

/** The end of a number, as buyers give it. */
const NUMBER_END = /(?:尾号|末尾|后[四4六6]位|订单号?|单号)\D{0,4}(\d{4,})(?!\d)/;
/** What was named so long ago is not what the talk is about. */
const NAMED_FOR_MS = 30 * 60_000;

type NamedOrder = NonNullable<ConversationState['namedOrder']>;

/**
 * The context as this message of the buyer leaves it: the order it names, and what is in it; else the order named before,
 * while it counts.
 */
export function withNamedOrder(
  context: TurnContext,
  message: Pick<Message, 'text' | 'sentAt'>,
  goods: Goods,
): TurnContext {
  const { conversation, orders } = context;
  const { namedOrder: before = null, ...others } = conversation.state;
  const named = findNamedOrder(orders, message.text, goods);
  const namedOrder = named ? { id: named.id, atMs: message.sentAt } : stillNamed(before, orders, message.sentAt);
  if (namedOrder === before) return context;
  const product = named && named.id !== before?.id ? productOf(named, message.text, goods) : undefined;
  const state = { ...others, namedOrder, ...(product ? { productId: product.id } : {}) };
  return { ...context, conversation: { ...conversation, state } };
}

function stillNamed(before: NamedOrder | null, orders: readonly Order[], nowMs: number): NamedOrder | null {
  if (!before || nowMs - before.atMs > NAMED_FOR_MS) return null;
  return orders.some(({ placedAt }) => placedAt > before.atMs) ? null : before;
}

/** The product of an order that a text speaks of; of several items the named one. */
function productOf({ facts }: Order, text: string, goods: Goods): Product | undefined {
  const { items = [] } = facts;
  const said = items.length === 1 ? items : items.filter(({ title }) => isNamed(title, text, goods));
  return said.length === 1 ? goods.titled(said[0]!.title) : undefined;
}

function findNamedOrder(orders: readonly Order[], text: string, goods: Goods): Order | undefined {
  if (orders.length < 2) return undefined;
  const folded = text.toLowerCase();
  const numbered = orders.filter(({ id }) => folded.includes(id.toLowerCase()));
  if (numbered.length > 0) return onlyOne(numbered);
  const end = NUMBER_END.exec(text)?.[1];
  if (end !== undefined) return onlyOne(orders.filter(({ id }) => id.endsWith(end)));
  const open = orders.filter(({ state }) => state !== 'completed' && state !== 'closed');
  const named = open.filter(({ facts }) => facts.items?.some(({ title }) => isNamed(title, text, goods)));
  // What the order is asked about may be said of one only, and two may hold what is named.
  return onlyOne(named) ?? askedOf(named.length > 1 ? named : open, text);
}

function isNamed(title: string, text: string, goods: Goods): boolean {
  const product = goods.titled(title);
  const { ids, among } = goods.finder.find(text);
  if (product && [...ids, ...among].includes(product.id)) return true;
  return [title, product?.facts.category ?? title].some((name) => kindsOf(name).some((kind) => text.includes(kind)));
}

/** What buyers call a kind of goods by the last character of its name: 速干长裤 is 裤子. */
function kindsOf(name: string): string[] {
  const last = [...name].at(-1) ?? '';
  return [`${last}子`, ...(last === '衣' ? ['衣服'] : last === '包' ? ['包包'] : [])];
}

/** Questions that an order of one state answers, and not those of others. */
const ASKED_OF: readonly (readonly [RegExp, readonly Order['state'][]])[] = [
  [/(?:没|未|待|怎么|如何|哪里)有?(?:付|支付)|便宜|优惠|改价|讲价/, ['unpaid']],
  [
    /到哪|到了吗|什么时候(?:能|可以|会)?到|快递(?:单号|员)|派[送件]|签收|驿站|物流(?:信息|没|不|怎么|一直|更新)/,
    ['shipped'],
  ],
  [/(?:什么时候|几时|怎么还[不没]|还没)(?:能|可以|给我)?发货?/, ['paid', 'printed']],
  [/退货|退款|退掉|换货|质量问题|[破坏]了|发错|[漏少]发/, ['paid', 'printed', 'shipped', 'signed']],
];

function askedOf(orders: readonly Order[], text: string): Order | undefined {
  const fitting = ASKED_OF.filter(([asks]) => asks.test(text));
  if (fitting.length !== 1) return undefined;
  const [[, states]] = fitting as [(typeof ASKED_OF)[number]];
  return onlyOne(orders.filter(({ state }) => states.includes(state)));
}

function onlyOne(orders: readonly Order[]): Order | undefined {
  return orders.length === 1 ? orders[0] : undefined;
}
