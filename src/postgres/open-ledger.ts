/** The record as the flow sees it: every store over one connection, and transactions over all of them. */
import { type Kysely, sql } from 'kysely';
import { groupCalls } from '../lib/group-calls.ts';
import type { ContextKey, Ledger, Stores, TurnContext } from '../turn/ports.ts';
import { createApprovalStore } from './approval-store.ts';
import { createAutomaticStore } from './automatic-store.ts';
import { createCallStore } from './call-store.ts';
import { type BookWork, changeBooks } from './change-books.ts';
import { createClockStore } from './clock-store.ts';
import type { Connection } from './connect.ts';
import { createConversationStore } from './conversation-store.ts';
import { createDeskStore } from './desk-store.ts';
import { createDiscountStore } from './discount-store.ts';
import { createFollowUpLedgerStore } from './follow-up-ledger-store.ts';
import { BOOKS_A_BATCH, type ChangeBook, changeBookIn, createFollowUpStore } from './follow-up-store.ts';
import { createGateRulesStore } from './gate-rules-store.ts';
import { guardTransactions } from './guard-transactions.ts';
import { createLearningStore } from './learning-store.ts';
import { loadContexts } from './load-contexts.ts';
import { createOrderStore } from './order-store.ts';
import { createOutboxStore } from './outbox-store.ts';
import { createPeopleStore } from './people-store.ts';
import { createPersonalScriptStore } from './personal-script-store.ts';
import { createRecordStore } from './record-store.ts';
import { retryLostRace } from './retry-lost-race.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';
import { createScriptVersionStore } from './script-version-store.ts';
import { createShopTimerStore } from './shop-timer-store.ts';
import { createSuggestionStore } from './suggestion-store.ts';
import { createTeachingStore } from './teaching-store.ts';

/** Batches under way at once on a Postgres server. */
const SERVER_LANES = 4;
const CONTEXTS_A_BATCH = 100;
const ROWS_A_BATCH = 100;

interface FollowUpKey {
  shopId: string;
  followUpId: string;
}

/** Opens the stores over a connection. */
export function openLedger(connection: Connection): Ledger {
  const guarded = guardTransactions(connection.db);
  const db = guarded.outside;
  const lanes = connection.engine === 'postgres' ? SERVER_LANES : 1;
  const context = groupCalls<ContextKey, TurnContext | undefined>(
    (keys) => loadContexts(db, keys),
    CONTEXTS_A_BATCH,
    lanes,
  );
  const changeBook = groupCalls<BookWork, unknown>(
    (batch) => retryLostRace(() => connection.db.transaction().execute((trx) => changeBooks(trx, batch))),
    BOOKS_A_BATCH,
    lanes,
  );
  const plannedFor = groupCalls<FollowUpKey, string | undefined>((keys) => findPlanned(db, keys), ROWS_A_BATCH, lanes);
  return {
    ...createStores(db, lanes, changeBook),
    outbox: createOutboxStore(db, lanes),
    context,
    transaction: (work) =>
      retryLostRace(() =>
        guarded.inside(() =>
          connection.db.transaction().execute((trx) => work(createStores(trx, 1, changeBookIn(trx)))),
        ),
      ),
    plannedFor: (shopId, followUpId) => plannedFor({ shopId, followUpId }),
    ping: async () => {
      await sql`select 1`.execute(db);
    },
  };
}

/** The buyers of rows that are planned, in the order of the keys. */
async function findPlanned(db: Kysely<Database>, keys: FollowUpKey[]): Promise<(string | undefined)[]> {
  const input = keys.map(({ shopId, followUpId }, ord) => ({ ord, shop_id: shopId, id: followUpId }));
  const found = await sql<{ ord: number; buyer_id: string }>`
    select i.ord, f.buyer_id
    from ${rowsOf(input, 'ord int, shop_id text, id text')} i
    join follow_ups f on f.shop_id = i.shop_id and f.id = i.id
    where f.status = 'planned'`.execute(db);
  const buyers = new Map(found.rows.map((row) => [row.ord, row.buyer_id]));
  return keys.map((_, ord) => buyers.get(ord));
}

function createStores(db: Kysely<Database>, lanes: number, changeBook: ChangeBook): Stores {
  return {
    conversations: createConversationStore(db, { lanes }),
    suggestions: createSuggestionStore(db),
    people: createPeopleStore(db),
    desk: createDeskStore(db),
    orders: createOrderStore(db),
    scripts: createScriptVersionStore(db),
    personalScripts: createPersonalScriptStore(db),
    gateRules: createGateRulesStore(db),
    teaching: createTeachingStore(db),
    learning: createLearningStore(db),
    approvals: createApprovalStore(db),
    clocks: createClockStore(db),
    calls: createCallStore(db),
    shopTimers: createShopTimerStore(db),
    automatic: createAutomaticStore(db),
    discounts: createDiscountStore(db),
    records: createRecordStore(db),
    followUps: (shopId) => createFollowUpStore(db, shopId, changeBook),
    followUpLedger: (shopId) => createFollowUpLedgerStore(db, shopId),
    contextNow: async (key) => (await loadContexts(db, [key]))[0],
  };
}
