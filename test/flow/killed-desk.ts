/** A desk in a process of its own, to be killed and started again in the same folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PostgresAddress } from '../../src/postgres/connect.ts';
import { createTestRecord } from '../setup/open-record.ts';
import { openTestRedis } from '../setup/open-redis.ts';
import type { DeskEngines } from './start-desk.ts';

const PROCESS = fileURLToPath(new URL('desk-process.ts', import.meta.url));

/** A desk that was killed takes up what it left when leases end and engines are back. */
export const RECOVERY_MS = 240_000;

/** A process that listens. */
export interface Running {
  child: ChildProcess;
  url: string;
  webhookSecret: string;
}

/** Where a desk lives while its processes come and go. */
export interface Home {
  dataDir: string;
  address: PostgresAddress;
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** Makes an empty place. */
export async function makeHome(engines: DeskEngines): Promise<Home> {
  const dataDir = mkdtempSync(join(tmpdir(), 'huashu-kill-'));
  const record = await createTestRecord(engines.record);
  const redis = engines.redis === 'redis' ? await openTestRedis('redis') : undefined;
  const embedded = 'dataDir' in record.address;
  if ('dataDir' in record.address) renameSync(record.address.dataDir, join(dataDir, 'postgres'));
  return {
    dataDir,
    address: embedded ? { dataDir: join(dataDir, 'postgres') } : record.address,
    environment: {
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'fatal',
      ...('url' in record.address ? { DATABASE_URL: record.address.url } : {}),
      ...(redis ? { REDIS_URL: redis.url } : {}),
    },
    async remove() {
      await redis?.close();
      await record.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Starts a process there; its clock begins at a moment. */
export async function start(at: Home, startAtMs: number): Promise<Running> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, String(startAtMs)], {
    env: { PATH: process.env['PATH'] ?? '', ...at.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout! })) {
    // The embedded Valkey greets on the same stream.
    if (line.startsWith('{')) {
      return { child, ...(JSON.parse(line) as { url: string; webhookSecret: string }) };
    }
  }
  throw new Error('the desk ended before it listened');
}

/** Ends a process, by default without a chance to finish anything. */
export async function kill({ child }: Running, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
