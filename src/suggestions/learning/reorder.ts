/** How what was learnt moves a ranking: among alike scripts and wordings, and among near neighbours of one class. */
import type { Proposal } from '../../protocol/turn.ts';
import type { RankClass } from '../trigger.ts';
import { contextKey, matterOf, type Place } from './contexts.ts';
import { spread } from './hold-out.ts';
import { LEAST_SEEN, type Member, type RankingKnowledge } from './knowledge.ts';

/** What was learnt, for one conversation. */
export interface Learnt {
  readonly knowledge: RankingKnowledge;
  /** The conversation's id: a turn that is repeated is ranked the same. */
  readonly seed: string;
}

/** What was learnt, for one moment of a conversation. */
export interface LearntMoment extends Learnt {
  readonly place: Place;
}

/** Something that may be said, and why it stands where it stands. */
export interface Ordered<T> {
  readonly item: T;
  /** In words; absent: where it would stand without learning, or further back. */
  readonly because?: string;
}

/** The most that outcomes move a score by; less than half of what urgency is worth between two matters. */
export const MOST_BONUS = 0.03;
/** Points of score for an edge of 1. */
const GAIN = 0.1;
/** Edges that differ by less are the same: chance alone should not turn an order round. */
const EDGE_STEP = 0.05;
/** Share of conversations in which something with few showings goes first, at most and at least. */
const MOST_TRIED = 0.2;
const LEAST_TRIED = 0.03;
/** Safety and rights come as the domain says, closing techniques in their order of escalation. @see SR-15 */
const FIXED: ReadonlySet<RankClass> = new Set(['safety', 'closing']);

const TRIED = '按比例给它一次机会，看看效果';

/** The bonus of a script in such a context, in points of score. */
export function bonusOf(knowledge: RankingKnowledge, member: Member, context: string): number {
  const bonus = knowledge.edge(member, context) * GAIN;
  return Math.max(-MOST_BONUS, Math.min(MOST_BONUS, bonus));
}

/**
 * Orders what serves the same purpose: scripts of one card that fit alike, or wordings of one script. What few people
 * have seen goes first in a small share of conversations, once there is something to compare it with.
 *
 * @param about what they are about; see `matterOf`
 */
export function orderAlike<T>(
  items: readonly T[],
  memberOf: (item: T) => Member,
  learnt: LearntMoment,
  about: Parameters<typeof matterOf>[0],
): Ordered<T>[] {
  if (items.length < 2) return items.map((item) => ({ item }));
  const { knowledge, place, seed } = learnt;
  const members = items.map(memberOf);
  const context = contextKey(matterOf(about), place);
  const edges = knowledge.edgesAmong(members, context).map((edge) => Math.round(edge / EDGE_STEP));
  const tried = whoIsTried(members, knowledge, seed);
  const learntOrder = items.map((_, i) => i).sort((a, b) => edges[b]! - edges[a]! || a - b);
  const isTrial = tried !== undefined && learntOrder[0] !== tried;
  const order = isTrial ? [tried, ...learntOrder.filter((i) => i !== tried)] : learntOrder;
  return order.map((from, to) => {
    if (isTrial && from === tried) return { item: items[from]!, because: TRIED };
    if (from <= to) return { item: items[from]! };
    return { item: items[from]!, because: wordsFor(knowledge, members[from]!, context) };
  });
}

/** Which one goes first to be seen at all; `undefined`: none in this conversation. */
function whoIsTried(members: readonly Member[], knowledge: RankingKnowledge, seed: string): number | undefined {
  const seen = members.map((member) => knowledge.seen(member));
  if (seen.every((count) => count < LEAST_SEEN)) return undefined;
  // The least is for those that did badly too: what was wrong in spring may be right in autumn.
  const shares = seen.map((count) => Math.max(LEAST_TRIED, MOST_TRIED * (1 - count / LEAST_SEEN)));
  const wanted = shares.reduce((sum, share) => sum + share, 0);
  const scale = wanted > MOST_TRIED ? MOST_TRIED / wanted : 1;
  const names = members.map(({ scriptId, version, variant }) => `${scriptId}@${version}#${variant ?? ''}`);
  let left = spread(`try ${seed} ${names.join(' ')}`);
  for (const [i, share] of shares.entries()) {
    left -= share * scale;
    if (left < 0) return i;
  }
  return undefined;
}

/** A proposal with the class of its card. */
export interface ClassedProposal {
  readonly proposal: Proposal;
  readonly rank: RankClass;
}

/**
 * Orders proposals that stand beside each other in one class of SR-15 by their score and what was learnt of them;
 * none passes one of another class, and none comes or goes.
 */
export function orderProposals(ranked: readonly ClassedProposal[], learnt: LearntMoment): Proposal[] {
  const ordered: Proposal[] = [];
  for (let from = 0; from < ranked.length; ) {
    const { rank } = ranked[from]!;
    let to = from + 1;
    while (to < ranked.length && ranked[to]!.rank === rank) to++;
    const run = ranked.slice(from, to).map(({ proposal }) => proposal);
    ordered.push(...(FIXED.has(rank) || run.length < 2 ? run : orderRun(run, learnt)));
    from = to;
  }
  return ordered;
}

function orderRun(run: readonly Proposal[], { knowledge, place }: LearntMoment): Proposal[] {
  const rated = run.map((proposal, at) => {
    const context = contextKey(matterOf(proposal), place);
    const member = { scriptId: proposal.scriptId, version: proposal.version };
    return { proposal, at, context, member, score: proposal.score + bonusOf(knowledge, member, context) };
  });
  return rated
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .map(({ proposal, at, context, member }, to) => {
      const because = at > to ? wordsFor(knowledge, member, context) : undefined;
      return because === undefined ? proposal : { ...proposal, reasons: [...proposal.reasons, because] };
    });
}

/** Why something stands further ahead than it would by itself. */
function wordsFor(knowledge: RankingKnowledge, member: Member, context: string): string {
  const told = knowledge.tell(member, context);
  return told ? `同类情况下 ${told.seen} 次里 ${told.taken} 次被采用` : '同类的其他话术较少被采用';
}
