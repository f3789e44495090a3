/**
 * Checks everything a reviewer would but the tests: `npm run check`, or `npm run check -- types lint` for some
 * steps alone. Prints a line per step; ends with 1 when one fails.
 */
import { chdir, execPath } from 'node:process';
import { ROOT } from './project-paths.ts';
import { runSteps, type Step } from './run-steps.ts';

/** Steps at once: the machines that run this have two cores. */
const AT_ONCE = 2;

const node = (...args: string[]): Step['command'] => [execPath, ...args];
const tool = (path: string, ...args: string[]) => node(`node_modules/${path}`, ...args);

/** The slow ones first. */
const STEPS: readonly Step[] = [
  { name: 'types', command: tool('typescript-native/bin/tsc', '-p', 'tsconfig.json') },
  {
    name: 'boundaries',
    command: tool('dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', 'src'),
  },
  { name: 'dead-code', command: tool('knip/bin/knip.js', '--no-progress') },
  {
    name: 'lint',
    command: tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off', '--max-diagnostics=50'),
  },
  { name: 'generated', command: node('src/cli/generate.ts', '--check') },
  { name: 'intents', command: node('src/cli/check-intents.ts') },
  { name: 'scripts', command: node('src/cli/main.ts', 'scripts', 'lint') },
  { name: 'gate-growth', command: node('bench/gate-growth/run.ts') },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  const names = STEPS.map((step) => step.name).join(', ');
  process.stderr.write(`${unknown.join(', ')}: no such step; there are ${names}\n`);
  process.exitCode = 2;
} else {
  chdir(ROOT);
  const steps = STEPS.filter((step) => wanted.length === 0 || wanted.includes(step.name));
  const failed = await runSteps(steps, AT_ONCE, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(failed.length === 0 ? 'check passed\n' : `check FAILED: ${failed.join(', ')}\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
