/** The desk's HTTP routes, by name. */
import type { z } from 'zod';
import type { ClockTally, ClockView, PromiseTally } from '../../../protocol/clocks.ts';
import type { DecideDiscountSchema, Discount, DiscountView } from '../../../protocol/discounts.ts';
import type { DemoSchema, FoundScript } from '../../../protocol/http.ts';
import type { MessageIntent } from '../../../protocol/ids.ts';
import type { Approval } from '../../../protocol/library.ts';
import type { CallView } from '../../../protocol/on-call.ts';
import type {
  AgentSelf,
  ConversationDetail,
  ConversationSummary,
  Counters,
  FollowUpView,
  Message,
  OwedAnswer,
  TaskDetail,
  TaskView,
} from '../../../protocol/records.ts';
import type { TeachingView } from '../../../protocol/teaching.ts';
import type { Profile } from '../../../protocol/turn.ts';
import { HttpError, request } from '../../client/http.ts';
import type { CatalogueBody } from '../catalogue.ts';
import type { PinnedType } from './desk-state.ts';

/** People and things a demo shop offers for trying out. */
export type DemoBody = z.infer<typeof DemoSchema>;
/** A product card of the demo shop. Price in yuan. */
export type DemoProduct = DemoBody['products'][number];

/** `undefined` instead of an error when the desk knows no such thing. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}

const part = encodeURIComponent;

export const deskApi = {
  session: () => request<AgentSelf>('GET', '/api/session'),
  signIn: (login: string, password: string) =>
    request<AgentSelf>('POST', '/api/session', { body: { login, password } }),
  signOut: () => request<undefined>('DELETE', '/api/session'),
  demo: () => unlessMissing(request<DemoBody>('GET', '/api/demo')),
  catalogue: () => unlessMissing(request<CatalogueBody>('GET', '/api/catalogue')),
  conversations: (status: 'open' | 'resolved') =>
    request<{ conversations: ConversationSummary[] }>('GET', `/api/conversations?status=${status}&limit=500`),
  conversation: (id: string) => request<ConversationDetail>('GET', `/api/conversations/${part(id)}`),
  messages: (id: string, after: number, limit: number) =>
    request<{ messages: Message[] }>('GET', `/api/conversations/${part(id)}/messages?after=${after}&limit=${limit}`),
  correctIntents: (conversationId: string, seq: number, intents: readonly MessageIntent[]) =>
    request<TeachingView['corrections'][number]>('POST', '/api/corrections', {
      body: { conversationId, seq, intents },
    }),
  correctType: (id: string, type: PinnedType | null) =>
    request<Profile>('PUT', `/api/conversations/${part(id)}/type`, { body: { type } }),
  searchScripts: (q: string, conversationId: string | undefined, signal: AbortSignal) =>
    request<{ scripts: FoundScript[] }>(
      'GET',
      `/api/scripts/search?q=${part(q)}${conversationId ? `&conversationId=${part(conversationId)}` : ''}`,
      { signal },
    ),
  owed: () => request<{ owed: OwedAnswer[] }>('GET', '/api/owed'),
  promisesToday: () => request<PromiseTally>('GET', '/api/owed/today'),
  clocks: () => request<{ clocks: ClockView[] }>('GET', '/api/clocks'),
  clocksToday: () =>
    request<{ clocks: ClockTally[]; promises: PromiseTally; calls: CallView[] }>('GET', '/api/clocks/today'),
  settleClock: (id: string, kind: 'answer' | 'logisticsCase') =>
    request<undefined>('POST', `/api/conversations/${part(id)}/clocks/settle`, { body: { kind } }),
  tasks: () => request<{ tasks: TaskView[]; more?: number }>('GET', '/api/tasks'),
  task: (id: string) => request<TaskDetail>('GET', `/api/tasks/${part(id)}`),
  allowMarketing: (conversationId: string, reason: string) =>
    request<undefined>('POST', `/api/conversations/${part(conversationId)}/opt-in`, { body: { reason } }),
  followUps: (buyerId: string) =>
    request<{ followUps: FollowUpView[] }>('GET', `/api/follow-ups?buyerId=${part(buyerId)}`),
  approvals: () => request<{ approvals: Approval[] }>('GET', '/api/approvals'),
  discounts: () => request<{ discounts: Discount[] }>('GET', '/api/discounts'),
  discountsOf: (id: string) => request<DiscountView>('GET', `/api/conversations/${part(id)}/discounts`),
  askDiscount: (id: string, amount: number, reason: string) =>
    request<DiscountView>('POST', `/api/conversations/${part(id)}/discounts/ask`, { body: { amount, reason } }),
  noteDiscount: (id: string, amount: number, reason: string) =>
    request<DiscountView>('POST', `/api/conversations/${part(id)}/discounts`, { body: { amount, reason } }),
  takeBackDiscount: (discountId: string, reason: string) =>
    request<undefined>('POST', `/api/discounts/${part(discountId)}/take-back`, { body: { reason } }),
  decideDiscount: (discountId: string, body: z.input<typeof DecideDiscountSchema>) =>
    request<Discount>('POST', `/api/discounts/${part(discountId)}/decide`, { body }),
  presence: () => request<{ onDuty: string[] }>('GET', '/api/presence'),
  counters: () => request<Counters>('GET', '/api/counters'),
};

/** The routes as a port, so that tests can stand in for the server. */
export type DeskApi = typeof deskApi;
