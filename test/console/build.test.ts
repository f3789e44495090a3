import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildConsole, consoleIsFresh } from '../../src/console/build.ts';

describe('the built pages', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huashu-pages-'));
  const outDir = join(folder, 'console');
  beforeAll(() => buildConsole(outDir));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are four, and fit a strict content security policy', () => {
    for (const page of ['console', 'supervisor', 'library', 'shop']) {
      const html = readFileSync(join(outDir, `${page}.html`), 'utf8');
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
      expect(html).not.toMatch(/<style|style=|\bon\w+=/);
    }
    for (const file of readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.css'))) {
      expect(readFileSync(join(outDir, 'assets', file), 'utf8')).not.toContain('url(data:');
    }
  });

  it('are built for use whatever the process that builds them runs as', () => {
    const built = readdirSync(join(outDir, 'assets')).filter((name) => name.endsWith('.js'));
    const forDevelopment = built.filter((name) =>
      readFileSync(join(outDir, 'assets', name), 'utf8').includes('jsxDEV'),
    );
    expect(forDevelopment).toEqual([]);
  });

  it('carry fonts in one format only', () => {
    const names = readdirSync(join(outDir, 'assets'));
    expect(names.some((name) => name.endsWith('.woff2'))).toBe(true);
    expect(names.filter((name) => name.endsWith('.woff'))).toEqual([]);
  });

  it('are fresh until a source differs', () => {
    expect(consoleIsFresh(outDir)).toBe(true);
    writeFileSync(join(outDir, '.source-hash'), 'another');
    expect(consoleIsFresh(outDir)).toBe(false);
    expect(consoleIsFresh(join(folder, 'nothing'))).toBe(false);
  });

  it('leave nothing beside themselves', () => {
    expect(readdirSync(folder)).toEqual(['console']);
  });
});
