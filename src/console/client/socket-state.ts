/** Whether the socket may come back after a close, and when. */

/** Where a socket stands. */
export type SocketState =
  | { phase: 'connecting' }
  | { phase: 'online' }
  /** Will try again at `retryAt` (Unix ms). */
  | { phase: 'waiting'; retryAt: number }
  /** Will not come back by itself. */
  | { phase: 'ended'; because: 'stopped' | 'signed_out' | 'forbidden' | 'protocol' };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
const AFTER_TOO_MANY_MS = 10_000;

/** What a close code asks of the client. @see docs/PROTOCOL.md */
export function judgeClose(code: number): 'retry' | 'retry_now' | 'pause' | 'signed_out' | 'forbidden' | 'protocol' {
  switch (code) {
    case 1001:
      return 'retry_now';
    case 4401:
      return 'signed_out';
    case 4403:
      return 'forbidden';
    case 4429:
      return 'pause';
    case 1007:
    case 1009:
    case 4400:
    case 4406:
    case 4409:
      return 'protocol';
    default:
      return 'retry';
  }
}

/**
 * How long to wait before the next try: doubling from 0.5 s to 15 s, shortened by up to half at random so that
 * a thousand consoles do not come back in the same moment.
 *
 * @param attempt failed tries so far, from 0
 * @param chance 0 to 1
 */
export function reconnectDelayMs(code: number, attempt: number, chance: number): number {
  const verdict = judgeClose(code);
  if (verdict === 'pause') return AFTER_TOO_MANY_MS * (1 + chance / 2);
  if (verdict === 'retry_now' && attempt === 0) return 300 * chance;
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  return full * (1 - chance / 2);
}
