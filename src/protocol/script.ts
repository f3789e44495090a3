/** The form of the script library: what a file in `scripts-library/` may hold. */
import { z } from 'zod';
import {
  BuyerTypeSchema,
  CARD_IDS,
  FollowUpRuleIdSchema,
  IntentSchema,
  ScriptModeSchema,
  SegmentSchema,
  TechniqueSchema,
} from './ids.ts';

/** Length classes of a rendered text in characters: L1 ≤ 60, L2 ≤ 120, L3 < 200. @see domain 00 */
export const LENGTH_LIMITS = { L1: 60, L2: 120, L3: 199 } as const;

/** One wording of a script. Slots stand in braces: `{shop.name}`. */
export const VariantSchema = z.strictObject({
  text: z.string().min(1),
  language: z.enum(['zh-Hans', 'en']).default('zh-Hans'),
  /** Buyer types this wording is for; absent: all. */
  buyerTypes: z.array(BuyerTypeSchema).optional(),
  segments: z.array(SegmentSchema).optional(),
  /** Extra guards of this wording alone, beside the script's. */
  guards: z.array(z.string()).optional(),
});

/** Stands where a card would: an answer of the shop's own that no card of the inventory asks for. */
export const NO_CARD = 'SHOP';
/** The card a script is written to, or `SHOP`. */
export const ScriptCardSchema = z.enum([...CARD_IDS, NO_CARD], {
  error: `is not a script card of the inventory (SCR-01 … SCR-162) nor ${NO_CARD}`,
});

/**
 * A script: one card of the inventory in the shop's own words, or an answer of the shop's own (`SHOP-…`).
 * The latter is proposed by its intents alone and never leaves by machine.
 */
export const ScriptSchema = z.strictObject({
  /** The card's id; a shop's own additional scripts append a suffix, such as `SCR-30-spring`. */
  id: z
    .string()
    .max(64)
    .regex(/^(SCR-\d{2,3}(-[a-z0-9-]+)?|SHOP-[a-z0-9-]+)$/),
  card: ScriptCardSchema,
  /** Quick code for the `/` menu. */
  code: z.string().regex(/^[a-z0-9]{1,12}$/),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  modes: z.array(ScriptModeSchema).min(1),
  intents: z.array(IntentSchema),
  /** Steps of the service flow it belongs to (FLOW-1 … FLOW-7); empty: any. */
  stages: z.array(z.string().regex(/^FLOW-[1-7]$/)),
  /** Buyer types it fits; empty: all. */
  buyerTypes: z.array(BuyerTypeSchema).default([]),
  technique: TechniqueSchema.optional(),
  /** Slots every wording must be able to fill. */
  slots: z.array(z.string()),
  /** Names of guard predicates that all must hold. */
  guards: z.array(z.string()),
  length: z.enum(['L1', 'L2', 'L3']),
  variants: z.array(VariantSchema).min(1),
  /** Timers or registers it sets off. */
  setsOff: z.array(FollowUpRuleIdSchema).default([]),
  /** Where the rule comes from. */
  sources: z.array(z.string()).min(1),
  status: z.enum(['draft', 'in_review', 'approved', 'retired']),
  version: z.int().min(1),
});
export type Script = z.infer<typeof ScriptSchema>;
export type ScriptVariant = z.infer<typeof VariantSchema>;

/** A file of the library: a group a shop owner can read. */
export const ScriptFileSchema = z.strictObject({
  group: z.string().regex(/^[a-z][a-z-]*$/),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  scripts: z.array(ScriptSchema),
});

/** A file of `intents/`: one intent with its training lines. @see domain 04 */
export const IntentExampleSchema = z.union([
  z.string().min(1),
  z.strictObject({
    text: z.string().min(1),
    /** State of the order the chat is about; `none`: no order. Absent: does not matter. */
    order: z.enum(['none', 'unpaid', 'paid', 'printed', 'shipped', 'signed', 'completed']).optional(),
    /** The desk's turn just before. */
    prev: z.string().optional(),
  }),
]);
export const IntentFileSchema = z.strictObject({
  id: z.union([IntentSchema, z.literal('OOS')]),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  description: z.string(),
  examples: z.array(IntentExampleSchema).min(1),
  lookAlikes: z
    .array(z.strictObject({ intent: z.union([IntentSchema, z.literal('OOS')]), decideBy: z.string() }))
    .default([]),
  sources: z.array(z.string()).default([]),
});
export type IntentFile = z.infer<typeof IntentFileSchema>;
