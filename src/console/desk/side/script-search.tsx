import { useState } from 'react';
import { Button, Input, Label, SearchField } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';
import { useComposer } from '../desk-context.tsx';
import { useScriptSearch } from '../use-script-search.ts';

/** The script library beside the chat; a press puts a text into the draft. */
export function ScriptSearch({ conversationId }: { conversationId: string }) {
  const { t } = useLanguage();
  const composer = useComposer();
  const [query, setQuery] = useState('');
  const found = useScriptSearch(query.trim() === '' ? undefined : query.trim(), conversationId);
  return (
    <section className="side-card">
      <SearchField className="field" value={query} onChange={setQuery}>
        <Label className="side-label">{t('scripts.search')}</Label>
        <Input className="input" placeholder={t('scripts.placeholder')} />
      </SearchField>
      {found && (
        <ul className="found">
          {found.length === 0 && <li className="faint">{t('scripts.none')}</li>}
          {found.map((script) => (
            <li key={script.scriptId}>
              <Button
                className="script-option"
                isDisabled={script.missing.length > 0}
                onPress={() => composer.current?.insert(script.text)}
              >
                <span className="script-head">
                  <span className="code">/{script.code}</span>
                  <b>{script.title}</b>
                  {script.personal === true && <span className="badge badge-blue">{t('phrases.mark')}</span>}
                </span>
                <span className="script-text">{script.text}</span>
                {script.missing.length > 0 && (
                  <span className="badge badge-amber">{t('scripts.missing', { what: script.missing.join('、') })}</span>
                )}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <a className="button button-link" href="/library#/phrases">
        {t('phrases.manage')}
      </a>
    </section>
  );
}
