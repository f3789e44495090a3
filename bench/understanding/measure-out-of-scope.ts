/** How well the out-of-scope score parts what is none of the desk's business from what is. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createUnderstanding } from '../../src/nlu/create-understanding.ts';
import { applyLabelMap } from '../../src/nlu/evaluate-intents.ts';
import { type LabelLine, readLabelMap } from '../../src/nlu/read-evaluation-file.ts';
import { areaUnderRoc, shareOf } from '../../src/nlu/score-labels.ts';

/** Figures of one file of lines that are out of scope. */
export interface OutOfScopeFigures {
  file: string;
  lines: number;
  auroc: number;
  /** Share of its lines that are answered all the same. */
  answered: number;
}

/**
 * Measures the understanding as it ships, each line without context.
 *
 * @param inScope labelled lines; those whose label has no intent in the map are left out.
 * @param files JSON Lines of `{"text"}`.
 */
export async function measureOutOfScope(
  inScope: readonly LabelLine[],
  labelMap: string,
  files: readonly string[],
): Promise<OutOfScopeFigures[]> {
  const understanding = await createUnderstanding({
    intentsDir: join(import.meta.dirname, '../../intents'),
    cacheDir: mkdtempSync(join(tmpdir(), 'huashu-model-')),
  });
  const analyse = (text: string) => understanding.analyse(text, { order: null, prev: [] });
  const ours = applyLabelMap(inScope, readLabelMap(labelMap))
    .filter(({ intents }) => intents.length > 0)
    .map(({ text }) => analyse(text).outOfScope);
  return files.map((file) => {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
    const answers = lines.map((line) => analyse((JSON.parse(line) as { text: string }).text));
    const theirs = answers.map(({ outOfScope }) => outOfScope);
    return {
      file: basename(file),
      lines: answers.length,
      auroc: areaUnderRoc(theirs, ours),
      answered: shareOf(answers, ({ abstained }) => !abstained),
    };
  });
}
