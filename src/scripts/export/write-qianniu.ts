import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import writeExcelFile from 'write-excel-file/node';
import { type ExportNote, noteLoss } from './export-note.ts';
import type { ExportedWording } from './list-wordings.ts';

/** What a phrase of 千牛 may have, in characters. */
export const QIANNIU_LIMITS = { code: 4, text: 430, group: 10 } as const;

/** Encodings a CSV is written in. */
export type CsvEncoding = 'gb18030' | 'utf-8';

/** A row: code, phrase, group. */
type Row = [code: string, text: string, group: string];

/** Fits wordings into the limits: what is too long is cut, and told. The first wording of a script has its code. */
export function fitQianniu(wordings: readonly ExportedWording[], notes: ExportNote[]): Row[] {
  const codes = shortenCodes(wordings, notes);
  return wordings.map((wording) => [
    wording.variant === 0 ? (codes.get(wording.script.id) ?? '') : '',
    cutText(wording, notes),
    cutGroup(wording, notes),
  ]);
}

function shortenCodes(wordings: readonly ExportedWording[], notes: ExportNote[]): Map<string, string> {
  const scripts = [...new Set(wordings.map(({ script }) => script))];
  const codes = new Map(
    scripts.filter(({ code }) => code.length <= QIANNIU_LIMITS.code).map(({ id, code }) => [id, code]),
  );
  const taken = new Set(codes.values());
  for (const { id, code } of scripts) {
    if (codes.has(id)) continue;
    const stem = code.slice(0, QIANNIU_LIMITS.code - 1);
    const wishes = [
      code.slice(0, QIANNIU_LIMITS.code),
      ...Array.from('23456789abcdefghijklmnopqrstuvwxyz', (c) => stem + c),
    ];
    const free = wishes.find((wish) => !taken.has(wish));
    if (free === undefined) notes.push(noteLoss(id, 0, 'code-left-out', { from: code }));
    else {
      notes.push(noteLoss(id, 0, 'code-shortened', { from: code, to: free, limit: QIANNIU_LIMITS.code }));
      taken.add(free);
      codes.set(id, free);
    }
  }
  return codes;
}

/** Cuts at the end of a sentence when one is near, never within a slot. */
function cutText({ script, variant, text }: ExportedWording, notes: ExportNote[]): string {
  const chars = Array.from(text);
  const limit = QIANNIU_LIMITS.text;
  if (chars.length <= limit) return text;
  notes.push(noteLoss(script.id, variant, 'text-shortened', { length: chars.length, limit }));
  const start = chars
    .slice(0, limit)
    .join('')
    .replace(/\{[^{}]*$/, '');
  const sentence = Math.max(...Array.from('。！？\n', (mark) => start.lastIndexOf(mark)));
  return sentence > start.length / 2 ? start.slice(0, sentence + 1).trimEnd() : start;
}

function cutGroup({ script, variant, group }: ExportedWording, notes: ExportNote[]): string {
  const chars = Array.from(group);
  const limit = QIANNIU_LIMITS.group;
  if (chars.length <= limit) return group;
  const to = chars.slice(0, limit).join('').trimEnd();
  notes.push(noteLoss(script.id, variant, 'group-shortened', { from: group, to, limit }));
  return to;
}

/** Writes a CSV with the columns 千牛 reads. */
export function writeQianniuCsv(rows: readonly Row[], encoding: CsvEncoding): Uint8Array {
  const header = ['快捷短语编码', '快捷短语', '快捷短语分组'];
  const text = stringify([header, ...rows], { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
  return encoding === 'gb18030' ? iconv.encode(text, 'gb18030') : Buffer.from(`\uFEFF${text}`, 'utf8');
}

/** Writes an Excel file with the columns 千牛 reads. */
export async function writeQianniuXlsx(rows: readonly Row[]): Promise<Uint8Array> {
  const header = ['快捷编码', '快捷短语', '快捷短语分组'];
  const cells = [header, ...rows].map((row) => row.map((value) => (value === '' ? null : { type: String, value })));
  return await writeExcelFile(cells, { sheet: '快捷短语' }).toBuffer();
}
