/** A desk in a process of its own, to be killed: prints where it listens, and writes down what it delivers. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { LIMITS } from '../../src/protocol/frames.ts';
import type { Message } from '../../src/protocol/records.ts';
import { openMind } from './start-desk.ts';

const [startAt] = process.argv.slice(2).map(Number);
const config = readConfig();
const startedAt = performance.now();
const app = await createApp(config, {
  clock: { now: () => Math.round(startAt! + performance.now() - startedAt) },
  mind: await openMind(),
  withoutPages: true,
  rate: { burst: 100_000, perSecond: 1 },
  // A busy machine greets late.
  timing: { ...LIMITS, helloWithinMs: 120_000 },
  channels: [
    {
      name: 'web',
      // The platform of this test drops no repetition: whatever is delivered twice is seen twice.
      idempotent: false,
      deliver: async (_message: Message, { idempotencyKey }: { idempotencyKey: string }) => {
        appendFileSync(join(config.DATA_DIR, 'delivered'), `${idempotencyKey}\n`);
      },
    },
  ],
});
process.on('SIGTERM', () => void app.close());
process.stdout.write(`${JSON.stringify({ url: app.url, webhookSecret: app.webhookSecret })}\n`);
