/** What the desk learns from the outcomes of its suggestions: settings, what is counted, and the supervisor's view. */
import { z } from 'zod';
import { BuyerTypeSchema } from './ids.ts';

/** Arms of the comparison: ranked with what was learnt, without it, or while learning is off. */
export const LEARNING_ARMS = ['learnt', 'plain', 'off'] as const;
export type LearningArm = (typeof LEARNING_ARMS)[number];

/** Where an order stands, as far as outcomes are told apart; `shipped`: shipped or later. */
export const ORDER_STEPS = ['none', 'unpaid', 'paid', 'shipped'] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

/** The settings part `learning`. */
export const LearningSettingsSchema = z.strictObject({
  /** Whether outcomes move the ranking; they are counted either way. */
  enabled: z.boolean().default(true),
  /** Share of conversations that are ranked without what was learnt, for comparison. */
  holdOutShare: z.number().min(0).max(0.5).default(0.1),
});
export type LearningSettings = z.infer<typeof LearningSettingsSchema>;

/** What a suggestion set keeps so that its outcome can be counted. */
export const SetLearningSchema = z.strictObject({
  arm: z.enum(LEARNING_ARMS),
  order: z.enum(ORDER_STEPS),
  /** The buyer's top type at that moment. */
  buyer: z.union([BuyerTypeSchema, z.literal('unknown')]),
});
export type SetLearning = z.infer<typeof SetLearningSchema>;

/** What became of showings, each counted once. */
export const ShowingCountsSchema = z.strictObject({
  /** Sum of accepted, edited, dismissed and passed. */
  shown: z.int().min(0),
  accepted: z.int().min(0),
  edited: z.int().min(0),
  dismissed: z.int().min(0),
  /** Neither taken nor dismissed when the agent answered. */
  passed: z.int().min(0),
  /** Those of `passed` that stood below the one that was taken: the agent may not have read so far. */
  below: z.int().min(0),
  /** Accepted or edited, and an order of the buyer was paid within 24 h. */
  paid: z.int().min(0),
});
export type ShowingCounts = z.infer<typeof ShowingCountsSchema>;

/** One version of a script with its figures since the last reset. */
export const LearntScriptSchema = z.strictObject({
  scriptId: z.string(),
  version: z.int(),
  /** This version is in force. */
  inForce: z.boolean(),
  counts: ShowingCountsSchema,
  /** What it moves the script by among near neighbours, in points of the score; 0: too few showings. */
  bonus: z.number(),
  /** Unix ms of the last outcome. */
  lastAt: z.int(),
  variants: z.array(z.strictObject({ variant: z.int(), text: z.string().optional(), counts: ShowingCountsSchema })),
  contexts: z.array(
    z.strictObject({
      /** Family of intents, or a card where no intent spoke. */
      matter: z.string(),
      order: z.enum(ORDER_STEPS),
      buyer: z.string(),
      counts: ShowingCountsSchema,
    }),
  ),
});
export type LearntScript = z.infer<typeof LearntScriptSchema>;

const ShareSchema = z.strictObject({ of: z.int().min(0), share: z.number().nullable() });

/** One arm of the comparison. */
export const ArmViewSchema = z.strictObject({
  conversations: z.int().min(0),
  /** Sets of suggestions somebody dealt with. */
  sets: z.int().min(0),
  /** Sets of which a proposal was sent, unchanged or edited. */
  acceptance: ShareSchema,
  /** Edited ones among those. */
  edits: ShareSchema,
  /** Paid within 24 h among those. */
  paid: ShareSchema,
});
export type ArmView = z.infer<typeof ArmViewSchema>;

/** Learnt minus plain with its 95 % interval; null: too little to tell. */
export const ArmDifferenceSchema = z
  .strictObject({ difference: z.number(), low: z.number(), high: z.number() })
  .nullable();
export type ArmDifference = z.infer<typeof ArmDifferenceSchema>;

/** A wording that agents kept writing in the place of a script's. */
export const FoundVariantSchema = z.strictObject({
  id: z.string(),
  scriptId: z.string(),
  text: z.string(),
  edits: z.int().min(1),
  conversations: z.int().min(1),
  at: z.int(),
  /** The draft it became; absent: the checks refused it. */
  draft: z.int().min(1).optional(),
  /** What the checks said. */
  problem: z.string().optional(),
});
export type FoundVariant = z.infer<typeof FoundVariantSchema>;

/** Everything a supervisor sees of learning. */
export const LearningViewSchema = z.strictObject({
  settings: LearningSettingsSchema,
  /** Newest outcome first. */
  scripts: z.array(LearntScriptSchema),
  arms: z.strictObject({ learnt: ArmViewSchema, plain: ArmViewSchema }),
  differences: z.strictObject({
    acceptance: ArmDifferenceSchema,
    edits: ArmDifferenceSchema,
    paid: ArmDifferenceSchema,
  }),
  /** Unix ms from which the arms are counted. */
  since: z.int(),
  /** Newest first. */
  variants: z.array(FoundVariantSchema),
  /** Showings a script needs before they move it. */
  leastShowings: z.int(),
  /** The most that outcomes move a script by, in points of the score. */
  mostBonus: z.number(),
});
export type LearningView = z.infer<typeof LearningViewSchema>;

/** Begins counting anew: one script, or all without an id. */
export const ResetLearningSchema = z.strictObject({ scriptId: z.string().min(1).max(64).optional() });
