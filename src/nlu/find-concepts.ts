import { CONCEPT_NAMES, listLexicon } from './shop-lexicon.ts';

interface TrieNode {
  next: Map<number, TrieNode>;
  concepts: readonly number[];
}

/** The concepts of a text, each once, with the first word that shows it. */
export interface FoundConcepts {
  numbers: number[];
  starts: number[];
  ends: number[];
}

let root: TrieNode | undefined;

/** Creates a function that finds every concept word of a normalised text, overlapping ones too. */
export function createConceptFinder(): (text: string) => FoundConcepts {
  root ??= buildTrie();
  const trie = root;
  const metIn = new Int32Array(CONCEPT_NAMES.length);
  let call = 0;
  return (text) => {
    call++;
    const found: FoundConcepts = { numbers: [], starts: [], ends: [] };
    for (let start = 0; start < text.length; start++) {
      let node = trie.next.get(text.charCodeAt(start));
      for (let end = start + 1; node; end++) {
        for (const number of node.concepts) {
          if (metIn[number] === call) continue;
          metIn[number] = call;
          found.numbers.push(number);
          found.starts.push(start);
          found.ends.push(end);
        }
        node = end < text.length ? node.next.get(text.charCodeAt(end)) : undefined;
      }
    }
    return found;
  };
}

function buildTrie(): TrieNode {
  const top: TrieNode = { next: new Map(), concepts: [] };
  for (const [word, concepts] of listLexicon()) {
    let node = top;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      const child: TrieNode = node.next.get(code) ?? { next: new Map(), concepts: [] };
      node.next.set(code, child);
      node = child;
    }
    node.concepts = concepts;
  }
  return top;
}
