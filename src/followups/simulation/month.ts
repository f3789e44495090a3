/** A shop's month on a simulated clock: buyers act, timers run, and both leave a log. */
import { createDueHeap } from '../due-heap.ts';
import { createFollowUpEngine } from '../engine.ts';
import type { FollowUpEvent } from '../events.ts';
import { createMemoryFollowUpStore } from '../memory-store.ts';
import type { FollowUpShop } from '../shop.ts';
import type { FollowUp, GoOutMode } from '../store.ts';
import { createBuyers } from './buyers.ts';
import { createRandom } from './random.ts';

/** What is simulated. */
export interface MonthOptions {
  days: number;
  orders: number;
  seed: number;
  /** Unix ms of the first day's midnight. */
  startMs: number;
  shop: FollowUpShop;
}

/** Something that happened to a buyer. */
export interface LoggedEvent {
  buyerId: string;
  event: FollowUpEvent;
}

/** A touch that went out, to the buyer or onto a task list. */
export interface LoggedSend {
  atMs: number;
  rule: string;
  buyerId: string;
  subjectId: string;
  orderId: string | null;
  touch: number;
  mode: GoOutMode;
}

/** What a month leaves behind. */
export interface Month {
  events: LoggedEvent[];
  sends: LoggedSend[];
  buyers: number;
  /** Rows of the ledger by how they ended, `planned` for those whose moment is still to come. */
  rows: Record<string, number>;
}

/** Something a buyer or the desk does at a moment, if it still wants to by then. */
export interface Action {
  atMs: number;
  act(): LoggedEvent[];
}

/** Runs the month. Events of a moment come before what is due at that moment, so a payment wins. */
export async function simulateMonth({ days, orders, seed, startMs, shop }: MonthOptions): Promise<Month> {
  const endMs = startMs + days * 86_400_000;
  const events: LoggedEvent[] = [];
  const sends: LoggedSend[] = [];
  const store = createMemoryFollowUpStore();
  let rowCount = 0;
  const engine = createFollowUpEngine({ store, shop, newId: () => `fup_${String(++rowCount).padStart(8, '0')}` });
  const agenda = createAgenda();
  const buyers = createBuyers({ orders, startMs, endMs, calendar: shop.calendar, random: createRandom(seed), agenda });

  async function send(row: FollowUp) {
    const { rule, buyerId, subjectId, orderId, touch } = row;
    const line: LoggedSend = { atMs: row.claimedAtMs!, rule, buyerId, subjectId, orderId, touch, mode: row.mode! };
    sends.push(line);
    buyers.onTouch(line);
    return { kind: 'sent' } as const;
  }

  for (;;) {
    const action = agenda.peek();
    const dueAtMs = await store.nextDueAt();
    const nowMs = Math.min(action?.atMs ?? Number.POSITIVE_INFINITY, dueAtMs ?? Number.POSITIVE_INFINITY);
    if (nowMs >= endMs) break;
    if (action?.atMs === nowMs) {
      agenda.pop();
      for (const line of action.act()) {
        events.push(line);
        await engine.onEvent(line.buyerId, line.event);
      }
    } else await engine.runDue(nowMs, send, 1);
  }
  const rows: Record<string, number> = {};
  for (const buyerId of buyers.ids) {
    for (const { status } of await store.listByBuyer(buyerId)) rows[status] = (rows[status] ?? 0) + 1;
  }
  return { events, sends, buyers: buyers.ids.length, rows };
}

/** What is still to be done, by moment. */
export interface Agenda {
  add(action: Action): void;
  peek(): Action | undefined;
  pop(): void;
}

function createAgenda(): Agenda {
  const heap = createDueHeap();
  const actions = new Map<string, Action>();
  let count = 0;
  return {
    add(action) {
      const id = String(++count);
      actions.set(id, action);
      heap.push({ id, dueAtMs: action.atMs });
    },
    peek() {
      const top = heap.peek();
      return top && actions.get(top.id);
    },
    pop() {
      const top = heap.pop();
      if (top) actions.delete(top.id);
    },
  };
}
