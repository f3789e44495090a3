/** The ledger as a file: a page at a time, personal data masked unless the supervisor asks for it. @see FR-10, TRAP-15 */
import { stringify } from 'csv-stringify/sync';
import { FOLLOW_UP_TABLE } from '../followups/rule-table.ts';
import { maskPersonalData } from '../lib/mask-personal-data.ts';
import { formatTime } from '../lib/zoned-time.ts';
import type { LedgerQuery, LedgerRow } from '../protocol/records.ts';
import { type LedgerReader, readLedger } from './show-follow-ups.ts';

/** Forms of the file: CSV for spreadsheets, JSON Lines for programs. */
export const LEDGER_FORMS = ['csv', 'jsonl'] as const;
export type LedgerForm = (typeof LEDGER_FORMS)[number];

/** Which rows, in which form, and whether buyers are named. */
export interface LedgerExport {
  shopId: string;
  query: LedgerQuery;
  form: LedgerForm;
  /** Names, buyers' and orders' ids as they are. */
  personal: boolean;
}

const COLUMNS = [
  'id',
  'rule',
  'title',
  'touch',
  'state',
  'mode',
  'buyer',
  'buyerName',
  'order',
  'due',
  'ended',
  'reason',
  'script',
  'answered',
  'paidWithin24h',
  'story',
] as const;
type Line = Record<(typeof COLUMNS)[number], string | number | boolean>;

/** So that a spreadsheet reads the file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Writes the file piece by piece; whatever the number of rows, only one page is held. */
export async function* exportLedger(
  desk: LedgerReader,
  { shopId, query, form, personal }: LedgerExport,
): AsyncGenerator<string> {
  const { tz } = await desk.shop(shopId);
  if (form === 'csv') yield BYTE_ORDER_MARK + writeCsv([COLUMNS]);
  for await (const rows of readLedger(desk, shopId, query)) {
    const lines = rows.map((row) => toLine(personal ? row : masked(row), tz));
    yield form === 'csv'
      ? writeCsv(lines.map((line) => COLUMNS.map((column) => line[column])))
      : lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  }
}

/** A cell that a spreadsheet would take for a formula is given as text. */
function writeCsv(rows: readonly (readonly unknown[])[]): string {
  return stringify(rows as unknown[][], { escape_formulas: true, record_delimiter: 'windows' });
}

function toLine(row: LedgerRow, tz: string): Line {
  const title = FOLLOW_UP_TABLE.find(({ id }) => id === row.rule)?.title.zh ?? '';
  const when = (ms: number | undefined) => (ms === undefined ? '' : formatTime(ms, tz));
  const story = row.story.map(({ at, step, because, dueAt }) =>
    [when(at), step, because, dueAt === undefined ? '' : `→ ${when(dueAt)}`].filter((word) => word !== '').join(' '),
  );
  const has = (wanted: string) => row.story.some(({ step }) => step === wanted);
  return {
    id: row.id,
    rule: row.rule,
    title,
    touch: row.touch,
    state: row.state,
    mode: row.mode ?? '',
    buyer: row.buyerId,
    buyerName: row.buyerName ?? '',
    order: row.orderId ?? '',
    due: when(row.dueAt),
    ended: when(row.endedAt),
    reason: row.reason ?? '',
    script: row.story.find(({ script }) => script !== undefined)?.script ?? '',
    answered: has('answered'),
    paidWithin24h: has('paid'),
    story: story.join(' | '),
  };
}

/** The row without what names a person. */
function masked({ buyerName, orderId, reason, ...row }: LedgerRow): LedgerRow {
  return {
    ...row,
    buyerId: lastOf(row.buyerId),
    subject: lastOf(row.subject),
    ...(buyerName === undefined ? {} : { buyerName: `${[...buyerName][0] ?? ''}**` }),
    ...(orderId === undefined ? {} : { orderId: lastOf(orderId) }),
    ...(reason === undefined ? {} : { reason: maskPersonalData(reason) }),
    story: row.story.map((entry) => ({ ...entry, because: maskPersonalData(entry.because) })),
  };
}

/** Enough to tell two rows apart beside each other, not enough to find the person. */
function lastOf(id: string): string {
  return `***${id.slice(-4)}`;
}
