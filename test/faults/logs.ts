/** The three logs a run leaves behind: lines are only ever added, and the checker reads nothing else. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The desk answered that an event of the order feed is recorded. Moments in Unix ms. */
export type EventLine =
  | { log: 'events'; type: 'order.created'; orderId: string; dueAtMs: number; acknowledgedAtMs: number }
  | { log: 'events'; type: 'order.paid'; orderId: string; acknowledgedAtMs: number };

/** The platform took a message about an order. */
export interface SendLine {
  log: 'sends';
  orderId: string;
  /** The sender's idempotency key. */
  key: string;
  /** Card of the script, such as `SCR-72`. */
  card: string;
  atMs: number;
  /** The platform knew the key and showed the buyer nothing. */
  repeated: boolean;
}

/** Postgres committed a payment, or the decision to send; its own clock, to the microsecond. */
export interface CommitLine {
  log: 'commits';
  what: 'paid' | 'send decided';
  orderId: string;
  /** Of the send. */
  key?: string;
  atMs: number;
}

export type LogLine = EventLine | SendLine | CommitLine;

/** The logs of one run. */
export interface RunLogs {
  add(line: LogLine): void;
  /** Lines of a log so far. */
  count(log: LogLine['log']): number;
  /** Reads everything back from the files. */
  read(): { events: EventLine[]; sends: SendLine[]; commits: CommitLine[] };
}

/** Opens the logs in a folder. */
export function openLogs(dir: string): RunLogs {
  const counts = { events: 0, sends: 0, commits: 0 };
  const pathOf = (log: LogLine['log']) => join(dir, `${log}.jsonl`);
  const readLog = <T extends LogLine>(log: T['log']): T[] =>
    existsSync(pathOf(log))
      ? readFileSync(pathOf(log), 'utf8')
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]))
      : [];
  return {
    add(line) {
      counts[line.log]++;
      appendFileSync(pathOf(line.log), `${JSON.stringify(line)}\n`);
    },
    count: (log) => counts[log],
    read: () => ({
      events: readLog<EventLine>('events'),
      sends: readLog<SendLine>('sends'),
      commits: readLog<CommitLine>('commits'),
    }),
  };
}
