/**
 * The moment of an automatic send: everything is read and asked again in the transaction that sends, so that a person's
 * hand, a newer message, a changed fact or another node comes wholly before or wholly after it.
 *
 * @see SR-01, SR-10, architecture, invariants 3 and 5
 */
import type { SendEnd } from '../protocol/modes.ts';
import { sendOffline } from './automatic-away.ts';
import { type Moment, readMoment } from './automatic-moment.ts';
import { appendAutomatic, type DueSend, prepareAgain, type SendOutcome } from './automatic-row.ts';
import type { AutomaticSend } from './automatic-sends.ts';
import { announceEnded } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import { announce } from './send-reply.ts';
import { suggestAgain } from './suggest-again.ts';

/** A countdown nobody could see end is a suggestion again. */
const LATE_MS = 30_000;
/** A row that cannot be run is tried again for so long. */
const TRY_FOR_MS = 60_000;

/** Runs one row if it is due; a row that fails again and again ends as `failed`. */
export async function runAutomaticSend(desk: Desk, shopId: string, id: string): Promise<void> {
  const send = await desk.ledger.automatic.find(shopId, id);
  if (send?.state !== 'pending') return;
  try {
    await runRow(desk, send);
  } catch (error) {
    desk.log.error({ err: error, automaticSendId: id }, 'an automatic send could not be run');
    if (desk.clock.now() - send.dueAt < TRY_FOR_MS) return;
    const ended = await desk.ledger.automatic.end(shopId, { id }, 'failed', desk.clock.now());
    announceEnded(desk, shopId, ended, 'failed');
  }
}

async function runRow(desk: Desk, { shopId, id, conversationId, buyerId }: AutomaticSend): Promise<void> {
  const [onDuty, library] = await Promise.all([desk.presence.onDuty(shopId), desk.libraries.of(shopId)]);
  const outcome = await desk.ledger.transaction(async (stores): Promise<SendOutcome | undefined> => {
    await stores.conversations.lock(shopId, conversationId);
    const send = await stores.automatic.claim(shopId, id, desk.clock.now());
    if (!send) return undefined;
    const view = await desk.window.within(stores, shopId);
    const moment = await readMoment(desk, stores, { shopId, conversationId }, { view, onDuty, library });
    const result = await decide({ desk, stores, send, moment });
    const nowMs = desk.clock.now();
    if (result.end) await stores.automatic.end(shopId, { id }, result.end, nowMs);
    else await stores.automatic.finish(shopId, id, result.messages.at(-1)!.id, nowMs);
    return result;
  });
  if (!outcome) return;
  announceEnded(desk, shopId, [{ id, conversationId }], outcome.end ?? 'sent');
  for (const [at, message] of outcome.messages.entries()) {
    announce(desk, shopId, buyerId, message, at === 0 && outcome.settled ? [outcome.settled] : []);
    await deliverNow(desk, shopId, buyerId, message);
  }
  desk.bus.publish({
    type: 'lists.changed',
    shopId,
    lists: ['owed', 'counters', 'followUps', 'clocks', ...(outcome.tasks ? (['tasks'] as const) : [])],
  });
  if (outcome.end && CHANGED.has(outcome.end)) await showAgain(desk, shopId, conversationId);
}

/** Ends after which the text that was shown is no longer true. */
const CHANGED: ReadonlySet<SendEnd> = new Set(['fact_changed', 'text_changed', 'script_changed']);

async function showAgain(desk: Desk, shopId: string, conversationId: string): Promise<void> {
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  const context = live && (await desk.ledger.context({ shopId, conversationId }));
  if (context) await suggestAgain(desk, context, live);
}

async function decide({ moment, ...due }: Omit<DueSend, 'moment'> & { moment: Moment | undefined }) {
  const { send } = due;
  if (!moment || moment.asked.seq !== send.seq) return ended('newer_message');
  const { takenOverAt, status } = moment.context.conversation;
  if (takenOverAt !== null) return ended('taken_over');
  if (status === 'resolved') return ended('resolved');
  const isAttended = moment.surroundings.onDuty.length > 0;
  if (send.mode === 'semi' && !isAttended) return ended('off_duty');
  if (send.mode === 'away' && isAttended) return ended('on_duty');
  if (!isAttended) return await sendOffline({ ...due, moment });
  return await sendShown({ ...due, moment });
}

function ended(end: SendEnd): SendOutcome {
  return { messages: [], end };
}

/** On duty: the text that stood at the consoles leaves, word for word, or not at all. */
async function sendShown(due: DueSend): Promise<SendOutcome> {
  const { stores, send, moment } = due;
  const { shopId, conversationId, suggestionId } = send;
  if (moment.nowMs - send.dueAt > LATE_MS) return ended('late');
  const live = await stores.suggestions.live(shopId, conversationId);
  if (live?.id !== suggestionId) return ended(send.text === '' ? 'on_duty' : 'fact_changed');
  // The very wording that is shown: what the shop learns meanwhile must not change it.
  const { variant } = live.proposals[send.position] ?? {};
  const prepared = prepareAgain(due, send.mode === 'semi' ? 'A' : 'O', variant);
  if ('end' in prepared) return ended(prepared.end);
  const { proposal } = prepared;
  if (proposal.version !== send.scriptVersion) return ended('script_changed');
  if (proposal.text !== send.text) return ended('text_changed');
  const message = await appendAutomatic(due, proposal, send.id, { claims: true });
  await stores.conversations.update(shopId, conversationId, { waitingSince: null }, moment.nowMs);
  return { messages: [message], settled: suggestionId };
}
