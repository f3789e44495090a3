import type { Facts } from '../protocol/facts.ts';
import type { Analysis, AnalysisContext, Profile, Situation, SuggestionResult, Turn } from '../protocol/turn.ts';
import { createContext } from './context.ts';
import type { Judge, SuggestionEngine } from './engine.ts';
import { gateContextOf } from './gate-context.ts';
import type { SuggestionLine } from './read-suggestions-file.ts';

export { parseSuggestionLine, readSuggestionsFile, type SuggestionLine } from './read-suggestions-file.ts';

/** What an evaluation needs beside its lines. */
export interface SuggestionEvaluationParts {
  engine: Pick<SuggestionEngine, 'suggest'>;
  analyse: (text: string, context: AnalysisContext) => Analysis;
  /** The gate that every proposed text is shown to. */
  judge?: Judge;
  /** Profile of the buyer, from the chat alone; absent: unknown. */
  profile?: (facts: Facts, history: readonly Turn[], message: string) => Profile | undefined;
}

/** The figures of kind `suggestions`: shares 0 to 1 in `top1` and `top3`, else counts. */
export interface SuggestionsResult {
  lines: number;
  top1: number;
  top3: number;
  /** Lines with a proposal that is named in `mustNot`. */
  forbidden: number;
  /** Proposed texts with an open slot. */
  unfilled: number;
  /** Proposed texts the gate would block. */
  gateBlocked: number;
  /** Lines without a proposal. */
  abstained: number;
}

/** A line that went wrong, for `--errors`. */
export interface WrongSuggestion {
  id: string;
  message: string;
  expectTop3: string[];
  mustNot: string[];
  proposed: string[];
  /** Cards of the line that were hidden, and by what. */
  hidden: string[];
  intents: string[];
  problems: string[];
}

/** The result object, and the wrong lines, forbidden proposals first. */
export interface SuggestionsEvaluation {
  result: SuggestionsResult;
  wrong: WrongSuggestion[];
}

/** The scripts a technique stands for. */
const SCRIPTS_OF_TECHNIQUE: Readonly<Record<string, readonly string[]>> = {
  'CT-1': ['SCR-50'],
  'CT-2': ['SCR-51'],
  'CT-3': ['SCR-52'],
  'CT-4': ['SCR-53'],
  'CT-5': ['SCR-18', 'SCR-54'],
  'CT-6': ['SCR-55'],
  'CT-7': ['SCR-56'],
};

/** The situation of a line, read by the analyser. */
export function situationOf(
  line: SuggestionLine,
  parts: Pick<SuggestionEvaluationParts, 'analyse' | 'profile'>,
): Situation {
  const { facts, history, message } = line;
  const order = facts.order;
  const known = order !== undefined && order !== null && order.state !== 'closed' ? { state: order.state } : null;
  const analysis = parts.analyse(message, { order: known, prev: history.slice(-2) });
  const profile = parts.profile?.(facts, history, message);
  return { facts, history, message, analysis, ...(profile === undefined ? {} : { profile }), mode: 'A' };
}

interface Judged {
  line: SuggestionLine;
  analysis: Analysis;
  answer: SuggestionResult;
  hit3: boolean;
  hit1: boolean;
  forbidden: string[];
  unfilled: number;
  blocked: string[];
}

function judgeLine(line: SuggestionLine, parts: SuggestionEvaluationParts): Judged {
  const situation = situationOf(line, parts);
  const answer = parts.engine.suggest(situation);
  const cards = answer.proposals.map((proposal) => proposal.card);
  const banned = new Set(line.mustNot.flatMap((id) => SCRIPTS_OF_TECHNIQUE[id] ?? [id]));
  const mode = line.facts.agent.onDuty === false ? 'O' : 'A';
  const context = gateContextOf(createContext(situation), mode);
  const blocked = answer.proposals.filter(({ text }) => parts.judge?.(text, context).decision === 'block');
  return {
    line,
    analysis: situation.analysis,
    answer,
    hit3: cards.some((card) => line.expectTop3.includes(card)),
    hit1: (line.expectTop1 ?? []).includes(cards[0] ?? ''),
    forbidden: cards.filter((card) => banned.has(card)),
    unfilled: answer.proposals.filter(({ text }) => /[{}]/.test(text)).length,
    blocked: blocked.map(({ card, text }) => `${card} ${text}`),
  };
}

function problemsOf(judged: Judged): string[] {
  const problems: string[] = [];
  if (judged.forbidden.length > 0) problems.push(`forbidden ${judged.forbidden.join(' ')}`);
  if (judged.unfilled > 0) problems.push('open slot');
  for (const text of judged.blocked) problems.push(`gate blocks ${text}`);
  if (judged.line.expectTop3.length > 0 && !judged.hit3) problems.push('not among three');
  else if (judged.line.expectTop1 !== undefined && !judged.hit1)
    problems.push(`first should be ${judged.line.expectTop1.join(' ')}`);
  return problems;
}

function describeWrong(judged: Judged, problems: string[]): WrongSuggestion {
  const { line, answer, analysis } = judged;
  return {
    id: line.id,
    message: line.message,
    expectTop3: line.expectTop3,
    mustNot: line.mustNot,
    proposed: answer.proposals.map(({ card, score }) => `${card} ${score}`),
    hidden: answer.hidden.map(
      ({ card, because, name, fact, detail }) => `${card} ${because} ${name} ${fact ?? ''} ${detail}`,
    ),
    intents: analysis.intents.slice(0, 3).map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`),
    problems,
  };
}

function share(part: readonly Judged[], test: (judged: Judged) => boolean): number {
  return part.length === 0 ? 0 : part.filter(test).length / part.length;
}

/** Scores an engine on lines of kind `suggestions`. */
export function evaluateSuggestions(
  lines: readonly SuggestionLine[],
  parts: SuggestionEvaluationParts,
): SuggestionsEvaluation {
  const judged = lines.map((line) => judgeLine(line, parts));
  const sum = (count: (j: Judged) => number): number => judged.reduce((total, j) => total + count(j), 0);
  const wrong = judged.flatMap((j) => {
    const problems = problemsOf(j);
    return problems.length === 0 ? [] : [describeWrong(j, problems)];
  });
  wrong.sort((a, b) => Number(b.problems[0]!.startsWith('forbidden')) - Number(a.problems[0]!.startsWith('forbidden')));
  return {
    result: {
      lines: lines.length,
      top1: share(
        judged.filter((j) => j.line.expectTop1 !== undefined),
        (j) => j.hit1,
      ),
      top3: share(
        judged.filter((j) => j.line.expectTop3.length > 0),
        (j) => j.hit3,
      ),
      forbidden: sum((j) => (j.forbidden.length > 0 ? 1 : 0)),
      unfilled: sum((j) => j.unfilled),
      gateBlocked: sum((j) => j.blocked.length),
      abstained: sum((j) => (j.answer.proposals.length === 0 ? 1 : 0)),
    },
    wrong,
  };
}
