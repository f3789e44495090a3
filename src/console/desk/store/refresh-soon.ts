/** Several reasons to read something again within a moment become one reading. */

/** Asks for a reading of a conversation; the last one asked for is the one that is read. */
export type RefreshSoon = (conversationId: string) => void;

/** Bursts of events (a message, its analysis, the changed conversation) come within this. */
const PAUSE_MS = 400;

/** Creates it; `read` runs once, a pause after the last reason. */
export function createRefreshSoon(read: (conversationId: string) => void, pauseMs: number = PAUSE_MS): RefreshSoon {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return (conversationId) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => read(conversationId), pauseMs);
  };
}
