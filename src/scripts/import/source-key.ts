import { createHash } from 'node:crypto';
import type { Script } from '../../protocol/script.ts';
import { slotNames } from '../template.ts';
import type { ImportedRow } from './import-row.ts';

/**
 * Where a script comes from, as it stands among its `sources`: `import:qianniu:物流/yf1#3fa9c2d1`. The part before
 * the mark names the row in the other tool, the part after it is what the row said.
 */
export interface SourceMark {
  key: string;
  textHash: string;
}

/** The mark of a row. A row without code and title is known by its text alone. */
export function markOf(row: ImportedRow): SourceMark {
  const textHash = shortHash(row.text);
  const name = row.code !== '' ? row.code : row.title;
  const group = row.group === '' ? '' : `${quote(row.group)}/`;
  return { key: `import:${row.tool}:${group}${name === '' ? '' : quote(name)}`, textHash };
}

/** The mark as a script's `sources` hold it. */
export function writeMark({ key, textHash }: SourceMark): string {
  return `${key}#${textHash}`;
}

/** The marks a script carries. */
export function readMarks(script: Script): SourceMark[] {
  return script.sources.flatMap((source) => {
    const match = /^(import:.*)#([0-9a-f]{8})$/s.exec(source);
    return match ? [{ key: match[1]!, textHash: match[2]! }] : [];
  });
}

/** The group a script had in the tool it came from; `undefined` when it came from none or had none. */
export function importedGroup(script: Script): string | undefined {
  for (const { key } of readMarks(script)) {
    const group = /^import:[a-z]+:([^/]*)\//.exec(key)?.[1];
    if (group !== undefined) return unquote(group);
  }
  return undefined;
}

/** Eight hexadecimal digits that stand for a text. */
export function shortHash(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 8);
}

function quote(part: string): string {
  return part.replace(/[%:/#\n]/g, (char) => `%${char.codePointAt(0)!.toString(16).padStart(2, '0')}`);
}

/** Of what `quote` writes; anything else somebody wrote by hand, and it stands as it is. */
function unquote(part: string): string {
  return part.replace(/%(25|3a|2f|23|0a)/g, (_whole, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
}

/** The slots every Chinese wording needs, those already declared first. */
export function slotsOf(script: Pick<Script, 'variants' | 'slots'>): string[] {
  const chinese = script.variants.filter((variant) => variant.language === 'zh-Hans');
  const used = (chinese.length > 0 ? chinese : script.variants).map((variant) => slotNames(variant.text));
  const everywhere = (used[0] ?? []).filter((slot) => used.every((names) => names.includes(slot)));
  const kept = script.slots.filter((slot) => used.some((names) => names.includes(slot)));
  return [...kept, ...everywhere.filter((slot) => !kept.includes(slot))];
}
