/** A text and the place of its cursor, in UTF-16 units. */
export interface EditedText {
  text: string;
  cursor: number;
}

/**
 * Puts `insertion` at the cursor and leaves every word of the draft standing: after a selection, not in its place.
 *
 * @param selectionEnd where the cursor or the end of the selection is
 */
export function insertAtCursor(text: string, selectionEnd: number, insertion: string): EditedText {
  const at = Math.min(Math.max(0, selectionEnd), text.length);
  return { text: text.slice(0, at) + insertion + text.slice(at), cursor: at + insertion.length };
}

/** What stands after a `/` that begins the cursor's line, or `undefined` when the line is not a search. */
export function slashQuery(text: string, cursor: number): { query: string; from: number } | undefined {
  const from = text.lastIndexOf('\n', cursor - 1) + 1;
  const line = text.slice(from, cursor);
  return /^\/[^\s/]*$/.test(line) ? { query: line.slice(1), from } : undefined;
}

/** Replaces the search line's beginning by the script found. */
export function replaceSlash(text: string, from: number, cursor: number, insertion: string): EditedText {
  return { text: text.slice(0, from) + insertion + text.slice(cursor), cursor: from + insertion.length };
}
