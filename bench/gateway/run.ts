/**
 * The whole path (socket, commit, understanding, suggestions, push) beside a bare ws server with grouped inserts, on
 * the same engine, in turns, in one run. Prints ratios: absolute figures mean little on a shared machine.
 *
 * node bench/gateway/run.ts [--seconds 4] [--buyers 200] [--agents 10] [--rounds 3] [--rate 300]
 * DATABASE_URL and REDIS_URL choose Postgres and Redis; without them everything is embedded.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import { askForToken, type DeskClient, openDeskClient, signIn } from '../../src/cli/desk-client.ts';
import { DEMO_AGENTS } from '../../src/demo/demo-people.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    buyers: { type: 'string', default: '200' },
    agents: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    rate: { type: 'string', default: '300' },
  },
});
const SECONDS = Number(values.seconds);
const BUYERS = Number(values.buyers);
const AGENTS = Number(values.agents);
const ROUNDS = Number(values.rounds);
const RATE = Number(values.rate);
const TEXTS = [
  '这件冲锋衣有货吗',
  '能便宜点不',
  '几天能发货',
  '帮我看看快递到哪了',
  '165 110斤穿多大',
  '可以开发票吗',
  '不想要了怎么退',
  '在吗',
];

interface Side {
  name: string;
  /** Sends one message and resolves at its ack. */
  senders: ((text: string, id: string) => Promise<void>)[];
  /** Hears when a message reached an agent's socket, by a mark in its text. */
  onPush(listener: (mark: string) => void): void;
  cpuMs(): Promise<number>;
  /** Resolves when nothing that was recorded waits to be understood. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

interface Figures {
  perSecond: number;
  cpuUsPerMessage: number;
  p50Ms: number;
  p99Ms: number;
}

const bare: Figures[] = [];
const desk: Figures[] = [];
for (let round = 0; round < ROUNDS; round++) {
  bare.push(await measure(await openBare()));
  desk.push(await measure(await openDesk()));
}
const engines = `${process.env['DATABASE_URL'] ? 'postgres' : 'pglite'} + ${process.env['REDIS_URL'] ? 'redis' : 'valkey in process'}`;
const middle = (list: Figures[], key: keyof Figures) =>
  list.map((f) => f[key]).sort((a, b) => a - b)[Math.floor(list.length / 2)]!;
process.stdout.write(
  `gateway bench on ${engines}: ${BUYERS} buyers, ${AGENTS} agents, ${ROUNDS} rounds of ${SECONDS} s\n`,
);
process.stdout.write('                      bare       desk       desk/bare\n');
for (const [key, label] of [
  ['perSecond', 'messages/s, full load'],
  ['cpuUsPerMessage', 'CPU µs a message'],
  ['p50Ms', `push p50 ms at ${RATE}/s`],
  ['p99Ms', `push p99 ms at ${RATE}/s`],
] as const) {
  const a = middle(bare, key);
  const b = middle(desk, key);
  process.stdout.write(
    `${label.padEnd(22)}${a.toFixed(2).padStart(9)}${b.toFixed(2).padStart(11)}${(b / a).toFixed(3).padStart(12)}\n`,
  );
}

/** Full load: every buyer sends its next message at its ack. Then a steady rate, for the latency. */
async function measure(side: Side): Promise<Figures> {
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  side.onPush((mark) => {
    const at = sentAt.get(mark);
    if (at === undefined) return;
    sentAt.delete(mark);
    latencies.push(performance.now() - at);
  });
  let sent = 0;
  await load(side, 1000, () => undefined);
  const cpuBefore = await side.cpuMs();
  const startedAt = performance.now();
  await load(side, SECONDS * 1000, () => sent++);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = (await side.cpuMs()) - cpuBefore;
  await side.idle();
  await steady(side, sentAt);
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  await side.close();
  return { perSecond: sent / seconds, cpuUsPerMessage: (cpu * 1000) / sent, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function load(side: Side, durationMs: number, count: () => void): Promise<void> {
  const until = performance.now() + durationMs;
  await Promise.all(
    side.senders.map(async (send, buyer) => {
      for (let i = 0; performance.now() < until; i++) {
        await send(TEXTS[(i + buyer) % TEXTS.length]!, `l${buyer}-${i}-${Math.random().toString(36).slice(2)}`);
        count();
      }
    }),
  );
}

async function steady(side: Side, sentAt: Map<string, number>): Promise<void> {
  const total = RATE * 3;
  const startedAt = performance.now();
  const waiting: Promise<void>[] = [];
  for (let i = 0; i < total; i++) {
    const dueAt = startedAt + (i * 1000) / RATE;
    const pause = dueAt - performance.now();
    if (pause > 1) await new Promise((resolve) => setTimeout(resolve, pause));
    const mark = `#${i}-${Math.random().toString(36).slice(2, 8)}`;
    sentAt.set(mark, performance.now());
    waiting.push(side.senders[i % side.senders.length]!(`${TEXTS[i % TEXTS.length]} ${mark}`, `s${mark}`));
  }
  await Promise.all(waiting);
  await new Promise((resolve) => setTimeout(resolve, 500));
}

function markOf(text: string): string | undefined {
  const at = text.lastIndexOf(' #');
  return at < 0 ? undefined : text.slice(at + 1);
}

async function openBare(): Promise<Side> {
  const dir = mkdtempSync(join(tmpdir(), 'huashu-bench-'));
  const { child, url } = await start('bare-server.ts', [
    join(dir, 'postgres'),
    ...(process.env['DATABASE_URL'] ? [process.env['DATABASE_URL']] : []),
  ]);
  const listeners = new Set<(mark: string) => void>();
  const sockets: WebSocket[] = [];
  const senders: Side['senders'] = [];
  for (let i = 0; i < AGENTS; i++) sockets.push(await open(`${url}/?who=agent${i}`));
  sockets[0]!.on('message', (data) => hear(JSON.parse(String(data)).data?.message?.text ?? ''));
  const hear = (text: string) => {
    const mark = markOf(text);
    if (mark) for (const listener of listeners) listener(mark);
  };
  for (let i = 0; i < BUYERS; i++) {
    const socket = await open(`${url}/?who=buyer${i}`);
    sockets.push(socket);
    const acks = new Map<string, () => void>();
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { ref: string };
      acks.get(frame.ref)?.();
      acks.delete(frame.ref);
    });
    senders.push(
      (text, id) =>
        new Promise((resolve) => {
          acks.set(id, resolve);
          socket.send(JSON.stringify({ v: 1, type: 'message.send', id, data: { text } }));
        }),
    );
  }
  return {
    name: 'bare',
    senders,
    onPush: (listener) => void listeners.add(listener),
    ...ending(child, dir, async () =>
      sockets.forEach((s) => {
        s.terminate();
      }),
    ),
  };
}

async function openDesk(): Promise<Side> {
  const dir = mkdtempSync(join(tmpdir(), 'huashu-bench-'));
  const { child, url } = await start('desk-server.ts', [dir]);
  const listeners = new Set<(mark: string) => void>();
  const { login, password } = DEMO_AGENTS[0]!;
  const cookie = await signIn(url, login, password);
  const agents = await Promise.all(
    Array.from({ length: AGENTS }, () => openDeskClient(url, { role: 'agent', cookie })),
  );
  await agents[0]!.command('presence.set', { state: 'online' });
  agents[0]!.onFrame((frame) => {
    if (frame.type !== 'message.appended') return;
    const mark = markOf(frame.data.message.text);
    if (mark) for (const listener of listeners) listener(mark);
  });
  const buyers: DeskClient[] = [];
  for (let i = 0; i < BUYERS; i++) {
    const { token } = await askForToken(url);
    buyers.push(await openDeskClient(url, { role: 'buyer', token }));
  }
  const senders = buyers.map((buyer) => async (text: string, id: string) => {
    await buyer.command('message.send', { text }, id);
  });
  return {
    name: 'desk',
    senders,
    onPush: (listener) => void listeners.add(listener),
    ...ending(child, dir, async () => {
      await Promise.all([...agents, ...buyers].map((client) => client.close()));
    }),
  };
}

function ending(child: ChildProcess, dir: string, closeSockets: () => Promise<void>) {
  const ask = () =>
    new Promise<{ cpuMs: number; waiting?: number }>((resolve) => {
      child.once('message', (message) => resolve(message as { cpuMs: number; waiting?: number }));
      child.send('cpu');
    });
  return {
    cpuMs: async () => (await ask()).cpuMs,
    idle: async () => {
      while (((await ask()).waiting ?? 0) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
    },
    close: async () => {
      await closeSockets();
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      });
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function start(file: string, args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, file), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { child, url };
}

function open(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}
