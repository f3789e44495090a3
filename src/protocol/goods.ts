/** The catalogue as files, feeds and pages tell of it. @see domain 05, 5.2 */
import { z } from 'zod';
import { FactsSchema } from './facts.ts';

/** Facts of a product, as the catalogue keeps them. */
export const ProductFactsSchema = FactsSchema.shape.product.unwrap();
/** Facts of a campaign, as the catalogue keeps them. */
export const PromoFactsSchema = FactsSchema.shape.promo.unwrap().unwrap();

const words = z.array(z.string().min(1).max(200)).max(100);

/** What the catalogue knows of a product beside the facts that scripts speak of. */
export const ProductDetailsSchema = z.strictObject({
  /** What buyers call it. */
  nicknames: words.optional(),
  /** Its numbers on the platforms, and the shop's own article numbers. */
  itemIds: words.optional(),
  /** Links beside the one of the facts. */
  links: words.optional(),
  /** Rating of the style, 0 to 5. */
  rating: z.number().min(0).max(5).optional(),
  reviewCount: z.int().min(0).optional(),
  /** Ids of what goes with it, the best first. @see SCR-16 */
  pairsWith: words.optional(),
  /** How its colours differ from the pictures. */
  colorNote: z.string().max(500).optional(),
  /** Not sold any more: never recommended. */
  offSale: z.boolean().optional(),
});
export type ProductDetails = z.infer<typeof ProductDetailsSchema>;

/** Parts of the catalogue that age on their own. @see domain 05, 5.2 */
export const GOODS_PARTS = ['listing', 'stock', 'reviews', 'benefits', 'promos'] as const;
export type GoodsPart = (typeof GOODS_PARTS)[number];

/** What an import reads of a file. */
export const GOODS_IMPORT_PARTS = ['listing', 'stock', 'promos'] as const;
export type GoodsImportPart = (typeof GOODS_IMPORT_PARTS)[number];

/** What a file of the catalogue can be written as. */
export const GOODS_FORMS = ['csv', 'xlsx', 'json'] as const;
export type GoodsForm = (typeof GOODS_FORMS)[number];

const count = z.int().min(0);
/** One value that is another than before. */
const ChangeSchema = z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type GoodsChange = z.infer<typeof ChangeSchema>;
/** A cell that cannot be taken; `row` 0 is the file itself. */
const RefusalSchema = z.strictObject({
  row: count,
  column: z.string(),
  value: z.string(),
  /** What is legal there. */
  legal: z.string(),
});
export type GoodsRefusal = z.infer<typeof RefusalSchema>;

/** What an import does, or would do. */
export const GoodsReportSchema = z.strictObject({
  part: z.enum(GOODS_IMPORT_PARTS),
  form: z.enum(GOODS_FORMS),
  applied: z.boolean(),
  counts: z.strictObject({ rows: count, added: count, changed: count, unchanged: count, refused: count }),
  /** The first ones; the counts are whole. */
  added: z.array(z.strictObject({ row: count, id: z.string(), title: z.string(), fields: z.array(z.string()) })),
  changed: z.array(z.strictObject({ row: count, id: z.string(), title: z.string(), changes: z.array(ChangeSchema) })),
  refused: z.array(RefusalSchema),
  /** Columns that were not understood and left out. */
  ignored: z.array(z.string()),
});
export type GoodsReport = z.infer<typeof GoodsReportSchema>;

/** How old a part is, and whether it may still be relied on. @see SR-02 */
export const GoodsAgeSchema = z.strictObject({
  part: z.enum(GOODS_PARTS),
  /** Unix ms; `null`: nothing of it is known. */
  readAt: z.number().nullable(),
  limitMs: z.number(),
  fresh: z.boolean(),
});
export type GoodsAge = z.infer<typeof GoodsAgeSchema>;

/** A product in the list. */
export const GoodsRowSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  category: z.string().optional(),
  price: z.number().optional(),
  /** Pieces of all variants; absent: unknown. */
  stock: count.optional(),
  rating: z.number().optional(),
  offSale: z.boolean(),
  ages: z.array(GoodsAgeSchema),
});
export type GoodsRow = z.infer<typeof GoodsRowSchema>;

/** What the pages know of a part: which scripts go without it. */
export const GoodsPartUseSchema = z.strictObject({ part: z.enum(GOODS_PARTS), scripts: z.array(z.string()) });

export const GoodsListSchema = z.strictObject({
  total: count,
  page: z.int().min(1),
  pageSize: z.int().min(1),
  rows: z.array(GoodsRowSchema),
  /** Products with something that is too old, by part. */
  stale: z.partialRecord(z.enum(GOODS_PARTS), count),
  promos: z.array(z.strictObject({ id: z.string(), facts: PromoFactsSchema, readAt: z.number(), fresh: z.boolean() })),
  uses: z.array(GoodsPartUseSchema),
});
export type GoodsList = z.infer<typeof GoodsListSchema>;

export const GoodsDetailSchema = z.strictObject({
  id: z.string(),
  facts: ProductFactsSchema,
  details: ProductDetailsSchema,
  ages: z.array(GoodsAgeSchema),
  /** When each field was last told, Unix ms. */
  readAt: z.record(z.string(), z.number()),
});
export type GoodsDetail = z.infer<typeof GoodsDetailSchema>;

/** Puts a value in the place of one fact of a product. */
export const GoodsEditSchema = z.strictObject({
  /** A field of the facts or of the details. */
  field: z.string().min(1).max(40),
  /** The whole field; absent: it is not known any more. */
  value: z.unknown().optional(),
});

const id = z.string().min(1).max(64);
const time = z.iso.datetime({ offset: true });

/** A product as a feed tells of it: every field that is there is told anew, others stay. */
export const PushedProductSchema = ProductFactsSchema.extend(ProductDetailsSchema.shape).extend({ id });
export type PushedProduct = z.infer<typeof PushedProductSchema>;
/** A campaign as a feed tells of it. */
export const PushedPromoSchema = PromoFactsSchema.extend({ id });
export type PushedPromo = z.infer<typeof PushedPromoSchema>;

/** Events of the goods feed. */
export const GoodsEventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('stock.updated'),
    at: time,
    data: z.strictObject({
      items: z
        .array(
          z.strictObject({
            id,
            /** Pieces of the variants told; others stay. */
            stock: z.record(z.string().min(1).max(100), z.int().min(0)),
            restockPlan: ProductFactsSchema.shape.restockPlan,
          }),
        )
        .min(1)
        .max(2000),
    }),
  }),
  z.strictObject({
    type: z.literal('goods.updated'),
    at: time,
    data: z.strictObject({ products: z.array(PushedProductSchema).min(1).max(500) }),
  }),
  z.strictObject({
    type: z.literal('promo.updated'),
    at: time,
    data: z.strictObject({ promos: z.array(PushedPromoSchema).min(1).max(500) }),
  }),
  // A sign of life: what was pushed before still holds. @see SR-02
  z.strictObject({
    type: z.literal('feed.alive'),
    at: time,
    data: z.strictObject({ feeds: z.array(z.enum(['stock', 'catalogue', 'promos'])).min(1) }),
  }),
]);
export type GoodsEvent = z.infer<typeof GoodsEventSchema>;

/** Where a shop's goods are read from at intervals. */
export const GoodsSettingsSchema = z.strictObject({
  /** HTTPS address of a JSON file in the form of the import. */
  sourceUrl: z
    .url({ protocol: /^https?$/, error: 'must be an https address' })
    .max(500)
    .optional(),
  everyMinutes: z.int().min(1).max(1440).default(5),
});
export type GoodsSettings = z.infer<typeof GoodsSettingsSchema>;
