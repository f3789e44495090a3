import { type FormEvent, useCallback, useEffect, useId, useState } from 'react';
import type { PersonalScript } from '../../../protocol/library.ts';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { libraryApi, type PersonalScriptBody } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { SlotText } from '../scripts/script-text.tsx';

const CODE = /^[a-z0-9]{1,12}$/;
const empty: PersonalScriptBody = { code: '', title: '', text: '' };

/** An agent's own phrases: only they see them, in the `/` menu beside the scripts. */
export function PhrasesPage() {
  const { t } = useLanguage();
  const { changes, fail } = useLibrary();
  const { listen } = changes;
  const [scripts, setScripts] = useState<readonly PersonalScript[]>();
  const [editing, setEditing] = useState<string>();
  const read = useCallback(() => void libraryApi.personal().then((body) => setScripts(body.scripts), fail), [fail]);
  useEffect(() => {
    read();
    return listen('library', read);
  }, [read, listen]);

  async function remove(id: string): Promise<void> {
    await libraryApi.removePersonal(id).catch(fail);
    read();
  }

  return (
    <main className="library-page">
      <section className="script-card" aria-label={t('phrases.title')}>
        <h2>{t('phrases.title')}</h2>
        <p className="faint">{t('phrases.lead')}</p>
        <PhraseForm
          key={scripts?.length ?? 0}
          first={empty}
          confirm={t('phrases.add')}
          onSave={async (body) => {
            await libraryApi.addPersonal(body);
            read();
          }}
        />
        {scripts?.length === 0 && <p className="empty">{t('phrases.none')}</p>}
        <ul className="phrases" aria-label={t('phrases.title')}>
          {scripts?.map((script) => (
            <li key={script.id}>
              {editing === script.id ? (
                <PhraseForm
                  first={script}
                  confirm={t('phrases.save')}
                  onCancel={() => setEditing(undefined)}
                  onSave={async (body) => {
                    await libraryApi.changePersonal(script.id, body);
                    setEditing(undefined);
                    read();
                  }}
                />
              ) : (
                <div className="phrase">
                  <span className="code">/{script.code}</span>
                  <b>{script.title}</b>
                  <span className="phrase-text">
                    <SlotText text={script.text} />
                  </span>
                  <span className="phrase-actions">
                    <ActionButton
                      look="quiet"
                      aria-label={t('phrases.editOne', { title: script.title })}
                      onPress={() => setEditing(script.id)}
                    >
                      {t('phrases.edit')}
                    </ActionButton>
                    <ActionButton
                      look="icon"
                      aria-label={t('phrases.remove', { title: script.title })}
                      onPress={() => void remove(script.id)}
                    >
                      <Icon name="close" size={14} />
                    </ActionButton>
                  </span>
                </div>
              )}
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

function PhraseForm({
  first,
  confirm,
  onSave,
  onCancel,
}: {
  first: PersonalScriptBody;
  confirm: string;
  onSave(body: PersonalScriptBody): Promise<void>;
  onCancel?(): void;
}) {
  const { t } = useLanguage();
  const { fail } = useLibrary();
  const ids = useId();
  const [body, setBody] = useState<PersonalScriptBody>({ code: first.code, title: first.title, text: first.text });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const ready = CODE.test(body.code) && body.title.trim() !== '' && body.text.trim() !== '';

  async function save(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await onSave({ code: body.code, title: body.title.trim(), text: body.text.trim() });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 401) fail(error);
      setProblem(error.message);
    }
    setBusy(false);
  }

  return (
    <form className="phrase-form" onSubmit={(event) => void save(event)}>
      <div className="field">
        <label htmlFor={`${ids}-code`}>{t('field.code')}</label>
        <input
          id={`${ids}-code`}
          className="input"
          maxLength={12}
          placeholder={t('phrases.codeHint')}
          aria-invalid={body.code !== '' && !CODE.test(body.code)}
          value={body.code}
          onChange={({ target }) => setBody({ ...body, code: target.value.toLowerCase() })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${ids}-title`}>{t('field.title')}</label>
        <input
          id={`${ids}-title`}
          className="input"
          maxLength={60}
          value={body.title}
          onChange={({ target }) => setBody({ ...body, title: target.value })}
        />
      </div>
      <div className="field phrase-wide">
        <label htmlFor={`${ids}-text`}>{t('field.text')}</label>
        <textarea
          id={`${ids}-text`}
          className="input"
          rows={2}
          maxLength={2000}
          value={body.text}
          onChange={({ target }) => setBody({ ...body, text: target.value })}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
            if (event.key === 'Escape') onCancel?.();
          }}
        />
      </div>
      <p className="phrase-problem" role="alert">
        {problem}
      </p>
      <div className="note-buttons">
        {onCancel && <ActionButton onPress={onCancel}>{t('cancel')}</ActionButton>}
        <ActionButton type="submit" look="main" isDisabled={!ready || busy}>
          {confirm} <kbd>Ctrl+Enter</kbd>
        </ActionButton>
      </div>
    </form>
  );
}
