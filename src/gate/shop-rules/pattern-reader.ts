/** Characters and escapes of a pattern. */

/** A pattern that cannot be used; the message says why and what to write. */
export class PatternError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternError';
  }
}

/** A pattern under reading. */
export interface Reader {
  chars: readonly string[];
  at: number;
  depth: number;
}

/** What comes next. */
export function rest(reader: Reader, length = 80): string {
  return reader.chars.slice(reader.at, reader.at + length).join('');
}

const CLASS_ESCAPES = 'dDsSwW';
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };
const HEX = /^x(?:([0-9a-f]{2})|\{([0-9a-f]{1,6})\})/i;
const PROPERTY = /^[pP](?:[A-Z]|\{\^?[A-Za-z_]+\})/;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;

/** The character an escape stands for; `undefined` when it stands for a class or a place. */
export function readEscapedCharacter(reader: Reader): string | undefined {
  const ahead = rest(reader);
  const char = reader.chars[reader.at];
  if (char === undefined) throw new PatternError('ends in a \\; write \\\\ for the character');
  const hex = HEX.exec(ahead);
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2]!, 16);
    if (code > 0x10ffff) throw new PatternError(`has \\${hex[0]}, which is no character`);
    reader.at += hex[0].length;
    return String.fromCodePoint(code);
  }
  if (CONTROLS[char] === undefined && !PUNCTUATION.test(char)) return undefined;
  reader.at += 1;
  return CONTROLS[char] ?? char;
}

/** Source of an escape for a class (\d, \p{Han}); `undefined` when it is none. */
export function readClassEscape(reader: Reader): string | undefined {
  const ahead = rest(reader);
  const length = CLASS_ESCAPES.includes(ahead[0]!) ? 1 : (PROPERTY.exec(ahead)?.[0].length ?? 0);
  if (length === 0) return undefined;
  reader.at += length;
  return `\\${ahead.slice(0, length)}`;
}

/** Says what to write instead of an escape. */
export function unsupportedEscape(letter: string): PatternError {
  if (/^[1-9k]$/.test(letter))
    return new PatternError(
      `refers back to a group (\\${letter}), which cannot be searched in linear time; write the words out`,
    );
  if (letter === 'u') return new PatternError('has \\u; write the character itself or \\x{4e00}');
  return new PatternError(
    `has \\${letter}, which is not supported; there are \\d \\D \\s \\S \\w \\W \\b \\B \\p{Han} \\n \\t \\x{…} and \\ before a mark`,
  );
}

/** A character as RE2 source. */
export function quote(char: string): string {
  if (char === '\n') return '\\n';
  return PUNCTUATION.test(char) ? `\\${char}` : char;
}
