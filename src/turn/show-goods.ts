/** The catalogue for the settings page: a list with ages, a product in full, single facts changed by a supervisor. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { foldText } from '../orders/find/fold-name.ts';
import type { Product } from '../orders/ports.ts';
import { fieldAges } from '../orders/read-ages.ts';
import { isDetail, tellProduct } from '../orders/tell-product.ts';
import {
  GOODS_PARTS,
  type GoodsAge,
  type GoodsDetail,
  type GoodsList,
  type GoodsPart,
  type GoodsRow,
  ProductDetailsSchema,
  ProductFactsSchema,
} from '../protocol/goods.ts';
import type { Script } from '../protocol/script.ts';
import { freshLimitMs } from '../suggestions/freshness.ts';
import { GUARD_CATALOGUE, isGuardName } from '../suggestions/guard-catalogue.ts';
import { isSlotName, SLOT_CATALOGUE } from '../suggestions/slot-catalogue.ts';
import type { Desk } from './desk.ts';
import type { ShopView } from './shop-window.ts';
import { announceGoods } from './take-goods.ts';

/** What the list is narrowed down to. */
export interface GoodsQuery {
  search?: string | undefined;
  /** Only products of which this part is too old or unknown. */
  stale?: GoodsPart | undefined;
  /** From 1. */
  page: number;
}

const PAGE_SIZE = 50;
/** Products looked at between two looks at what else there is to do. */
const AT_ONCE = 500;
const BENEFIT_FIELDS = new Set(['benefits', 'guarantees', 'certificates', 'differences']);
const REVIEW_FIELDS = new Set(['rating', 'reviewCount', 'reviewShots']);

/** The part of the catalogue a field belongs to. @see domain 05, 5.2 */
function partOf(field: string): Exclude<GoodsPart, 'promos'> {
  if (field === 'stock' || field === 'restockPlan') return 'stock';
  if (REVIEW_FIELDS.has(field)) return 'reviews';
  return BENEFIT_FIELDS.has(field) ? 'benefits' : 'listing';
}

const LIMIT_PATHS: Readonly<Record<GoodsPart, string>> = {
  listing: 'product.attrs',
  stock: 'product.stock',
  reviews: 'product.reviewShots',
  benefits: 'product.benefits',
  promos: 'promo',
};

function limitOf(part: GoodsPart): number {
  return freshLimitMs(LIMIT_PATHS[part]) ?? 0;
}

/** The list, a page of it. */
export async function listGoods(desk: Desk, shopId: string, { search, stale, page }: GoodsQuery): Promise<GoodsList> {
  const [view, library] = await Promise.all([desk.window.view(shopId), desk.libraries.of(shopId)]);
  const nowMs = desk.clock.now();
  const counts: GoodsList['stale'] = {};
  const wanted = search === undefined ? '' : foldText(search);
  const found: Product[] = [];
  for (const [at, product] of view.products.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await desk.pace();
    const ages = agesOf(product, view, nowMs);
    for (const { part, fresh } of ages) if (!fresh) counts[part] = (counts[part] ?? 0) + 1;
    const isStale = stale === undefined || ages.some(({ part, fresh }) => part === stale && !fresh);
    if (isStale && (wanted === '' || namesOf(product).includes(wanted))) found.push(product);
  }
  return {
    total: found.length,
    page,
    pageSize: PAGE_SIZE,
    rows: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map((product) => rowOf(product, view, nowMs)),
    stale: counts,
    promos: view.promos.map(({ id, facts, readAt }) => {
      const told = Math.max(readAt, view.feeds.promos ?? 0);
      return { id, facts, readAt: told, fresh: nowMs - told <= limitOf('promos') };
    }),
    uses: GOODS_PARTS.map((part) => ({ part, scripts: scriptsOf(library.scripts, part) })),
  };
}

function namesOf({ id, title, facts, details }: Product): string {
  const names = [id, title, facts.category, ...(details?.nicknames ?? []), ...(details?.itemIds ?? [])];
  return names.map((name) => foldText(name ?? '')).join('\n');
}

/** Each part is as old as the oldest of its fields; a part of which nothing is known is too old. */
function agesOf(product: Product, view: ShopView, nowMs: number): GoodsAge[] {
  const oldest = new Map<GoodsPart, number>();
  for (const field of [...Object.keys(product.facts), ...Object.keys(product.details ?? {})]) {
    const part = partOf(field);
    oldest.set(
      part,
      Math.min(oldest.get(part) ?? Number.POSITIVE_INFINITY, fieldAges(product, field, view.feeds).oldest),
    );
  }
  return GOODS_PARTS.filter((part) => part !== 'promos').map((part) => {
    const readAt = oldest.get(part) ?? null;
    return { part, readAt, limitMs: limitOf(part), fresh: readAt !== null && nowMs - readAt <= limitOf(part) };
  });
}

function rowOf(product: Product, view: ShopView, nowMs: number): GoodsRow {
  const { id, title, facts, details = {} } = product;
  const stock = facts.stock && Object.values(facts.stock).reduce((sum, pieces) => sum + pieces, 0);
  return {
    id,
    title,
    offSale: details.offSale === true,
    ...(facts.category === undefined ? {} : { category: facts.category }),
    ...(facts.price === undefined ? {} : { price: facts.price }),
    ...(stock === undefined ? {} : { stock }),
    ...(details.rating === undefined ? {} : { rating: details.rating }),
    ages: agesOf(product, view, nowMs),
  };
}

/** Scripts in force that are hidden where this part is unknown or too old. @see SR-01 */
function scriptsOf(scripts: readonly Script[], part: GoodsPart): string[] {
  const titles = scripts
    .filter((script) => needsOf(script).some((path) => isOfPart(path, part)))
    .map(({ title }) => title.zh);
  return [...new Set(titles)];
}

function needsOf({ slots, guards }: Script): readonly string[] {
  return [
    ...slots.flatMap((slot) => (isSlotName(slot) ? SLOT_CATALOGUE[slot].needs : [])),
    ...guards.flatMap((guard) => (isGuardName(guard) ? GUARD_CATALOGUE[guard].needs : [])),
  ];
}

function isOfPart(path: string, part: GoodsPart): boolean {
  const [group, field = ''] = path.split('.');
  if (group === 'candidates' || group === 'matching') return part === 'stock';
  if (group === 'choice') return part === 'stock' || part === 'reviews';
  if (group === 'promo') return part === 'promos';
  return group === 'product' && field !== 'title' && partOf(field) === part;
}

/** A product in full. @throws DeskError `not_found` */
export async function showProduct(desk: Desk, shopId: string, id: string): Promise<GoodsDetail> {
  const view = await desk.window.view(shopId);
  const product = view.goods.find(id);
  if (!product) throw new DeskError('not_found', `product ${id} is not in the catalogue`);
  const details = product.details ?? {};
  const fields = [...Object.keys(product.facts), ...Object.keys(details)];
  return {
    id,
    facts: product.facts,
    details,
    ages: agesOf(product, view, desk.clock.now()),
    readAt: Object.fromEntries(fields.map((field) => [field, fieldAges(product, field, view.feeds).oldest])),
  };
}

/**
 * Puts a value in the place of one fact; it is as old as this change.
 *
 * @param value `undefined`: not known any more
 * @throws DeskError `bad_request` (place and what is legal), `not_found`
 */
export async function editProduct(
  desk: Desk,
  { shopId, id: agentId }: Agent,
  id: string,
  { field, value }: { field: string; value?: unknown },
): Promise<GoodsDetail> {
  const checked = checkField(field, value);
  const atMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    await stores.orders.lockGoods(shopId);
    const [before] = await stores.orders.productsById(shopId, [id]);
    if (!before) throw new DeskError('not_found', `product ${id} is not in the catalogue`);
    const after = tellProduct(before, { [field]: checked }, { shopId, atMs, isFed: false });
    await stores.orders.saveProducts(shopId, [after]);
    await stores.desk.audit(shopId, agentId, 'goods', { what: 'edit', id, field, value: checked ?? null }, atMs);
  });
  await announceGoods(desk, shopId, [], { products: [id], promos: false });
  return await showProduct(desk, shopId, id);
}

function checkField(field: string, value: unknown): unknown {
  const shape: Record<
    string,
    {
      safeParse(value: unknown): {
        success: boolean;
        data?: unknown;
        error?: { issues: { path: PropertyKey[]; message: string }[] };
      };
    }
  > = isDetail(field) ? ProductDetailsSchema.shape : ProductFactsSchema.shape;
  const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
  if (!schema) throw new DeskError('bad_request', `field is ${field}: the catalogue has no such field`);
  if (field === 'title' && (typeof value !== 'string' || value.trim() === '')) {
    throw new DeskError('bad_request', 'title: a product must have one');
  }
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error?.issues[0];
  throw new DeskError('bad_request', `${[field, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message}`);
}
