/** Tone as a sum of weak cues, for lines that no single taboo word gives away. @see TAB-34, TAB-35 */
import { findAll, type Passage, spanOf } from '../passage.ts';
import type { Hit } from '../rule.ts';
import { isAsked, isReported } from '../sense.ts';
import { DISTANCE_CUES, KIND_CUES, PARTY, TAKING_OVER, TEMPER_CUES, type ToneCue } from '../words/tone-cues.ts';

interface Cue {
  weight: number;
  pattern: RegExp;
}

const compile = (cues: readonly ToneCue[]): Cue[] =>
  cues.map(({ weight, words }) => ({ weight, pattern: new RegExp(words, 'g') }));

const TEMPER = compile(TEMPER_CUES);
const KIND = compile(KIND_CUES);
const DISTANCE = compile(DISTANCE_CUES);
const TAKES_OVER = compile(TAKING_OVER);
const PARTIES = compile([{ weight: 0.5, words: PARTY }]);

/** Sum from which a line is hostile, or pushes a matter away. */
const THRESHOLD = 1;
/** One strong cue of temper is enough where nothing kind stands beside it. */
const TEMPER_THRESHOLD = 0.6;
/** Cues only say something of a short line: in a long one they are bound to meet by chance. */
const LONGEST = 60;

/** Each kind of cue counts once. */
function weigh(passage: Passage, cues: readonly Cue[]): { sum: number; found: Hit[] } {
  let sum = 0;
  const found: Hit[] = [];
  for (const { weight, pattern } of cues) {
    const match = findAll(passage.views.plain, pattern).find((candidate) => !isReported(candidate));
    if (match === undefined) continue;
    sum += weight;
    found.push({ span: spanOf(match) });
  }
  return { sum, found };
}

/** Cues of temper that outweigh what is kind in the line. */
export function hostileCues(passage: Passage): Hit[] {
  if (passage.length > LONGEST) return [];
  const temper = weigh(passage, TEMPER);
  return temper.sum - weigh(passage, KIND).sum >= TEMPER_THRESHOLD - 1e-9 ? temper.found : [];
}

/** Cues that the matter is somebody else's, in a line in which the desk takes nothing over. */
export function distancingCues(passage: Passage): Hit[] {
  if (passage.length > LONGEST) return [];
  const party = weigh(passage, PARTIES);
  const distance = weigh(passage, DISTANCE);
  if (distance.sum === 0 || findAll(passage.views.plain, /[^,。!?;]+\?/g).some(isAsked)) return [];
  const sum = party.sum + distance.sum - weigh(passage, TAKES_OVER).sum;
  return sum >= THRESHOLD - 1e-9 ? distance.found : [];
}
