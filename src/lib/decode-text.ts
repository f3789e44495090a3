/** A text and the encoding it is read in. */
export interface DecodedText {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
}

const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;

/** GB18030 read as UTF-8 is nearly all U+FFFD; damaged UTF-8 has a few of them. */
const MOST_DAMAGE = 0.1;

/**
 * Reads bytes as text: by the byte order mark, else as strict UTF-8, else as GB18030, unless nine tenths of what is
 * not ASCII are sound UTF-8. What the encoding cannot hold comes out as U+FFFD.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = MARKS.find((candidate) => candidate.bytes.every((byte, i) => bytes[i] === byte));
  if (mark) return decode(bytes, mark.encoding);
  const utf8 = decode(bytes, 'utf-8');
  const damage = utf8.text.match(/\uFFFD/g)?.length ?? 0;
  const foreign = utf8.text.match(/[^\0-\x7F]/g)?.length ?? 0;
  return damage <= foreign * MOST_DAMAGE ? utf8 : decode(bytes, 'gb18030');
}

function decode(bytes: Uint8Array, encoding: DecodedText['encoding']): DecodedText {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}
