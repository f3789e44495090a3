/** `huashu gate lint|check`: the gate rules of a shop from the command line. */
import { parseArgs } from 'node:util';
import { createGate } from '../gate/create-gate.ts';
import { readShopRulesFile } from '../gate/shop-rules/read-shop-rules.ts';
import { ShopRulesError } from '../gate/shop-rules/shop-rules-error.ts';
import { OUTGOING_MODES } from '../protocol/turn.ts';
import { UsageError } from './usage.ts';

const USAGE = 'usage: huashu gate lint FILE | check FILE TEXT [--mode typed|A|O|S]';

/** Runs a sub-command. */
export async function runGate(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { mode: { type: 'string' } } });
  const [action, file, ...words] = positionals;
  if (action === 'lint' && file !== undefined && words.length === 0) return lint(file);
  if (action === 'check' && file !== undefined && words.length > 0) return check(file, words.join(' '), values.mode);
  throw new UsageError(USAGE);
}

/** Prints each problem on a line; exits with 1 when there is one. */
function lint(file: string): number {
  try {
    const { rules, version } = readShopRulesFile(file);
    process.stdout.write(
      `${rules.words.length} words, ${rules.patterns.length} patterns, ${rules.exceptions.length} exceptions: good (version ${version})\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ShopRulesError)) throw error;
    process.stdout.write(`${error.message}\n${error.problems.length} findings\n`);
    return 1;
  }
}

/** Prints the verdict on a text; exits with 1 when it may not go out. */
function check(file: string, text: string, mode: string | undefined): number {
  const known = OUTGOING_MODES.find((name) => name === mode);
  if (mode !== undefined && known === undefined)
    throw new UsageError(`--mode is ${mode}: it takes ${OUTGOING_MODES.join(', ')}`);
  const verdict = createGate(undefined, readShopRulesFile(file)).judge(
    text,
    known === undefined ? {} : { mode: known },
  );
  process.stdout.write(`${verdict.decision}\n`);
  for (const { rule, severity, span, message, instead } of verdict.findings) {
    const place = span === null ? 'the whole text' : `"${text.slice(...span)}" at ${span[0]}`;
    const rightly = instead.length > 0 ? ` (${instead.join(', ')})` : '';
    process.stdout.write(`${severity} ${rule} ${place}: ${message}${rightly}\n`);
  }
  return verdict.decision === 'block' ? 1 : 0;
}
