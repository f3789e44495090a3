import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Classifier, createClassifier } from './classifier.ts';
import { foldRefusal, foldToHan } from './fold-refusal.ts';
import { readMoodExamples } from './mood-model.ts';
import { readSentences } from './refusal-sentences.ts';
import { signsOfRefusal } from './refusal-signs.ts';
import { type TrainingExample, trainClassifier } from './train-classifier.ts';

/** What the model tells apart. */
export const WISHES = ['all', 'reminders', 'decline', 'none'] as const;
/** Nothing more at all; no more urging; no to what is offered; nothing of the kind. */
export type WishLabel = (typeof WISHES)[number];

/** A line that teaches. */
export interface RefusalExample {
  text: string;
  label: WishLabel;
  /** It answers a reminder or advertising of the desk. */
  reached: boolean;
}

const EXAMPLES = fileURLToPath(new URL('./refusal-examples.txt', import.meta.url));
const REACHED = 'reached';
/** Fewer than for the intents: four classes settle soon, and the desk starts sooner. */
const TRAINING = { passes: 8, folds: 2 };

let learned: Classifier | undefined;

/**
 * What a folded text wishes, by probability; the model is trained on the first call (some 0.4 s).
 *
 * @param reached whether the desk had just reminded or advertised
 */
export function guessWish(plain: string, reached: boolean): Record<WishLabel, number> {
  learned ??= learnRefusals(readRefusalExamples());
  return wishesOf(learned, plain, reached);
}

/** The lines that teach refusals, from `refusal-examples.txt`: `# label` or `# label reached`, then a line each. */
export function readRefusalExamples(): RefusalExample[] {
  let label: WishLabel = 'none';
  let reached = false;
  return readFileSync(EXAMPLES, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) {
        const [name, where] = line.slice(2).split(' ');
        label = WISHES.find((wish) => wish === name) ?? 'none';
        reached = where === REACHED;
      }
      return line === '' || line.startsWith('# ') || line.startsWith('//') ? [] : [{ text: line, label, reached }];
    });
}

/** Trains on lines, and on lines of feeling: who is angry about goods or praises them refuses nothing. */
export function learnRefusals(examples: readonly RefusalExample[]): Classifier {
  const lines = [...examples, ...linesOfFeeling()].map(({ text, label, reached }): TrainingExample => {
    const plain = foldToHan(text) ?? foldRefusal(text);
    return { text: plain, label, context: contextOf(plain, reached) };
  });
  return createClassifier(trainClassifier(lines, TRAINING).model);
}

/** Words of a no in a calm line, and of a refusal in a heated one: such lines teach nothing here. */
const NO = /不(?:要|买|用|需|拍|订|考虑|想)|算了|免了|没兴趣|别(?:发|催|推|打)|退订|买过|别家/;
const REFUSED = /拉黑|发广告|骚扰|打扰/;

/** The lines that teach moods, but for those that hold words of a no or a known sentence of refusal. */
function linesOfFeeling(): RefusalExample[] {
  return readMoodExamples()
    .filter(({ text, label }) => !(label === 'calm' ? NO : REFUSED).test(text) && !readSentences(foldRefusal(text)))
    .map(({ text }) => ({ text, label: 'none', reached: false }));
}
/** What a model makes of a folded text. */
export function wishesOf(model: Classifier, plain: string, reached: boolean): Record<WishLabel, number> {
  const chances: Record<WishLabel, number> = { all: 0, reminders: 0, decline: 0, none: 0 };
  for (const { label, confidence } of model.predict(plain, contextOf(plain, reached))) {
    chances[label as WishLabel] = confidence;
  }
  return chances;
}

function contextOf(plain: string, reached: boolean): string[] {
  return reached ? [...signsOfRefusal(plain), REACHED] : signsOfRefusal(plain);
}
