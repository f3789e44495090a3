import { useEffect } from 'react';
import type { FoundScript } from '../../../protocol/http.ts';
import { useLanguage } from '../../i18n/language.tsx';

/** The `/` menu: steered by the composer's keys, or chosen with the pointer. */
export function ScriptMenu({
  id,
  found,
  chosen,
  onChoose,
}: {
  id: string;
  found: readonly FoundScript[];
  /** Position of the marked one. */
  chosen: number;
  onChoose(script: FoundScript): void;
}) {
  const { t } = useLanguage();
  useEffect(() => {
    document.getElementById(optionId(id, chosen))?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <div className="popover script-menu" role="listbox" id={id} aria-label={t('scripts.search')}>
      {found.length === 0 && <p className="empty">{t('scripts.none')}</p>}
      {found.map((script, at) => (
        <div
          key={script.scriptId}
          id={optionId(id, at)}
          role="option"
          tabIndex={-1}
          aria-selected={at === chosen}
          aria-disabled={script.missing.length > 0}
          className="script-option"
          onPointerDown={(event) => {
            // The focus stays in the composer.
            event.preventDefault();
            onChoose(script);
          }}
        >
          <span className="script-head">
            <span className="code">/{script.code}</span>
            <b>{script.title}</b>
            {script.personal === true ? (
              <span className="badge badge-blue">{t('phrases.mark')}</span>
            ) : (
              <span className="code faint">{script.scriptId}</span>
            )}
          </span>
          <span className="script-text">{script.text}</span>
          {script.missing.length > 0 && (
            <span className="badge badge-amber">{t('scripts.missing', { what: script.missing.join('、') })}</span>
          )}
        </div>
      ))}
    </div>
  );
}

/** Id of the option at a position, for `aria-activedescendant`. */
export function optionId(menuId: string, at: number): string {
  return `${menuId}-${at}`;
}
