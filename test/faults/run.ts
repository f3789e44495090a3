/** `node test/faults/run.ts [--small] [--orders N] [WORDS OF A SCENARIO'S NAME]`: plays the faults and prints one table. */
import { parseArgs } from 'node:util';
import { countViolations, type Verdict } from './check-logs.ts';
import { openGround } from './ground.ts';
import { playBareBurst, playScenario, SCENARIOS } from './scenarios.ts';

/** A run that must go wrong need not go wrong thousands of times. */
const MOST_UNPROTECTED = 300;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { small: { type: 'boolean' }, orders: { type: 'string' } },
});
const wanted = SCENARIOS.filter(({ name }) => name.includes(positionals.join(' ')));

const print = (cells: readonly (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
const describe = ({ violations }: Verdict) =>
  Object.entries(violations)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ') || '0';

let unexpected = 0;
const ground = await openGround();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void ground.close().then(() => process.exit(1)));
try {
  print([
    'fault',
    'orders',
    'protected',
    'violations',
    'reminded',
    'dropped repeats',
    'late p50 / p99 / max ms',
    'beside',
    'took s',
  ]);
  print(Array.from({ length: 9 }, () => '---'));
  for (const scenario of wanted) {
    const full = values.small ? scenario.small : Number(values.orders ?? scenario.full);
    for (const isGuarded of [true, false]) {
      const count = isGuarded ? full : Math.min(full, MOST_UNPROTECTED);
      const { verdict, figures, tookMs } = await playScenario(scenario, { ground, count, isGuarded });
      if (isGuarded !== (countViolations(verdict) === 0)) unexpected++;
      const { p50, p99, max } = verdict.lagMs;
      print([
        scenario.name,
        verdict.orders,
        isGuarded ? 'yes' : 'no',
        describe(verdict),
        verdict.reminded,
        verdict.repeated,
        `${p50} / ${p99} / ${max}`,
        Object.entries(figures)
          .map(([name, figure]) => `${name} ${figure}`)
          .join(', '),
        Math.round(tookMs / 1000),
      ]);
    }
    if (scenario.name === 'many due in one second') {
      const { lagMs, violations, reminded } = await playBareBurst(ground, full);
      print([
        'the same on BullMQ alone',
        full,
        '',
        describe({ violations } as Verdict),
        reminded,
        0,
        `${lagMs.p50} / ${lagMs.p99} / ${lagMs.max}`,
        '',
        '',
      ]);
    }
  }
} finally {
  await ground.close();
}
if (unexpected > 0) process.stdout.write(`${unexpected} runs went otherwise than they must\n`);
process.exitCode = unexpected > 0 ? 1 : 0;
