/** What a reply takes off the price is written down in its own commit. @see KPI-26, POL-01 */
import type { Agent } from '../desk/ports.ts';
import { readConcessionFen } from '../gate/rules/price.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Discount } from '../protocol/discounts.ts';
import type { GateContext } from '../protocol/turn.ts';
import { orderOfChat } from './build-facts.ts';
import { coveredFen, discountFacts, discountsOf, grantedFen, grantInForce, orderOfDiscount } from './discount-facts.ts';
import type { Gate, Stores, TurnContext } from './ports.ts';

/** A reply on its way into the record. */
export interface ReplyWithPrice {
  context: TurnContext;
  agent: Agent;
  text: string;
  gate: Gate;
  gateContext: GateContext;
  /** A supervisor has approved exactly this text. */
  isApproved: boolean;
  scriptId: string | undefined;
  /** What the proposal behind the reply grants, in fen: said so even where the wording could be a campaign's. */
  offeredFen?: number | undefined;
  seq: number;
  nowMs: number;
}

/**
 * Writes down the concession of a reply; a text without one changes nothing. Call it under the lock of the conversation:
 * what a colleague gave meanwhile counts. @returns whether one was written down
 *
 * @throws DeskError `gate_blocked` when both together are more than the authority allows
 */
export async function noteConcession(stores: Stores, reply: ReplyWithPrice): Promise<boolean> {
  const { context, agent, text, gate, gateContext, nowMs } = reply;
  const { shopId, id: conversationId } = context.conversation;
  const fen = Math.max(readConcessionFen(text, gateContext) ?? 0, reply.offeredFen ?? 0);
  if (fen <= 0) return false;
  const order = orderOfChat(context.orders, context.conversation);
  const all = await stores.discounts.ofConversation(shopId, conversationId);
  const own = discountsOf(all, order, nowMs);
  const before = grantedFen(own);
  if (before !== Math.round((gateContext.discount?.granted ?? 0) * 100) && !reply.isApproved) {
    const discount = { ...gateContext.discount, ...discountFacts(own, nowMs, (ms) => new Date(ms).toISOString()) };
    const verdict = gate.judge(text, { ...gateContext, discount });
    if (verdict.decision === 'block') {
      throw new DeskError('gate_blocked', 'a colleague has given a discount on this order meanwhile', verdict);
    }
  }
  const grant = grantInForce(own, nowMs);
  const covered = grant && coveredFen(grant);
  // A granted sum is often named as a whole, with what was given before in it.
  const amountFen = covered !== undefined && before + fen > covered && !reply.isApproved ? covered - before : fen;
  if (amountFen <= 0) return false;
  const orderId = orderOfDiscount(order)?.id;
  const given: Discount = {
    id: createId('discount', nowMs),
    conversationId,
    buyerName: context.buyer.name,
    ...(orderId === undefined ? {} : { orderId }),
    state: 'given',
    amount: amountFen / 100,
    before: before / 100,
    reason: reply.scriptId ?? '',
    by: { id: agent.id, name: agent.name },
    at: nowMs,
    seq: reply.seq,
  };
  await stores.discounts.save(shopId, given, null);
  if (grant) await stores.discounts.save(shopId, { ...grant, state: 'used' }, null);
  const said = { discountId: given.id, conversationId, orderId, amount: given.amount, before: given.before };
  await stores.desk.audit(shopId, agent.id, 'discount.given', { ...said, by: grant?.id, seq: reply.seq }, nowMs);
  await renewDiscounts(stores, shopId, conversationId, nowMs);
  return true;
}

/** Puts what the record holds of a conversation's discounts beside the conversation, where every turn reads it. */
export async function renewDiscounts(
  stores: Stores,
  shopId: string,
  conversationId: string,
  nowMs: number,
): Promise<void> {
  const row = await stores.conversations.find(shopId, conversationId);
  if (!row) return;
  const all = await stores.discounts.ofConversation(shopId, conversationId);
  const given = all.filter(({ state }) => state === 'given');
  const kept = new Set([...given.slice(-MOST_KEPT), ...all.slice(-MOST_KEPT)]);
  const discounts = all.filter((discount) => kept.has(discount));
  await stores.conversations.update(shopId, conversationId, { state: { ...row.state, discounts } }, nowMs);
}

/** More of a kind than one order ever sees. */
const MOST_KEPT = 30;
