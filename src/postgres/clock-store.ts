/** Response clocks on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { BreachedClock, ClockStore, NewClock } from '../desk/clock-store.ts';
import { stateOf } from '../desk/response-clocks.ts';
import {
  CLOCK_KINDS,
  type ClockKind,
  type ClockTally,
  type ClockView,
  type PromiseTally,
  REPLY_CLOCKS,
} from '../protocol/clocks.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createClockStore(db: Kysely<Database>): ClockStore {
  return {
    startWaits: (clocks) => insertWaits(db, clocks),
    startOne: (clock) => insertOne(db, clock),
    settle: async (shopId, conversationId, kinds, at) => {
      const rows = await sql`
        update response_clocks set stopped_ms = ${at}, stopped_by = 'settled'
        where shop_id = ${shopId} and conversation_id = ${conversationId} and kind = any(${[...kinds]}::text[])
          and stopped_ms is null returning seq`.execute(db);
      return rows.rows.length > 0;
    },
    unstarted: async (shopId, limit) => {
      const rows = await sql<{ id: string; waiting_since_ms: number }>`
        select c.id, c.waiting_since_ms from conversations c
        where c.shop_id = ${shopId} and c.status = 'open' and c.waiting_since_ms is not null
          and c.analysed_seq >= c.last_seq and not exists (
            select 1 from response_clocks r where r.shop_id = c.shop_id and r.conversation_id = c.id
              and r.started_ms >= c.waiting_since_ms)
        order by c.waiting_since_ms desc limit ${limit}`.execute(db);
      return rows.rows.map((row) => ({ conversationId: row.id, waitingSince: row.waiting_since_ms }));
    },
    noteWarned: async (shopId, nowMs) => {
      const rows = await sql`
        update response_clocks set warned_ms = ${nowMs}
        where shop_id = ${shopId} and stopped_ms is null and warned_ms is null and warn_ms <= ${nowMs}
        returning seq`.execute(db);
      return rows.rows.length > 0;
    },
    noteBreached: (shopId, nowMs) => noteBreached(db, shopId, nowMs),
    finishTasks: async (shopId, taskKind, nowMs) => {
      const rows = await sql`
        update tasks t set state = 'done', done_ms = ${nowMs}
        where t.shop_id = ${shopId} and t.kind = ${taskKind} and t.state = 'open' and not exists (
          select 1 from response_clocks r where r.shop_id = t.shop_id and r.conversation_id = t.conversation_id
            and r.kind = t.data ->> 'clock' and r.stopped_ms is null)
        returning t.id`.execute(db);
      return rows.rows.length;
    },
    open: (shopId, nowMs, limit) => selectOpen(db, shopId, nowMs, limit),
    tally: (shopId, sinceMs, nowMs) => selectTally(db, shopId, sinceMs, nowMs),
    promises: async (shopId, sinceMs, nowMs) => {
      const rows = await sql<PromiseTally>`
        select count(*) filter (where promised_ms >= ${sinceMs} and answered_ms between ${sinceMs} and promised_ms) as kept,
          count(*) filter (where promised_ms >= ${sinceMs} and promised_ms < coalesce(answered_ms, ${nowMs}::bigint)) as missed,
          count(*) filter (where answered_ms is null and promised_ms >= ${nowMs}) as open
        from owed_answers
        where shop_id = ${shopId} and (promised_ms >= ${sinceMs} or answered_ms is null)`.execute(db);
      return rows.rows[0]!;
    },
    noteDuty: async (shopId, atMs) => {
      await sql`
        insert into shop_duty (shop_id, last_ms) values (${shopId}, ${atMs})
        on conflict (shop_id) do update set last_ms = excluded.last_ms`.execute(db);
    },
    lastDuty: async (shopId) => {
      const rows = await sql<{ last_ms: number }>`select last_ms from shop_duty where shop_id = ${shopId}`.execute(db);
      return rows.rows[0]?.last_ms ?? null;
    },
  };
}

/** The lock on the conversation waits for a reply that is under way, and then sees it. */
async function insertWaits(db: Kysely<Database>, clocks: readonly NewClock[]): Promise<boolean> {
  const [first] = clocks;
  if (!first) return false;
  const rows = await sql`
    with locked as materialized (
      select last_agent_ms, waiting_since_ms from conversations
      where shop_id = ${first.shopId} and id = ${first.conversationId} for update),
    input as (${inputOf(clocks)})
    insert into response_clocks (shop_id, conversation_id, kind, seq, because, started_ms, counts_ms, warn_ms, due_ms,
      warns, escalates, stopped_ms, stopped_by)
    select i.*, w.stopped_ms, case when w.stopped_ms is not null then 'reply' end from input i
    cross join lateral (
      select case when l.waiting_since_ms is null or l.waiting_since_ms > i.started_ms then l.last_agent_ms end as stopped_ms,
        l.waiting_since_ms is not null or l.last_agent_ms >= i.started_ms as counts
      from locked l) w
    where w.counts and not exists (
      select 1 from response_clocks r where r.shop_id = i.shop_id and r.conversation_id = i.conversation_id
        and r.kind = i.kind and r.stopped_ms is null)
    on conflict do nothing returning seq`.execute(db);
  return rows.rows.length > 0;
}

async function insertOne(db: Kysely<Database>, clock: NewClock): Promise<boolean> {
  const rows = await sql`
    with input as (${inputOf([clock])})
    insert into response_clocks (shop_id, conversation_id, kind, seq, because, started_ms, counts_ms, warn_ms, due_ms,
      warns, escalates)
    select i.* from input i where not exists (
      select 1 from response_clocks r where r.shop_id = i.shop_id and r.conversation_id = i.conversation_id
        and r.kind = i.kind and r.stopped_ms is null)
    on conflict do nothing returning seq`.execute(db);
  return rows.rows.length > 0;
}

function inputOf(clocks: readonly NewClock[]) {
  const rows = clocks.map((clock) => ({
    shop_id: clock.shopId,
    conversation_id: clock.conversationId,
    kind: clock.kind,
    seq: clock.seq,
    because: clock.because ?? null,
    started_ms: clock.startedAt,
    counts_ms: clock.countsFrom,
    warn_ms: clock.warnAt,
    due_ms: clock.dueAt,
    warns: clock.warns,
    escalates: clock.escalates,
  }));
  return sql`select * from jsonb_to_recordset(${toJsonb(rows)}::jsonb) as i(
    shop_id text, conversation_id text, kind text, seq bigint, because text, started_ms bigint, counts_ms bigint,
    warn_ms bigint, due_ms bigint, warns text, escalates boolean)`;
}

async function noteBreached(db: Kysely<Database>, shopId: string, nowMs: number): Promise<BreachedClock[]> {
  const rows = await sql<{
    conversation_id: string;
    buyer_id: string;
    kind: ClockKind;
    due_ms: number;
    escalates: boolean;
  }>`
    with breached as (
      update response_clocks set breached_ms = ${nowMs}
      where shop_id = ${shopId} and stopped_ms is null and breached_ms is null and due_ms < ${nowMs}
      returning shop_id, conversation_id, kind, due_ms, escalates)
    select k.conversation_id, k.kind, k.due_ms, k.escalates, c.buyer_id
    from breached k
    join conversations c on c.shop_id = k.shop_id and c.id = k.conversation_id
    order by k.due_ms`.execute(db);
  return rows.rows.map((row) => ({
    conversationId: row.conversation_id,
    buyerId: row.buyer_id,
    kind: row.kind,
    dueAt: row.due_ms,
    escalates: row.escalates,
  }));
}

interface RawClock {
  conversation_id: string;
  kind: ClockKind;
  seq: number;
  because: string | null;
  started_ms: number;
  counts_ms: number;
  warn_ms: number;
  due_ms: number;
  warns: ClockView['warns'];
  automatic_ms: number | null;
  buyer_name: string;
  assigned_agent_id: string | null;
}

async function selectOpen(db: Kysely<Database>, shopId: string, nowMs: number, limit: number): Promise<ClockView[]> {
  const rows = await sql<RawClock>`
    select k.*, b.name as buyer_name, c.assigned_agent_id from response_clocks k
    join conversations c on c.shop_id = k.shop_id and c.id = k.conversation_id
    join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id
    where k.shop_id = ${shopId} and k.stopped_ms is null
    order by k.due_ms, k.conversation_id, k.kind limit ${limit}`.execute(db);
  return rows.rows.map((row) => ({
    kind: row.kind,
    conversationId: row.conversation_id,
    seq: row.seq,
    buyerName: row.buyer_name,
    ...(row.assigned_agent_id === null ? {} : { agentId: row.assigned_agent_id }),
    ...(row.because === null ? {} : { because: row.because }),
    startedAt: row.started_ms,
    countsFrom: row.counts_ms,
    warnAt: row.warn_ms,
    dueAt: row.due_ms,
    warns: row.warns,
    ...(row.automatic_ms === null ? {} : { automaticAt: row.automatic_ms }),
    state: stateOf({ warnAt: row.warn_ms, dueAt: row.due_ms }, nowMs),
  }));
}

/**
 * A clock counts on the day on which it is decided: kept when it is stopped, missed when it is due. Ended with the talk
 * before its limit, it was neither.
 */
async function selectTally(
  db: Kysely<Database>,
  shopId: string,
  sinceMs: number,
  nowMs: number,
): Promise<ClockTally[]> {
  const rows = await sql<ClockTally>`
    select kind,
      count(*) filter (where stopped_ms between ${sinceMs} and due_ms and stopped_by <> 'resolved') as kept,
      count(*) filter (where due_ms < coalesce(stopped_ms, ${nowMs}::bigint)) as missed,
      count(*) filter (where stopped_ms is null and due_ms >= ${nowMs}) as running,
      count(*) filter (where automatic_ms between ${sinceMs} and due_ms) as automatic
    from response_clocks where shop_id = ${shopId} and due_ms >= ${sinceMs}
    group by kind`.execute(db);
  const found = new Map(rows.rows.map((row) => [row.kind, row]));
  return CLOCK_KINDS.map((kind) => found.get(kind) ?? { kind, kept: 0, missed: 0, running: 0, automatic: 0 });
}

/** A person has spoken: clocks that wait for a word stop in the commit of the reply. */
export async function stopReplyClocks(
  db: Kysely<Database>,
  shopId: string,
  conversationId: string,
  at: number,
  by: 'reply' | 'resolved',
): Promise<void> {
  await sql`
    update response_clocks set stopped_ms = ${at}, stopped_by = ${by}
    where shop_id = ${shopId} and conversation_id = ${conversationId} and stopped_ms is null
      and kind = any(${[...REPLY_CLOCKS]}::text[])`.execute(db);
}

/** A machine has spoken in these conversations: noted beside the clocks, which run on. */
export async function noteAutomaticReplies(
  db: Kysely<Database>,
  replies: readonly { shopId: string; conversationId: string; sentAt: number }[],
): Promise<void> {
  if (replies.length === 0) return;
  const input = replies.map((reply) => ({ shop_id: reply.shopId, id: reply.conversationId, at: reply.sentAt }));
  await sql`
    update response_clocks r set automatic_ms = i.at
    from ${rowsOf(input, 'shop_id text, id text, at bigint')} i
    where r.shop_id = i.shop_id and r.conversation_id = i.id and r.stopped_ms is null and r.automatic_ms is null
      and r.kind = any(${[...REPLY_CLOCKS]}::text[])`.execute(db);
}
