import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { fileText, makeFolder } from './fixtures.ts';

describe('loadLibrary', () => {
  test('reads every yaml file in the order of the names and fills in the defaults', () => {
    const second = fileText({ '- id: SCR-08': '  - id: SCR-08-b', 'code: sh1': '    code: sh2' });
    const dir = makeFolder({ 'b.yaml': second, 'a.yaml': fileText(), 'notes.txt': 'not a script' });
    const library = loadLibrary(dir);
    expect(library.scripts.map((script) => script.id)).toEqual(['SCR-08', 'SCR-08-b']);
    expect([...library.files.keys()]).toEqual(['a.yaml', 'b.yaml']);
    expect(library.scripts[0]).toMatchObject({ buyerTypes: [], setsOff: [] });
    expect(library.scripts[0]!.variants[0]!.language).toBe('zh-Hans');
  });

  test.each([
    ['not YAML', { 'scripts:': 'scripts: [' }, 4, '', /is not YAML/],
    ['unknown card', { 'card: SCR-08': '    card: SCR-24' }, 5, 'scripts[0].card', /"SCR-24".*SCR-01 … SCR-162/],
    ['illegal mode', { 'modes: [A]': '    modes: [A, X]' }, 8, 'scripts[0].modes[1]', /"X".*"A"\|"O"\|"S"/],
    ['bad code', { 'code: sh1': '    code: 收尾' }, 6, 'scripts[0].code', /"收尾" is not legal/],
    ['no sources', { 'sources: [FLOW-13]': '    sources: []' }, 16, 'scripts[0].sources', /\[\] is not legal/],
    ['missing field', { 'length: L1': '' }, 4, 'scripts[0].length', /nothing is not legal.*"L1"\|"L2"\|"L3"/],
    ['unknown field', { 'version: 1': '    version: 1\n    colour: red' }, 4, 'scripts[0]', /colour/],
  ])('%s: names file, line, field and what is legal', (_name, replace, line, path, message) => {
    const dir = makeFolder({ 'farewell.yaml': fileText(replace) });
    const load = () => loadLibrary(dir);
    expect(load).toThrowError(expect.objectContaining({ file: join(dir, 'farewell.yaml'), line, path }));
    expect(load).toThrowError(message);
  });

  test.each([
    ['id', { 'code: sh1': '    code: sh2' }, 4, 'scripts[0].id'],
    ['code', { '- id: SCR-08': '  - id: SCR-08-b' }, 6, 'scripts[0].code'],
  ])('a second script with the same %s is refused and the first one named', (_field, replace, line, path) => {
    const dir = makeFolder({ 'a.yaml': fileText(), 'b.yaml': fileText(replace) });
    const load = () => loadLibrary(dir);
    expect(load).toThrowError(expect.objectContaining({ file: join(dir, 'b.yaml'), line, path }));
    expect(load).toThrowError(`is taken already in ${join(dir, 'a.yaml')}:${line}`);
  });

  test('an empty folder is an error', () => {
    expect(() => loadLibrary(makeFolder({}))).toThrowError('holds no .yaml file');
  });
});
