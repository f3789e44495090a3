/** Records analyses and suggestions of many turns in one statement. */
import { type Kysely, sql } from 'kysely';
import type { AnalysedTurn } from '../conversations/ports.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/**
 * Records a batch of analysed turns. A turn's suggestions are live only while nobody wrote after its message (a notice
 * that the desk sent by itself answers no question); otherwise they are withdrawn from the start. Recording a turn again changes nothing: the
 * suggestions of a second analysis of the same message are withdrawn.
 */
export async function saveTurns(db: Kysely<Database>, batch: AnalysedTurn[]): Promise<SuggestionSet['state'][]> {
  const input = batch.map((turn, ord) => ({
    ord,
    shop_id: turn.shopId,
    conversation_id: turn.conversationId,
    seq: turn.seq,
    analysis: turn.analysis,
    model: turn.analysis.model,
    suggestion_id: turn.suggestions.id,
    proposals: turn.suggestions.proposals,
    hidden: turn.suggestions.hidden,
    abstained: turn.suggestions.abstained ?? null,
    learning: turn.suggestions.learning ?? null,
    state: turn.state,
    buyer_id: turn.buyerId,
    profile: turn.profileState,
    at_ms: turn.at,
  }));
  const result = await sql<{ ord: number; state: SuggestionSet['state'] }>`
    with input as (
      select * from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(
        ord int, shop_id text, conversation_id text, seq bigint, analysis jsonb, model text, suggestion_id text,
        proposals jsonb, hidden jsonb, abstained text, learning jsonb, state jsonb, buyer_id text,
        profile jsonb, at_ms bigint)
    ), locked as materialized (
      select c.shop_id, c.id, c.spoken_seq, c.analysed_seq from conversations c
      where (c.shop_id, c.id) in (select shop_id, conversation_id from input)
      order by c.shop_id, c.id for update
    ), judged as (
      select i.*, case when l.analysed_seq < i.seq
          and l.spoken_seq <= i.seq
          and i.ord = min(i.ord) over (partition by i.shop_id, i.conversation_id, i.seq)
        then 'live' else 'withdrawn' end as verdict
      from input i join locked l on l.shop_id = i.shop_id and l.id = i.conversation_id
    ), analysed as (
      insert into analyses (shop_id, conversation_id, seq, data, model, created_ms)
      select shop_id, conversation_id, seq, analysis, model, at_ms from judged
      on conflict do nothing
    ), older as (
      update suggestions s set state = 'withdrawn', reason = 'newer_message', settled_ms = j.at_ms
      from (select shop_id, conversation_id, max(at_ms) as at_ms from judged where verdict = 'live' group by 1, 2) j
      where s.shop_id = j.shop_id and s.conversation_id = j.conversation_id and s.state = 'live'
    ), suggested as (
      insert into suggestions (shop_id, id, conversation_id, seq, state, reason, proposals, hidden, abstained, learning, created_ms, settled_ms)
      select shop_id, suggestion_id, conversation_id, seq, verdict,
        case when verdict = 'withdrawn' then 'newer_message' end, proposals, hidden, abstained,
        nullif(learning, 'null'::jsonb), at_ms,
        case when verdict = 'withdrawn' then at_ms end
      from judged on conflict do nothing
    ), marked as (
      update conversations c set
        analysed_seq = greatest(c.analysed_seq, j.seq),
        state = c.state || j.state
      from (select distinct on (shop_id, conversation_id) * from judged order by shop_id, conversation_id, seq desc) j
      where c.shop_id = j.shop_id and c.id = j.conversation_id
    ), profiled as (
      update buyers b set profile = j.profile
      from (select distinct on (shop_id, buyer_id) * from judged order by shop_id, buyer_id, seq desc) j
      where b.shop_id = j.shop_id and b.id = j.buyer_id
    )
    select ord, verdict as state from judged`.execute(db);
  const states = new Map(result.rows.map((row) => [row.ord, row.state]));
  return batch.map((_, i) => states.get(i) ?? 'withdrawn');
}
