import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Classifier, createClassifier } from './classifier.ts';
import type { ToldMood } from './mood-cues.ts';
import { type MoodWords, toPlain, weighMoods } from './mood-words.ts';
import { type TrainingExample, trainClassifier } from './train-classifier.ts';

/** What the model tells apart; `mocking` is anger in words of praise. */
export type MoodLabel = ToldMood | 'calm' | 'mocking';

/** A mood as the model sees it. */
export interface MoodGuess {
  label: MoodLabel;
  chance: number;
}

const EXAMPLES = fileURLToPath(new URL('./mood-examples.txt', import.meta.url));
/** Words found for a mood are features beside the characters: some, and enough to tell it. */
const SOME = 0.4;
const ENOUGH = 1;

let learned: Classifier | undefined;

/** The moods of a text by probability, the likeliest first; the model is trained on the first call (some 0.2 s). */
export function guessMood(text: string, words: readonly MoodWords[]): MoodGuess[] {
  learned ??= learnMood();
  return learned
    .predict(text, signsOf(words))
    .map(({ label, confidence }) => ({ label: label as MoodLabel, chance: confidence }));
}

/** The pieces of a text that speak most for a mood. */
export function piecesFor(text: string, label: MoodLabel): string[] {
  return learned?.evidence(text, label).map((piece) => piece.text) ?? [];
}

/** The lines that teach moods, from `mood-examples.txt`: `# mood`, then a line each; `//` opens a comment. */
export function readMoodExamples(): { text: string; label: string }[] {
  let label = '';
  return readFileSync(EXAMPLES, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) label = line.slice(2);
      return line === '' || line.startsWith('# ') || line.startsWith('//') ? [] : [{ text: line, label }];
    });
}

function learnMood(): Classifier {
  const examples = readMoodExamples().map(({ text, label }): TrainingExample => {
    return { text, label, context: signsOf(weighMoods(toPlain(text))) };
  });
  return createClassifier(trainClassifier(examples, { phrases: false }).model);
}

function signsOf(words: readonly MoodWords[]): string[] {
  return words.flatMap(({ mood, sum }) =>
    sum >= ENOUGH ? [`mood=${mood}:2`, `mood=${mood}:1`] : sum >= SOME ? [`mood=${mood}:1`] : [],
  );
}
