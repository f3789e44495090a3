/** Only `src/config.ts` reads the environment: the linter says so, and this sees that it does. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const READERS: Record<string, string> = {
  'member.ts': `export const x = process.env['X'];\n`,
  'destructured.ts': `const { X } = process.env;\nexport { X };\n`,
  'imported.ts': `import { env } from 'node:process';\n\nexport const x = env['X'];\n`,
  'by-global.ts': `export const x = globalThis.process.env['X'];\n`,
};

describe('reading the environment', () => {
  let root: string;
  const lint = () =>
    spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/@biomejs/biome/bin/biome'), 'lint', '--colors=off', '--max-diagnostics=50'],
      { cwd: root, encoding: 'utf8' },
    );

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'huashu-lint-'));
    cpSync(join(ROOT, 'biome.json'), join(root, 'biome.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    mkdirSync(join(root, 'src/gate'), { recursive: true });
    writeFileSync(join(root, 'src/config.ts'), READERS['member.ts']!);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is legal in config.ts', () => {
    expect(lint().status).toBe(0);
  });

  it.each(Object.keys(READERS))('is refused in a room (%s)', (name) => {
    const file = join(root, 'src/gate', name);
    writeFileSync(file, READERS[name]!);
    const { status, stdout, stderr } = lint();
    rmSync(file);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/noProcessEnv/);
  });
});
