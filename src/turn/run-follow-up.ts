/** The due moment of a follow-up: re-checked, claimed, sent and finished in one commit. @see FR-01, invariant 6 */
import type { ConversationRow } from '../conversations/ports.ts';
import { createFollowUpEngine, type FollowUpEngine } from '../followups/engine.ts';
import type { FollowUp, FollowUpStore } from '../followups/store.ts';
import { groupCalls } from '../lib/group-calls.ts';
import { createId } from '../lib/ids.ts';
import { addTask, carryOut, type DecidedRow, type Touch } from './carry-out-follow-ups.ts';
import { decideFollowUp, UndecidedError } from './decide-follow-up.ts';
import type { Desk, DeskList } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import { readSurroundings, type Surroundings } from './gate-surroundings.ts';
import { setAlarm, timersOf } from './plan-follow-ups.ts';
import type { Stores, TurnContext } from './ports.ts';
import { announce } from './send-reply.ts';

/** Runs due rows of this process; those that come due together share their reads, their locks and their commit. */
export interface FollowUpRunner {
  /**
   * Runs one row if it is due, and resolves when it has left. Everything is decided under the lock of the conversation
   * and of the buyer's book, so a payment, a human's hand or another worker comes wholly before or wholly after it. A
   * row that cannot be run is put off, and after some tries it becomes a person's task.
   *
   * @throws when the record cannot be reached
   */
  run(shopId: string, followUpId: string): Promise<void>;
}

/** A planned row, as it is looked up. */
interface Alarm {
  id: string;
  buyerId: string;
}

/** What a row of a group came to. */
type Came =
  | { kind: 'done'; touch: Touch }
  /** Not due, moved, ended or another's. */
  | { kind: 'nothing' }
  /** Somebody is at its buyer. */
  | { kind: 'busy' }
  /** Another of its buyer is in the group, or the group could not be written: it is run by itself. */
  | { kind: 'alone' }
  /** Its facts, its text or the record threw. */
  | { kind: 'failed'; alarm: Alarm; error: unknown };

/** Whether a row waits for who is at its buyer, or is left out. */
type Lock = 'wait' | 'skip';

/** Where follow-ups go out. */
const CHANNEL = 'web';
/** Longest reason that is kept of a row that could not be run. */
const REASON_LENGTH = 200;
/** Rows of one commit: their buyers are locked, and nothing else runs here, while their texts are filled and judged. */
const ROWS_A_GROUP = 16;
/** Groups under way at once: one is decided on while the others wait for the record. */
const GROUPS_AT_ONCE = 4;
/** Rows that wait for somebody, each with a connection of its own. */
const ALONE_AT_ONCE = 4;

/** Creates the runner of one process. */
export function createFollowUpRunner(desk: Desk): FollowUpRunner {
  const together = groupCalls<{ shopId: string; followUpId: string }, Came>(
    (keys) => runGroup(desk, keys),
    ROWS_A_GROUP,
    GROUPS_AT_ONCE,
  );
  const alone = groupCalls<{ shopId: string; followUpId: string }, Came>(
    async ([key]) => [await runAlone(desk, key!.shopId, key!.followUpId)],
    1,
    ALONE_AT_ONCE,
  );
  return {
    async run(shopId, followUpId) {
      const key = { shopId, followUpId };
      let came = await together(key);
      // Most often another worker is at the very row, and is through when the next group looks.
      if (came.kind === 'busy') came = await together(key);
      if (came.kind === 'busy' || came.kind === 'alone') came = await alone(key);
      await conclude(desk, shopId, came);
    },
  };
}

/** Runs rows of any shops, each shop's in one transaction, and no two of one buyer. */
async function runGroup(desk: Desk, keys: readonly { shopId: string; followUpId: string }[]): Promise<Came[]> {
  const came = new Map<string, Came>();
  for (const [shopId, rows] of Map.groupBy(keys, (key) => key.shopId)) {
    const ids = [...new Set(rows.map((row) => row.followUpId))];
    for (const [id, one] of await runTogether(desk, shopId, ids)) came.set(`${shopId}\n${id}`, one);
  }
  const seen = new Set<string>();
  return keys.map(({ shopId, followUpId }) => {
    const key = `${shopId}\n${followUpId}`;
    // A message is sent on by one of those who asked for it.
    if (seen.has(key)) return { kind: 'nothing' };
    seen.add(key);
    return came.get(key)!;
  });
}

async function runTogether(desk: Desk, shopId: string, ids: readonly string[]): Promise<Map<string, Came>> {
  const came = new Map<string, Came>(ids.map((id) => [id, { kind: 'nothing' }]));
  // Of two workers that have heard of a row the later one is spared the work.
  const planned = await plannedOf(desk, shopId, ids);
  const firsts = new Map(planned.toReversed().map((alarm) => [alarm.buyerId, alarm]));
  for (const { id } of planned) came.set(id, { kind: 'alone' });
  const alarms = [...firsts.values()];
  if (alarms.length < 2) return came;
  try {
    for (const [id, one] of await runRows(desk, shopId, alarms, 'skip')) came.set(id, one);
  } catch (error) {
    desk.log.warn({ err: error, rows: alarms.length }, 'follow-ups could not be run together; each is run alone');
  }
  return came;
}

async function runAlone(desk: Desk, shopId: string, followUpId: string): Promise<Came> {
  const [alarm] = await plannedOf(desk, shopId, [followUpId]);
  if (!alarm) return { kind: 'nothing' };
  try {
    return (await runRows(desk, shopId, [alarm], 'wait')).get(followUpId)!;
  } catch (error) {
    return { kind: 'failed', alarm, error };
  }
}

async function plannedOf(desk: Desk, shopId: string, ids: readonly string[]): Promise<Alarm[]> {
  const owners = await Promise.all(ids.map((id) => desk.ledger.plannedFor(shopId, id)));
  return ids.flatMap((id, i) => {
    const buyerId = owners[i];
    return buyerId === undefined ? [] : [{ id, buyerId }];
  });
}

/** Tells of what was committed and hands it to its channel, or puts a row off that could not be run. */
async function conclude(desk: Desk, shopId: string, came: Came): Promise<void> {
  if (came.kind === 'failed') await tryLater(desk, shopId, came.alarm, came.error);
  if (came.kind !== 'done' || !came.touch.message) return;
  const { buyerId, message } = came.touch;
  announce(desk, shopId, buyerId, message, []);
  await deliverNow(desk, shopId, buyerId, message);
}

/** Runs rows of different buyers in one transaction. @throws when it could not be written; then nothing is changed */
async function runRows(desk: Desk, shopId: string, alarms: readonly Alarm[], lock: Lock): Promise<Map<string, Came>> {
  // Read before the transaction: what may change until the commit is checked again by the locks inside, and nothing
  // inside may wait for a connection beside its own.
  const [contexts, surroundings] = await Promise.all([
    Promise.all(alarms.map(({ buyerId }) => contextOf(desk, shopId, buyerId))),
    readSurroundings(desk, shopId),
  ]);
  const came = await changeRows(desk, shopId, surroundings, async (stores, engine) => {
    const ids = contexts.flatMap((context) => context?.conversation.id ?? []);
    const locked = new Map((await lockRows(stores, shopId, ids, lock)).map((row) => [row.id, row]));
    const nowMs = desk.clock.now();
    const settle = async (alarm: Alarm, context: TurnContext | undefined): Promise<Came | DecidedRow> => {
      if (!context) return { kind: 'nothing' };
      const conversation = locked.get(context.conversation.id);
      if (!conversation) return { kind: lock === 'skip' ? 'busy' : 'nothing' };
      const due = { desk, context, surroundings, nowMs };
      try {
        const settled = await engine.settle(alarm, nowMs, (row) => decideFollowUp({ ...due, row }));
        return settled ? { ...due, stores, conversation, ...settled } : { kind: 'nothing' };
      } catch (error) {
        if (error instanceof UndecidedError) return { kind: 'failed', alarm, error: error.cause };
        throw error;
      }
    };
    const settled = await Promise.all(alarms.map((alarm, i) => settle(alarm, contexts[i])));
    const touches = await carryOut(
      stores,
      settled.filter((one) => 'decision' in one),
    );
    return new Map(
      alarms.map(({ id }, i): [string, Came] => {
        const one = settled[i]!;
        return [id, 'decision' in one ? { kind: 'done', touch: touches.get(id)! } : one];
      }),
    );
  });
  const touches = [...came.values()].flatMap((one) => (one.kind === 'done' ? one.touch : []));
  if (touches.length > 0) {
    const lists: DeskList[] = touches.some(({ tasks }) => tasks)
      ? ['followUps', 'tasks', 'counters']
      : ['followUps', 'counters'];
    desk.bus.publish({ type: 'lists.changed', shopId, lists });
  }
  return came;
}

async function contextOf(desk: Desk, shopId: string, buyerId: string): Promise<TurnContext | undefined> {
  const nowMs = desk.clock.now();
  const newId = createId('conversation', nowMs);
  const conversation = await desk.ledger.conversations.open(shopId, buyerId, CHANNEL, newId, nowMs);
  return await desk.ledger.context({ shopId, conversationId: conversation.id });
}

async function lockRows(
  { conversations }: Stores,
  shopId: string,
  ids: readonly string[],
  lock: Lock,
): Promise<ConversationRow[]> {
  if (lock === 'skip') return await conversations.lockFree(shopId, ids);
  const rows = await Promise.all(ids.map((id) => conversations.lock(shopId, id)));
  return rows.filter((row) => row !== undefined);
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

async function tryLater(desk: Desk, shopId: string, alarm: Alarm, error: unknown): Promise<void> {
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
