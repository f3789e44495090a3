/** Response clocks: started by buyers' messages, stopped by people, watched by every sweep. @see KPI-02, FU-07 … FU-10 */
import type { ConversationRow } from '../conversations/ports.ts';
import type { BreachedClock, NewClock } from '../desk/clock-store.ts';
import type { Agent, Shop } from '../desk/ports.ts';
import { timesOf } from '../desk/response-clocks.ts';
import { hoursOf } from '../desk/shop-hours.ts';
import { isAfterSale, isLogisticsTrouble } from '../followups/intent-groups.ts';
import { SESSION_GAP_MS } from '../followups/rules.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { ClockKind } from '../protocol/clocks.ts';
import type { Message } from '../protocol/records.ts';
import type { Desk } from './desk.ts';
import type { Stores } from './ports.ts';

/** The talk around a buyer's message, as far as clocks ask. */
interface Talk {
  conversation: Pick<ConversationRow, 'shopId' | 'id' | 'channel' | 'waitingSince'>;
  /** The last messages, oldest first. */
  messages: readonly Message[];
}

/** Kind of the tasks that breaches become. */
const TASK = 'clock.breached';
const BATCH = 50;
/** Messages that are looked through for the beginning of a wait. */
const LOOK_BACK = 100;
/** Orders of a buyer that are looked through for a parcel on its way. */
const ORDERS = 20;
/** That somebody is there is written down this often. */
const NOTE_DUTY_EVERY_MS = 20_000;

/** The rule of domain 07 that a clock keeps watch for, and its name in tasks. */
const CLOCKS: Readonly<Record<ClockKind, { rule?: string; zh: string }>> = {
  firstReply: { zh: '首次回复' },
  platform: { zh: '平台回复时限' },
  afterSale: { rule: 'FU-08', zh: '售后首次回复' },
  logistics: { rule: 'FU-09', zh: '物流问题首次回复' },
  answer: { rule: 'FU-07', zh: '答应查证的回复' },
  logisticsCase: { rule: 'FU-10', zh: '物流问题解决' },
};

/** Starts the clocks of a message that was understood; doing it again starts nothing twice. */
export async function startClocks(desk: Desk, talk: Talk, message: Message, held: readonly string[]): Promise<void> {
  const shop = await desk.shop(talk.conversation.shopId);
  const { waits, matter } = clocksOf(shop, talk, message, held);
  const started = waits.length > 0 && (await desk.ledger.clocks.startWaits(waits));
  const opened = matter !== undefined && (await desk.ledger.clocks.startOne(matter));
  if (started || opened) tell(desk, shop.id);
}

function clocksOf(
  shop: Shop,
  talk: Talk,
  message: Message,
  held: readonly string[],
): { waits: NewClock[]; matter: NewClock | undefined } {
  const before = talk.messages.filter(({ seq }) => seq < message.seq);
  const lastPerson = before.findLast(({ from }) => from === 'agent');
  const isFirst = startsWait(talk, before, message);
  const isNewTalk = lastPerson === undefined || message.sentAt - lastPerson.sentAt > SESSION_GAP_MS;
  const trouble = held.find(isLogisticsTrouble);
  const clock = (kind: ClockKind, because?: string) =>
    newClock(shop, talk.conversation, kind, { seq: message.seq, startedAt: message.sentAt, because });
  const waits = [
    isFirst && isNewTalk ? clock('firstReply') : undefined,
    isFirst ? clock('platform') : undefined,
    ...[held.find(isAfterSale)].map((intent) => intent && clock('afterSale', intent)),
    trouble && clock('logistics', trouble),
  ].filter((one) => one !== undefined && one !== '');
  return { waits, matter: trouble === undefined ? undefined : clock('logisticsCase', trouble) };
}

/** Is it the first message that nobody has answered? */
function startsWait({ conversation }: Talk, before: readonly Message[], message: Message): boolean {
  const { waitingSince } = conversation;
  const last = before.findLast(({ from }) => from !== 'auto');
  if (waitingSince !== null && waitingSince <= message.sentAt) {
    const isSame = (other: Message) => other.from === 'buyer' && other.sentAt === message.sentAt;
    return waitingSince === message.sentAt && !before.some(isSame);
  }
  // Answered before it was understood.
  return last?.from !== 'buyer';
}

function newClock(
  shop: Shop,
  { id, channel }: Pick<ConversationRow, 'id' | 'channel'>,
  kind: ClockKind,
  from: { seq: number; startedAt: number; because?: string | undefined },
): NewClock | undefined {
  const rule = shop.settings.clocks[kind];
  const times = rule.enabled ? timesOf(rule, hoursOf(shop, channel), from.startedAt) : null;
  if (!times) return undefined;
  const { warns, escalates } = rule;
  return { shopId: shop.id, conversationId: id, kind, ...from, ...times, warns, escalates };
}

/** What a script does to the clock of a promised answer: SCR-05 starts it, SCR-06 is the answer. @see FU-07 */
export async function followAnswer(
  stores: Stores,
  shop: Shop,
  row: ConversationRow,
  card: string,
  nowMs: number,
): Promise<void> {
  if (card === 'SCR-06') await stores.clocks.settle(shop.id, row.id, ['answer'], nowMs);
  if (card !== 'SCR-05') return;
  const startedAt = row.waitingSince ?? row.lastBuyerAt ?? nowMs;
  const clock = newClock(shop, row, 'answer', { seq: Math.max(1, row.lastSeq), startedAt, because: card });
  if (clock) await stores.clocks.startOne(clock);
}

/**
 * The parcel has arrived, or its money went back: the case about it is solved, unless another one is on its way.
 *
 * Call before the buyer's book is locked. True when a clock was stopped. @see FU-10
 */
export async function settleParcel(stores: Stores, shopId: string, buyerId: string, nowMs: number): Promise<boolean> {
  const orders = await stores.orders.ofBuyer(shopId, buyerId, ORDERS);
  if (orders.some(({ state }) => state === 'shipped')) return false;
  const talk = await stores.conversations.open(shopId, buyerId, 'web', createId('conversation', nowMs), nowMs);
  return await stores.clocks.settle(shopId, talk.id, ['logisticsCase'], nowMs);
}

/** Somebody says that a promised answer was given, or a logistics case solved. @throws DeskError `not_found` */
export async function settleClock(
  desk: Desk,
  { shopId, id }: Agent,
  conversationId: string,
  kind: 'answer' | 'logisticsCase',
): Promise<void> {
  const nowMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    if (!(await stores.clocks.settle(shopId, conversationId, [kind], nowMs)))
      throw new DeskError('not_found', `no clock ${kind} runs in conversation ${conversationId}`);
    await stores.clocks.finishTasks(shopId, TASK, nowMs);
    await stores.desk.audit(shopId, id, 'clock.settled', { conversationId, kind }, nowMs);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['clocks', 'tasks', 'counters'] });
}

/** Keeps watch over the clocks of all shops. */
export interface ClockWatch {
  /** Notes warnings and breaches that are due, each once over all nodes. */
  look(shopId: string): Promise<void>;
}

/** Creates the watch of one process. */
export function createClockWatch(desk: Desk): ClockWatch {
  const dutyNoted = new Map<string, number>();

  async function noteDuty(shopId: string): Promise<void> {
    const nowMs = desk.clock.now();
    const last = dutyNoted.get(shopId);
    if (last !== undefined && Math.abs(nowMs - last) < NOTE_DUTY_EVERY_MS) return;
    if ((await desk.presence.onDuty(shopId)).length === 0) return;
    await desk.ledger.clocks.noteDuty(shopId, nowMs);
    dutyNoted.set(shopId, nowMs);
  }

  return {
    async look(shopId) {
      await noteDuty(shopId);
      await startLost(desk, shopId);
      const nowMs = desk.clock.now();
      // A transaction is tried again where a reply holds its clocks in another order.
      const warned = await desk.ledger.transaction((stores) => stores.clocks.noteWarned(shopId, nowMs));
      const { breached, finished } = await desk.ledger.transaction((stores) => noteBreaches(stores, shopId, nowMs));
      if (breached || finished) {
        desk.bus.publish({ type: 'lists.changed', shopId, lists: ['clocks', 'tasks', 'counters'] });
      } else if (warned) tell(desk, shopId);
    },
  };
}

async function noteBreaches(
  stores: Stores,
  shopId: string,
  nowMs: number,
): Promise<{ breached: boolean; finished: boolean }> {
  const breached = await stores.clocks.noteBreached(shopId, nowMs);
  for (const clock of breached) if (clock.escalates) await stores.desk.addTask(taskOf(shopId, clock, nowMs), nowMs);
  const finished = await stores.clocks.finishTasks(shopId, TASK, nowMs);
  return { breached: breached.length > 0, finished: finished > 0 };
}

function taskOf(shopId: string, { conversationId, buyerId, kind, dueAt }: BreachedClock, nowMs: number) {
  const { rule, zh } = CLOCKS[kind];
  return {
    shopId,
    id: createId('task', nowMs),
    kind: TASK,
    title: `响应超时：${zh}`,
    ...(rule === undefined ? {} : { rule }),
    conversationId,
    buyerId,
    dueAt,
    forRole: 'supervisor' as const,
    data: { clock: kind },
  };
}

/** Starts what the node that understood a message did not get to before it died. */
async function startLost(desk: Desk, shopId: string): Promise<void> {
  const shop = await desk.shop(shopId);
  if (!shop.settings.clocks.platform.enabled) return;
  for (const { conversationId, waitingSince } of await desk.ledger.clocks.unstarted(shopId, BATCH)) {
    const conversation = await desk.ledger.conversations.find(shopId, conversationId);
    if (!conversation) continue;
    const messages = await desk.ledger.conversations.lastMessages(shopId, conversationId, LOOK_BACK);
    const waiting = messages.filter(({ from, sentAt }) => from === 'buyer' && sentAt >= waitingSince);
    const analyses = await desk.ledger.conversations.analyses(shopId, conversationId, waiting[0]?.seq ?? 1);
    for (const message of waiting) {
      await startClocks(desk, { conversation, messages }, message, analyses.get(message.seq)?.held ?? []);
    }
  }
}

function tell(desk: Desk, shopId: string): void {
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['clocks'] });
}
