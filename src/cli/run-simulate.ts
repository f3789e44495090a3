/** `huashu simulate [--days N] [--orders N] [--seed N] [--json]`: a shop's month in seconds. */
import { parseArgs } from 'node:util';
import { createFollowUpShop } from '../followups/shop.ts';
import { checkMonth, type Violation } from '../followups/simulation/check-month.ts';
import { type MonthFigures, measureMonth } from '../followups/simulation/measure-month.ts';
import { simulateMonth } from '../followups/simulation/month.ts';
import { UsageError } from './usage.ts';

/** The shop of the simulation. Its checker is told the same in its own words. */
const SHOP = { timeZone: 'Asia/Shanghai', hours: '08:30-21:30', closedDays: ['2027-03-07', '2027-03-21'] };
const START = '2027-03-01T00:00:00+08:00';
const SHOWN = 10;

/** Simulates and prints; exits with 1 when the checker found a violation. */
export async function runSimulate(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      days: { type: 'string', default: '30' },
      orders: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const startedAt = performance.now();
  const month = await simulateMonth({
    days: count('--days', values.days, 1, 365),
    orders: count('--orders', values.orders, 1, 1_000_000),
    seed: count('--seed', values.seed, 0, 2 ** 32 - 1),
    startMs: Date.parse(START),
    shop: createFollowUpShop({ ...SHOP, quietHours: '22:00-09:00' }),
  });
  const violations = checkMonth(month, { ...SHOP, quiet: { from: 22, to: 9 } });
  const figures = measureMonth(month);
  const tookS = Math.round((performance.now() - startedAt) / 100) / 10;
  const report = { ...figures, violations: violations.length, broken: countBroken(violations), tookS };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : describe(figures, violations, tookS));
  return violations.length === 0 ? 0 : 1;
}

function count(name: string, value: string, from: number, to: number): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < from || parsed > to) {
    throw new UsageError(`${name} is ${value}: it takes a whole number from ${from} to ${to}`);
  }
  return parsed;
}

function countBroken(violations: readonly Violation[]): Record<string, number> {
  const groups = Map.groupBy(violations, ({ of }) => of);
  return Object.fromEntries([...groups].map(([of, list]) => [of, list.length] as const).sort());
}

function describe(figures: MonthFigures, violations: readonly Violation[], tookS: number): string {
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const spread = ({ mean, p50, p95, max }: MonthFigures['touchesPerBuyer']) =>
    `${mean} on average, ${p50} in the middle, ${p95} for the busiest 5 %, ${max} at most`;
  const rows: [string, string][] = [
    ['buyers', String(figures.buyers)],
    ['orders', String(figures.orders)],
    ['paid', `${figures.paid} (${share(figures.paid, figures.orders)})`],
    ['closed unpaid', String(figures.closed)],
    ['recovered', `${figures.recovered} paid within 24 h of a reminder`],
    ['touches per buyer', spread(figures.touchesPerBuyer)],
    ['of them selling', spread(figures.salesPerBuyer)],
    ['internal tasks', String(figures.tasks)],
    ['busiest minute', `${figures.busiestMinute.sends} sends at ${figures.busiestMinute.at}`],
    [
      'ledger',
      Object.entries(figures.rows)
        .map(([status, rowsOf]) => `${status} ${rowsOf}`)
        .join(', '),
    ],
    [
      'by rule',
      Object.entries(figures.byRule)
        .map(([rule, sends]) => `${rule} ${sends}`)
        .join(', '),
    ],
    ['violations', String(violations.length)],
    ['took', `${tookS} s`],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(18)} ${value}`);
  const shown = violations
    .slice(0, SHOWN)
    .map(
      ({ of, what, send }) => `  ${of} ${send.rule} ${send.subjectId} ${new Date(send.atMs).toISOString()}: ${what}`,
    );
  return `${[...lines, ...shown].join('\n')}\n`;
}
