import { z } from 'zod';

/** A message, as against an event, of the intent inventory. @see domain 04 */
export const MESSAGE_INTENTS = [
  'INT-GEN-01',
  'INT-GEN-03',
  'INT-GEN-04',
  'INT-GEN-05',
  'INT-GEN-06',
  'INT-GEN-07',
  'INT-GEN-08',
  'INT-GEN-09',
  'INT-PRE-01',
  'INT-PRE-02',
  'INT-PRE-03',
  'INT-PRE-04',
  'INT-PRE-05',
  'INT-PRE-06',
  'INT-PRE-07',
  'INT-PRE-08',
  'INT-PRE-09',
  'INT-PRE-10',
  'INT-PRE-11',
  'INT-PRE-12',
  'INT-PRE-13',
  'INT-PRE-14',
  'INT-PRE-15',
  'INT-PRE-16',
  'INT-PRE-17',
  'INT-PRE-18',
  'INT-PRE-19',
  'INT-PRE-20',
  'INT-PRE-21',
  'INT-PRE-22',
  'INT-PRE-23',
  'INT-PRE-24',
  'INT-PRE-25',
  'INT-PRE-26',
  'INT-PRE-27',
  'INT-PRE-28',
  'INT-PRE-29',
  'INT-IN-01',
  'INT-IN-03',
  'INT-IN-04',
  'INT-IN-05',
  'INT-IN-06',
  'INT-IN-07',
  'INT-IN-08',
  'INT-IN-09',
  'INT-IN-10',
  'INT-IN-11',
  'INT-IN-12',
  'INT-IN-13',
  'INT-IN-14',
  'INT-IN-15',
  'INT-IN-16',
  'INT-IN-17',
  'INT-IN-18',
  'INT-IN-20',
  'INT-LOG-01',
  'INT-LOG-02',
  'INT-LOG-03',
  'INT-LOG-04',
  'INT-LOG-05',
  'INT-LOG-06',
  'INT-LOG-09',
  'INT-AS-01',
  'INT-AS-02',
  'INT-AS-03',
  'INT-AS-04',
  'INT-AS-05',
  'INT-AS-06',
  'INT-AS-07',
  'INT-AS-08',
  'INT-AS-09',
  'INT-AS-10',
  'INT-AS-11',
  'INT-AS-12',
  'INT-AS-13',
  'INT-AS-14',
  'INT-AS-15',
  'INT-AS-16',
  'INT-AS-17',
  'INT-AS-18',
  'INT-AS-19',
  'INT-AS-20',
  'INT-AS-22',
  'INT-AS-23',
  'INT-AS-24',
  'INT-AS-25',
  'INT-AS-26',
  'INT-AS-27',
  'INT-AS-28',
  'INT-REV-06',
  'INT-REV-07',
] as const;

/** Something the trade system, a clock or the desk's state tells, never read from a text. @see domain 04 */
export const EVENT_INTENTS = [
  'INT-GEN-02',
  'INT-IN-02',
  'INT-IN-19',
  'INT-LOG-07',
  'INT-LOG-08',
  'INT-AS-21',
  'INT-REV-01',
  'INT-REV-02',
  'INT-REV-03',
  'INT-REV-04',
  'INT-REV-05',
  'INT-REL-01',
  'INT-REL-02',
  'INT-REL-03',
] as const;

/** An intent a buyer's message can have. */
export const MessageIntentSchema = z.enum(MESSAGE_INTENTS);
export type MessageIntent = z.infer<typeof MessageIntentSchema>;

/** Any intent of the inventory, events included. */
export const IntentSchema = z.enum([...MESSAGE_INTENTS, ...EVENT_INTENTS]);

/** The eight buyer types. @see domain 03, 3.3 */
export const BUYER_TYPES = ['BT-1', 'BT-2', 'BT-3', 'BT-4', 'BT-5', 'BT-6', 'BT-7', 'BT-8'] as const;
export const BuyerTypeSchema = z.enum(BUYER_TYPES);
export type BuyerType = z.infer<typeof BuyerTypeSchema>;
/** An agent's word on a buyer's type: one of the eight, or that none can be told. */
export const PinnedTypeSchema = z.union([BuyerTypeSchema, z.literal('unknown')]);

/** Other segments of buyers. @see domain 03, 3.4 */
export const SEGMENTS = [
  'SEG-1',
  'SEG-2',
  'SEG-3',
  'SEG-4',
  'SEG-5',
  'SEG-6',
  'SEG-7',
  'SEG-8',
  'SEG-9',
  'SEG-10',
  'SEG-11',
  'SEG-12',
] as const;
export const SegmentSchema = z.enum(SEGMENTS);
export type Segment = z.infer<typeof SegmentSchema>;

/** The seven closing techniques. @see domain 06 */
export const TECHNIQUES = ['CT-1', 'CT-2', 'CT-3', 'CT-4', 'CT-5', 'CT-6', 'CT-7'] as const;
export const TechniqueSchema = z.enum(TECHNIQUES);
export type Technique = z.infer<typeof TechniqueSchema>;

/** Numbers of the 132 script cards. @see domain 05, 5.4 */
const CARD_NUMBERS = [
  ...span(1, 23),
  ...span(30, 46),
  48,
  ...span(50, 56),
  ...span(60, 76),
  ...span(78, 81),
  ...span(85, 95),
  ...span(100, 134),
  ...span(140, 143),
  ...span(150, 162),
];

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Ids of every script card, in the order of the inventory. */
export const CARD_IDS: readonly string[] = CARD_NUMBERS.map((n) => `SCR-${String(n).padStart(2, '0')}`);
const CARD_SET = new Set(CARD_IDS);

/** A card of the inventory (SCR-01 … SCR-162). */
export const CardIdSchema = z
  .string()
  .refine((id) => CARD_SET.has(id), { error: 'is not a script card of the inventory (SCR-01 … SCR-162)' });

/** Timers FU-01 … FU-49. @see domain 07 */
export const FOLLOW_UP_RULES: readonly string[] = span(1, 49).map((n) => `FU-${String(n).padStart(2, '0')}`);
const FOLLOW_UP_SET = new Set(FOLLOW_UP_RULES);
export const FollowUpRuleIdSchema = z
  .string()
  .refine((id) => FOLLOW_UP_SET.has(id), { error: 'is not a follow-up rule (FU-01 … FU-49)' });

/** Taboos the gate can find. @see domain 11 */
const TABOO_NUMBERS = [...span(1, 10), ...span(20, 51)];
export const TABOO_IDS: readonly string[] = TABOO_NUMBERS.map((n) => `TAB-${String(n).padStart(2, '0')}`);
const TABOO_SET = new Set(TABOO_IDS);
export const TabooIdSchema = z
  .string()
  .refine((id) => TABOO_SET.has(id), { error: 'is not a taboo (TAB-01 … TAB-10, TAB-20 … TAB-51)' });

/** A gate rule of the shop's own. */
export const ShopRuleIdSchema = z
  .string()
  .max(64)
  .regex(/^SHOP-[a-z0-9-]+$/, { error: 'is not a rule of the shop (SHOP- and small letters, digits, hyphens)' });

/** How a script may leave: proposed to an agent, automatic offline reply, scheduled job. @see domain 00 */
export const SCRIPT_MODES = ['A', 'O', 'S'] as const;
export const ScriptModeSchema = z.enum(SCRIPT_MODES);
export type ScriptMode = z.infer<typeof ScriptModeSchema>;

/** Where an order stands. `printed`: slip printed, not handed over; `closed`: lapsed or closed unpaid. */
export const ORDER_STATES = ['unpaid', 'paid', 'printed', 'shipped', 'signed', 'completed', 'closed'] as const;
export const OrderStateSchema = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof OrderStateSchema>;

/** Who spoke: the buyer, a person of the desk, an automatic reply. */
export const SPEAKERS = ['buyer', 'agent', 'auto'] as const;
export const SpeakerSchema = z.enum(SPEAKERS);

/** Ways to reach a buyer. */
export const CONTACT_CHANNELS = ['wangwang', 'phone', 'sms', 'wechat', 'email'] as const;
export const ContactChannelSchema = z.enum(CONTACT_CHANNELS);
export type ContactChannel = z.infer<typeof ContactChannelSchema>;
