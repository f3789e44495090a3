/** Bodies of the HTTP interface. */
import { z } from 'zod';
import { OrderStateSchema } from './ids.ts';
import { ConversationSummarySchema, MessageSchema } from './records.ts';
import { AnalysisSchema } from './turn.ts';

const PlainSchema = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');
/** An id or a name that a request brings: no control characters, which a database could not hold. */
export const NameSchema = PlainSchema.max(64);

export const SignInSchema = z.strictObject({ login: NameSchema.min(1), password: z.string().min(1).max(256) });

/** A visitor asks for a buyer's token; `buyer` names a demo buyer where the shop is a demo. */
export const VisitorRequestSchema = z.strictObject({
  buyer: NameSchema.optional(),
  /** The browser's IANA zone, for the quiet hours; one this machine does not know counts as none. @see FR-05 */
  timeZone: NameSchema.optional(),
});
export const VisitorSchema = z.strictObject({
  token: z.string(),
  buyerId: z.string(),
  name: z.string(),
  shopName: z.string(),
});

/** An error, everywhere. `code` is of the table in docs/PROTOCOL.md. */
export const HttpErrorSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  details: z.unknown().optional(),
});

export const ConversationListSchema = z.strictObject({ conversations: z.array(ConversationSummarySchema) });
export const MessageListSchema = z.strictObject({ messages: z.array(MessageSchema) });

/** A script found by the `/` menu. `text` is filled where its facts are known, else `missing` says what is not. */
export const FoundScriptSchema = z.strictObject({
  scriptId: z.string(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  missing: z.array(z.string()),
  /** A phrase of the agent's own. */
  personal: z.boolean().optional(),
});
export const ScriptSearchSchema = z.strictObject({ scripts: z.array(FoundScriptSchema) });
export type FoundScript = z.infer<typeof FoundScriptSchema>;

/** A turn recorded elsewhere, appended as it stands: for the replay of old dialogues, never delivered. */
export const RecordedTurnSchema = z.strictObject({
  text: z.string().min(1).max(20_000),
  key: PlainSchema.min(1).max(128),
});

/** Judges or analyses texts as the live desk does: proves that what is evaluated is what runs. */
export const AnalyseRequestSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        text: z.string(),
        order: z.strictObject({ state: OrderStateSchema }).nullable(),
        prev: z.array(z.strictObject({ from: z.enum(['buyer', 'agent', 'auto']), text: z.string() })),
      }),
    )
    .max(500),
});
export const AnalyseAnswerSchema = z.strictObject({ analyses: z.array(AnalysisSchema) });

/** Titles and names behind ids: what the console shows in place of them. */
export const CatalogueSchema = z.strictObject({
  scripts: z.array(
    z.strictObject({
      scriptId: z.string(),
      title: z.strictObject({ zh: z.string(), en: z.string() }),
      technique: z.string().optional(),
      sources: z.array(z.string()),
    }),
  ),
  intents: z.array(z.strictObject({ id: z.string(), name: z.strictObject({ zh: z.string(), en: z.string() }) })),
  agents: z.array(z.strictObject({ id: z.string(), name: z.string() })),
});

/** The demo shop, for the buyer's page. */
export const DemoSchema = z.strictObject({
  demo: z.literal(true),
  shopName: z.string(),
  buyers: z.array(z.strictObject({ id: z.string(), name: z.string(), about: z.string() })),
  products: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      price: z.number(),
      category: z.string(),
      emoji: z.string().optional(),
      about: z.string().optional(),
      sizes: z.array(z.string()),
    }),
  ),
  agents: z.array(z.strictObject({ login: z.string(), password: z.string(), role: z.string(), name: z.string() })),
});
export const DemoOrderRequestSchema = z.strictObject({
  token: z.string(),
  action: z.enum(['place', 'pay', 'close']),
  productId: NameSchema.optional(),
  sku: NameSchema.optional(),
  qty: z.int().min(1).max(99).optional(),
  orderId: NameSchema.optional(),
});
