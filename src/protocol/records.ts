/** Records as consoles and widgets see them: conversations, messages, suggestions, orders, people. Times are Unix ms. */
import { z } from 'zod';
import { FollowUpRuleIdSchema, MessageIntentSchema, OrderStateSchema, PinnedTypeSchema } from './ids.ts';
import { SetLearningSchema } from './learning.ts';
import { PendingSendSchema } from './modes.ts';
import { AnalysisSchema, HiddenScriptSchema, ProfileSchema, ProposalSchema } from './turn.ts';

/** Unix milliseconds, UTC. */
export const MsSchema = z.int().min(0);
const Id = z.string().min(1).max(64);

/** One message of a conversation. `seq` is its place in the conversation, from 1 without gaps. */
export const MessageSchema = z.strictObject({
  id: Id,
  conversationId: Id,
  seq: z.int().min(1),
  from: z.enum(['buyer', 'agent', 'auto']),
  text: z.string(),
  sentAt: MsSchema,
  /** Who wrote, for `agent`. */
  agentId: Id.optional(),
  /** The script behind it, for accepted suggestions and everything automatic. */
  script: z.strictObject({ id: z.string(), version: z.int() }).optional(),
});
export type Message = z.infer<typeof MessageSchema>;

/** The suggestions for one buyer message. */
export const SuggestionSetSchema = z.strictObject({
  id: Id,
  conversationId: Id,
  /** `seq` of the buyer message it answers. */
  seq: z.int().min(1),
  state: z.enum(['live', 'withdrawn', 'settled']),
  proposals: z.array(ProposalSchema),
  hidden: z.array(HiddenScriptSchema),
  /** Why nothing is proposed. */
  abstained: z.string().optional(),
  /** Arm and place of the moment, so that the outcome can be counted. */
  learning: SetLearningSchema.optional(),
  /** The chat had gone on to this `seq` when it was made: the next line of a procedure. Absent: it answers `seq`. */
  afterSeq: z.int().min(1).optional(),
});
export type SuggestionSet = z.infer<typeof SuggestionSetSchema>;

/** A conversation in the list. */
export const ConversationSummarySchema = z.strictObject({
  id: Id,
  buyerId: Id,
  buyerName: z.string(),
  channel: z.string(),
  status: z.enum(['open', 'resolved']),
  lastSeq: z.int().min(0),
  unread: z.int().min(0),
  /** Since when a buyer waits for a person; absent: nobody waits. */
  waitingSince: MsSchema.optional(),
  /** Since when a person has the chat to themselves: nothing goes out by itself. */
  takenOverAt: MsSchema.optional(),
  assignedAgentId: Id.optional(),
  /** A text that leaves by itself unless somebody stops it. */
  automatic: PendingSendSchema.optional(),
  changedAt: MsSchema,
  /** State of the buyer's newest order that is not completed or closed. */
  order: OrderStateSchema.optional(),
  lastMessage: MessageSchema.optional(),
});
export type ConversationSummary = z.infer<typeof ConversationSummarySchema>;

/** An order in the side panel. Money in yuan. */
export const OrderViewSchema = z.strictObject({
  id: z.string(),
  state: OrderStateSchema,
  amount: z.number(),
  items: z.array(z.strictObject({ title: z.string(), sku: z.string().optional(), qty: z.int().optional() })),
  placedAt: MsSchema,
  paidAt: MsSchema.optional(),
  autoCloseAt: MsSchema.optional(),
});
export type OrderView = z.infer<typeof OrderViewSchema>;

const FOLLOW_UP_STATES = ['planned', 'claimed', 'sent', 'cancelled', 'skipped', 'failed'] as const;

/** A planned or ended touch of an order, conversation or buyer. */
export const FollowUpViewSchema = z.strictObject({
  id: Id,
  rule: z.string(),
  subject: z.string(),
  orderId: z.string().optional(),
  /** Which touch of the rule, from 1. */
  touch: z.int().min(1),
  state: z.enum(FOLLOW_UP_STATES),
  /** How it went out: A before an agent, S by a job, O off duty, T a task inside the shop. */
  mode: z.enum(['A', 'S', 'O', 'T']).optional(),
  dueAt: MsSchema,
  reason: z.string().optional(),
  endedAt: MsSchema.optional(),
  /** What happened to it, oldest first. */
  story: z.array(
    z.strictObject({
      at: MsSchema,
      step: z.enum([
        'planned',
        'replanned',
        'moved',
        'retried',
        'claimed',
        'sent',
        'cancelled',
        'skipped',
        'failed',
        'answered',
        'paid',
      ]),
      /** Type of the event when planned, else the reason. */
      because: z.string(),
      /** Due moment after the step, where it sets one. */
      dueAt: MsSchema.optional(),
      /** The script that went out. */
      script: z.string().optional(),
    }),
  ),
});
export type FollowUpView = z.infer<typeof FollowUpViewSchema>;

/** A row of the shop's ledger. */
export const LedgerRowSchema = FollowUpViewSchema.extend({ buyerId: Id, buyerName: z.string().optional() });
export type LedgerRow = z.infer<typeof LedgerRowSchema>;

/** Which rows of the ledger are wanted. */
export const LedgerQuerySchema = z.strictObject({
  rule: FollowUpRuleIdSchema.optional(),
  state: z.enum(FOLLOW_UP_STATES).optional(),
  orderId: z.string().min(1).max(64).optional(),
  buyerId: z.string().min(1).max(64).optional(),
  /** Calendar day in the shop's zone on which they are due. */
  day: z.iso.date().optional(),
});
export type LedgerQuery = z.infer<typeof LedgerQuerySchema>;

/** Everything the console shows of one conversation. */
export const ConversationDetailSchema = z.strictObject({
  conversation: ConversationSummarySchema,
  messages: z.array(MessageSchema),
  /** Analyses of the buyer's messages, by `seq`. */
  analyses: z.record(z.string(), AnalysisSchema),
  suggestions: SuggestionSetSchema.optional(),
  buyer: z.strictObject({
    id: Id,
    name: z.string(),
    isReturning: z.boolean().optional(),
    tier: z.string().optional(),
    region: z.string().optional(),
    tags: z.array(z.string()),
    profile: ProfileSchema,
    /** An agent's word on the type, where somebody corrected it. */
    pinnedType: PinnedTypeSchema.optional(),
    /** Wants no reminders, or nothing that a machine writes. */
    optedOut: z.enum(['reminders', 'all']).optional(),
  }),
  orders: z.array(OrderViewSchema),
  followUps: z.array(FollowUpViewSchema),
  /** Messages whose meaning an agent set right; no intent: none of the desk's business. */
  corrections: z.array(
    z.strictObject({ seq: z.int(), intents: z.array(MessageIntentSchema), agentId: z.string(), at: MsSchema }),
  ),
  /** Where the talk stands on the seven steps of the service flow; absent before the first message. */
  flow: z
    .strictObject({
      step: z.string().regex(/^FLOW-[1-7]$/),
      aside: z.enum(['offline', 'pending', 'doubt', 'closing', 'change', 'after-sale', 'stopped']).optional(),
      /** Of a farewell: 1 bought, 2 not bought, 3 wants to think. */
      farewell: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
    })
    .optional(),
});
export type ConversationDetail = z.infer<typeof ConversationDetailSchema>;

/** A person signed in at the desk. */
export const AgentSelfSchema = z.strictObject({
  id: Id,
  name: z.string(),
  title: z.string(),
  role: z.enum(['agent', 'supervisor']),
  shopId: Id,
  shopName: z.string(),
});
export type AgentSelf = z.infer<typeof AgentSelfSchema>;

/** A question left while nobody was there. */
export const OwedAnswerSchema = z.strictObject({
  conversationId: Id,
  buyerName: z.string(),
  text: z.string(),
  askedAt: MsSchema,
  /** When the buyer was told to expect an answer; absent: nothing promised. */
  promisedAt: MsSchema.optional(),
});
export type OwedAnswer = z.infer<typeof OwedAnswerSchema>;

/** Something a person should do. */
export const TaskViewSchema = z.strictObject({
  id: Id,
  kind: z.string(),
  title: z.string(),
  conversationId: Id.optional(),
  orderId: z.string().optional(),
  rule: z.string().optional(),
  /** By when it must be done; absent: nothing says so. */
  dueAt: MsSchema.optional(),
  createdAt: MsSchema,
  /** Whose it is; absent: an agent's. */
  forRole: z.enum(['agent', 'supervisor']).optional(),
  buyerName: z.string().optional(),
  /** What it is about, item by item. */
  lines: z.array(z.string()).optional(),
  /** It has a script to propose: see the task's own route. */
  hasScript: z.boolean().optional(),
});
export type TaskView = z.infer<typeof TaskViewSchema>;

/** A task with what could be said now. */
export const TaskDetailSchema = z.strictObject({
  task: TaskViewSchema,
  /** Rendered for this moment; never sent by itself. */
  proposal: z.strictObject({ scriptId: z.string(), text: z.string() }).optional(),
  /** Where nothing can be said: each script with what hides it. */
  hidden: z.array(HiddenScriptSchema),
});
export type TaskDetail = z.infer<typeof TaskDetailSchema>;

/** The supervisor's live counters, since midnight in the shop's zone. Durations in ms. */
export const CountersSchema = z.strictObject({
  openConversations: z.int(),
  waiting: z.int(),
  longestWaitMs: z.int(),
  agentsOnDuty: z.int(),
  buyerMessages: z.int(),
  agentReplies: z.int(),
  automaticReplies: z.int(),
  /** KPI-02: median and mean of first replies. */
  firstReplyMedianMs: z.int().nullable(),
  firstReplyMeanMs: z.int().nullable(),
  /** KPI-11. */
  proposed: z.int(),
  accepted: z.int(),
  edited: z.int(),
  dismissed: z.int(),
  /** KPI-01 (1) and (2), KPI-15. */
  askingBuyers: z.int(),
  ordersPlaced: z.int(),
  ordersPaid: z.int(),
  remindersSent: z.int(),
  recoveredOrders: z.int(),
  owedAnswers: z.int(),
  /** KPI-16: promised answers to offline messages: given in time, or not given by the promised moment. */
  promisesKept: z.int(),
  promisesMissed: z.int(),
  /** What the owner should set right; empty: nothing. */
  warnings: z.array(
    z.strictObject({
      /** Public holidays of these years are not known: those days count as ordinary ones. */
      kind: z.literal('holidays_unknown'),
      years: z.array(z.int()),
    }),
  ),
  /** Per agent, for training and not for ranking. @see TRAP-13 */
  agents: z.array(
    z.strictObject({ id: Id, name: z.string(), onDuty: z.boolean(), replies: z.int(), conversations: z.int() }),
  ),
  scripts: z.array(
    z.strictObject({ scriptId: z.string(), title: z.string(), accepted: z.int(), edited: z.int(), dismissed: z.int() }),
  ),
});
export type Counters = z.infer<typeof CountersSchema>;
