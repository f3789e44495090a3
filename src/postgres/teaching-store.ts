/** Corrections, lessons and taught models on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { KeptCorrection, KeptLesson, TeachingStore } from '../nlu/teaching-store.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Models of a shop that are kept beside those that were live; the oldest give way. */
const MOST_MODELS = 20;

/** Creates the store over a connection or inside a transaction. */
export function createTeachingStore(db: Kysely<Database>): TeachingStore {
  return {
    corrections: async (shopId) => {
      const rows = await db
        .selectFrom('corrections')
        .select('entry')
        .where('shop_id', '=', shopId)
        .orderBy('at_ms')
        .orderBy('id')
        .execute();
      return rows.map((row) => row.entry as KeptCorrection);
    },
    correctionsOf: async (shopId, conversationId) => {
      const rows = await db
        .selectFrom('corrections')
        .select('entry')
        .where('shop_id', '=', shopId)
        .where('conversation_id', '=', conversationId)
        .orderBy('seq')
        .execute();
      return rows.map((row) => row.entry as KeptCorrection);
    },
    page: async (shopId, { limit, before }) => {
      const rows = await db
        .selectFrom('corrections')
        .select('entry')
        .where('shop_id', '=', shopId)
        .$if(before !== undefined, (query) =>
          query.where(sql<boolean>`(at_ms, id) < (${before!.at}::bigint, ${before!.id})`),
        )
        .orderBy('at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => row.entry as KeptCorrection);
    },
    count: async (shopId) => {
      const row = await db
        .selectFrom('corrections')
        .select(sql<number>`count(*)`.as('total'))
        .where('shop_id', '=', shopId)
        .executeTakeFirstOrThrow();
      return Number(row.total);
    },
    correct: async (shopId, correction) => {
      await db
        .insertInto('corrections')
        .values({
          shop_id: shopId,
          id: correction.id,
          conversation_id: correction.conversationId,
          seq: correction.seq,
          entry: toJsonb(correction),
          at_ms: correction.at,
        })
        .onConflict((conflict) =>
          conflict.columns(['shop_id', 'conversation_id', 'seq']).doUpdateSet((eb) => ({
            id: eb.ref('excluded.id'),
            entry: eb.ref('excluded.entry'),
            at_ms: eb.ref('excluded.at_ms'),
          })),
        )
        .execute();
    },
    forget: async (shopId, correctionId) => {
      const row = await db
        .deleteFrom('corrections')
        .where('shop_id', '=', shopId)
        .where('id', '=', correctionId)
        .returning('entry')
        .executeTakeFirst();
      return row?.entry as KeptCorrection | undefined;
    },
    lessons: async (shopId, limit) => {
      const rows = await db
        .selectFrom('lessons')
        .select('entry')
        .where('shop_id', '=', shopId)
        .orderBy('at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => row.entry as KeptLesson);
    },
    addLesson: async (shopId, lesson) => {
      await db
        .insertInto('lessons')
        .values({ shop_id: shopId, id: lesson.id, entry: toJsonb(lesson), at_ms: lesson.at })
        .execute();
    },
    keepModel: async (shopId, { hash, packed, basedOn }, at) => {
      await db
        .insertInto('taught_models')
        .values({ shop_id: shopId, hash, packed, based_on: basedOn, at_ms: at })
        .onConflict((conflict) => conflict.columns(['shop_id', 'hash']).doUpdateSet({ at_ms: at, based_on: basedOn }))
        .execute();
      await sql`
        delete from taught_models t where shop_id = ${shopId} and hash in (
          select hash from taught_models where shop_id = ${shopId} order by at_ms desc offset ${MOST_MODELS})
        and not exists (
          select 1 from library_states s where s.shop_id = ${shopId} and s.models ? t.hash)`.execute(db);
    },
    model: async (shopId, hash) => {
      const row = await db
        .selectFrom('taught_models')
        .select(['packed', 'based_on'])
        .where('shop_id', '=', shopId)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row && { hash, packed: row.packed, basedOn: row.based_on };
    },
    live: async (shopId) => {
      const row = await db
        .selectFrom('library_states')
        .select('models')
        .where('shop_id', '=', shopId)
        .executeTakeFirst();
      return row?.models ?? [];
    },
    setLive: async (shopId, hashes) => {
      await sql`
        update library_states set models = ${toJsonb(hashes)}::jsonb where shop_id = ${shopId}`.execute(db);
    },
  };
}
