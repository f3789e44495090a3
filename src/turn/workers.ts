/** What runs beside the sockets: turns that wait, due follow-ups, the outbox, and the sweeps that find what was lost. */
import { createHash, randomUUID } from 'node:crypto';
import { expireApprovals } from './ask-approval.ts';
import { runAutomaticSend } from './automatic-send.ts';
import { makeCalls } from './call-on-duty.ts';
import type { Desk } from './desk.ts';
import { sweepOutbox } from './dispatch-outbox.ts';
import type { PendingTurn } from './handle-message.ts';
import { expireDiscounts } from './keep-discounts.ts';
import { proposeVariants } from './learn-variants.ts';
import { ALARM_HORIZON_MS, setAlarm } from './plan-follow-ups.ts';
import { refreshGoods } from './refresh-goods.ts';
import { retimeFollowUps } from './retime-follow-ups.ts';
import { createFollowUpRunner } from './run-follow-up.ts';
import { runShopTimers } from './run-shop-timers.ts';
import { settleTasks } from './show-tasks.ts';
import { createTurnQueue } from './turn-queue.ts';
import { understandTurn } from './understand-turn.ts';
import { createClockWatch } from './watch-clocks.ts';

/** How the workers run. */
export interface WorkerOptions {
  alarms: { listen(onAlarm: (alarm: { shopId: string; followUpId: string; revision: number }) => Promise<void>): void };
  /** Whether this process sends due follow-ups. */
  runsFollowUps: boolean;
  /** Milliseconds between sweeps; `null`: only when `sweep` is called. */
  sweepEveryMs: number | null;
  checkpoint(): Promise<void>;
}

/** The workers of one process. */
export interface Workers {
  /** Understands a recorded message after those of the same conversation before it. */
  understand(turn: PendingTurn): void;
  /** Turns recorded here and not yet understood. */
  waiting(): number;
  /** Hears how long a turn took from its commit and how many scripts it proposed. */
  onTurn(listener: (durationMs: number, proposals: number) => void): void;
  /** Finds and does what no alarm or socket brought: due follow-ups, undelivered and never analysed messages. */
  sweep(): Promise<void>;
  /** Sends by itself what is due; also a part of every sweep. */
  sendDue(): Promise<void>;
  start(): Promise<void>;
  /** Waits for what is under way. */
  stop(): Promise<void>;
  /** Resolves when no turn waits and chips are as the goods are. */
  idle(): Promise<void>;
}

/** A message that its own node has not analysed by then is taken over. */
const FORGOTTEN_MS = 10_000;
const BATCH = 100;
/** Due rows a sweep takes at once. */
const DUE_BATCH = 500;
/** Buyers whose due rows a sweep runs at the same time: enough to fill the groups while others are being sent. */
const BUYERS_AT_ONCE = 64;
/** A countdown that has ended is seen this soon. */
const SEND_DUE_EVERY_MS = 1000;
const CHECKPOINT_EVERY_MS = 5 * 60_000;
/** Alarms of the coming hour are set this often. */
const TOP_UP_EVERY_MS = 10 * 60_000;

/** Told apart from other processes, so that they begin with other buyers. */
const OWN_SALT = randomUUID();

/** The buyers in an order of this process's own: workers that sweep at the same time seldom meet at one row. */
function inOwnOrder<T>(buyers: ReadonlyMap<string, T>): Map<string, T> {
  const place = (id: string) => createHash('md5').update(OWN_SALT).update(id).digest('hex');
  const places = [...buyers].map(([id, rows]) => ({ id, rows, at: place(id) }));
  return new Map(places.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ id, rows }) => [id, rows]));
}

/** Creates the workers; nothing runs before `start`. */
export function createWorkers(desk: Desk, options: WorkerOptions): Workers {
  let heard: (durationMs: number, proposals: number) => void = () => undefined;
  const queue = createTurnQueue<PendingTurn & { recordedAt: number }>(
    async (turn) => {
      const proposals = await understandTurn(desk, turn);
      heard(desk.clock.now() - turn.recordedAt, proposals);
    },
    (error, turn) =>
      desk.log.error({ err: error, conversationId: turn.conversationId, seq: turn.seq }, 'a turn was not understood'),
  );
  const timers: NodeJS.Timeout[] = [];
  let sweeping: Promise<void> | undefined;
  let sendingDue: Promise<void> | undefined;
  let toppedUpAt = Number.NEGATIVE_INFINITY;
  const clockWatch = createClockWatch(desk);
  const followUps = createFollowUpRunner(desk);

  async function runDue(shopId: string): Promise<void> {
    for (;;) {
      const due = await desk.ledger.followUps(shopId).listDue(desk.clock.now(), DUE_BATCH);
      let failed = 0;
      // A buyer's rows keep their order: which of two goes out decides about the other.
      const buyers = inOwnOrder(Map.groupBy(due, (row) => row.buyerId)).values();
      const lane = async () => {
        for (const rows of buyers) {
          for (const row of rows) {
            await followUps.run(shopId, row.id).catch((error: unknown) => {
              // One row that cannot be run must not hold up the others; the next sweep tries it again.
              failed++;
              desk.log.error({ err: error, followUpId: row.id }, 'a follow-up could not be run');
            });
          }
        }
      };
      await Promise.all(Array.from({ length: BUYERS_AT_ONCE }, lane));
      if (due.length < DUE_BATCH || failed > 0) return;
    }
  }

  async function sweepShop(shopId: string): Promise<void> {
    const nowMs = desk.clock.now();
    for (const lost of await desk.ledger.conversations.unanalysed(shopId, nowMs - FORGOTTEN_MS, BATCH)) {
      await takeUp(desk, shopId, lost.conversationId, understand);
    }
    if (!options.runsFollowUps) return;
    await expireApprovals(desk, shopId);
    await clockWatch.look(shopId);
    await runShopTimers(desk, shopId);
    await expireDiscounts(desk, shopId);
    await retimeFollowUps(desk, shopId);
    await runDue(shopId);
    await settleTasks(desk, shopId);
    if (nowMs - toppedUpAt >= TOP_UP_EVERY_MS) {
      const soon = await desk.ledger.followUps(shopId).listDue(nowMs + ALARM_HORIZON_MS, 1000);
      for (const row of soon) setAlarm(desk, shopId, row);
      await proposeVariants(desk, shopId).catch((error: unknown) =>
        desk.log.error({ err: error, shopId }, 'edits could not be looked through; the next look tries again'),
      );
    }
  }

  async function sweepOnce(): Promise<void> {
    await sendDue();
    while ((await sweepOutbox(desk)) === BATCH);
    const nowMs = desk.clock.now();
    const shops = await desk.ledger.people.shops();
    // Beside the shops: an address that does not answer holds no follow-up up.
    const calls = options.runsFollowUps ? shops.flatMap(({ id }) => [makeCalls(desk, id), refreshGoods(desk, id)]) : [];
    const called = Promise.allSettled(calls);
    for (const shop of shops) await sweepShop(shop.id);
    for (const call of await called) {
      if (call.status === 'rejected')
        desk.log.warn({ err: call.reason }, 'what is outside was not reached; the next sweep tries again');
    }
    if (nowMs - toppedUpAt >= TOP_UP_EVERY_MS) toppedUpAt = nowMs;
  }

  async function sendDueOnce(): Promise<void> {
    if (!options.runsFollowUps) return;
    const due = await desk.ledger.automatic.due(desk.clock.now(), BATCH);
    for (const { shopId, id } of due) await runAutomaticSend(desk, shopId, id);
  }

  function sendDue(): Promise<void> {
    sendingDue ??= sendDueOnce().finally(() => {
      sendingDue = undefined;
    });
    return sendingDue;
  }

  function sweep(): Promise<void> {
    sweeping ??= sweepOnce().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  }

  function understand(turn: PendingTurn): void {
    queue.add(`${turn.shopId}\n${turn.conversationId}`, { ...turn, recordedAt: desk.clock.now() });
  }

  return {
    understand,
    waiting: () => queue.size(),
    onTurn(listener) {
      heard = listener;
    },
    sweep,
    sendDue,
    async idle() {
      await queue.idle();
      await desk.goodsRenewal.idle();
    },
    async start() {
      if (options.runsFollowUps) {
        options.alarms.listen(async ({ shopId, followUpId }) => {
          await followUps.run(shopId, followUpId);
        });
      }
      if (options.sweepEveryMs === null) return;
      const report = (error: unknown) => desk.log.warn({ err: error }, 'a sweep failed; the next one tries again');
      timers.push(setInterval(() => void sweep().catch(report), options.sweepEveryMs));
      timers.push(setInterval(() => void sendDue().catch(report), SEND_DUE_EVERY_MS));
      timers.push(setInterval(() => void options.checkpoint().catch(report), CHECKPOINT_EVERY_MS));
      for (const timer of timers) timer.unref();
      await sweep().catch(report);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await queue.idle();
      await sweeping?.catch(() => undefined);
      await sendingDue?.catch(() => undefined);
      await desk.goodsRenewal.idle();
    },
  };
}

/** Understands what a node recorded and did not get to before it died. */
async function takeUp(
  desk: Desk,
  shopId: string,
  conversationId: string,
  understand: (turn: PendingTurn) => void,
): Promise<void> {
  const row = await desk.ledger.conversations.find(shopId, conversationId);
  if (!row) return;
  const messages = await desk.ledger.conversations.messages(shopId, conversationId, row.analysedSeq, BATCH);
  for (const message of messages) {
    if (message.from === 'buyer') understand({ shopId, conversationId, buyerId: row.buyerId, seq: message.seq });
  }
}
