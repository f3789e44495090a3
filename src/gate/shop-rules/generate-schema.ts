import { z } from 'zod';
import { ShopGateRulesSchema } from '../../protocol/gate-rules.ts';
import { CARD_IDS, CardIdSchema, TABOO_IDS, TabooIdSchema } from '../../protocol/ids.ts';

/** The JSON Schema an editor checks a file of gate rules with, by its path from the root of the repository. */
export function generateGateRulesSchema(): [path: string, text: string] {
  const json = z.toJSONSchema(ShopGateRulesSchema, {
    io: 'input',
    // A refinement is code and leaves no trace in JSON Schema: the closed sets are told here.
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === CardIdSchema) jsonSchema.enum = [...CARD_IDS];
      if (zodSchema === TabooIdSchema) jsonSchema.enum = [...TABOO_IDS];
    },
  });
  const text = JSON.stringify({ title: "A shop's gate rules (gate-rules.yaml)", ...json }, null, 2);
  return ['src/protocol/generated/gate-rules.schema.json', `${text}\n`];
}
