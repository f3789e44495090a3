/** The supervisor's live counters. @see domain 08 */
import { type Kysely, sql } from 'kysely';
import type { RecordedCounters } from '../desk/ports.ts';
import type { Database } from './schema.ts';

/** A reminder counts as having worked when its order is paid within a day. @see KPI-15 */
const RECOVERY_MS = 24 * 3_600_000;

/** Counts what happened since a moment; who is on duty comes from presence. */
export async function selectCounters(
  db: Kysely<Database>,
  shopId: string,
  sinceMs: number,
  nowMs: number,
  onDuty: string[],
): Promise<RecordedCounters> {
  const now = (
    await sql<{ open: number; waiting: number; longest: number | null; owed: number }>`
      select count(*) as open,
        count(waiting_since_ms) as waiting,
        ${nowMs}::bigint - min(waiting_since_ms) as longest,
        (select count(distinct conversation_id) from owed_answers where shop_id = ${shopId} and answered_ms is null) as owed
      from conversations where shop_id = ${shopId} and status = 'open' and last_seq > 0`.execute(db)
  ).rows[0]!;
  const said = (
    await sql<{ buyer: number; agent: number; auto: number; asking: number }>`
      select count(*) filter (where sender = 'buyer') as buyer,
        count(*) filter (where sender = 'agent') as agent,
        count(*) filter (where sender = 'auto') as auto,
        count(distinct conversation_id) filter (where sender = 'buyer') as asking
      from messages where shop_id = ${shopId} and sent_ms >= ${sinceMs}`.execute(db)
  ).rows[0]!;
  const replies = (
    await sql<{ median: number | null; mean: number | null }>`
      select percentile_cont(0.5) within group (order by wait) as median, avg(wait) as mean from (
        select min(a.sent_ms) - b.first_ms as wait from (
          select conversation_id, min(sent_ms) as first_ms from messages
          where shop_id = ${shopId} and sender = 'buyer' and sent_ms >= ${sinceMs} group by conversation_id) b
        join messages a on a.shop_id = ${shopId} and a.conversation_id = b.conversation_id
          and a.sender = 'agent' and a.sent_ms >= b.first_ms
        group by b.conversation_id, b.first_ms) waits`.execute(db)
  ).rows[0]!;
  const proposed = (
    await sql<{ n: number }>`
      select coalesce(sum(jsonb_array_length(proposals)), 0) as n from suggestions
      where shop_id = ${shopId} and created_ms >= ${sinceMs}`.execute(db)
  ).rows[0]!;
  const outcomes = (
    await sql<{ script_id: string; accepted: number; edited: number; dismissed: number }>`
      select script_id, count(*) filter (where outcome = 'accepted') as accepted,
        count(*) filter (where outcome = 'edited') as edited,
        count(*) filter (where outcome = 'dismissed') as dismissed
      from suggestion_outcomes where shop_id = ${shopId} and at_ms >= ${sinceMs}
      group by script_id order by count(*) desc, script_id limit 50`.execute(db)
  ).rows;
  const orders = (
    await sql<{ placed: number; paid: number; reminders: number; recovered: number }>`
      select count(*) filter (where placed_ms >= ${sinceMs}) as placed,
        count(*) filter (where paid_ms >= ${sinceMs}) as paid,
        (select count(*) from follow_ups f where f.shop_id = ${shopId} and f.status = 'sent' and f.ended_ms >= ${sinceMs}
          and f.rule in ('FU-01', 'FU-02', 'FU-03', 'FU-04')) as reminders,
        count(*) filter (where paid_ms >= ${sinceMs} and exists (
          select 1 from follow_ups f where f.shop_id = orders.shop_id and f.order_id = orders.id and f.status = 'sent'
            and f.rule in ('FU-01', 'FU-02', 'FU-03', 'FU-04')
            and f.ended_ms between paid_ms - ${RECOVERY_MS} and paid_ms)) as recovered
      from orders where shop_id = ${shopId}`.execute(db)
  ).rows[0]!;
  const promises = (
    await sql<{ kept: number; missed: number }>`
      select count(*) filter (where answered_ms between ${sinceMs} and least(promised_ms, ${nowMs})) as kept,
        count(*) filter (where promised_ms < ${nowMs} and (answered_ms is null or answered_ms > promised_ms)) as missed
      from owed_answers where shop_id = ${shopId} and promised_ms >= ${sinceMs}`.execute(db)
  ).rows[0]!;
  const agents = (
    await sql<{ id: string; name: string; replies: number; conversations: number }>`
      select a.id, a.name, count(m.seq) as replies, count(distinct m.conversation_id) as conversations
      from agents a left join messages m on m.shop_id = a.shop_id and m.agent_id = a.id and m.sent_ms >= ${sinceMs}
      where a.shop_id = ${shopId} group by a.id, a.name order by a.name`.execute(db)
  ).rows;
  const sum = (key: 'accepted' | 'edited' | 'dismissed') => outcomes.reduce((total, row) => total + row[key], 0);
  return {
    openConversations: now.open,
    waiting: now.waiting,
    longestWaitMs: Math.max(0, now.longest ?? 0),
    agentsOnDuty: onDuty.length,
    buyerMessages: said.buyer,
    agentReplies: said.agent,
    automaticReplies: said.auto,
    firstReplyMedianMs: replies.median === null ? null : Math.round(replies.median),
    firstReplyMeanMs: replies.mean === null ? null : Math.round(replies.mean),
    proposed: proposed.n,
    accepted: sum('accepted'),
    edited: sum('edited'),
    dismissed: sum('dismissed'),
    askingBuyers: said.asking,
    ordersPlaced: orders.placed,
    ordersPaid: orders.paid,
    remindersSent: orders.reminders,
    recoveredOrders: orders.recovered,
    owedAnswers: now.owed,
    promisesKept: promises.kept,
    promisesMissed: promises.missed,
    agents: agents.map((row) => ({ ...row, onDuty: onDuty.includes(row.id) })),
    scripts: outcomes.map((row) => ({
      scriptId: row.script_id,
      title: row.script_id,
      accepted: row.accepted,
      edited: row.edited,
      dismissed: row.dismissed,
    })),
  };
}
