import type { MessageIntent } from '../protocol/ids.ts';
import type { Analysis, AnalysisContext, IntentGuess } from '../protocol/turn.ts';
import { type Classifier, createClassifier, type Evidence, type TextScore } from './classifier.ts';
import { contextTokens, lastBuyerText, lastDeskText, orderTokenOf } from './context-tokens.ts';
import { decideByContext } from './decide-by-context.ts';
import { besideRefusal, decideRefusal, staysBesideRefusal } from './decide-refusal.ts';
import { detectLanguage } from './detect-language.ts';
import { detectMood, type MoodSituation } from './detect-mood.ts';
import { outOfScopeSigns, scoreOutOfScope } from './detect-out-of-scope.ts';
import { needHuman } from './need-human.ts';
import { normalizeText } from './normalize-text.ts';
import { readPinyin, tracePinyin } from './read-pinyin.ts';
import { readRefusal } from './read-refusal.ts';
import { type IntentScores, sharpenScores, toIntentScores } from './score-intents.ts';
import { skipMentions } from './skip-mentions.ts';
import { splitClauses } from './split-clauses.ts';
import { stripCourtesy } from './strip-courtesy.ts';
import { loadTokenizer, type Tokenizer } from './tokenize-text.ts';
import { type IntentModel, OUT_OF_SCOPE_LABEL } from './train-intent-model.ts';

/** Confidence below which a message counts as unclear. @see INT-GEN-09 */
export const UNCLEAR_BELOW = 0.6;

const RANKED = 10;
/** Evidence is looked up for the guesses anybody sees. */
const SHOWN_WITH_EVIDENCE = 3;
/** Part of the score that the message as a whole has beside its clauses. */
const WHOLE_SHARE = 0.9;
/** A message of so few characters may lean on what the buyer said before; this part of its score does. */
const FRAGMENT_LENGTH = 8;
const BEFORE_SHARE = 0.25;
/** Part of the score that the turn as a whole has where its last part is unclear. */
const TURN_SHARE = 0.8;
/** A clause this sure of an intent holds it beside the first. */
const CLAUSE_HOLDS_FROM = 0.75;

/** Part of the threshold of out of scope below which a message is surely the desk's business. */
const PLAIN_SHARE = 0.1;

/** Reads entities out of a text. */
export type ExtractEntities = (text: string) => Analysis['entities'];

/** What an analyser is made of. */
export interface AnalyserParts {
  model: IntentModel;
  /** Content hash that each analysis carries. */
  modelHash: string;
  extractEntities: ExtractEntities;
  tokenizer?: Tokenizer;
}

/** Why a message was read as it was. */
export interface Explanation {
  tokens: string[];
  outOfScope: number;
  intents: { intent: MessageIntent; confidence: number; evidence: Evidence[] }[];
}

/** Reads buyers' messages. */
export interface Analyser {
  analyse(text: string, context: AnalysisContext): Analysis;
  explain(text: string, context?: AnalysisContext): Explanation;
}

interface Reading {
  scores: IntentScores;
  outOfScope: number;
  /** Intents that single clauses hold surely. */
  clauseIntents: MessageIntent[];
}

const NO_CONTEXT: AnalysisContext = { order: null, prev: [] };

/** Creates an analyser over a trained model. Nothing is kept between messages. */
export function createAnalyser(parts: AnalyserParts): Analyser {
  const tokenizer = parts.tokenizer ?? loadTokenizer();
  // The models of moods and of refusals are learned once, here and not while a buyer waits.
  detectMood('');
  readRefusal('别');
  const classifier = createClassifier(parts.model.classifier, tokenizer);
  const readAlone = (text: string, context: AnalysisContext) =>
    readMessage(text, context, parts.model, classifier, tokenizer);
  const read = (text: string, context: AnalysisContext): Reading => {
    const reading = readAlone(text, context);
    const { burst = [] } = context;
    const sure = surenessOf(reading);
    if (burst.length === 0 || (sure >= UNCLEAR_BELOW && text.length > FRAGMENT_LENGTH)) return reading;
    const prev = context.prev.slice(0, Math.max(0, context.prev.length - burst.length));
    const whole = readAlone([...burst, text].join(' '), { ...context, prev });
    return sure >= UNCLEAR_BELOW && sure >= surenessOf(whole) ? reading : joinReadings(reading, whole);
  };
  return {
    analyse(text, context) {
      const reading = read(text, context);
      const ranked = rank(reading.scores);
      const refused = reading.outOfScope >= parts.model.outOfScope.threshold;
      const held = refused ? [] : holdIntents(ranked, reading.clauseIntents, isPlain(reading, parts.model));
      const abstained = held.length === 0;
      return {
        intents: ranked.map((guess, place): IntentGuess => {
          return { ...guess, evidence: place < SHOWN_WITH_EVIDENCE ? wordsOf(classifier, text, guess.intent) : [] };
        }),
        held,
        outOfScope: reading.outOfScope,
        abstained,
        entities: parts.extractEntities(text),
        ...readAttitude(text, context, reading.scores),
        language: detectLanguage(text),
        model: parts.modelHash,
      };
    },
    explain(text, context = NO_CONTEXT) {
      const reading = read(text, context);
      return {
        tokens: tokenizer.cut(normalizeText(text)).filter((word) => word.trim() !== ''),
        outOfScope: reading.outOfScope,
        intents: rank(reading.scores)
          .slice(0, 3)
          .map((guess) => ({ ...guess, evidence: evidenceOf(classifier, text, guess.intent, 6) })),
      };
    },
  };
}

/** The mood and what goes with it; what the engine reads is one of its signs. */
function readAttitude(
  text: string,
  context: AnalysisContext,
  scores: IntentScores,
): Pick<Analysis, 'mood' | 'attitude'> {
  const prev = context.chat ?? context.prev;
  const lastAt = prev.at(-1)?.at;
  const situation: MoodSituation = {
    prev,
    chanceOf: (intent) => scores.get(intent as MessageIntent) ?? 0,
    ...(context.at === undefined || lastAt === undefined
      ? {}
      : { waitedMs: Date.parse(context.at) - Date.parse(lastAt) }),
  };
  const { mood, urgency, sarcasm, evidence } = detectMood(text, situation);
  const needsHuman = needHuman(text, { mood, urgency, sarcasm, evidence }, situation, context.order?.state) ?? null;
  return { mood, attitude: { urgency, sarcasm, needsHuman, evidence } };
}

function readMessage(
  typed: string,
  context: AnalysisContext,
  model: IntentModel,
  classifier: Classifier,
  tokenizer: Tokenizer,
): Reading {
  const text = detectLanguage(typed) === 'pinyin' ? readPinyin(typed) : typed;
  const order = orderTokenOf(context);
  const around = { order, prev: lastDeskText(context) };
  const beside = besideRefusal(text, around) ?? (text === typed ? undefined : besideRefusal(typed, around));
  if (beside === undefined) return readWords(text, context, model, classifier, tokenizer);
  // A matter beside the refusal is what the desk answers; the refusal itself is obeyed by the timers.
  const other = beside === '' ? undefined : readWords(beside, context, model, classifier, tokenizer);
  if (other && surenessOf(other) >= CLAUSE_HOLDS_FROM) return other;
  const reading = readWords(text, context, model, classifier, tokenizer);
  decideRefusal(reading.scores, text, order);
  return { ...reading, clauseIntents: reading.clauseIntents.filter(staysBesideRefusal) };
}

function readWords(
  said: string,
  context: AnalysisContext,
  model: IntentModel,
  classifier: Classifier,
  tokenizer: Tokenizer,
): Reading {
  const text = skipMentions(said);
  const order = orderTokenOf(context);
  const tokens = contextTokens(tokenizer, order, lastDeskText(context));
  const read = (part: string): { score: TextScore; scores: IntentScores; core: string } => {
    const core = stripCourtesy(normalizeText(part));
    const score = classifier.score(core, tokens);
    const scores = toIntentScores(classifier.labels, score.probabilities);
    decideByContext(scores, core, order);
    return { score, scores, core };
  };
  const { score, scores, core } = read(text);
  const clauses = splitClauses(text).map((clause) => read(clause).scores);
  const before = core.length <= FRAGMENT_LENGTH ? lastBuyerText(context) : undefined;
  // A person's word on what was said before counts more than what the machine would read there.
  if (before !== undefined && context.meant) mixIn(scores, scoresOf(scores, context.meant), BEFORE_SHARE);
  else if (before !== undefined) mixIn(scores, read(`${before} ${text}`).scores, BEFORE_SHARE);
  mixClauses(scores, clauses);
  sharpenScores(scores, model.power);
  return { scores, outOfScope: outOfScopeOf(score, model, classifier), clauseIntents: clauses.flatMap(surelyHeld) };
}

function surenessOf({ scores }: Reading): number {
  return Math.max(...scores.values());
}

/** A part that says little by itself means what the turn as a whole means. */
function joinReadings(part: Reading, whole: Reading): Reading {
  mixIn(part.scores, whole.scores, TURN_SHARE);
  const outOfScope = Math.min(part.outOfScope, whole.outOfScope);
  return { scores: part.scores, outOfScope, clauseIntents: [...part.clauseIntents, ...whole.clauseIntents] };
}

function outOfScopeOf({ probabilities, familiarity }: TextScore, model: IntentModel, classifier: Classifier): number {
  const column = classifier.labels.indexOf(OUT_OF_SCOPE_LABEL);
  if (column < 0) return 0;
  return scoreOutOfScope(model.outOfScope, outOfScopeSigns(probabilities, column, familiarity));
}

/** The intent a clause is sure enough of to hold it beside the first. */
function surelyHeld(clause: IntentScores): MessageIntent[] {
  const best = rank(clause)[0];
  return best && best.confidence >= CLAUSE_HOLDS_FROM ? [best.intent] : [];
}

/** All probability on the intents that a person named. */
function scoresOf(scores: IntentScores, meant: readonly MessageIntent[]): IntentScores {
  return new Map([...scores.keys()].map((intent) => [intent, meant.includes(intent) ? 1 / meant.length : 0]));
}

/** Replaces a share of the scores by others. */
function mixIn(scores: IntentScores, others: IntentScores, share: number): void {
  for (const [intent, score] of scores) scores.set(intent, score * (1 - share) + (others.get(intent) ?? 0) * share);
}

/** Adds what the clauses say: for each intent the surest clause counts. */
function mixClauses(scores: IntentScores, clauses: readonly IntentScores[]): void {
  if (clauses.length === 0) return;
  const best = new Map<MessageIntent, number>();
  let sum = 0;
  for (const intent of scores.keys()) {
    const highest = Math.max(...clauses.map((clause) => clause.get(intent) ?? 0));
    best.set(intent, highest);
    sum += highest;
  }
  for (const [intent, score] of scores) {
    scores.set(intent, score * WHOLE_SHARE + (best.get(intent)! / sum) * (1 - WHOLE_SHARE));
  }
}

function rank(scores: IntentScores): { intent: MessageIntent; confidence: number }[] {
  return [...scores]
    .map(([intent, confidence]) => ({ intent, confidence: Math.min(1, confidence) }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, RANKED);
}

/** Where the message may as well be none of the desk's business, a clause alone proves nothing. */
function isPlain({ outOfScope }: Reading, { outOfScope: { threshold } }: IntentModel): boolean {
  return outOfScope < threshold * PLAIN_SHARE;
}

/**
 * The intents that hold: those surely meant by the message as a whole, and those a clause surely means. Two matters in
 * one message share its probability between them, so that neither may be sure of the whole. @see INT-GEN-09
 */
function holdIntents(
  ranked: readonly { intent: MessageIntent; confidence: number }[],
  clauseIntents: readonly MessageIntent[],
  plain: boolean,
): MessageIntent[] {
  const first = ranked.filter((guess) => guess.confidence >= UNCLEAR_BELOW).map((guess) => guess.intent);
  if (first.length === 0 && !plain) return [];
  return [...new Set([...first, ...clauseIntents.filter((intent) => intent !== 'INT-GEN-09')])];
}

function wordsOf(classifier: Classifier, text: string, intent: MessageIntent): string[] {
  return [...new Set(evidenceOf(classifier, text, intent, 3).map((evidence) => evidence.text))];
}

/** What speaks for an intent, as the buyer wrote it: pinyin is judged by the words it means and shown in its letters. */
function evidenceOf(classifier: Classifier, text: string, intent: MessageIntent, limit: number): Evidence[] {
  if (detectLanguage(text) !== 'pinyin') return classifier.evidence(text, intent, limit);
  const traced = tracePinyin(text);
  const taken: Evidence[] = [];
  for (const { weight, ...place } of classifier.evidence(traced.text, intent, limit)) {
    const start = traced.starts[place.start]!;
    const end = traced.ends[place.end - 1]!;
    if (taken.some((other) => start < other.end && other.start < end)) continue;
    taken.push({ text: text.slice(start, end), start, end, weight });
  }
  return taken;
}
