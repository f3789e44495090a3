/** The gate rules of a shop as data: its own words and patterns, its severities, its exceptions. */
import { z } from 'zod';
import { CardIdSchema, ShopRuleIdSchema, TabooIdSchema } from './ids.ts';
import { OUTGOING_MODES } from './turn.ts';

/** How much a shop may lay down; what is searched for in every text has to stay quick. */
export const GATE_RULES_LIMITS = {
  words: 5000,
  patterns: 1000,
  exceptions: 2000,
  /** Characters of a word or an exception. */
  textLength: 60,
  patternLength: 300,
  messageLength: 200,
  /** Exceptions of one word. */
  wordExceptions: 20,
  instead: 10,
} as const;

const L = GATE_RULES_LIMITS;
const TextSchema = z.string().min(1).max(L.textLength);
const MessageSchema = z.string().min(1).max(L.messageLength);
const BlockOrWarnSchema = z.enum(['B', 'W']);
const InsteadSchema = z.array(CardIdSchema).max(L.instead);
const ModesSchema = z.array(z.enum(OUTGOING_MODES)).min(1);

/** Rule of a word that names none. */
export const SHOP_WORD_RULE = 'SHOP-word';

/** A word that may not be said, found in its disguises too (full-width, traditional, spaced, emoji for a character). */
export const ShopWordSchema = z.strictObject({
  text: TextSchema,
  severity: BlockOrWarnSchema,
  /** The rule its findings name; words may share one. */
  id: ShopRuleIdSchema.default(SHOP_WORD_RULE),
  /** One sentence for the agent; without one, a sentence that names the word. */
  message: MessageSchema.optional(),
  /** Cards that say it rightly. */
  instead: InsteadSchema.default([]),
  /** Who may not say it; without, nobody may. */
  modes: ModesSchema.optional(),
  /** Longer words in which it is harmless. */
  exceptions: z.array(TextSchema).max(L.wordExceptions).default([]),
});
export type ShopWord = z.infer<typeof ShopWordSchema>;

/** A pattern that may not be said: RE2 syntax, searched in the folded text (half-width, small letters, simplified). */
export const ShopPatternSchema = z.strictObject({
  id: ShopRuleIdSchema,
  pattern: z.string().min(1).max(L.patternLength),
  severity: BlockOrWarnSchema,
  message: MessageSchema,
  instead: InsteadSchema.default([]),
  modes: ModesSchema.optional(),
});
export type ShopPattern = z.infer<typeof ShopPatternSchema>;

/** What a built-in rule weighs in this shop. */
export const ShopSeveritySchema = z.enum(['B', 'W', 'off']);

/** A text in which the named rules find nothing: a brand, a product, a phrase of the law. */
export const ShopExceptionSchema = z.strictObject({
  text: TextSchema,
  rules: z
    .array(
      z.union([TabooIdSchema, ShopRuleIdSchema], {
        error: 'is neither a taboo (TAB-01 … TAB-51) nor a rule of the shop (SHOP-…)',
      }),
    )
    .min(1)
    .max(50),
});

/** The gate rules of a shop. Every part may be left out; an empty object changes nothing. */
export const ShopGateRulesSchema = z.strictObject({
  words: z.array(ShopWordSchema).max(L.words).default([]),
  patterns: z.array(ShopPatternSchema).max(L.patterns).default([]),
  severities: z
    .strictObject({
      /** By taboo, where domain 11 leaves the weight to the shop. */
      rules: z.record(TabooIdSchema, ShopSeveritySchema).default({}),
      /** By absolute word of TAB-22, as the gate finds it (顶级); it goes before the weight of the rule. */
      absolutes: z.record(TextSchema, ShopSeveritySchema).default({}),
    })
    .default({ rules: {}, absolutes: {} }),
  exceptions: z.array(ShopExceptionSchema).max(L.exceptions).default([]),
});
export type ShopGateRules = z.infer<typeof ShopGateRulesSchema>;
