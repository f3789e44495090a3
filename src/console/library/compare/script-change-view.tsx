import { useMemo } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { Words } from '../scripts/script-text.tsx';
import { compareScripts, type FieldChange, type VariantChange, type Written } from './compare-scripts.ts';
import type { TextPiece } from './compare-texts.ts';

/** Two versions laid over each other: what was taken out, what was put in. */
export function ScriptChangeView({ before, after }: { before: Written; after: Written }) {
  const { t } = useLanguage();
  const change = useMemo(() => compareScripts(before, after), [before, after]);
  const same = change.variants.filter(({ kind }) => kind === 'same').length;
  if (change.empty) return <p className="faint">{t('compare.nothing')}</p>;
  return (
    <div className="change">
      {change.fields.length > 0 && (
        <dl className="facets">
          {change.fields.map((field) => (
            <div key={field.field}>
              <dt>{t(`field.${field.field}`)}</dt>
              <dd>
                <FieldWords change={field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ol className="wordings">
        {change.variants
          .filter(({ kind }) => kind !== 'same')
          .map((variant) => (
            <ChangedWording key={`${variant.beforeAt}-${variant.afterAt}`} variant={variant} />
          ))}
      </ol>
      <p className="faint">
        {change.reordered && `${t('compare.reordered')} `}
        {same > 0 && t('compare.same', { count: same })}
      </p>
    </div>
  );
}

function ChangedWording({ variant: { kind, beforeAt, afterAt, pieces, fields } }: { variant: VariantChange }) {
  const { t } = useLanguage();
  return (
    <li className={`changed changed-${kind}`}>
      <p className="wording-mark faint">
        {t(`compare.${kind as 'changed' | 'added' | 'removed'}`, { number: (afterAt ?? beforeAt ?? 0) + 1 })}
      </p>
      <p className="wording">
        <TextPieces pieces={pieces} />
      </p>
      {fields.map((field) => (
        <p key={field.field} className="wording-facets">
          <span className="faint">{t(`field.${field.field}`)}</span> <FieldWords change={field} />
        </p>
      ))}
    </li>
  );
}

/** Pieces of two texts laid over each other. */
export function TextPieces({ pieces }: { pieces: readonly TextPiece[] }) {
  let from = 0;
  return pieces.map(({ kind, text }) => {
    const key = `${from}-${kind}`;
    from += text.length;
    if (kind === 'added') return <ins key={key}>{text}</ins>;
    return kind === 'removed' ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
  });
}

function FieldWords({ change: { field, kept, removed, added } }: { change: FieldChange }) {
  return (
    <>
      <Words field={field} words={removed} look="badge badge-removed" />
      <Words field={field} words={added} look="badge badge-added" />
      <Words field={field} words={kept} />
    </>
  );
}
