/** Goods have changed: suggestions on agents' screens that lean on them are proposed anew. @see SR-02 */
import type { Desk } from './desk.ts';
import { renewAfterChange } from './renew-after-change.ts';

/** What of a shop's goods has changed. */
export interface ChangedGoods {
  /** Ids. */
  products: readonly string[];
  promos: boolean;
}

/** Renews suggestions behind changes of the goods. */
export interface GoodsRenewal {
  /** Begins a round, or leaves it to the next one while one runs: a feed that pushes often costs one round at a time. */
  note(desk: Desk, shopId: string, changed: ChangedGoods): void;
  /** Resolves when no round runs. */
  idle(): Promise<void>;
}

/** Conversations of a round, the newest suggestions first; what is older is refused when it is sent. */
const MOST_RENEWED = 200;
/** Facts made of several products. */
const OF_OTHER_PRODUCTS = ['candidates', 'matching', 'choice', 'comparedWith'];

/** Creates a renewal; nothing runs before something has changed. */
export function createGoodsRenewal(): GoodsRenewal {
  const waiting = new Map<string, { products: Set<string>; promos: boolean }>();
  const running = new Map<string, Promise<void>>();

  async function run(desk: Desk, shopId: string): Promise<void> {
    for (let next = waiting.get(shopId); next; next = waiting.get(shopId)) {
      waiting.delete(shopId);
      await renewLeaning(desk, shopId, { products: [...next.products], promos: next.promos }).catch((error: unknown) =>
        desk.log.warn(
          { err: error, shopId },
          'suggestions were not renewed; what holds no longer is refused at sending',
        ),
      );
    }
    running.delete(shopId);
  }

  return {
    note(desk, shopId, { products, promos }) {
      if (products.length === 0 && !promos) return;
      const before = waiting.get(shopId);
      waiting.set(shopId, {
        products: new Set([...(before?.products ?? []), ...products]),
        promos: promos || before?.promos === true,
      });
      if (!running.has(shopId)) running.set(shopId, run(desk, shopId));
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

async function renewLeaning(desk: Desk, shopId: string, { products, promos }: ChangedGoods): Promise<void> {
  const facts = [...(products.length > 0 ? OF_OTHER_PRODUCTS : []), ...(promos ? ['promo'] : [])];
  const leaning = await desk.ledger.suggestions.leaningOn(shopId, { products, facts }, MOST_RENEWED);
  for (const conversationId of leaning) {
    await desk.pace();
    await renewAfterChange(desk, shopId, conversationId).catch((error: unknown) =>
      desk.log.warn({ err: error, conversationId }, 'the suggestions of a conversation were not renewed'),
    );
  }
}
