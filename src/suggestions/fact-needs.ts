/** Which facts something rests on, by path without `facts.`; `<…>` stands for any key. */
export interface FactNeeds {
  /** Every path it reads. */
  readonly facts: readonly string[];
  /** Absent or stale, each of these stops it. @see SR-02 */
  readonly needs: readonly string[];
  /** One of these must be there; empty: none. */
  readonly oneOf: readonly string[];
}

/** Reads marked paths: `?path` may be absent, `|path` is one of several that suffice, a bare path is needed. */
export function factNeeds(marked: readonly string[]): FactNeeds {
  const bare = (path: string): string => path.replace(/^[?|]/, '');
  return {
    facts: marked.map(bare),
    needs: marked.filter((path) => !/^[?|]/.test(path)),
    oneOf: marked.filter((path) => path.startsWith('|')).map(bare),
  };
}
