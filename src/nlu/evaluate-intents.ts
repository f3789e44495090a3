import { DeskError } from '../lib/errors.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { Analysis, AnalysisContext } from '../protocol/turn.ts';
import type { IntentLine, LabelLine } from './read-evaluation-file.ts';
import { areaUnderRoc, calibrationError, macroF1, mean, shareOf } from './score-labels.ts';

const UNCLEAR: MessageIntent = 'INT-GEN-09';

/** Reads one message; a running desk may stand behind it. */
export type Analyse = (text: string, context: AnalysisContext) => Analysis | Promise<Analysis>;

/** The figures of kind `intents`. Shares are 0–1. */
export interface IntentsResult {
  lines: number;
  top1: number;
  top1Acceptable: number;
  top3: number;
  macroF1: number;
  oosAuroc: number;
  oosFalseAccept: number;
  abstained: number;
  ece: number;
}

/** A line that was read wrongly, for `--errors`. */
export interface WrongIntent {
  id: string;
  text: string;
  expected: MessageIntent[];
  ranking: { intent: MessageIntent; confidence: number }[];
  outOfScope: number;
}

/** The result object, and the wrong lines, the surest mistake first. */
export interface IntentsEvaluation {
  result: IntentsResult;
  wrong: WrongIntent[];
}

interface Answer {
  line: IntentLine;
  analysis: Analysis;
}

/** Scores an analyser on lines of kind `intents`. */
export async function evaluateIntents(lines: readonly IntentLine[], analyse: Analyse): Promise<IntentsEvaluation> {
  const answers: Answer[] = [];
  for (const line of lines) answers.push({ line, analysis: await analyse(line.text, contextOf(line)) });
  const inScope = answers.filter(({ line }) => line.intents.length > 0);
  const outOfScope = answers.filter(({ line }) => line.intents.length === 0);
  const result: IntentsResult = {
    lines: lines.length,
    top1: shareOf(inScope, isRight),
    top1Acceptable: shareOf(inScope, (answer) => isRight(answer) || isAcceptable(answer)),
    top3: shareOf(inScope, isInTop3),
    macroF1: macroF1(inScope.map(classesOf)),
    oosAuroc: areaUnderRoc(outOfScope.map(scoreOf), inScope.map(scoreOf)),
    oosFalseAccept: shareOf(outOfScope, isAccepted),
    abstained: mean(answers.map(({ analysis }) => (analysis.abstained ? 1 : 0))),
    ece: calibrationError(inScope.map((answer) => ({ confidence: confidenceOf(answer), right: isRight(answer) }))),
  };
  const wrong = [...inScope.filter((answer) => !isRight(answer)), ...outOfScope.filter(isAccepted)];
  wrong.sort((a, b) => confidenceOf(b) - confidenceOf(a));
  return { result, wrong: wrong.map(describe) };
}

/**
 * Lines of kind `labels` as lines of kind `intents`: a label's list is what is right; an empty list is out of scope.
 *
 * @throws DeskError `bad_request` when the map lacks a label.
 */
export function applyLabelMap(lines: readonly LabelLine[], map: ReadonlyMap<string, MessageIntent[]>): IntentLine[] {
  return lines.map(({ text, label }, index) => {
    const intents = map.get(label);
    if (!intents) {
      throw new DeskError(
        'bad_request',
        `line ${index + 1}: the label map has no "${label}"; it has ${[...map.keys()].join(', ')}`,
      );
    }
    return { id: String(index + 1), text, context: { order: null, prev: [] }, intents, acceptable: [] };
  });
}

function contextOf(line: IntentLine): AnalysisContext {
  return { order: line.context.order, prev: line.context.prev };
}

function scoreOf({ analysis }: Answer): number {
  return analysis.outOfScope;
}

function confidenceOf({ analysis }: Answer): number {
  return analysis.intents[0]?.confidence ?? 0;
}

/** A line that is only unclear is also right when the desk abstains. */
function isRight({ line, analysis }: Answer): boolean {
  const first = analysis.intents[0]?.intent;
  if (first !== undefined && line.intents.includes(first)) return true;
  return analysis.abstained && line.intents.length === 1 && line.intents[0] === UNCLEAR;
}

function isAcceptable({ line, analysis }: Answer): boolean {
  const first = analysis.intents[0]?.intent;
  return first !== undefined && line.acceptable.includes(first);
}

function isInTop3({ line, analysis }: Answer): boolean {
  return analysis.intents.slice(0, 3).some(({ intent }) => line.intents.includes(intent));
}

/** An abstention and "unclear" are both no acceptance. */
function isAccepted({ analysis }: Answer): boolean {
  return !analysis.abstained && analysis.intents[0]?.intent !== UNCLEAR;
}

function classesOf({ line, analysis }: Answer): { truth: string; predicted: string | undefined } {
  const first = analysis.intents[0]?.intent;
  const truth = first !== undefined && line.intents.includes(first) ? first : line.intents[0]!;
  return { truth, predicted: first };
}

function describe({ line, analysis }: Answer): WrongIntent {
  return {
    id: line.id,
    text: line.text,
    expected: line.intents,
    ranking: analysis.intents.slice(0, 3).map(({ intent, confidence }) => ({ intent, confidence })),
    outOfScope: analysis.outOfScope,
  };
}
