import type { Finding } from '../../../protocol/turn.ts';

/** What one rule says, once, with every place it says it of. */
export interface FindingGroup extends Pick<Finding, 'rule' | 'severity' | 'message' | 'instead'> {
  /** The words at fault in the order of the text, each once; empty when it is the whole text. */
  words: readonly string[];
}

/** Puts together what the same rule says in the same words; blocks come first. */
export function groupFindings(text: string, findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup & { words: string[] }>();
  const inOrder = [...findings].sort(
    (a, b) => a.severity.localeCompare(b.severity) || (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0),
  );
  for (const { rule, severity, message, instead, span } of inOrder) {
    const key = `${severity} ${rule} ${message}`;
    const group = groups.get(key) ?? { rule, severity, message, instead, words: [] };
    groups.set(key, group);
    const words = span ? text.slice(...span) : '';
    if (words !== '' && !group.words.includes(words)) group.words.push(words);
  }
  return [...groups.values()];
}
