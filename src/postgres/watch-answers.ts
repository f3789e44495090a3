/** Ends a connection whose server has gone silent: a lost route breaks nothing by itself, and who waits would wait for ever. */
import type { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';

/** Longest silence after a statement was sent. */
const SILENCE_MS = 10_000;
const LOOK_EVERY_MS = 1000;

/** What is watched of a connection to Postgres. */
export interface WatchedConnection extends EventEmitter {
  stream: Duplex;
}

/**
 * Watches an idle connection from here on. When it breaks, the statement under way fails.
 *
 * @param mayBreak asked at the end of a silence: migrations take their time
 */
export function watchAnswers(connection: WatchedConnection, mayBreak: () => boolean): void {
  const { stream } = connection;
  const count = (which: 'bytesWritten' | 'bytesRead') => Number(Reflect.get(stream, which) ?? 0);
  let answered = count('bytesWritten');
  let heard = count('bytesRead');
  let silentMs = 0;
  connection.on('readyForQuery', () => {
    answered = count('bytesWritten');
  });
  const timer = setInterval(() => {
    const isSilent = count('bytesWritten') > answered && count('bytesRead') === heard;
    heard = count('bytesRead');
    silentMs = isSilent ? silentMs + LOOK_EVERY_MS : 0;
    if (silentMs >= SILENCE_MS && mayBreak()) stream.destroy(new Error(`no answer within ${SILENCE_MS / 1000} s`));
  }, LOOK_EVERY_MS);
  timer.unref();
  stream.once('close', () => clearInterval(timer));
}
