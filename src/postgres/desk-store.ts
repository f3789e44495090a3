/** Owed answers, tasks, the audit trail and the live counters on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import { type DeskStore, MOST_TASKS } from '../desk/ports.ts';
import type { Database } from './schema.ts';
import { selectCounters } from './select-counters.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createDeskStore(db: Kysely<Database>): DeskStore {
  return {
    owe: async (shopId, conversationId, seq, askedAt, promisedAt) => {
      await sql`
        insert into owed_answers (shop_id, conversation_id, seq, asked_ms, promised_ms)
        values (${shopId}, ${conversationId}, ${seq}, ${askedAt}, ${promisedAt})
        on conflict (shop_id, conversation_id, seq) do nothing`.execute(db);
    },
    owed: async (shopId) => {
      const rows = await sql<{
        conversation_id: string;
        buyer_name: string;
        text: string;
        asked_ms: number;
        promised_ms: number | null;
      }>`
        select distinct on (o.conversation_id) o.conversation_id, b.name as buyer_name, m.text, o.asked_ms,
          (select min(p.promised_ms) from owed_answers p
           where p.shop_id = o.shop_id and p.conversation_id = o.conversation_id and p.answered_ms is null) as promised_ms
        from owed_answers o
        join conversations c on c.shop_id = o.shop_id and c.id = o.conversation_id
        join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id
        join messages m on m.shop_id = o.shop_id and m.conversation_id = o.conversation_id and m.seq = o.seq
        where o.shop_id = ${shopId} and o.answered_ms is null
        order by o.conversation_id, o.seq`.execute(db);
      return rows.rows
        .map((row) => ({
          conversationId: row.conversation_id,
          buyerName: row.buyer_name,
          text: row.text,
          askedAt: row.asked_ms,
          ...(row.promised_ms === null ? {} : { promisedAt: row.promised_ms }),
        }))
        .sort((a, b) => (a.promisedAt ?? a.askedAt) - (b.promisedAt ?? b.askedAt));
    },
    owedIn: async (shopId, conversationId) => {
      const rows = await sql<{ seq: number; text: string; asked_ms: number; promised_ms: number | null }>`
        select o.seq, m.text, o.asked_ms, o.promised_ms from owed_answers o
        join messages m on m.shop_id = o.shop_id and m.conversation_id = o.conversation_id and m.seq = o.seq
        where o.shop_id = ${shopId} and o.conversation_id = ${conversationId} and o.answered_ms is null
        order by o.seq`.execute(db);
      return rows.rows.map((row) => ({
        seq: row.seq,
        text: row.text,
        askedAt: row.asked_ms,
        promisedAt: row.promised_ms,
      }));
    },
    settleOwed: async (shopId, conversationId, at) => {
      await sql`
        update owed_answers set answered_ms = ${at}
        where shop_id = ${shopId} and conversation_id = ${conversationId} and answered_ms is null`.execute(db);
    },
    addTask: async (task, at) => {
      await db
        .insertInto('tasks')
        .values({
          shop_id: task.shopId,
          id: task.id,
          kind: task.kind,
          title: task.title,
          conversation_id: task.conversationId ?? null,
          buyer_id: task.buyerId ?? null,
          order_id: task.orderId ?? null,
          rule: task.rule ?? null,
          due_ms: task.dueAt ?? null,
          for_role: task.forRole ?? 'agent',
          state: 'open',
          data: toJsonb(task.data ?? {}),
          created_ms: at,
          done_ms: null,
        })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    addTaskOnce: async (task, at) => {
      const {
        conversationId = null,
        buyerId = null,
        orderId = null,
        rule = null,
        dueAt = null,
        forRole = 'agent',
        data = {},
      } = task;
      const rows = await sql`
        insert into tasks (shop_id, id, kind, title, conversation_id, buyer_id, order_id, rule, due_ms, for_role, state, data, created_ms)
        select ${task.shopId}, ${task.id}, ${task.kind}, ${task.title}, ${conversationId}, ${buyerId}, ${orderId}, ${rule},
          ${dueAt}::bigint, ${forRole}, 'open', ${toJsonb(data)}::jsonb, ${at}::bigint
        where not exists (
          select 1 from tasks where shop_id = ${task.shopId} and kind = ${task.kind} and state = 'open'
            and conversation_id is not distinct from ${conversationId} and order_id is not distinct from ${orderId})
        on conflict do nothing returning id`.execute(db);
      return rows.rows.length === 1;
    },
    tasks: async (shopId, { forRole, id } = {}) => {
      let query = db
        .selectFrom('tasks as t')
        .leftJoin('buyers as b', (join) => join.onRef('b.shop_id', '=', 't.shop_id').onRef('b.id', '=', 't.buyer_id'))
        .selectAll('t')
        .select('b.name')
        .where('t.shop_id', '=', shopId)
        .where('t.state', '=', 'open');
      if (forRole !== undefined) query = query.where('t.for_role', '=', forRole);
      if (id !== undefined) query = query.where('t.id', '=', id);
      const rows = await query.orderBy(sql`t.due_ms nulls last`).orderBy('t.created_ms').limit(MOST_TASKS).execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        title: row.title,
        createdAt: row.created_ms,
        forRole: row.for_role,
        data: row.data,
        ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
        ...(row.buyer_id === null ? {} : { buyerId: row.buyer_id }),
        ...(row.name === null ? {} : { buyerName: row.name }),
        ...(row.order_id === null ? {} : { orderId: row.order_id }),
        ...(row.rule === null ? {} : { rule: row.rule }),
        ...(row.due_ms === null ? {} : { dueAt: row.due_ms }),
        ...linesOf(row.data),
      }));
    },
    countTasks: async (shopId, { forRole } = {}) => {
      let query = db
        .selectFrom('tasks')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('shop_id', '=', shopId)
        .where('state', '=', 'open');
      if (forRole !== undefined) query = query.where('for_role', '=', forRole);
      return (await query.executeTakeFirstOrThrow()).count;
    },
    finishTask: async (shopId, id, at) => {
      const rows = await sql`
        update tasks set state = 'done', done_ms = ${at}
        where shop_id = ${shopId} and id = ${id} and state = 'open' returning id`.execute(db);
      return rows.rows.length === 1;
    },
    finishTasks: async (shopId, where, at) => {
      await sql`
        update tasks set state = 'done', done_ms = ${at}
        where shop_id = ${shopId} and kind = ${where.kind} and state = 'open'
          and (${where.rule ?? null}::text is null or rule = ${where.rule ?? null})
          and (${where.conversationId ?? null}::text is null or conversation_id = ${where.conversationId ?? null})
          and (${where.orderId ?? null}::text is null or order_id = ${where.orderId ?? null})`.execute(db);
    },
    audit: async (shopId, actor, action, data, at) => {
      await db
        .insertInto('audit')
        .values({ shop_id: shopId, at_ms: at, actor, action, data: toJsonb(data) })
        .execute();
    },
    trail: async (shopId, actionPrefix, limit) => {
      const rows = await sql<{ at_ms: number; actor: string; name: string | null; action: string; data: unknown }>`
        select t.at_ms, t.actor, a.name, t.action, t.data from audit t
        left join agents a on a.shop_id = t.shop_id and a.id = t.actor
        where t.shop_id = ${shopId} and starts_with(t.action, ${actionPrefix})
        order by t.id desc limit ${limit}`.execute(db);
      return rows.rows.map((row) => ({
        at: row.at_ms,
        actor: { id: row.actor, name: row.name ?? row.actor },
        action: row.action,
        data: row.data,
      }));
    },
    counters: (shopId, sinceMs, nowMs, onDuty) => selectCounters(db, shopId, sinceMs, nowMs, onDuty),
  };
}

function linesOf(data: unknown): { lines?: string[] } {
  const { lines } = data as { lines?: unknown };
  return Array.isArray(lines) && lines.length > 0 ? { lines: lines.map(String) } : {};
}
