import { fileURLToPath } from 'node:url';
import { type ProfileLine, readProfilesFile } from '../read-profiles-file.ts';
import { fitManner } from './fit-manner.ts';
import { type Circumstances, CLASSES, type MannerModel } from './manner-model.ts';
import { readGrams } from './read-grams.ts';

const EXAMPLES = fileURLToPath(new URL('./examples.jsonl', import.meta.url));
let learned: MannerModel | undefined;

/** The model of the shipped examples; fitted once, when first asked for. */
export function learnManner(circumstancesOf: (line: ProfileLine) => Circumstances): MannerModel {
  learned ??= fitManner(
    readProfilesFile(EXAMPLES).map((line) => ({
      grams: line.messages.flatMap(({ text, from }) => readGrams(text, from)),
      circumstances: circumstancesOf(line),
      answer: CLASSES.indexOf(line.type),
    })),
  );
  return learned;
}
