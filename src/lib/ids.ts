import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Kinds of record that carry an id of ours, and the prefix of each. */
const PREFIX = {
  shop: 'shp',
  agent: 'agt',
  buyer: 'byr',
  conversation: 'cnv',
  message: 'msg',
  suggestion: 'sug',
  outbox: 'out',
  followUp: 'fup',
  session: 'ses',
  task: 'tsk',
  event: 'evt',
  order: 'ord',
  script: 'scr',
  correction: 'cor',
  lesson: 'les',
  approval: 'apr',
  foundVariant: 'fnd',
  call: 'cal',
  automaticSend: 'aut',
  discount: 'dis',
} as const;

/** Kind of record an id belongs to. */
export type IdKind = keyof typeof PREFIX;

let lastMs = 0;
let counter = 0;

/**
 * Creates an id that sorts by time of creation within one process:
 * prefix, 10 characters of milliseconds, 3 of a counter, 10 of chance.
 */
export function createId(kind: IdKind, nowMs: number): string {
  counter = nowMs === lastMs ? (counter + 1) % 32768 : 0;
  lastMs = nowMs;
  return `${PREFIX[kind]}_${base32(nowMs, 10)}${base32(counter, 3)}${randomText(10)}`;
}

function base32(value: number, width: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < width; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomText(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += ALPHABET[byte & 31];
  return text;
}
