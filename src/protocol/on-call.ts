/** Who is woken when a buyer is in danger and nobody is there: what a shop sets of it. */
import { z } from 'zod';

/** Kinds of message that cannot wait. */
export const EMERGENCY_KINDS = ['injury', 'fire', 'selfHarm', 'threat', 'angryAfterSale'] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];

/** Stands in the place of a secret that was set; sent back, it leaves the secret as it is. */
export const HIDDEN_SECRET = '********';

const KEY_BYTES = { least: 24, most: 64 } as const;
const SPAN = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** `whsec_` and 24 to 64 bytes in base64, as in Standard Webhooks. */
const Secret = z.string().refine(isKey, {
  error: `must be whsec_ and ${KEY_BYTES.least} to ${KEY_BYTES.most} bytes in base64`,
});

function isKey(secret: string): boolean {
  const body = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  if (body === undefined) return false;
  const bytes = Math.floor((body.replace(/=+$/, '').length * 3) / 4);
  return bytes >= KEY_BYTES.least && bytes <= KEY_BYTES.most;
}

/** A stretch of the week on which a person is on call, in the shop's zone. */
const Duty = z.strictObject({
  person: z.string().min(1).max(60),
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .min(1)
    .max(7),
  /** May pass midnight; it belongs to the day on which it begins. */
  hours: z
    .string()
    .regex(SPAN, { error: ({ input }) => `is ${JSON.stringify(input)}: a span is HH:MM-HH:MM; it may pass midnight` }),
});

/** The call to whoever is on call. Absent: nobody is called, an emergency is a task only. */
export const OnCallSettingsSchema = z.strictObject({
  /** Where the call is posted; addresses of private networks are refused when it is. */
  url: z.url({ protocol: /^https?$/, error: 'must be an https:// address' }).max(500),
  secret: Secret,
  /** One person at all times, or a week; who stands first is called where two overlap. */
  roster: z.union([z.strictObject({ always: z.string().min(1).max(60) }), z.array(Duty).min(1).max(50)]),
  /** One buyer wakes nobody twice within this time. */
  quietMinutes: z.int().min(0).max(1440).default(60),
  /** With people on duty: so long a person has to answer before the call goes out. */
  answerMinutes: z.int().min(1).max(240).default(10),
  /** What counts as an emergency. */
  counts: z
    .array(z.enum(EMERGENCY_KINDS))
    .min(1)
    .default([...EMERGENCY_KINDS]),
});
export type OnCallSettings = z.infer<typeof OnCallSettingsSchema>;

/** What a test call came to. */
export const TestCallSchema = z.strictObject({ delivered: z.boolean(), problem: z.string().optional() });

/** A call as the supervisor's page lists it. */
export const CallViewSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(EMERGENCY_KINDS),
  conversationId: z.string(),
  at: z.int(),
  state: z.enum(['waiting', 'sending', 'sent', 'answered', 'failed', 'nobody']),
  attempts: z.int(),
  person: z.string().optional(),
  problem: z.string().optional(),
});
export type CallView = z.infer<typeof CallViewSchema>;
