/**
 * Runs our engine, the Bayes baseline of `natural` and nlp.js on the same files in one process and prints their figures
 * and our ratios to each.
 *
 * Usage: node bench/understanding/run.ts --train TRAIN.jsonl
 *          [--label-map MAP.json --out-of-scope OUT.jsonl…] TEST.jsonl
 *
 * With OUT files (`{"text"}`) it prints how well what ships parts them from the lines of TEST, by MAP.
 */
import { parseArgs } from 'node:util';
import { bayesEngine } from '../../src/nlu/baseline-engine.ts';
import { evaluateLabels, type LabelsResult } from '../../src/nlu/evaluate-labels.ts';
import { readLabelsFile } from '../../src/nlu/read-evaluation-file.ts';
import { linearEngine } from '../../src/nlu/text-classifier.ts';
import { loadTokenizer } from '../../src/nlu/tokenize-text.ts';
import { measureNlpJs } from './measure-nlpjs.ts';
import { measureOutOfScope } from './measure-out-of-scope.ts';

const { values, positionals } = parseArgs({
  options: {
    train: { type: 'string' },
    'label-map': { type: 'string' },
    'out-of-scope': { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});
const [testFile] = positionals;
if (!values.train || !testFile) {
  console.error('usage: node bench/understanding/run.ts --train TRAIN.jsonl TEST.jsonl');
  process.exit(2);
}

const train = readLabelsFile(values.train);
const test = readLabelsFile(testFile);
loadTokenizer();
const ours = { engine: linearEngine.name, ...evaluateLabels(train, test, linearEngine).result };
const peers = [
  { engine: bayesEngine.name, ...evaluateLabels(train, test, bayesEngine).result },
  { engine: 'nlp.js', ...(await measureNlpJs(train, test)) },
];

const MEASURED = ['accuracy', 'macroF1', 'top3', 'perSecond'] as const satisfies (keyof LabelsResult)[];
const ratiosTo = (peer: LabelsResult) => ({
  ...Object.fromEntries(MEASURED.map((key) => [key, rounded(ours[key] / peer[key])])),
  trainingSpeed: rounded(peer.trainMs / ours.trainMs),
});
const rounded = (ratio: number): number => Math.round(ratio * 100) / 100;
const labelMap = values['label-map'];
const outOfScope = labelMap ? await measureOutOfScope(test, labelMap, values['out-of-scope']) : [];
const ratios = Object.fromEntries(peers.map((peer) => [peer.engine, ratiosTo(peer)]));
console.table([ours, ...peers]);
console.table(ratios);
if (outOfScope.length > 0) console.table(outOfScope);
console.log(
  JSON.stringify({
    results: [ours, ...peers],
    outOfScope,
    ratios,
  }),
);
