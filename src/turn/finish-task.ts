/** A person says that a task is done. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';

/** The visits: each one done sets the clock of the next. @see FU-20, FU-21 */
const VISITS: readonly (string | undefined)[] = ['FU-20', 'FU-21'];

/** Ends the task in one commit with what follows from it. @throws DeskError `not_found` for one not open or not theirs */
export async function finishTask(desk: Desk, { shopId, id: agentId, role }: Agent, id: string): Promise<void> {
  const shop = await desk.shop(shopId);
  const atMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const [task] = await stores.desk.tasks(shopId, role === 'agent' ? { id, forRole: role } : { id });
    if (!task || !(await stores.desk.finishTask(shopId, id, atMs)))
      throw new DeskError('not_found', `task ${id} is not open`);
    const { rule, buyerId } = task;
    if (buyerId === undefined || !VISITS.includes(rule)) return;
    const data = { buyerId, channel: 'wangwang', vip: rule === 'FU-20', consent: true } as const;
    await tellTimers(stores, desk, shop, { type: 'buyer.visited', atMs, data });
    await stores.desk.audit(shopId, agentId, 'buyer.visited', { buyerId, rule }, atMs);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['tasks', 'followUps'] });
}
