/** What each shop's outcomes say, kept in memory: every turn asks, and the record is read once a minute. */
import type { Shop } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { SetLearning } from '../protocol/learning.ts';
import type { Situation } from '../protocol/turn.ts';
import { placeOf } from '../suggestions/learning/contexts.ts';
import { armOf } from '../suggestions/learning/hold-out.ts';
import { createRankingKnowledge, type RankingKnowledge } from '../suggestions/learning/knowledge.ts';
import type { CountRow, LearningStore } from '../suggestions/learning/ports.ts';
import type { Learnt } from '../suggestions/learning/reorder.ts';
import type { DeskBus } from './desk.ts';

/** How a turn is ranked, and what its suggestions remember of that. */
export interface TurnRanking {
  /** Absent: ranked without. */
  learnt?: Learnt;
  learning: SetLearning;
}

/** Keeps what was learnt. */
export interface LearningKeeper {
  /** What the shop's outcomes say, at most a minute old. */
  knowledge(shopId: string): Promise<RankingKnowledge>;
  /** How a conversation is ranked at this moment. */
  rank(shop: Shop, conversationId: string, situation: Situation): Promise<TurnRanking>;
  close(): void;
}

/** What the keeper is made of. */
export interface LearningKeeperOptions {
  store: LearningStore;
  clock: Clock;
  log: Logger;
  bus: DeskBus;
}

/** Outcomes move the ranking at most this late. */
const MAX_AGE_MS = 60_000;
/** A transaction writes its moment down and commits later: what was written shortly before is read again. */
const OVERLAP_MS = 60_000;

/** Weights fade by a hundredth in a day: so long nothing is folded anew while nothing was counted. */
const FOLD_EVERY_MS = 24 * 3_600_000;

interface Kept {
  readAt: number;
  foldedAt: number;
  resets: number;
  rows: Map<string, CountRow>;
  knowledge: RankingKnowledge;
}

/** Creates the keeper; a shop is read when it is first asked for. */
export function createLearningKeeper({ store, clock, log, bus }: LearningKeeperOptions): LearningKeeper {
  const kept = new Map<string, { readAt: number; reading: Promise<Kept> }>();

  function read(shopId: string, before: Promise<Kept> | undefined): Promise<Kept> {
    const nowMs = clock.now();
    const reading = readCounts(store, shopId, nowMs, before).catch(async (error: unknown) => {
      // A ranking without what was learnt is better than none.
      log.warn({ err: error, shopId }, 'what was learnt could not be read; what was read last stays');
      return (await before) ?? keep(nowMs, 0, new Map());
    });
    kept.set(shopId, { readAt: nowMs, reading });
    return reading;
  }

  async function knowledge(shopId: string): Promise<RankingKnowledge> {
    const known = kept.get(shopId);
    const isFresh = known !== undefined && Math.abs(clock.now() - known.readAt) < MAX_AGE_MS;
    return (await (isFresh ? known.reading : read(shopId, known?.reading))).knowledge;
  }

  const unsubscribe = bus.subscribe((event) => {
    if (event.type === 'lists.changed' && event.lists.includes('learning')) kept.delete(event.shopId);
  });
  return {
    knowledge,
    async rank(shop, conversationId, situation) {
      // What goes out by itself is not for trying, and nobody is there to judge it.
      const arm = situation.mode === 'A' ? armOf(conversationId, shop.settings.learning) : 'off';
      const learning = { arm, ...placeOf(situation) };
      if (arm !== 'learnt') return { learning };
      return { learning, learnt: { knowledge: await knowledge(shop.id), seed: conversationId } };
    },
    close: unsubscribe,
  };
}

async function readCounts(
  store: LearningStore,
  shopId: string,
  nowMs: number,
  before: Promise<Kept> | undefined,
): Promise<Kept> {
  const known = await before;
  const resets = await store.resets(shopId);
  const isSame = known !== undefined && known.resets === resets;
  const changed = await store.counts(shopId, isSame ? known.readAt - OVERLAP_MS : 0);
  if (isSame && changed.length === 0 && nowMs - known.foldedAt < FOLD_EVERY_MS) return { ...known, readAt: nowMs };
  const rows = new Map(isSame ? known.rows : []);
  for (const row of changed) rows.set(`${row.scriptId} ${row.version} ${row.variant} ${row.context}`, row);
  return keep(nowMs, resets, rows);
}

function keep(readAt: number, resets: number, rows: Map<string, CountRow>): Kept {
  return { readAt, foldedAt: readAt, resets, rows, knowledge: createRankingKnowledge(rows.values(), readAt) };
}
