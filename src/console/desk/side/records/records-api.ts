/** The routes of the records. */
import type { RecordGroup, RecordsView } from '../../../../protocol/desk-records.ts';
import { request } from '../../../client/http.ts';

const base = (conversationId: string) => `/api/conversations/${encodeURIComponent(conversationId)}/records`;

export const recordsApi = {
  read: (conversationId: string) => request<RecordsView>('GET', base(conversationId)),
  put: (conversationId: string, group: RecordGroup, body: { basedOn: number; value: Record<string, unknown> | null }) =>
    request<RecordsView>('PUT', `${base(conversationId)}/${group}`, { body }),
};
