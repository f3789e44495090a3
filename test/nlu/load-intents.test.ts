import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createManualClock } from '../../src/lib/clock.ts';
import { createUnderstanding } from '../../src/nlu/create-understanding.ts';
import { loadIntents, parseIntentFile } from '../../src/nlu/load-intents.ts';

const dir = mkdtempSync(join(tmpdir(), 'huashu-intents-'));
afterAll(() => rmSync(dir, { recursive: true }));

const HEAD = 'name: { zh: 名, en: Name }\ndescription: d\n';

test.each([
  [`id: INT-XX-01\n${HEAD}examples: [好]`, /f\.yaml:1 id: Invalid option: expected one of "INT-GEN-01"/],
  [
    `id: INT-GEN-01\n${HEAD}examples:\n  - 好\n  - { text: 好, order: sold }`,
    /f\.yaml:6 examples\[1\]\.order: .*"none"\|"unpaid"/,
  ],
  [`id: INT-GEN-01\n${HEAD}examples:\n  - 1`, /f\.yaml:5 examples\[0\]: .*string/],
  [`id: INT-GEN-01\n${HEAD}examples: []`, /f\.yaml:4 examples: Too small/],
  [`id: INT-GEN-01\n${HEAD}examples: [好]\nfoo: 1`, /f\.yaml.*foo/],
  ['id: INT-GEN-01\nname: { zh: 名', /f\.yaml:\d+: /],
  [`id: INT-GEN-01\n${HEAD}`, /f\.yaml.* examples: /],
])('a file that does not fit names file, line, field and what is legal', (text, expected) => {
  expect(() => parseIntentFile(text, 'f.yaml')).toThrow(expected);
});

function writeIntents(folder: string, files: Record<string, string>): string {
  const path = join(dir, folder);
  mkdirSync(join(path, 'sub'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

const GREETING = `id: INT-GEN-01\n${HEAD}examples: [你好, 在吗, 有人吗, 您好, 早上好, 在不在]\n`;
const INVOICE = `id: INT-PRE-18\n${HEAD}examples: [能开发票吗, 要专票, 发票抬头, 电子发票, 开票, 补发票]\n`;
const OTHER = `id: OOS\n${HEAD}examples: [今天天气怎么样, 讲个笑话, 附近的景点, 股票涨了吗, 火车几点, 写首诗]\n`;

test('two files with one id are an error', () => {
  const path = writeIntents('twice', { 'a.yaml': GREETING, 'sub/b.yaml': GREETING });
  expect(() => loadIntents(path)).toThrow(/b\.yaml:1 id: INT-GEN-01 is already defined in a\.yaml/);
});

test('a folder that is missing or empty is an error that names it', () => {
  expect(() => loadIntents(join(dir, 'nowhere'))).toThrow(/nowhere: is not a folder/);
  expect(() => loadIntents(writeIntents('empty', {}))).toThrow(/empty: holds no \*\.yaml/);
});

test('a start with unchanged examples does not train; a changed example, or a damaged file, does', async () => {
  const intentsDir = writeIntents('shop', { 'a.yaml': GREETING, 'sub/b.yaml': INVOICE, 'c.yaml': OTHER });
  const cacheDir = join(dir, 'cache');
  const first = await createUnderstanding({ intentsDir, cacheDir });
  const second = await createUnderstanding({ intentsDir, cacheDir });
  expect([first.trained, second.trained]).toEqual([true, false]);
  expect(second.modelHash).toBe(first.modelHash);

  writeFileSync(join(cacheDir, `intents-${first.modelHash}.model`), 'damaged');
  expect((await createUnderstanding({ intentsDir, cacheDir })).trained).toBe(true);

  writeFileSync(join(intentsDir, 'a.yaml'), GREETING.replace('早上好', '晚上好'));
  const changed = await createUnderstanding({ intentsDir, cacheDir });
  expect(changed.trained).toBe(true);
  expect(changed.modelHash).not.toBe(first.modelHash);
});

test('relative dates count from the clock given', async () => {
  const intentsDir = writeIntents('clock', { 'a.yaml': GREETING, 'b.yaml': INVOICE, 'c.yaml': OTHER });
  const clock = createManualClock(Date.parse('2027-05-03T20:00:00Z'));
  const understanding = await createUnderstanding({ intentsDir, cacheDir: join(dir, 'clock-cache'), clock });
  const { entities } = understanding.analyse('明天付', { order: null, prev: [] });
  expect(entities.map(({ value }) => value)).toEqual(['2027-05-05']);
});
