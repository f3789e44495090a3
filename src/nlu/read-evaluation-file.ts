import { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { formatPath, readTextFile } from '../lib/read-text-file.ts';
import { MESSAGE_INTENTS, type MessageIntent, MessageIntentSchema, SpeakerSchema } from '../protocol/ids.ts';

const EVALUATION_ORDER_STATES = ['unpaid', 'paid', 'printed', 'shipped', 'signed', 'completed'] as const;

/** A line of kind `intents`: a buyer's message, what was known, and what it really says. */
export const IntentLineSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  context: z.strictObject({
    order: z.strictObject({ state: z.enum(EVALUATION_ORDER_STATES) }).nullable(),
    prev: z.array(z.strictObject({ from: SpeakerSchema, text: z.string() })).max(2),
  }),
  /** Empty: out of scope. */
  intents: z.array(MessageIntentSchema),
  acceptable: z.array(MessageIntentSchema),
});
export type IntentLine = z.infer<typeof IntentLineSchema>;

/** A line of kind `labels`: a message and its one label, of any label set. */
export const LabelLineSchema = z.strictObject({ text: z.string(), label: z.string().min(1) });
export type LabelLine = z.infer<typeof LabelLineSchema>;

/** A label map: which of our intents are right for each label; an empty list is out of scope. */
const LabelMapSchema = z.strictObject({
  about: z.string().optional(),
  labels: z.record(z.string(), z.array(MessageIntentSchema.or(z.string().regex(/^INT-(GEN|IN|LOG|AS|REV|REL)-\d\d$/)))),
});

/** Parses one line of kind `intents`. @throws DataFileError naming file, line and path. */
export function parseIntentLine(line: string, file = '(line)', lineNumber?: number): IntentLine {
  return parseLine(IntentLineSchema, line, file, lineNumber);
}

/** Parses one line of kind `labels`. @throws DataFileError naming file, line and path. */
export function parseLabelLine(line: string, file = '(line)', lineNumber?: number): LabelLine {
  return parseLine(LabelLineSchema, line, file, lineNumber);
}

/** Reads a file of kind `intents`; blank lines are skipped. @throws DataFileError also on a repeated id. */
export function readIntentsFile(path: string): IntentLine[] {
  const lines = readLines(path, parseIntentLine);
  const first = new Map<string, number>();
  for (const { value, line } of lines) {
    const earlier = first.get(value.id);
    if (earlier) throw new DataFileError(path, line, 'id', `"${value.id}" is already the id of line ${earlier}`);
    first.set(value.id, line);
  }
  return lines.map(({ value }) => value);
}

/** Reads a file of kind `labels`; blank lines are skipped. */
export function readLabelsFile(path: string): LabelLine[] {
  return readLines(path, parseLabelLine).map(({ value }) => value);
}

/**
 * Reads a label map. Intents that are events (never read from a text) are left out.
 *
 * @throws DataFileError naming file and path.
 */
export function readLabelMap(path: string): Map<string, MessageIntent[]> {
  const parsed = parseLine(LabelMapSchema, readTextFile(path), path, undefined);
  const messages = new Set<string>(MESSAGE_INTENTS);
  const isMessage = (intent: string): intent is MessageIntent => messages.has(intent);
  return new Map(Object.entries(parsed.labels).map(([label, intents]) => [label, intents.filter(isMessage)]));
}

function readLines<T>(
  path: string,
  parse: (line: string, file: string, lineNumber: number) => T,
): { value: T; line: number }[] {
  const found: { value: T; line: number }[] = [];
  for (const [index, text] of readTextFile(path).split('\n').entries()) {
    if (text.trim() !== '') found.push({ value: parse(text, path, index + 1), line: index + 1 });
  }
  return found;
}

function parseLine<T>(schema: z.ZodType<T>, line: string, file: string, lineNumber: number | undefined): T {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new DataFileError(file, lineNumber, '', `is not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataFileError(file, lineNumber, formatPath(issue.path), describeIssue(issue));
}

/** Names the value and what is legal; a long list of legal ids is described, not printed. */
function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value' && issue.values.length > 20) {
    return `must be the id of a message intent of domain 04 (INT-GEN-01 … INT-REV-07), no event`;
  }
  return issue.message;
}
