import { toSimplified } from './convert-script.ts';

const DROP = 0;
const SPACE = 0x20;
const UNSET = 0xffff;
const DIGIT = 0x30;

/** Masks and links that stand for one thing whatever they hold. */
const PLACEHOLDER = /https?:\/\/\S+|www\.\S+|\[[^[\]]{1,40}\]|#E-s\S{0,12}|&[a-z]{2,6};/gi;

let table: Uint16Array | undefined;

/** Normal form of one UTF-16 unit: half width, lower case, simplified; punctuation becomes a blank. */
function normalizeUnit(code: number): number {
  if (code < 0x20 || code === 0x3000 || code === 0xa0) return SPACE;
  if (code >= 0xff01 && code <= 0xff5e) return normalizeUnit(code - 0xfee0);
  if (code >= 0x41 && code <= 0x5a) return code + 0x20;
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)) return code;
  if (code === 0x3f || code === 0x21 || code === 0x2b || code === 0x25) return code;
  if (isInvisible(code)) return DROP;
  if (code < 0x80 || (code >= 0x2010 && code <= 0x2027) || (code >= 0x3001 && code <= 0x303f)) return SPACE;
  if (code >= 0x4e00 && code <= 0x9fff) {
    return toSimplified(String.fromCharCode(code)).charCodeAt(0);
  }
  return code;
}

/** Characters of no width: joiners, marks of direction, soft hyphens, forms of emoji. */
function isInvisible(code: number): boolean {
  if (code === 0xad || code === 0xfeff) return true;
  if (code >= 0xfe00 && code <= 0xfe0f) return true;
  return (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2064);
}

/** Normal form of one UTF-16 unit, remembered: 0 drops it. */
function lookUp(code: number): number {
  table ??= new Uint16Array(0x10000).fill(UNSET);
  let found = table[code]!;
  if (found === UNSET && code !== UNSET) {
    found = normalizeUnit(code);
    table[code] = found;
  }
  return found;
}

/** Characters of a message that count. */
const READ = 1000;

const buffer = new Uint16Array(2 * READ);
/** Where each unit of the buffer begins and ends in the message. */
const starts = new Uint16Array(2 * READ);
const ends = new Uint16Array(2 * READ);

/** A text made of another, and where each of its UTF-16 units stands there. */
export interface TracedText {
  text: string;
  /** First unit of the origin. */
  starts: ArrayLike<number>;
  /** One past the last unit of the origin. */
  ends: ArrayLike<number>;
}

/**
 * Brings a message to the form the classifier reads: half width, lower case, simplified characters,
 * one blank for any other punctuation, at most two equal characters in a row.
 * A run of digits becomes one to four zeros by its length (1–2, 3–4, 5–9, more).
 *
 * Only the first 1,000 characters count.
 */
export function normalizeText(text: string): string {
  return String.fromCharCode(...buffer.subarray(0, fillBuffer(text)));
}

/** The same, with the place of each unit in the message; all zeros of a number stand for the whole of it. */
export function traceNormalText(text: string): TracedText {
  const length = fillBuffer(text);
  return {
    text: String.fromCharCode(...buffer.subarray(0, length)),
    starts: starts.slice(0, length),
    ends: ends.slice(0, length),
  };
}

/** Writes the normal form into the buffer and gives its length. */
function fillBuffer(text: string): number {
  const source =
    text.includes('[') || text.includes('#') || text.includes('&') || /http|www/i.test(text)
      ? text.replace(PLACEHOLDER, (found) => ' '.repeat(found.length))
      : text;
  const end = Math.min(source.length, READ);
  let length = 0;
  let index = 0;
  while (index < end) {
    const code = lookUp(source.charCodeAt(index));
    index++;
    if (code === DROP) continue;
    if (code >= 0x30 && code <= 0x39) {
      const start = index - 1;
      while (index < end) {
        const next = lookUp(source.charCodeAt(index));
        if (next < 0x30 || next > 0x39) break;
        index++;
      }
      length = writeZeros(length, start, index);
      continue;
    }
    if (code === SPACE && (length === 0 || buffer[length - 1] === SPACE)) continue;
    if (length > 1 && buffer[length - 1] === code && buffer[length - 2] === code) continue;
    starts[length] = index - 1;
    ends[length] = index;
    buffer[length++] = code;
  }
  return length > 0 && buffer[length - 1] === SPACE ? length - 1 : length;
}

function writeZeros(at: number, start: number, end: number): number {
  const digits = end - start;
  const zeros = digits <= 2 ? 1 : digits <= 4 ? 2 : digits <= 9 ? 3 : 4;
  for (let i = at; i < at + zeros; i++) {
    buffer[i] = DIGIT;
    starts[i] = start;
    ends[i] = end;
  }
  return at + zeros;
}
