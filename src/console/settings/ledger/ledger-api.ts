/** The ledger's routes. */
import type { LedgerQuery, LedgerRow } from '../../../protocol/records.ts';
import { request } from '../../client/http.ts';

const path = '/api/follow-ups';

function queryOf(query: LedgerQuery, more: Readonly<Record<string, string | undefined>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...more })) {
    if (value !== undefined && value !== '') parameters.set(name, value);
  }
  return parameters.toString();
}

/** A page of rows; `next` names the one behind it. */
export function readLedger(query: LedgerQuery, cursor: string | undefined, limit: number) {
  const parameters = queryOf(query, { cursor, limit: String(limit) });
  return request<{ rows: LedgerRow[]; next?: string }>('GET', `${path}/ledger?${parameters}`);
}

/** Address of the ledger as a file. */
export function ledgerFile(query: LedgerQuery, form: 'csv' | 'jsonl', personal: boolean): string {
  return `${path}/export?${queryOf(query, { form, ...(personal ? { personal: 'true' } : {}) })}`;
}
