/** Stands in for the demo shop's trade, stock and campaign systems: says that what they told still holds. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { FEEDS } from '../orders/ports.ts';
import type { Ledger } from '../turn/ports.ts';
import { DEMO_SHOP_ID } from './demo-shop.ts';

/** Order facts are fresh for a minute: a sign of life must come well before. @see domain 05, 5.2 */
const EVERY_MS = 20_000;

/** Gives signs of life until the returned function is called. */
export async function keepDemoFresh(ledger: Ledger, clock: Clock, log: Logger): Promise<() => void> {
  async function touch(): Promise<void> {
    for (const feed of FEEDS) await ledger.orders.touchFeed(DEMO_SHOP_ID, feed, clock.now());
  }
  await touch();
  const timer = setInterval(() => {
    touch().catch((error: unknown) => log.warn({ err: error }, 'the demo feed could not be renewed'));
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
