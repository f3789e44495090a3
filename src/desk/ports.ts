/** What the desk keeps beside conversations: the shop, its people, suggestions' outcomes, owed answers, tasks, counters. */
import type { Discount } from '../protocol/discounts.ts';
import type { Approval, TrailEntry } from '../protocol/library.ts';
import type { Counters, OwedAnswer, SuggestionSet, TaskView } from '../protocol/records.ts';
import type { Finding } from '../protocol/turn.ts';
import type { ShopSettings } from './shop-settings.ts';

/** A shop of the desk. */
export interface Shop {
  id: string;
  name: string;
  /** IANA zone. */
  tz: string;
  epoch: string;
  settings: ShopSettings;
}

/** A person of the desk. */
export interface Agent {
  shopId: string;
  id: string;
  login: string;
  name: string;
  title: string;
  role: 'agent' | 'supervisor';
}

/** A buyer as the desk knows them. */
export interface Buyer {
  shopId: string;
  id: string;
  channel: string;
  externalId: string;
  name: string;
  tz: string | null;
  facts: Record<string, unknown>;
  profile: unknown;
  consent: { marketing?: boolean; channels?: string[] };
  optedOut: 'none' | 'reminders' | 'all';
  /** An agent's word on the type, `unknown` included; absent: nobody corrected it. @see BT-P2 */
  pinnedType?: string;
  /** When the trade system last told about this buyer, Unix ms. */
  readAt: number;
}

/** Shops, agents, sessions and buyers. */
export interface PeopleStore {
  shop(shopId: string): Promise<Shop | undefined>;
  shops(): Promise<Shop[]>;
  saveShop(shop: Shop, at: number): Promise<void>;
  /** The settings and the number of their last change. @throws DeskError `not_found` */
  settings(shopId: string): Promise<{ revision: number; settings: ShopSettings }>;
  /** Changes the settings if nobody did since `basedOn`; false when somebody was faster. */
  saveSettings(shopId: string, settings: ShopSettings, basedOn: number): Promise<boolean>;
  agentByLogin(shopId: string, login: string): Promise<(Agent & { passwordHash: string }) | undefined>;
  agents(shopId: string): Promise<Agent[]>;
  saveAgent(agent: Agent & { passwordHash: string }, at: number): Promise<void>;
  openSession(shopId: string, tokenHash: string, agentId: string, expiresAt: number): Promise<void>;
  agentBySession(tokenHash: string, at: number): Promise<Agent | undefined>;
  closeSession(tokenHash: string): Promise<void>;
  buyer(shopId: string, id: string): Promise<Buyer | undefined>;
  buyers(shopId: string, limit: number): Promise<Buyer[]>;
  /** Adds a buyer, or renews name and facts of one with the same channel and external id; returns its row. */
  saveBuyer(buyer: Buyer, at: number): Promise<Buyer>;
  setOptOut(shopId: string, buyerId: string, scope: 'none' | 'reminders' | 'all'): Promise<void>;
  saveProfile(shopId: string, buyerId: string, profile: unknown): Promise<void>;
  /** Notes an agent's word on the type; null takes it back. */
  pinType(shopId: string, buyerId: string, type: string | null): Promise<void>;
}

/** One suggestion that an agent dealt with. @see SR-14 */
export interface SuggestionOutcome {
  shopId: string;
  suggestionId: string;
  position: number;
  scriptId: string;
  scriptVersion: number;
  outcome: 'accepted' | 'edited' | 'dismissed';
  agentId: string;
  text: string;
  at: number;
}

/** Suggestions and what became of them. */
export interface SuggestionStore {
  find(shopId: string, id: string): Promise<SuggestionSet | undefined>;
  live(shopId: string, conversationId: string): Promise<SuggestionSet | undefined>;
  /** Takes a live set for a reply; false when it is withdrawn or settled. One caller wins. */
  settle(shopId: string, id: string, at: number): Promise<boolean>;
  /** Withdraws every live set of a conversation; returns their ids. */
  withdraw(shopId: string, conversationId: string, reason: string, at: number): Promise<string[]>;
  /** Puts a set in place of whatever is live; only while nobody wrote after `lastSeq`. */
  replace(shopId: string, set: SuggestionSet, lastSeq: number, at: number): Promise<boolean>;
  /**
   * Conversations whose live suggestions rest on goods, the newest suggestions first: the talk is about one of the
   * products, a question before the newest is answered, or one of the facts was said or missed.
   */
  leaningOn(
    shopId: string,
    on: { products: readonly string[]; facts: readonly string[] },
    limit: number,
  ): Promise<string[]>;
  /** Puts softened texts beside the proposals of a set that is still live; false when it is not. */
  polish(shopId: string, id: string, proposals: SuggestionSet['proposals']): Promise<boolean>;
  /** Notes an outcome once per proposal; true when it was new. */
  note(outcome: SuggestionOutcome): Promise<boolean>;
}

/** What the record can count; warnings come from the settings. */
export type RecordedCounters = Omit<Counters, 'warnings'>;

/** Whose a task is. */
export type TaskRole = NonNullable<TaskView['forRole']>;

/** An open task with what its maker noted beside it. */
export type OpenTask = TaskView & { buyerId?: string; data: unknown };

/** Most tasks that are read at once. */
export const MOST_TASKS = 1000;

/** Owed answers, tasks, audit trail and counters. */
export interface DeskStore {
  /** Notes that an answer is owed for a message left while nobody was there. */
  owe(shopId: string, conversationId: string, seq: number, askedAt: number, promisedAt: number | null): Promise<void>;
  owed(shopId: string): Promise<OwedAnswer[]>;
  owedIn(
    shopId: string,
    conversationId: string,
  ): Promise<{ seq: number; text: string; askedAt: number; promisedAt: number | null }[]>;
  /** What is owed in a conversation is given. */
  settleOwed(shopId: string, conversationId: string, at: number): Promise<void>;
  addTask(
    task: Omit<TaskView, 'createdAt'> & { shopId: string; buyerId?: string; data?: unknown },
    at: number,
  ): Promise<void>;
  /** Adds a task unless one of its kind is open for the same conversation and order; true when it was added. */
  addTaskOnce(
    task: Omit<TaskView, 'createdAt'> & { shopId: string; buyerId?: string; data?: unknown },
    at: number,
  ): Promise<boolean>;
  /** Open tasks, the most urgent first, at most `MOST_TASKS`; of one kind of person or one task if told so. */
  tasks(shopId: string, where?: { forRole?: TaskRole; id?: string }): Promise<OpenTask[]>;
  /** How many tasks are open; of one kind of person if told so. */
  countTasks(shopId: string, where?: { forRole?: TaskRole }): Promise<number>;
  finishTask(shopId: string, id: string, at: number): Promise<boolean>;
  /** Ends the open tasks of a kind for a conversation or order, of one rule if told so. */
  finishTasks(
    shopId: string,
    where: { kind: string; rule?: string; conversationId?: string; orderId?: string },
    at: number,
  ): Promise<void>;
  audit(shopId: string, actor: string, action: string, data: unknown, at: number): Promise<void>;
  /** What was written down of the actions that begin with a prefix, newest first. */
  trail(shopId: string, actionPrefix: string, limit: number): Promise<TrailEntry[]>;
  counters(shopId: string, sinceMs: number, nowMs: number, onDuty: string[]): Promise<RecordedCounters>;
}

/** A version of the shop's own gate rules. */
export interface GateRulesVersion {
  /** From 1; the newest is in force. */
  version: number;
  /** In the form of `src/protocol/gate-rules.ts`. */
  rules: unknown;
  author: { id: string; name: string };
  at: number;
  note: string;
}

/** The shop's own gate rules. */
export interface GateRulesStore {
  /** Newest first. */
  versions(shopId: string, limit: number): Promise<GateRulesVersion[]>;
  /** Adds the version after the newest; false when somebody was faster. */
  add(shopId: string, version: GateRulesVersion): Promise<boolean>;
}

/** A blocked text as it is laid before a supervisor. */
export interface ApprovalRequest {
  shopId: string;
  id: string;
  conversationId: string;
  text: string;
  findings: Finding[];
  reason: string;
  /** Agent's id. */
  askedBy: string;
  askedAt: number;
  answerBy: number;
}

/** Blocked texts laid before a supervisor, and what was decided. Moments are Unix ms. */
export interface ApprovalStore {
  ask(request: ApprovalRequest): Promise<void>;
  find(shopId: string, id: string): Promise<Approval | undefined>;
  /**
   * Requests about exactly this text that still count: asked, or granted and valid at `at`. Under the lock of the
   * conversation the answer holds until the transaction ends.
   */
  standing(shopId: string, conversationId: string, text: string, at: number): Promise<Approval[]>;
  /** Grants or refuses what is asked; false when it is not asked any more. One caller wins. */
  decide(
    shopId: string,
    id: string,
    decision: { grant: boolean; by: string; at: number; note: string; validUntil: number | null },
  ): Promise<boolean>;
  /** Takes a valid grant for a message, once; false when there is none for this agent, conversation and text. */
  use(
    shopId: string,
    id: string,
    by: { agentId: string; conversationId: string; text: string; at: number },
  ): Promise<boolean>;
  /** Ends one request that still counts. */
  end(shopId: string, id: string): Promise<void>;
  /** Ends what was asked before `askedBefore` and grants no longer valid at `at`; returns what it ended. */
  expire(
    shopId: string,
    moment: { askedBefore: number; at: number },
  ): Promise<{ id: string; conversationId: string; wasAsked: boolean }[]>;
  /** Requests that wait for an answer, oldest first; of one conversation if told so. */
  asked(shopId: string, conversationId?: string): Promise<Approval[]>;
  /** What an agent asked since a moment, newest first. */
  askedBy(shopId: string, agentId: string, since: number): Promise<Approval[]>;
}

/** Concessions on a price and requests for them. Call under the lock of the conversation to change one. */
export interface DiscountStore {
  /** @param endsAt a request or a grant counts until then; `null`: it has ended, or never does */
  save(shopId: string, discount: Discount, endsAt: number | null): Promise<void>;
  find(shopId: string, id: string): Promise<Discount | undefined>;
  /** Oldest first. */
  ofConversation(shopId: string, conversationId: string): Promise<Discount[]>;
  /** Requests that wait for a supervisor, oldest first. */
  asked(shopId: string): Promise<Discount[]>;
  /** What an agent asked of a supervisor since a moment, newest first. */
  requestsOf(shopId: string, agentId: string, since: number): Promise<Discount[]>;
  /** Requests and grants whose time is over and that nobody ended. */
  ended(shopId: string, at: number): Promise<Discount[]>;
}
