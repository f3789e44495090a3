/** Which scripts of a card and which wordings of a script are alike enough for outcomes to choose among them. */
import type { Script } from '../../protocol/script.ts';
import type { RankedScript, RankedVariant } from '../rank.ts';
import { type LearntMoment, type Ordered, orderAlike } from './reorder.ts';

/** What a candidate answers; see `matterOf`. */
type About = Parameters<typeof orderAlike>[3];

/** Scripts at least this near to the message, measured by the nearest, are equally near. */
const NEAR_SHARE = 0.6;

/** Scripts of one card, best first: those that suit the buyer alike and are about as near, by what was learnt. */
export function orderScripts(
  ranked: readonly RankedScript[],
  learnt: LearntMoment | undefined,
  about: About,
): Ordered<Script>[] {
  if (learnt === undefined || ranked.length < 2) return ranked.map(({ script }) => ({ item: script }));
  const alike = (first: RankedScript, other: RankedScript) =>
    other.fit === first.fit && other.near >= first.near * NEAR_SHARE;
  return runsOf(ranked, alike).flatMap((run) =>
    orderAlike(
      run.map(({ script }) => script),
      ({ id, version }) => ({ scriptId: id, version }),
      learnt,
      about,
    ),
  );
}

/** Wordings of a script, best first: those of one language that suit the buyer alike, by what was learnt. */
export function orderVariants(
  script: Script,
  ranked: readonly RankedVariant[],
  learnt: LearntMoment | undefined,
  about: About,
): Ordered<RankedVariant>[] {
  if (learnt === undefined || ranked.length < 2) return ranked.map((item) => ({ item }));
  // A wording with guards of its own is for a moment of its own: it keeps its place before or behind the others.
  const alike = (first: RankedVariant, other: RankedVariant) =>
    other.fit === first.fit &&
    other.variant.language === first.variant.language &&
    isGuarded(other) === isGuarded(first);
  return runsOf(ranked, alike).flatMap((run) =>
    orderAlike(run, ({ index }) => ({ scriptId: script.id, version: script.version, variant: index }), learnt, about),
  );
}

const isGuarded = ({ variant }: RankedVariant) => (variant.guards ?? []).length > 0;

/** Neighbours that are alike, run by run. */
function runsOf<T>(items: readonly T[], alike: (first: T, other: T) => boolean): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run && alike(run[0]!, item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}
