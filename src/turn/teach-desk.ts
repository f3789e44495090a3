/**
 * Teaching: an agent sets right what the desk understood, a candidate is trained beside the running desk, and takes
 * the live model's place only if no set of lines got worse. Going back is one step.
 */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { KeptCorrection, KeptLesson } from '../nlu/teaching-store.ts';
import type { Correction, TeachingResult } from '../nlu/train-candidate.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { CorrectionView, TeachingView } from '../protocol/teaching.ts';
import { applyMeaning } from './apply-meaning.ts';
import { endSends } from './automatic-stop.ts';
import { historyBefore, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { putInForce } from './library-keeper.ts';

/** What trains, off the event loop. */
export interface Teacher {
  /** Hash of the model that ships: what was taught on another one is taught anew. */
  shippedHash: string;
  /**
   * Trains a candidate on corrections and compares it with the live model.
   *
   * @param live the taught model that is live; `undefined`: the one that ships
   */
  train(
    corrections: readonly Correction[],
    live: Uint8Array | undefined,
    signal?: AbortSignal,
  ): Promise<TeachingResult>;
}

/** An agent's word on what a message meant. */
export interface SetRight {
  conversationId: string;
  seq: number;
  /** Most important first; empty: none of the desk's business. */
  intents: MessageIntent[];
}

/** Lessons and changed answers that are shown. */
const SHOWN_LESSONS = 20;
const SHOWN_CHANGES = 100;
const PREV = 2;

/**
 * Keeps a correction, with the text and what stood before it, and proposes anew for the message if it is the newest.
 *
 * @throws DeskError `not_found`, `bad_request` when the message is not a buyer's
 */
export async function setRight(desk: Desk, agent: Agent, word: SetRight): Promise<CorrectionView> {
  const { shopId } = agent;
  const { conversationId, seq, intents } = word;
  const context = await desk.ledger.context({ shopId, conversationId });
  if (!context) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const [message] = await desk.ledger.conversations.messages(shopId, conversationId, seq - 1, 1);
  if (message?.seq !== seq) throw new DeskError('not_found', `conversation ${conversationId} has no message ${seq}`);
  if (message.from !== 'buyer') throw new DeskError('bad_request', `message ${seq} is not the buyer’s`);
  const analyses = await desk.ledger.conversations.analyses(shopId, conversationId, seq);
  const order = orderOfChat(context.orders, context.conversation);
  const nowMs = desk.clock.now();
  const { tz } = await desk.shop(shopId);
  const correction: KeptCorrection = {
    id: createId('correction', nowMs),
    text: message.text,
    intents,
    order: order ? { state: order.state } : null,
    prev: historyBefore(context, seq, tz).slice(-PREV),
    conversationId,
    seq,
    was: analyses.get(seq)?.held ?? [],
    agentId: agent.id,
    at: nowMs,
  };
  await endSends(desk, shopId, { conversationId }, 'corrected');
  await desk.ledger.teaching.correct(shopId, correction);
  await desk.ledger.desk.audit(shopId, agent.id, 'teaching.corrected', { conversationId, seq, intents }, nowMs);
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['teaching'] });
  await applyMeaning(desk, agent, context, { seq, said: intents, read: correction.was });
  return showCorrection(correction);
}

/** As consoles see it: without what stood around the message. */
function showCorrection({ order: _order, prev: _prev, ...shown }: KeptCorrection): CorrectionView {
  return shown;
}

/**
 * Takes a correction back: the next lesson does without it, and the message means again what the desk reads in it.
 *
 * @throws DeskError `not_found`
 */
export async function forgetCorrection(desk: Desk, agent: Agent, id: string): Promise<void> {
  const { shopId } = agent;
  const forgotten = await desk.ledger.teaching.forget(shopId, id);
  if (!forgotten) throw new DeskError('not_found', `correction ${id} is not of this shop`);
  await desk.ledger.desk.audit(agent.shopId, agent.id, 'teaching.forgotten', { id }, desk.clock.now());
  desk.bus.publish({ type: 'lists.changed', shopId: agent.shopId, lists: ['teaching'] });
  const { conversationId, seq, was } = forgotten;
  const context = await desk.ledger.context({ shopId, conversationId });
  if (context) await applyMeaning(desk, agent, context, { seq, said: null, read: was });
}

/**
 * Gives a lesson: trains on every correction of the shop and puts the candidate live if nothing got worse. Corrections
 * that come meanwhile belong to the next one.
 */
export async function giveLesson(
  desk: Desk,
  teacher: Teacher,
  shopId: string,
  signal?: AbortSignal,
): Promise<KeptLesson> {
  signal?.throwIfAborted();
  const { teaching } = desk.ledger;
  const corrections = await teaching.corrections(shopId);
  const history = await teaching.live(shopId);
  const liveHash = history.at(-1);
  const kept = liveHash === undefined ? undefined : await teaching.model(shopId, liveHash);
  const current = kept?.basedOn === teacher.shippedHash ? kept : undefined;
  const result = await teacher.train(corrections, current?.packed, signal);
  signal?.throwIfAborted();
  const nowMs = desk.clock.now();
  const lesson = await desk.ledger.transaction(async (stores) => {
    await stores.scripts.begin(shopId);
    // Another node may have given a lesson, or somebody went back: what was compared is live no longer.
    const standing = (await stores.teaching.live(shopId)).at(-1) === liveHash;
    const wentLive = standing && result.verdict !== 'worse' && result.hash !== liveHash;
    if (wentLive) {
      const { hash, model: packed } = result;
      await stores.teaching.keepModel(shopId, { hash, packed, basedOn: teacher.shippedHash }, nowMs);
      // What was taught on another version of the product is nothing to go back to.
      const before = current ? history : [];
      await stores.teaching.setLive(shopId, [...before, hash].slice(-REMEMBERED));
    }
    const given = lessonOf(result, wentLive, corrections.length, nowMs);
    await stores.teaching.addLesson(shopId, given);
    return given;
  });
  if (lesson.wentLive) await putInForce(desk, shopId);
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['teaching'] });
  return lesson;
}

/** Models one can go back through. */
const REMEMBERED = 10;

/** Puts the model live that was live before. @throws DeskError `conflict` when the one that ships is live */
export async function goBack(desk: Desk, agent: Agent): Promise<void> {
  const { shopId } = agent;
  await desk.ledger.transaction(async (stores) => {
    await stores.scripts.begin(shopId);
    const history = await stores.teaching.live(shopId);
    if (history.length === 0) throw new DeskError('conflict', 'the model that ships is live: there is none before it');
    await stores.teaching.setLive(shopId, history.slice(0, -1));
    await stores.desk.audit(shopId, agent.id, 'teaching.wentBack', { from: history.at(-1) }, desk.clock.now());
  });
  await putInForce(desk, shopId);
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['teaching'] });
}

/** Where a page of corrections begins, and how long it is. */
export interface TeachingPage {
  limit: number;
  /** As the page before gave it. */
  before?: string | undefined;
}

/** A page of corrections, lessons and what is live. @throws DeskError `bad_request` when no page gave `before` */
export async function showTeaching(
  desk: Desk,
  shopId: string,
  page: TeachingPage,
): Promise<Omit<TeachingView, 'busy'>> {
  const { teaching } = desk.ledger;
  const [found, total, lessons, live] = await Promise.all([
    // One more than is shown tells whether there are any.
    teaching.page(shopId, {
      limit: page.limit + 1,
      ...(page.before === undefined ? {} : { before: cursorOf(page.before) }),
    }),
    teaching.count(shopId),
    teaching.lessons(shopId, SHOWN_LESSONS),
    teaching.live(shopId),
  ]);
  const corrections = found.slice(0, page.limit);
  const last = corrections.at(-1);
  return {
    corrections: corrections.map(showCorrection),
    total,
    before: last && found.length > page.limit ? `${last.at}.${last.id}` : null,
    lessons,
    live: live.at(-1) ?? null,
    canGoBack: live.length > 0,
  };
}

function cursorOf(before: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,16})\.(.+)$/.exec(before) ?? [];
  if (at === undefined || id === undefined) {
    throw new DeskError('bad_request', `before is ${before}: it takes what the page before gave`);
  }
  return { at: Number(at), id };
}

function lessonOf(result: TeachingResult, wentLive: boolean, corrections: number, at: number): KeptLesson {
  const { verdict, hash, figures, changed, trainMs } = result;
  return {
    id: createId('lesson', at),
    hash,
    verdict,
    wentLive,
    corrections,
    figures: figures.map(({ name, lines, live, candidate }) => ({ name, lines, live, candidate })),
    changed: changed.slice(0, SHOWN_CHANGES),
    trainMs,
    at,
  };
}
