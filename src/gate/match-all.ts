/**
 * Every match of a global pattern that is not empty, in order.
 *
 * `String.matchAll` clones the pattern for each text, which costs more than most searches of a short text.
 */
export function matchAll(text: string, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0] === '') pattern.lastIndex = match.index + 1;
    else found.push(match);
  }
  return found;
}
