/** Emergencies: a task for the desk, and a call to the person on call while nobody answers. @see INT-GEN-07 */
import type { Call } from '../desk/clock-store.ts';
import { detectEmergency } from '../desk/detect-emergency.ts';
import { findOnCall } from '../desk/find-on-call.ts';
import type { Agent, Shop } from '../desk/ports.ts';
import { isTrouble } from '../followups/intent-groups.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { maskPersonalData } from '../lib/mask-personal-data.ts';
import type { EmergencyKind, OnCallSettings } from '../protocol/on-call.ts';
import type { AnalysedResult } from './analyse-turn.ts';
import type { Desk } from './desk.ts';
import type { PendingTurn } from './handle-message.ts';

const MINUTE_MS = 60_000;
/** Longest piece of the buyer's text that leaves the house. */
const EXCERPT = 60;
/** A call whose caller died is taken up again after this long. */
const LEASE_MS = 30_000;
/** Wait after the first try that failed; it doubles with each further one, up to the longest. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 15 * MINUTE_MS;
const MOST_TRIES = 12;
const BATCH = 10;
/** A talk in words of anger that names goods, money or a parcel is about what was bought. */
const ABOUT_GOODS = /退|赔|换|坏|破|质量|发错|漏发|少发|没收到|快递|包裹|refund|return|broken/i;

const NAMES: Readonly<Record<EmergencyKind, string>> = {
  injury: '有人受伤或中毒',
  fire: '起火、漏电或爆炸',
  selfHarm: '流露轻生念头',
  threat: '要报警、起诉或曝光',
  angryAfterSale: '售后问题，买家很生气',
};

/** Notes the emergency of a message, if it is one: a task at once, and a call when nobody answers in time. */
export async function noteEmergency(desk: Desk, turn: PendingTurn, analysed: AnalysedResult): Promise<void> {
  const { context, analysis, onDuty } = analysed;
  const message = context.messages.find(({ seq }) => seq === turn.seq);
  if (!message) return;
  const scolds = analysis.held.includes('INT-GEN-07');
  const emergency = detectEmergency(message.text, {
    isAngry: scolds || analysis.mood === 'angry' || analysis.mood === 'threatening',
    isAfterSale:
      analysis.held.some((intent) => intent !== 'INT-GEN-07' && isTrouble(intent)) ||
      (scolds && ABOUT_GOODS.test(message.text)),
  });
  if (!emergency) return;
  const { kind } = emergency;
  const { shopId, conversationId, buyerId, seq } = turn;
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  const { onCall } = shop.settings;
  const isCalled = onCall?.counts.includes(kind) === true;
  const added = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) return false;
    const planned =
      isCalled &&
      (await stores.calls.plan(
        {
          shopId,
          id: createId('call', nowMs),
          conversationId,
          buyerId,
          kind,
          seq,
          saidAt: message.sentAt,
          excerpt: excerptOf(message.text, emergency.words),
        },
        // People who are there have a while to answer by themselves.
        onDuty.length > 0 ? message.sentAt + onCall.answerMinutes * MINUTE_MS : nowMs,
        nowMs,
        nowMs - onCall.quietMinutes * MINUTE_MS,
      ));
    const task = { shopId, id: createId('task', nowMs), kind: 'emergency', title: `紧急：${NAMES[kind]}` };
    const data = { emergency: kind, seq };
    const isNew = await stores.desk.addTaskOnce({ ...task, conversationId, buyerId, dueAt: nowMs, data }, nowMs);
    if (planned || isNew) {
      await stores.desk.audit(shopId, 'desk', 'emergency.noted', { conversationId, seq, kind, planned }, nowMs);
    }
    return planned || isNew;
  });
  if (added) desk.bus.publish({ type: 'lists.changed', shopId, lists: ['tasks', 'clocks'] });
}

/** The words that tell of it with a little around them; numbers and addresses masked. @see TRAP-15 */
function excerptOf(text: string, words: string): string {
  const masked = maskPersonalData(text.replaceAll('\n', ' '));
  const at = Math.max(0, masked.indexOf(words));
  const from = Math.max(0, Math.min(at - (EXCERPT >> 1) + (words.length >> 1), masked.length - EXCERPT));
  const piece = [...masked.slice(from, from + EXCERPT)].join('');
  return `${from > 0 ? '…' : ''}${piece}${from + EXCERPT < masked.length ? '…' : ''}`.toWellFormed();
}

/**
 * Makes the calls of a shop that are due. At least once each: the id tells the receiver of a repetition. A message
 * that a person has answered by then wakes nobody.
 */
export async function makeCalls(desk: Desk, shopId: string): Promise<void> {
  const calls = await desk.ledger.calls.claim(shopId, desk.clock.now(), LEASE_MS, BATCH);
  if (calls.length === 0) return;
  const shop = await desk.shop(shopId);
  await Promise.all(calls.map((call) => makeCall(desk, shop, call)));
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['clocks'] });
}

async function makeCall(desk: Desk, shop: Shop, call: Call): Promise<void> {
  const { onCall } = shop.settings;
  const row = await desk.ledger.conversations.find(shop.id, call.conversationId);
  if (row?.lastAgentAt != null && row.lastAgentAt >= call.saidAt) return end(desk, call, { state: 'answered' });
  const person = onCall && findOnCall(onCall.roster, shop.tz, desk.clock.now());
  if (!onCall || person === undefined) {
    return end(desk, call, {
      state: 'nobody',
      problem: onCall ? 'nobody is on call at this hour' : 'no call is set up',
    });
  }
  try {
    await desk.postWebhook({
      ...addressOf(onCall),
      id: call.id,
      sentAt: desk.clock.now(),
      body: bodyOf(shop, call, person),
    });
    await end(desk, call, { state: 'sent', person });
  } catch (error) {
    const problem = messageOf(error);
    desk.log.warn({ shopId: shop.id, callId: call.id, reason: problem }, 'a call to the person on call failed');
    await end(desk, call, { state: call.attempts >= MOST_TRIES ? 'failed' : 'waiting', person, problem });
  }
}

async function end(
  desk: Desk,
  call: Call,
  outcome: { state: 'waiting' | 'sent' | 'answered' | 'failed' | 'nobody'; person?: string; problem?: string },
): Promise<void> {
  const nowMs = desk.clock.now();
  const nextMs = nowMs + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (call.attempts - 1));
  await desk.ledger.transaction(async (stores) => {
    if (!(await stores.calls.finish(call, { ...outcome, nextMs }, nowMs))) return;
    const { conversationId, kind, attempts } = call;
    const data = { callId: call.id, conversationId, kind, attempts, ...outcome };
    await stores.desk.audit(call.shopId, 'desk', `emergency.call.${outcome.state}`, data, nowMs);
  });
}

function addressOf({ url, secret }: OnCallSettings): { url: string; secret: string } {
  return { url, secret };
}

/** What leaves the house: no name of the buyer, and no more of the text than tells what it is about. */
function bodyOf(shop: Shop, call: Call, person: string): string {
  return JSON.stringify({
    type: 'emergency',
    timestamp: new Date(call.saidAt).toISOString(),
    data: {
      callId: call.id,
      shopId: shop.id,
      shopName: shop.name,
      person,
      kind: call.kind,
      what: NAMES[call.kind],
      conversationId: call.conversationId,
      excerpt: call.excerpt,
    },
  });
}

/** Calls once to see whether the call arrives. @throws DeskError `not_found` when none is set up */
export async function testCall(desk: Desk, { shopId }: Agent): Promise<{ delivered: boolean; problem?: string }> {
  // Read from the record: what was saved a moment ago counts.
  const { settings } = await desk.ledger.people.settings(shopId);
  const [shop, nowMs] = [await desk.shop(shopId), desk.clock.now()];
  if (!settings.onCall) throw new DeskError('not_found', 'no call is set up: save an address and a secret first');
  const person = findOnCall(settings.onCall.roster, shop.tz, nowMs) ?? null;
  const id = createId('call', nowMs);
  const body = JSON.stringify({
    type: 'test',
    timestamp: new Date(nowMs).toISOString(),
    data: { callId: id, shopId, shopName: shop.name, person },
  });
  try {
    await desk.postWebhook({ ...addressOf(settings.onCall), id, sentAt: nowMs, body });
    return { delivered: true };
  } catch (error) {
    return { delivered: false, problem: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
