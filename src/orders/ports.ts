/** Orders, products and campaigns: what the order feed and the catalogue say, with the time they said it. */
import type { OrderFacts, ProductFacts, PromoFacts } from '../protocol/facts.ts';
import type { OrderState } from '../protocol/ids.ts';

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
}

/** A product of the catalogue. */
export interface Product {
  shopId: string;
  id: string;
  title: string;
  facts: ProductFacts;
  /** When each part was read, Unix ms: `facts` for the listing, `stock` for the stock system. */
  readAt: { facts: number; stock: number };
}

/** A campaign on record. */
export interface Promo {
  shopId: string;
  id: string;
  facts: PromoFacts;
  readAt: number;
}

/** Where facts come from by push. */
export const FEEDS = ['orders', 'stock', 'promos', 'catalogue'] as const;
export type Feed = (typeof FEEDS)[number];

/** Orders, products and campaigns of a shop. */
export interface OrderStore {
  find(shopId: string, id: string): Promise<Order | undefined>;
  /** Locks the order until the transaction ends: payment and reminder cannot pass each other. */
  lock(shopId: string, id: string): Promise<Order | undefined>;
  save(order: Order): Promise<void>;
  ofBuyer(shopId: string, buyerId: string, limit: number): Promise<Order[]>;
  products(shopId: string): Promise<Product[]>;
  saveProduct(product: Product): Promise<void>;
  promos(shopId: string): Promise<Promo[]>;
  savePromo(promo: Promo): Promise<void>;
  /** Says that a feed is alive: pushed facts are as old as its last sign of life. @see SR-02 */
  touchFeed(shopId: string, feed: Feed, at: number): Promise<void>;
  /** Last sign of life of each feed, Unix ms. */
  feeds(shopId: string): Promise<Partial<Record<Feed, number>>>;
  /** Notes a delivery once; false when it was there. */
  noteDelivery(shopId: string, source: string, id: string, at: number): Promise<boolean>;
}
