/** The desk's own channel: the buyer's page. The committed message is the delivery; the socket only hurries it. */
import type { Channel } from '../turn/desk.ts';

/** Creates the channel. Its messages reach the buyer's sockets by the bus and, after any loss, by `seq`. */
export function createWebChannel(): Channel {
  return { name: 'web', idempotent: true, deliver: async () => undefined };
}
