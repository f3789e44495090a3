/** Writes a value as JSON that Postgres can hold: no U+0000 and no half of a surrogate pair. */
export function toJsonb(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'string' && (!part.isWellFormed() || part.includes('\u0000'))
      ? part.toWellFormed().replaceAll('\u0000', '')
      : part,
  );
}
