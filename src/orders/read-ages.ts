/** How old what the catalogue says is. @see SR-02; domain 05, 5.2 */
import type { Feed, Product } from './ports.ts';

/** Last sign of life of each feed, Unix ms. */
export type FeedTimes = Partial<Record<Feed, number>>;

const STOCK_FIELDS = new Set(['stock', 'restockPlan']);

/**
 * When the fact at a path was told, Unix ms. What a feed keeps up is as old as the feed's last sign of life.
 *
 * @param path below the product: `price`, `attrs`, `stock.红色-M`
 */
export function readAtOf({ readAt }: Pick<Product, 'readAt'>, path: string, feeds: FeedTimes): number {
  const field = path.split('.', 1)[0]!;
  const isStock = STOCK_FIELDS.has(field);
  const told = readAt.fields?.[path] ?? readAt.fields?.[field] ?? (isStock ? readAt.stock : readAt.facts);
  const isFed = readAt.fed === undefined || readAt.fed.includes(field) || readAt.fed.includes(path);
  return isFed ? Math.max(told, feeds[isStock ? 'stock' : 'catalogue'] ?? 0) : told;
}

/** Variants whose stock was told on its own. */
export function skusOfOwnAge({ facts, readAt }: Pick<Product, 'facts' | 'readAt'>): string[] {
  const own = [...Object.keys(readAt.fields ?? {}), ...(readAt.fed ?? [])]
    .filter((path) => path.startsWith('stock.'))
    .map((path) => path.slice('stock.'.length));
  return [...new Set(own)].filter((sku) => facts.stock?.[sku] !== undefined);
}
