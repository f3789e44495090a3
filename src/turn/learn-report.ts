/** What the desk has learnt, for the supervisor: figures by script, the two arms, found wordings; and beginning anew. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { LearningView, LearntScript, OrderStep, ShowingCounts } from '../protocol/learning.ts';
import { differenceOf, showArm } from '../suggestions/learning/compare-arms.ts';
import { addCounts, NO_COUNTS } from '../suggestions/learning/fold-counts.ts';
import { createRankingKnowledge, LEAST_SEEN, type RankingKnowledge } from '../suggestions/learning/knowledge.ts';
import type { CountRow } from '../suggestions/learning/ports.ts';
import { bonusOf, MOST_BONUS } from '../suggestions/learning/reorder.ts';
import type { Desk } from './desk.ts';
import type { LibraryView } from './library-keeper.ts';

/** The arms are compared over so long at most. */
const COMPARED_MS = 90 * 24 * 3_600_000;
/** Versions of scripts that are shown, those shown to somebody last. */
const SHOWN_SCRIPTS = 300;
/** Found wordings that are shown. */
const SHOWN_VARIANTS = 50;

/** Everything a supervisor sees of learning, as of now. */
export async function showLearning(desk: Desk, shopId: string): Promise<LearningView> {
  const { learning } = desk.ledger;
  const nowMs = desk.clock.now();
  const [rows, resetAt, variants, library, shop] = await Promise.all([
    learning.counts(shopId, 0),
    learning.resetAt(shopId),
    learning.found(shopId),
    desk.libraries.view(shopId),
    desk.shop(shopId),
  ]);
  const since = Math.max(resetAt, nowMs - COMPARED_MS);
  const { learnt, plain } = await learning.arms(shopId, since);
  const knowledge = createRankingKnowledge(rows, nowMs);
  const byVersion = Map.groupBy(rows, ({ scriptId, version }) => `${scriptId}@${version}`).values();
  const newest = [...byVersion]
    .map((mine) => ({ mine, lastAt: Math.max(...mine.map(({ asOf }) => asOf)), scriptId: mine[0]!.scriptId }))
    .sort((a, b) => b.lastAt - a.lastAt || (a.scriptId < b.scriptId ? -1 : 1))
    .slice(0, SHOWN_SCRIPTS);
  return {
    settings: shop.settings.learning,
    scripts: newest.map(({ mine, lastAt }) => showScript(mine, lastAt, knowledge, library)),
    arms: { learnt: showArm(learnt), plain: showArm(plain) },
    differences: {
      acceptance: differenceOf(learnt, plain, 'acceptance'),
      edits: differenceOf(learnt, plain, 'edits'),
      paid: differenceOf(learnt, plain, 'paid'),
    },
    since,
    variants: variants.slice(0, SHOWN_VARIANTS),
    leastShowings: LEAST_SEEN,
    mostBonus: MOST_BONUS,
  };
}

function showScript(
  rows: readonly CountRow[],
  lastAt: number,
  knowledge: RankingKnowledge,
  library: LibraryView,
): LearntScript {
  const { scriptId, version } = rows[0]!;
  const approved = library.heads.get(scriptId)?.approved?.script;
  const inForce = approved?.version === version;
  const counts = sumOf(rows);
  const bonuses = rows.map((row) => bonusOf(knowledge, { scriptId, version }, row.context) * row.counts.shown);
  const byVariant = Map.groupBy(rows, ({ variant }) => variant);
  const byContext = Map.groupBy(rows, ({ context }) => context);
  return {
    scriptId,
    version,
    inForce,
    counts,
    bonus: bonuses.reduce((sum, bonus) => sum + bonus, 0) / Math.max(1, counts.shown),
    lastAt,
    variants: [...byVariant]
      .sort(([a], [b]) => a - b)
      .map(([variant, mine]) => {
        const text = inForce ? approved.variants[variant]?.text : undefined;
        return { variant, counts: sumOf(mine), ...(text === undefined ? {} : { text }) };
      }),
    contexts: [...byContext]
      .map(([context, mine]) => ({ ...readContext(context), counts: sumOf(mine) }))
      .sort((a, b) => b.counts.shown - a.counts.shown),
  };
}

function readContext(context: string): { matter: string; order: OrderStep; buyer: string } {
  const [matter = '', order = 'none', buyer = 'unknown'] = context.split('|');
  return { matter, order: order as OrderStep, buyer };
}

function sumOf(rows: readonly CountRow[]): ShowingCounts {
  return rows.reduce((sum, row) => addCounts(sum, row.counts), NO_COUNTS);
}

/**
 * Begins counting anew; what happened stays in the record, and the ranking forgets it at once.
 *
 * @param scriptId absent: every script, and the comparison of the arms
 * @throws DeskError `not_found`
 */
export async function resetLearning(desk: Desk, agent: Agent, scriptId: string | undefined): Promise<LearningView> {
  const { shopId } = agent;
  const { heads } = await desk.libraries.view(shopId);
  if (scriptId !== undefined && !heads.has(scriptId)) {
    throw new DeskError('not_found', `script ${scriptId} is not in this library`);
  }
  const at = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    await stores.learning.reset(shopId, scriptId ?? null, at);
    await stores.desk.audit(shopId, agent.id, 'learning.reset', { scriptId: scriptId ?? null }, at);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['learning'] });
  return await showLearning(desk, shopId);
}
