/** What a shop's outcomes say of its scripts and wordings, read from the counts and asked by the ranking. */

import { widen } from './contexts.ts';
import { addTallies, fade, NOTHING, type Tally, tallyOf } from './fold-counts.ts';
import type { CountRow } from './ports.ts';

/** A version of a script, or one of its wordings. */
export interface Member {
  scriptId: string;
  version: number;
  /** Absent: the version with all its wordings. */
  variant?: number;
}

/** How often something was sent among the times it was read. */
export interface TakenShare {
  seen: number;
  taken: number;
}

/** What a shop's outcomes say. */
export interface RankingKnowledge {
  /** Showings that were read, fading; over all contexts. */
  seen(member: Member): number;
  /** How far above the shop's average in such a context, −1 to 1; 0 with too few showings. */
  edge(member: Member, context: string): number;
  /** The same against the members' common average; 0 for each that has too few showings. */
  edgesAmong(members: readonly Member[], context: string): number[];
  /** The narrowest context with enough showings, counted plainly. */
  tell(member: Member, context: string): TakenShare | undefined;
}

/** Showings that were read before they move anything. */
export const LEAST_SEEN = 12;
/** Showings that the prior is worth at each step from a wide context to a narrow one. */
const PRIOR = 8;
/** The most that all earlier versions of a script are worth, in showings. */
const EARLIER_WORTH = 4;

interface Known {
  byContext: Map<string, Tally>;
  plain: Map<string, TakenShare>;
}

/** Reads the counts as of a moment. */
export function createRankingKnowledge(rows: Iterable<CountRow>, nowMs: number): RankingKnowledge {
  const shop = new Map<string, Tally>();
  const known = new Map<string, Known>();
  /** Versions of a script that were ever counted. */
  const versions = new Map<string, Set<number>>();

  for (const row of rows) {
    const tally = tallyOf(row.weights, fade(nowMs - row.asOf));
    const { shown, below, accepted, edited } = row.counts;
    const plain = { seen: shown - below, taken: accepted + edited };
    const { scriptId, version, variant } = row;
    const mine = [
      knownOf(known, nameOf({ scriptId, version })),
      knownOf(known, nameOf({ scriptId, version, variant })),
    ];
    for (const context of widen(row.context)) {
      shop.set(context, addTallies(shop.get(context) ?? NOTHING, tally));
      for (const { byContext, plain: plainly } of mine) {
        byContext.set(context, addTallies(byContext.get(context) ?? NOTHING, tally));
        const before = plainly.get(context);
        plainly.set(context, { seen: (before?.seen ?? 0) + plain.seen, taken: (before?.taken ?? 0) + plain.taken });
      }
    }
    versions.set(scriptId, (versions.get(scriptId) ?? new Set()).add(version));
  }

  const tallyIn = (member: Member, context: string) => known.get(nameOf(member))?.byContext.get(context) ?? NOTHING;
  const isMature = (member: Member) => tallyIn(member, '').seen >= LEAST_SEEN;

  /** What earlier versions of the script say, worth a few showings at most. */
  function earlier({ scriptId, version, variant }: Member): Tally {
    if (variant !== undefined) return NOTHING;
    let sum = NOTHING;
    for (const other of versions.get(scriptId) ?? []) {
      if (other < version) sum = addTallies(sum, tallyIn({ scriptId, version: other }, ''));
    }
    const share = sum.seen > EARLIER_WORTH ? EARLIER_WORTH / sum.seen : 1;
    return { seen: sum.seen * share, wins: sum.wins * share };
  }

  /** From the widest context to the narrowest, each pulled towards the one before it. */
  function edgeAgainst(member: Member, contexts: readonly string[], averages: readonly number[]): number {
    if (!isMature(member)) return 0;
    let edge = pulled(earlier(member), averages[0]!, 0);
    contexts.forEach((context, i) => {
      edge = pulled(tallyIn(member, context), averages[i]!, edge);
    });
    return Math.max(-1, Math.min(1, edge));
  }

  return {
    seen: (member) => tallyIn(member, '').seen,
    edge: (member, context) => {
      const contexts = widen(context);
      return edgeAgainst(member, contexts, averagesOf(contexts.map((each) => shop.get(each) ?? NOTHING)));
    },
    edgesAmong(members, context) {
      const contexts = widen(context);
      const together = contexts.map((each) =>
        members.reduce((sum, member) => addTallies(sum, tallyIn(member, each)), NOTHING),
      );
      const averages = averagesOf(together);
      return members.map((member) => edgeAgainst(member, contexts, averages));
    },
    tell(member, context) {
      const plainly = known.get(nameOf(member))?.plain;
      return widen(context)
        .map((each) => plainly?.get(each))
        .findLast((share) => share !== undefined && share.seen >= LEAST_SEEN);
    },
  };
}

function nameOf({ scriptId, version, variant }: Member): string {
  return variant === undefined ? `${scriptId}@${version}` : `${scriptId}@${version}#${variant}`;
}

function knownOf(known: Map<string, Known>, name: string): Known {
  const before = known.get(name);
  if (before) return before;
  const made: Known = { byContext: new Map(), plain: new Map() };
  known.set(name, made);
  return made;
}

/** Mean of a Beta posterior as a distance from the average: the prior stands at `edge` above it. */
function pulled({ seen, wins }: Tally, average: number, edge: number): number {
  return (wins - seen * average + PRIOR * edge) / (seen + PRIOR);
}

/** The average in each context, pulled towards that of the wider one. */
function averagesOf(tallies: readonly Tally[]): number[] {
  const averages: number[] = [];
  for (const { seen, wins } of tallies) {
    const wider = averages.at(-1);
    averages.push(wider === undefined ? (seen === 0 ? 0 : wins / seen) : (wins + PRIOR * wider) / (seen + PRIOR));
  }
  return averages;
}
