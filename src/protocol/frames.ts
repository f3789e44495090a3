/** Socket frames of `huashu.v1`; docs/PROTOCOL.md tells how they are used. */
import { z } from 'zod';
import { AutomaticChangeSchema } from './modes.ts';
import {
  AgentSelfSchema,
  ConversationSummarySchema,
  MessageSchema,
  MsSchema,
  OrderViewSchema,
  SuggestionSetSchema,
} from './records.ts';
import { AnalysisSchema, ProfileSchema, VerdictSchema } from './turn.ts';

/** Name of the subprotocol, offered by the client and echoed by the server. */
export const SUBPROTOCOL = 'huashu.v1';

/** Limits of a connection. */
export const LIMITS = {
  /** A frame of a client, in bytes. */
  frameBytes: 16 * 1024,
  /** A message text, in characters. */
  textLength: 2000,
  /** Commands a connection may send in a burst, and per second after that. */
  burst: 40,
  perSecond: 10,
  /** Bytes waiting to be read by a client before it is cut off. */
  backlogBytes: 1024 * 1024,
  helloWithinMs: 5000,
  heartbeatMs: 25_000,
  pongWithinMs: 10_000,
} as const;

/** Close codes beside those of RFC 6455 (1000 done, 1001 going away, 1007 not UTF-8, 1009 too large). */
export const CLOSE_CODES = {
  badFrame: 4400,
  unauthorised: 4401,
  forbidden: 4403,
  wrongSubprotocol: 4406,
  helloTimeout: 4408,
  duplicateHello: 4409,
  tooSlow: 4413,
  tooMany: 4429,
} as const;

/** Ids are visible ASCII: what a database or a log could not hold is no id. */
const VISIBLE = /^[\x21-\x7e]+$/;
const ConversationId = z.string().min(1).max(64).regex(VISIBLE);
const CommandId = z.string().min(1).max(64).regex(VISIBLE);
const Id = z.string().max(64).regex(VISIBLE);
const Text = z.string().min(1).max(LIMITS.textLength);
/** A sentence to a colleague. */
const Note = z.string().max(500);

/** Where a reconnecting client stands: per conversation the last `seq` it has. */
const ResumeSchema = z.strictObject({
  epoch: z.string().max(64),
  seqs: z.record(ConversationId, z.int().min(0)),
});

function command<T extends string, D extends z.ZodType>(type: T, data: D) {
  return z.strictObject({ v: z.literal(1), type: z.literal(type), id: CommandId, ts: MsSchema.optional(), data });
}

/** First frame of every connection. Buyers bring a visitor token, agents their session cookie. */
export const HelloFrameSchema = z.strictObject({
  v: z.literal(1),
  type: z.literal('hello'),
  id: CommandId.optional(),
  ts: MsSchema.optional(),
  data: z.strictObject({
    role: z.enum(['buyer', 'agent']),
    token: z.string().max(512).optional(),
    resume: ResumeSchema.optional(),
  }),
});

/** What a buyer's socket may send after `hello`. */
export const BuyerCommandSchema = z.discriminatedUnion('type', [
  command('message.send', z.strictObject({ text: Text })),
  command('typing', z.strictObject({ on: z.boolean() })),
]);

/** What an agent's socket may send after `hello`. */
export const AgentCommandSchema = z.discriminatedUnion('type', [
  command(
    'message.send',
    z.strictObject({
      conversationId: ConversationId,
      text: Text,
      /** The suggestion this text came from; edited or not is decided by comparing texts. */
      suggestion: z.strictObject({ id: Id, position: z.int().min(0).max(2) }).optional(),
      /** The agent has read the gate's warnings for exactly this text. Blocks cannot be passed over. */
      warningsRead: z.boolean().optional(),
      /** A supervisor's grant for exactly this text; it is used up with the message. */
      approvalId: Id.optional(),
    }),
  ),
  command('suggestion.dismiss', z.strictObject({ suggestionId: Id, position: z.int().min(0).max(2) })),
  /** Stops a text before it leaves by itself. */
  command('automatic.stop', z.strictObject({ conversationId: ConversationId, sendId: Id })),
  command('conversation.open', z.strictObject({ conversationId: ConversationId })),
  command('conversation.takeOver', z.strictObject({ conversationId: ConversationId, on: z.boolean() })),
  command('conversation.resolve', z.strictObject({ conversationId: ConversationId })),
  command('presence.set', z.strictObject({ state: z.enum(['online', 'away']) })),
  command('typing', z.strictObject({ conversationId: ConversationId, on: z.boolean() })),
  command('gate.check', z.strictObject({ conversationId: ConversationId, text: Text })),
  command('task.done', z.strictObject({ taskId: Id })),
  /** Lays a text that the gate blocks before a supervisor. */
  command('approval.ask', z.strictObject({ conversationId: ConversationId, text: Text, reason: Note.min(1) })),
  command('approval.decide', z.strictObject({ approvalId: Id, grant: z.boolean(), note: Note })),
]);
export type BuyerCommand = z.infer<typeof BuyerCommandSchema>;
export type AgentCommand = z.infer<typeof AgentCommandSchema>;
export type HelloFrame = z.infer<typeof HelloFrameSchema>;

function event<T extends string, D extends z.ZodType>(type: T, data: D) {
  return z.strictObject({ v: z.literal(1), type: z.literal(type), ref: z.string().optional(), ts: MsSchema, data });
}

/** Frames a server sends. Only `message.appended` is durable: it carries the conversation's `seq` in its message. */
export const ServerFrameSchema = z.discriminatedUnion('type', [
  event(
    'welcome',
    z.strictObject({
      epoch: z.string(),
      heartbeatMs: z.int(),
      /** False: what the client holds is of another epoch, fetch everything again. */
      resumed: z.boolean(),
      self: z.union([
        z.strictObject({
          role: z.literal('buyer'),
          buyerId: z.string(),
          conversationId: z.string(),
          shopName: z.string(),
        }),
        z.strictObject({ role: z.literal('agent'), agent: AgentSelfSchema }),
      ]),
    }),
  ),
  event(
    'ack',
    z.strictObject({
      seq: z.int().optional(),
      messageId: z.string().optional(),
      verdict: VerdictSchema.optional(),
      approvalId: z.string().optional(),
    }),
  ),
  event(
    'error',
    z.strictObject({ code: z.string(), message: z.string(), retryable: z.boolean(), details: z.unknown().optional() }),
  ),
  event('message.appended', z.strictObject({ message: MessageSchema })),
  event('conversation.changed', z.strictObject({ conversation: ConversationSummarySchema })),
  event(
    'turn.analysed',
    z.strictObject({
      conversationId: z.string(),
      seq: z.int(),
      analysis: AnalysisSchema,
      profile: ProfileSchema,
      suggestions: SuggestionSetSchema,
    }),
  ),
  event(
    'suggestions.withdrawn',
    z.strictObject({ conversationId: z.string(), suggestionId: z.string(), reason: z.string() }),
  ),
  event('automatic.changed', AutomaticChangeSchema),
  event('presence.changed', z.strictObject({ onDuty: z.array(z.string()) })),
  event(
    'typing',
    z.strictObject({ conversationId: z.string(), from: z.enum(['buyer', 'agent']), who: z.string(), on: z.boolean() }),
  ),
  event('orders.changed', z.strictObject({ buyerId: z.string(), orders: z.array(OrderViewSchema) })),
  event(
    'lists.changed',
    z.strictObject({
      lists: z.array(
        z.enum([
          'owed',
          'tasks',
          'counters',
          'followUps',
          'library',
          'gateRules',
          'approvals',
          'teaching',
          'settings',
          'learning',
          'discounts',
          'goods',
          'clocks',
          'records',
        ]),
      ),
    }),
  ),
]);
export type ServerFrame = z.infer<typeof ServerFrameSchema>;
