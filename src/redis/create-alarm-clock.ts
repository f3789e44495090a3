/**
 * The alarm clock of the follow-ups: BullMQ delayed jobs that only wake a worker. Postgres decides what is
 * due and owns the claim, so a lost, early or doubled alarm does no harm.
 */
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { RedisConnection } from './connect.ts';

/** An alarm: the row it wakes and the revision it was set for. */
export interface Alarm {
  shopId: string;
  followUpId: string;
  revision: number;
}

/** Sets alarms and, where a worker runs, hears them. */
export interface AlarmClock {
  /** Sets an alarm; the same row and revision is set once. */
  set(alarm: Alarm, delayMs: number): Promise<void>;
  /** Starts hearing alarms. */
  listen(onAlarm: (alarm: Alarm) => Promise<void>): void;
  close(): Promise<void>;
}

const QUEUE = 'follow-ups';
/** A killed worker's alarm is taken over within about 6 s. */
const LOCK_MS = 5000;
const STALLED_CHECK_MS = 2000;
/** Alarms heard at once: what they wake is worked on in groups. */
const CONCURRENCY = 32;
/** A connection that does not answer for so long is opened anew; BullMQ's own waits last 10 s. */
const SILENCE_MS = 15_000;
/** How long a fired alarm's id is remembered, in seconds. */
const REMEMBER_S = 3600;

/** Opens the alarm clock over Redis. */
export function createAlarmClock(redis: RedisConnection, onProblem: (error: Error) => void): AlarmClock {
  const open = () => {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null, socketTimeout: SILENCE_MS });
    connection.on('error', onProblem);
    return connection;
  };
  const connections = [open()];
  const queue = new Queue<Alarm>(QUEUE, { connection: connections[0]!, prefix: 'huashu' });
  queue.on('error', onProblem);
  let worker: Worker<Alarm> | undefined;
  return {
    async set(alarm, delayMs) {
      await queue.add('due', alarm, {
        // BullMQ forbids a colon in an id.
        jobId: `${alarm.followUpId}-${alarm.revision}`,
        delay: Math.max(0, Math.round(delayMs)),
        removeOnComplete: { age: REMEMBER_S },
        removeOnFail: { age: REMEMBER_S },
        attempts: 3,
        backoff: { type: 'exponential', delay: 500 },
      });
    },
    listen(onAlarm) {
      const connection = open();
      connections.push(connection);
      worker = new Worker<Alarm>(QUEUE, async (job) => await onAlarm(job.data), {
        connection,
        prefix: 'huashu',
        concurrency: CONCURRENCY,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
      });
      worker.on('error', onProblem);
    },
    async close() {
      await worker?.close();
      await queue.close();
      for (const connection of connections) connection.disconnect();
    },
  };
}
