/** A Postgres and a Redis of the test's own, in a folder of their own, to be killed, emptied and started again. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** An engine that can be stopped hard. */
export interface Engine {
  port: number;
  url: string;
  /** Kills it without warning and starts it again: Postgres with its data, Redis empty. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** A port nobody listens on at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function postgresBin(): string {
  const [newest] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error('/usr/lib/postgresql holds no version: install postgresql');
  return join('/usr/lib/postgresql', newest, 'bin');
}

/** Runs a program of Postgres, which refuses to run as root. */
function runAsPostgres(program: string, args: string[]): void {
  const isRoot = process.getuid?.() === 0;
  const [command, words] = isRoot ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args];
  // A server started here keeps what it inherits: it must not hold on to a pipe that somebody waits for.
  execFileSync(command as string, words as string[], { stdio: 'ignore' });
}

/** Starts an empty Postgres that remembers the moment of every commit. */
export async function startPostgres(): Promise<Engine> {
  const bin = postgresBin();
  const dir = mkdtempSync(join(tmpdir(), 'huashu-faults-pg-'));
  const data = join(dir, 'data');
  mkdirSync(data);
  if (process.getuid?.() === 0) {
    const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }));
    for (const path of [dir, data]) chownSync(path, uid, -1);
  }
  runAsPostgres(join(bin, 'initdb'), [
    '-D',
    data,
    '-U',
    'huashu',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ]);
  const port = await findFreePort();
  // Nobody pulls the plug of the machine, so commits need not reach the disk.
  const settings = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c fsync=off',
    '-c max_connections=200',
    '-c track_commit_timestamp=on',
  ].join(' ');
  const control = (...words: string[]) =>
    runAsPostgres(join(bin, 'pg_ctl'), [
      '-D',
      data,
      '-w',
      '-t',
      '60',
      '-l',
      join(dir, 'log'),
      '-o',
      settings,
      ...words,
    ]);
  control('start');
  return {
    port,
    url: `postgres://huashu@127.0.0.1:${port}/postgres`,
    async crash() {
      control('-m', 'immediate', 'restart');
    },
    async stop() {
      control('-m', 'immediate', 'stop');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Starts an empty Redis with an append-only file. */
export async function startRedis(): Promise<Engine> {
  const port = await findFreePort();
  let dir: string;
  let child: ChildProcess;
  async function start(): Promise<void> {
    dir = mkdtempSync(join(tmpdir(), 'huashu-faults-redis-'));
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--appendonly', 'yes', '--save', ''];
    child = spawn('redis-server', words, { stdio: 'ignore' });
    const probe = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    // Until it listens, every attempt to connect says so.
    probe.on('error', () => undefined);
    await probe.ping();
    probe.disconnect();
  }
  async function kill(): Promise<void> {
    // Whoever stops a run may come between a crash and the start after it.
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(dir, { recursive: true, force: true });
  }
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async crash() {
      await kill();
      await start();
    },
    stop: kill,
  };
}
