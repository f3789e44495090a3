/** Conversations and messages on Postgres or PGlite. */
import { type Kysely, sql, type Transaction } from 'kysely';
import type {
  AnalysedTurn,
  AppendedMessage,
  ConversationChanges,
  ConversationRow,
  ConversationState,
  ConversationStore,
  IncomingMessage,
  OutgoingMessage,
} from '../conversations/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { groupCalls } from '../lib/group-calls.ts';
import type { OrderState } from '../protocol/ids.ts';
import type { PendingSend } from '../protocol/modes.ts';
import type { ConversationSummary, SuggestionSet } from '../protocol/records.ts';
import type { Analysis } from '../protocol/turn.ts';
import { appendBuyerMessages } from './append-buyer-messages.ts';
import { appendAutomatic, findReplies, insertReplies, replyKey } from './append-replies.ts';
import { endPending } from './automatic-store.ts';
import { noteAutomaticReplies, stopReplyClocks } from './clock-store.ts';
import { readMessage, selectMessages } from './read-message.ts';
import { retryLostRace } from './retry-lost-race.ts';
import { rowsOf } from './rows-of.ts';
import { saveTurns } from './save-turns.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

const MAX_BATCH = 200;

/** Creates the store over a connection or inside a transaction (where nothing is grouped). */
export function createConversationStore(
  db: Kysely<Database> | Transaction<Database>,
  options: { lanes: number },
): ConversationStore {
  const grouped = !db.isTransaction;
  const append = grouped
    ? groupCalls<IncomingMessage, AppendedMessage>(
        (batch) => retryLostRace(() => appendBuyerMessages(db, batch)),
        MAX_BATCH,
        options.lanes,
      )
    : async (message: IncomingMessage) => {
        const [appended] = await appendBuyerMessages(db, [message]);
        if (appended instanceof Error) throw appended;
        return appended!;
      };
  const open = grouped
    ? groupCalls<OpenedConversation, ConversationRow>((batch) => openConversations(db, batch), MAX_BATCH, options.lanes)
    : async (wanted: OpenedConversation) => (await openConversations(db, [wanted]))[0]!;
  const save = grouped
    ? groupCalls<AnalysedTurn, SuggestionSet['state']>(
        (batch) => retryLostRace(() => saveTurns(db, batch)),
        MAX_BATCH,
        options.lanes,
      )
    : async (turn: AnalysedTurn) => (await saveTurns(db, [turn]))[0]!;
  return {
    open: (shopId, buyerId, channel, id, at) => open({ shopId, buyerId, channel, id, at }),
    appendBuyerMessage: append,
    appendReply: (message) => appendReply(db, message),
    appendAutomatic: (messages) => appendAutomatic(db, messages),
    findReply: async (shopId, scope, key) => [...(await findReplies(db, [{ shopId, scope, key }])).values()][0],
    saveTurn: save,
    lock: async (shopId, id) => {
      const found = await sql<RawConversation>`
        select * from conversations where shop_id = ${shopId} and id = ${id} for update`.execute(db);
      return found.rows[0] && readConversation(found.rows[0]);
    },
    lockFree: async (shopId, ids) => {
      const keys = ids.map((id) => ({ id }));
      const found = await sql<RawConversation>`
        select c.* from ${rowsOf(keys, 'id text')} i
        join conversations c on c.shop_id = ${shopId} and c.id = i.id
        join follow_up_books b on b.shop_id = c.shop_id and b.buyer_id = c.buyer_id
        for update of c, b skip locked`.execute(db);
      return found.rows.map(readConversation);
    },
    find: async (shopId, id) => {
      const found = await sql<RawConversation>`
        select * from conversations where shop_id = ${shopId} and id = ${id}`.execute(db);
      return found.rows[0] && readConversation(found.rows[0]);
    },
    update: (shopId, id, changes, at) => updateConversation(db, shopId, id, changes, at),
    messages: async (shopId, id, afterSeq, limit) =>
      (
        await selectMessages(db, shopId)
          .where('conversation_id', '=', id)
          .where('seq', '>', afterSeq)
          .orderBy('seq')
          .limit(limit)
          .execute()
      ).map(readMessage),
    lastMessages: async (shopId, id, limit) =>
      (await selectMessages(db, shopId).where('conversation_id', '=', id).orderBy('seq', 'desc').limit(limit).execute())
        .map(readMessage)
        .reverse(),
    summaries: (shopId, filter) => selectSummaries(db, shopId, filter),
    changedSince: async (shopId, sinceMs) =>
      (
        await sql<{ id: string; last_seq: number; changed_ms: number }>`
          select id, last_seq, changed_ms from conversations where shop_id = ${shopId} and changed_ms >= ${sinceMs}
          order by changed_ms limit 1000`.execute(db)
      ).rows.map((row) => ({ id: row.id, lastSeq: row.last_seq, changedAt: row.changed_ms })),
    unanalysed: async (shopId, recordedBefore, limit) =>
      (
        await sql<{ id: string; last_seq: number }>`
          select id, last_seq from conversations
          where shop_id = ${shopId} and analysed_seq < last_seq and last_buyer_ms < ${recordedBefore}
            and status = 'open' and exists (
              select 1 from messages m where m.shop_id = conversations.shop_id
                and m.conversation_id = conversations.id and m.seq > analysed_seq and m.sender = 'buyer')
          order by last_buyer_ms limit ${limit}`.execute(db)
      ).rows.map((row) => ({ conversationId: row.id, lastSeq: row.last_seq })),
    analyses: async (shopId, id, fromSeq) => {
      const rows = await db
        .selectFrom('analyses')
        .select(['seq', 'data'])
        .where('shop_id', '=', shopId)
        .where('conversation_id', '=', id)
        .where('seq', '>=', fromSeq)
        .execute();
      return new Map(rows.map((row) => [row.seq, row.data as Analysis]));
    },
  };
}

interface OpenedConversation {
  shopId: string;
  buyerId: string;
  channel: string;
  /** Its id if there is none yet. */
  id: string;
  at: number;
}

async function openConversations(
  db: Kysely<Database>,
  batch: readonly OpenedConversation[],
): Promise<ConversationRow[]> {
  const keyOf = (one: { shopId: string; buyerId: string; channel: string }) =>
    `${one.shopId}\n${one.buyerId}\n${one.channel}`;
  const find = async (wanted: readonly OpenedConversation[]) => {
    const keys = wanted.map(({ shopId, buyerId, channel }) => ({ shop_id: shopId, buyer_id: buyerId, channel }));
    const found = await sql<RawConversation>`
      select c.* from ${rowsOf(keys, 'shop_id text, buyer_id text, channel text')} i
      join conversations c on c.shop_id = i.shop_id and c.buyer_id = i.buyer_id and c.channel = i.channel`.execute(db);
    return found.rows.map(readConversation).map((row) => [keyOf(row), row] as const);
  };
  // Looked for first: an insert beside a row that somebody is changing would wait for them.
  const known = new Map(await find(batch));
  const missing = batch.filter((one) => !known.has(keyOf(one)));
  for (const { shopId, buyerId, channel, id, at } of missing) {
    await sql`
      insert into conversations (shop_id, id, buyer_id, channel, status, state, changed_ms, created_ms)
      values (${shopId}, ${id}, ${buyerId}, ${channel}, 'open', '{}', ${at}, ${at})
      on conflict (shop_id, buyer_id, channel) do nothing`.execute(db);
  }
  if (missing.length > 0) for (const [key, row] of await find(missing)) known.set(key, row);
  return batch.map((one) => known.get(keyOf(one))!);
}

async function appendReply(db: Kysely<Database>, message: OutgoingMessage): Promise<AppendedMessage> {
  const known = (await findReplies(db, [message])).get(replyKey(message));
  if (known) return known;
  if (message.claimSuggestion !== undefined) await claimSuggestion(db, message, message.claimSuggestion);
  const human = message.from === 'agent';
  const seq = (await insertReplies(db, [message]))[0]!;
  if (human) await voidAutomatic(db, message.shopId, message.conversationId, message.sentAt);
  if (human) await stopReplyClocks(db, message.shopId, message.conversationId, message.sentAt, 'reply');
  else await noteAutomaticReplies(db, [message]);
  const { shopId, conversationId, sentAt } = message;
  const voided = human ? await endPending(db, shopId, { conversationId }, 'answered', sentAt) : [];
  const withdrawn = human
    ? await withdrawLive(db, message.shopId, message.conversationId, 'answered', message.sentAt)
    : [];
  if (human && !message.recordedOnly) {
    await sql`
      update owed_answers set answered_ms = ${message.sentAt}
      where shop_id = ${message.shopId} and conversation_id = ${message.conversationId} and answered_ms is null`.execute(
      db,
    );
  }
  return {
    messageId: message.messageId,
    seq,
    duplicate: false,
    withdrawn,
    ...(voided.length > 0 ? { voided: voided.map((send) => send.id) } : {}),
  };
}

async function claimSuggestion(db: Kysely<Database>, message: OutgoingMessage, id: string): Promise<void> {
  const taken = await sql`
    update suggestions set state = 'settled', settled_ms = ${message.sentAt}
    where shop_id = ${message.shopId} and id = ${id} and conversation_id = ${message.conversationId} and ${isLive}
    returning id`.execute(db);
  if (taken.rows.length === 1) return;
  const found = await sql<{ state: string; reason: string | null }>`
    select state, reason from suggestions where shop_id = ${message.shopId} and id = ${id}`.execute(db);
  const state = found.rows[0]?.state;
  if (state === 'settled') throw new DeskError('suggestion_settled', `suggestion ${id} was taken already`);
  const reason = state === 'live' ? 'newer_message' : (found.rows[0]?.reason ?? 'unknown');
  throw new DeskError('suggestion_stale', `suggestion ${id} was withdrawn: ${reason}`);
}

/**
 * A set is live while it stands so and no newer message of the buyer is there: a message whose statement began
 * before the set was committed could not see it to withdraw it.
 */
export const isLive = sql<boolean>`(suggestions.state = 'live' and not exists (
  select 1 from messages newer
  where newer.shop_id = suggestions.shop_id and newer.conversation_id = suggestions.conversation_id
    and newer.seq > suggestions.seq and newer.sender = 'buyer'))`;

/** Withdraws every live suggestion of a conversation and returns their ids. */
export async function withdrawLive(
  db: Kysely<Database>,
  shopId: string,
  conversationId: string,
  reason: string,
  at: number,
): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    update suggestions set state = 'withdrawn', reason = ${reason}, settled_ms = ${at}
    where shop_id = ${shopId} and conversation_id = ${conversationId} and state = 'live' returning id`.execute(db);
  return rows.rows.map((row) => row.id);
}

/** A person is here: what a machine said and no sender has taken yet does not leave. @see architecture, invariant 5 */
async function voidAutomatic(db: Kysely<Database>, shopId: string, conversationId: string, at: number): Promise<void> {
  await sql`
    update outbox o set state = 'voided', error = 'a person took the conversation', next_ms = ${at}
    from messages m
    where o.shop_id = ${shopId} and o.conversation_id = ${conversationId} and o.state = 'pending'
      and m.shop_id = o.shop_id and m.conversation_id = o.conversation_id and m.seq = o.seq and m.sender = 'auto'`.execute(
    db,
  );
}

async function updateConversation(
  db: Kysely<Database>,
  shopId: string,
  id: string,
  changes: ConversationChanges,
  at: number,
): Promise<void> {
  const columns: Record<string, unknown> = { changed_ms: at };
  if (changes.status !== undefined) columns['status'] = changes.status;
  if (changes.unread !== undefined) columns['unread'] = changes.unread;
  if (changes.waitingSince !== undefined) columns['waiting_since_ms'] = changes.waitingSince;
  if (changes.takenOverAt !== undefined) columns['taken_over_ms'] = changes.takenOverAt;
  if (changes.awayAckAt !== undefined) columns['away_ack_ms'] = changes.awayAckAt;
  if (changes.assignedAgentId !== undefined) columns['assigned_agent_id'] = changes.assignedAgentId;
  if (changes.state !== undefined) columns['state'] = toJsonb(changes.state);
  await db.updateTable('conversations').set(columns).where('shop_id', '=', shopId).where('id', '=', id).execute();
  if (typeof changes.takenOverAt === 'number') await voidAutomatic(db, shopId, id, at);
  if (changes.status === 'resolved') await stopReplyClocks(db, shopId, id, at, 'resolved');
}

async function selectSummaries(
  db: Kysely<Database>,
  shopId: string,
  filter: { status?: 'open' | 'resolved'; ids?: string[]; limit: number },
): Promise<ConversationSummary[]> {
  const rows = await sql<
    RawConversation & {
      buyer_name: string;
      order_state: OrderState | null;
      last: RawLast | null;
      automatic: PendingSend | null;
    }
  >`
    select c.*, b.name as buyer_name, (
      select o.state from orders o
      where o.shop_id = c.shop_id and o.buyer_id = c.buyer_id and o.state not in ('completed', 'closed')
      order by o.placed_ms desc limit 1) as order_state, (
      select to_jsonb(m) from messages m
      where m.shop_id = c.shop_id and m.conversation_id = c.id and m.seq = c.last_seq) as last, (
      select jsonb_build_object('id', a.id, 'suggestionId', a.suggestion_id, 'position', a.position, 'text', a.text,
        'dueAt', a.due_ms)
      from automatic_sends a
      where a.shop_id = c.shop_id and a.conversation_id = c.id and a.state = 'pending' and a.text <> '') as automatic
    from conversations c join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id
    where c.shop_id = ${shopId} and (c.last_seq > 0 or ${filter.ids !== undefined})
      and (${filter.status ?? null}::text is null or c.status = ${filter.status ?? null})
      and (${filter.ids === undefined} or c.id = any(${filter.ids ?? []}))
    order by c.waiting_since_ms nulls last, c.changed_ms desc limit ${filter.limit}`.execute(db);
  return rows.rows.map((row) => ({
    id: row.id,
    buyerId: row.buyer_id,
    buyerName: row.buyer_name,
    channel: row.channel,
    status: row.status,
    lastSeq: row.last_seq,
    unread: row.unread,
    ...(row.waiting_since_ms === null ? {} : { waitingSince: row.waiting_since_ms }),
    ...(row.taken_over_ms === null ? {} : { takenOverAt: row.taken_over_ms }),
    ...(row.assigned_agent_id === null ? {} : { assignedAgentId: row.assigned_agent_id }),
    changedAt: row.changed_ms,
    ...(row.order_state === null ? {} : { order: row.order_state }),
    ...(row.automatic ? { automatic: row.automatic } : {}),
    ...(row.last ? { lastMessage: readMessage(row.last) } : {}),
  }));
}

type RawLast = Parameters<typeof readMessage>[0];

/** A row of `conversations`. */
export interface RawConversation {
  shop_id: string;
  id: string;
  buyer_id: string;
  channel: string;
  status: 'open' | 'resolved';
  last_seq: number;
  analysed_seq: number;
  last_buyer_ms: number | null;
  last_agent_ms: number | null;
  waiting_since_ms: number | null;
  unread: number;
  assigned_agent_id: string | null;
  taken_over_ms: number | null;
  away_ack_ms: number | null;
  state: ConversationState;
  changed_ms: number;
}

/** Reads a row. */
export function readConversation(row: RawConversation): ConversationRow {
  return {
    shopId: row.shop_id,
    id: row.id,
    buyerId: row.buyer_id,
    channel: row.channel,
    status: row.status,
    lastSeq: row.last_seq,
    analysedSeq: row.analysed_seq,
    lastBuyerAt: row.last_buyer_ms,
    lastAgentAt: row.last_agent_ms,
    waitingSince: row.waiting_since_ms,
    takenOverAt: row.taken_over_ms,
    awayAckAt: row.away_ack_ms,
    assignedAgentId: row.assigned_agent_id,
    state: row.state,
  };
}
