/** Tasks of the shop that no clock starts: people do, a count over buyers, or a campaign that begins or ends. */
import { createHash } from 'node:crypto';
import type { Agent, Shop } from '../desk/ports.ts';
import type { RuleId } from '../followups/rules.ts';
import { taskRole } from '../followups/task-rules.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { DAY_MS } from '../lib/wall-time.ts';
import type { CaseKind } from '../protocol/facts.ts';
import type { Desk } from './desk.ts';
import { timersOf } from './plan-follow-ups.ts';
import { stepsOf } from './shop-steps.ts';

/** Kind of the tasks. */
const TASK = 'shop_timer';
/** So many buyers with one issue on one style within this time are no chance. @see FU-39, REC-08 */
const SAME_ISSUE = { buyers: 3, withinMs: 14 * DAY_MS };
/** Kinds that may come from how the goods are made, sorted or packed. */
const MADE_WRONG: Partial<Record<CaseKind, string>> = {
  quality: '质量问题',
  not_as_described: '与描述不符',
  damaged: '破损',
  wrong: '发错',
  missing: '少发',
};

interface Raised {
  /** Named by its cause: raised twice, it is there once. */
  id: string;
  rule: RuleId;
  about: string;
  lines: string[];
}

/**
 * A person starts a timer that people start: red packets, fittings, briefings, an issue to report.
 *
 * @throws DeskError `not_found`, `bad_request` for a timer that starts by itself or is switched off
 */
export async function startShopTask(desk: Desk, agent: Agent, rule: string, note: string): Promise<void> {
  const shop = await desk.shop(agent.shopId);
  const { rules } = timersOf(shop);
  const timer = rules.get(rule as RuleId);
  if (!timer) throw new DeskError('not_found', `${rule}: is no follow-up rule; legal are FU-01 to FU-49`);
  if (timer.schedule?.kind !== 'byPeople') {
    const legal = [...rules.values()].filter(({ schedule }) => schedule?.kind === 'byPeople').map(({ id }) => id);
    throw new DeskError('bad_request', `${rule}: starts by itself; people start ${legal.join(', ')}`);
  }
  if (!timer.enabled) throw new DeskError('bad_request', `${rule}: is switched off; switch it on first`);
  const nowMs = desk.clock.now();
  await raise(desk, shop, { id: createId('task', nowMs), rule: timer.id, about: note, lines: [] });
  await desk.ledger.desk.audit(shop.id, agent.id, 'shop_timer.started', { rule, note }, nowMs);
}

/** Looks whether the case just opened is one of several like it, and if so tells the people concerned at once. */
export async function reportSameIssue(desk: Desk, shop: Shop, orderId: string, kind: CaseKind): Promise<void> {
  const what = MADE_WRONG[kind];
  const order = what === undefined ? undefined : await desk.ledger.orders.find(shop.id, orderId);
  const nowMs = desk.clock.now();
  const sinceMs = nowMs - SAME_ISSUE.withinMs;
  for (const title of new Set((order?.facts.items ?? []).map((item) => item.title))) {
    const orders = await desk.ledger.shopTimers.sameIssue(shop.id, { title, kind, sinceMs });
    const buyers = new Set(orders.map(({ buyerId }) => buyerId)).size;
    if (buyers < SAME_ISSUE.buyers) continue;
    const period = Math.floor(nowMs / SAME_ISSUE.withinMs);
    await raise(desk, shop, {
      id: `tsk_FU-39_${digest([title, kind, period])}`,
      rule: 'FU-39',
      about: `「${title}」${what}，两周内 ${buyers} 位买家`,
      lines: orders.map((one) => `订单 ${one.orderId}`),
    });
  }
}

/** Campaigns that began or ended within the last day: agents must know price, stacking and how to explain it. */
export async function briefCampaigns(desk: Desk, shop: Shop): Promise<void> {
  const nowMs = desk.clock.now();
  const isNews = (at: number) => at <= nowMs && nowMs - at < DAY_MS;
  const { promos } = await desk.window.view(shop.id);
  for (const { facts } of promos) {
    for (const [moment, word] of [
      [facts.startsAt, '开始'],
      [facts.endsAt, '结束'],
    ] as const) {
      if (moment === undefined || !isNews(Date.parse(moment))) continue;
      const about = `「${facts.name}」${word}`;
      const lines = facts.rule === undefined ? [] : [facts.rule];
      await raise(desk, shop, { id: `tsk_FU-49_${digest([about, moment])}`, rule: 'FU-49', about, lines });
    }
  }
}

async function raise(desk: Desk, shop: Shop, { id, rule, about, lines }: Raised): Promise<void> {
  const timer = timersOf(shop).rules.get(rule);
  if (!timer?.enabled) return;
  const nowMs = desk.clock.now();
  const fresh = (await desk.ledger.desk.tasks(shop.id, { id })).length === 0;
  const data = { cards: timer.cards, occurredAt: nowMs, lines: [...lines, ...stepsOf(rule)] };
  const title = `${timer.title.zh}：${about}`;
  await desk.ledger.desk.addTask(
    { shopId: shop.id, id, kind: TASK, title, rule, forRole: taskRole(rule), data },
    nowMs,
  );
  if (fresh) desk.bus.publish({ type: 'lists.changed', shopId: shop.id, lists: ['tasks', 'counters'] });
}

function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24);
}
