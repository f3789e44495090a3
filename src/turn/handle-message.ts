/** A buyer's message: recorded, acknowledged, then understood and answered. */

import type { AppendedMessage } from '../conversations/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { mayRefuse, readRefusal } from '../nlu/read-refusal.ts';
import type { Message } from '../protocol/records.ts';
import { announceVoided } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { readRefusalIn } from './read-wishes.ts';
import { stopMarketing } from './stop-marketing.ts';

/** A message as a channel hands it over. */
export interface ChannelMessage {
  shopId: string;
  conversationId: string;
  buyerId: string;
  channel: string;
  /** The platform's or client's id of the message. */
  key: string;
  text: string;
}

/** A buyer's message that waits to be understood. */
export interface PendingTurn {
  shopId: string;
  conversationId: string;
  buyerId: string;
  seq: number;
}

/**
 * Records a message once and tells everybody. The promise resolves after the commit: only then may it be
 * acknowledged. Understanding and suggestions follow through `understand`.
 *
 * @throws DeskError `bad_request` for a text that holds nothing
 */
export async function handleMessage(
  desk: Desk,
  incoming: ChannelMessage,
  understand: (turn: PendingTurn) => void,
): Promise<AppendedMessage> {
  const text = cleanText(incoming.text);
  if (text === '')
    throw new DeskError('bad_request', 'data.text is empty: it must hold at least one visible character');
  const sentAt = desk.clock.now();
  const appended = await desk.ledger.conversations.appendBuyerMessage({
    shopId: incoming.shopId,
    conversationId: incoming.conversationId,
    channel: incoming.channel,
    key: incoming.key,
    messageId: createId('message', sentAt),
    text,
    sentAt,
  });
  if (appended.duplicate) return appended;
  const message: Message = {
    id: appended.messageId,
    conversationId: incoming.conversationId,
    seq: appended.seq,
    from: 'buyer',
    text,
    sentAt,
  };
  desk.bus.publish({ type: 'message.appended', shopId: incoming.shopId, buyerId: incoming.buyerId, message });
  announceVoided(desk, incoming, appended, 'newer_message');
  for (const suggestionId of appended.withdrawn) {
    desk.bus.publish({
      type: 'suggestions.withdrawn',
      shopId: incoming.shopId,
      conversationId: incoming.conversationId,
      suggestionId,
      reason: 'newer_message',
    });
  }
  await obeyRefusal(desk, incoming, message);
  understand({
    shopId: incoming.shopId,
    conversationId: incoming.conversationId,
    buyerId: incoming.buyerId,
    seq: appended.seq,
  });
  return appended;
}

/**
 * A refusal counts from the moment it is recorded, whoever is there and however many messages wait to be understood.
 * Where that fails, the understanding of the message does it again.
 */
async function obeyRefusal(desk: Desk, incoming: ChannelMessage, message: Message): Promise<void> {
  if (!mayRefuse(message.text)) return;
  try {
    const { shopId, conversationId, buyerId } = incoming;
    const context = await desk.ledger.context({ shopId, conversationId });
    const scope = context ? readRefusalIn(context, message) : readRefusal(message.text);
    if (scope) await stopMarketing(desk, { shopId, buyerId, scope, atMs: message.sentAt });
  } catch (error) {
    desk.log.warn({ err: error }, 'a refusal was not kept; it is tried again when the message is understood');
  }
}
