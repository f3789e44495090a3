/** The desk itself in a process of its own, with its limits out of the way. */
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';

const dataDir = process.argv[2]!;
const app = await createApp(
  { ...readConfig(), PORT: 0, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  { withoutPages: true, rate: { burst: 1e9, perSecond: 1e9 } },
);
process.send?.({ url: app.url });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, waiting: app.workers.waiting() });
});
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
