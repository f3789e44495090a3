/** `huashu replay`, `explain` and `scripts`: the commands that show what the desk would do. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { makeDataDir, runCommand } from './run-command.ts';

const LIBRARY = fileURLToPath(new URL('../../scripts-library/', import.meta.url));
const DIALOGUES = [
  {
    id: 'one',
    turns: [
      { from: 'buyer', text: '你好，轻量冲锋衣藏青M码有货吗' },
      { from: 'agent', text: '有的，当天都能发' },
      { from: 'buyer', text: '能便宜点吗' },
      { from: 'buyer', text: '   ' },
    ],
  },
  { id: 'two', turns: [{ from: 'buyer', text: '什么时候发货' }] },
];

const dir = mkdtempSync(join(tmpdir(), 'huashu-replay-test-'));
const dataDir = makeDataDir();
const environment = { DATA_DIR: dataDir };

beforeAll(async () => {
  await openMind();
});
afterAll(() => {
  for (const folder of [dir, dataDir]) rmSync(folder, { recursive: true, force: true });
});

function write(name: string, lines: readonly (object | string)[]): string {
  const file = join(dir, name);
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return file;
}

describe('huashu replay', () => {
  test('plays dialogues through a running desk and prints one object', async () => {
    const desk: TestDesk = await startTestDesk();
    try {
      const file = write('two.jsonl', DIALOGUES);
      const { code, stdout, stderr } = await runCommand(['replay', file, '--url', desk.url, '--json'], environment);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const report = JSON.parse(stdout) as Record<string, number>;
      expect(report).toMatchObject({ dialogues: 2, turns: 3, analysed: 3, errors: 0 });
      expect(report['proposed']! + report['abstained']!).toBe(3);
      expect(report['p99Ms']!).toBeGreaterThanOrEqual(report['p50Ms']!);
      const { conversations } = await desk.read<{ conversations: { lastSeq: number }[] }>(
        '/api/conversations',
        await desk.cookie(),
      );
      expect(conversations.map((row) => row.lastSeq).toSorted()).toEqual(expect.arrayContaining([1, 3]));
    } finally {
      await desk.close();
    }
  });

  test('starts and ends a desk of its own where none is named, and tells every turn', async () => {
    const file = write('own.jsonl', DIALOGUES);
    const { code, stdout } = await runCommand(['replay', file, '--limit', '1'], environment);
    expect(code).toBe(0);
    expect(stdout).toContain('== one');
    expect(stdout).not.toContain('== two');
    expect(stdout).toMatch(/buyer {2}能便宜点吗\n {4}read INT-PRE-14/);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ dialogues: 1, turns: 2, errors: 0 });
  });

  test.each([
    ['a line that is not JSON', [DIALOGUES[0]!, '{'], /bad\.jsonl:2: not JSON/],
    ['a speaker that is none', [{ id: 'x', turns: [{ from: 'robot', text: 'x' }] }], /bad\.jsonl:1 turns\.0\.from/],
    ['a name that stands twice', [DIALOGUES[0]!, DIALOGUES[0]!], /bad\.jsonl:2 id: one stands twice/],
  ])('names file and line of %s', async (_what, lines, said) => {
    const { code, stdout, stderr } = await runCommand(['replay', write('bad.jsonl', lines), '--json'], environment);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(said);
  });

  test.each([
    ['no file', [], /^usage: huashu replay/],
    ['a limit that is none', ['x.jsonl', '--limit', '0'], /--limit/],
  ])('with %s says what it takes', async (_what, args, said) => {
    const file = write('x.jsonl', DIALOGUES);
    const { code, stderr } = await runCommand(
      ['replay', ...args.map((arg) => (arg === 'x.jsonl' ? file : arg))],
      environment,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});

describe('huashu explain', () => {
  test('shows how a message is understood and what spoke for it', async () => {
    const { code, stdout } = await runCommand(['explain', '能便宜点吗', '--order', 'unpaid'], environment);
    expect(code).toBe(0);
    const { analysis, because } = JSON.parse(stdout) as { analysis: { held: string[] }; because: unknown };
    expect(analysis.held).toContain('INT-PRE-14');
    expect(because).toBeTruthy();
  });

  test.each([
    ['nothing to explain', ['explain'], /^usage: huashu explain/],
    ['an order state that is none', ['explain', '你好', '--order', 'lost'], /--order is lost: it takes unpaid/],
  ])('with %s says what it takes', async (_what, args, said) => {
    const { code, stderr } = await runCommand(args, environment);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});

describe('huashu scripts', () => {
  test('lint finds nothing in the shipped library', async () => {
    const { code, stdout } = await runCommand(['scripts', 'lint'], environment);
    expect(stdout).toMatch(/\d+ scripts, 0 findings\n$/);
    expect(code).toBe(0);
  });

  test('list finds by words', async () => {
    const { code, stdout } = await runCommand(['scripts', 'list', '发票'], environment);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^SCR-48/m);
  });

  test('export writes the library as the same files', async () => {
    const folder = join(dir, 'exported');
    const { code } = await runCommand(['scripts', 'export', folder], environment);
    expect(code).toBe(0);
    const files = readdirSync(LIBRARY).filter((name) => name.endsWith('.yaml'));
    expect(readdirSync(folder).toSorted()).toEqual(files.toSorted());
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).toContain('scripts:');
  });

  test('without a word says what it takes', async () => {
    const { code, stderr } = await runCommand(['scripts'], environment);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^usage: huashu scripts/);
  });
});
