/**
 * How well the out-of-scope score parts what is none of the desk's business from what is.
 *
 * Usage: node bench/understanding/out-of-scope.ts --in-scope LABELS.jsonl --label-map MAP.json OUT.jsonl…
 *
 * `--in-scope` holds `{"text","label"}`, MAP the intents of each label (an empty list is left out); each OUT.jsonl holds
 * `{"text"}`. Prints one JSON object: for each file its AUROC and the share of its lines that are answered.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createUnderstanding } from '../../src/nlu/create-understanding.ts';
import { applyLabelMap } from '../../src/nlu/evaluate-intents.ts';
import { readLabelMap, readLabelsFile } from '../../src/nlu/read-evaluation-file.ts';
import { areaUnderRoc, shareOf } from '../../src/nlu/score-labels.ts';

const { values, positionals } = parseArgs({
  options: { 'in-scope': { type: 'string' }, 'label-map': { type: 'string' } },
  allowPositionals: true,
});
if (!values['in-scope'] || !values['label-map'] || positionals.length === 0) {
  console.error(
    'usage: node bench/understanding/out-of-scope.ts --in-scope LABELS.jsonl --label-map MAP.json OUT.jsonl…',
  );
  process.exit(2);
}

const understanding = await createUnderstanding({
  intentsDir: join(import.meta.dirname, '../../intents'),
  cacheDir: mkdtempSync(join(tmpdir(), 'huashu-model-')),
});
const analyse = (text: string) => understanding.analyse(text, { order: null, prev: [] });
const ours = applyLabelMap(readLabelsFile(values['in-scope']), readLabelMap(values['label-map']))
  .filter(({ intents }) => intents.length > 0)
  .map(({ text }) => analyse(text));

const files = positionals.map((file) => {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const answers = lines.map((line) => analyse((JSON.parse(line) as { text: string }).text));
  return {
    file: basename(file),
    lines: answers.length,
    auroc: areaUnderRoc(
      answers.map(({ outOfScope }) => outOfScope),
      ours.map(({ outOfScope }) => outOfScope),
    ),
    answered: shareOf(answers, ({ abstained }) => !abstained),
  };
});
console.log(
  JSON.stringify({ inScope: ours.length, inScopeAnswered: shareOf(ours, ({ abstained }) => !abstained), files }),
);
