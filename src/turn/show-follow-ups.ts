/** The ledger of touches: of one buyer, and of the whole shop, page by page. @see FR-10 */
import type { LedgerCursor, LedgerFilter } from '../followups/ledger-store.ts';
import type { FollowUp } from '../followups/store.ts';
import { DeskError } from '../lib/errors.ts';
import { fromWallTime, shiftDate } from '../lib/wall-time.ts';
import type { FollowUpView, LedgerQuery, LedgerRow } from '../protocol/records.ts';
import type { Desk } from './desk.ts';

/** What the ledger is read with: a desk, or a command with the record alone. */
export interface LedgerReader extends Pick<Desk, 'shop'> {
  ledger: Pick<Desk['ledger'], 'followUpLedger'>;
}

/** Rows read at once for a file. */
const FILE_PAGE = 500;

/** Every planned and ended touch of a buyer, newest first. */
export async function showFollowUps(desk: Desk, shopId: string, buyerId: string): Promise<FollowUpView[]> {
  const rows = await desk.ledger.followUps(shopId).listByBuyer(buyerId);
  return rows.reverse().map(showFollowUp);
}

/** A row with its whole story. */
function showFollowUp(row: FollowUp): FollowUpView {
  return {
    id: row.id,
    rule: row.rule,
    subject: row.subjectId,
    touch: row.touch,
    state: row.status,
    dueAt: row.dueAtMs,
    ...(row.orderId === null ? {} : { orderId: row.orderId }),
    ...(row.mode === null ? {} : { mode: row.mode }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.endedAtMs === null ? {} : { endedAt: row.endedAtMs }),
    story: row.story.map((entry) => ({
      at: entry.atMs,
      step: entry.step,
      because: entry.because,
      ...(entry.dueAtMs === undefined ? {} : { dueAt: entry.dueAtMs }),
      ...(entry.script === undefined ? {} : { script: entry.script }),
    })),
  };
}

/** A page of the shop's ledger, by due moment, the latest first. */
export async function showLedger(
  desk: Desk,
  shopId: string,
  query: LedgerQuery,
  cursor: string | undefined,
  limit: number,
): Promise<{ rows: LedgerRow[]; next?: string }> {
  const filter = await filterOf(desk, shopId, query);
  const page = await desk.ledger.followUpLedger(shopId).page(filter, readCursor(cursor), limit);
  const rows = page.map(showRow);
  const last = page.at(-1)?.row;
  return page.length < limit || !last ? { rows } : { rows, next: `${last.dueAtMs}~${last.id}` };
}

/** Every row of a question, page after page: whatever their number, only one page is held. */
export async function* readLedger(desk: LedgerReader, shopId: string, query: LedgerQuery): AsyncGenerator<LedgerRow[]> {
  const filter = await filterOf(desk, shopId, query);
  let after: LedgerCursor | undefined;
  for (;;) {
    const page = await desk.ledger.followUpLedger(shopId).page(filter, after, FILE_PAGE);
    if (page.length > 0) yield page.map(showRow);
    const last = page.at(-1)?.row;
    if (!last || page.length < FILE_PAGE) return;
    after = { dueAtMs: last.dueAtMs, id: last.id };
  }
}

function showRow({ row, buyerName }: { row: FollowUp; buyerName: string | null }): LedgerRow {
  return { ...showFollowUp(row), buyerId: row.buyerId, ...(buyerName === null ? {} : { buyerName }) };
}

async function filterOf(
  desk: LedgerReader,
  shopId: string,
  { day, state, ...filter }: LedgerQuery,
): Promise<LedgerFilter> {
  if (day === undefined) return { ...filter, status: state };
  const { tz } = await desk.shop(shopId);
  const startMs = fromWallTime({ date: day, timeMs: 0 }, tz);
  const endMs = fromWallTime({ date: shiftDate(day, 1), timeMs: 0 }, tz);
  return { ...filter, status: state, fromMs: startMs, toMs: endMs };
}

function readCursor(cursor: string | undefined): LedgerCursor | undefined {
  if (cursor === undefined) return undefined;
  const [, dueAtMs, id] = /^(\d{1,15})~(fup_[0-9a-z]+|[\w-]{1,64})$/.exec(cursor) ?? [];
  if (dueAtMs === undefined || id === undefined) {
    throw new DeskError('bad_request', `cursor is ${cursor}: it is the next of the page before, unchanged`);
  }
  return { dueAtMs: Number(dueAtMs), id };
}
