import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Script, ScriptSchema } from '../../src/protocol/script.ts';

/** A script with the fields a test does not care about filled in. */
export function makeScript(fields: Partial<Record<keyof Script, unknown>> = {}): Script {
  return ScriptSchema.parse({
    id: 'SCR-08',
    card: 'SCR-08',
    code: 'sh1',
    title: { zh: '收个尾', en: 'Wrap up' },
    modes: ['A'],
    intents: [],
    stages: ['FLOW-6'],
    slots: [],
    guards: [],
    length: 'L1',
    variants: [{ text: '这个问题先说到这儿，后面想到什么您随时喊我。' }],
    sources: ['FLOW-13'],
    status: 'approved',
    version: 1,
    ...fields,
  });
}

/** Text of a library file with one script; `line` replaces the line that begins so. */
export function fileText(replace: Record<string, string> = {}): string {
  const lines = [
    'group: farewell',
    'title: { zh: 道别, en: Farewell }',
    'scripts:',
    '  - id: SCR-08',
    '    card: SCR-08',
    '    code: sh1',
    '    title: { zh: 收个尾, en: Wrap up }',
    '    modes: [A]',
    '    intents: []',
    '    stages: [FLOW-6]',
    '    slots: []',
    '    guards: []',
    '    length: L1',
    '    variants:',
    '      - text: 后面想到什么您随时喊我。',
    '    sources: [FLOW-13]',
    '    status: approved',
    '    version: 1',
  ];
  return lines.map((line) => replace[line.trim()] ?? line).join('\n');
}

/** A folder with these files, removed when the test ends. */
export function makeFolder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'scripts-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const library = join(dir, 'library');
  mkdirSync(library);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(library, name), text);
  return library;
}
