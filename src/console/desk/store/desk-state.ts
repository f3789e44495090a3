import type { ClockView, PromiseTally } from '../../../protocol/clocks.ts';
import type { Discount } from '../../../protocol/discounts.ts';
import type { Approval } from '../../../protocol/library.ts';
import type { AutomaticChange, SendEnd } from '../../../protocol/modes.ts';
import type {
  AgentSelf,
  ConversationDetail,
  ConversationSummary,
  Message,
  OrderView,
  OwedAnswer,
  SuggestionSet,
  TaskView,
} from '../../../protocol/records.ts';
import type { Analysis, Profile } from '../../../protocol/turn.ts';
import type { SocketState } from '../../client/socket-state.ts';
import type { MessageLog, PendingMessage } from '../../client/thread.ts';
import type { Catalogue } from '../catalogue.ts';

/** The four lists of the left pane. */
export const LIST_NAMES = ['waiting', 'all', 'owed', 'tasks'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** What an agent said a message means, by the `seq` of the message. */
export type Corrections = Readonly<Record<number, ConversationDetail['corrections'][number]>>;
/** An agent's word on a buyer's type; `unknown`: nobody can tell. */
export type PinnedType = NonNullable<ConversationDetail['buyer']['pinnedType']>;

/** Everything held of one conversation that was opened. */
export interface Thread {
  status: 'loading' | 'ready' | 'failed';
  log: MessageLog;
  buyer?: ConversationDetail['buyer'];
  orders: readonly OrderView[];
  followUps: ConversationDetail['followUps'];
  /** By `seq` of the buyer's message. */
  analyses: Readonly<Record<number, Analysis>>;
  corrections: Corrections;
  /** Where the talk stands on the seven steps. */
  flow?: NonNullable<ConversationDetail['flow']>;
  suggestions?: SuggestionSet;
  /** Suggestions were pushed since the desk was last asked for this conversation: they are newer than its answer. */
  pushed: boolean;
  /** Positions of the present suggestions the agent has put away. */
  dismissed: readonly number[];
  /** Why the last suggestions were withdrawn, while no newer ones have come. */
  withdrawn?: { suggestionId: string; reason: string };
}

/** A text that did not leave by itself, or has. */
export interface EndedSend {
  id: string;
  reason: SendEnd;
  /** Of the proposal, where the page knew it. */
  suggestionId?: string;
  position?: number;
}

/** A sentence shown for a while at the foot of the desk. */
export interface Notice {
  id: number;
  kind: 'info' | 'trouble';
  text: string;
  /** A later notice on it takes this one's place. */
  topic?: string;
}

/** All the desk's page knows. */
export interface DeskState {
  /** `undefined` while it is being asked; `null` when nobody is signed in. */
  self: AgentSelf | null | undefined;
  socket: SocketState;
  /** Of the record; another one means that what is held is void. */
  epoch: string | undefined;
  conversations: Readonly<Record<string, ConversationSummary>>;
  /** True once the list of conversations has come. */
  listed: boolean;
  threads: Readonly<Record<string, Thread>>;
  activeId: string | undefined;
  /** `seq` of the message of the open conversation whose meaning is being set right. */
  correcting: number | undefined;
  list: ListName;
  owed: readonly OwedAnswer[];
  /** Promises to offline buyers, of today. */
  promises: PromiseTally | undefined;
  /** Clocks that run, the first due first; `undefined` until they were read. */
  clocks: readonly ClockView[] | undefined;
  tasks: readonly TaskView[];
  /** Open tasks beyond those that are listed. */
  moreTasks: number;
  /** One's own requests of late; for a supervisor all that wait as well. `undefined` until they were read. */
  approvals: readonly Approval[] | undefined;
  /** The same for discounts. */
  discounts: readonly Discount[] | undefined;
  ordersOfBuyer: Readonly<Record<string, readonly OrderView[]>>;
  onDuty: readonly string[];
  presence: 'online' | 'away';
  /** The desk's clock minus this machine's, in ms. */
  skewMs: number;
  /** The last pending send of each conversation that ended, or that this page has stopped. */
  endedSends: Readonly<Record<string, EndedSend>>;
  /** Who types where; `until` is Unix ms, after which it is old. */
  typing: Readonly<Record<string, { from: 'buyer' | 'agent'; who: string; until: number }>>;
  catalogue: Catalogue;
  notices: readonly Notice[];
}

/** Everything that changes the state. */
export type DeskAction =
  | { type: 'signedIn'; self: AgentSelf }
  | { type: 'signedOut' }
  | { type: 'socket'; state: SocketState }
  | { type: 'welcome'; epoch: string; resumed: boolean }
  | { type: 'conversationsLoaded'; conversations: readonly ConversationSummary[] }
  | { type: 'conversationChanged'; conversation: ConversationSummary }
  | { type: 'opened'; conversationId: string }
  | { type: 'closed' }
  | { type: 'detailLoaded'; detail: ConversationDetail }
  | { type: 'detailFailed'; conversationId: string }
  | { type: 'standingLoaded'; detail: ConversationDetail }
  | { type: 'correctingChanged'; seq: number | undefined }
  | { type: 'intentsCorrected'; conversationId: string; correction: ConversationDetail['corrections'][number] }
  | { type: 'typeCorrected'; conversationId: string; profile: Profile; pinnedType: PinnedType | null }
  | { type: 'messagesLoaded'; conversationId: string; messages: readonly Message[] }
  | { type: 'messageAppended'; message: Message }
  | {
      type: 'turnAnalysed';
      conversationId: string;
      seq: number;
      analysis: Analysis;
      profile: Profile;
      suggestions: SuggestionSet;
    }
  | { type: 'suggestionsWithdrawn'; conversationId: string; suggestionId: string; reason: string }
  | ({ type: 'automaticChanged' } & AutomaticChange)
  | { type: 'automaticStopped'; conversationId: string }
  | { type: 'automaticStopFailed'; conversationId: string }
  | { type: 'clockRead'; skewMs: number }
  | { type: 'suggestionDismissed'; conversationId: string; position: number }
  | { type: 'sending'; conversationId: string; pending: PendingMessage }
  | { type: 'confirmed'; conversationId: string; id: string; seq: number | undefined }
  | { type: 'sendingFailed'; conversationId: string; id: string }
  | { type: 'sendingTakenBack'; conversationId: string; id: string }
  | { type: 'ordersChanged'; buyerId: string; orders: readonly OrderView[] }
  | { type: 'followUpsLoaded'; conversationId: string; followUps: ConversationDetail['followUps'] }
  | { type: 'owedLoaded'; owed: readonly OwedAnswer[] }
  | { type: 'promisesLoaded'; promises: PromiseTally }
  | { type: 'clocksLoaded'; clocks: readonly ClockView[] }
  | { type: 'tasksLoaded'; tasks: readonly TaskView[]; more?: number | undefined }
  | { type: 'taskDone'; taskId: string }
  | { type: 'approvalsLoaded'; approvals: readonly Approval[] }
  | { type: 'discountsLoaded'; discounts: readonly Discount[] }
  | { type: 'catalogueLoaded'; catalogue: Catalogue }
  | { type: 'presenceChanged'; onDuty: readonly string[] }
  | { type: 'presenceSet'; presence: 'online' | 'away' }
  | { type: 'typing'; conversationId: string; from: 'buyer' | 'agent'; who: string; on: boolean; until: number }
  | { type: 'listChosen'; list: ListName }
  | { type: 'noticed'; notice: Notice }
  | { type: 'noticeGone'; id: number };
