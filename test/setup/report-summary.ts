/** Ends a run with what was not run, and with one line for machines: `N passed, N failed`. */
import { globSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { SERVER_SUITES } from './engines.ts';

/** What a run came to. */
export interface RunCount {
  passed: number;
  failed: number;
  /** Full names of tests that were skipped or never finished. */
  notFinished: string[];
}

/** Counts tests; a file that could not be loaded counts as one failure, and so does every stray error. */
export function countRun(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): RunCount {
  const count: RunCount = { passed: 0, failed: strayErrors.length, notFinished: [] };
  for (const module of modules) {
    let failedInside = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') count.passed++;
      else if (state === 'failed') failedInside++;
      else count.notFinished.push(`${module.relativeModuleId} > ${test.fullName}`);
    }
    count.failed += failedInside === 0 && !module.ok() ? 1 : failedInside;
  }
  return count;
}

/** Suites that this machine could not run, one line each. */
export function describeMissingServers(suites: readonly ServerSuite[], files: readonly string[]): string[] {
  return suites
    .filter((suite) => !suite.url)
    .map((suite) => {
      const alone = files.filter((file) => file.endsWith(suite.ending)).length;
      return `NOT RUN against ${suite.server}: ${alone} test files of its own and its half of the contract suites. Set ${suite.setting}.`;
    });
}

/** A whole file may have been skipped: the first names say enough. */
function listSkipped(names: readonly string[]): string[] {
  const lines = names.slice(0, SKIPPED_SHOWN).map((name) => `SKIPPED ${name}`);
  return names.length > SKIPPED_SHOWN ? [...lines, `SKIPPED ${names.length - SKIPPED_SHOWN} more`] : lines;
}

const SKIPPED_SHOWN = 10;

type ServerSuite = { ending: string; setting: string; server: string; url: string | undefined };

/** The reporter; where `CI` is set, anything that was not run makes the run fail. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const count = countRun(modules, strayErrors);
    const missing = describeMissingServers(SERVER_SUITES, globSync('test/**/*.test.ts'));
    const notRun = [...listSkipped(count.notFinished), ...missing];
    for (const line of notRun) console.log(line);
    console.log(`${count.passed} passed, ${count.failed} failed`);
    if (notRun.length > 0 && process.env['CI']) process.exitCode = 1;
  }
}
