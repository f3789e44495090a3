/** What differs between two versions of a script: its wordings and its other fields. */
import type { Script, ScriptVariant } from '../../../protocol/script.ts';
import { compareTexts, likeness, type TextPiece } from './compare-texts.ts';

/** The part of a script that people write. */
export type Written = Omit<Script, 'status' | 'version'>;

/** Fields that are compared as lists of words. */
export const COMPARED_FIELDS = [
  'code',
  'title',
  'modes',
  'intents',
  'stages',
  'buyerTypes',
  'technique',
  'slots',
  'guards',
  'length',
  'setsOff',
  'sources',
] as const;
/** Fields of one wording that are compared so. */
const VARIANT_FIELDS = ['language', 'buyerTypes', 'segments', 'guards'] as const;

/** A field that differs. */
export interface FieldChange<F extends string = string> {
  field: F;
  kept: string[];
  removed: string[];
  added: string[];
}

/** A wording before and after; positions count from 0. */
export interface VariantChange {
  kind: 'same' | 'changed' | 'added' | 'removed';
  beforeAt: number | undefined;
  afterAt: number | undefined;
  pieces: TextPiece[];
  fields: FieldChange<(typeof VARIANT_FIELDS)[number]>[];
}

/** Everything that differs. */
export interface ScriptChange {
  fields: FieldChange<(typeof COMPARED_FIELDS)[number]>[];
  /** In the order of the later version, with what was taken out where it stood. */
  variants: VariantChange[];
  /** Wordings that both have stand in another order. */
  reordered: boolean;
  /** Nothing differs. */
  empty: boolean;
}

/** Wordings less alike than this are two wordings, not one that changed. */
const LEAST_LIKENESS = 0.4;

/** Compares two versions. */
export function compareScripts(before: Written, after: Written): ScriptChange {
  const fields = COMPARED_FIELDS.flatMap((field) => compareField(field, listOf(before, field), listOf(after, field)));
  const variants = compareVariants(before.variants, after.variants);
  const order = variants.flatMap(({ beforeAt, afterAt }) => (afterAt === undefined ? [] : (beforeAt ?? [])));
  const reordered = order.some((at, i) => i > 0 && at < order[i - 1]!);
  const empty = fields.length === 0 && !reordered && variants.every(({ kind }) => kind === 'same');
  return { fields, variants, reordered, empty };
}

function listOf(script: Written, field: (typeof COMPARED_FIELDS)[number]): readonly string[] {
  switch (field) {
    case 'title':
      return [script.title.zh, script.title.en];
    case 'code':
    case 'length':
      return [script[field]];
    case 'technique':
      return script.technique === undefined ? [] : [script.technique];
    default:
      return script[field];
  }
}

function compareField<F extends string>(
  field: F,
  before: readonly string[],
  after: readonly string[],
): FieldChange<F>[] {
  const removed = before.filter((word) => !after.includes(word));
  const added = after.filter((word) => !before.includes(word));
  if (removed.length === 0 && added.length === 0) return [];
  return [{ field, kept: before.filter((word) => after.includes(word)), removed, added }];
}

function compareVariants(before: readonly ScriptVariant[], after: readonly ScriptVariant[]): VariantChange[] {
  const partnerOf = findPartners(before, after);
  const changes: VariantChange[] = after.map((variant, afterAt) => {
    const beforeAt = partnerOf.get(afterAt);
    if (beforeAt === undefined) return alone('added', variant, afterAt);
    return pair(before[beforeAt]!, variant, beforeAt, afterAt);
  });
  const found = new Set(partnerOf.values());
  before.forEach((variant, beforeAt) => {
    if (found.has(beforeAt)) return;
    const at = changes.findLastIndex((change) => change.beforeAt !== undefined && change.beforeAt < beforeAt);
    changes.splice(at + 1, 0, alone('removed', variant, beforeAt));
  });
  return changes;
}

function alone(kind: 'added' | 'removed', variant: ScriptVariant, at: number): VariantChange {
  return {
    kind,
    beforeAt: kind === 'removed' ? at : undefined,
    afterAt: kind === 'added' ? at : undefined,
    pieces: [{ kind, text: variant.text }],
    fields: [],
  };
}

function pair(before: ScriptVariant, after: ScriptVariant, beforeAt: number, afterAt: number): VariantChange {
  const fields = VARIANT_FIELDS.flatMap((field) =>
    compareField(field, [before[field] ?? []].flat(), [after[field] ?? []].flat()),
  );
  const same = before.text === after.text;
  const pieces: TextPiece[] = same ? [{ kind: 'same', text: after.text }] : compareTexts(before.text, after.text);
  return { kind: same && fields.length === 0 ? 'same' : 'changed', beforeAt, afterAt, pieces, fields };
}

/** Which former wording each wording came from: first the equal ones, then the most alike. */
function findPartners(before: readonly ScriptVariant[], after: readonly ScriptVariant[]): Map<number, number> {
  const partnerOf = new Map<number, number>();
  const free = new Set(before.keys());
  after.forEach((variant, afterAt) => {
    const equal = [...free].find((at) => before[at]!.text === variant.text);
    if (equal === undefined) return;
    partnerOf.set(afterAt, equal);
    free.delete(equal);
  });
  const candidates = after.flatMap((variant, afterAt) => {
    if (partnerOf.has(afterAt)) return [];
    return [...free].map((beforeAt) => ({
      afterAt,
      beforeAt,
      score: likeness(compareTexts(before[beforeAt]!.text, variant.text)),
    }));
  });
  // The same place decides between texts that are equally alike.
  candidates.sort((a, b) => b.score - a.score || Math.abs(a.afterAt - a.beforeAt) - Math.abs(b.afterAt - b.beforeAt));
  for (const { afterAt, beforeAt, score } of candidates) {
    if (score < LEAST_LIKENESS || partnerOf.has(afterAt) || !free.has(beforeAt)) continue;
    partnerOf.set(afterAt, beforeAt);
    free.delete(beforeAt);
  }
  return partnerOf;
}
