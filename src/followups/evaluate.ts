/** Scores the engine on timelines: `huashu eval followups`. */
import type { Expectation, Timeline } from './parse-timelines.ts';
import { createFollowUpShop } from './shop.ts';
import { type Ending, simulateTimeline } from './simulate-timeline.ts';

/** A line that did not hold, and how. */
export interface FailedTimeline {
  id: string;
  line: number;
  rule: string;
  /** One sentence for each expectation that did not hold. */
  differences: string[];
}

/** The result over all lines. */
export interface FollowUpScore {
  lines: number;
  passed: number;
  failed: number;
  failures: FailedTimeline[];
}

/** Plays every timeline on the simulated clock with the shipped rules and compares. */
export async function evaluateFollowUps(timelines: readonly Timeline[]): Promise<FollowUpScore> {
  const failures: FailedTimeline[] = [];
  for (const { id, line, rule, shop, events, expect } of timelines) {
    const followUpShop = createFollowUpShop({
      timeZone: shop.tz,
      hours: shop.hours,
      quietHours: shop.quietHours,
      closedDays: shop.closedDays,
    });
    const endings = await simulateTimeline(events, followUpShop);
    const differences = expect.flatMap((one) => compare(one, endings) ?? []);
    if (differences.length > 0) failures.push({ id, line, rule, differences });
  }
  const failed = failures.length;
  return { lines: timelines.length, passed: timelines.length - failed, failed, failures };
}

function compare(expected: Expectation, endings: readonly Ending[]): string | null {
  const { kind, rule, subject, notBefore, notAfter, alsoOk = [] } = expected;
  const ofJob = endings.filter((one) => one.rule === rule && one.subject === subject);
  const inWindow = ofJob.filter((one) => one.atMs >= Date.parse(notBefore) && one.atMs <= Date.parse(notAfter));
  const count = (ending: string): number => inWindow.filter((one) => one.kind === ending).length;
  const holds =
    kind === 'none'
      ? count('sent') === 0
      : [kind, ...alsoOk].some((one) => (one === 'sent' ? count(one) === 1 : count(one) > 0));
  if (holds) return null;
  const happened = ofJob.map((one) => `${one.kind} ${toTime(one.atMs)}${one.reason ? ` (${one.reason})` : ''}`);
  const what = kind === 'none' ? 'nothing going out' : [kind, ...alsoOk].join(' or ');
  return `${rule} ${subject}: expected ${what} from ${notBefore} to ${notAfter}; happened: ${happened.join(', ') || 'nothing'}`;
}

function toTime(ms: number): string {
  return new Date(ms).toISOString();
}
