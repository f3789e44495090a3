/** The due moment of a follow-up: re-checked, claimed, sent and finished in one commit. @see FR-01, invariant 6 */
import type { ConversationRow } from '../conversations/ports.ts';
import type { Shop } from '../desk/ports.ts';
import { createFollowUpEngine, type FollowUpEngine, type Outcome } from '../followups/engine.ts';
import type { FollowUp, FollowUpStore } from '../followups/store.ts';
import { taskRole } from '../followups/task-rules.ts';
import { createId } from '../lib/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Proposal } from '../protocol/turn.ts';
import type { Desk } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import { gateContextIn, readSurroundings, type Surroundings } from './gate-surroundings.ts';
import { noteStopped, type StoppedScript, stoppedBefore, stoppedByGate } from './note-stopped.ts';
import { setAlarm, timersOf } from './plan-follow-ups.ts';
import type { Stores, TurnContext } from './ports.ts';
import { contextAbout, renderRuleScript } from './render-rule-script.ts';
import { announce, rememberScript } from './send-reply.ts';

/** What a due row came to. */
interface Touch {
  buyerId: string;
  message?: Message;
  tasks: boolean;
}

/** A claimed row with everything it is decided by. */
interface DueRow {
  desk: Desk;
  row: FollowUp;
  context: TurnContext;
  surroundings: Surroundings;
  nowMs: number;
}

/** The same with where it is written down. */
interface DecidedRow extends DueRow {
  stores: Stores;
  /** As it is locked. */
  conversation: ConversationRow;
}

/** How a claimed row goes out: said by a job, given to a person, or given to one because the job may not say it. */
type Decision = { outcome: Outcome } & (
  | { kind: 'say'; proposal: Proposal }
  | { kind: 'give' }
  | { kind: 'handOver'; because: string; stopped: StoppedScript | undefined }
);

/** Where follow-ups go out. */
const CHANNEL = 'web';
/** Longest reason that is kept of a row that could not be run. */
const REASON_LENGTH = 200;

/**
 * Runs one row if it is due. Everything is decided under the lock of the conversation and of the buyer's book, so a
 * payment, a human's hand or another worker comes wholly before or wholly after it. A row that cannot be run is put
 * off, and after some tries it becomes a person's task.
 *
 * @throws when the record cannot be reached
 */
export async function runFollowUp(desk: Desk, shopId: string, followUpId: string): Promise<void> {
  // Of two workers that have heard of a row the later one is spared the work.
  const owner = await desk.ledger.plannedFor(shopId, followUpId);
  if (owner === undefined) return;
  const alarm = { id: followUpId, buyerId: owner };
  await runRow(desk, shopId, alarm).catch((error: unknown) => tryLater(desk, shopId, alarm, error));
}

async function runRow(desk: Desk, shopId: string, alarm: { id: string; buyerId: string }): Promise<void> {
  const { buyerId } = alarm;
  const conversation = await desk.ledger.conversations.open(
    shopId,
    buyerId,
    CHANNEL,
    createId('conversation', desk.clock.now()),
    desk.clock.now(),
  );
  // Read before the transaction: what may change until the commit is checked again by the locks inside, and nothing
  // inside may wait for a connection beside its own.
  const [context, surroundings] = await Promise.all([
    desk.ledger.context({ shopId, conversationId: conversation.id }),
    readSurroundings(desk, shopId),
  ]);
  if (!context) return;
  const touch = await changeRows(desk, shopId, surroundings, async (stores, engine) => {
    const locked = await stores.conversations.lock(shopId, conversation.id);
    if (!locked) return undefined;
    const nowMs = desk.clock.now();
    const due = { desk, context, surroundings, nowMs };
    const settled = await engine.settle(alarm, nowMs, (row) => decide({ ...due, row }));
    if (!settled) return undefined;
    return await carryOut({ ...due, stores, conversation: locked, row: settled.row }, settled.decision);
  });
  if (!touch) return;
  if (touch.message) {
    announce(desk, shopId, buyerId, touch.message, []);
    await deliverNow(desk, shopId, buyerId, touch.message);
  }
  desk.bus.publish({
    type: 'lists.changed',
    shopId,
    lists: touch.tasks ? ['followUps', 'tasks', 'counters'] : ['followUps', 'counters'],
  });
}

/** Works on rows in one transaction; whatever is planned or moved in it gets its alarm after the commit. */
async function changeRows<T>(
  desk: Desk,
  shopId: string,
  { view }: Surroundings,
  work: (stores: Stores, engine: FollowUpEngine) => Promise<T>,
): Promise<T> {
  const changed = new Map<string, FollowUp>();
  const result = await desk.ledger.transaction(async (stores) => {
    changed.clear();
    const engine = createFollowUpEngine({
      store: noteChanges(stores.followUps(shopId), changed),
      shop: timersOf(view.shop, CHANNEL),
      newId: (at) => createId('followUp', at),
    });
    return await work(stores, engine);
  });
  for (const row of changed.values()) if (row.status === 'planned') setAlarm(desk, shopId, row);
  return result;
}

/** The store, with the last state of every row that is written through it. */
function noteChanges(store: FollowUpStore, changed: Map<string, FollowUp>): FollowUpStore {
  return {
    ...store,
    change: (buyerId, work) =>
      store.change(buyerId, (book) => {
        const change = work(book);
        for (const row of change.rows) changed.set(row.id, row);
        return change;
      }),
  };
}

async function tryLater(
  desk: Desk,
  shopId: string,
  alarm: { id: string; buyerId: string },
  error: unknown,
): Promise<void> {
  desk.log.error({ err: error, followUpId: alarm.id }, 'a follow-up could not be run');
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, REASON_LENGTH);
  const surroundings = await readSurroundings(desk, shopId);
  const nowMs = desk.clock.now();
  await changeRows(desk, shopId, surroundings, async (stores, engine) => {
    const given = await engine.noteFailure(alarm, reason, nowMs);
    if (given) await addTask({ stores, row: given, shop: surroundings.view.shop, nowMs }, given.conversationId, reason);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps', 'tasks', 'counters'] });
}

function decide(due: DueRow): Decision {
  const { mode } = due.row;
  return mode === 'S' || mode === 'O' ? decideByJob(due, mode) : { kind: 'give', outcome: { kind: 'sent' } };
}

function decideByJob(due: DueRow, mode: 'S' | 'O'): Decision {
  const { desk, row, context, surroundings } = due;
  const rendered = renderFirst(due, mode);
  if (!('proposal' in rendered)) return handOver(rendered.because, rendered.stopped);
  const { proposal } = rendered;
  const verdict = surroundings.library.gate.judge(
    proposal.text,
    gateContextIn(desk, contextAbout(context, row.orderId), surroundings, undefined, mode),
  );
  if (verdict.decision === 'block') {
    const because = verdict.findings.map((finding) => finding.rule).join(', ');
    return handOver(`gate: ${because}`, stoppedByGate(proposal, verdict));
  }
  return { kind: 'say', proposal, outcome: { kind: 'sent', script: `${proposal.scriptId} v${proposal.version}` } };
}

/** What a job may not or cannot say becomes a person's task; nothing is lost. */
function handOver(because: string, stopped: StoppedScript | undefined): Decision {
  return { kind: 'handOver', because, stopped, outcome: { kind: 'skipped', reason: because } };
}

async function carryOut(due: DecidedRow, decision: Decision): Promise<Touch> {
  const { buyerId } = due.row;
  if (decision.kind === 'say') return { buyerId, message: await say(due, decision.proposal), tasks: false };
  if (decision.kind === 'handOver' && decision.stopped) await tellOfStop(due, decision.stopped);
  else {
    const because = decision.kind === 'handOver' ? decision.because : undefined;
    await addTask(taskOf(due), due.conversation.id, because);
  }
  return { buyerId, tasks: true };
}

async function say({ stores, conversation, row, nowMs }: DecidedRow, proposal: Proposal): Promise<Message> {
  const { shopId, id: conversationId } = conversation;
  const script = { id: proposal.scriptId, version: proposal.version };
  const appended = await stores.conversations.appendReply({
    shopId,
    conversationId,
    scope: 'follow-up',
    key: row.id,
    messageId: createId('message', nowMs),
    from: 'auto',
    text: proposal.text,
    sentAt: nowMs,
    script,
  });
  await rememberScript(stores, conversation, proposal.card, nowMs);
  const { messageId: id, seq } = appended;
  return { id, conversationId, seq, from: 'auto', text: proposal.text, sentAt: nowMs, script };
}

/** The first of the rule's scripts whose facts hold now, or why none may go out. */
function renderFirst(
  { row, context, surroundings, nowMs }: DueRow,
  mode: 'S' | 'O',
): { proposal: Proposal } | { because: string; stopped?: StoppedScript } {
  const cards = timersOf(surroundings.view.shop).rules.get(row.rule)?.cards ?? [];
  const rendered = renderRuleScript(cards, { context, surroundings, orderId: row.orderId, mode, nowMs });
  if ('proposal' in rendered) return rendered;
  const because = rendered.hidden.map(({ card, detail }) => `${card}: ${detail}`).join('; ');
  const byGate = rendered.hidden.find((hidden) => hidden.because === 'gate');
  const stopped = byGate && stoppedBefore(byGate);
  return { because: because || 'no script of the rule may go out by itself', ...(stopped ? { stopped } : {}) };
}

async function tellOfStop(
  { stores, row, conversation, surroundings, nowMs }: DecidedRow,
  stopped: StoppedScript,
): Promise<void> {
  const { shop } = surroundings.view;
  const send = {
    shopId: shop.id,
    conversationId: conversation.id,
    buyerId: row.buyerId,
    ...(row.orderId === null ? {} : { orderId: row.orderId }),
    what: `「${timersOf(shop).rules.get(row.rule)?.title.zh ?? row.rule}」`,
    scripts: surroundings.library.scripts,
  };
  await noteStopped(stores, send, stopped, nowMs);
}

async function addTask(
  { stores, row, shop, nowMs }: { stores: Stores; row: FollowUp; shop: Shop; nowMs: number },
  conversationId: string | null,
  because: string | undefined,
): Promise<void> {
  const rule = timersOf(shop).rules.get(row.rule);
  await stores.desk.addTask(
    {
      shopId: shop.id,
      id: `tsk_${row.id}`,
      kind: 'follow_up',
      title: rule?.title.zh ?? row.rule,
      rule: row.rule,
      buyerId: row.buyerId,
      ...(conversationId === null ? {} : { conversationId }),
      ...(row.orderId === null ? {} : { orderId: row.orderId }),
      ...(row.deadlineAtMs == null ? {} : { dueAt: row.deadlineAtMs }),
      forRole: taskRole(row.rule, row.touch),
      data: {
        cards: rule?.cards ?? [],
        subjectId: row.subjectId,
        touch: row.touch,
        ...(because === undefined ? {} : { because }),
      },
    },
    nowMs,
  );
}

function taskOf({ stores, row, surroundings, nowMs }: DecidedRow) {
  return { stores, row, shop: surroundings.view.shop, nowMs };
}
