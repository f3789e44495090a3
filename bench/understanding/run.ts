/**
 * Runs our engine and the baseline on the same files in one process and prints both and the ratios.
 *
 * Usage: node bench/understanding/run.ts --train TRAIN.jsonl TEST.jsonl
 */
import { parseArgs } from 'node:util';
import { bayesEngine } from '../../src/nlu/baseline-engine.ts';
import { evaluateLabels, type LabelsResult } from '../../src/nlu/evaluate-labels.ts';
import { readLabelsFile } from '../../src/nlu/read-evaluation-file.ts';
import { linearEngine } from '../../src/nlu/text-classifier.ts';
import { loadTokenizer } from '../../src/nlu/tokenize-text.ts';

const { values, positionals } = parseArgs({ options: { train: { type: 'string' } }, allowPositionals: true });
const [testFile] = positionals;
if (!values.train || !testFile) {
  console.error('usage: node bench/understanding/run.ts --train TRAIN.jsonl TEST.jsonl');
  process.exit(2);
}

const train = readLabelsFile(values.train);
const test = readLabelsFile(testFile);
loadTokenizer();
const results = [linearEngine, bayesEngine].map((engine) => ({
  engine: engine.name,
  ...evaluateLabels(train, test, engine).result,
}));
const [ours, baseline] = results;
const ratioOf = (key: keyof LabelsResult): number => Math.round((ours![key] / baseline![key]) * 100) / 100;
console.table(results);
console.log(
  JSON.stringify({
    results,
    ratios: {
      accuracy: ratioOf('accuracy'),
      macroF1: ratioOf('macroF1'),
      top3: ratioOf('top3'),
      perSecond: ratioOf('perSecond'),
    },
  }),
);
