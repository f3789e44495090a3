import type { Passage } from './passage.ts';

/** How bad a finding is: B blocks, W warns. */
export type Severity = 'B' | 'W';

/** A place a detector objects to. */
export interface Hit {
  /** Original span; `null` for the whole text. */
  span: [number, number] | null;
  /** Where this hit is worse or better than its rule. */
  severity?: Severity;
  /** Where this hit needs other words than its rule. */
  message?: string;
}

/** One taboo as data: what finds it, what the agent is told, which scripts say it rightly. @see domain 11 */
export interface Rule {
  /** `TAB-nn`. */
  id: string;
  severity: Severity;
  /** One sentence for the agent. */
  message: string;
  /** Cards that say it rightly. */
  instead: readonly string[];
  /** Pure and linear in the length of the text. */
  detect(passage: Passage): Hit[];
}
