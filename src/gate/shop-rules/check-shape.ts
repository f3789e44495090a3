import type { z } from 'zod';
import { describeValue, valueAt } from '../../lib/describe-value.ts';
import { formatPath } from '../../lib/read-text-file.ts';
import { type ShopGateRules, ShopGateRulesSchema } from '../../protocol/gate-rules.ts';
import { ShopRulesError, type ShopRulesProblem } from './shop-rules-error.ts';

/** Line of a field, from 1; `undefined` when it is not known. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

/** Notes a problem at a place of the rules. */
export type Complain = (path: readonly PropertyKey[], message: string) => void;

/** A sheet of problems, each at the nearest line that is known. */
export function createComplaints(lineOf: LineOf): { complain: Complain; problems: ShopRulesProblem[] } {
  const problems: ShopRulesProblem[] = [];
  const complain: Complain = (path, message) =>
    problems.push({ path: formatPath(path), line: nearestLine(lineOf, path), message });
  return { complain, problems };
}

/** A missing field has no line of its own: the line of what should hold it is the nearest. */
function nearestLine(lineOf: LineOf, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== undefined) return line;
  }
  return undefined;
}

/** Problems that are listed; who has more mends these first. */
const MOST_PROBLEMS = 50;

/** Reads rules by their schema. @throws ShopRulesError listing every breach */
export function checkShape(raw: unknown, source: string, lineOf: LineOf): ShopGateRules {
  const parsed = ShopGateRulesSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { complain, problems } = createComplaints(lineOf);
  for (const issue of parsed.error.issues.slice(0, MOST_PROBLEMS)) complainOf(issue, raw, complain);
  throw new ShopRulesError(source, problems);
}

function complainOf(issue: z.core.$ZodIssue, raw: unknown, complain: Complain): void {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) complain([...issue.path, key], 'is not a field of gate rules');
    return;
  }
  const inner = issue.code === 'invalid_key' ? issue.issues[0] : undefined;
  const value =
    inner === undefined ? describeValue(valueAt(raw, issue.path)) : `the name "${String(issue.path.at(-1))}"`;
  complain(issue.path, `${value} is not legal: ${(inner ?? issue).message}`);
}
