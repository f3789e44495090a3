import { createHash } from 'node:crypto';
import { deserializeModel, serializeModel } from './serialize-model.ts';
import type { IntentModel } from './train-intent-model.ts';

/** What is kept beside the packed classifier. */
type KeptBeside = Omit<IntentModel, 'classifier'>;

/** Packs a model into bytes; weights are rounded to 16 bits. */
export function packModel({ classifier, outOfScope, power }: IntentModel): Uint8Array {
  return serializeModel(classifier, { outOfScope, power } satisfies KeptBeside);
}

/** Unpacks a model. @throws DeskError `bad_request` when the bytes are no model of this form. */
export function unpackModel(packed: Uint8Array): IntentModel {
  const { model, extra } = deserializeModel(packed);
  return { classifier: model, ...(extra as KeptBeside) };
}

/** Content hash of a packed model: 16 hexadecimal digits. */
export function hashOfModel(packed: Uint8Array): string {
  return createHash('sha256').update(packed).digest('hex').slice(0, 16);
}
