/** Where response clocks, shop timers and calls to the person on call are kept. */
import type { ClockKind, ClockSettings, ClockTally, ClockView, PromiseTally } from '../protocol/clocks.ts';
import type { CallView, EmergencyKind } from '../protocol/on-call.ts';
import type { ClockTimes } from './response-clocks.ts';

/** A clock that starts. */
export interface NewClock extends ClockTimes {
  shopId: string;
  conversationId: string;
  kind: ClockKind;
  /** The buyer's message that starts it. */
  seq: number;
  because?: string | undefined;
  startedAt: number;
  warns: ClockSettings[ClockKind]['warns'];
  escalates: boolean;
}

/** A clock whose limit has passed. */
export interface BreachedClock {
  conversationId: string;
  buyerId: string;
  kind: ClockKind;
  dueAt: number;
  escalates: boolean;
}

/** Response clocks. A person's reply stops them in its own commit; see `appendReply`. */
export interface ClockStore {
  /**
   * Starts clocks of one conversation that wait for a person's word, unless one of their kind runs; true when one
   * started. One whose word was given meanwhile is kept as stopped by it.
   */
  startWaits(clocks: readonly NewClock[]): Promise<boolean>;
  /** Starts one unless one of its kind runs in the conversation. */
  startOne(clock: NewClock): Promise<boolean>;
  /** Declares open clocks of some kinds done; true when there was one. */
  settle(shopId: string, conversationId: string, kinds: readonly ClockKind[], at: number): Promise<boolean>;
  /** Conversations somebody waits in without any clock of that wait: the node that should have started it died. */
  unstarted(shopId: string, limit: number): Promise<{ conversationId: string; waitingSince: number }[]>;
  /** Notes warnings that are due; true when there was one. One node notes each. */
  noteWarned(shopId: string, nowMs: number): Promise<boolean>;
  /** Notes breaches and returns those that nobody noted before. */
  noteBreached(shopId: string, nowMs: number): Promise<BreachedClock[]>;
  /** Ends the tasks of breached clocks that were stopped since; how many. */
  finishTasks(shopId: string, taskKind: string, nowMs: number): Promise<number>;
  /** Clocks that run, the first due first. */
  open(shopId: string, nowMs: number, limit: number): Promise<ClockView[]>;
  /** What became of the clocks that were due, or stopped, since a moment. */
  tally(shopId: string, sinceMs: number, nowMs: number): Promise<ClockTally[]>;
  /** Promised answers whose moment lies in a stretch of time, kept and missed; open ones whenever they are promised. */
  promises(shopId: string, sinceMs: number, nowMs: number): Promise<PromiseTally>;
  /** Notes that somebody is on duty. */
  noteDuty(shopId: string, atMs: number): Promise<void>;
  /** When somebody was on duty last; `null`: nobody knows. */
  lastDuty(shopId: string): Promise<number | null>;
}

/** A call that waits to be made. */
export interface Call {
  shopId: string;
  id: string;
  conversationId: string;
  buyerId: string;
  kind: EmergencyKind;
  /** `seq` and moment of the message. */
  seq: number;
  saidAt: number;
  /** The words that tell of it, personal data masked. */
  excerpt: string;
  attempts: number;
}

/** Calls to the person on call. */
export interface CallStore {
  /**
   * Plans a call, once for a message; false when it was planned before, or when this buyer had one since
   * `quietSinceMs` that reached somebody, or still may.
   */
  plan(call: Omit<Call, 'attempts'>, dueAt: number, nowMs: number, quietSinceMs: number): Promise<boolean>;
  /** Takes calls that are due, those whose caller died too, for `leaseMs`. */
  claim(shopId: string, nowMs: number, leaseMs: number, limit: number): Promise<Call[]>;
  /** Ends a claimed call, or puts it off until `nextMs`; false when somebody else has it by now. */
  finish(
    call: Call,
    outcome: { state: CallView['state']; nextMs: number; person?: string | undefined; problem?: string | undefined },
    nowMs: number,
  ): Promise<boolean>;
  /** The latest calls, newest first. */
  latest(shopId: string, limit: number): Promise<CallView[]>;
}

/** A timer of the shop as a whole. */
export interface ShopTimer {
  key: string;
  nextAt: number;
  /** The occurrence that was run last; before the first, when the timer was set up. */
  sinceAt: number;
}

/** Timers of the shop: one live row a rule. */
export interface ShopTimerStore {
  all(shopId: string): Promise<ShopTimer[]>;
  /** Sets one up; false when it is there. */
  add(shopId: string, timer: ShopTimer): Promise<boolean>;
  /** Moves a timer if it still stands at `expected`; false when another node was faster. */
  move(shopId: string, timer: ShopTimer, expected: number): Promise<boolean>;
  remove(shopId: string, key: string): Promise<void>;
  /** Talks in which a buyer wrote since a moment, with the agent who has them, the latest first. */
  talks(shopId: string, sinceMs: number): Promise<Talk[]>;
  /** Orders whose slip is printed, and those marked as shipped since a moment. */
  parcels(shopId: string, sinceMs: number): Promise<{ orderId: string; state: 'printed' | 'shipped' }[]>;
  /** Orders about which a courier's compensation was due since a moment. @see FU-47 */
  claims(shopId: string, sinceMs: number): Promise<string[]>;
  /** Reviews above a score that were posted since a moment, those with an issue first. @see FU-26 */
  goodReviews(shopId: string, sinceMs: number, aboveScore: number): Promise<PostedReview[]>;
  /** Orders of one style with a case of one kind since a moment, open or closed. @see FU-39 */
  sameIssue(
    shopId: string,
    issue: { title: string; kind: string; sinceMs: number },
  ): Promise<{ orderId: string; buyerId: string }[]>;
}

/** A review of an order. */
export interface PostedReview {
  orderId: string;
  buyerId: string;
  buyerName: string;
  score: number;
  /** What it says went wrong. */
  issue?: string;
  /** The buyer wants no word that they did not ask for. */
  wantsRest: boolean;
}

/** A talk of a stretch of days. */
export interface Talk {
  conversationId: string;
  buyerName: string;
  /** Absent: nobody had it. */
  agentName?: string;
  /** A person answered in that time. */
  replied: boolean;
}
