import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderError, holdFolder } from '../../src/lib/hold-folder.ts';
import { keepSecret } from '../../src/lib/keep-secret.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'huashu-folder-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('holding a data folder', () => {
  it('makes it, and gives it back', () => {
    const dir = join(root, 'a/b');
    const release = holdFolder(dir, true);
    expect(readFileSync(join(dir, 'lock'), 'utf8')).toBe(String(process.pid));
    release();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  it('is refused while another process holds it, naming the process', () => {
    writeFileSync(join(root, 'lock'), String(process.ppid));
    expect(() => holdFolder(root, true)).toThrow(FolderError);
    expect(() => holdFolder(root, true)).toThrow(`in use by process ${process.ppid}`);
  });

  it('takes over from a process that has ended', () => {
    // The largest process id Linux hands out is below 2^22.
    writeFileSync(join(root, 'lock'), String(2 ** 22 + 1));
    holdFolder(root, true)();
  });

  it('is shared where the record is elsewhere', () => {
    const releases = [holdFolder(root, false), holdFolder(root, false)];
    expect(existsSync(join(root, 'lock'))).toBe(false);
    for (const release of releases) release();
  });

  it('says when there can be no such folder', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => holdFolder(join(root, 'file/sub'), true)).toThrow(/cannot be created/);
  });
});

describe('a secret', () => {
  it('is made once, kept for its owner alone, and long enough', () => {
    const secret = keepSecret(root, 'visitor-secret');
    expect(secret.length).toBeGreaterThanOrEqual(24);
    expect(keepSecret(root, 'visitor-secret')).toBe(secret);
    expect(keepSecret(root, 'other-secret')).not.toBe(secret);
    expect(statSync(join(root, 'visitor-secret')).mode & 0o077).toBe(0);
  });

  it('of the webhook has the form its setting asks for', () => {
    expect(keepSecret(root, 'webhook-secret', 'whsec_')).toMatch(/^whsec_[A-Za-z0-9+/=]{32,}$/);
  });
});
