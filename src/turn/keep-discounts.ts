/** Concessions above an agent's authority: asked of a supervisor, decided, run out, taken back. @see POL-01, FU-45 */

import type { Agent } from '../desk/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Discount, DiscountView } from '../protocol/discounts.ts';
import type { Facts } from '../protocol/facts.ts';
import type { Situation } from '../protocol/turn.ts';
import { createContext } from '../suggestions/context.ts';
import { evaluateGuard } from '../suggestions/guards.ts';
import { requestedYuan } from '../suggestions/infer-conversation.ts';
import { isAlone, settleReminder } from './ask-approval.ts';
import { buildFacts, historyBefore, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { coveredFen, discountsOf, grantedFen, grantInForce, orderOfDiscount, toFen } from './discount-facts.ts';
import { renewDiscounts } from './note-concession.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores, TurnContext } from './ports.ts';
import { readMessage } from './read-message.ts';
import { suggestAgain } from './suggest-again.ts';

/** Authority of an agent where the shop sets none, in yuan. @see POL-01 */
const AUTHORITY_YUAN = 20;
/** A request that nobody answered is over then. */
const ASKED_FOR_MS = 60 * 60_000;
/** How far back an agent sees what became of their requests. */
const SEEN_BACK_MS = 2 * 60 * 60_000;

/** What was given and asked in a conversation, and what this person may still give. */
export async function showDiscounts(desk: Desk, agent: Agent, conversationId: string): Promise<DiscountView> {
  const price = await readPrice(desk, agent, conversationId);
  const all = await desk.ledger.discounts.ofConversation(agent.shopId, conversationId);
  const own = discountsOf(all, orderOfChat(price.context.orders, price.context.conversation), desk.clock.now());
  const granted = grantedFen(own);
  const leftFen = limitFen(price, agent, own, desk.clock.now()) - granted;
  return {
    discounts: own,
    granted: granted / 100,
    ...(Number.isFinite(leftFen) ? { left: Math.max(0, leftFen) / 100 } : {}),
    ...(price.requested === undefined ? {} : { requested: price.requested }),
  };
}

/** What an agent asked of late, and for a supervisor all that wait, the oldest first. */
export async function listDiscounts(desk: Desk, agent: Agent): Promise<Discount[]> {
  const { shopId, id, role } = agent;
  const own = await desk.ledger.discounts.requestsOf(shopId, id, desk.clock.now() - SEEN_BACK_MS);
  if (role !== 'supervisor') return own;
  const asked = await desk.ledger.discounts.asked(shopId);
  const ids = new Set(asked.map((request) => request.id));
  return [...asked, ...own.filter((request) => !ids.has(request.id))];
}

/**
 * Asks a supervisor. A new request takes the place of one that waits for the same order; the same one again is
 * answered with the first.
 *
 * @throws DeskError `not_found`, `conflict` (within the person's own authority; below the floor)
 */
export async function askDiscount(
  desk: Desk,
  agent: Agent,
  conversationId: string,
  asked: { amount: number; reason: string },
): Promise<DiscountView> {
  const { shopId } = agent;
  const price = await readPrice(desk, agent, conversationId);
  const order = orderOfChat(price.context.orders, price.context.conversation);
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const row = await lock(stores, shopId, conversationId);
    const own = discountsOf(await stores.discounts.ofConversation(shopId, conversationId), order, nowMs);
    const before = grantedFen(own);
    refuseBelowFloor(price, asked.amount, before);
    if (before + toFen(asked.amount) <= limitFen(price, agent, own, nowMs)) {
      throw new DeskError('conflict', `${asked.amount} yuan are within your authority: nobody need be asked`);
    }
    const standing = own.findLast(({ state }) => state === 'asked');
    if (standing && standing.by.id === agent.id && standing.amount === asked.amount) return;
    if (standing) await stores.discounts.save(shopId, { ...standing, state: 'withdrawn' }, null);
    const orderId = orderOfDiscount(order)?.id;
    const request: Discount = {
      id: createId('discount', nowMs),
      conversationId,
      buyerName: price.context.buyer.name,
      ...(orderId === undefined ? {} : { orderId }),
      state: 'asked',
      amount: asked.amount,
      before: before / 100,
      reason: cleanText(asked.reason),
      by: { id: agent.id, name: agent.name },
      at: nowMs,
      answerBy: nowMs + shop.settings.discounts.answerMinutes * 60_000,
    };
    await stores.discounts.save(shopId, request, nowMs + ASKED_FOR_MS);
    await renewDiscounts(stores, shopId, conversationId, nowMs);
    await stores.desk.audit(shopId, agent.id, 'discount.asked', trailOf(request), nowMs);
    const data = { rule: 'FU-45', subjectId: conversationId, buyerId: row.buyerId } as const;
    await tellTimers(stores, desk, shop, { type: 'timer.asked', atMs: nowMs, data });
  });
  await tellDesk(desk, shopId, conversationId, agent);
  return await showDiscounts(desk, agent, conversationId);
}

/** What a supervisor says to a request. */
export type DiscountDecision =
  | { decision: 'grant'; amount?: number | undefined; note: string }
  | { decision: 'refuse'; note: string };

/**
 * Grants a request, whole or in part, or refuses it. The same decision of the same person may come twice.
 *
 * @throws DeskError `not_found`, `bad_request` (more than was asked), `conflict` (decided or run out meanwhile; below the
 * floor), `forbidden` (one's own request while another supervisor can decide)
 */
export async function decideDiscount(
  desk: Desk,
  agent: Agent,
  id: string,
  decision: DiscountDecision,
): Promise<Discount> {
  const { shopId } = agent;
  const request = await desk.ledger.discounts.find(shopId, id);
  if (!request || request.answerBy === undefined)
    throw new DeskError('not_found', `discount request ${id} is not of this shop`);
  const agents = await desk.ledger.people.agents(shopId);
  if (request.by.id === agent.id && !isAlone(agent, agents)) {
    throw new DeskError('forbidden', 'your own request is decided by another supervisor');
  }
  const approved = decision.decision === 'grant' ? (decision.amount ?? request.amount) : undefined;
  if (approved !== undefined && approved > request.amount) {
    throw new DeskError(
      'bad_request',
      `amount is ${approved}: ${request.amount} yuan were asked, no more can be granted`,
    );
  }
  const { conversationId } = request;
  const price = await readPrice(desk, agent, conversationId, request.orderId);
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  const decided = await desk.ledger.transaction(async (stores) => {
    const row = await lock(stores, shopId, conversationId);
    const current = (await stores.discounts.find(shopId, id))!;
    const state = approved === undefined ? 'refused' : 'granted';
    if (current.state === state && current.decidedBy?.id === agent.id && current.approved === approved) return current;
    if (current.state !== 'asked')
      throw new DeskError('conflict', `discount request ${id} is ${current.state} already`);
    if (approved !== undefined) {
      const all = await stores.discounts.ofConversation(shopId, conversationId);
      const { orders, conversation } = price.context;
      const order = request.orderId
        ? orders.find((one) => one.id === request.orderId)
        : orderOfChat(orders, conversation);
      const own = discountsOf(all, order, nowMs);
      if (!own.some((one) => one.id === id)) {
        throw new DeskError(
          'conflict',
          `discount request ${id} is about an order that is not at hand any more: refuse it`,
        );
      }
      refuseBelowFloor(price, approved, grantedFen(own));
    }
    const validUntil = nowMs + shop.settings.discounts.validMinutes * 60_000;
    const next: Discount = {
      ...current,
      state,
      decidedBy: { id: agent.id, name: agent.name },
      decidedAt: nowMs,
      note: cleanText(decision.note),
      ...(approved === undefined ? {} : { approved, validUntil }),
    };
    await stores.discounts.save(shopId, next, approved === undefined ? null : validUntil);
    await renewDiscounts(stores, shopId, conversationId, nowMs);
    await stores.desk.audit(shopId, agent.id, `discount.${state}`, trailOf(next), nowMs);
    await settleReminder(stores, desk, shop, row, nowMs);
    return next;
  });
  await tellDesk(desk, shopId, conversationId);
  return decided;
}

/**
 * Notes a concession that was made elsewhere, such as a price changed in the trade system.
 *
 * @throws DeskError `not_found`, `forbidden` (above the person's authority), `conflict` (below the floor)
 */
export async function giveDiscount(
  desk: Desk,
  agent: Agent,
  conversationId: string,
  given: { amount: number; reason: string },
): Promise<DiscountView> {
  const { shopId } = agent;
  const price = await readPrice(desk, agent, conversationId);
  const order = orderOfChat(price.context.orders, price.context.conversation);
  const nowMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    await lock(stores, shopId, conversationId);
    const own = discountsOf(await stores.discounts.ofConversation(shopId, conversationId), order, nowMs);
    const before = grantedFen(own);
    refuseBelowFloor(price, given.amount, before);
    const limit = limitFen(price, agent, own, nowMs);
    if (before + toFen(given.amount) > limit) {
      const left = Math.max(0, limit - before) / 100;
      throw new DeskError(
        'forbidden',
        `amount is ${given.amount}: ${left} yuan are left to you on this order, ask a supervisor`,
      );
    }
    const orderId = orderOfDiscount(order)?.id;
    const noted: Discount = {
      id: createId('discount', nowMs),
      conversationId,
      buyerName: price.context.buyer.name,
      ...(orderId === undefined ? {} : { orderId }),
      state: 'given',
      amount: given.amount,
      before: before / 100,
      reason: cleanText(given.reason),
      by: { id: agent.id, name: agent.name },
      at: nowMs,
    };
    await stores.discounts.save(shopId, noted, null);
    const grant = grantInForce(own, nowMs);
    if (grant) await stores.discounts.save(shopId, { ...grant, state: 'used' }, null);
    await renewDiscounts(stores, shopId, conversationId, nowMs);
    await stores.desk.audit(shopId, agent.id, 'discount.given', trailOf(noted), nowMs);
  });
  await tellDesk(desk, shopId, conversationId, agent);
  return await showDiscounts(desk, agent, conversationId);
}

/**
 * Takes back one's own request, or a concession that was none; a supervisor may take back anybody's.
 *
 * @throws DeskError `not_found`, `forbidden`, `conflict` (it has ended already)
 */
export async function takeBackDiscount(desk: Desk, agent: Agent, id: string, reason: string): Promise<void> {
  const { shopId } = agent;
  const known = await desk.ledger.discounts.find(shopId, id);
  if (!known) throw new DeskError('not_found', `discount ${id} is not of this shop`);
  if (known.by.id !== agent.id && agent.role !== 'supervisor') {
    throw new DeskError('forbidden', `this is ${known.by.name}’s: a supervisor can take it back`);
  }
  const { conversationId } = known;
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const row = await lock(stores, shopId, conversationId);
    const current = (await stores.discounts.find(shopId, id))!;
    const state = current.state === 'given' ? 'taken_back' : 'withdrawn';
    if (current.state === state) return;
    if (!['given', 'asked', 'granted'].includes(current.state)) {
      throw new DeskError('conflict', `discount ${id} is ${current.state} already`);
    }
    await stores.discounts.save(shopId, { ...current, state, note: cleanText(reason) }, null);
    await renewDiscounts(stores, shopId, conversationId, nowMs);
    await stores.desk.audit(shopId, agent.id, `discount.${state}`, { ...trailOf(current), note: reason }, nowMs);
    await settleReminder(stores, desk, shop, row, nowMs);
  });
  await tellDesk(desk, shopId, conversationId, agent);
}

/** Ends requests that nobody answered and grants that were not used in time. */
export async function expireDiscounts(desk: Desk, shopId: string): Promise<void> {
  const nowMs = desk.clock.now();
  const ended = await desk.ledger.discounts.ended(shopId, nowMs);
  if (ended.length === 0) return;
  const shop = await desk.shop(shopId);
  for (const { id, conversationId } of ended) {
    await desk.ledger.transaction(async (stores) => {
      const row = await stores.conversations.lock(shopId, conversationId);
      const current = await stores.discounts.find(shopId, id);
      if (!row || (current?.state !== 'asked' && current?.state !== 'granted')) return;
      await stores.discounts.save(shopId, { ...current, state: 'expired' }, null);
      await renewDiscounts(stores, shopId, conversationId, nowMs);
      await settleReminder(stores, desk, shop, row, nowMs);
    });
    await tellDesk(desk, shopId, conversationId);
  }
}

/** What is known of the price a conversation is about. */
interface Price {
  context: TurnContext;
  facts: Facts;
  situation: Situation;
  /** What the buyer asks and nobody has answered, in yuan. */
  requested: number | undefined;
}

/** @param orderId the order asked about; default: the one of the chat */
async function readPrice(desk: Desk, agent: Agent, conversationId: string, orderId?: string): Promise<Price> {
  const { shopId } = agent;
  const [found, view, onDuty, library] = await Promise.all([
    desk.ledger.context({ shopId, conversationId }),
    desk.window.view(shopId),
    desk.presence.onDuty(shopId),
    desk.libraries.of(shopId),
  ]);
  if (!found) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const context = orderId === undefined ? found : aboutOrder(found, orderId, desk.clock.now());
  const asked = context.messages.findLast((message) => message.from === 'buyer');
  const message = asked?.text ?? '';
  const { facts } = buildFacts({ context, view, onDuty, message, nowMs: desk.clock.now(), agent });
  const history = asked ? historyBefore(context, asked.seq, view.shop.tz) : [];
  const analysis = readMessage(library.understanding, message, facts.order, history);
  const situation: Situation = { facts, history, message, analysis, mode: 'A' };
  const { requested: _recorded, ...unasked } = facts.discount ?? {};
  const { convo } = createContext({ ...situation, facts: { ...facts, discount: unasked } });
  return { context, facts, situation, requested: convo.discountRequested ?? earlierWish(context) };
}

function aboutOrder(context: TurnContext, id: string, atMs: number): TurnContext {
  const { conversation } = context;
  const state = { ...conversation.state, namedOrder: { id, atMs } };
  return { ...context, conversation: { ...conversation, state } };
}

/** The sum the buyer named before the last message, while no person has answered it. */
function earlierWish({ messages }: TurnContext): number | undefined {
  const answered = messages.findLast(({ from }) => from === 'agent')?.seq ?? 0;
  const open = messages.filter(({ from, seq }) => from === 'buyer' && seq > answered);
  return open.reduce<number | undefined>((wish, { text }) => requestedYuan(text) ?? wish, undefined);
}

/** What the sum of concessions may come to, in fen. */
function limitFen({ facts }: Price, agent: Agent, own: readonly Discount[], nowMs: number): number {
  if (agent.role === 'supervisor') return Number.POSITIVE_INFINITY;
  const grant = grantInForce(own, nowMs);
  return Math.max(toFen(facts.shop.authorityYuan ?? AUTHORITY_YUAN), grant ? coveredFen(grant) : 0);
}

/** The margin rule is nobody's to break: `before` in fen and the amount together. @see architecture, invariant 8 */
function refuseBelowFloor({ facts, situation }: Price, amount: number, before: number): void {
  const discount = { ...facts.discount, granted: before / 100, requested: amount };
  const outcome = evaluateGuard('abovePriceFloor', createContext({ ...situation, facts: { ...facts, discount } }));
  if (outcome.holds) return;
  const why = `${outcome.fact ?? 'product.priceFloor'}: ${outcome.detail}`;
  throw new DeskError('conflict', `amount is ${amount}: the price floor does not allow it (${why})`);
}

async function lock(stores: Stores, shopId: string, conversationId: string) {
  const row = await stores.conversations.lock(shopId, conversationId);
  if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  return row;
}

function trailOf({ id, conversationId, orderId, amount, before, approved, reason, note }: Discount) {
  return { discountId: id, conversationId, orderId, amount, before, approved, reason, note };
}

/** Consoles read the lists again, and what is proposed follows what may be given. */
async function tellDesk(desk: Desk, shopId: string, conversationId: string, agent?: Agent): Promise<void> {
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['discounts', 'followUps', 'tasks', 'counters'] });
  const [context, live] = await Promise.all([
    desk.ledger.context({ shopId, conversationId }),
    desk.ledger.suggestions.live(shopId, conversationId),
  ]);
  if (context && live) await suggestAgain(desk, context, live, agent);
}
