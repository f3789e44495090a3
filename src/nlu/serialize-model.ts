import { DeskError } from '../lib/errors.ts';
import type { ClassifierModel } from './classifier.ts';

const MAGIC = 0x32554c4e;
const HEADER_BYTES = 12;
/** Bytes of a feature besides its weights. */
const FEATURE_BYTES = 6;
/** Whole steps a 16-bit weight has on each side of zero. */
const STEPS = 32767;

interface Header {
  labels: string[];
  features: number;
  /** The values that features have; each names its own by place. */
  values: number[];
  sharpness: number;
  weightScale: number;
  /** What the caller wants to keep beside the model. */
  extra: unknown;
}

/**
 * Packs a model: header as JSON, then keys (32 bit), places of values (16 bit) and weights (16 bit). The few hundred
 * values that features share stand in the header.
 *
 * @param extra any JSON value kept beside the model.
 */
export function serializeModel(model: ClassifierModel, extra: unknown = null): Uint8Array {
  let highest = 1e-9;
  for (const weight of model.weights) highest = Math.max(highest, Math.abs(weight));
  const weightScale = highest / STEPS;
  const features = model.vocabulary.keys.length;
  const values = [...new Set(model.vocabulary.values)];
  const header: Header = { labels: model.labels, features, values, sharpness: model.sharpness, weightScale, extra };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / 4) * 4;
  const bytes = new Uint8Array(HEADER_BYTES + padded + features * FEATURE_BYTES + model.weights.length * 2);
  new Uint32Array(bytes.buffer, 0, 3).set([MAGIC, json.length, padded]);
  bytes.set(json, HEADER_BYTES);
  let at = HEADER_BYTES + padded;
  new Uint32Array(bytes.buffer, at, features).set(model.vocabulary.keys);
  at += features * 4;
  const places = new Map(values.map((value, place) => [value, place]));
  new Uint16Array(bytes.buffer, at, features).set(Array.from(model.vocabulary.values, (value) => places.get(value)!));
  at += features * 2;
  const quantized = new Int16Array(bytes.buffer, at, model.weights.length);
  for (let i = 0; i < quantized.length; i++) quantized[i] = Math.round(model.weights[i]! / weightScale);
  return bytes;
}

/**
 * Unpacks a model.
 *
 * @throws DeskError `bad_request` when the bytes are no model of this form.
 */
export function deserializeModel(packed: Uint8Array): { model: ClassifierModel; extra: unknown } {
  const bytes = new Uint8Array(packed);
  if (bytes.length < HEADER_BYTES) throw new DeskError('bad_request', 'model: shorter than its header');
  const [magic, jsonLength, padded] = new Uint32Array(bytes.buffer, 0, 3);
  if (magic !== MAGIC) throw new DeskError('bad_request', 'model: not a classifier model of this version');
  if (bytes.length < HEADER_BYTES + padded!) {
    throw new DeskError('bad_request', 'model: length does not match its header');
  }
  const json = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, HEADER_BYTES + jsonLength!));
  const header = JSON.parse(json) as Header;
  const weightCount = (header.features + 1) * header.labels.length;
  let at = HEADER_BYTES + padded!;
  if (bytes.length !== at + header.features * FEATURE_BYTES + weightCount * 2) {
    throw new DeskError('bad_request', 'model: length does not match its header');
  }
  const keys = new Uint32Array(bytes.buffer, at, header.features);
  at += header.features * 4;
  const values = Float32Array.from(
    new Uint16Array(bytes.buffer, at, header.features),
    (place) => header.values[place] ?? 0,
  );
  at += header.features * 2;
  const quantized = new Int16Array(bytes.buffer, at, weightCount);
  const weights = new Float32Array(weightCount);
  for (let i = 0; i < weightCount; i++) weights[i] = quantized[i]! * header.weightScale;
  const model = { labels: header.labels, vocabulary: { keys, values }, weights, sharpness: header.sharpness };
  return { model, extra: header.extra };
}
