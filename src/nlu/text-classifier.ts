import { createClassifier, type RankedLabel } from './classifier.ts';
import { serializeModel } from './serialize-model.ts';
import { type TrainingExample, trainClassifier } from './train-classifier.ts';

/** What an evaluation needs of a trained engine. */
export interface TrainedEngine {
  predict(text: string): RankedLabel[];
  /** Size of the packed model. */
  bytes: number;
}

/** A text-classification engine of any label set, independent of our intents. */
export interface ClassificationEngine {
  readonly name: string;
  train(examples: readonly TrainingExample[]): TrainedEngine;
}

/** Our engine: a linear machine over characters, pairs and words. */
export const linearEngine: ClassificationEngine = {
  name: 'huashu',
  train(examples) {
    const { model } = trainClassifier(examples);
    const classifier = createClassifier(model);
    return { predict: (text) => classifier.predict(text), bytes: serializeModel(model).length };
  },
};
