import { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { TabooIdSchema } from '../protocol/ids.ts';
import { findLiveFact } from '../protocol/live-facts.ts';
import { type GateContext, GateContextSchema, type Verdict } from '../protocol/turn.ts';

const GateLineSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  context: GateContextSchema,
  expect: z.enum(['block', 'warn', 'pass']),
  rules: z.array(TabooIdSchema),
});
/** One line of a gate evaluation file. */
export type GateLine = z.infer<typeof GateLineSchema>;

/** Scores of the gate on a file. */
export interface GateResult {
  lines: number;
  /** Lines with the right decision and every expected rule among the findings. */
  exact: number;
  /** Lines that should be blocked and were not. */
  missed: number;
  /** Lines that should pass and were blocked. */
  overBlocked: number;
  /** Share of the lines that expect `block`; 0 without such lines. */
  missedRate: number;
  /** Share of the lines that expect `pass`; 0 without such lines. */
  overBlockedRate: number;
}

/** A line the gate judged otherwise than expected. */
export interface WrongGateLine {
  line: GateLine;
  verdict: Verdict;
}

/**
 * Reads a gate evaluation file (JSON Lines; blank lines are skipped).
 *
 * @throws {DataFileError} naming file, line and path for anything the format does not name, and for a repeated id.
 */
export function parseGateLines(content: string, file: string): GateLine[] {
  const seen = new Map<string, number>();
  const lines: GateLine[] = [];
  for (const [index, raw] of content.split(/\r?\n/).entries()) {
    if (raw.trim() === '') continue;
    const number = index + 1;
    const line = parseLine(raw, file, number);
    const before = seen.get(line.id);
    if (before !== undefined)
      throw new DataFileError(file, number, 'id', `${line.id} already stands in line ${before}`);
    seen.set(line.id, number);
    lines.push(line);
  }
  return lines;
}

function parseLine(raw: string, file: string, number: number): GateLine {
  const parsed = GateLineSchema.safeParse(parseJson(raw, file, number));
  if (parsed.success) {
    const live = findLiveFact(parsed.data.context);
    if (live === undefined) return parsed.data;
    throw new DataFileError(file, number, `context.${live}`, 'is known to a running desk only');
  }
  const issue = parsed.error.issues[0]!;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  throw new DataFileError(file, number, path, unknown === undefined ? issue.message : 'is not a field of this format');
}

function parseJson(raw: string, file: string, number: number): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new DataFileError(file, number, '', `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Scores a judge on lines; `wrong` holds every line that is not exact, in order. */
export function evaluateGate(
  lines: readonly GateLine[],
  judge: (text: string, context: GateContext) => Verdict,
): { result: GateResult; wrong: WrongGateLine[] } {
  const wrong: WrongGateLine[] = [];
  let missed = 0;
  let overBlocked = 0;
  for (const line of lines) {
    const verdict = judge(line.text, line.context);
    const found = new Set(verdict.findings.map((finding) => finding.rule));
    const isExact = verdict.decision === line.expect && line.rules.every((rule) => found.has(rule));
    if (!isExact) wrong.push({ line, verdict });
    if (line.expect === 'block' && verdict.decision !== 'block') missed += 1;
    if (line.expect === 'pass' && verdict.decision === 'block') overBlocked += 1;
  }
  const result: GateResult = {
    lines: lines.length,
    exact: lines.length - wrong.length,
    missed,
    overBlocked,
    missedRate: share(missed, lines.filter((line) => line.expect === 'block').length),
    overBlockedRate: share(overBlocked, lines.filter((line) => line.expect === 'pass').length),
  };
  return { result, wrong };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
