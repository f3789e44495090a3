/** Runs commands, a few at once, and says of each on a line how it went. */
import { spawn } from 'node:child_process';

/** A command that must end with 0. */
export interface Step {
  name: string;
  /** Program and its arguments. */
  command: readonly [string, ...string[]];
}

/** How a step went. */
interface StepResult {
  name: string;
  ok: boolean;
  /** What it printed, or why it could not start. */
  output: string;
}

/**
 * Runs every step, `atOnce` at a time, and prints a line for each as it ends; a failed one prints its output too.
 *
 * @returns the names of the steps that failed, in the order of the steps
 */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  print: (line: string) => void,
): Promise<string[]> {
  const waiting = [...steps];
  const failed = new Set<string>();
  const width = Math.max(...steps.map((step) => step.name.length));
  async function work(): Promise<void> {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const startedAt = performance.now();
      const result = await runStep(step);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      print(`${result.ok ? 'ok  ' : 'FAIL'} ${step.name.padEnd(width)} ${seconds.padStart(6)} s`);
      if (result.ok) continue;
      failed.add(step.name);
      print(`${result.output.trim()}\n`);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return steps.map((step) => step.name).filter((name) => failed.has(name));
}

function runStep({ name, command: [program, ...args] }: Step): Promise<StepResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => resolve({ name, ok: false, output: error.message }));
    child.on('close', (code, signal) => {
      const ending = signal ? `ended by ${signal}` : `ended with ${code}`;
      resolve({ name, ok: code === 0, output: output.trim() === '' ? `${program} ${ending}` : output });
    });
  });
}
