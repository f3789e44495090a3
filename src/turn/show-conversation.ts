/** Everything the console shows of one conversation. */
import { followOrder } from '../conversations/follow-flow.ts';
import { DeskError } from '../lib/errors.ts';
import type { Order } from '../orders/ports.ts';
import { PinnedTypeSchema } from '../protocol/ids.ts';
import type { ConversationDetail, OrderView } from '../protocol/records.ts';
import type { Profile } from '../protocol/turn.ts';
import { orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import type { TurnContext } from './ports.ts';
import { showFollowUps } from './show-follow-ups.ts';

const MESSAGES = 200;
const UNKNOWN: Profile = { types: {}, top: 'unknown', segments: [], evidence: [] };

/** Reads a conversation with its buyer, orders and follow-ups. @throws DeskError `not_found` */
export async function showConversation(desk: Desk, shopId: string, id: string): Promise<ConversationDetail> {
  const context = await desk.ledger.context({ shopId, conversationId: id });
  const [conversation] = await desk.ledger.conversations.summaries(shopId, { ids: [id], limit: 1 });
  if (!context || !conversation) throw new DeskError('not_found', `conversation ${id} is not of this shop`);
  const { buyer, orders } = context;
  const messages = await desk.ledger.conversations.lastMessages(shopId, id, MESSAGES);
  const [analyses, suggestions, followUps, corrections] = await Promise.all([
    desk.ledger.conversations.analyses(shopId, id, messages[0]?.seq ?? 0),
    desk.ledger.suggestions.live(shopId, id),
    showFollowUps(desk, shopId, buyer.id),
    desk.ledger.teaching.correctionsOf(shopId, id),
  ]);
  const { isReturning, tier, region } = buyer.facts;
  const { tiers } = (await desk.shop(shopId)).settings.shop;
  return {
    conversation,
    messages,
    analyses: Object.fromEntries(analyses),
    ...(suggestions ? { suggestions } : {}),
    buyer: {
      id: buyer.id,
      name: buyer.name,
      ...(typeof isReturning === 'boolean' ? { isReturning } : {}),
      ...(typeof tier === 'string' && tier !== 'none' ? { tier: tiers?.[tier]?.title ?? tier } : {}),
      ...(typeof region === 'string' ? { region } : {}),
      tags: context.conversation.state.tags ?? [],
      profile: context.conversation.state.profile ?? UNKNOWN,
      ...readPinned(buyer.pinnedType),
      ...(buyer.optedOut === 'none' ? {} : { optedOut: buyer.optedOut }),
    },
    orders: orders.map(showOrder),
    followUps,
    corrections: corrections.map(({ seq, intents, agentId, at }) => ({ seq, intents, agentId, at })),
    ...showFlow(context),
  };
}

function readPinned(type: string | null | undefined): Pick<ConversationDetail['buyer'], 'pinnedType'> {
  const pinned = PinnedTypeSchema.safeParse(type);
  return pinned.success ? { pinnedType: pinned.data } : {};
}

/** The step after what the trade system told since the last message. */
function showFlow({ conversation, orders }: TurnContext): Pick<ConversationDetail, 'flow'> {
  const kept = conversation.state.flow;
  if (!kept) return {};
  const order = orderOfChat(orders, conversation);
  const { step, aside, farewell } = followOrder(kept, order && { id: order.id, state: order.state }, kept.caseOpen);
  if (step === 'idle') return {};
  return { flow: { step, ...(aside ? { aside } : {}), ...(farewell ? { farewell } : {}) } };
}

/** An order as the side panel shows it. */
export function showOrder(order: Order): OrderView {
  return {
    id: order.id,
    state: order.state,
    amount: order.amountFen / 100,
    items: order.facts.items ?? [],
    placedAt: order.placedAt,
    ...(order.paidAt === null ? {} : { paidAt: order.paidAt }),
    ...(order.autoCloseAt === null ? {} : { autoCloseAt: order.autoCloseAt }),
  };
}
