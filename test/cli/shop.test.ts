import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

describe('huashu shop', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'huashu-shop-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const shop = (...args: string[]) =>
    run(process.execPath, [MAIN, 'shop', ...args], { env: { ...process.env, DATA_DIR: dir } });
  const mine = ['--id', 'mine', '--name', '我的店', '--login', 'boss', '--password', 'correct horse'];

  it('sets up a shop once', async () => {
    expect((await shop(...mine)).stdout).toBe('shop mine is set up; sign in as mine/boss\n');
    await expect(shop(...mine)).rejects.toMatchObject({
      code: 2,
      stderr: '--id is mine: a shop of that id is there already\n',
    });
  });

  it('takes settings from a file, and says what is wrong with them', async () => {
    const file = join(dir, 'settings.json');
    const day = ['09:00-12:00', '13:00-18:00'];
    const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
    writeFileSync(file, JSON.stringify({ replyByHour: '10:00', schedule: { week, holidays: 'cn' } }));
    expect((await shop('--id', 'mine', '--settings', file)).stdout).toBe('shop mine has the settings of the file\n');
    await expect(shop('--id', 'other', '--settings', file)).rejects.toMatchObject({
      code: 2,
      stderr: '--id is other: there is no shop of that id\n',
    });
    writeFileSync(file, JSON.stringify({ schedule: { week: { ...week, tue: ['13:00-18:00', '17:00-20:00'] } } }));
    await expect(shop('--id', 'mine', '--settings', file)).rejects.toMatchObject({
      stderr: `${file} schedule.week.tue: 17:00-20:00 overlaps 13:00-18:00: the spans of a day must not overlap\n`,
    });
    writeFileSync(file, '{');
    await expect(shop('--id', 'mine', '--settings', file)).rejects.toMatchObject({
      stderr: expect.stringContaining(`${file}: is not JSON`),
    });
  });

  it.each([
    [['--id', 'Mine!'], '--id is Mine!: it takes small letters, digits and hyphens'],
    [['--password', 'short'], '--password has 5 characters: it takes at least 10'],
    [['--tz', 'Mars/Olympus'], '--tz is Mars/Olympus: it takes an IANA zone such as Asia/Shanghai'],
    [
      ['--name', ''],
      'usage: huashu shop --id ID --name NAME --login LOGIN --password PASSWORD [--tz ZONE] [--settings FILE]\n       huashu shop --id ID --settings FILE',
    ],
  ])('refuses %j with one line', async (changed, message) => {
    await expect(shop(...mine, ...changed)).rejects.toMatchObject({ code: 2, stderr: `${message}\n` });
  });
});
