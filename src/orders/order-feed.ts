/**
 * What the feed has told of one order, kept so that deliveries may come in any order and any number of times: of a
 * milestone the earliest moment counts, of every other value the one that speaks of the latest moment. Folding a set
 * of deliveries gives the same value whatever their order.
 */
import type { FeedSource } from '../protocol/order-events.ts';

/** A value and the moment it speaks of, Unix ms. */
export interface Told<T = unknown> {
  at: number;
  value: T;
  /** Decides between two that speak of the same moment; absent: 0. */
  rank?: number;
}

/** Things that happen once. */
export const MILESTONES = [
  'paid',
  'printed',
  'packed',
  'shipped',
  'signed',
  'completed',
  'closed',
  'refunded',
  'returned',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** A refund form as told. */
export interface RefundFeed {
  openedAt: number;
  /** Once the money went back, no other state counts. */
  refundedAt?: number;
  last: Record<string, Told>;
}

/** See the head of this file. */
export interface OrderFeed {
  first: Partial<Record<Milestone, number>>;
  last: Record<string, Told>;
  /** Every amount told, oldest first: from it comes what a price change started from. */
  amounts: Told<{ fen: number; edit: boolean; visible?: boolean }>[];
  /** Pick-up scans by tracking number; the empty one is of whatever parcel there was. */
  handed: Record<string, number>;
  refunds: Record<string, RefundFeed>;
  /** When each source told something of this order last, Unix ms of receipt. */
  read: Partial<Record<FeedSource, number>>;
}

/** Amounts kept; older ones count for nothing any more. */
const AMOUNTS_KEPT = 20;

/** A feed that has told nothing. */
export function emptyFeed(): OrderFeed {
  return { first: {}, last: {}, amounts: [], handed: {}, refunds: {}, read: {} };
}

/** Notes a milestone; the earliest moment counts. */
export function noteFirst(feed: OrderFeed, milestone: Milestone, at: number): void {
  feed.first[milestone] = Math.min(at, feed.first[milestone] ?? at);
}

/** Notes a value if it speaks of a later moment than the one that stands. */
export function noteLast(last: Record<string, Told>, name: string, told: Told): void {
  const known = last[name];
  if (!known || isLater(told, known)) last[name] = told;
}

/** Notes an amount in its place. */
export function noteAmount(feed: OrderFeed, told: OrderFeed['amounts'][number]): void {
  if (feed.amounts.some((known) => !isLater(told, known) && !isLater(known, told))) return;
  feed.amounts = [...feed.amounts, told].sort((a, b) => (isLater(a, b) ? 1 : -1)).slice(-AMOUNTS_KEPT);
}

/** Same moment: the higher rank, then the greater text, so that no order of deliveries matters. */
function isLater(a: Told, b: Told): boolean {
  if (a.at !== b.at) return a.at > b.at;
  const [rankA, rankB] = [a.rank ?? 0, b.rank ?? 0];
  return rankA === rankB ? JSON.stringify(a.value) > JSON.stringify(b.value) : rankA > rankB;
}
