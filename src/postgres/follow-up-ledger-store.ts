/** The follow-up ledger over all buyers of a shop, on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { FollowUpLedgerStore, TimerChange } from '../followups/ledger-store.ts';
import type { RuleId } from '../followups/rules.ts';
import type { Situation } from '../followups/situation.ts';
import type { FollowUp } from '../followups/store.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store of one shop. */
export function createFollowUpLedgerStore(db: Kysely<Database>, shopId: string): FollowUpLedgerStore {
  return {
    page: async (filter, after, limit) => {
      let query = db
        .selectFrom('follow_ups as f')
        .leftJoin('buyers as b', (join) => join.onRef('b.shop_id', '=', 'f.shop_id').onRef('b.id', '=', 'f.buyer_id'))
        .select(['f.entry', 'b.name'])
        .where('f.shop_id', '=', shopId);
      if (filter.rule !== undefined) query = query.where('f.rule', '=', filter.rule);
      if (filter.status !== undefined) query = query.where('f.status', '=', filter.status);
      if (filter.orderId !== undefined) query = query.where('f.order_id', '=', filter.orderId);
      if (filter.buyerId !== undefined) query = query.where('f.buyer_id', '=', filter.buyerId);
      if (filter.fromMs !== undefined) query = query.where('f.due_ms', '>=', filter.fromMs);
      if (filter.toMs !== undefined) query = query.where('f.due_ms', '<', filter.toMs);
      if (after) query = query.where(sql<boolean>`(f.due_ms, f.id) < (${after.dueAtMs}::bigint, ${after.id})`);
      const rows = await query.orderBy('f.due_ms', 'desc').orderBy('f.id', 'desc').limit(limit).execute();
      return rows.map(({ entry, name }) => ({ row: entry as FollowUp, buyerName: name }));
    },
    countPlanned: async () => {
      const { rows } = await sql<{ rule: string; count: number }>`
        select rule, count(*) as count from follow_ups where shop_id = ${shopId} and status = 'planned'
        group by rule`.execute(db);
      return new Map(rows.map(({ rule, count }) => [rule, Number(count)]));
    },
    situations: async (buyerIds) => {
      if (buyerIds.length === 0) return new Map();
      const { rows } = await sql<{ buyer_id: string; situation: Situation }>`
        select buyer_id, situation from follow_up_books
        where shop_id = ${shopId} and buyer_id in (select jsonb_array_elements_text(${toJsonb(buyerIds)}::jsonb))`.execute(
        db,
      );
      return new Map(rows.map(({ buyer_id, situation }) => [buyer_id, situation]));
    },
    noteChanges: async (rules, revision, fromMs) => {
      if (rules.length === 0) return;
      await sql`
        insert into timer_changes (shop_id, rule, revision, after_id, next_ms)
        select ${shopId}, rule, ${revision}::int, '', ${fromMs}::bigint
        from jsonb_array_elements_text(${toJsonb(rules)}::jsonb) as rule
        on conflict (shop_id, rule) do update
          set revision = excluded.revision, after_id = '', next_ms = excluded.next_ms`.execute(db);
    },
    claimChange: async (nowMs, leaseMs) => {
      const { rows } = await sql<{ rule: RuleId; revision: number; after_id: string }>`
        update timer_changes set next_ms = ${nowMs + leaseMs}
        where shop_id = ${shopId} and rule = (
          select rule from timer_changes where shop_id = ${shopId} and next_ms <= ${nowMs}
          order by rule limit 1 for update skip locked)
        returning rule, revision, after_id`.execute(db);
      const [row] = rows;
      return row && { rule: row.rule, revision: row.revision, afterId: row.after_id };
    },
    rowsToRetime: async ({ rule, afterId }, nowMs, limit) => {
      // Each half reads its own index in the order of the ids.
      const { rows } = await sql<{ id: string; buyer_id: string; subject_id: string; channel: string | null }>`
        select r.id, r.buyer_id, r.subject_id, b.channel from (
        (select id, buyer_id, subject_id from follow_ups
         where shop_id = ${shopId} and rule = ${rule} and status = 'planned' and id > ${afterId} order by id limit ${limit})
        union all
        (select id, buyer_id, subject_id from follow_ups
         where shop_id = ${shopId} and rule = ${rule} and status = 'cancelled' and entry ->> 'reason' = 'switched_off'
           and due_ms > ${nowMs} and id > ${afterId} order by id limit ${limit})
        order by id limit ${limit}) r
        left join buyers b on b.shop_id = ${shopId} and b.id = r.buyer_id
        order by r.id`.execute(db);
      return rows.map((row) => ({
        id: row.id,
        buyerId: row.buyer_id,
        subjectId: row.subject_id,
        channel: row.channel,
      }));
    },
    advanceChange: async ({ rule, revision }: TimerChange, afterId, leaseUntilMs) => {
      if (afterId === null) {
        await sql`
          delete from timer_changes
          where shop_id = ${shopId} and rule = ${rule} and revision = ${revision}`.execute(db);
        return;
      }
      await sql`
        update timer_changes set after_id = ${afterId}, next_ms = ${leaseUntilMs}
        where shop_id = ${shopId} and rule = ${rule} and revision = ${revision}`.execute(db);
    },
  };
}
