import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createLiveLibrary, type FolderWatch } from '../../src/scripts/live-library.ts';
import { createFolderWatch } from '../../src/scripts/watch-folder.ts';
import { fileText, makeFolder } from './fixtures.ts';

const changed = fileText({ 'version: 1': '    version: 2' });

describe('createLiveLibrary', () => {
  test('takes up a changed file on reload', () => {
    const dir = makeFolder({ 'a.yaml': fileText() });
    const live = createLiveLibrary(dir);
    writeFileSync(join(dir, 'a.yaml'), changed);
    expect(live.reload()).toBe(true);
    expect(live.current.scripts[0]!.version).toBe(2);
    expect(live.problem).toBeUndefined();
  });

  test('keeps the last good version while a file is broken, and recovers', () => {
    const dir = makeFolder({ 'a.yaml': fileText() });
    const broken: string[] = [];
    const live = createLiveLibrary(dir, { onBroken: (problem) => broken.push(problem.message) });
    writeFileSync(join(dir, 'a.yaml'), 'group: 3');
    expect(live.reload()).toBe(false);
    expect(live.current.scripts).toHaveLength(1);
    expect(live.problem?.file).toBe(join(dir, 'a.yaml'));
    expect(broken).toEqual([expect.stringContaining('a.yaml:1 group')]);

    writeFileSync(join(dir, 'a.yaml'), changed);
    expect(live.reload()).toBe(true);
    expect(live.problem).toBeUndefined();
    expect(live.current.scripts[0]!.version).toBe(2);
  });

  test('a folder that vanished is a problem, not a crash', () => {
    const dir = makeFolder({ 'a.yaml': fileText() });
    const live = createLiveLibrary(dir);
    rmSync(dir, { recursive: true });
    expect(live.reload()).toBe(false);
    expect(live.problem?.message).toMatch(/cannot be read/);
    expect(live.current.scripts).toHaveLength(1);
  });

  test('a folder broken at the start is an error', () => {
    const dir = makeFolder({ 'a.yaml': 'group: 3' });
    expect(() => createLiveLibrary(dir)).toThrowError(/a\.yaml:1 group/);
  });

  test('reloads when the watch tells of a change, until it is closed', () => {
    const dir = makeFolder({ 'a.yaml': fileText() });
    const { watch, tell, isWatching } = createHandWatch();
    const loaded: number[] = [];
    const live = createLiveLibrary(dir, { onLoaded: ({ scripts }) => loaded.push(scripts[0]!.version) }, { watch });
    writeFileSync(join(dir, 'a.yaml'), changed);
    tell();
    expect(loaded).toEqual([2]);
    live.close();
    expect(isWatching()).toBe(false);
  });
});

test('the folder watch tells once of a file written in several steps', async () => {
  const dir = makeFolder({ 'a.yaml': fileText() });
  const onChange = vi.fn();
  const stop = createFolderWatch(30).watch(dir, onChange);
  writeFileSync(join(dir, 'a.yaml'), 'half');
  writeFileSync(join(dir, 'a.yaml'), changed);
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 40_000 });
  stop();
});

function createHandWatch(): FolderWatch & { tell(): void; isWatching(): boolean } {
  let listener: (() => void) | undefined;
  return {
    watch(_dir, onChange) {
      listener = onChange;
      return () => {
        listener = undefined;
      };
    },
    tell: () => listener?.(),
    isWatching: () => listener !== undefined,
  };
}
