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

/** Paths below a field that were told on their own: `stock.红色-M`, `attrs.面料`. */
export function pathsOfOwnAge({ facts, readAt }: Pick<Product, 'facts' | 'readAt'>): string[] {
  const paths = [...Object.keys(readAt.fields ?? {}), ...(readAt.fed ?? [])].filter((path) => path.includes('.'));
  return [...new Set(paths)].filter((path) => {
    const dot = path.indexOf('.');
    const map = (facts as Record<string, unknown>)[path.slice(0, dot)];
    return typeof map === 'object' && map !== null && path.slice(dot + 1) in map;
  });
}

/** Ages of a field whose names or variants may have been told one by one, Unix ms. */
export function fieldAges(
  product: Pick<Product, 'facts' | 'readAt'>,
  field: string,
  feeds: FeedTimes,
): { oldest: number; newest: number } {
  const whole = readAtOf(product, field, feeds);
  const value = (product.facts as Record<string, unknown>)[field];
  const names = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  if (names.length === 0) return { oldest: whole, newest: whole };
  const ages = names.map((name) => readAtOf(product, `${field}.${name}`, feeds));
  return { oldest: Math.min(...ages), newest: Math.max(...ages) };
}
