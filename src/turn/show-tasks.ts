/** Open tasks as a person sees them: theirs, still needed, and with what could be said now. */
import { type Agent, MOST_TASKS, type OpenTask } from '../desk/ports.ts';
import { checkGuards } from '../followups/check-guards.ts';
import type { RuleId } from '../followups/rules.ts';
import type { FollowUpShop } from '../followups/shop.ts';
import type { Situation } from '../followups/situation.ts';
import { DeskError } from '../lib/errors.ts';
import type { TaskDetail, TaskView } from '../protocol/records.ts';
import type { Desk } from './desk.ts';
import { readSurroundings } from './gate-surroundings.ts';
import { timersOf } from './plan-follow-ups.ts';
import { renderRuleScript } from './render-rule-script.ts';

/** The clocks of a wait that are of one kind of message; the platform's clock runs beside them. @see FU-08, FU-09 */
const WAITS: readonly string[] = ['FU-08', 'FU-09'];

/** Tasks as a person sees them. */
export interface TaskPage {
  tasks: TaskView[];
  /** Open tasks beyond those, due later. */
  more?: number;
}

/** The tasks of a person, the most urgent first; a supervisor sees the agents' too. */
export async function showTasks(desk: Desk, { shopId, role }: Agent): Promise<TaskPage> {
  const whose = role === 'agent' ? { forRole: role } : {};
  const tasks = await desk.ledger.desk.tasks(shopId, whose);
  const more = tasks.length < MOST_TASKS ? 0 : (await desk.ledger.desk.countTasks(shopId, whose)) - tasks.length;
  const stale = await findStale(desk, shopId, tasks);
  const breaches = tasks.filter(({ kind }) => kind === 'clock.breached');
  const breached = new Set(breaches.map(matterOf));
  const waits = breaches.filter(({ rule }) => rule !== undefined && WAITS.includes(rule));
  const waited = new Set(waits.map(({ conversationId }) => conversationId));
  // To the supervisor the alert before a limit and its breach are one matter, and so are two limits of one wait.
  const isTwice = (task: OpenTask) =>
    (task.kind === 'follow_up' && breached.has(matterOf(task))) ||
    (task.kind === 'clock.breached' && task.rule === undefined && waited.has(task.conversationId));
  const shown = tasks.filter((task) => !stale.has(task.id) && !isTwice(task)).map(showTask);
  return { tasks: shown, ...(more > 0 ? { more } : {}) };
}

function matterOf({ rule, conversationId }: OpenTask): string {
  return `${rule} ${conversationId}`;
}

/** Ends tasks whose reason or moment has gone: paid, answered, settled, refused, too late. @see FR-01, FR-07 */
export async function settleTasks(desk: Desk, shopId: string): Promise<void> {
  const stale = await findStale(desk, shopId, await desk.ledger.desk.tasks(shopId));
  if (stale.size === 0) return;
  for (const id of stale) await desk.ledger.desk.finishTask(shopId, id, desk.clock.now());
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['tasks', 'counters'] });
}

async function findStale(desk: Desk, shopId: string, tasks: readonly OpenTask[]): Promise<Set<string>> {
  const ofTimers = tasks.filter(({ kind, buyerId }) => kind === 'follow_up' && buyerId !== undefined);
  if (ofTimers.length === 0) return new Set();
  const buyers = [...new Set(ofTimers.map(({ buyerId }) => buyerId!))];
  const situations = await desk.ledger.followUpLedger(shopId).situations(buyers);
  const timers = timersOf(await desk.shop(shopId));
  const nowMs = desk.clock.now();
  const isStale = (task: OpenTask) =>
    isOver(task, timers, nowMs) || isPointless(task, situations.get(task.buyerId!), timers);
  return new Set(ofTimers.filter(isStale).map(({ id }) => id));
}

/** A visit or a second word that makes sense at its moment only is not owed when that has passed. @see FU-05, FU-06 */
function isOver({ rule: id, dueAt }: OpenTask, timers: FollowUpShop, nowMs: number): boolean {
  return timers.rules.get(id as RuleId)?.momentMs !== undefined && dueAt !== undefined && dueAt < nowMs;
}

/** The task itself is the touch that used up the cap, so a cap says nothing against it. */
function isPointless({ rule: id, data }: OpenTask, situation: Situation | undefined, timers: FollowUpShop): boolean {
  const rule = timers.rules.get(id as RuleId);
  const { subjectId, touch } = data as { subjectId?: string; touch?: number };
  if (!rule || !situation || subjectId === undefined || touch === undefined) return false;
  const reason = checkGuards(rule, situation, subjectId, touch);
  return reason !== null && reason !== 'cap';
}

function showTask({ data, buyerId: _buyer, ...task }: OpenTask): TaskView {
  return { ...task, ...(cardsOf(data).length > 0 && task.conversationId !== undefined ? { hasScript: true } : {}) };
}

function cardsOf(data: unknown): string[] {
  const { cards } = data as { cards?: unknown };
  return Array.isArray(cards) ? cards.filter((card) => typeof card === 'string') : [];
}

/**
 * A task with the script it proposes, rendered by the facts of this moment.
 *
 * @throws DeskError `not_found` for a task that is not open or not this person's
 */
export async function showTaskDetail(desk: Desk, agent: Agent, id: string): Promise<TaskDetail> {
  const { shopId, role } = agent;
  const [found] = await desk.ledger.desk.tasks(shopId, { id, ...(role === 'agent' ? { forRole: role } : {}) });
  if (!found) throw new DeskError('not_found', `task ${id} is not open`);
  const task = showTask(found);
  const { conversationId } = found;
  const context = conversationId === undefined ? undefined : await desk.ledger.context({ shopId, conversationId });
  if (!context) return { task, hidden: [] };
  const rendered = renderRuleScript(cardsOf(found.data), {
    context,
    surroundings: await readSurroundings(desk, shopId),
    orderId: found.orderId ?? null,
    mode: 'A',
    agent,
    nowMs: desk.clock.now(),
  });
  if ('hidden' in rendered) return { task, hidden: rendered.hidden };
  const { scriptId, text } = rendered.proposal;
  return { task, proposal: { scriptId, text }, hidden: [] };
}
