import type { Finding } from '../../../protocol/turn.ts';
import { markSpans } from './mark-spans.ts';

/** The draft once more behind the text field, letter for letter, with lines under the words at fault. */
export function MarkedText({ text, findings }: { text: string; findings: readonly Finding[] }) {
  return (
    <div className="marked-mirror composer-mirror" aria-hidden="true">
      {markSpans(text, findings).map((piece) => (
        <span key={piece.from} className={piece.severity ? `fault fault-${piece.severity}` : undefined}>
          {piece.text}
        </span>
      ))}
      {/* A last line that is empty has a height only with something in it. */}
      {'\u200b'}
    </div>
  );
}
