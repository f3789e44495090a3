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
  /** Ends waiting lessons and waits for the one under way. */
  close(): Promise<void>;
}

/** Quiet time after the last correction. */
const AFTER_MS = 3000;

/** Creates them; nothing is taught until somebody asks. */
export function createLessons(desk: Desk, teacher: Teacher, afterMs = AFTER_MS): Lessons {
  const waiting = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<KeptLesson>>();

  function now(shopId: string): Promise<KeptLesson> {
    clearTimeout(waiting.get(shopId));
    waiting.delete(shopId);
    const before = running.get(shopId);
    const lesson = (async () => {
      await before?.catch(() => undefined);
      return await giveLesson(desk, teacher, shopId);
    })();
    running.set(shopId, lesson);
    const done = () => {
      if (running.get(shopId) === lesson) running.delete(shopId);
    };
    lesson.then(done, done);
    return lesson;
  }

  function inBackground(shopId: string): void {
    now(shopId).catch((error: unknown) =>
      desk.log.error({ err: error, shopId }, 'a lesson failed; the live model stays'),
    );
  }

  return {
    now,
    soon(shopId) {
      clearTimeout(waiting.get(shopId));
      const timer = setTimeout(() => inBackground(shopId), afterMs);
      timer.unref();
      waiting.set(shopId, timer);
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
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.allSettled(running.values());
    },
  };
}
