import { DataFileError } from '../../lib/errors.ts';

/** One thing wrong with a shop's gate rules. */
export interface ShopRulesProblem {
  /** `words[3].severity`; empty for the whole. */
  path: string;
  /** Line in the file, from 1; absent when the rules came from elsewhere. */
  line: number | undefined;
  /** The value, what is wrong with it, and what is legal. */
  message: string;
}

/** Gate rules of a shop that cannot be used; the message lists every problem, one a line. */
export class ShopRulesError extends DataFileError {
  readonly problems: readonly ShopRulesProblem[];

  constructor(source: string, problems: readonly ShopRulesProblem[]) {
    const first = problems[0]!;
    super(source, first.line, first.path, first.message);
    this.name = 'ShopRulesError';
    this.problems = problems;
    this.message = problems
      .map(({ line, path, message }) => new DataFileError(source, line, path, message).message)
      .join('\n');
  }
}
