import { pinyin } from 'pinyin-pro';

/** A text as somebody types it in pinyin: whole syllables, first letters, and where each syllable starts. */
export interface PinyinText {
  /** Syllables without tones, run together: `yunfei`. Latin letters and digits stay. */
  full: string;
  /** First letters: `yf`. */
  initials: string;
  /** Offsets in `full` at which a syllable starts. */
  starts: ReadonlySet<number>;
}

const readings = new Map<string, string>();

/** Pinyin of a short text, characters with several readings told by their neighbours. */
export function pinyinOf(text: string): PinyinText {
  return joinSyllables(pinyin(text, { toneType: 'none', type: 'array', v: true }));
}

/** Pinyin of a long text, each character by its commonest reading: less exact, many times faster. */
export function quickPinyinOf(text: string): PinyinText {
  return joinSyllables(Array.from(text, readingOf));
}

/** The same text with sounds folded that are often mixed up. */
export function foldedPinyinOf(text: string): PinyinText {
  return joinSyllables(pinyin(text, { toneType: 'none', type: 'array', v: true }).map(foldPinyin));
}

/** Folds what southern speakers and hasty fingers mix up: zh/z, ch/c, sh/s, ing/in, eng/en, ang/an, ü/u. */
export function foldPinyin(text: string): string {
  return text
    .replace(/([zcs])h/g, '$1')
    .replace(/([aei]n)g/g, '$1')
    .replaceAll('v', 'u');
}

function readingOf(char: string): string {
  let reading = readings.get(char);
  if (reading === undefined) {
    reading = pinyin(char, { toneType: 'none', v: true });
    readings.set(char, reading);
  }
  return reading;
}

function joinSyllables(syllables: readonly string[]): PinyinText {
  let full = '';
  let initials = '';
  const starts = new Set<number>();
  for (const syllable of syllables) {
    const letters = syllable.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (letters === '') continue;
    starts.add(full.length);
    full += letters;
    initials += letters[0];
  }
  return { full, initials, starts };
}
