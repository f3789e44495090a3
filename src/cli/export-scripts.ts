/** `huashu scripts export FOLDER`: the library as its own files, or as one file for another tool. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportScripts as exportTo } from '../scripts/export/export-scripts.ts';
import { exportScriptFile } from '../scripts/export-library.ts';
import { IMPORT_FORMS, type ImportForm } from '../scripts/import/import-row.ts';
import { loadLibrary } from '../scripts/load-library.ts';
import { groupTitles } from './import-scripts.ts';
import { SCRIPTS_DIR } from './project-paths.ts';
import { UsageError } from './usage.ts';

export const EXPORT_USAGE = `export FOLDER [--form ${IMPORT_FORMS.join('|')}] [--encoding gb18030|utf-8] [--wordings all|first] [--library DIR]`;

/** What the one file is called. */
const FILE_NAMES: Readonly<Record<Exclude<ImportForm, 'yaml'>, string>> = {
  'qianniu-csv': 'qianniu.csv',
  'qianniu-xlsx': 'qianniu.xlsx',
  chatwoot: 'chatwoot.json',
  zendesk: 'zendesk.json',
  gorgias: 'gorgias.json',
};

/** Runs the sub-command. Other tools get the approved scripts alone. */
export async function exportScripts(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      form: { type: 'string', default: 'yaml' },
      encoding: { type: 'string', default: 'gb18030' },
      wordings: { type: 'string', default: 'all' },
      library: { type: 'string', default: SCRIPTS_DIR },
    },
  });
  const form = IMPORT_FORMS.find((known) => known === values.form);
  const encoding = (['gb18030', 'utf-8'] as const).find((known) => known === values.encoding);
  const wordings = (['all', 'first'] as const).find((known) => known === values.wordings);
  const [dir, ...more] = positionals;
  if (!form || !encoding || !wordings || dir === undefined || more.length > 0)
    throw new UsageError(`usage: huashu scripts ${EXPORT_USAGE}`);

  const library = loadLibrary(values.library);
  mkdirSync(dir, { recursive: true });
  if (form === 'yaml') {
    for (const [name, content] of library.files) writeFileSync(join(dir, name), exportScriptFile(content));
    process.stdout.write(`${library.files.size} files written to ${dir}\n`);
    return 0;
  }
  const approved = library.scripts.filter((script) => script.status === 'approved');
  const { bytes, notes } = await exportTo(approved, form, { groups: groupTitles(library), encoding, wordings });
  const path = join(dir, FILE_NAMES[form]);
  writeFileSync(path, bytes);
  const cuts = notes.filter(({ code }) => code !== 'slot-in-words');
  for (const { scriptId, variant, message } of cuts)
    process.stdout.write(`${scriptId} wording ${variant + 1}: ${message}\n`);
  process.stdout.write(
    `${approved.length} scripts written to ${path}; ${notes.length - cuts.length} wordings have slots that agents fill by hand there\n`,
  );
  return 0;
}
