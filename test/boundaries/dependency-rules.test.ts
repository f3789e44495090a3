/** Plants one violation of every dependency rule in a folder of its own, and sees that the rule bites. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const config = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

/** Packages that the planted files import; empty, but declared and there. */
const PACKAGES = [
  'natural',
  'pg',
  'kysely',
  '@electric-sql/pglite',
  'ioredis',
  'bullmq',
  'react',
  'fastify',
  'ws',
  'zod',
];

/** What stands in the folder before anything is planted: legal, every line of it. */
const HOUSE: Record<string, string> = {
  'src/main.ts': `import './cli/run-start.ts';`,
  'src/cli/run-start.ts': `import { app } from '../app.ts';\nimport '../config.ts';\napp();`,
  'src/config.ts': `import 'zod';\nexport const setting = 1;`,
  'src/app.ts': `import './turn/flow.ts';\nimport './postgres/store.ts';\nimport './redis/bus.ts';\nimport './gateway/server.ts';\nimport './console/build.ts';\nexport function app() {}`,
  'src/protocol/frames.ts': `import 'zod';\nexport const FRAME = 1;\nexport interface Frame { n: number }`,
  'src/lib/clock.ts': `export const clock = 1;`,
  'src/gate/judge.ts': `import '../lib/clock.ts';\nimport '../protocol/frames.ts';\nexport const judge = 1;`,
  'src/nlu/classify.ts': `import 'natural/lib/natural/classifiers/bayes_classifier.js';\nexport const classify = 1;`,
  'src/orders/ports.ts': `export interface OrderStore { n: number }\nexport const FEEDS = 1;`,
  'src/turn/flow.ts': `import '../gate/judge.ts';\nimport '../nlu/classify.ts';\nexport const flow = 1;\nexport interface Ledger { n: number }`,
  'src/postgres/store.ts': `import 'pg';\nimport 'kysely';\nimport type { Ledger } from '../turn/flow.ts';\nimport '../orders/ports.ts';\nexport const store: Ledger = { n: 1 };`,
  'src/redis/bus.ts': `import 'ioredis';\nimport 'bullmq';\nexport const bus = 1;`,
  'src/gateway/server.ts': `import 'fastify';\nimport 'ws';\nimport '../turn/flow.ts';\nexport const server = 1;`,
  'src/demo/people.ts': `import '../lib/clock.ts';\nexport const people = 1;`,
  'src/console/build.ts': `import 'node:fs';\nexport const build = 1;`,
  'src/console/page.tsx': `import 'react';\nimport type { Frame } from '../protocol/frames.ts';\nexport const page = (frame: Frame) => frame.n;`,
  'src/lib/loop-a.ts': `import type { B } from './loop-b.ts';\nexport const a = 1;\nexport type A = B;`,
  'src/lib/loop-b.ts': `import { a } from './loop-a.ts';\nexport type B = typeof a;`,
};

/** For each rule: what is planted, and the file that must be named. */
const VIOLATIONS: [rule: string, file: string, text: string][] = [
  ['domain-room-knows-only-itself', 'src/gate/bad.ts', `import '../orders/ports.ts';`],
  [
    'domain-room-knows-only-itself',
    'src/gate/bad-type.ts',
    `import type { OrderStore } from '../orders/ports.ts';\nexport type X = OrderStore;`,
  ],
  ['domain-room-knows-only-itself', 'src/followups/bad.ts', `import '../turn/flow.ts';`],
  [
    'domain-room-knows-only-itself',
    'src/desk/bad.ts',
    `import type { store } from '../postgres/store.ts';\nexport type X = typeof store;`,
  ],
  ['protocol-and-lib-stand-alone', 'src/protocol/bad.ts', `import '../gate/judge.ts';`],
  ['protocol-and-lib-stand-alone', 'src/lib/bad.ts', `import '../protocol/frames.ts';`],
  ['turn-meets-domain-rooms-only', 'src/turn/bad.ts', `import '../postgres/store.ts';`],
  ['turn-meets-domain-rooms-only', 'src/turn/bad-gateway.ts', `import '../gateway/server.ts';`],
  ['adapter-knows-rooms-only', 'src/redis/bad.ts', `import '../postgres/store.ts';`],
  ['adapter-knows-rooms-only', 'src/channels/bad.ts', `import '../gateway/server.ts';`],
  ['gateway-knows-no-adapter', 'src/gateway/bad.ts', `import '../redis/bus.ts';`],
  ['demo-knows-no-adapter', 'src/demo/bad.ts', `import '../postgres/store.ts';`],
  [
    'console-knows-the-protocol-only',
    'src/console/bad.ts',
    `import type { Ledger } from '../turn/flow.ts';\nexport type X = Ledger;`,
  ],
  [
    'adapter-takes-types-of-turn-only',
    'src/postgres/bad.ts',
    `import { flow } from '../turn/flow.ts';\nexport const x = flow;`,
  ],
  [
    'console-takes-types-only',
    'src/console/bad.tsx',
    `import { FRAME } from '../protocol/frames.ts';\nexport const x = FRAME;`,
  ],
  ['console-runs-in-a-browser', 'src/console/bad.ts', `import 'node:fs';`],
  ['console-is-built-not-imported', 'src/gateway/bad.ts', `import '../console/page.tsx';`],
  ['app-is-imported-by-entry-points-only', 'src/gateway/bad.ts', `import '../app.ts';`],
  ['commands-are-imported-by-commands-only', 'src/turn/bad.ts', `import '../cli/run-start.ts';`],
  [
    'settings-are-handed-down',
    'src/gateway/bad.ts',
    `import { setting } from '../config.ts';\nexport const x = setting;`,
  ],
  ['natural-only-in-nlu', 'src/gate/bad.ts', `import 'natural/lib/natural/classifiers/bayes_classifier.js';`],
  ['natural-by-submodule-only', 'src/nlu/bad.ts', `import 'natural';`],
  ['sql-only-in-postgres', 'src/turn/bad.ts', `import 'pg';`],
  ['sql-only-in-postgres', 'src/cli/bad.ts', `import '@electric-sql/pglite';`],
  ['sql-only-in-postgres', 'src/desk/bad.ts', `import type { Kysely } from 'kysely';\nexport type X = Kysely;`],
  ['redis-only-in-redis', 'src/gateway/bad.ts', `import 'ioredis';`],
  ['redis-only-in-redis', 'src/followups/bad.ts', `import 'bullmq';`],
  ['react-only-in-console', 'src/gateway/bad.ts', `import 'react';`],
  ['http-only-in-gateway', 'src/turn/bad.ts', `import 'fastify';`],
  ['http-only-in-gateway', 'src/console/bad.ts', `import 'ws';`],
  ['no-development-packages', 'src/gate/bad.ts', `import 'vite';`],
  ['no-undeclared-packages', 'src/gate/bad.ts', `import 'stowaway';`],
  ['everything-resolves', 'src/gate/bad.ts', `import './nowhere.ts';`],
  ['no-cycles', 'src/gate/bad-too.ts', `import './bad.ts';`],
];

/** Second files that some violations need. */
const HELPERS: Record<string, string> = { 'src/gate/bad.ts': `import './bad-too.ts';\nexport const x = 1;` };

let root: string;

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Rule and file of each violation in the folder. */
async function findViolations(): Promise<string[]> {
  const { options } = config;
  const result = await cruise(
    ['src'],
    { ...options, tsConfig: undefined, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden } },
    options.enhancedResolveOptions,
  );
  const { summary } = result.output as ICruiseResult;
  return summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`);
}

describe('dependency rules', () => {
  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'huashu-boundaries-')));
    const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, '1.0.0']));
    write(
      'package.json',
      JSON.stringify({ type: 'module', dependencies: versions(PACKAGES), devDependencies: versions(['vite']) }),
    );
    for (const name of [...PACKAGES, 'vite', 'stowaway']) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      write(`node_modules/${name}/index.js`, '');
    }
    write('node_modules/natural/lib/natural/classifiers/bayes_classifier.js', '');
    for (const [path, text] of Object.entries(HOUSE)) write(path, text);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('let what is legal pass', async () => {
    expect(await findViolations()).toEqual([]);
  });

  it.each(VIOLATIONS)('%s: %s', async (rule, file, text) => {
    const planted = { [file]: text, ...(rule === 'no-cycles' ? HELPERS : {}) };
    for (const [path, content] of Object.entries(planted)) write(path, content);
    try {
      expect(await findViolations()).toContain(`${rule} ${file}`);
    } finally {
      for (const path of Object.keys(planted)) rmSync(join(root, path));
    }
  });

  it('are each planted above', () => {
    const rules = config.forbidden.map((rule: { name: string }) => rule.name);
    expect([...new Set(VIOLATIONS.map(([rule]) => rule))].sort()).toEqual(rules.sort());
  });
});
