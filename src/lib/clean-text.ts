/**
 * A text as the record can hold it: without U+0000 and halves of surrogate pairs, which nobody means to type, and
 * without space around it.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '').trim();
}
