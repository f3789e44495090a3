import { BUYER_TYPES } from '../protocol/ids.ts';
import type { Profile } from '../protocol/turn.ts';
import { createProfiler, type Profiler } from './create-profiler.ts';
import { profileLine, type ReadIntents } from './profile-line.ts';
import type { ProfileLine } from './read-profiles-file.ts';

type Answer = Profile['top'];

/** The figures of kind `profiles`. Shares are 0–1. */
export interface ProfilesResult {
  lines: number;
  top1: number;
  top1Acceptable: number;
  macroF1: number;
  unknownRecall: number;
  /** Lines by true type, then by answer; only what occurs. */
  confusion: Record<string, Record<string, number>>;
}

/** A line that was answered wrongly, for `--errors`. */
export interface WrongProfile {
  id: string;
  expected: Answer;
  answered: Answer;
  types: Profile['types'];
  evidence: string[];
}

/** The result object, and the wrong lines, the surest mistake first. */
export interface ProfilesEvaluation {
  result: ProfilesResult;
  wrong: WrongProfile[];
}

const ANSWERS: readonly Answer[] = [...BUYER_TYPES, 'unknown'];

/** Scores a profiler on lines of kind `profiles`. */
export function evaluateProfiles(
  lines: readonly ProfileLine[],
  profiler: Profiler = createProfiler(),
  readIntents?: ReadIntents,
): ProfilesEvaluation {
  const answers = lines.map((line) => ({ line, profile: profileLine(line, profiler, readIntents) }));
  const right = answers.filter(({ line, profile }) => profile.top === line.type);
  const lenient = answers.filter(({ line, profile }) => [line.type, ...line.acceptable].includes(profile.top));
  const unknown = answers.filter(({ line }) => line.type === 'unknown');
  const wrong = answers
    .filter(({ line, profile }) => profile.top !== line.type)
    .map(({ line, profile }) => describe(line, profile));
  wrong.sort((a, b) => sureness(b) - sureness(a));
  return {
    result: {
      lines: lines.length,
      top1: share(right.length, lines.length),
      top1Acceptable: share(lenient.length, lines.length),
      macroF1: macroF1(answers.map(({ line, profile }) => [line.type, profile.top])),
      unknownRecall: share(unknown.filter(({ profile }) => profile.top === 'unknown').length, unknown.length),
      confusion: confusionOf(answers.map(({ line, profile }) => [line.type, profile.top])),
    },
    wrong,
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Mean F1 over the answers that occur as truth or answer. */
function macroF1(pairs: readonly (readonly [Answer, Answer])[]): number {
  const scores = ANSWERS.map((answer) => {
    const both = pairs.filter(([truth, given]) => truth === answer && given === answer).length;
    const total =
      pairs.filter(([truth]) => truth === answer).length + pairs.filter(([, given]) => given === answer).length;
    return total === 0 ? undefined : (2 * both) / total;
  }).filter((score) => score !== undefined);
  return share(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  );
}

function confusionOf(pairs: readonly (readonly [Answer, Answer])[]): Record<string, Record<string, number>> {
  const confusion: Record<string, Record<string, number>> = {};
  for (const [truth, given] of pairs) {
    const row = confusion[truth] ?? {};
    row[given] = (row[given] ?? 0) + 1;
    confusion[truth] = row;
  }
  return confusion;
}

function describe(line: ProfileLine, profile: Profile): WrongProfile {
  const evidence = profile.evidence.map(({ feature, detail }) => `${feature} ${detail}`);
  return { id: line.id, expected: line.type, answered: profile.top, types: profile.types, evidence };
}

function sureness(wrong: WrongProfile): number {
  return wrong.answered === 'unknown' ? 0 : (wrong.types[wrong.answered] ?? 0);
}
