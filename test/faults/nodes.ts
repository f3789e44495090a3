/** Processes of a run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a node is told at its start, beside its environment. */
export interface NodeOptions {
  platformUrl: string;
  /** Absent: as shipped; `null`: the node never sweeps. */
  sweepEveryMs?: number | null;
  /** The node believes its machine's clock in place of the database's. */
  machineClock?: boolean;
}

/** Programs of this folder that a run may start. */
export type NodeProgram = 'desk-process' | 'naive-process' | 'bare-process';

/** A running process. */
export interface FaultNode {
  /** Where it listens; empty for a worker. */
  url: string;
  /** kill -9. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** What it takes of the machine's memory. */
  memoryMb(): Promise<number>;
  /** Sets its machine's clock off by so much. */
  shiftClock(shiftMs: number): void;
}

/** Starts a program of this folder and waits until it is ready. */
export async function startNode(
  program: NodeProgram,
  environment: Record<string, string>,
  options: NodeOptions,
): Promise<FaultNode> {
  const file = join(import.meta.dirname, `${program}.ts`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, JSON.stringify(options)], {
    env: { PATH: process.env['PATH'] ?? '', FAULT_DEBUG: process.env['FAULT_DEBUG'] ?? '', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (typeof first !== 'object' || first === null || !('url' in first)) {
    throw new Error(`${program} ended before it was ready`);
  }
  return {
    url: String(first.url),
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    memoryMb: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    },
    shiftClock: (shiftMs) => child.send({ shiftMs }),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
