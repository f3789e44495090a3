const SLOT = /\{([a-zA-Z][\w.]*)\}/g;

/** Names of the slots a text carries, each once, in order. */
export function slotNames(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(SLOT), (match) => match[1]!))];
}

/** Replaces each slot of a text by what `replace` says of its name. */
export function replaceSlots(text: string, replace: (name: string) => string): string {
  return text.replace(SLOT, (_, name: string) => replace(name));
}

/** Fills the slots of a text; a slot without a value stays as it stands, braces and all. */
export function fillSlots(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(SLOT, (whole, name: string) => values.get(name) ?? whole);
}

/** Questions of a text: a run of question marks is one. @see SR-12 */
export function countQuestions(text: string): number {
  return text.match(/[?？]+/g)?.length ?? 0;
}

/** Characters of a text as people count them, line breaks left out. @see domain 00 */
export function countCharacters(text: string): number {
  return [...text.replace(/\n/g, '')].length;
}
