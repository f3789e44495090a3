/** `huashu scripts import FILE`: what a file of another tool would do to the library, or its drafts as a library file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createUnderstanding } from '../nlu/create-understanding.ts';
import type { Script } from '../protocol/script.ts';
import { exportScriptFile } from '../scripts/export-library.ts';
import { IMPORT_FORMS, type ImportForm } from '../scripts/import/import-row.ts';
import { type ImportPlan, type PlanOptions, planImport } from '../scripts/import/plan-import.ts';
import { readImport } from '../scripts/import/read-import.ts';
import { createCardSuggester } from '../scripts/import/suggest-card.ts';
import { createIntentSuggester } from '../scripts/import/suggest-intents.ts';
import { type Library, loadLibrary } from '../scripts/load-library.ts';
import { SLOT_EXAMPLES } from '../suggestions/slot-catalogue.ts';
import { printPlan } from './print-plan.ts';
import { INTENTS_DIR, modelCacheDir, SCRIPTS_DIR } from './project-paths.ts';
import { UsageError } from './usage.ts';

export const IMPORT_USAGE = `import FILE [--form ${IMPORT_FORMS.join('|')}] (--dry-run | --out DIR) [--library DIR] [--json]`;

/** Runs the sub-command; 1 when nothing of the file can be read. */
export async function importScripts(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      form: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      library: { type: 'string', default: SCRIPTS_DIR },
      out: { type: 'string' },
    },
  });
  const [file, ...more] = positionals;
  const isForm = values.form === undefined || IMPORT_FORMS.some((form) => form === values.form);
  if (file === undefined || more.length > 0 || !isForm || values['dry-run'] === (values.out !== undefined))
    throw new UsageError(`usage: huashu scripts ${IMPORT_USAGE}`);

  const form = values.form as ImportForm | undefined;
  const read = await readImport(readFileSync(file), { fileName: file, ...(form && { form }) });
  const plan = await planAgainst(loadLibrary(values.library), read);
  if (values.json) process.stdout.write(`${JSON.stringify({ form: read.form ?? null, ...plan }, null, 2)}\n`);
  else printPlan(plan, { file, form: read.form });
  if (values.out !== undefined) writeDrafts(plan, values.out, file);
  return read.rows.length === 0 ? 1 : 0;
}

async function planAgainst(library: Library, read: Awaited<ReturnType<typeof readImport>>): Promise<ImportPlan> {
  return await planImport(read.rows, {
    existing: library.scripts,
    groups: groupTitles(library),
    refused: read.refused,
    slots: SLOT_EXAMPLES,
    ...(read.rows.length > 0 && (await createSuggesters(library))),
    ...(process.stderr.isTTY && { onProgress: drawProgress }),
  });
}

async function createSuggesters({ scripts }: Library): Promise<Pick<PlanOptions, 'suggestIntents' | 'suggestCard'>> {
  const understanding = await createUnderstanding({ intentsDir: INTENTS_DIR, cacheDir: modelCacheDir() });
  return {
    suggestIntents: createIntentSuggester((text) => understanding.analyse(text, { order: null, prev: [] })),
    suggestCard: createCardSuggester(scripts),
  };
}

/** Title of each script's group, by script id. */
export function groupTitles({ files }: Library): Map<string, string> {
  return new Map([...files.values()].flatMap(({ title, scripts }) => scripts.map(({ id }) => [id, title.zh] as const)));
}

const BAR_WIDTH = 30;

function drawProgress(done: number, total: number): void {
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH);
  const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '·');
  process.stderr.write(`\r${bar} ${done} / ${total} rows${done === total ? '\n' : ''}`);
}

/** Agents' own scripts go into a file of their own. */
function writeDrafts(plan: ImportPlan, dir: string, source: string): void {
  mkdirSync(dir, { recursive: true });
  const drafts = [...plan.added, ...plan.changed];
  const name = basename(source, extname(source)).replace(/[^\p{L}\p{N}_]+/gu, '-');
  writeFile(
    join(dir, `imported-${name}.yaml`),
    drafts.filter(({ personal }) => !personal),
  );
  writeFile(
    join(dir, `imported-${name}-personal.yaml`),
    drafts.filter(({ personal }) => personal),
  );
}

function writeFile(path: string, drafts: readonly { script: Script }[]): void {
  if (drafts.length === 0) return;
  const title = { zh: '导入的话术', en: 'Imported scripts' };
  writeFileSync(path, exportScriptFile({ group: 'imported', title, scripts: drafts.map(({ script }) => script) }));
  process.stderr.write(`${drafts.length} drafts written to ${path}\n`);
}
