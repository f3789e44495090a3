/** A node of the desk in a process of its own, to be killed: all is as it ships but the pages and the platform. */
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openMind } from '../flow/start-desk.ts';
import { moveMachineClock } from './machine-clock.ts';
import type { NodeOptions } from './nodes.ts';
import { sendToPlatform } from './platform.ts';

const options = JSON.parse(process.argv[2]!) as NodeOptions;
moveMachineClock();
const app = await createApp(readConfig(), {
  mind: await openMind(),
  withoutPages: true,
  ...(options.sweepEveryMs === undefined ? {} : { sweepEveryMs: options.sweepEveryMs }),
  ...(options.machineClock ? { clock: systemClock } : {}),
  channels: [
    {
      name: 'web',
      idempotent: true,
      deliver: ({ script }, { buyerId, idempotencyKey }) =>
        sendToPlatform(options.platformUrl, {
          buyerId,
          key: idempotencyKey,
          card: script?.id.split('-').slice(0, 2).join('-') ?? '',
        }),
    },
  ],
});
// Nobody is left who would end it.
process.on('disconnect', () => process.exit(1));
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
process.send!({ url: app.url });
