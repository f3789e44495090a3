/** `huashu scripts import` and `export` as a person runs them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runScripts } from '../../src/cli/run-scripts.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { makeDataDir, runCommand } from '../cli/run-command.ts';
import { openMind } from '../flow/start-desk.ts';
import { makeQianniuCsv } from './make-qianniu-csv.ts';

const dir = mkdtempSync(join(tmpdir(), 'huashu-import-'));
const dataDir = makeDataDir();
// Trains the model that the commands then find.
beforeAll(async () => {
  await openMind();
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const run = (...args: string[]) => runCommand(['scripts', ...args], { DATA_DIR: dataDir });

function makeFile(name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

describe('import', () => {
  test('a dry run lists what would happen, without a progress bar where nobody looks', async () => {
    const { code, stdout, stderr } = await run('import', makeFile('q.csv', makeQianniuCsv(120)), '--dry-run');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('refused    row 98: text: no-text: the phrase is empty');
    expect(stdout).toContain('refused    row 90: row: repeated-row');
    expect(stdout).toMatch(/duplicate {2}row 84: says the same as row 54 \(100 %\)/);
    expect(stdout).toMatch(/\(qianniu-csv\): 118 added, 0 changed, 0 unchanged, 3 refused, \d+ nearly the same/);
    expect(readdirSync(dir)).toEqual(['q.csv']);
  });

  test('writes drafts as files a library can hold, agents’ own apart', async () => {
    const file = makeFile('我的 短语.csv', '编码,快捷短语,类型\na1,店里的话,团队\na2,我的话,个人\n');
    const out = join(dir, 'out');
    const { code, stderr } = await run('import', file, '--out', out);
    expect({ code, lines: stderr.trim().split('\n').length }).toEqual({ code: 0, lines: 2 });
    const { scripts, files } = loadLibrary(out);
    expect([...files.keys()]).toEqual(['imported-我的-短语-personal.yaml', 'imported-我的-短语.yaml']);
    expect(scripts.map(({ code: quick, status }) => [quick, status])).toEqual([
      ['a2', 'draft'],
      ['a1', 'draft'],
    ]);
  });

  test('a file that cannot be read ends with 1 and says why', async () => {
    const { code, stdout } = await run('import', makeFile('a.json', '{'), '--dry-run', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ form: null, added: [], refused: [{ row: 0, code: 'broken-json' }] });
  });

  test.each([
    [['import', 'a.csv']],
    [['import', 'a.csv', '--dry-run', '--out', 'x']],
    [['import', '--dry-run']],
    [['import', 'a.csv', '--dry-run', '--form', 'papyrus']],
    [['export', 'x', '--form', 'papyrus']],
    [['export']],
    [['lint', 'x']],
  ])('%j is no command', async (args) => {
    await expect(runScripts(args)).rejects.toThrow('usage: huashu scripts');
  });
});

test('export for another tool, imported again, is unchanged', async () => {
  const folder = join(dir, 'export');
  const { code, stdout } = await run('export', folder, '--form', 'qianniu-csv');
  expect(code).toBe(0);
  expect(stdout).toMatch(/scripts written to .*qianniu\.csv/);
  const back = await run('import', join(folder, 'qianniu.csv'), '--dry-run');
  expect(back.stdout).toMatch(/: 0 added, 0 changed, [1-9]\d* unchanged, 0 refused, 0 nearly/);
});

test('export as YAML gives the library again', async () => {
  const folder = join(dir, 'yaml');
  const { stdout } = await run('export', folder);
  expect(stdout).toMatch(/files written to/);
  expect(loadLibrary(folder).scripts).toEqual(loadLibrary(join(import.meta.dirname, '../../scripts-library')).scripts);
});
