import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CARD_IDS, CardIdSchema, FOLLOW_UP_RULES, FollowUpRuleIdSchema } from '../protocol/ids.ts';
import { IntentFileSchema, ScriptFileSchema } from '../protocol/script.ts';

/**
 * JSON Schemas an editor checks the data files with, by path from the root of the repository.
 * The same input gives the same text, so that a stale file shows as a difference.
 */
export function generateSchemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['src/protocol/generated/scripts-library.schema.json', schemaText(ScriptFileSchema, 'A file of scripts-library/')],
    ['src/protocol/generated/intents.schema.json', schemaText(IntentFileSchema, 'A file of intents/')],
  ]);
}

/** Writes the generated schemas below a root folder. */
export function writeSchemaFiles(root: string): void {
  for (const [path, text] of generateSchemaFiles()) {
    const file = resolve(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function schemaText(schema: z.ZodType, title: string): string {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    // A refinement is code and leaves no trace in JSON Schema: the closed sets are told here.
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === CardIdSchema) jsonSchema.enum = [...CARD_IDS];
      if (zodSchema === FollowUpRuleIdSchema) jsonSchema.enum = [...FOLLOW_UP_RULES];
    },
  });
  return `${JSON.stringify({ title, ...json }, null, 2)}\n`;
}

if (import.meta.main) writeSchemaFiles(process.cwd());
