/** The plan of an import, for people to read. */
import type { ImportPlan } from '../scripts/import/plan-import.ts';

/** Lines of one kind that are shown; the rest is counted. */
const SHOWN = 20;

/** Writes what an import would do, kind by kind, and a line that sums it up. */
export function printPlan(plan: ImportPlan, { file, form }: { file: string; form: string | undefined }): void {
  printKind('added', plan.added, ({ row, script, personal, notices }) => [
    `row ${row}: ${script.id} /${script.code} ${script.title.zh}${personal ? ' [personal]' : ''}`,
    `intents: ${script.intents.join(', ') || 'none found, a person chooses'}`,
    ...notices.map(({ message }) => message),
  ]);
  printKind('changed', plan.changed, ({ rows, script, before, personal, notices }) => [
    `row ${rows.join(', ')}: ${script.id} /${script.code} ${script.title.zh}${personal ? ' [personal]' : ''}`,
    ...script.variants.flatMap(({ text }, i) => {
      const old = before.variants[i]?.text;
      return old === text ? [] : [`- ${inLine(old ?? '')}`, `+ ${inLine(text)}`];
    }),
    ...notices.map(({ message }) => message),
  ]);
  printKind('refused', plan.refused, ({ row, field, code, message }) => [
    `${row === 0 ? 'the file' : `row ${row}`}: ${field}: ${code}: ${message}`,
  ]);
  printKind('duplicate', plan.duplicates, ({ row, of, similarity }) => [
    `row ${row}: says ${similarity === 1 ? 'the same as' : 'nearly the same as'} ${'row' in of ? `row ${of.row}` : of.scriptId} (${Math.round(similarity * 100)} %)`,
  ]);
  const counts = [
    `${plan.added.length} added`,
    `${plan.changed.length} changed`,
    `${plan.unchanged.length} unchanged`,
    `${plan.refused.length} refused`,
    `${plan.duplicates.length} nearly the same as others`,
  ];
  process.stdout.write(`${file} (${form ?? 'unknown form'}): ${counts.join(', ')}\n`);
}

function printKind<T>(kind: string, items: readonly T[], linesOf: (item: T) => string[]): void {
  for (const item of items.slice(0, SHOWN)) {
    const [first = '', ...notes] = linesOf(item);
    process.stdout.write(`${kind.padEnd(10)} ${first}\n${notes.map((note) => `${' '.repeat(13)}${note}\n`).join('')}`);
  }
  if (items.length > SHOWN)
    process.stdout.write(`${kind.padEnd(10)} … ${items.length - SHOWN} more (--json shows all)\n`);
}

function inLine(text: string): string {
  return text.replaceAll('\n', ' / ');
}
