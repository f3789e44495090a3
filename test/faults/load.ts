/** The platform's order feed: signed webhooks, repeated until the desk acknowledges them, each acknowledgement logged. */
import { signWebhook } from '../../src/lib/sign-webhook.ts';
import { type Ground, SHOP } from './ground.ts';
import { buyerOf } from './platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** An order is closed this long after its reminder. @see FU-04 */
const NOTICE_MS = 6 * HOUR;
/** Just long enough before the reminder that it may be sent: the check of FU-02 then comes a quarter of an hour later. */
const PLACED_BEFORE_MS = 30.5 * MINUTE;
const AT_ONCE = 24;
const GIVE_UP_MS = 90_000;
const BEAT_EVERY_MS = 20_000;

/** An order of a run. */
export interface PlannedOrder {
  orderId: string;
  dueAtMs: number;
}

/** Names orders whose reminders are due one after the other over a span. */
export function planOrders(
  { runName }: Ground,
  prefix: string,
  count: number,
  fromMs: number,
  spanMs: number,
): PlannedOrder[] {
  return Array.from({ length: count }, (_, i) => ({
    orderId: `${runName}-${prefix}${i}`,
    dueAtMs: Math.round(fromMs + (i * spanMs) / count),
  }));
}

/** Tells the desk of unpaid orders. */
export async function placeOrders(ground: Ground, orders: readonly PlannedOrder[]): Promise<void> {
  await forEach(orders, async ({ orderId, dueAtMs }) => {
    const data = {
      orderId,
      buyerId: buyerOf(orderId),
      amount: 159,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
      autoCloseAt: new Date(dueAtMs + NOTICE_MS).toISOString(),
    };
    const placedAtMs = Math.min(Date.now(), dueAtMs - PLACED_BEFORE_MS);
    await tell(ground, 'order.created', data, { id: `made-${orderId}`, atMs: placedAtMs });
    ground.platform.logs.add({
      log: 'events',
      type: 'order.created',
      orderId,
      dueAtMs,
      acknowledgedAtMs: Date.now(),
    });
  });
}

/** Tells the desk that an order is paid. */
export async function pay(ground: Ground, orderId: string): Promise<void> {
  await tell(ground, 'order.paid', { orderId }, { id: `paid-${orderId}`, atMs: Date.now() });
  ground.platform.logs.add({ log: 'events', type: 'order.paid', orderId, acknowledgedAtMs: Date.now() });
}

/** Lets the desk know that the feed is alive, as a platform does; facts of a silent feed grow too old to be said. */
export function keepFeedAlive(ground: Ground): { stop(): void } {
  let beats = 0;
  const beat = () => {
    const id = `alive-${ground.runName}-${++beats}`;
    // A beat that is lost is made good by the next one.
    tell(ground, 'feed.alive', {}, { id, atMs: Date.now() }).catch(() => undefined);
  };
  beat();
  const timer = setInterval(beat, BEAT_EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

/** Does something for each, several at a time. */
export async function forEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Waits until a moment of the machine's clock. */
export function waitUntil(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms - Date.now())));
}

async function tell(
  ground: Ground,
  type: string,
  data: object,
  { id, atMs }: { id: string; atMs: number },
): Promise<void> {
  const body = JSON.stringify({ type, at: new Date(atMs).toISOString(), data });
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    const status = await post(ground, id, body);
    if (status === 200) return;
    if (Date.now() > giveUpAt) throw new Error(`${type} ${id} was not acknowledged: ${status}`);
    await waitUntil(Date.now() + 100);
  }
}

async function post(ground: Ground, id: string, body: string): Promise<number | string> {
  const timestampS = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(`${ground.gatewayUrl}/api/webhooks/orders/${SHOP}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestampS),
        'webhook-signature': signWebhook(ground.webhookSecret, id, timestampS, body),
      },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return String(error);
  }
}
