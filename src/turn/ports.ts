/** What the flow needs from outside: the record, channels, the bus, presence, alarms, and the domain rooms. */
import type { ConversationRow, ConversationStore } from '../conversations/ports.ts';
import type { RecordStore } from '../conversations/record-store.ts';
import type { CallStore, ClockStore, ShopTimerStore } from '../desk/clock-store.ts';
import type {
  ApprovalStore,
  Buyer,
  DeskStore,
  DiscountStore,
  GateRulesStore,
  PeopleStore,
  SuggestionStore,
} from '../desk/ports.ts';
import type { FollowUpLedgerStore } from '../followups/ledger-store.ts';
import type { FollowUpStore } from '../followups/store.ts';
import type { TeachingStore } from '../nlu/teaching-store.ts';
import type { Order, OrderStore } from '../orders/ports.ts';
import type { ProfilingSettings } from '../protocol/profiling.ts';
import type { Message } from '../protocol/records.ts';
import type {
  Analysis,
  AnalysisContext,
  GateContext,
  HiddenScript,
  Profile,
  Proposal,
  Situation,
  SuggestionResult,
  Verdict,
} from '../protocol/turn.ts';
import type { PersonalScriptStore, ScriptVersionStore } from '../scripts/ports.ts';
import type { LearningStore } from '../suggestions/learning/ports.ts';
import type { Learnt } from '../suggestions/learning/reorder.ts';
import type { AutomaticSendStore } from './automatic-sends.ts';

/** A row of the outbox under way. */
export interface OutboxEntry {
  shopId: string;
  id: string;
  conversationId: string;
  seq: number;
  channel: string;
  /** Also the message's id; handed to platforms that know idempotency keys. */
  idempotencyKey: string;
  attempts: number;
  /** A sender had it before and did not finish: it may have left. */
  wasSending: boolean;
}

/** The outbox of the record. */
export interface OutboxStore {
  /** Takes rows that are due, including those whose sender died, for `leaseMs`. */
  claim(nowMs: number, leaseMs: number, limit: number): Promise<OutboxEntry[]>;
  /** Takes the fresh row of one message, if nobody has. */
  claimOne(shopId: string, messageId: string, nowMs: number, leaseMs: number): Promise<OutboxEntry | undefined>;
  finish(
    entry: OutboxEntry,
    state: 'pending' | 'sent' | 'uncertain' | 'failed',
    nextMs: number,
    error: string | null,
    nowMs: number,
  ): Promise<void>;
  /** Rows not finished. */
  open(shopId: string): Promise<number>;
}

/** Names a conversation. */
export interface ContextKey {
  shopId: string;
  conversationId: string;
}

/** What a turn needs to know of its conversation. */
export interface TurnContext {
  conversation: ConversationRow;
  buyer: Buyer;
  /** Newest first. */
  orders: Order[];
  /** The last messages, oldest first. */
  messages: Message[];
  /** Questions left while nobody was there and not answered yet. */
  owed: { seq: number; text: string; askedAt: number; promisedAt: number | null }[];
}

/** Understands a buyer's message. */
export interface Understanding {
  analyse(text: string, context: AnalysisContext): Analysis;
}

/** Proposes scripts. */
export interface SuggestionEngine {
  /** @param learnt what the shop's outcomes say; absent: ranked without */
  suggest(situation: Situation, learnt?: Learnt): SuggestionResult;
  /** Renders one script for this moment, or says what hides it: the check before sending. @see SR-01 */
  prepare(scriptId: string, situation: Situation, variant?: number): Proposal | HiddenScript;
}

/** Judges an outgoing text. */
export interface Gate {
  judge(text: string, context: GateContext): Verdict;
}

/** A message as the profiler is told of it. */
export interface ProfiledMessage {
  from: 'buyer' | 'agent' | 'auto';
  text: string;
  atMs: number;
  intents?: readonly string[];
}

/** Puts lines into another tone; who asks checks what came of it. */
export interface Rewriter {
  /** @returns as many lines, in the same order. @throws when it cannot, or is told to stop */
  rewrite(lines: readonly string[], signal: AbortSignal): Promise<string[]>;
}

/** Keeps a buyer's profile, as a JSON value the record can hold. */
export interface ProfilerPort {
  /** Folds messages into the state, oldest first, and returns the new state with the profile after the last. */
  addMessages(
    state: unknown,
    messages: readonly ProfiledMessage[],
    orders: readonly Order[],
    /** An agent's word on the type. */
    pinnedType?: string | null,
    /** The shop's thresholds; what is absent keeps its default. */
    settings?: ProfilingSettings,
  ): { state: unknown; profile: Profile };
  /** The profile of a kept state at a moment. */
  profileOf(state: unknown, pinnedType: string | null, nowMs: number, settings?: ProfilingSettings): Profile;
}

/** All stores, bound to one connection or one transaction. */
export interface Stores {
  conversations: ConversationStore;
  suggestions: SuggestionStore;
  people: PeopleStore;
  desk: DeskStore;
  orders: OrderStore;
  scripts: ScriptVersionStore;
  personalScripts: PersonalScriptStore;
  gateRules: GateRulesStore;
  teaching: TeachingStore;
  learning: LearningStore;
  approvals: ApprovalStore;
  clocks: ClockStore;
  calls: CallStore;
  shopTimers: ShopTimerStore;
  automatic: AutomaticSendStore;
  discounts: DiscountStore;
  records: RecordStore;
  /** The follow-ups of one shop. */
  followUps(shopId: string): FollowUpStore;
  /** Their ledger over all buyers of one shop. */
  followUpLedger(shopId: string): FollowUpLedgerStore;
  /** Reads a conversation as it stands in this transaction. */
  contextNow(key: ContextKey): Promise<TurnContext | undefined>;
}

/** The record: stores for single statements, and transactions over all of them. */
export interface Ledger extends Stores {
  outbox: OutboxStore;
  /** Reads a conversation with all that a turn needs; calls are grouped into one round trip. */
  context(key: ContextKey): Promise<TurnContext | undefined>;
  /** Runs `work` in one transaction. Inside, use only the stores that are handed in. */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** The buyer a follow-up is planned for; `undefined`: it has ended, or there is none. */
  plannedFor(shopId: string, followUpId: string): Promise<string | undefined>;
  /** Answers when the record can be reached. @throws when it cannot */
  ping(): Promise<void>;
}
