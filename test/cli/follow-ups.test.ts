/** The ledger as a file, from the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

describe('huashu follow-ups', () => {
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'huashu-follow-ups-'));
    const words = ['--name', '我的店', '--login', 'boss', '--password', 'correct horse'];
    await runCommand(['shop', '--id', 'mine', ...words], { DATA_DIR: dir });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('export writes the file', async () => {
    const file = join(dir, 'ledger.csv');
    const ended = await runCommand(['follow-ups', 'export', file, '--shop', 'mine'], { DATA_DIR: dir });
    expect(ended).toMatchObject({ code: 0, stdout: `the ledger of mine is in ${file}\n` });
    expect(readFileSync(file, 'utf8')).toMatch(/^\uFEFFid,rule,title,/);
  });

  it.each([
    [['export', 'ledger.xlsx', '--shop', 'mine'], /^usage: huashu follow-ups export/],
    [['export', 'ledger.csv', '--shop', 'mine', '--rule', 'FU-50'], /^--rule: is not a follow-up rule/],
    [['export', 'ledger.csv', '--shop', 'other'], /^--shop is other: there is no shop of that id/],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const ended = await runCommand(['follow-ups', ...args], { DATA_DIR: dir });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(sentence);
  });

  it('a settings file with a timer beyond its bounds is refused', async () => {
    const file = join(dir, 'settings.json');
    writeFileSync(file, JSON.stringify({ timers: { 'FU-08': { touches: [{ kind: 'after', ms: 600_000 }] } } }));
    const ended = await runCommand(['shop', '--id', 'mine', '--settings', file], { DATA_DIR: dir });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain('FU-08.touches[0].ms: is 600000');
  });
});
