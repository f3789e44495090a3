/** Small words to write timelines in tests. */

import { createFollowUpEngine, type FollowUpEngine, type SendFollowUp } from '../../src/followups/engine.ts';
import type { EventOf, FollowUpEvent, FollowUpEventType } from '../../src/followups/events.ts';
import { createMemoryFollowUpStore } from '../../src/followups/memory-store.ts';
import type { RuleSettings } from '../../src/followups/rules.ts';
import { createFollowUpShop, type FollowUpShop } from '../../src/followups/shop.ts';
import type { FollowUp, FollowUpStore } from '../../src/followups/store.ts';

export const BUYER = 'b1';

/** Tuesday, 8 June 2027 in Shanghai, at a time of day; `day` moves it. */
export function at(clock: string, day = 8): number {
  return Date.parse(`2027-06-${String(day).padStart(2, '0')}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);
}

/** An event of the buyer. */
export function event<T extends FollowUpEventType>(type: T, atMs: number, data: EventOf<T>['data']): FollowUpEvent {
  return { type, atMs, data } as FollowUpEvent;
}

export function shopOf(settings: Record<string, RuleSettings> = {}): FollowUpShop {
  return createFollowUpShop(
    { timeZone: 'Asia/Shanghai', hours: '08:30-21:30', quietHours: '22:00-09:00', closedDays: [] },
    settings,
  );
}

/** An engine over an empty store, with everything that went out. */
export interface Bench {
  engine: FollowUpEngine;
  store: FollowUpStore;
  sent: FollowUp[];
  /** Tells the engine of an event of the one buyer. */
  tell<T extends FollowUpEventType>(type: T, atMs: number, data: Omit<EventOf<T>['data'], 'buyerId'>): Promise<void>;
  /** Runs the clock up to and including a moment. */
  runTo(endMs: number): Promise<void>;
  rows(rule: string): Promise<FollowUp[]>;
}

export function createBench(settings: Record<string, RuleSettings> = {}, send?: SendFollowUp): Bench {
  const store = createMemoryFollowUpStore();
  let count = 0;
  const engine = createFollowUpEngine({ store, shop: shopOf(settings), newId: () => `f${++count}` });
  const sent: FollowUp[] = [];
  const sendAndKeep: SendFollowUp = async (row) => {
    sent.push(row);
    return send ? send(row) : { kind: 'sent' };
  };
  return {
    engine,
    store,
    sent,
    tell: (type, atMs, data) => engine.onEvent(BUYER, event(type, atMs, { ...data, buyerId: BUYER } as never)),
    async runTo(endMs) {
      for (let next = await store.nextDueAt(); next !== null && next <= endMs; next = await store.nextDueAt()) {
        await engine.runDue(next, sendAndKeep);
      }
    },
    rows: async (rule) => (await store.listByBuyer(BUYER)).filter((row) => row.rule === rule),
  };
}
