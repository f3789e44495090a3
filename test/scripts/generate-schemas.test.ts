import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CARD_IDS } from '../../src/protocol/ids.ts';
import { generateSchemaFiles } from '../../src/scripts/generate-schemas.ts';

const root = join(import.meta.dirname, '../..');

test.each([...generateSchemaFiles()])('%s is what the zod schema says', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text);
});

test('the schema lists every card an editor may complete', () => {
  const text = generateSchemaFiles().get('src/protocol/generated/scripts-library.schema.json')!;
  const schema = JSON.parse(text);
  expect(schema.properties.scripts.items.properties.card.enum).toEqual([...CARD_IDS, 'SHOP']);
  expect(schema.properties.scripts.items.required).not.toContain('setsOff');
});
