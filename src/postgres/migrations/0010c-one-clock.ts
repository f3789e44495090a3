import { type Kysely, sql } from 'kysely';

/** One clock of a kind runs in a conversation, also where two nodes understand two messages at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`update response_clocks r set stopped_ms = r.started_ms, stopped_by = 'resolved'
      where r.stopped_ms is null and exists (
        select 1 from response_clocks e where e.shop_id = r.shop_id and e.conversation_id = r.conversation_id
          and e.kind = r.kind and e.stopped_ms is null and e.seq < r.seq)`)
    .execute(db);
  await sql
    .raw(`create unique index response_clocks_one_live on response_clocks (shop_id, conversation_id, kind)
      where stopped_ms is null`)
    .execute(db);
}
