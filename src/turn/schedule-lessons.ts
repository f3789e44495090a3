/** When lessons are given: a moment after the last correction, one at a time, and again after an upgrade. */
import type { KeptLesson } from '../nlu/teaching-store.ts';
import type { Desk } from './desk.ts';
import { giveLesson, type Teacher } from './teach-desk.ts';

/** The lessons of one node. */
export interface Lessons {
  /** Gives a lesson once nobody has corrected anything for a moment. */
  soon(shopId: string): void;
  /** Gives a lesson now; with one under way, resolves with the one after it. */
  now(shopId: string): Promise<KeptLesson>;
  busy(shopId: string): boolean;
  /** Teaches again what was taught on another version of the product. */
  renew(): Promise<void>;
  /** Ends lessons that wait and the one under way; corrections stay for the next start. */
  close(): Promise<void>;
}

/** Quiet time after the last correction. */
const AFTER_MS = 3000;
/** A lesson is given at most this long after the first correction. */
const LATEST_MS = 30_000;

/** Creates them; nothing is taught until somebody asks. */
export function createLessons(desk: Desk, teacher: Teacher, afterMs = AFTER_MS): Lessons {
  const waiting = new Map<string, { timer: NodeJS.Timeout; sinceMs: number }>();
  const running = new Map<string, Promise<KeptLesson>>();
  /** Lessons asked for while one is under way: they are one. */
  const following = new Map<string, Promise<KeptLesson>>();
  const ending = new AbortController();

  function start(shopId: string): Promise<KeptLesson> {
    const lesson = giveLesson(desk, teacher, shopId, ending.signal);
    running.set(shopId, lesson);
    const done = () => {
      running.delete(shopId);
    };
    lesson.then(done, done);
    return lesson;
  }

  function now(shopId: string): Promise<KeptLesson> {
    clearTimeout(waiting.get(shopId)?.timer);
    waiting.delete(shopId);
    const before = running.get(shopId);
    if (!before) return start(shopId);
    const known = following.get(shopId);
    if (known) return known;
    const next = before
      .catch(() => undefined)
      .then(() => {
        following.delete(shopId);
        return start(shopId);
      });
    following.set(shopId, next);
    return next;
  }

  function inBackground(shopId: string): void {
    now(shopId).catch((error: unknown) => {
      if (!ending.signal.aborted) desk.log.error({ err: error, shopId }, 'a lesson failed; the live model stays');
    });
  }

  return {
    now,
    soon(shopId) {
      const before = waiting.get(shopId);
      clearTimeout(before?.timer);
      const nowMs = performance.now();
      const sinceMs = before?.sinceMs ?? nowMs;
      // Somebody who corrects without a pause is not waited for without end.
      const timer = setTimeout(() => inBackground(shopId), Math.min(afterMs, sinceMs + LATEST_MS - nowMs));
      timer.unref();
      waiting.set(shopId, { timer, sinceMs });
    },
    busy: (shopId) => running.has(shopId),
    async renew() {
      for (const { id } of await desk.ledger.people.shops()) {
        const hash = (await desk.ledger.teaching.live(id)).at(-1);
        if (hash === undefined) continue;
        const model = await desk.ledger.teaching.model(id, hash);
        if (model?.basedOn !== teacher.shippedHash) inBackground(id);
      }
    },
    async close() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
      ending.abort();
      await Promise.allSettled([...running.values(), ...following.values()]);
    },
  };
}
