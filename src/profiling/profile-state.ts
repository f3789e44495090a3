import type { BuyerType, MessageIntent, OrderState } from '../protocol/ids.ts';
import type { AgentCue, BuyerCue } from './cues/cue.ts';
import type { MessageManner } from './manner/manner-model.ts';
import type { FoundCues } from './read-cues.ts';

/** Ids of the thirty behaviour features. @see domain 03, 3.2 */
export type FeatureId = `BF-${number}${number}`;

/** What a feature found. Pure data, so that it can be kept in the state. */
export interface Finding {
  feature: FeatureId;
  /** 1 is the documented threshold; less is a hint, more is clearer. At most 1.5. */
  strength: number;
  /** What showed it, in words for the agent. */
  detail: string;
  /** The same in Chinese; absent in findings of older records. */
  detailZh?: string;
  /** Moment of the newest message or order that showed it, Unix ms. */
  atMs: number;
  /** Which half-life fades it. */
  basis: 'chat' | 'orders';
}

/** A message of the buyer as kept: what it showed, never its text. */
export interface BuyerTrace {
  from: 'buyer';
  atMs: number;
  cues: FoundCues<BuyerCue>;
  faults?: string[];
  doubts?: string[];
  variants?: string[];
  /** What its manner weighs. */
  manner?: MessageManner;
}

/** A message of the agent as kept. */
export interface AgentTrace {
  from: 'agent';
  atMs: number;
  cues: FoundCues<AgentCue>;
  /** What its manner weighs. */
  manner?: MessageManner;
}

/** One message of the chat as kept. */
export type MessageTrace = BuyerTrace | AgentTrace;

/** An order as the profiler is told of it. Moments in Unix ms; absent: has not happened. */
export interface ProfiledOrder {
  id: string;
  state: OrderState;
  items: readonly { title: string; category: string; qty: number }[];
  placedAtMs: number;
  paidAtMs?: number;
  signedAtMs?: number;
  confirmedAtMs?: number;
  confirmedBy?: 'buyer' | 'auto';
  /** A review in the buyer's own words. */
  review?: { text: string };
  /** The buyer asked for a return, compensation or partial refund. */
  claimed?: boolean;
}

/** An order as kept. */
export interface OrderTrace extends Omit<ProfiledOrder, 'items' | 'review'> {
  categories: string[];
  titles: string[];
  pieces: number;
  review?: { length: number; personal: boolean };
}

/** A message as the profiler is told of it. `auto` replies count as the agent's. */
export interface ProfiledMessage {
  from: 'buyer' | 'agent' | 'auto';
  text: string;
  atMs: number;
  /** What the NLU room held of it, where it has read it. */
  intents?: readonly MessageIntent[];
}

/** Everything kept of one buyer; JSON-serialisable, bounded in size. */
export interface ProfileState {
  v: 1;
  /** The current chat, oldest first. */
  messages: MessageTrace[];
  /** Oldest first. */
  orders: OrderTrace[];
  /** Ends of earlier chats, Unix ms, oldest first: tells silent orders. @see BF-20 */
  chatsEndedMs: number[];
  /** What earlier chats showed. */
  earlier: Finding[];
  /** The agent's correction; it wins until it is taken back. @see BT-P2 */
  pinned?: BuyerType | 'unknown';
}

/** The state of a buyer nobody has met. */
export function createProfileState(): ProfileState {
  return { v: 1, messages: [], orders: [], chatsEndedMs: [], earlier: [] };
}
