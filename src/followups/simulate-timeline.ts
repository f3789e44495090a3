/** Runs events through the engine on a simulated clock and an in-memory store. */
import { createFollowUpEngine } from './engine.ts';
import type { FollowUpEvent } from './events.ts';
import { createMemoryFollowUpStore } from './memory-store.ts';
import type { FollowUpShop } from './shop.ts';
import type { FollowUpStore } from './store.ts';

/** How a job ended, and when. A row that was given another date ended its old one as `cancelled`. */
export interface Ending {
  kind: 'sent' | 'cancelled' | 'skipped' | 'failed';
  rule: string;
  subject: string;
  buyerId: string;
  atMs: number;
  reason: string | null;
}

/**
 * Plays a timeline; events of one moment all happen before what is due at that moment, so a payment wins.
 *
 * The clock runs to the last event. Everything that goes out is counted as sent.
 */
export async function simulateTimeline(events: readonly FollowUpEvent[], shop: FollowUpShop): Promise<Ending[]> {
  const endings: Ending[] = [];
  const store = recordEndings(createMemoryFollowUpStore(), endings);
  let rowCount = 0;
  const engine = createFollowUpEngine({ store, shop, newId: () => `fup_${String(++rowCount).padStart(8, '0')}` });
  const buyerOf = findBuyers(events);
  const send = async () => ({ kind: 'sent' }) as const;

  async function runBefore(endMs: number): Promise<void> {
    for (let next = await store.nextDueAt(); next !== null && next < endMs; next = await store.nextDueAt()) {
      await engine.runDue(next, send);
    }
  }

  for (const [i, event] of events.entries()) {
    await runBefore(event.atMs);
    await engine.onEvent(buyerOf(event), event);
    if (events[i + 1]?.atMs !== event.atMs) await runBefore(event.atMs + 1);
  }
  return endings;
}

/** Hands out each row's end as it is written. */
function recordEndings(store: FollowUpStore, endings: Ending[]): FollowUpStore {
  const told = new Map<string, number>();
  return {
    ...store,
    change: (buyerId, work) =>
      store.change(buyerId, (book) => {
        const change = work(book);
        for (const row of change.rows) {
          for (const { step, atMs, because } of row.story.slice(told.get(row.id) ?? 0)) {
            const base = { rule: row.rule, subject: row.subjectId, buyerId, atMs };
            if (step === 'replanned') endings.push({ ...base, kind: 'cancelled', reason: because });
            if (step === 'sent') endings.push({ ...base, kind: step, reason: null });
            if (step === 'cancelled' || step === 'skipped' || step === 'failed') {
              endings.push({ ...base, kind: step, reason: because });
            }
          }
          told.set(row.id, row.story.length);
        }
        return change;
      }),
  };
}

/** Finds the buyer of events that name only an order or a conversation; a timeline of one buyer leaves no doubt. */
function findBuyers(events: readonly FollowUpEvent[]): (event: FollowUpEvent) => string {
  const buyers = new Map<string, string>();
  const names = new Set(events.flatMap(({ data }) => ('buyerId' in data ? [data.buyerId] : [])));
  const onlyBuyer = names.size === 1 ? [...names][0] : undefined;
  const keysOf = ({ data }: FollowUpEvent): string[] => [
    ...('orderId' in data && data.orderId ? [`order/${data.orderId}`] : []),
    ...('conversationId' in data ? [`conversation/${data.conversationId}`] : []),
  ];
  for (const event of events) {
    if (!('buyerId' in event.data)) continue;
    for (const key of keysOf(event)) buyers.set(key, event.data.buyerId);
  }
  return (event) => {
    if ('buyerId' in event.data) return event.data.buyerId;
    const keys = keysOf(event);
    return keys.map((key) => buyers.get(key)).find((buyer) => buyer !== undefined) ?? onlyBuyer ?? keys[0] ?? 'nobody';
  };
}
