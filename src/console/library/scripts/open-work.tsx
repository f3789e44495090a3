import { useMemo, useState } from 'react';
import type { LibraryDetail, ScriptVersion } from '../../../protocol/library.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import { ScriptChangeView } from '../compare/script-change-view.tsx';
import { useLibrary } from '../library-context.tsx';
import { endOfDay } from './expiry.ts';
import { FindingList } from './finding-list.tsx';
import { NoteDialog } from './note-dialog.tsx';
import type { GiveOrder } from './script-pane.tsx';
import { ScriptText } from './script-text.tsx';
import { usePageKeys } from './use-page-keys.ts';
import { useScriptCheck } from './use-script-check.ts';
import { writtenOf } from './version-state.ts';

/** The version under work: what it changes, what is wrong with it, and the decisions that are open to the reader. */
export function OpenWork({
  detail,
  open,
  approved,
  busy,
  onOrder,
}: {
  detail: LibraryDetail;
  open: ScriptVersion;
  approved: ScriptVersion | undefined;
  busy: boolean;
  onOrder: GiveOrder;
}) {
  const { t, language } = useLanguage();
  const now = useNow();
  const body = useMemo(() => writtenOf(open), [open]);
  const { check } = useScriptCheck(body, 0);
  const { status } = open.script;
  const errors = check?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
  return (
    <section className="script-card card-open" aria-label={t(`library.open.${status as 'draft' | 'in_review'}`)}>
      <h3>
        {t(`library.open.${status as 'draft' | 'in_review'}`)}{' '}
        <span className="code faint">v{open.script.version}</span>
        <span className="faint card-by">
          {t(`origin.${open.origin}`)} · {open.author.name} · {formatMoment(open.changedAt, now, language)}
        </span>
      </h3>
      {open.note !== '' && <blockquote className="said">{open.note}</blockquote>}
      {status === 'draft' && open.decidedBy && (
        <blockquote className="said said-back">
          <b>{t('library.returnedBy', { who: open.decidedBy.name })}</b> {open.decisionNote}
        </blockquote>
      )}
      {check && check.findings.length > 0 && <FindingList findings={check.findings} wordings />}
      {approved ? (
        <ScriptChangeView before={approved.script} after={open.script} />
      ) : (
        <ScriptText script={open.script} />
      )}
      <OpenActions detail={detail} open={open} errors={errors} busy={busy} onOrder={onOrder} />
    </section>
  );
}

function OpenActions({
  detail,
  open,
  errors,
  busy,
  onOrder,
}: {
  detail: LibraryDetail;
  open: ScriptVersion;
  errors: number;
  busy: boolean;
  onOrder: GiveOrder;
}) {
  const { t } = useLanguage();
  const { self, supervises } = useLibrary();
  const [day, setDay] = useState('');
  const [returning, setReturning] = useState(false);
  const { revision } = open;
  const inReview = open.script.status === 'in_review';
  const mayApprove = detail.mayApprove && errors === 0 && !busy;
  const mayDiscard = supervises || open.author.id === self.id;
  const expiresAt = endOfDay(day);
  const approve = () =>
    void onOrder({ action: 'approve', revision, ...(expiresAt === undefined ? {} : { expiresAt }) });
  const submit = () => void onOrder({ action: 'submit', revision });
  usePageKeys({
    a: mayApprove ? approve : undefined,
    s: inReview || busy ? undefined : submit,
    r: inReview && supervises ? () => setReturning(true) : undefined,
  });
  return (
    <>
      <div className="card-actions">
        {!inReview && (
          <ActionButton look={supervises ? 'plain' : 'main'} isDisabled={busy} onPress={submit}>
            {t('library.submit')} <kbd>S</kbd>
          </ActionButton>
        )}
        {supervises && (
          <>
            <ActionButton look="main" isDisabled={!mayApprove} onPress={approve}>
              {t('library.approve')} <kbd>A</kbd>
            </ActionButton>
            <label className="until">
              {t('library.approveUntil')}
              <input type="date" className="input" value={day} onChange={({ target }) => setDay(target.value)} />
            </label>
          </>
        )}
        {inReview && supervises && (
          <NoteDialog
            name={t('library.return')}
            keyName="R"
            isOpen={returning}
            onOpenChange={setReturning}
            isDisabled={busy}
            title={t('library.returnTitle', { who: open.author.name })}
            noteLabel={t('library.returnWhy')}
            noteRequired
            confirm={t('library.return')}
            onConfirm={(note) => onOrder({ action: 'return', revision, note })}
          />
        )}
        {mayDiscard && (
          <NoteDialog
            name={t('library.discard')}
            look="quiet"
            isDisabled={busy}
            title={t('library.discardTitle', { version: open.script.version })}
            noteLabel={t('library.note')}
            confirm={t('library.discard')}
            onConfirm={(note) => onOrder({ action: 'discard', revision, note })}
          >
            <p>{t('library.discardLead')}</p>
          </NoteDialog>
        )}
      </div>
      <p className="card-why faint">
        {detail.whyNot === 'own_work' && t('library.ownWork')}
        {detail.whyNot !== 'own_work' && errors > 0 && t('library.errorsFirst', { count: errors })}
        {inReview && !supervises && t('library.waits')}
      </p>
    </>
  );
}
