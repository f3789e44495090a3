import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

function writeRules(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'huashu-gate-')), 'gate-rules.yaml');
  writeFileSync(file, text);
  return file;
}

const GOOD = `
words:
  - { text: 内部渠道, severity: B, id: SHOP-source, message: 不谈货源。, instead: [SCR-08] }
patterns:
  - { id: SHOP-code, pattern: '代号\\d+', severity: W, message: 请说款名。 }
`;

describe('gate lint', () => {
  it('counts what a good file holds', async () => {
    const { code, stdout } = await runCommand(['gate', 'lint', writeRules(GOOD)]);
    expect(stdout).toMatch(/^1 words, 1 patterns, 0 exceptions: good \(version [0-9a-f]{12}\)\n$/);
    expect(code).toBe(0);
  });

  it('prints every finding of a bad one', async () => {
    const file = writeRules('words:\n  - { text: 清仓, severity: X }\nother: 1\n');
    const { code, stdout } = await runCommand(['gate', 'lint', file]);
    expect(stdout).toContain(`${file}:2 words[0].severity: "X" is not legal`);
    expect(stdout).toContain(`${file}:3 other: is not a field`);
    expect(stdout).toContain('2 findings\n');
    expect(code).toBe(1);
  });
});

describe('gate check', () => {
  it('shows the verdict on a text', async () => {
    const file = writeRules(GOOD);
    const blocked = await runCommand(['gate', 'check', file, '这是內 部渠道的']);
    expect(blocked).toMatchObject({ code: 1, stderr: '' });
    expect(blocked.stdout).toBe('block\nB SHOP-source "內 部渠道" at 2: 不谈货源。 (SCR-08)\n');
    const warned = await runCommand(['gate', 'check', file, '亲，代号３０７还有', '--mode', 'A']);
    expect(warned).toMatchObject({ code: 0 });
    expect(warned.stdout).toContain('W SHOP-code "代号３０７" at 2');
  });

  it.each([[[]], [['lint']], [['check', 'f.yaml']], [['check', 'f.yaml', '好', '--mode', 'X']]])(
    'says what it takes: %j',
    async (args) => {
      const { code, stderr } = await runCommand(['gate', ...args]);
      expect(stderr).toMatch(/usage: huashu gate|--mode is X: it takes typed, A, O, S/);
      expect(code).toBe(2);
    },
  );
});
