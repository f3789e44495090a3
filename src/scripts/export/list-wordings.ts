import type { Script, ScriptVariant } from '../../protocol/script.ts';
import { cleanCell, type ImportTool } from '../import/import-row.ts';
import { SLOT_LABELS, TOOL_PLACEHOLDERS } from '../slot-labels.ts';
import { slotNames } from '../template.ts';
import { type ExportNote, noteLoss } from './export-note.ts';
import { renderFor } from './render-text.ts';

/** One wording as another tool will hold it. */
export interface ExportedWording {
  script: Script;
  variant: number;
  /** Title of the group; empty: none. */
  group: string;
  text: string;
  language: ScriptVariant['language'];
}

/** Lists the wordings of scripts with their slots in the tool's own way; tells which slots stay words. */
export function listWordings(
  scripts: readonly Script[],
  tool: ImportTool,
  options: { groups: ReadonlyMap<string, string>; wordings: 'all' | 'first' },
  notes: ExportNote[],
): ExportedWording[] {
  const filled: Readonly<Record<string, string>> =
    tool === 'qianniu' || tool === 'huashu' ? {} : TOOL_PLACEHOLDERS[tool];
  return scripts.flatMap((script) => {
    const variants = options.wordings === 'all' ? script.variants : script.variants.slice(0, 1);
    if (variants.length < script.variants.length) notes.push(noteLoss(script.id, 0, 'wording-left-out'));
    return variants.map(({ text, language }, variant) => {
      const words = slotNames(text).filter((slot) => filled[slot] === undefined);
      const slots = words.map((slot) => SLOT_LABELS[slot] ?? slot).join(', ');
      if (words.length > 0) notes.push(noteLoss(script.id, variant, 'slot-in-words', { slots }));
      const group = cleanCell(options.groups.get(script.id) ?? '');
      return { script, variant, group, text: cleanCell(renderFor(tool, text)), language };
    });
  });
}

/** Gives each wording a name of its own: `yf1`, `yf1-2`; `退款说明`, `退款说明 (2)`. */
export function numberNames<W>(
  wordings: readonly W[],
  nameOf: (wording: W) => string,
  write: (name: string, n: number) => string,
): string[] {
  const used = new Set<string>();
  const next = new Map<string, number>();
  return wordings.map((wording) => {
    const name = nameOf(wording);
    let n = next.get(name) ?? 1;
    let written = n === 1 ? name : write(name, n);
    while (used.has(written)) written = write(name, ++n);
    next.set(name, n + 1);
    used.add(written);
    return written;
  });
}
