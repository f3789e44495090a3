import { useId } from 'react';
import type { Finding, Verdict } from '../../../protocol/turn.ts';
import { markSpans } from '../../desk/composer/mark-spans.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import type { Trial } from './use-trial.ts';

/** Texts judged by the rules as they are typed, the words at fault underlined. */
export function TryBox({
  texts,
  trial,
  onTexts,
  onWeigh,
}: {
  texts: string;
  trial: Trial | undefined;
  onTexts(texts: string): void;
  /** The shop wants to weigh what was found otherwise. @param words the words at fault */
  onWeigh(finding: Finding, words: string): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <section className="script-card try-box" aria-label={t('rules.try')}>
      <h2>
        <label htmlFor={id}>{t('rules.try')}</label>
      </h2>
      <p className="faint">{t('rules.tryLead')}</p>
      <textarea
        id={id}
        className="input"
        rows={5}
        placeholder={t('rules.tryHint')}
        value={texts}
        onChange={({ target }) => onTexts(target.value)}
      />
      <ol className="verdicts" aria-live="polite">
        {trial?.texts.map((text, at) => {
          const verdict = trial.verdicts[at];
          return verdict && <VerdictLine key={text} text={text} verdict={verdict} onWeigh={onWeigh} />;
        })}
      </ol>
    </section>
  );
}

const looks: Readonly<Record<Verdict['decision'], string>> = {
  block: 'badge badge-red',
  warn: 'badge badge-amber',
  pass: 'badge badge-jade',
};

function VerdictLine({
  text,
  verdict,
  onWeigh,
}: {
  text: string;
  verdict: Verdict;
  onWeigh(finding: Finding, words: string): void;
}) {
  const { t } = useLanguage();
  return (
    <li>
      <span className={looks[verdict.decision]}>{t(`rules.${verdict.decision}`)}</span>{' '}
      <span className="verdict-text">
        {markSpans(text, verdict.findings).map((piece) => (
          <span key={piece.from} className={piece.severity ? `fault fault-${piece.severity}` : undefined}>
            {piece.text}
          </span>
        ))}
      </span>
      <ul>
        {verdict.findings.map((finding) => (
          <li key={`${finding.rule}-${finding.span?.join('-') ?? 'all'}`} className="faint">
            <span className="code">{finding.rule}</span> {finding.message}{' '}
            {!finding.rule.startsWith('SHOP-') && (
              <ActionButton look="link" onPress={() => onWeigh(finding, text.slice(...(finding.span ?? [0, 0])))}>
                {t('rules.weigh')}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
    </li>
  );
}
