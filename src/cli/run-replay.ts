/** `huashu replay FILE [--url URL] [--limit N] [--speed N] [--json]`. */
import { parseArgs } from 'node:util';
import { readCredentials } from '../config.ts';
import { demoSupervisor, readDialogues, replay } from './replay.ts';
import { UsageError } from './usage.ts';

/** Replays and prints; exits with 1 when any turn failed. */
export async function runReplay(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      limit: { type: 'string' },
      speed: { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError('usage: huashu replay FILE [--url URL] [--limit N] [--speed N] [--json]');
  const dialogues = readDialogues(file);
  const credentials = readCredentials() ?? demoSupervisor();
  const report = await replay(dialogues, {
    url: values.url,
    ...credentials,
    limit: values.limit === undefined ? dialogues.length : count('--limit', values.limit),
    speed: count('--speed', values.speed),
    print: values.json ? () => undefined : (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`${values.json ? '' : '\n'}${JSON.stringify(report)}\n`);
  return report.errors === 0 ? 0 : 1;
}

function count(name: string, value: string): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1)
    throw new UsageError(`${name} is ${value}: it takes a whole number from 1`);
  return parsed;
}
