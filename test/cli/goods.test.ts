import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

describe('huashu goods', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'huashu-goods-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const huashu = (...args: string[]) =>
    run(process.execPath, [MAIN, ...args], { env: { ...process.env, DATA_DIR: join(dir, 'data') } });

  it('tries a file out, takes it in, and writes it again', { timeout: 120_000 }, async () => {
    await huashu('shop', '--id', 'mine', '--name', '我的店', '--login', 'boss', '--password', 'correct horse');
    const file = join(dir, 'goods.csv');
    writeFileSync(file, iconv.encode('宝贝ID,宝贝标题,一口价,可售库存\n1,竹编灯罩,88,4\n2,坏行,贵,1\n', 'gb18030'));
    const tried = (await huashu('goods', 'import', file, '--dry-run')).stdout;
    expect(tried).toContain('added     row 2: 1 竹编灯罩');
    expect(tried).toContain('refused   row 3: 价格 is "贵": 金额');
    expect(tried).toContain('(dry run: nothing was written)');
    expect((await huashu('goods', 'import', file)).stdout).toContain('1 added, 0 changed, 0 unchanged, 1 rows refused');
    const out = join(dir, 'out.json');
    expect((await huashu('goods', 'export', out)).stdout).toBe(`1 written to ${out}\n`);
    const written: unknown = JSON.parse(readFileSync(out, 'utf8'));
    expect(written).toEqual({ products: [{ id: '1', title: '竹编灯罩', price: 88, stock: { 默认: 4 } }] });
  });

  it('says what it takes', async () => {
    await expect(huashu('goods', 'import')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage: huashu goods import'),
    });
    await expect(huashu('goods', 'export', join(dir, 'a.txt'))).rejects.toMatchObject({ code: 2 });
    const file = join(dir, 'goods.csv');
    await expect(huashu('goods', 'import', file, '--shop', 'none')).rejects.toMatchObject({
      code: 2,
      stderr: '--shop is none: it takes one of mine\n',
    });
  });
});
