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

/** Sums of one member in one context; added to in place, for there are many. */
interface Sum extends Tally, TakenShare {}

/** Sums by context. */
type Sums = Map<string, Sum>;

/** Reads the counts as of a moment. */
export function createRankingKnowledge(rows: Iterable<CountRow>, nowMs: number): RankingKnowledge {
  const shop: Sums = new Map();
  const known = new Map<string, Sums>();
  /** Versions of a script that were ever counted. */
  const versions = new Map<string, Set<number>>();
  /** Few contexts stand in many rows. */
  const widened = new Map<string, ReturnType<typeof widen>>();

  for (const row of rows) {
    const { scriptId, version, variant, counts } = row;
    const { weight, wins } = tallyOf(row.weights, fade(nowMs - row.asOf));
    const seen = counts.shown - counts.below;
    const taken = counts.accepted + counts.edited;
    const script = entryOf(known, nameOf({ scriptId, version }), () => new Map());
    const wording = entryOf(known, nameOf({ scriptId, version, variant }), () => new Map());
    for (const context of entryOf(widened, row.context, () => widen(row.context))) {
      for (const sums of [shop, script, wording]) {
        const sum = entryOf(sums, context, () => ({ weight: 0, wins: 0, seen: 0, taken: 0 }));
        sum.weight += weight;
        sum.wins += wins;
        sum.seen += seen;
        sum.taken += taken;
      }
    }
    entryOf(versions, scriptId, () => new Set()).add(version);
  }

  const tallyIn = (member: Member, context: string) => known.get(nameOf(member))?.get(context) ?? NOTHING;
  const isMature = (member: Member) => tallyIn(member, '').weight >= LEAST_SEEN;

  /** What earlier versions of the script say, worth a few showings at most. */
  function earlier({ scriptId, version, variant }: Member): Tally {
    if (variant !== undefined) return NOTHING;
    let sum = NOTHING;
    for (const other of versions.get(scriptId) ?? []) {
      if (other < version) sum = addTallies(sum, tallyIn({ scriptId, version: other }, ''));
    }
    const share = sum.weight > EARLIER_WORTH ? EARLIER_WORTH / sum.weight : 1;
    return { weight: sum.weight * share, wins: sum.wins * share };
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
    seen: (member) => tallyIn(member, '').weight,
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
      const sums = known.get(nameOf(member));
      const told = widen(context)
        .map((each) => sums?.get(each))
        .findLast((sum) => sum !== undefined && sum.seen >= LEAST_SEEN);
      return told && { seen: told.seen, taken: told.taken };
    },
  };
}

function nameOf({ scriptId, version, variant }: Member): string {
  return variant === undefined ? `${scriptId}@${version}` : `${scriptId}@${version}#${variant}`;
}

/** The entry of a key, made when there is none. */
function entryOf<K, V>(entries: Map<K, V>, key: K, make: () => V): V {
  const before = entries.get(key);
  if (before !== undefined) return before;
  const made = make();
  entries.set(key, made);
  return made;
}

/** Mean of a Beta posterior as a distance from the average: the prior stands at `edge` above it. */
function pulled({ weight, wins }: Tally, average: number, edge: number): number {
  return (wins - weight * average + PRIOR * edge) / (weight + PRIOR);
}

/** The average in each context, pulled towards that of the wider one. */
function averagesOf(tallies: readonly Tally[]): number[] {
  const averages: number[] = [];
  for (const { weight, wins } of tallies) {
    const wider = averages.at(-1);
    const own = weight === 0 ? 0 : wins / weight;
    averages.push(wider === undefined ? own : (wins + PRIOR * wider) / (weight + PRIOR));
  }
  return averages;
}
