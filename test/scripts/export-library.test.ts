import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ScriptFileSchema } from '../../src/protocol/script.ts';
import { exportScriptFile } from '../../src/scripts/export-library.ts';
import { parseYaml } from '../../src/scripts/read-yaml-file.ts';
import { makeScript } from './fixtures.ts';

const library = join(import.meta.dirname, '../../scripts-library');
const script = makeScript({
  setsOff: ['FU-07'],
  variants: [{ text: '第一步：打开订单\n第二步：点“申请退款”' }, { text: 'Step 1: open', language: 'en' }],
});
const file = { group: 'farewell', title: { zh: '道别', en: 'Farewell' }, scripts: [script] };

test('a group written and read again is the same', () => {
  const text = exportScriptFile(file);
  expect(parseYaml('farewell.yaml', text, ScriptFileSchema).value).toEqual(file);
});

test('fields at their default are left out', () => {
  const text = exportScriptFile(file);
  expect(text).not.toContain('buyerTypes');
  expect(text).not.toContain('zh-Hans');
  expect(text).toContain('setsOff');
});

test.each(readdirSync(library).filter((name) => name.endsWith('.yaml')))('%s is written the way it ships', (name) => {
  const text = readFileSync(join(library, name), 'utf8');
  expect(exportScriptFile(parseYaml(name, text, ScriptFileSchema).value)).toBe(text);
});
