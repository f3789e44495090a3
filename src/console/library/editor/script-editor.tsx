import { useState } from 'react';
import type { LibraryDetail } from '../../../protocol/library.ts';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { ScriptChangeView } from '../compare/script-change-view.tsx';
import { libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import type { Navigate } from '../use-address.ts';
import { bodyOf } from './draft-form.ts';
import { EditorForm } from './editor-form.tsx';
import { type DraftView, useDraft } from './use-draft.ts';

/** Writes the draft of a script that is there. */
export function ScriptEditor({
  detail,
  groups,
  onDetail,
  navigate,
}: {
  detail: LibraryDetail;
  groups: readonly string[];
  onDetail(detail: LibraryDetail): void;
  navigate: Navigate;
}) {
  const { t, language } = useLanguage();
  const { changes, notify, fail } = useLibrary();
  const draft = useDraft(detail);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { scriptId, title } = detail.entry;
  const { form, revision } = draft;

  async function write(submit: boolean): Promise<void> {
    const version = await libraryApi.saveDraft({
      script: bodyOf(form),
      group: form.group,
      note: form.note.trim(),
      ...(revision === undefined ? {} : { revision }),
    });
    draft.saved(version.revision);
    if (submit) onDetail(await libraryApi.order(scriptId, { action: 'submit', revision: version.revision }));
    else onDetail(await libraryApi.detail(scriptId));
    changes.tell('library');
    notify('info', t(submit ? 'ordered.submit' : 'editor.saved', { title: title[language] }));
    navigate({ doing: 'read' });
  }

  async function save(submit: boolean): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await write(submit);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 401) fail(error);
      setProblem(error.code === 'conflict' ? t('editor.conflict') : error.message);
      if (error.code === 'conflict') await libraryApi.detail(scriptId).then(onDetail, fail);
      setBusy(false);
    }
  }

  return (
    <EditorForm
      title={t('editor.title', { title: title[language] })}
      form={form}
      dispatch={draft.dispatch}
      groups={groups}
      busy={busy}
      blocked={draft.conflict !== undefined}
      problem={problem}
      onSave={(submit) => void save(submit)}
      onLeave={() => navigate({ doing: 'read' })}
      onReset={draft.changed ? draft.adopt : undefined}
    >
      {draft.conflict && <ConflictBanner draft={draft} />}
      {draft.resumed && !draft.conflict && (
        <p className="banner" role="status">
          {t('editor.resumed')}
        </p>
      )}
    </EditorForm>
  );
}

/** Somebody else was at it: nothing typed is lost, and the reader chooses. */
function ConflictBanner({ draft }: { draft: DraftView }) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  const { kind, theirs } = draft.conflict!;
  return (
    <div className="banner banner-conflict" role="alert">
      <p>
        <b>{t(`conflict.${kind}`, { who: theirs?.author.name ?? '' })}</b> {t('conflict.kept')}
      </p>
      <p className="bulk-row">
        {theirs && (
          <ActionButton look="link" aria-expanded={shown} onPress={() => setShown(!shown)}>
            {t('conflict.compare')}
          </ActionButton>
        )}
        {kind !== 'in_review' && (
          <ActionButton look="warn" onPress={draft.overwrite}>
            {t('conflict.mine')}
          </ActionButton>
        )}
        <ActionButton onPress={draft.adopt}>{t('conflict.theirs')}</ActionButton>
      </p>
      {shown && theirs && <ScriptChangeView before={theirs.script} after={bodyOf(draft.form)} />}
    </div>
  );
}
