import { useId } from 'react';
import type { FoundVariant } from '../../../protocol/learning.ts';
import { scriptTitle } from '../../desk/catalogue.ts';
import { formatDate } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useSettings } from '../settings-context.tsx';

/** Wordings that agents keep writing, with the draft each became. */
export function FoundVariants({ variants }: { variants: readonly FoundVariant[] }) {
  const { t, language } = useLanguage();
  const { names } = useSettings();
  const titleId = useId();
  return (
    <section className="settings-card" aria-labelledby={titleId}>
      <h2 id={titleId}>
        {t('learning.variants')} <span className="count count-calm">{variants.length}</span>
      </h2>
      <p className="faint">{t('learning.variantsLead')}</p>
      {variants.length === 0 && <p className="empty">{t('learning.noVariants')}</p>}
      <ul className="learning-variants" aria-labelledby={titleId}>
        {variants.map(({ id, scriptId, text, edits, conversations, at, draft, problem }) => (
          <li key={id}>
            <span>
              {scriptTitle(names, scriptId, language)} <span className="code faint">{scriptId}</span>
            </span>
            <blockquote>{text}</blockquote>
            <span className="faint">
              {t('learning.variantFrom', { edits, conversations })} · {formatDate(at, language)}
            </span>
            {draft !== undefined && (
              <a href={`/library#/scripts/${encodeURIComponent(scriptId)}`}>
                {t('learning.variantDraft', { version: draft })}
              </a>
            )}
            {problem !== undefined && (
              <span className="settings-problem">{t('learning.variantRefused', { why: problem })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
