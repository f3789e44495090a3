/** A wire between two programs that can be cut, and that can go silent without being cut. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the wire does: lets everything pass, breaks what is open and refuses what comes, or swallows every byte. */
export type WireState = 'open' | 'cut' | 'stalled';

/** A running proxy. */
export interface TcpProxy {
  port: number;
  /** After a stall nothing that was open comes back: like a route that is gone, both ends must find out. */
  set(state: WireState): void;
  /** Connections carried so far. */
  carried(): number;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback interface. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  let state: WireState = 'open';
  let carried = 0;
  const pairs = new Set<[Socket, Socket]>();
  const breakAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    carried++;
    const far = connect(targetPort, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    let lost = state === 'stalled';
    for (const [from, to] of [pair, [far, near] as const]) {
      from.setNoDelay(true);
      from.on('data', (bytes) => {
        lost ||= state === 'stalled';
        if (!lost) to.write(bytes);
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(pair);
        // Nobody hears of an end over a wire that is silent.
        if (!lost) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    set(next) {
      state = next;
      if (next === 'cut') breakAll();
    },
    carried: () => carried,
    async close() {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
