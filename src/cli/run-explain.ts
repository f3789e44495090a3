/** `huashu explain TEXT [--order STATE]`: how a message is understood, and why. */
import { parseArgs } from 'node:util';
import { createUnderstanding } from '../nlu/create-understanding.ts';
import { OrderStateSchema } from '../protocol/ids.ts';
import { INTENTS_DIR, modelCacheDir } from './project-paths.ts';
import { UsageError } from './usage.ts';

/** Prints the analysis and what spoke for it. */
export async function runExplain(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { order: { type: 'string' } } });
  const text = positionals.join(' ');
  if (text === '') throw new UsageError('usage: huashu explain TEXT [--order STATE]');
  const order = values.order === undefined ? undefined : OrderStateSchema.safeParse(values.order);
  if (order && !order.success)
    throw new UsageError(`--order is ${values.order}: it takes ${OrderStateSchema.options.join(', ')}`);
  const understanding = await createUnderstanding({ intentsDir: INTENTS_DIR, cacheDir: modelCacheDir() });
  const context = { order: order ? { state: order.data } : null, prev: [] };
  const analysis = understanding.analyse(text, context);
  process.stdout.write(`${JSON.stringify({ analysis, because: understanding.explain(text, context) }, null, 2)}\n`);
  return 0;
}
