import type { ImportTool } from '../import/import-row.ts';
import { replaceOpenPlaceholders, SLOT_LABELS, TOOL_PLACEHOLDERS } from '../slot-labels.ts';
import { replaceSlots } from '../template.ts';

/** Writes a text for another tool: its own placeholder where it has one, else the slot's name in words, in braces. */
export function renderFor(tool: ImportTool, text: string): string {
  if (tool === 'huashu') return text;
  const filled: Readonly<Record<string, string>> = tool === 'qianniu' ? {} : TOOL_PLACEHOLDERS[tool];
  const named = replaceSlots(text, (slot) => filled[slot] ?? `{${SLOT_LABELS[slot] ?? slot}}`);
  return replaceOpenPlaceholders(named, (label, whole) => filled[label] ?? whole);
}
