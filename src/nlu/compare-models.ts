import type { MessageIntent } from '../protocol/ids.ts';
import type { Analysis } from '../protocol/turn.ts';
import type { Analyse } from './evaluate-intents.ts';
import type { IntentLine } from './read-evaluation-file.ts';

/** A set of lines that decides whether a model may go live. */
export interface JudgedSet {
  name: string;
  lines: readonly IntentLine[];
}

/** How many lines of a set each model reads rightly. */
export interface SetFigures {
  name: string;
  lines: number;
  /** Lines whose first answer is right, or acceptable, or that are refused where they are out of scope. */
  live: number;
  /** The same, less the lines that are broken and more those that are mended; what only trembles counts as before. */
  candidate: number;
}

/** A line the two models read differently. */
export interface ChangedAnswer {
  set: string;
  id: string;
  text: string;
  expected: MessageIntent[];
  live: MessageIntent | 'unknown';
  candidate: MessageIntent | 'unknown';
  /** What the change means for the line; `neither` too when the probabilities moved by less than {@link TREMBLE}. */
  change: 'mended' | 'broken' | 'neither';
}

/** Training on a little more moves every probability a little; a line that falls over an edge by less lost nothing. */
export const TREMBLE = 0.05;

/** Figures of every set, and what changed. */
export interface Comparison {
  sets: SetFigures[];
  changed: ChangedAnswer[];
}

/** Reads every line of every set with both models. */
export async function compareModels(
  sets: readonly JudgedSet[],
  live: Analyse,
  candidate: Analyse,
): Promise<Comparison> {
  const comparison: Comparison = { sets: [], changed: [] };
  for (const { name, lines } of sets) {
    const [before, after] = [await answersOf(lines, live), await answersOf(lines, candidate)];
    const changed = lines.flatMap((line, i) => changeOf(name, line, before[i]!, after[i]!) ?? []);
    const countOf = (kind: ChangedAnswer['change']): number => changed.filter(({ change }) => change === kind).length;
    const right = before.filter((answer, i) => isRight(lines[i]!, answer)).length;
    comparison.changed.push(...changed);
    comparison.sets.push({
      name,
      lines: lines.length,
      live: right,
      candidate: right + countOf('mended') - countOf('broken'),
    });
  }
  return comparison;
}

async function answersOf(lines: readonly IntentLine[], analyse: Analyse): Promise<Analysis[]> {
  const answers: Analysis[] = [];
  for (const { text, context } of lines) {
    answers.push(await analyse(text, { order: context.order, prev: context.prev }));
  }
  return answers;
}

/** An out-of-scope line is right when the desk does not answer it; so is an unclear one. */
function isRight(line: IntentLine, analysis: Analysis): boolean {
  const first = analysis.intents[0]?.intent;
  if (line.intents.length === 0) return analysis.abstained || first === 'INT-GEN-09';
  if (analysis.abstained && line.intents.length === 1 && line.intents[0] === 'INT-GEN-09') return true;
  return first !== undefined && (line.intents.includes(first) || line.acceptable.includes(first));
}

function changeOf(set: string, line: IntentLine, before: Analysis, after: Analysis): ChangedAnswer | undefined {
  const [live, candidate] = [answerOf(line, before), answerOf(line, after)];
  const gained = Number(isRight(line, after)) - Number(isRight(line, before));
  if (live === candidate && gained === 0) return undefined;
  const change = gained === 0 || movedBy(before, after) < TREMBLE ? 'neither' : gained > 0 ? 'mended' : 'broken';
  return { set, id: line.id, text: line.text, expected: line.intents, live, candidate, change };
}

/** The first answer; of a line that is none of the desk's business only whether it is answered. */
function answerOf(line: IntentLine, analysis: Analysis): MessageIntent | 'unknown' {
  if (line.intents.length === 0 && analysis.abstained) return 'unknown';
  return analysis.intents[0]?.intent ?? 'unknown';
}

/** The widest step that either model's first answer, or the out-of-scope score, takes from one model to the other. */
function movedBy(before: Analysis, after: Analysis): number {
  const confidenceOf = ({ intents }: Analysis, intent: MessageIntent): number =>
    intents.find((guess) => guess.intent === intent)?.confidence ?? 0;
  const firsts = [before, after].flatMap(({ intents }) => intents.slice(0, 1).map(({ intent }) => intent));
  const steps = firsts.map((intent) => Math.abs(confidenceOf(after, intent) - confidenceOf(before, intent)));
  return Math.max(Math.abs(after.outOfScope - before.outOfScope), ...steps);
}
