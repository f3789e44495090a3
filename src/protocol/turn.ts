/** What passes between the rooms: a turn, its analysis, a profile, suggestions, the gate's verdict. */
import { z } from 'zod';
import { type Facts, PartialFactsSchema, TimeSchema } from './facts.ts';
import {
  BuyerTypeSchema,
  CardIdSchema,
  IntentSchema,
  MessageIntentSchema,
  type OrderStateSchema,
  SCRIPT_MODES,
  SegmentSchema,
  ShopRuleIdSchema,
  SpeakerSchema,
  TabooIdSchema,
  TechniqueSchema,
} from './ids.ts';
import { ScriptCardSchema } from './script.ts';

/** One thing somebody said. `at` is there when the moment is known. */
export const TurnSchema = z.strictObject({ from: SpeakerSchema, text: z.string(), at: TimeSchema.optional() });
export type Turn = z.infer<typeof TurnSchema>;

/** What the desk knew when a message came: the order the chat is about, and the turns just before. */
export interface AnalysisContext {
  order: { state: z.infer<typeof OrderStateSchema> } | null;
  /** Oldest first; the last two decide. */
  prev: Turn[];
  /** More of the chat, oldest first, for what is asked again and again; default `prev`. */
  chat?: Turn[];
  /** What the buyer typed right before, as parts of one turn, oldest first. */
  burst?: string[];
  /** What an agent said the buyer's last message before means. */
  meant?: z.infer<typeof MessageIntentSchema>[];
  /** The moment of the message, for how long the buyer waited. */
  at?: z.infer<typeof TimeSchema>;
}

/** Kinds of thing a message can name. */
export const ENTITY_KINDS = [
  'order_no',
  'tracking_no',
  'size',
  'colour',
  'material',
  'height',
  'weight',
  'measurement',
  'amount',
  'quantity',
  'courier',
  'date',
  'time',
  'phone',
  'address',
] as const;

/** A thing named in a message: where it stands and its normal form. */
export const EntitySchema = z.strictObject({
  kind: z.enum(ENTITY_KINDS),
  text: z.string(),
  /** First character, counted in UTF-16 units. */
  from: z.int().min(0),
  /** One past the last character. */
  to: z.int().min(0),
  /** Normal form: yuan, cm, kg, pieces, carrier code, ISO date … */
  value: z.union([z.string(), z.number()]),
});
export type Entity = z.infer<typeof EntitySchema>;

/** Mood of a message. */
export const MOODS = ['calm', 'happy', 'hesitant', 'impatient', 'angry', 'threatening'] as const;
/** How soon a buyer wants it: no matter; with haste or by a day; at once. */
export const URGENCIES = ['none', 'soon', 'now'] as const;
/**
 * Why a person should take over: asked for, angry, threatening, somebody or something came to harm, the talk goes in
 * circles, dissatisfied after signing. @see INT-GEN-07 @see INT-GEN-08 @see INT-REL-03
 */
export const HUMAN_REASONS = ['asked', 'anger', 'threat', 'harm', 'circles', 'dissatisfied'] as const;
/** Form of the buyer's language. */
export const LANGUAGES = ['zh-Hans', 'zh-Hant', 'pinyin', 'en', 'mixed'] as const;

/** A possible intent with its calibrated probability and the words that spoke for it. */
export const IntentGuessSchema = z.strictObject({
  intent: MessageIntentSchema,
  confidence: z.number().min(0).max(1),
  evidence: z.array(z.string()),
});
export type IntentGuess = z.infer<typeof IntentGuessSchema>;

/** What the machine understood of one buyer message. */
export const AnalysisSchema = z.strictObject({
  /** Ranked before any threshold, best first, at most ten. */
  intents: z.array(IntentGuessSchema),
  /** The intents that hold above the shipped threshold; empty when the machine does not know. */
  held: z.array(MessageIntentSchema),
  /** 0 surely the desk's business, 1 surely not. */
  outOfScope: z.number().min(0).max(1),
  abstained: z.boolean(),
  entities: z.array(EntitySchema),
  mood: z.enum(MOODS),
  /** What goes with the mood; absent in analyses of earlier versions. */
  attitude: z
    .strictObject({
      urgency: z.enum(URGENCIES),
      /** Praise that means its opposite. */
      sarcasm: z.boolean(),
      /** Why a person should take over; `null`: no need. */
      needsHuman: z.enum(HUMAN_REASONS).nullable(),
      /** Words that told the mood, the heaviest first. */
      evidence: z.array(z.string()),
    })
    .optional(),
  language: z.enum(LANGUAGES),
  /** Content hash of the model that spoke. */
  model: z.string(),
});
export type Analysis = z.infer<typeof AnalysisSchema>;

/** Why a type scored: the feature, and the message or order that showed it. */
export const ProfileEvidenceSchema = z.strictObject({
  feature: z.string().regex(/^BF-\d\d$/),
  detail: z.string(),
  /** The same in Chinese; absent in profiles of older records. */
  detailZh: z.string().optional(),
  atMs: z.number(),
});

/** A distribution over the eight types, never one hard class. @see BT-P2 */
export const ProfileSchema = z.strictObject({
  types: z.partialRecord(BuyerTypeSchema, z.number().min(0).max(1)),
  /** The highest type at or above the threshold, else `unknown`. */
  top: z.union([BuyerTypeSchema, z.literal('unknown')]),
  segments: z.array(SegmentSchema),
  evidence: z.array(ProfileEvidenceSchema),
});
export type Profile = z.infer<typeof ProfileSchema>;

/** A value filled into a text: its name, what was written, where it came from and when it was read. */
export const FilledSlotSchema = z.strictObject({
  name: z.string(),
  value: z.string(),
  source: z.string(),
  readAt: TimeSchema.optional(),
});

/** A script proposed with its text rendered. */
export const ProposalSchema = z.strictObject({
  scriptId: z.string(),
  card: ScriptCardSchema,
  version: z.int().min(1),
  variant: z.int().min(0),
  text: z.string(),
  /** The same in a softer tone, by the owner's model; checked to say nothing else. */
  polished: z.string().optional(),
  technique: TechniqueSchema.optional(),
  intents: z.array(IntentSchema),
  slots: z.array(FilledSlotSchema),
  /** Names of the guards that held. */
  guards: z.array(z.string()),
  score: z.number(),
  /** `seq` of an earlier message of the same breath that it answers; absent: the newest. */
  answers: z.int().optional(),
  /** In words a supervisor accepts. */
  reasons: z.array(z.string()),
});
export type Proposal = z.infer<typeof ProposalSchema>;

/** A script that fitted but may not be said, and why. */
export const HiddenScriptSchema = z.strictObject({
  scriptId: z.string(),
  card: ScriptCardSchema,
  because: z.enum(['guard', 'slot', 'gate', 'technique', 'mode', 'used']),
  /** Name of the guard, slot or rule that stopped it. */
  name: z.string(),
  /** Path of the fact that is missing, stale or false. */
  fact: z.string().optional(),
  detail: z.string(),
});
export type HiddenScript = z.infer<typeof HiddenScriptSchema>;

/** The engine's answer to one situation. */
export interface SuggestionResult {
  /** At most three, best first. @see SR-15 */
  proposals: Proposal[];
  hidden: HiddenScript[];
  /** Why nothing is proposed; absent when something is. */
  abstained?: string;
}

/** A situation to be answered. */
export interface Situation {
  facts: Facts;
  /** Turns before `message`, oldest first. */
  history: Turn[];
  message: string;
  analysis: Analysis;
  profile?: Profile;
  /** What may go out: to an agent, by itself off duty, from a job. */
  mode: (typeof SCRIPT_MODES)[number];
}

/** Who is about to say it: a person typing, or a machine in one of the script modes. */
export const OUTGOING_MODES = ['typed', ...SCRIPT_MODES] as const;

/** What the gate knows beside the text. */
export const GateContextSchema = PartialFactsSchema.extend({
  mode: z.enum(OUTGOING_MODES).optional(),
  intents: z.array(IntentSchema).optional(),
  history: z.array(TurnSchema).optional(),
});
export type GateContext = z.infer<typeof GateContextSchema>;

/** One thing the gate objects to. */
export const FindingSchema = z.strictObject({
  /** A taboo of domain 11, or a rule of the shop's own. */
  rule: z.union([TabooIdSchema, ShopRuleIdSchema]),
  severity: z.enum(['B', 'W']),
  /** First and one-past-last character of the text at fault; `null` when it is the whole text. */
  span: z.tuple([z.int(), z.int()]).nullable(),
  /** One sentence for the agent. */
  message: z.string(),
  /** Scripts that say it rightly. */
  instead: z.array(CardIdSchema),
});
export type Finding = z.infer<typeof FindingSchema>;

/** The gate's decision: `block` when any finding is B, `warn` when any is W. */
export const VerdictSchema = z.strictObject({
  decision: z.enum(['block', 'warn', 'pass']),
  findings: z.array(FindingSchema),
});
export type Verdict = z.infer<typeof VerdictSchema>;
