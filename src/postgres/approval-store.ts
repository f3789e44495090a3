/** Blocked texts laid before a supervisor, on Postgres or PGlite. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ApprovalStore } from '../desk/ports.ts';
import type { Approval } from '../protocol/library.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

const MOST = 200;

/** Creates the store over a connection or inside a transaction. */
export function createApprovalStore(db: Kysely<Database>): ApprovalStore {
  /** Reads requests with the names of the people in them. */
  async function read(where: RawBuilder<unknown>, order: RawBuilder<unknown>): Promise<Approval[]> {
    const found = await sql<ApprovalRow>`
      select p.*, b.name as buyer_name, a.name as asker_name, d.name as decider_name
      from approvals p
      join conversations c on c.shop_id = p.shop_id and c.id = p.conversation_id
      join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id
      left join agents a on a.shop_id = p.shop_id and a.id = p.asked_by
      left join agents d on d.shop_id = p.shop_id and d.id = p.decided_by
      where ${where} order by ${order} limit ${MOST}`.execute(db);
    return found.rows.map(readApproval);
  }
  const oldestFirst = sql`p.asked_ms, p.id`;
  return {
    ask: async (request) => {
      await db
        .insertInto('approvals')
        .values({
          shop_id: request.shopId,
          id: request.id,
          conversation_id: request.conversationId,
          text: request.text,
          findings: toJsonb(request.findings),
          reason: request.reason,
          asked_by: request.askedBy,
          asked_ms: request.askedAt,
          answer_ms: request.answerBy,
          state: 'asked',
          decided_by: null,
          decided_ms: null,
          decision_note: null,
          valid_ms: null,
        })
        .execute();
    },
    find: async (shopId, id) => (await read(sql`p.shop_id = ${shopId} and p.id = ${id}`, oldestFirst))[0],
    standing: (shopId, conversationId, text, at) =>
      read(
        sql`p.shop_id = ${shopId} and p.conversation_id = ${conversationId} and p.text = ${text}
          and p.state in ('asked', 'granted') and (p.state = 'asked' or p.valid_ms > ${at})`,
        oldestFirst,
      ),
    decide: async (shopId, id, { grant, by, at, note, validUntil }) => {
      const rows = await sql`
        update approvals set state = ${grant ? 'granted' : 'refused'}, decided_by = ${by}, decided_ms = ${at}::bigint,
          decision_note = ${note}, valid_ms = ${validUntil}::bigint
        where shop_id = ${shopId} and id = ${id} and state = 'asked' returning id`.execute(db);
      return rows.rows.length === 1;
    },
    use: async (shopId, id, { agentId, conversationId, text, at }) => {
      const rows = await sql`
        update approvals set state = 'used'
        where shop_id = ${shopId} and id = ${id} and state = 'granted' and valid_ms > ${at}::bigint
          and asked_by = ${agentId} and conversation_id = ${conversationId} and text = ${text} returning id`.execute(
        db,
      );
      return rows.rows.length === 1;
    },
    end: async (shopId, id) => {
      await sql`
        update approvals set state = 'expired'
        where shop_id = ${shopId} and id = ${id} and state in ('asked', 'granted')`.execute(db);
    },
    expire: async (shopId, { askedBefore, at }) => {
      const rows = await sql<{ id: string; conversation_id: string; decided_ms: number | null }>`
        update approvals set state = 'expired'
        where shop_id = ${shopId} and state in ('asked', 'granted') and ((state = 'asked' and asked_ms < ${askedBefore}::bigint)
          or (state = 'granted' and valid_ms <= ${at}::bigint))
        returning id, conversation_id, decided_ms`.execute(db);
      return rows.rows.map((row) => ({
        id: row.id,
        conversationId: row.conversation_id,
        wasAsked: row.decided_ms === null,
      }));
    },
    asked: (shopId, conversationId) =>
      read(
        sql`p.shop_id = ${shopId} and p.state = 'asked'
          and (${conversationId ?? null}::text is null or p.conversation_id = ${conversationId ?? null})`,
        oldestFirst,
      ),
    askedBy: (shopId, agentId, since) =>
      read(
        sql`p.shop_id = ${shopId} and p.asked_by = ${agentId} and p.asked_ms >= ${since}`,
        sql`p.asked_ms desc, p.id desc`,
      ),
  };
}

interface ApprovalRow {
  id: string;
  conversation_id: string;
  buyer_name: string;
  text: string;
  findings: Approval['findings'];
  reason: string;
  asked_by: string;
  asker_name: string | null;
  asked_ms: number;
  answer_ms: number;
  state: Approval['state'];
  decided_by: string | null;
  decider_name: string | null;
  decided_ms: number | null;
  decision_note: string | null;
  valid_ms: number | null;
}

function readApproval(row: ApprovalRow): Approval {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    buyerName: row.buyer_name,
    text: row.text,
    findings: row.findings,
    reason: row.reason,
    askedBy: { id: row.asked_by, name: row.asker_name ?? row.asked_by },
    askedAt: row.asked_ms,
    answerBy: row.answer_ms,
    state: row.state,
    ...(row.decided_by === null ? {} : { decidedBy: { id: row.decided_by, name: row.decider_name ?? row.decided_by } }),
    ...(row.decided_ms === null ? {} : { decidedAt: row.decided_ms }),
    ...(row.decision_note ? { decisionNote: row.decision_note } : {}),
    ...(row.valid_ms === null ? {} : { validUntil: row.valid_ms }),
  };
}
