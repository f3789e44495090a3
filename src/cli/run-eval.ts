/** `huashu eval KIND FILE…`: one JSON object on stdout, a table for people on stderr. */
import { parseArgs } from 'node:util';
import { evaluators, KINDS, type Kind } from './evaluators.ts';
import { UsageError } from './usage.ts';

const USAGE = `usage: huashu eval ${KINDS.join('|')} FILE… [--train FILE] [--label-map FILE] [--errors N] [--url URL]`;

/** Scores and prints; the exit code is 0 whenever it could score. */
export async function runEval(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      train: { type: 'string' },
      'label-map': { type: 'string' },
      errors: { type: 'string', default: '0' },
      url: { type: 'string' },
    },
  });
  const [kind, ...files] = positionals;
  if (!isKind(kind) || files.length === 0) throw new UsageError(USAGE);
  const errors = Number(values.errors);
  if (!Number.isInteger(errors) || errors < 0)
    throw new UsageError(`--errors is ${values.errors}: it takes a whole number from 0`);
  if (kind === 'labels' && values.train === undefined)
    throw new UsageError('labels needs --train FILE: the lines the engine learns from');
  if (values.url !== undefined && kind !== 'intents' && kind !== 'gate')
    throw new UsageError('--url goes with intents and gate');
  const { result, wrong } = await evaluators[kind](files, {
    trainFile: values.train,
    labelMapFile: values['label-map'],
    url: values.url,
  });
  process.stderr.write(table(kind, result));
  const worst = errors === 0 ? result : { ...result, errors: wrong.slice(0, errors) };
  process.stdout.write(`${JSON.stringify(worst)}\n`);
  return 0;
}

function isKind(kind: string | undefined): kind is Kind {
  return KINDS.some((known) => known === kind);
}

function table(kind: string, result: object): string {
  const rows = Object.entries(result).flatMap(([name, value]) => {
    if (typeof value === 'number')
      return [`  ${name.padEnd(16)} ${Number.isInteger(value) ? value : value.toFixed(4)}`];
    return typeof value === 'object' && value !== null ? [`  ${name.padEnd(16)} ${JSON.stringify(value)}`] : [];
  });
  return `${kind}\n${rows.join('\n')}\n`;
}
