/** The hot path: many buyers' messages in one statement and one commit. */
import { type Kysely, sql } from 'kysely';
import type { AppendedMessage, IncomingMessage } from '../conversations/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/**
 * Records a batch of buyers' messages: each of them once by (shop, channel, key), with the next `seq` of its
 * conversation, and withdraws the suggestions and voids the automatic sends they make stale. Conversations are locked in the order of their
 * ids, so that two nodes cannot wait for each other. A message that was there before is answered with its old
 * place, one to a conversation that is not there with an error.
 */
export async function appendBuyerMessages(
  db: Kysely<Database>,
  batch: IncomingMessage[],
): Promise<(AppendedMessage | DeskError)[]> {
  const unique = firstOfEachKey(batch);
  const input = unique.map((m, ord) => ({
    ord,
    shop_id: m.shopId,
    conversation_id: m.conversationId,
    channel: m.channel,
    key: m.key,
    message_id: m.messageId,
    text: m.text,
    sent_ms: m.sentAt,
  }));
  const result = await sql<{
    ord: number;
    message_id: string;
    seq: number;
    withdrawn: string[] | null;
    voided: string[] | null;
  }>`
    with input as (
      select * from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(
        ord int, shop_id text, conversation_id text, channel text, key text, message_id text, text text, sent_ms bigint)
    ), locked as materialized (
      select c.shop_id, c.id, c.last_seq from conversations c
      where (c.shop_id, c.id) in (select shop_id, conversation_id from input)
      order by c.shop_id, c.id for update
    ), placed as (
      select i.*, l.last_seq + row_number() over (partition by i.shop_id, i.conversation_id order by i.ord) as seq
      from input i join locked l on l.shop_id = i.shop_id and l.id = i.conversation_id
      where not exists (select 1 from message_keys k where k.shop_id = i.shop_id and k.scope = i.channel and k.key = i.key)
    ), keyed as (
      insert into message_keys (shop_id, scope, key, conversation_id, seq, message_id)
      select shop_id, channel, key, conversation_id, seq, message_id from placed
    ), bumped as (
      update conversations c set
        last_seq = p.last_seq, spoken_seq = p.last_seq, last_buyer_ms = p.sent_ms, status = 'open',
        waiting_since_ms = coalesce(c.waiting_since_ms, p.first_ms), unread = c.unread + p.n, changed_ms = p.sent_ms
      from (
        select shop_id, conversation_id, max(seq) as last_seq, max(sent_ms) as sent_ms, min(sent_ms) as first_ms, count(*) as n
        from placed group by shop_id, conversation_id) p
      where c.shop_id = p.shop_id and c.id = p.conversation_id
    ), withdrawn as (
      update suggestions s set state = 'withdrawn', reason = 'newer_message', settled_ms = p.sent_ms
      from (select shop_id, conversation_id, max(sent_ms) as sent_ms from placed group by shop_id, conversation_id) p
      where s.shop_id = p.shop_id and s.conversation_id = p.conversation_id and s.state = 'live'
      returning s.shop_id, s.conversation_id, s.id
    ), voided as (
      update automatic_sends a set state = 'voided', reason = 'newer_message', ended_ms = p.sent_ms
      from (select shop_id, conversation_id, max(sent_ms) as sent_ms from placed group by shop_id, conversation_id) p
      where a.shop_id = p.shop_id and a.conversation_id = p.conversation_id and a.state = 'pending'
      returning a.shop_id, a.conversation_id, a.id
    ), appended as (
      insert into messages (shop_id, conversation_id, seq, id, sender, text, sent_ms)
      select shop_id, conversation_id, seq, message_id, 'buyer', text, sent_ms from placed
    )
    select p.ord, p.message_id, p.seq,
      (select jsonb_agg(w.id) from withdrawn w where w.shop_id = p.shop_id and w.conversation_id = p.conversation_id) as withdrawn,
      (select jsonb_agg(v.id) from voided v where v.shop_id = p.shop_id and v.conversation_id = p.conversation_id) as voided
    from placed p`.execute(db);
  const placed = new Map(result.rows.map((row) => [row.ord, row]));
  const known =
    placed.size < unique.length
      ? await findKnown(
          db,
          unique.filter((_, i) => !placed.has(i)),
        )
      : new Map();
  const first = new Map<string, AppendedMessage | DeskError>();
  unique.forEach((message, i) => {
    const row = placed.get(i);
    const old = known.get(keyOf(message));
    if (row) {
      first.set(keyOf(message), {
        messageId: row.message_id,
        seq: row.seq,
        duplicate: false,
        withdrawn: row.withdrawn ?? [],
        ...(row.voided ? { voided: row.voided } : {}),
      });
    } else first.set(keyOf(message), old ?? missing(message));
  });
  const answered = new Set<string>();
  return batch.map((message) => {
    const answer = first.get(keyOf(message))!;
    if (answer instanceof DeskError) return answer;
    if (!answered.has(keyOf(message))) {
      answered.add(keyOf(message));
      return answer;
    }
    const { voided: _told, ...place } = answer;
    return { ...place, duplicate: true, withdrawn: [] };
  });
}

function missing(message: IncomingMessage): DeskError {
  return new DeskError('not_found', `conversation ${message.conversationId} of shop ${message.shopId} is not there`);
}

function keyOf(message: IncomingMessage): string {
  return `${message.shopId}\n${message.channel}\n${message.key}`;
}

function firstOfEachKey(batch: IncomingMessage[]): IncomingMessage[] {
  const byKey = new Map<string, IncomingMessage>();
  for (const message of batch) if (!byKey.has(keyOf(message))) byKey.set(keyOf(message), message);
  return [...byKey.values()];
}

async function findKnown(db: Kysely<Database>, messages: IncomingMessage[]): Promise<Map<string, AppendedMessage>> {
  const input = messages.map((m) => ({ shop_id: m.shopId, scope: m.channel, key: m.key }));
  const rows = await sql<{ shop_id: string; scope: string; key: string; seq: number; message_id: string }>`
    select k.shop_id, k.scope, k.key, k.seq, k.message_id
    from ${rowsOf(input, 'shop_id text, scope text, key text')} i
    join message_keys k on k.shop_id = i.shop_id and k.scope = i.scope and k.key = i.key`.execute(db);
  return new Map(
    rows.rows.map((row) => [
      `${row.shop_id}\n${row.scope}\n${row.key}`,
      { messageId: row.message_id, seq: row.seq, duplicate: true, withdrawn: [] },
    ]),
  );
}
