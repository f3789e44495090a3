/** The ledger of a buyer's touches. @see FR-10 */
import type { FollowUpView } from '../protocol/records.ts';
import type { Desk } from './desk.ts';

/** Every planned and ended touch of a buyer, newest first. */
export async function showFollowUps(desk: Desk, shopId: string, buyerId: string): Promise<FollowUpView[]> {
  const rows = await desk.ledger.followUps(shopId).listByBuyer(buyerId);
  return rows.reverse().map((row) => ({
    id: row.id,
    rule: row.rule,
    subject: row.subjectId,
    state: row.status,
    dueAt: row.dueAtMs,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.endedAtMs === null ? {} : { endedAt: row.endedAtMs }),
    story: row.story.map((entry) => ({ at: entry.atMs, what: `${entry.step}: ${entry.because}` })),
  }));
}
