import { type ClassifierModel, softmax } from './classifier.ts';
import { contextTokens, type OrderToken } from './context-tokens.ts';
import { decideByContext } from './decide-by-context.ts';
import { detectLanguage } from './detect-language.ts';
import { fitOutOfScope, type OutOfScopeModel, outOfScopeSigns } from './detect-out-of-scope.ts';
import type { LoadedIntent } from './load-intents.ts';
import { normalizeText } from './normalize-text.ts';
import { readPinyin } from './read-pinyin.ts';
import { fitPower, isMessageIntent, toIntentScores } from './score-intents.ts';
import { stripCourtesy } from './strip-courtesy.ts';
import { loadTokenizer, type Tokenizer } from './tokenize-text.ts';
import { type TrainingExample, type TrainingResult, trainClassifier } from './train-classifier.ts';

/** Label of the examples that are none of the desk's business. */
export const OUT_OF_SCOPE_LABEL = 'OOS';

/** Ninety look-alike classes take longer to settle than most sets of labels. */
const PASSES = 16;

/** The model that ships: the classifier over all message intents, and the out-of-scope score. */
export interface IntentModel {
  classifier: ClassifierModel;
  outOfScope: OutOfScopeModel;
  /** Exponent of the probabilities after the context decision, so that they hold what they say. */
  power: number;
}

/** An example as the engine takes it, with the order's state its context decision needs. */
export interface IntentExample extends TrainingExample {
  order: OrderToken;
}

/**
 * Trains on loaded intents. The same files give the same model.
 *
 * @param taught further lines, such as a shop's corrections. They stand behind all others, which keeps the model close to the one without them.
 */
export function trainOnIntents(intents: readonly LoadedIntent[], taught: readonly LoadedIntent[] = []): IntentModel {
  const examples = listExamples([...intents, ...taught], loadTokenizer());
  const trained = trainClassifier(examples, { passes: PASSES });
  return {
    classifier: trained.model,
    outOfScope: fitScope(trained, examples),
    power: fitFinalPower(trained, examples),
  };
}

/** The examples of all files as the engine takes them. */
export function listExamples(intents: readonly LoadedIntent[], tokenizer: Tokenizer): IntentExample[] {
  return intents.flatMap((intent) =>
    intent.examples.flatMap((example): IntentExample[] => {
      if (typeof example === 'string') {
        return formsOf(example).map((text) => ({ text, label: intent.id, order: 'none' }));
      }
      const { order = 'none', prev } = example;
      const context = contextTokens(tokenizer, order, prev);
      return formsOf(example.text).map((text) => ({ text, label: intent.id, order, context }));
    }),
  );
}

/** A text in pinyin teaches its letters, which give the evidence, and the words it means, which decide. */
function formsOf(text: string): string[] {
  return detectLanguage(text) === 'pinyin' ? [coreOf(text), coreOf(readPinyin(text))] : [coreOf(text)];
}

/** Examples lose their courtesies as messages do. */
function coreOf(text: string): string {
  return stripCourtesy(normalizeText(text));
}

function fitScope({ model, heldOut }: TrainingResult, examples: readonly TrainingExample[]): OutOfScopeModel {
  const column = model.labels.indexOf(OUT_OF_SCOPE_LABEL);
  if (column < 0 || !heldOut) return { weights: [-20, 0, 0, 0, 0], threshold: 0.5 };
  const rows = heldOut.scores.map((scores, i) => {
    const probabilities = scores.slice();
    softmax(probabilities, model.sharpness);
    return outOfScopeSigns(probabilities, column, heldOut.familiarity[i]!);
  });
  return fitOutOfScope(
    rows,
    examples.map((example) => example.label === OUT_OF_SCOPE_LABEL),
  );
}

/** Every how-manyth held-out example the calibration takes; more change nothing. */
const SAMPLED = 3;

/** The machines that score held-out examples learn from two thirds of them and are less sure than the whole one. */
const HELD_OUT_SHORTFALL = 1.04;

/** Calibrates what the analyser says in the end: held-out scores after the context decision. */
function fitFinalPower({ model, heldOut }: TrainingResult, examples: readonly IntentExample[]): number {
  const samples = (heldOut?.scores ?? []).flatMap((raw, i) => {
    const { label, text, order } = examples[i]!;
    if (i % SAMPLED !== 0 || !isMessageIntent(label)) return [];
    const probabilities = raw.slice();
    softmax(probabilities, model.sharpness);
    const scores = toIntentScores(model.labels, probabilities);
    decideByContext(scores, text, order);
    return [{ scores, truth: label }];
  });
  return samples.length === 0 ? 1 : fitPower(samples) * HELD_OUT_SHORTFALL;
}
