import { useEffect, useReducer, useState } from 'react';
import type { ScriptBody } from '../../../protocol/library.ts';
import { HttpError } from '../../client/http.ts';
import { unlessMissing } from '../../desk/store/desk-api.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { approvedOf, writtenOf } from '../scripts/version-state.ts';
import type { Navigate } from '../use-address.ts';
import { bodyOf, type DraftForm, newForm, reduceForm } from './draft-form.ts';
import { EditorForm } from './editor-form.tsx';
import { type FormStore, NEW_SCRIPT } from './form-store.ts';
import { PickBox } from './pick-box.tsx';
import { useOffers } from './use-offers.ts';

/** Card of an answer that the inventory has no card for. */
const NO_CARD: typeof import('../../../protocol/script.ts').NO_CARD = 'SHOP';
const OWN_GROUP = 'shop';

/** Begins a script: for which card, then its form. What was typed earlier is there again. */
export function NewScript({
  forms,
  groups,
  navigate,
}: {
  forms: FormStore;
  groups: readonly string[];
  navigate: Navigate;
}) {
  const [form, setForm] = useState<DraftForm | undefined>(() => forms.read(NEW_SCRIPT)?.form);
  if (!form) return <CardChoice onForm={setForm} onLeave={() => navigate({ doing: 'read' })} />;
  return (
    <NewScriptForm
      first={form}
      groups={groups}
      navigate={navigate}
      onReset={() => {
        forms.remove(NEW_SCRIPT);
        setForm(undefined);
      }}
    />
  );
}

function CardChoice({ onForm, onLeave }: { onForm(form: DraftForm): void; onLeave(): void }) {
  const { t } = useLanguage();
  const { fail } = useLibrary();
  const offers = useOffers();

  async function begin(card: string): Promise<void> {
    try {
      const [{ id }, like] = await Promise.all([libraryApi.newId(card), card === NO_CARD ? undefined : readCard(card)]);
      onForm(newForm(id, card, like?.group ?? OWN_GROUP, like?.body));
    } catch (error) {
      fail(error);
    }
  }

  return (
    <section className="script-pane card-choice" aria-label={t('library.new')}>
      <h2>{t('library.new')}</h2>
      <p className="faint">{t('editor.cardLead')}</p>
      <PickBox
        label={t('editor.card')}
        placeholder={t('editor.cardHint')}
        offers={offers.cards}
        onPick={(card) => void begin(card)}
      />
      <p className="faint">{t('editor.ownLead')}</p>
      <p className="bulk-row">
        <ActionButton look="main" onPress={() => void begin(NO_CARD)}>
          {t('editor.own')}
        </ActionButton>
        <ActionButton onPress={onLeave}>{t('cancel')}</ActionButton>
      </p>
    </section>
  );
}

/** The script of a card, whose conditions a further one takes over. */
async function readCard(card: string): Promise<{ body: ScriptBody; group: string } | undefined> {
  const detail = await unlessMissing(libraryApi.detail(card));
  const version = detail && (approvedOf(detail) ?? detail.versions[0]);
  return version && { body: writtenOf(version), group: version.group };
}

function NewScriptForm({
  first,
  groups,
  navigate,
  onReset,
}: {
  first: DraftForm;
  groups: readonly string[];
  navigate: Navigate;
  onReset(): void;
}) {
  const { t, language } = useLanguage();
  const { changes, forms, names, notify, fail } = useLibrary();
  const [form, dispatch] = useReducer(reduceForm, first);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (!busy) forms.write(NEW_SCRIPT, { form });
  }, [forms, form, busy]);

  async function save(submit: boolean): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      const { script, revision } = await libraryApi.saveDraft({
        script: bodyOf(form),
        group: form.group,
        note: form.note.trim(),
      });
      forms.remove(NEW_SCRIPT);
      if (submit) await libraryApi.order(script.id, { action: 'submit', revision });
      changes.tell('library');
      notify('info', t(submit ? 'ordered.submit' : 'editor.saved', { title: script.title[language] }));
      navigate({ scriptId: script.id, doing: 'read', state: 'all' });
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 401) fail(error);
      setProblem(error.message);
      setBusy(false);
    }
  }

  const card = names.scripts.get(form.card)?.title[language];
  return (
    <EditorForm
      title={card === undefined ? t('editor.newOwn') : t('editor.newFor', { card })}
      form={form}
      dispatch={dispatch}
      groups={groups}
      busy={busy}
      blocked={false}
      problem={problem}
      onSave={(submit) => void save(submit)}
      onLeave={() => navigate({ doing: 'read' })}
      onReset={onReset}
    />
  );
}
