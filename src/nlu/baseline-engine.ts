import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier.js';
import type { ClassificationEngine } from './text-classifier.ts';
import { loadTokenizer } from './tokenize-text.ts';

const SMOOTHING = 0.1;

/** The baseline: the Bayes classifier of `natural` over jieba words. It stays for comparison; nothing ships on it. */
export const bayesEngine: ClassificationEngine = {
  name: 'natural + jieba',
  train(examples) {
    const tokenizer = loadTokenizer();
    const classifier = new BayesClassifier(undefined, SMOOTHING);
    const wordsOf = (text: string): string[] => tokenizer.cut(text.toLowerCase()).filter((word) => word.trim() !== '');
    for (const example of examples) classifier.addDocument(wordsOf(example.text), example.label);
    classifier.train();
    return {
      predict(text) {
        const found = classifier.getClassifications(wordsOf(text));
        const sum = found.reduce((total, { value }) => total + value, 0) || 1;
        return found.slice(0, 10).map(({ label, value }) => ({ label, confidence: value / sum }));
      },
      bytes: JSON.stringify(classifier).length,
    };
  },
};
