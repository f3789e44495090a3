/** Writes what is generated from the schemas, or checks that it is fresh: `node src/cli/generate.ts [--check]`. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { ConfigSchema, MEANINGS_ZH } from '../config.ts';
import { generateGateRulesSchema } from '../gate/shop-rules/generate-schema.ts';
import { describeSockets } from '../gateway/describe-sockets.ts';
import { createHttpServer, type RoutePorts } from '../gateway/http-server.ts';
import { generateSchemaFiles } from '../scripts/generate-schemas.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const GENERATED = 'src/protocol/generated';
const README_START = '<!-- config:start -->';
const README_END = '<!-- config:end -->';

const files = new Map<string, string>([...generateSchemaFiles(), generateGateRulesSchema()]);
files.set(`${GENERATED}/openapi.json`, `${JSON.stringify(await describeHttp(), null, 2)}\n`);
files.set(`${GENERATED}/asyncapi.json`, `${JSON.stringify(describeSockets(), null, 2)}\n`);
for (const readme of ['README.md', 'README.zh-CN.md']) {
  const path = join(ROOT, readme);
  if (existsSync(path)) files.set(readme, withTable(readFileSync(path, 'utf8'), readme));
}

const stale = [...files].filter(
  ([path, text]) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text,
);
if (process.argv.includes('--check')) {
  for (const [path] of stale) process.stderr.write(`${path} is stale: run npm run generate\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    process.stdout.write(`${path}\n`);
  }
}

/** The routes are only described here, never called: they need nothing behind them. */
async function describeHttp(): Promise<unknown> {
  const nothing = {} as RoutePorts;
  const app = await createHttpServer(nothing, { trustProxy: false, pagesDir: undefined, originAllowed: () => true });
  await app.ready();
  const description: unknown = app.swagger();
  await app.close();
  return description;
}

function withTable(text: string, readme: string): string {
  const from = text.indexOf(README_START);
  const to = text.indexOf(README_END);
  if (from < 0 || to < from)
    throw new Error(`${readme} has no place for the configuration table (${README_START} … ${README_END})`);
  return `${text.slice(0, from + README_START.length)}\n${configTable(readme.includes('zh'))}\n${text.slice(to)}`;
}

function configTable(chinese: boolean): string {
  const head = chinese ? '| 设置 | 默认值 | 含义 |' : '| Setting | Default | Meaning |';
  const rows = Object.entries(ConfigSchema.shape).map(([name, schema]) => {
    const parsed = z.safeParse(schema, undefined);
    const value = parsed.success && parsed.data !== undefined ? `\`${String(parsed.data)}\`` : '';
    return `| \`${name}\` | ${value === '``' ? '' : value} | ${chinese ? MEANINGS_ZH[name as keyof typeof MEANINGS_ZH] : (schema.description ?? '')} |`;
  });
  return [head, '|---|---|---|', ...rows].join('\n');
}
