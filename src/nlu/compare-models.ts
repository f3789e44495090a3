import type { MessageIntent } from '../protocol/ids.ts';
import type { Analysis } from '../protocol/turn.ts';
import { type Analyse, evaluateIntents, type IntentsResult } from './evaluate-intents.ts';
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
  candidate: number;
  liveResult: IntentsResult;
  candidateResult: IntentsResult;
}

/** A line the two models read differently. */
export interface ChangedAnswer {
  set: string;
  id: string;
  text: string;
  expected: MessageIntent[];
  live: MessageIntent | 'unknown';
  candidate: MessageIntent | 'unknown';
  /** What the change means for the line. */
  change: 'mended' | 'broken' | 'neither';
}

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
    comparison.sets.push({
      name,
      lines: lines.length,
      live: before.filter((answer, i) => isRight(lines[i]!, answer)).length,
      candidate: after.filter((answer, i) => isRight(lines[i]!, answer)).length,
      liveResult: (await evaluateIntents(lines, live)).result,
      candidateResult: (await evaluateIntents(lines, candidate)).result,
    });
    for (const [i, line] of lines.entries()) {
      const change = changeOf(name, line, before[i]!, after[i]!);
      if (change) comparison.changed.push(change);
    }
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
  if (live === candidate) return undefined;
  const gained = Number(isRight(line, after)) - Number(isRight(line, before));
  const change = gained > 0 ? 'mended' : gained < 0 ? 'broken' : 'neither';
  return { set, id: line.id, text: line.text, expected: line.intents, live, candidate, change };
}

/** The first answer; of a line that is none of the desk's business only whether it is answered. */
function answerOf(line: IntentLine, analysis: Analysis): MessageIntent | 'unknown' {
  if (line.intents.length === 0 && analysis.abstained) return 'unknown';
  return analysis.intents[0]?.intent ?? 'unknown';
}
