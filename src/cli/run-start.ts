/** `huashu start [--role gateway|worker|all]`. */
import { parseArgs } from 'node:util';
import { startDesk } from './start-desk.ts';

/** Starts the desk; the process then lives until a signal. */
export async function runStart(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { role: { type: 'string' } } });
  await startDesk(values.role === undefined ? {} : { ROLE: values.role });
  return 0;
}
