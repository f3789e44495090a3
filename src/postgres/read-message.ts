/** Rows of `messages` as records. */
import type { Kysely } from 'kysely';
import type { Message } from '../protocol/records.ts';
import type { Database } from './schema.ts';

/** Every column of `messages`. */
export type MessageRow = Database['messages'];

/** Selects messages of one shop. */
export function selectMessages(db: Kysely<Database>, shopId: string) {
  return db.selectFrom('messages').selectAll().where('shop_id', '=', shopId);
}

/** Reads a row. */
export function readMessage(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    from: row.sender,
    text: row.text,
    sentAt: row.sent_ms,
    ...(row.agent_id === null ? {} : { agentId: row.agent_id }),
    ...(row.script_id === null || row.script_version === null
      ? {}
      : { script: { id: row.script_id, version: row.script_version } }),
  };
}
