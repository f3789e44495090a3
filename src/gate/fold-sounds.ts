import { pinyin } from 'pinyin-pro';
import type { View, Views } from './normalize-text.ts';
import { GIVING_SYLLABLES, MONEY_SYLLABLES, PINYIN_WORDS, SOUND_WORDS, SYLLABLES } from './words/sound-alikes.ts';

interface Target {
  word: string;
  except: readonly string[];
  /** Whether characters of the same sound stand for the word, or pinyin only. */
  isHeard: boolean;
}

/** One spoken syllable of a view: a Chinese character, or a piece of a pinyin run. */
interface Unit {
  sound: string;
  from: number;
  to: number;
  isLatin: boolean;
}

const HAN = /^\p{Script=Han}$/u;
const LONGEST_RUN = 24;
const LONGEST_SYLLABLE = 6;
const SYLLABLE =
  /^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|eng|ing|i?ao|uai|[iuv]?an|ai|ei|ou|en|in|[uv]n|ia|ie|iu|ua|uo|ui|ue|ve|er|[aoeiuv])$/;

const sounds = new Map<string, string>();
const KNOWN_LIMIT = 20_000;

/** Sound of a Chinese character; empty for anything else. */
function soundOf(char: string): string {
  let sound = sounds.get(char);
  if (sound === undefined) {
    sound = HAN.test(char) ? pinyin(char, { toneType: 'none', v: true }) : '';
    if (sounds.size < KNOWN_LIMIT) sounds.set(char, sound);
  }
  return sound;
}

const flatten = (sounds: string): string => sounds.replace(/([zcs])h/g, '$1');

const soundsOf = (word: string): string => Array.from(word, soundOf).join(' ');

const targets = new Map<string, Target>();
for (const { word, except = [] } of SOUND_WORDS) targets.set(soundsOf(word), { word, except, isHeard: true });
for (const word of PINYIN_WORDS) targets.set(soundsOf(word), { word, except: [], isHeard: false });
/** Letters are also typed by those who mix up zh and z, ch and c, sh and s. */
const flatTargets = new Map([...targets].map(([sounds, target]) => [flatten(sounds), target]));
const variants = new Map(SOUND_WORDS.flatMap(({ word, variants: list = [] }) => list.map((form) => [form, word])));
const LONGEST_WORD = 4;
/** How a word or a variant may begin: most characters of a text begin none, and are passed over at once. */
const firstSounds = new Set([...flatTargets.keys()].map((spoken) => spoken.split(' ', 1)[0]!));
const firstPairs = new Set([...flatTargets.keys()].map((spoken) => spoken.split(' ', 2).join(' ')));
const firstChars = new Set([...variants.keys()].map((form) => form[0]!));

/**
 * Puts the word meant in place of its sound-alikes, in time linear in the length of the text: 镁女, hao评.
 * Views without any come back as they are.
 */
export function foldSounds(views: Views): Views {
  const plain = foldView(views.plain);
  const tight = views.tight === views.plain ? plain : foldView(views.tight);
  return plain === views.plain && tight === views.tight ? views : { plain, tight };
}

function foldView(view: View): View {
  const units = unitsOf(view.text);
  const folds: { from: number; to: number; word: string }[] = [];
  for (let i = 0; i < units.length; i++) {
    const fold = longestFold(view.text, units, i) ?? loneSyllable(view.text, units[i]!);
    if (fold === undefined) continue;
    folds.push({ from: units[i]!.from, to: units[i + fold.length - 1]!.to, word: fold });
    i += fold.length - 1;
  }
  return folds.length === 0 ? view : rewrite(view, folds);
}

/** A figure of money behind a syllable: fan 3 kuai, song5yuan. */
const SUM_BEHIND =
  /^ ?(?:\d{1,3}|[一二两三四五六七八九十百]{1,3}|(?:yi|liang|san|si|wu|liu|qi|ba|jiu|shi){1,2}) ?(?:kuai|yuan|[块元])(?![a-z])/;

/** 返3 kuai, fan 3 kuai: what the figure before a unit of money belongs to; "give you 3 yuan off" is English. */
const SUM_AHEAD = /(?:[一-龥,。!:+]|fan|song|tui|zhuan|jian|bu|gei) ?(?:\d{1,4}|[一二两三四五六七八九十百]{1,3}) ?$/;

/** A syllable written on its own between characters, after the start of a clause, or at a figure of money. */
function loneSyllable(text: string, unit: Unit): string | undefined {
  if (!unit.isLatin || isLatin(text[unit.from - 1]) || isLatin(text[unit.to])) return undefined;
  const isSum = SUM_AHEAD.test(text.slice(Math.max(0, unit.from - 12), unit.from));
  if (isSum || (/^\p{Script=Han}/u.test(text.slice(unit.to)) && /\d ?$/.test(text.slice(0, unit.from)))) {
    const money = MONEY_SYLLABLES[unit.sound];
    if (money !== undefined) return money;
  }
  if (SUM_BEHIND.test(text.slice(unit.to, unit.to + 12))) {
    const giving = GIVING_SYLLABLES[unit.sound];
    if (giving !== undefined) return giving;
  }
  const isTouching = HAN.test(text[unit.to] ?? '') || HAN.test(text[unit.from - 1] ?? '');
  return isTouching ? SYLLABLES[unit.sound] : undefined;
}

function longestFold(text: string, units: readonly Unit[], at: number): string | undefined {
  if (!mayBegin(text, units, at)) return undefined;
  for (let count = Math.min(LONGEST_WORD, units.length - at); count >= 2; count--) {
    const piece = units.slice(at, at + count);
    if (piece.some((unit) => unit.sound === '')) continue;
    const word = meantWord(text.slice(piece[0]!.from, piece.at(-1)!.to), piece);
    if (word !== undefined) return word;
  }
  return undefined;
}

function mayBegin(text: string, units: readonly Unit[], at: number): boolean {
  const [first, second] = [units[at]!, units[at + 1]];
  if (second === undefined || first.sound === '' || second.sound === '') return false;
  if (firstChars.has(text[first.from]!)) return true;
  const sound = flatten(first.sound);
  return firstSounds.has(sound) && firstPairs.has(`${sound} ${flatten(second.sound)}`);
}

function meantWord(written: string, piece: readonly Unit[]): string | undefined {
  const variant = variants.get(written);
  if (variant !== undefined) return variant;
  const sounds = piece.map((unit) => unit.sound).join(' ');
  if (piece.some((unit) => unit.isLatin)) return flatTargets.get(flatten(sounds))?.word;
  const target = targets.get(sounds);
  if (target === undefined || written === target.word) return undefined;
  const isAkin = target.isHeard && [...written].some((char, i) => char === target.word[i]);
  return isAkin && !target.except.includes(written) ? target.word : undefined;
}

/** Units in order; an empty sound parts what cannot belong together. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < text.length; ) {
    const char = text[i]!;
    const sound = soundOf(char);
    if (sound !== '') {
      units.push({ sound, from: i, to: i + 1, isLatin: false });
      i += 1;
      continue;
    }
    const run = isLatin(char) ? runAt(text, i) : '';
    if (run !== '') {
      const pieces = syllablesOf(run);
      if (pieces === undefined) units.push(barrier(i));
      let from = i;
      for (const sound of pieces ?? []) {
        units.push({ sound, from, to: from + sound.length, isLatin: true });
        from += sound.length;
      }
      i += run.length;
      continue;
    }
    if (!(char === ' ' && (isLatin(text[i - 1]) || isLatin(text[i + 1])))) units.push(barrier(i));
    i += 1;
  }
  return units;
}

const barrier = (at: number): Unit => ({ sound: '', from: at, to: at + 1, isLatin: false });

function isLatin(char: string | undefined): boolean {
  return char !== undefined && char >= 'a' && char <= 'z';
}

function runAt(text: string, from: number): string {
  let to = from;
  while (isLatin(text[to])) to++;
  return text.slice(from, to);
}

/** A run of letters as pinyin syllables, longest first; `undefined` when it is none. */
function syllablesOf(run: string): string[] | undefined {
  if (run.length > LONGEST_RUN) return undefined;
  // ends[i]: where the syllable that starts at i ends so that the rest divides too.
  const ends = new Array<number | undefined>(run.length + 1);
  ends[run.length] = run.length;
  for (let from = run.length - 1; from >= 0; from--) {
    for (let to = Math.min(run.length, from + LONGEST_SYLLABLE); to > from; to--) {
      if (ends[to] === undefined || !SYLLABLE.test(run.slice(from, to))) continue;
      ends[from] = to;
      break;
    }
  }
  if (ends[0] === undefined) return undefined;
  const pieces: string[] = [];
  for (let from = 0; from < run.length; ) {
    const to = ends[from]!;
    pieces.push(run.slice(from, to));
    from = to;
  }
  return pieces;
}

/** The view with each stretch replaced; every new character points back to the whole stretch. */
function rewrite(view: View, folds: readonly { from: number; to: number; word: string }[]): View {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  const copyTo = (to: number): void => {
    for (; at < to; at++) {
      units.push(view.text[at]!);
      starts.push(view.starts[at]!);
      ends.push(view.ends[at]!);
    }
  };
  for (const { from, to, word } of folds) {
    copyTo(from);
    for (const char of word) {
      units.push(char);
      starts.push(view.starts[from]!);
      ends.push(view.ends[to - 1]!);
    }
    at = to;
  }
  copyTo(view.text.length);
  return { text: units.join(''), starts, ends };
}
