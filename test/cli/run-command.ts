/** Runs `huashu` as a person would: a process of its own, its words and its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MODEL_CACHE } from '../flow/start-desk.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** How a command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** An empty data folder that shares the kept models of all tests. */
export function makeDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'huashu-cli-'));
  mkdirSync(MODEL_CACHE, { recursive: true });
  symlinkSync(MODEL_CACHE, join(dir, 'models'));
  return dir;
}

/** Starts a command; nothing of this process's environment but the path goes along. */
export function startCommand(args: string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a command to its end. */
export async function runCommand(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
  const child = startCommand(args, environment);
  let [stdout, stderr] = ['', ''];
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}
