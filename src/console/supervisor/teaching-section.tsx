import { useId } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { TeachingCorrections } from './teaching-corrections.tsx';
import { TeachingLessons } from './teaching-lessons.tsx';
import type { WatchTeaching } from './use-counters.ts';
import { useTeaching } from './use-teaching.ts';

/** What agents set right, what was learned from it, and the way back. */
export function TeachingSection({ watch }: { watch: WatchTeaching }) {
  const { t } = useLanguage();
  const titleId = useId();
  const { view, names, problem, busy, teach, back, forget, more } = useTeaching(watch);
  if (!view) return null;
  return (
    <section className="board-card teaching" id="teaching" aria-labelledby={titleId}>
      <div className="teaching-head">
        <h2 id={titleId}>{t('teaching.title')}</h2>
        <span className={view.live === null ? 'badge' : 'badge badge-jade'}>
          {t(view.live === null ? 'teaching.shipped' : 'teaching.taught')}
          {view.live !== null && <span className="code">{view.live.slice(0, 8)}</span>}
        </span>
        <span className="teaching-tools">
          <span role="status" className="faint">
            {busy && t('teaching.busy')}
          </span>
          <ActionButton isDisabled={busy} onPress={() => void teach()}>
            {t('teaching.now')}
          </ActionButton>
          <ConfirmDialog
            label={t('teaching.back')}
            isDisabled={busy || !view.canGoBack}
            title={t('teaching.backTitle')}
            confirm={t('teaching.backConfirm')}
            onConfirm={back}
          >
            {t('teaching.backLead')}
          </ConfirmDialog>
        </span>
      </div>
      <p className="faint">{t('teaching.lead')}</p>
      {problem !== undefined && (
        <p className="approval-problem" role="alert">
          {t('teaching.failed', { why: problem })}
        </p>
      )}
      <TeachingCorrections
        corrections={view.corrections}
        total={view.total}
        names={names}
        onForget={(id) => void forget(id)}
        onMore={view.before === null ? undefined : () => void more()}
      />
      <TeachingLessons lessons={view.lessons} live={view.live} names={names} />
    </section>
  );
}
