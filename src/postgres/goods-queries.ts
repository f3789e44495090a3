/** The catalogue: products and campaigns, each row with the number of the change that wrote it. */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { OrderStore, Product } from '../orders/ports.ts';
import type { ProductFacts, PromoFacts } from '../protocol/facts.ts';
import type { ProductDetails } from '../protocol/goods.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

type GoodsQueries = Pick<
  OrderStore,
  'products' | 'productsById' | 'saveProduct' | 'saveProducts' | 'promos' | 'savePromo' | 'goodsVersion' | 'lockGoods'
>;

/** Rows of one statement: some megabytes of JSON at most. */
const ROWS_AT_ONCE = 1000;

/** The part of the order store that keeps the catalogue. */
export function goodsQueries(db: Kysely<Database>): GoodsQueries {
  const products = (shopId: string) => db.selectFrom('products').selectAll().where('shop_id', '=', shopId);
  async function saveProducts(shopId: string, saved: readonly Product[]): Promise<void> {
    for (let from = 0; from < saved.length; from += ROWS_AT_ONCE) {
      const rows = saved.slice(from, from + ROWS_AT_ONCE).map(({ id, title, facts, readAt, details }) => ({
        id,
        title,
        facts,
        read_ms: readAt,
        details: details ?? {},
      }));
      await sql`
        with change as (${nextVersion(shopId)})
        insert into products (shop_id, id, title, facts, read_ms, details, version)
        select ${shopId}, r.id, r.title, r.facts, r.read_ms, r.details, change.version
        from jsonb_to_recordset(${toJsonb(rows)}::jsonb)
          as r(id text, title text, facts jsonb, read_ms jsonb, details jsonb), change
        on conflict (shop_id, id) do update set title = excluded.title, facts = excluded.facts,
          read_ms = excluded.read_ms, details = excluded.details, version = excluded.version`.execute(db);
    }
  }
  return {
    products: async (shopId, since) => {
      const rows = since === undefined ? products(shopId) : products(shopId).where('version', '>', since);
      return (await rows.orderBy('id').execute()).map(readProduct);
    },
    productsById: async (shopId, ids) =>
      ids.length === 0
        ? []
        : (
            await products(shopId)
              .where(sql<boolean>`id = any(${[...ids]}::text[])`)
              .execute()
          ).map(readProduct),
    saveProduct: (product) => saveProducts(product.shopId, [product]),
    saveProducts,
    promos: async (shopId) =>
      (await db.selectFrom('promos').selectAll().where('shop_id', '=', shopId).orderBy('id').execute()).map((row) => ({
        shopId,
        id: row.id,
        facts: row.facts as PromoFacts,
        readAt: row.read_ms,
      })),
    savePromo: async ({ shopId, id, facts, readAt }) => {
      await sql`
        with change as (${nextVersion(shopId)})
        insert into promos (shop_id, id, facts, read_ms, version)
        select ${shopId}, ${id}, ${toJsonb(facts)}::jsonb, ${readAt}::bigint, change.version from change
        on conflict (shop_id, id) do update set facts = excluded.facts, read_ms = excluded.read_ms,
          version = excluded.version`.execute(db);
    },
    goodsVersion: async (shopId) => {
      const row = await db
        .selectFrom('goods_versions')
        .select('version')
        .where('shop_id', '=', shopId)
        .executeTakeFirst();
      return row?.version ?? 0;
    },
    lockGoods: async (shopId) => {
      await nextVersion(shopId).execute(db);
    },
  };
}

/** The number of the next change; whoever takes one holds the others up until it is committed. */
function nextVersion(shopId: string): RawBuilder<unknown> {
  return sql`
    insert into goods_versions as known (shop_id, version) values (${shopId}, 1)
    on conflict (shop_id) do update set version = known.version + 1 returning version`;
}

function readProduct(row: Selectable<Database['products']>): Product {
  const details = row.details as ProductDetails;
  return {
    shopId: row.shop_id,
    id: row.id,
    title: row.title,
    facts: row.facts as ProductFacts,
    readAt: row.read_ms as Product['readAt'],
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}
