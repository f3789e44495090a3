import { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { formatPath, readTextFile } from '../lib/read-text-file.ts';
import { BuyerTypeSchema, OrderStateSchema } from '../protocol/ids.ts';

const seconds = z.int();
const AnswerSchema = z.union([BuyerTypeSchema, z.literal('unknown')], {
  error: 'must be one of BT-1 … BT-8 and unknown',
});

const OrderSchema = z.strictObject({
  state: OrderStateSchema,
  items: z.array(z.strictObject({ title: z.string(), category: z.string(), qty: z.int() })),
  placedAtSec: seconds,
  paidAtSec: seconds.optional(),
  signedAtSec: seconds.optional(),
  confirmedAtSec: seconds.optional(),
  confirmedBy: z.enum(['buyer', 'auto']).optional(),
  review: z.strictObject({ text: z.string() }).optional(),
  claimed: z.boolean().optional(),
});

/** A line of kind `profiles`: one chat, the buyer's orders, and the type after the last message. */
export const ProfileLineSchema = z.strictObject({
  id: z.string(),
  messages: z.array(z.strictObject({ from: z.enum(['buyer', 'agent']), text: z.string(), atSec: seconds })),
  orders: z.array(OrderSchema),
  type: AnswerSchema,
  acceptable: z.array(AnswerSchema),
});
export type ProfileLine = z.infer<typeof ProfileLineSchema>;

/** Parses one line of kind `profiles`. @throws DataFileError naming file, line and path. */
export function parseProfileLine(text: string, file = '(line)', line?: number): ProfileLine {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DataFileError(file, line, '', `is not JSON: ${(error as Error).message}`);
  }
  const parsed = ProfileLineSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const unknownKey = issue.code === 'unrecognized_keys' ? [issue.keys[0]!] : [];
  throw new DataFileError(file, line, formatPath([...issue.path, ...unknownKey]), issue.message);
}

/** Reads a file of kind `profiles`; blank lines are skipped. @throws DataFileError also on a repeated id. */
export function readProfilesFile(path: string): ProfileLine[] {
  const lines: ProfileLine[] = [];
  const first = new Map<string, number>();
  for (const [index, text] of readTextFile(path).split('\n').entries()) {
    if (text.trim() === '') continue;
    const line = parseProfileLine(text, path, index + 1);
    const earlier = first.get(line.id);
    if (earlier) throw new DataFileError(path, index + 1, 'id', `"${line.id}" is already the id of line ${earlier}`);
    first.set(line.id, index + 1);
    lines.push(line);
  }
  return lines;
}
