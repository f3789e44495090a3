/** Who sends: suggest only, after a countdown, or by itself; by intent, risk and hours. @see SR-10, SR-11 */
import { z } from 'zod';
import { mayAnswerOffline, neverAutomatic, RISKS, riskOf } from './card-risk.ts';
import { CARD_IDS, CardIdSchema, EVENT_INTENTS, IntentSchema, MESSAGE_INTENTS } from './ids.ts';

/** `semi`: leaves when a visible countdown ends and nobody stopped it. */
export const SENDING_MODES = ['suggest', 'semi', 'auto'] as const;

/** On duty: an agent is at the desk. */
export const MODE_HOURS = ['on_duty', 'off_hours', 'both'] as const;

/** Seconds that a countdown may last. */
export const DELAY_SEC = { least: 5, most: 60, default: 12 } as const;

/** Families of intents a rule may name, such as `INT-LOG-*`. */
export const INTENT_FAMILIES = ['GEN', 'PRE', 'IN', 'LOG', 'AS', 'REV', 'REL'] as const;
const families: ReadonlySet<string> = new Set(INTENT_FAMILIES.map((family) => `INT-${family}-*`));
const intents: ReadonlySet<string> = new Set([...MESSAGE_INTENTS, ...EVENT_INTENTS]);

/** One rule; the first that names an intent, the risk of the card and the hours decides. */
export const ModeRuleSchema = z.strictObject({
  /** Ids, or families such as `INT-LOG-*`. */
  intents: z
    .array(
      z.string().refine((name) => intents.has(name) || families.has(name), {
        error: ({ input }) =>
          `is "${String(input)}": legal is an intent of the inventory or a family, ${[...families].join(', ')}`,
      }),
    )
    .min(1)
    .max(40),
  /** Risk of the cards it is about. @see SR-11 */
  risk: z.enum(RISKS),
  /** These cards alone; absent: every card of the risk. */
  cards: z.array(CardIdSchema).min(1).max(CARD_IDS.length).optional(),
  hours: z.enum(MODE_HOURS),
  mode: z.enum(SENDING_MODES),
  /** Length of the countdown of `semi`. */
  delaySec: z.int().min(DELAY_SEC.least).max(DELAY_SEC.most).default(DELAY_SEC.default),
  /** The automatic answer settles what is owed to a buyer who wrote while nobody was there. */
  settlesOwed: z.boolean().default(false),
});
export type ModeRule = z.infer<typeof ModeRuleSchema>;

/** A shop's modes. Without a rule everything is a suggestion; the away reply goes out all the same. @see SCR-04 */
export const ModesSchema = z
  .strictObject({
    /** First match decides; no match: suggest. */
    rules: z.array(ModeRuleSchema).max(100).default([]),
    /** Silence of the buyer before anything leaves by itself, in seconds: a burst is answered once. */
    debounceSec: z.int().min(1).max(60).default(4),
    /** An automatic answer goes out beside the away reply or in its place. */
    withAway: z.enum(['beside', 'instead']).default('beside'),
  })
  .superRefine(({ rules }, context) => {
    rules.forEach((rule, at) => {
      const problem = problemOf(rule);
      if (problem) context.addIssue({ code: 'custom', path: ['rules', at, problem.key], message: problem.message });
    });
  });
export type Modes = z.infer<typeof ModesSchema>;

/** What a rule asks for that is not legal. @see SR-11 */
export function problemOf(rule: ModeRule): { key: 'mode' | 'cards'; message: string } | undefined {
  const { mode, risk, hours, cards } = rule;
  if (mode === 'suggest') return wrongRisk(rule);
  for (const card of cards ?? []) {
    const never = neverAutomatic(card);
    if (never) {
      const message = `${card} (${never}) never leaves by itself (SR-11) and the mode is "${mode}": legal is "suggest"`;
      return { key: 'cards', message };
    }
    if (mode === 'auto' && !mayAnswerOffline(card)) {
      const message = `${card} has no mode O (domain 05, 5.4) and the mode is "auto": legal are "suggest" and "semi"`;
      return { key: 'cards', message };
    }
  }
  if (risk === 'high') {
    const card = CARD_IDS.find((one) => riskOf(one) === 'high')!;
    return {
      key: 'mode',
      message: `is "${mode}" with risk "high": ${card} (${neverAutomatic(card)}) and the others of this risk never leave by themselves (SR-11); legal is "suggest"`,
    };
  }
  if (mode === 'auto' && risk !== 'low') {
    const card = CARD_IDS.find((one) => riskOf(one) === risk)!;
    return {
      key: 'mode',
      message: `is "auto" with risk "${risk}": ${card} and the others of this risk have no mode O (domain 05, 5.4); legal are "suggest" and "semi"`,
    };
  }
  if (mode === 'semi' && hours !== 'on_duty') {
    return {
      key: 'mode',
      message: `is "semi" with hours "${hours}": a countdown needs somebody to see it; legal is "on_duty"`,
    };
  }
  return wrongRisk(rule);
}

function wrongRisk({ cards, risk }: ModeRule): { key: 'cards'; message: string } | undefined {
  const other = cards?.find((card) => riskOf(card) !== risk);
  if (other === undefined) return undefined;
  return { key: 'cards', message: `${other} has risk "${riskOf(other)}" and the rule is about "${risk}"` };
}

/** True when a rule names the intent, or its family. */
export function namesIntent({ intents: named }: Pick<ModeRule, 'intents'>, intent: string): boolean {
  return named.some((name) => (name.endsWith('*') ? intent.startsWith(name.slice(0, -1)) : name === intent));
}

/** Why a text is not sent by itself: what stands against it. */
export const MODE_OBJECTIONS = [
  'nothing_proposed',
  'no_rule',
  'rule_suggests',
  'never_automatic',
  'no_offline_mode',
  'not_on_duty',
  'confidence',
  'unanswered_intent',
  'dispute',
  'human_active',
  'taken_over',
  'needs_human',
  'gate',
] as const;
export type ModeObjection = (typeof MODE_OBJECTIONS)[number];

/** What would happen to a message, and why not more. */
export const ModeDecisionSchema = z.strictObject({
  mode: z.enum(SENDING_MODES),
  /** Place of the rule that decided, from 0; absent: none fits. */
  rule: z.int().min(0).optional(),
  /** Length of the countdown, for `semi`. */
  delaySec: z.int().optional(),
  settlesOwed: z.boolean(),
  /** Why the rule’s mode does not hold; empty when it does. */
  objections: z.array(z.strictObject({ code: z.enum(MODE_OBJECTIONS), detail: z.string().optional() })),
});
export type ModeDecision = z.infer<typeof ModeDecisionSchema>;

/** How a pending automatic send ended. */
export const SEND_ENDS = [
  'sent',
  'stopped',
  'typing',
  'answered',
  'taken_over',
  'dismissed',
  'corrected',
  'resolved',
  'newer_message',
  'fact_changed',
  'text_changed',
  'script_changed',
  'settings_changed',
  'on_duty',
  'off_duty',
  'not_allowed',
  'gate',
  'late',
  'failed',
] as const;
export const SendEndSchema = z.enum(SEND_ENDS);
export type SendEnd = z.infer<typeof SendEndSchema>;

/** A text that leaves by itself when its moment comes, unless somebody stops it. */
export const PendingSendSchema = z.strictObject({
  id: z.string().min(1).max(64),
  suggestionId: z.string().min(1).max(64),
  position: z.int().min(0).max(2),
  text: z.string(),
  /** Unix ms by the desk’s clock. */
  dueAt: z.int().min(0),
});
export type PendingSend = z.infer<typeof PendingSendSchema>;

/** What happened to a conversation’s pending send: one waits, or one has ended. */
export const AutomaticChangeSchema = z.strictObject({
  conversationId: z.string(),
  pending: PendingSendSchema.optional(),
  ended: z.strictObject({ id: z.string(), reason: SendEndSchema }).optional(),
});
export type AutomaticChange = z.infer<typeof AutomaticChangeSchema>;

/** A buyer’s line to be tried. */
export const TryModeSchema = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  hours: z.enum(['on_duty', 'off_hours']),
  /** The chat it is said in; absent: a buyer nobody knows, without an order. */
  conversationId: z.string().min(1).max(64).optional(),
});
export type TryMode = z.infer<typeof TryModeSchema>;

/** What would happen to it. */
export const TriedModeSchema = z.strictObject({
  intents: z.array(z.strictObject({ intent: IntentSchema, confidence: z.number() })),
  proposal: z
    .strictObject({ scriptId: z.string(), card: z.string(), text: z.string(), risk: z.enum(RISKS) })
    .optional(),
  decision: ModeDecisionSchema,
  /** Off duty: the away reply goes out as well. */
  away: z.boolean(),
});
export type TriedMode = z.infer<typeof TriedModeSchema>;
