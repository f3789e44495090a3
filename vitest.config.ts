import { configDefaults, defineConfig } from 'vitest/config';
import { SERVER_SUITES } from './test/setup/engines.ts';
import LongestFirst from './test/setup/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Suites of a server that is not there; the summary names them.
    exclude: [
      ...configDefaults.exclude,
      ...SERVER_SUITES.filter((suite) => !suite.url).map((suite) => `test/**/*${suite.ending}`),
    ],
    reporters: ['default', './test/setup/report-summary.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // A busy machine answers late; what never comes still fails.
    expect: { poll: { timeout: 40_000 } },
    sequence: { sequencer: LongestFirst },
    pool: 'forks',
    maxWorkers: 2,
  },
});
