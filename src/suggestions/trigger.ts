import type { MessageIntent } from '../protocol/ids.ts';
import type { Context } from './context.ts';

/** Classes of SR-15, most urgent first. */
export const RANK_CLASSES = [
  'safety',
  'after-sale',
  'question',
  'order-check',
  'recommendation',
  'closing',
  'campaign',
] as const;
export type RankClass = (typeof RANK_CLASSES)[number];

/** A test on the situation. */
export type Test = (context: Context) => boolean;

/** A situation, beside the intents, in which a card fits, with how well and why. */
export interface Occasion {
  /** 0 to 1. */
  readonly weight: number;
  readonly holds: Test;
  /** In words, for the reasons of a proposal. */
  readonly reason: string;
}

/** When a card is worth proposing: the card's "When" line as data. @see domain 05, 5.5 */
export interface Trigger {
  readonly card: string;
  readonly rank: RankClass;
  /** Intents it answers, with how well, 0 to 1. */
  readonly intents: Readonly<Partial<Record<MessageIntent, number>>>;
  /** Must hold, else the card is no candidate. */
  readonly when?: Test;
  readonly occasions?: readonly Occasion[];
  /** When it holds, the card counts for less than half: said already, or beside the point. */
  readonly fades?: Test;
}

/** Creates an occasion. */
export function occasion(weight: number, reason: string, holds: Test): Occasion {
  return { weight, reason, holds };
}

/** State of the order, as last read; `none` without an order or when it was closed. */
export function orderState(context: Context): string {
  const order = context.facts.order;
  if (order === null || order === undefined || order.state === 'closed') return 'none';
  return order.state;
}

/** Holds when the order is in one of the states. */
export const inState =
  (...states: string[]): Test =>
  (context) =>
    states.includes(orderState(context));

/** Kind of the open case. */
export const caseKind = (context: Context): string | undefined =>
  context.facts.case?.open === true ? context.facts.case.kind : undefined;

/** Holds when the open case is of one of the kinds, or of no known kind. */
export const caseMay =
  (...kinds: string[]): Test =>
  (context) => {
    const kind = caseKind(context);
    return kind === undefined || kinds.includes(kind);
  };

/** Highest belief among some intents. */
export function belief(context: Context, ...intents: MessageIntent[]): number {
  return Math.max(0, ...intents.map((intent) => context.beliefs.get(intent) ?? 0));
}
