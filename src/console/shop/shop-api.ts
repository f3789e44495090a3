/** The routes a buyer's page uses; nothing of the desk's inside comes this way. */
import type { z } from 'zod';
import type { DemoOrderRequestSchema, MessageListSchema, VisitorSchema } from '../../protocol/http.ts';
import type { OrderView } from '../../protocol/records.ts';
import { request } from '../client/http.ts';
import { deskApi } from '../desk/store/desk-api.ts';

/** Who the visitor is to the shop. */
export type Visitor = z.infer<typeof VisitorSchema>;
/** What a buyer can do with a demo order. */
export type DemoOrder = Omit<z.input<typeof DemoOrderRequestSchema>, 'token'>;

export const shopApi = {
  demo: deskApi.demo,
  visit: (buyer: string | undefined) =>
    request<Visitor>('POST', '/api/visitor', {
      body: { ...(buyer ? { buyer } : {}), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    }),
  messages: (token: string, after: number) =>
    request<z.infer<typeof MessageListSchema>>('GET', `/api/my/messages?after=${after}`, { token }),
  orders: (token: string) => request<{ orders: OrderView[] }>('GET', '/api/demo/orders', { token }),
  order: (token: string, order: DemoOrder) =>
    request<{ orders: OrderView[] }>('POST', '/api/demo/orders', { body: { token, ...order } }),
};
