/** Everything one turn needs to know, read for many conversations in one round trip. */
import { type Kysely, sql } from 'kysely';
import type { Buyer } from '../desk/ports.ts';
import type { Order } from '../orders/ports.ts';
import type { ContextKey, TurnContext } from '../turn/ports.ts';
import { type RawConversation, readConversation } from './conversation-store.ts';
import { readOrder } from './order-store.ts';
import { readBuyer } from './people-store.ts';
import { type MessageRow, readMessage } from './read-message.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';

/** Turns of history a turn sees. */
const HISTORY = 30;
/** Orders a turn sees, newest first. */
const ORDERS = 5;

type BuyerRow = Parameters<typeof readBuyer>[0];
type OrderRow = Parameters<typeof readOrder>[0];

/** Loads contexts in the order of the keys; `undefined` where there is no such conversation. */
export async function loadContexts(db: Kysely<Database>, keys: ContextKey[]): Promise<(TurnContext | undefined)[]> {
  const input = keys.map((key, ord) => ({ ord, shop_id: key.shopId, id: key.conversationId }));
  const rows = await sql<{
    ord: number;
    conversation: RawConversation;
    buyer: BuyerRow;
    orders: OrderRow[] | null;
    messages: MessageRow[] | null;
    owed: { seq: number; text: string; asked_ms: number; promised_ms: number | null }[] | null;
  }>`
    select i.ord, to_jsonb(c) as conversation, to_jsonb(b) as buyer,
      (select jsonb_agg(to_jsonb(o) order by o.placed_ms desc) from (
        select * from orders where shop_id = c.shop_id and buyer_id = c.buyer_id order by placed_ms desc limit ${ORDERS}) o) as orders,
      (select jsonb_agg(to_jsonb(m) order by m.seq) from (
        select * from messages where shop_id = c.shop_id and conversation_id = c.id order by seq desc limit ${HISTORY}) m) as messages,
      (select jsonb_agg(jsonb_build_object('seq', w.seq, 'text', m.text, 'asked_ms', w.asked_ms, 'promised_ms', w.promised_ms) order by w.seq)
        from owed_answers w join messages m on m.shop_id = w.shop_id and m.conversation_id = w.conversation_id and m.seq = w.seq
        where w.shop_id = c.shop_id and w.conversation_id = c.id and w.answered_ms is null) as owed
    from ${rowsOf(input, 'ord int, shop_id text, id text')} i
    join conversations c on c.shop_id = i.shop_id and c.id = i.id
    join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id`.execute(db);
  const byOrd = new Map(rows.rows.map((row) => [row.ord, row]));
  return keys.map((_, ord) => {
    const row = byOrd.get(ord);
    if (!row) return undefined;
    const orders: Order[] = (row.orders ?? []).map(readOrder);
    const buyer: Buyer = readBuyer(row.buyer);
    return {
      conversation: readConversation(row.conversation),
      buyer,
      orders,
      messages: (row.messages ?? []).map(readMessage),
      owed: (row.owed ?? []).map((o) => ({ seq: o.seq, text: o.text, askedAt: o.asked_ms, promisedAt: o.promised_ms })),
    };
  });
}
