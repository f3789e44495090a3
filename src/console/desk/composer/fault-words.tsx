/** The words at fault, each in its quotation marks. */
export function FaultWords({ words }: { words: readonly string[] }) {
  return words.map((word) => <q key={word}>{word}</q>);
}
