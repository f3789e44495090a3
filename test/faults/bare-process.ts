/** The floor for the burst: BullMQ alone, whose jobs go straight to the platform. */
import { Worker } from 'bullmq';
import type { NodeOptions } from './nodes.ts';
import { REMINDER, sendToPlatform } from './platform.ts';

const { platformUrl } = JSON.parse(process.argv[2]!) as NodeOptions;
const url = new URL(process.env['REDIS_URL']!);

const worker = new Worker<{ buyerId: string }>(
  'bare',
  async (job) => {
    await sendToPlatform(platformUrl, { buyerId: job.data.buyerId, key: job.id!, card: REMINDER });
  },
  { connection: { host: url.hostname, port: Number(url.port), maxRetriesPerRequest: null }, concurrency: 8 },
);
await worker.waitUntilReady();
for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));
process.send!({ url: '' });
