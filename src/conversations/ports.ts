/** What this room keeps and needs kept: conversations and their messages. */
import type { DeskRecord } from '../protocol/desk-records.ts';
import type { Discount } from '../protocol/discounts.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { ConversationSummary, Message, SuggestionSet } from '../protocol/records.ts';
import type { Analysis, Profile } from '../protocol/turn.ts';
import type { FlowState } from './follow-flow.ts';

/** A buyer's message as it came over a channel. */
export interface IncomingMessage {
  shopId: string;
  conversationId: string;
  channel: string;
  /** The platform's or client's own id of the message: recorded once. */
  key: string;
  messageId: string;
  text: string;
  sentAt: number;
}

/** What became of an appended message. */
export interface AppendedMessage {
  messageId: string;
  seq: number;
  /** It had been recorded before; nothing was changed. */
  duplicate: boolean;
  /** Live suggestions that the message made stale. */
  withdrawn: string[];
  /** Pending automatic sends that the message voided; absent: none. */
  voided?: string[];
}

/** A reply to be recorded, by a person or by a machine. */
export interface OutgoingMessage {
  shopId: string;
  conversationId: string;
  /** Idempotency: the same scope and key is recorded once. */
  scope: string;
  key: string;
  messageId: string;
  from: 'agent' | 'auto';
  text: string;
  sentAt: number;
  agentId?: string;
  script?: { id: string; version: number };
  suggestionId?: string;
  /**
   * The live suggestion set this reply takes; one reply wins.
   * @throws DeskError `suggestion_settled` or `suggestion_stale` when it is live no longer
   */
  claimSuggestion?: string | undefined;
  /** Recorded elsewhere: kept for the history, never delivered. */
  recordedOnly?: boolean;
}

/** A reply of the desk itself. */
export type AutomaticMessage = Omit<OutgoingMessage, 'from' | 'agentId' | 'claimSuggestion' | 'recordedOnly'> & {
  from: 'auto';
  /** What the desk remembers of the conversation from then on; absent: what it did. */
  state?: ConversationState;
};

/** A conversation's row, locked or read. */
export interface ConversationRow {
  shopId: string;
  id: string;
  buyerId: string;
  channel: string;
  status: 'open' | 'resolved';
  lastSeq: number;
  analysedSeq: number;
  lastBuyerAt: number | null;
  lastAgentAt: number | null;
  waitingSince: number | null;
  takenOverAt: number | null;
  awayAckAt: number | null;
  assignedAgentId: string | null;
  state: ConversationState;
}

/** What the desk remembers of a conversation beside its messages. */
export interface ConversationState {
  /** Scripts that were sent, oldest first. */
  scriptsUsed?: string[];
  /** A person asked that nothing more be sent about this product. @see FLOW-T17 */
  noMoreFollowup?: boolean;
  /** The product the talk is about. */
  productId?: string;
  /** The order the buyer named, of several; `null`: none any more. */
  namedOrder?: { id: string; atMs: number } | null;
  /** The agent who opened the chat last; who answered it or took it over goes before. */
  openedBy?: string;
  /** What people entered: the records that count, of each order and of the chat. */
  records?: DeskRecord[];
  /** Where the talk stands on the seven steps. */
  flow?: FlowState;
  /** Where it stood before the newest message that was understood: a correction of that message moves on from there. */
  flowBefore?: { seq: number; onDuty: boolean; flow: FlowState };
  /** What an agent said the buyer's newest message means; `null`: taken back. */
  meant?: { seq: number; intents: MessageIntent[] } | null;
  /** Concessions on the price and requests for them, oldest first; the record has them in a table of their own. */
  discounts?: Discount[];
  /** Tags an agent gave. */
  tags?: string[];
  /** The last profile, so that the console can show it without computing. */
  profile?: Profile;
}

/** The outcome of analysing one buyer message. */
export interface AnalysedTurn {
  shopId: string;
  conversationId: string;
  seq: number;
  analysis: Analysis;
  profile: Profile;
  buyerId: string;
  /** The profiler's new state of this buyer. */
  profileState: unknown;
  suggestions: SuggestionSet;
  /** Keys that change; the others stay. */
  state: ConversationState;
  at: number;
}

/** Conversations and messages of a shop. */
export interface ConversationStore {
  /** The buyer's conversation on a channel; made when there is none. A resolved one opens again with the next message. */
  open(shopId: string, buyerId: string, channel: string, id: string, at: number): Promise<ConversationRow>;
  /** Records a buyer's message once; see `AppendedMessage`. Calls are grouped into one commit. */
  appendBuyerMessage(message: IncomingMessage): Promise<AppendedMessage>;
  /** Records a reply, its outbox row, and what follows for the conversation. Call inside a transaction that locked it. */
  appendReply(message: OutgoingMessage): Promise<AppendedMessage>;
  /** The same for replies of the desk itself to different conversations, in the order of the messages. */
  appendAutomatic(messages: readonly AutomaticMessage[]): Promise<AppendedMessage[]>;
  /** Where the reply of this scope and key was recorded; `undefined`: it was not. */
  findReply(shopId: string, scope: string, key: string): Promise<AppendedMessage | undefined>;
  /** Records analysis and suggestions of a message; suggestions are live only if nobody wrote after it meanwhile. */
  saveTurn(turn: AnalysedTurn): Promise<SuggestionSet['state']>;
  /** Locks the conversation until the transaction ends. */
  lock(shopId: string, id: string): Promise<ConversationRow | undefined>;
  /**
   * Locks those of the conversations that nobody holds, and whose buyer's book nobody holds, and both until the
   * transaction ends. Waits for nobody: the others are left out.
   */
  lockFree(shopId: string, ids: readonly string[]): Promise<ConversationRow[]>;
  find(shopId: string, id: string): Promise<ConversationRow | undefined>;
  /** Changes a few columns; absent keys stay. */
  update(shopId: string, id: string, changes: ConversationChanges, at: number): Promise<void>;
  messages(shopId: string, id: string, afterSeq: number, limit: number): Promise<Message[]>;
  /** The last messages, oldest first. */
  lastMessages(shopId: string, id: string, limit: number): Promise<Message[]>;
  summaries(
    shopId: string,
    filter: { status?: 'open' | 'resolved'; ids?: string[]; limit: number },
  ): Promise<ConversationSummary[]>;
  /** Conversations that changed since a moment, with their last seq: to heal what the bus lost. */
  changedSince(shopId: string, sinceMs: number): Promise<{ id: string; lastSeq: number; changedAt: number }[]>;
  /** Buyer messages that were recorded and never analysed, oldest first. */
  unanalysed(
    shopId: string,
    recordedBefore: number,
    limit: number,
  ): Promise<{ conversationId: string; lastSeq: number }[]>;
  /** Analyses of the buyer's messages from a `seq` on, by `seq`. */
  analyses(shopId: string, id: string, fromSeq: number): Promise<Map<number, Analysis>>;
}

/** Columns that may be changed. */
export interface ConversationChanges {
  status?: 'open' | 'resolved';
  unread?: number;
  waitingSince?: number | null;
  takenOverAt?: number | null;
  awayAckAt?: number | null;
  assignedAgentId?: string | null;
  state?: ConversationState;
}
