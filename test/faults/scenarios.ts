/** What goes wrong, and what must hold all the same. */
import { Queue } from 'bullmq';
import { checkLogs, type Verdict } from './check-logs.ts';
import type { Ground } from './ground.ts';
import { forEach, keepFeedAlive, type PlannedOrder, pay, placeOrders, planOrders, waitUntil } from './load.ts';
import type { FaultNode, NodeOptions } from './nodes.ts';
import { buyerOf, REMINDER } from './platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Reminders a second that keep two workers busy. */
const DUE_A_SECOND = 60;
/** From the order to its reminder in a race: enough for the order to be acknowledged. */
const RACE_AFTER_MS = 1500;
const RACES_AT_ONCE = 32;
/** Orders that show how fast this machine takes orders now, as a share of those to come. */
const TRIAL_SHARE = 0.1;
const MOST_TRIALS = 50;
/** Postgres is asked what is left only after so long without a message: to answer takes the workers' share of it. */
const ASK_AFTER_MS = 500;
/** A desk that makes no progress for so long has come to its end: a dead sender's lease and two sweeps are over. */
const PATIENCE_MS = { guarded: 40_000, bare: 3000 };

/** One run of a scenario. */
export interface Run {
  ground: Ground;
  /** Orders. */
  count: number;
  /** With the protections as they ship, or with one that is taken away. */
  isGuarded: boolean;
}

/** A fault, played on a ground. */
export interface Scenario {
  name: string;
  /** What must hold. */
  invariant: string;
  /** What the second run goes without. */
  without: string;
  small: number;
  full: number;
  play(run: Run): Promise<Figures>;
}

/** What a scenario measured beside the checker. */
export type Figures = Record<string, number>;

const NAIVE = 'everything: it looks, sends, and writes down that it has sent';

/** Every scenario, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'kill -9 of a worker',
    invariant: 'each reminder is sent once',
    without: NAIVE,
    small: 150,
    full: 5000,
    async play(run) {
      const workers = await startWorkers(run);
      const orders = await placeAhead(run);
      for (const [kills, share] of [0.25, 0.5, 0.75].entries()) {
        await untilSent(run, orders.length * share);
        await workers[kills % 2]!.kill();
        workers[kills % 2] = (await startWorkers(run, 1))[0]!;
      }
      return { kills: 3 };
    },
  },
  {
    name: 'Redis killed and emptied',
    invariant: 'nothing lost, nothing twice',
    without: 'the sweep over the table: alarms alone wake the worker',
    small: 150,
    full: 1000,
    async play(run) {
      await startWorkers(run, 2, 'desk-process', run.isGuarded ? {} : { sweepEveryMs: null });
      const orders = await placeAhead(run);
      for (const share of [0.3, 0.6]) {
        await untilSent(run, orders.length * share);
        await run.ground.redis.crash();
      }
      return { crashes: 2 };
    },
  },
  {
    name: 'Postgres crashes under load',
    invariant: 'what was acknowledged is kept, reminded once, and not after its payment',
    without: NAIVE,
    small: 150,
    full: 1000,
    async play(run) {
      await startWorkers(run);
      const before = await placeAhead(run, run.count / 2);
      const during = planOrders(
        run.ground,
        'd',
        run.count / 2,
        Date.now() + 2000,
        (1000 * run.count) / 2 / DUE_A_SECOND,
      );
      const load = Promise.all([
        placeOrders(run.ground, during),
        forEach(
          before.filter((_, i) => i % 5 === 0),
          ({ orderId }) => pay(run.ground, orderId),
        ),
      ]);
      for (const share of [0.1, 0.3]) {
        await untilSent(run, run.count * share);
        await run.ground.postgres.crash();
      }
      await load;
      return { crashes: 2 };
    },
  },
  {
    name: 'network cut, then silent',
    invariant: 'nothing lost, nothing twice',
    without: NAIVE,
    small: 150,
    full: 1000,
    async play(run) {
      await startWorkers(run);
      const orders = await placeAhead(run);
      const silentMs = run.count < 1000 ? 3000 : 30_000;
      await untilSent(run, orders.length * 0.25);
      await holdWires(run, 'cut', 1000);
      await untilSent(run, orders.length * 0.5);
      await holdWires(run, 'stalled', silentMs);
      return { cutMs: 1000, silentMs };
    },
  },
  {
    name: 'all of it in one run',
    invariant: 'what was acknowledged is kept, reminded once, and not after its payment',
    without: NAIVE,
    small: 150,
    full: 1000,
    async play(run) {
      const workers = await startWorkers(run);
      const orders = await placeAhead(run);
      await untilSent(run, orders.length * 0.2);
      await workers[0]!.kill();
      await startWorkers(run, 1);
      await untilSent(run, orders.length * 0.4);
      await run.ground.redis.crash();
      const paying = forEach(orders.slice(-run.count / 5), ({ orderId }) => pay(run.ground, orderId));
      await untilSent(run, orders.length * 0.5);
      await run.ground.postgres.crash();
      await untilSent(run, orders.length * 0.6);
      await holdWires(run, 'cut', 1000);
      await paying;
      return { faults: 4 };
    },
  },
  {
    name: 'payment races the claim',
    invariant: 'no reminder is decided on after a committed payment',
    without: NAIVE,
    small: 100,
    full: 10_000,
    async play(run) {
      await startWorkers(run);
      // Payments fall around the moment at which the worker decides, as late as it is by then: one that came after
      // the reminder makes the next ones hurry, one that came before it makes them wait.
      const reminded = new Set<string>();
      run.ground.platform.onSend = ({ orderId, card }) => {
        if (card === REMINDER) reminded.add(orderId);
      };
      let waitMs = await measureReminder(run);
      let remindedFirst = 0;
      await forEach(
        planOrders(run.ground, 'o', run.count, 0, 0),
        async ({ orderId }) => {
          const dueAtMs = Date.now() + RACE_AFTER_MS;
          await placeOrders(run.ground, [{ orderId, dueAtMs }]);
          await waitUntil(dueAtMs);
          await waitUntil(dueAtMs + waitMs * (0.7 + 0.6 * Math.random()));
          const isReminded = reminded.has(orderId);
          if (isReminded) remindedFirst++;
          waitMs = isReminded ? waitMs * 0.98 : waitMs * 1.02 + 1;
          await pay(run.ground, orderId);
        },
        RACES_AT_ONCE,
      );
      run.ground.platform.onSend = () => undefined;
      return { remindedFirst };
    },
  },
  {
    name: 'two workers claim one row',
    invariant: 'one of them sends',
    without: NAIVE,
    small: 150,
    full: 1000,
    async play(run) {
      await startWorkers(run, 2, undefined, { sweepEveryMs: 100 });
      await placeAhead(run);
      return {};
    },
  },
  {
    name: 'the clock of a node jumps an hour',
    invariant: 'nothing early, nothing twice, nothing lost',
    without: 'the clock of the database: each node believes its own',
    small: 100,
    full: 1000,
    async play(run) {
      const workers = await startWorkers(run, 2, 'desk-process', { machineClock: !run.isGuarded });
      await placeOrders(run.ground, planOrders(run.ground, 'l', run.count / 2, Date.now() + 40 * MINUTE, MINUTE));
      // Before the first is due: no worker that believes its machine is right at any time of the reminders.
      workers[0]!.shiftClock(HOUR);
      workers[1]!.shiftClock(-HOUR);
      const orders = await placeAhead(run, run.count / 2);
      await untilSent(run, orders.length * 0.5);
      workers[0]!.shiftClock(-HOUR);
      workers[1]!.shiftClock(HOUR);
      return { jumps: 4 };
    },
  },
  {
    name: 'many due in one second',
    invariant: 'each sent once; how late, beside BullMQ alone',
    without: NAIVE,
    small: 150,
    full: 10_000,
    async play(run) {
      await startWorkers(run);
      await placeAhead(run, run.count, run.count);
      return {};
    },
  },
];

/** Plays a scenario, waits until nothing more is to come, and judges the logs. */
export async function playScenario(
  scenario: Scenario,
  run: Run,
): Promise<{ verdict: Verdict; figures: Figures; tookMs: number }> {
  const startedAt = Date.now();
  const logs = await run.ground.beginRun();
  const feed = keepFeedAlive(run.ground);
  const figures = await scenario.play(run);
  await untilQuiet(run);
  feed.stop();
  await run.ground.logCommits();
  return { verdict: checkLogs(logs.read(), Date.now()), figures, tookMs: Date.now() - startedAt };
}

/** As many jobs due in one second on BullMQ alone, with as many workers. */
export async function playBareBurst(ground: Ground, count: number): Promise<Verdict> {
  const logs = await ground.beginRun();
  await ground.startWorkers(2, 'bare-process');
  const queue = new Queue('bare', { connection: { host: '127.0.0.1', port: ground.redis.port } });
  const orders = planOrders(ground, 'b', count, Date.now() + 1000 + count / 2, 1000);
  for (let from = 0; from < orders.length; from += 1000) {
    await queue.addBulk(
      orders.slice(from, from + 1000).map(({ orderId, dueAtMs }) => ({
        name: 'due',
        data: { buyerId: buyerOf(orderId) },
        opts: { delay: dueAtMs - Date.now(), removeOnComplete: true },
      })),
    );
  }
  for (const { orderId, dueAtMs } of orders) {
    logs.add({ log: 'events', type: 'order.created', orderId, dueAtMs, acknowledgedAtMs: Date.now() });
  }
  while (logs.count('sends') < count) await waitUntil(Date.now() + 100);
  await queue.close();
  return checkLogs(logs.read(), Date.now());
}

async function startWorkers(
  { ground, isGuarded }: Run,
  count = 2,
  program: 'desk-process' | 'naive-process' = isGuarded ? 'desk-process' : 'naive-process',
  options: Partial<NodeOptions> = {},
): Promise<FaultNode[]> {
  return await ground.startWorkers(count, program, options);
}

/** Places orders whose reminders begin to be due when the last one is placed. */
async function placeAhead(run: Run, count = run.count, dueASecond = DUE_A_SECOND): Promise<PlannedOrder[]> {
  const startedAt = Date.now();
  const trials = Math.min(MOST_TRIALS, Math.ceil(count * TRIAL_SHARE));
  await placeOrders(run.ground, planOrders(run.ground, 't', trials, startedAt + HOUR, 0));
  const placingMs = ((Date.now() - startedAt) / trials) * count * 1.3;
  const orders = planOrders(run.ground, 'o', count, Date.now() + 500 + placingMs, (1000 * count) / dueASecond);
  await placeOrders(run.ground, orders);
  await waitUntil(orders[0]!.dueAtMs);
  return orders;
}

/** How late the reminder of one order is that nobody pays, in ms: where the payments of a race begin to fall. */
async function measureReminder(run: Run): Promise<number> {
  const [order] = planOrders(run.ground, 'f', 1, Date.now() + RACE_AFTER_MS, 0);
  await placeOrders(run.ground, [order!]);
  await waitUntil(order!.dueAtMs);
  await untilSent(run, 1);
  return Date.now() - order!.dueAtMs;
}

async function holdWires(run: Run, state: 'cut' | 'stalled', ms: number): Promise<void> {
  for (const wire of Object.values(run.ground.wires)) wire.set(state);
  await waitUntil(Date.now() + ms);
  for (const wire of Object.values(run.ground.wires)) wire.set('open');
}

/** Waits until the platform took so many messages, or takes no more. */
async function untilSent(run: Run, count: number): Promise<void> {
  await untilStill(run, async () => run.ground.platform.logs.count('sends') >= count);
}

/** Waits until nothing is due and nothing waits to leave. */
async function untilQuiet(run: Run): Promise<void> {
  let sent = -1;
  await untilStill(
    run,
    async () => {
      const count = run.ground.platform.logs.count('sends');
      const isStill = count === sent;
      sent = count;
      return isStill && (await isNothingLeft(run.ground));
    },
    ASK_AFTER_MS,
  );
  await waitUntil(Date.now() + 300);
}

async function isNothingLeft(ground: Ground): Promise<boolean> {
  const due = await ground.ask(
    `select count(*) from follow_ups where rule = 'FU-04' and status = 'planned' and due_ms <= ${Date.now()} + 1000`,
  );
  const waiting = await ground.ask(`select count(*) from outbox where state in ('pending', 'sending')`);
  return due + waiting === 0;
}

async function untilStill({ ground, isGuarded }: Run, isDone: () => Promise<boolean>, lookEveryMs = 50): Promise<void> {
  let [sent, sinceMs] = [-1, 0];
  while (!(await isDone())) {
    const count = ground.platform.logs.count('sends');
    if (count !== sent) [sent, sinceMs] = [count, Date.now()];
    else if (Date.now() - sinceMs > (isGuarded ? PATIENCE_MS.guarded : PATIENCE_MS.bare)) return;
    await waitUntil(Date.now() + lookEveryMs);
  }
}
