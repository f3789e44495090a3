import type { Facts } from '../protocol/facts.ts';
import type { Turn } from '../protocol/turn.ts';
import { type DeskTurn, isPending, readDeskTurn, repliesTo } from './read-desk-turn.ts';
import { type InvoiceStage, type ReturnStage, readInvoiceStage, readReturnStage } from './read-matter.ts';

/** How the message stands to the talk before it. */
export interface Talk {
  readonly desk: DeskTurn;
  /** The desk owes something, or waits for something. */
  readonly pending: boolean;
  /** The message answers what the desk asked. */
  readonly replies: boolean;
  readonly invoice: InvoiceStage;
  readonly return: ReturnStage;
  /** Nothing on record says what the talk is about: no order, product, case or noted question. */
  readonly bare: boolean;
}

/** Facts that say what a talk is about. */
const MATTERS = [
  'product',
  'candidates',
  'choice',
  'comparedWith',
  'refund',
  'question',
  'wish',
  'review',
  'handover',
  'complaint',
  'exchange',
  'priceEdit',
  'basket',
  'tracking',
  'discount',
] as const satisfies readonly (keyof Facts)[];

function isBare(facts: Facts): boolean {
  const order = facts.order;
  const hasOrder = order !== null && order !== undefined && order.state !== 'closed';
  return !hasOrder && facts.case?.open !== true && MATTERS.every((key) => facts[key] === undefined);
}

/** Remembers what was read; most messages need little of it. */
function once<T>(read: () => T): () => T {
  let kept: { value: T } | undefined;
  return () => {
    kept ??= { value: read() };
    return kept.value;
  };
}

/** Reads how a message stands to the talk before it, each part when it is asked for. */
export function readTalk(facts: Facts, history: readonly Turn[], message: string): Talk {
  const desk = once(() => readDeskTurn(history));
  const pending = once(() => isPending(desk()));
  const replies = once(() => repliesTo(desk(), message));
  const invoice = once(() => readInvoiceStage(message, history));
  const back = once(() => readReturnStage(message, history));
  const bare = once(() => isBare(facts));
  return {
    get desk() {
      return desk();
    },
    get pending() {
      return pending();
    },
    get replies() {
      return replies();
    },
    get invoice() {
      return invoice();
    },
    get return() {
      return back();
    },
    get bare() {
      return bare();
    },
  };
}
