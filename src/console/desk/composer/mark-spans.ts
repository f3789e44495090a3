import type { Finding } from '../../../protocol/turn.ts';

/** A piece of a text and how the gate judges it. */
export interface MarkedPiece {
  /** Where it begins in the whole text. */
  from: number;
  text: string;
  /** The graver one where findings overlap. */
  severity: Finding['severity'] | undefined;
}

/** Cuts a text at the spans of the findings. The pieces joined are the text; spans beyond its end are cut off. */
export function markSpans(text: string, findings: readonly Finding[]): MarkedPiece[] {
  const spans = findings.flatMap(({ span, severity }) => {
    const from = Math.max(0, span?.[0] ?? 0);
    const to = Math.min(text.length, span?.[1] ?? 0);
    return from < to ? [{ from, to, severity }] : [];
  });
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, at) => {
    const covering = spans.filter((span) => span.from <= from && from < span.to);
    const severity = covering.some((span) => span.severity === 'B') ? 'B' : covering[0]?.severity;
    return { from, text: text.slice(from, cuts[at + 1]), severity };
  });
}
