/** `huashu scripts lint|list|import|export`: the library from the command line. */
import { lintLibrary } from '../scripts/lint-library.ts';
import { loadLibrary } from '../scripts/load-library.ts';
import { createScriptSearch } from '../scripts/search-scripts.ts';
import { GUARD_CATALOGUE } from '../suggestions/guard-catalogue.ts';
import { SLOT_EXAMPLES } from '../suggestions/slot-catalogue.ts';
import { EXPORT_USAGE, exportScripts } from './export-scripts.ts';
import { IMPORT_USAGE, importScripts } from './import-scripts.ts';
import { SCRIPTS_DIR } from './project-paths.ts';
import { UsageError } from './usage.ts';

const USAGE = ['lint', 'list [WORDS]', IMPORT_USAGE, EXPORT_USAGE]
  .map((form, i) => `${i === 0 ? 'usage:' : '      '} huashu scripts ${form}`)
  .join('\n');
const LISTED = 200;

/** Runs a sub-command. */
export async function runScripts(args: string[]): Promise<number> {
  const [action, ...rest] = args;
  if (action === 'lint' && rest.length === 0) return lint();
  if (action === 'list') return list(rest.join(' '));
  if (action === 'import') return await importScripts(rest);
  if (action === 'export') return await exportScripts(rest);
  throw new UsageError(USAGE);
}

/** Prints each finding on a line; exits with 1 when there is one. */
function lint(): number {
  const { scripts } = loadLibrary(SCRIPTS_DIR);
  const findings = lintLibrary(scripts, {
    guards: new Set(Object.keys(GUARD_CATALOGUE)),
    slots: SLOT_EXAMPLES,
  });
  for (const finding of findings) {
    const place = finding.variant === undefined ? '' : ` wording ${finding.variant + 1}`;
    process.stdout.write(`${finding.scriptId}${place}: ${finding.rule}: ${finding.message}\n`);
  }
  process.stdout.write(`${scripts.length} scripts, ${findings.length} findings\n`);
  return findings.length === 0 ? 0 : 1;
}

function list(words: string): number {
  const { scripts } = loadLibrary(SCRIPTS_DIR);
  for (const { script, variant } of createScriptSearch(scripts).search(words, { limit: LISTED })) {
    process.stdout.write(
      `${script.id.padEnd(8)} ${script.code.padEnd(8)} ${script.title.zh}  ${script.variants[variant]!.text.replaceAll('\n', ' / ')}\n`,
    );
  }
  return 0;
}
