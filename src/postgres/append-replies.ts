/** The desk's side of the talk: replies, each with its number, its key and its outbox row. */
import { type Kysely, sql } from 'kysely';
import type { AppendedMessage, AutomaticMessage, OutgoingMessage } from '../conversations/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { noteAutomaticReplies } from './clock-store.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';

const REPLY = `ord int, shop_id text, conversation_id text, scope text, key text, message_id text, sender text, text text,
  sent_ms bigint, agent_id text, script_id text, script_version int, suggestion_id text, outbox_id text, state jsonb`;

/** Records replies of the desk itself to different conversations; see `ConversationStore.appendAutomatic`. */
export async function appendAutomatic(
  db: Kysely<Database>,
  messages: readonly AutomaticMessage[],
): Promise<AppendedMessage[]> {
  if (messages.length === 0) return [];
  const known = await findReplies(db, messages);
  const fresh = messages.filter((message) => !known.has(replyKey(message)));
  const seqs = await insertReplies(db, fresh);
  await noteAutomaticReplies(db, fresh);
  const placed = new Map(fresh.map((message, i) => [message, seqs[i]!]));
  return messages.map((message) => {
    const seq = placed.get(message);
    if (seq === undefined) return known.get(replyKey(message))!;
    return { messageId: message.messageId, seq, duplicate: false, withdrawn: [] };
  });
}

/** Gives each message its conversation's next seq and writes it, its key and its outbox row; gives the numbers. */
export async function insertReplies(
  db: Kysely<Database>,
  messages: readonly (OutgoingMessage | AutomaticMessage)[],
): Promise<number[]> {
  if (messages.length === 0) return [];
  const input = messages.map((message, ord) => ({
    ord,
    shop_id: message.shopId,
    conversation_id: message.conversationId,
    scope: message.scope,
    key: message.key,
    message_id: message.messageId,
    sender: message.from,
    text: message.text,
    sent_ms: message.sentAt,
    agent_id: 'agentId' in message ? message.agentId : undefined,
    script_id: message.script?.id,
    script_version: message.script?.version,
    suggestion_id: message.suggestionId,
    outbox_id: 'recordedOnly' in message && message.recordedOnly ? undefined : createId('outbox', message.sentAt),
    state: 'state' in message ? message.state : undefined,
  }));
  const bumped = await sql<{ ord: number; last_seq: number }>`
    with input as (select * from ${rowsOf(input, REPLY)} r), bumped as (
      update conversations c set
        last_seq = c.last_seq + 1,
        spoken_seq = case when i.sender = 'agent' then c.last_seq + 1 else c.spoken_seq end,
        last_agent_ms = case when i.sender = 'agent' then i.sent_ms else c.last_agent_ms end,
        waiting_since_ms = case when i.sender = 'agent' then null else c.waiting_since_ms end,
        unread = case when i.sender = 'agent' then 0 else c.unread end,
        assigned_agent_id = coalesce(i.agent_id, c.assigned_agent_id),
        state = coalesce(i.state, c.state),
        changed_ms = i.sent_ms
      from input i where c.shop_id = i.shop_id and c.id = i.conversation_id
      returning i.*, c.last_seq, c.channel
    ), keyed as (
      insert into message_keys (shop_id, scope, key, conversation_id, seq, message_id)
      select shop_id, scope, key, conversation_id, last_seq, message_id from bumped
    ), said as (
      insert into messages (shop_id, conversation_id, seq, id, sender, text, sent_ms, agent_id, script_id, script_version, suggestion_id)
      select shop_id, conversation_id, last_seq, message_id, sender, text, sent_ms, agent_id, script_id, script_version,
        suggestion_id from bumped
    ), posted as (
      insert into outbox (shop_id, id, conversation_id, seq, channel, idempotency_key, state, next_ms, created_ms)
      select shop_id, outbox_id, conversation_id, last_seq, channel, message_id, 'pending', sent_ms, sent_ms from bumped
      where outbox_id is not null
    )
    select ord, last_seq from bumped`.execute(db);
  const seqs = new Map(bumped.rows.map((row) => [row.ord, row.last_seq]));
  return messages.map(({ shopId, conversationId }, ord) => {
    const seq = seqs.get(ord);
    if (seq === undefined) {
      throw new DeskError('not_found', `conversation ${conversationId} of shop ${shopId} is not there`);
    }
    return seq;
  });
}

/** Names a reply: recorded once. */
export interface ReplyKey {
  shopId: string;
  scope: string;
  key: string;
}

/** The same as one string. */
export const replyKey = ({ shopId, scope, key }: ReplyKey) => `${shopId}\n${scope}\n${key}`;

/** Where replies were recorded, by `replyKey`. */
export async function findReplies(
  db: Kysely<Database>,
  keys: readonly ReplyKey[],
): Promise<Map<string, AppendedMessage>> {
  const input = keys.map(({ shopId, scope, key }) => ({ shop_id: shopId, scope, key }));
  const found = await sql<{ shop_id: string; scope: string; key: string; seq: number; message_id: string }>`
    select k.shop_id, k.scope, k.key, k.seq, k.message_id from ${rowsOf(input, 'shop_id text, scope text, key text')} i
    join message_keys k on k.shop_id = i.shop_id and k.scope = i.scope and k.key = i.key`.execute(db);
  return new Map(
    found.rows.map(({ shop_id: shopId, scope, key, seq, message_id: messageId }) => [
      replyKey({ shopId, scope, key }),
      { messageId, seq, duplicate: true, withdrawn: [] },
    ]),
  );
}
