/** Finds every occurrence of many words in one walk through a text (Aho–Corasick). */
export interface WordFinder {
  /** Calls back for each occurrence, overlapping ones too, by the word's index and `[from, to)` in the text. */
  find(text: string, onFound: (word: number, from: number, to: number) => void): void;
}

/** UTF-16 units. */
const UNITS = 65_536;

interface State {
  next: Map<number, number>;
  /** Words that end here. */
  words: number[];
  /** The state of the longest proper suffix that is a beginning of some word. */
  fallback: number;
  /** The nearest state along the fallbacks in which a word ends; 0 for none. */
  shorter: number;
}

/** Builds the automaton; an empty word is never found, a word given twice is found under both indexes. */
export function createWordFinder(words: readonly string[]): WordFinder {
  const states = plantWords(words);
  linkFallbacks(states);
  const root = states[0]!;
  // Most characters begin no word: they are passed over without a look into a map.
  const first = new Int32Array(UNITS);
  for (const [unit, next] of root.next) first[unit] = next;
  return {
    find(text, onFound) {
      let state = root;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        const next = state === root ? first[unit]! : advance(states, state, unit);
        if (next === 0) {
          state = root;
          continue;
        }
        state = states[next]!;
        for (let ending = state; ending !== root; ending = states[ending.shorter]!) {
          for (const word of ending.words) onFound(word, i + 1 - words[word]!.length, i + 1);
        }
      }
    },
  };
}

function plantWords(words: readonly string[]): State[] {
  const states = [createState()];
  for (const [index, word] of words.entries()) {
    let at = 0;
    for (let i = 0; i < word.length; i++) {
      const unit = word.charCodeAt(i);
      let next = states[at]!.next.get(unit);
      if (next === undefined) {
        next = states.push(createState()) - 1;
        states[at]!.next.set(unit, next);
      }
      at = next;
    }
    if (at !== 0) states[at]!.words.push(index);
  }
  return states;
}

function createState(): State {
  return { next: new Map(), words: [], fallback: 0, shorter: 0 };
}

/** Level by level: the fallback of a state is shorter than the state, so it is linked before. */
function linkFallbacks(states: readonly State[]): void {
  let level = [...states[0]!.next.values()];
  while (level.length > 0) {
    const below: number[] = [];
    for (const at of level) {
      const state = states[at]!;
      for (const [unit, child] of state.next) {
        const fallback = advance(states, states[state.fallback]!, unit);
        states[child]!.fallback = fallback;
        states[child]!.shorter = states[fallback]!.words.length > 0 ? fallback : states[fallback]!.shorter;
        below.push(child);
      }
    }
    level = below;
  }
}

function advance(states: readonly State[], from: State, unit: number): number {
  let state = from;
  for (;;) {
    const next = state.next.get(unit);
    if (next !== undefined) return next;
    if (state === states[0]) return 0;
    state = states[state.fallback]!;
  }
}
