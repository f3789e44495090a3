import { createHash } from 'node:crypto';
import type { MessageIntent, OrderState } from '../protocol/ids.ts';
import type { Turn } from '../protocol/turn.ts';
import { type ChangedAnswer, compareModels, type JudgedSet, type SetFigures } from './compare-models.ts';
import { understandWith } from './create-understanding.ts';
import { type IntentSource, type LoadedIntent, parseIntents } from './load-intents.ts';
import { hashOfModel, packModel } from './pack-model.ts';
import type { IntentLine } from './read-evaluation-file.ts';
import { OUT_OF_SCOPE_LABEL, trainOnIntents } from './train-intent-model.ts';

/** A message whose meaning an agent set right. */
export interface Correction {
  /** Unique in the shop; corrections are told apart by it. */
  id: string;
  text: string;
  /** What it means; empty when it is none of the desk's business. The first one is learned. */
  intents: MessageIntent[];
  /** The order the chat was about when it was written; `null` none. */
  order: { state: OrderState } | null;
  /** At most two turns just before, oldest first. */
  prev: Turn[];
}

/** What a candidate is trained on and judged by. */
export interface TeachingInput {
  /** The files of `intents/`. */
  sources: readonly IntentSource[];
  corrections: readonly Correction[];
  /** Lines that ship with the product and are never trained on. */
  frozen: readonly IntentLine[];
  /** The live model, packed. */
  live: Uint8Array;
}

/** What teaching gives. */
export interface TeachingResult {
  /** `worse` when any set lost a line: the candidate must not go live. `same` when no set gained one. */
  verdict: 'better' | 'same' | 'worse';
  /** The candidate, packed, and its content hash. */
  model: Uint8Array;
  hash: string;
  /** Sets by name: `frozen`, `corrections`, and `held-out` from {@link HELD_OUT_FROM} corrections on. */
  figures: SetFigures[];
  changed: ChangedAnswer[];
  trainMs: number;
}

/** One correction in so many is held out of a trial training, to see whether the rest teaches it. */
const HELD_OUT_SHARE = 5;
/** Fewer corrections say nothing when some are held out. */
export const HELD_OUT_FROM = 20;
/** A correction stands for the shop's own way of talking and counts as so many shipped lines. */
const COPIES = 3;

/**
 * Trains a model on the shipped lines and the shop's corrections and compares it with the live one.
 *
 * The candidate learns every correction and is judged on the frozen lines and on the corrections. Whether corrections
 * teach more than themselves is judged by a second model that a fifth of them is kept from.
 * Runs for seconds: call it from a worker, as {@link teach} does.
 *
 * @throws DataFileError when a source does not fit; DeskError `bad_request` when `live` is no model.
 */
export async function trainCandidate(input: TeachingInput): Promise<TeachingResult> {
  const startedAt = performance.now();
  const shipped = parseIntents(input.sources);
  const live = understandWith(input.live, 'live').analyse;
  const model = train(shipped, input.corrections);
  const lines = input.corrections.map(asLine);
  const sets: JudgedSet[] = [
    { name: 'frozen', lines: input.frozen },
    { name: 'corrections', lines },
  ];
  const { sets: figures, changed } = await compareModels(sets, live, understandWith(model, 'candidate').analyse);
  if (input.corrections.length >= HELD_OUT_FROM) {
    const learned = input.corrections.filter((correction) => !isHeldOut(correction));
    const trial = understandWith(train(shipped, learned), 'trial').analyse;
    const heldOut = { name: 'held-out', lines: input.corrections.filter(isHeldOut).map(asLine) };
    const compared = await compareModels([heldOut], live, trial);
    figures.push(...compared.sets);
    changed.push(...compared.changed);
  }
  const trainMs = Math.round(performance.now() - startedAt);
  return { verdict: verdictOf(figures), model, hash: hashOfModel(model), figures, changed, trainMs };
}

function train(shipped: readonly LoadedIntent[], corrections: readonly Correction[]): Uint8Array {
  const taught = corrections.map(({ intents, ...correction }): LoadedIntent => {
    const id = intents[0] ?? OUT_OF_SCOPE_LABEL;
    const examples = Array.from({ length: COPIES }, () => asExample(correction));
    return {
      id,
      name: { zh: '', en: '' },
      description: '',
      examples,
      lookAlikes: [],
      sources: [],
      file: correction.id,
    };
  });
  return packModel(trainOnIntents(shipped, taught));
}

function asExample({ text, order, prev }: Omit<Correction, 'intents'>): LoadedIntent['examples'][number] {
  const asked = prev.at(-1);
  const state = order?.state;
  if (state === undefined && asked === undefined) return text;
  return {
    text,
    ...(state !== undefined && state !== 'closed' ? { order: state } : {}),
    ...(asked && asked.from !== 'buyer' ? { prev: asked.text } : {}),
  };
}

function asLine({ id, text, intents, order, prev }: Correction): IntentLine {
  const state = order?.state;
  return {
    id,
    text,
    context: {
      order: state === undefined || state === 'closed' ? null : { state },
      prev: prev.slice(-2).map(({ from, text: said }) => ({ from, text: said })),
    },
    intents,
    acceptable: [],
  };
}

/** By the text, so that what is held out stays held out, and the same words are never on both sides. */
function isHeldOut({ text }: Correction): boolean {
  return createHash('sha256').update(text).digest().readUInt32BE(0) % HELD_OUT_SHARE === 0;
}

function verdictOf(figures: readonly SetFigures[]): TeachingResult['verdict'] {
  if (figures.some(({ live, candidate }) => candidate < live)) return 'worse';
  return figures.some(({ live, candidate }) => candidate > live) ? 'better' : 'same';
}
