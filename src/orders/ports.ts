/** Orders, products and campaigns: what the order feed and the catalogue say, with the time they said it. */
import type { OrderFacts, ProductFacts, PromoFacts } from '../protocol/facts.ts';
import type { ProductDetails, PushedProduct, PushedPromo } from '../protocol/goods.ts';
import type { OrderState } from '../protocol/ids.ts';
import type { OrderFeed } from './order-feed.ts';

/** An order of the record. Money in fen. */
export interface Order {
  shopId: string;
  id: string;
  buyerId: string;
  state: OrderState;
  amountFen: number;
  facts: OrderFacts;
  refund: Record<string, unknown> | null;
  /** Ordered after a chat (FU-01), else silently (FU-02). */
  afterChat: boolean;
  placedAt: number;
  paidAt: number | null;
  autoCloseAt: number | null;
  closedAt: number | null;
  /** When the feed last told about it, Unix ms. */
  readAt: number;
  /** What each delivery of the feed has told; absent: written before the feed told anything. */
  feed?: OrderFeed;
}

/** When the facts of a product were told, Unix ms. @see SR-02 */
export interface ProductAge {
  /** The listing: what has no time of its own below. */
  facts: number;
  /** Pieces on hand and the restock plan. */
  stock: number;
  /** Fields told at another time, by path: `price`, `attrs`, `stock.红色-M`. */
  fields?: Record<string, number>;
  /** Paths that a feed keeps up: they are as old as its last sign of life. Absent: all of them. */
  fed?: string[];
}

/** A product of the catalogue. */
export interface Product {
  shopId: string;
  id: string;
  title: string;
  facts: ProductFacts;
  readAt: ProductAge;
  /** Absent: nothing beside the facts is known. */
  details?: ProductDetails;
}

/** A campaign on record. */
export interface Promo {
  shopId: string;
  id: string;
  facts: PromoFacts;
  readAt: number;
}

/** Where facts come from by push. */
export const FEEDS = ['orders', 'stock', 'promos', 'catalogue', 'tracking', 'warehouse'] as const;
export type Feed = (typeof FEEDS)[number];

/** Orders, products and campaigns of a shop. */
export interface OrderStore {
  find(shopId: string, id: string): Promise<Order | undefined>;
  /** Locks the order until the transaction ends: payment and reminder cannot pass each other. */
  lock(shopId: string, id: string): Promise<Order | undefined>;
  save(order: Order): Promise<void>;
  ofBuyer(shopId: string, buyerId: string, limit: number): Promise<Order[]>;
  /** The catalogue by id; with `since` only what changed after that version. */
  products(shopId: string, since?: number): Promise<Product[]>;
  /** Some products, in no order. */
  productsById(shopId: string, ids: readonly string[]): Promise<Product[]>;
  saveProduct(product: Product): Promise<void>;
  saveProducts(shopId: string, products: readonly Product[]): Promise<void>;
  /** Number of the catalogue's last change, products and campaigns alike; 0 before the first. */
  goodsVersion(shopId: string): Promise<number>;
  /** Holds the catalogue until the transaction ends: changes that are planned on what was read do not pass each other. */
  lockGoods(shopId: string): Promise<void>;
  promos(shopId: string): Promise<Promo[]>;
  savePromo(promo: Promo): Promise<void>;
  /** Says that a feed is alive: pushed facts are as old as its last sign of life. @see SR-02 */
  touchFeed(shopId: string, feed: Feed, at: number): Promise<void>;
  /** Last sign of life of each feed, Unix ms. */
  feeds(shopId: string): Promise<Partial<Record<Feed, number>>>;
  /** Notes a delivery once; false when it was there. */
  noteDelivery(shopId: string, source: string, id: string, at: number): Promise<boolean>;
}

/** What a source of goods told at one reading. */
export interface GoodsReading {
  products: PushedProduct[];
  promos: PushedPromo[];
  /** It told of the whole catalogue: what it does not name it does not keep up any more. */
  isWhole: boolean;
}

/**
 * Where a shop's goods are read from at intervals. An engineer of the shop implements it over the shop's own system;
 * the desk brings one that reads a JSON file over HTTPS.
 */
export interface GoodsSource {
  /** For the log. */
  name: string;
  /** Reads everything. @throws when it cannot: the facts on record are left to age */
  read(shopId: string): Promise<GoodsReading>;
}
