import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take minutes: begun last they would leave a worker idle while the other one still runs them. */
const LONGEST = ['test/browser/', 'test/faults/', 'test/flow/kill', 'test/flow/', 'test/cli/'];

/** Begins with the files that take longest; a fresh clone has no times of its own to go by. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a.moduleId) - rankOf(b.moduleId));
  }
}

function rankOf(file: string): number {
  const rank = LONGEST.findIndex((part) => file.includes(part));
  return rank === -1 ? LONGEST.length : rank;
}
