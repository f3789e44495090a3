import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { FactsSchema } from '../protocol/facts.ts';
import { CardIdSchema, TechniqueSchema } from '../protocol/ids.ts';
import { findLiveFact } from '../protocol/live-facts.ts';
import { TurnSchema } from '../protocol/turn.ts';

/** A line of kind `suggestions`: a situation, what should and what must not be proposed. */
const SuggestionLineSchema = z
  .strictObject({
    id: z.string(),
    facts: FactsSchema,
    /** Turns before `message`, oldest first. */
    history: z.array(TurnSchema),
    message: z.string(),
    /** Any of these among the three is a hit; empty: counts for `forbidden` only. */
    expectTop3: z.array(CardIdSchema),
    expectTop1: z.array(CardIdSchema).optional(),
    mustNot: z.array(z.union([CardIdSchema, TechniqueSchema])),
    why: z.string().optional(),
  })
  .refine((line) => (line.expectTop1 ?? []).every((id) => line.expectTop3.includes(id)), {
    path: ['expectTop1'],
    error: 'must be part of expectTop3',
  });
export type SuggestionLine = z.infer<typeof SuggestionLineSchema>;

/** Parses one line of kind `suggestions`. @throws DataFileError naming file, line and path */
export function parseSuggestionLine(text: string, file: string, line: number): SuggestionLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataFileError(file, line, '', `is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = SuggestionLineSchema.safeParse(value);
  if (parsed.success) {
    const live = findLiveFact(parsed.data.facts);
    if (live === undefined) return parsed.data;
    throw new DataFileError(file, line, `facts.${live}`, 'is known to a running desk only');
  }
  const issue = parsed.error.issues[0]!;
  const extra = issue.code === 'unrecognized_keys' ? issue.keys : [];
  throw new DataFileError(file, line, [...issue.path, ...extra.slice(0, 1)].join('.'), issue.message);
}

/** Reads a file of kind `suggestions`; blank lines are skipped. @throws DataFileError also on a repeated id */
export function readSuggestionsFile(path: string): SuggestionLine[] {
  const lines: SuggestionLine[] = [];
  const first = new Map<string, number>();
  for (const [index, text] of readFileSync(path, 'utf8').split(/\r?\n/).entries()) {
    if (text.trim() === '') continue;
    const line = parseSuggestionLine(text, path, index + 1);
    const earlier = first.get(line.id);
    if (earlier !== undefined) {
      throw new DataFileError(path, index + 1, 'id', `"${line.id}" is already the id of line ${earlier}`);
    }
    first.set(line.id, index + 1);
    lines.push(line);
  }
  return lines;
}
