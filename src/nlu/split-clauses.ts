/** Signs that end a clause; a blank between Chinese words does too, since buyers type one for a comma. */
const BREAK =
  /[，,。；;！!？?\n~～、]+|\s+(?=\p{Script=Han})|(?<=\p{Script=Han})\s+|(?:另外|还有|顺便|对了|再问(?:一?下)?)/u;
/** Clauses shorter than this say nothing by themselves. */
const SHORTEST = 3;

/**
 * Cuts a message into clauses that may each carry an intent.
 *
 * @returns at least two clauses, or none when the message is one.
 */
export function splitClauses(text: string): string[] {
  const clauses = text
    .split(BREAK)
    .map((clause) => clause.trim())
    .filter((clause) => clause.length >= SHORTEST);
  return clauses.length > 1 ? clauses.slice(0, 8) : [];
}
