import { useMemo, useState } from 'react';
import type { LibraryDetail, ScriptVersion } from '../../../protocol/library.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useLibrary } from '../library-context.tsx';
import { groupName } from '../names.ts';
import type { Navigate } from '../use-address.ts';
import { EntryBadges } from './entry-badges.tsx';
import { InForceActions } from './in-force-actions.tsx';
import { OpenWork } from './open-work.tsx';
import type { GiveOrder } from './script-pane.tsx';
import { ScriptText } from './script-text.tsx';
import { usePageKeys } from './use-page-keys.ts';
import { VersionHistory } from './version-history.tsx';
import { approvedOf, openOf } from './version-state.ts';

/** Card of an answer that the inventory has no card for. */
const NO_CARD: typeof import('../../../protocol/script.ts').NO_CARD = 'SHOP';

/** A script as it stands: what waits for a decision, what is in force, what was before. */
export function ScriptDetail({
  detail,
  busy,
  onOrder,
  navigate,
}: {
  detail: LibraryDetail;
  busy: boolean;
  onOrder: GiveOrder;
  navigate: Navigate;
}) {
  const { t, language } = useLanguage();
  const { forms, names } = useLibrary();
  const now = useNow();
  const { entry } = detail;
  const open = useMemo(() => openOf(detail), [detail]);
  const approved = useMemo(() => approvedOf(detail), [detail]);
  const [kept, setKept] = useState(() => forms.read(entry.scriptId) !== undefined);
  const mayEdit = open?.script.status !== 'in_review';
  const edit = () => navigate({ doing: 'edit' });
  usePageKeys({ e: mayEdit ? edit : undefined });
  const other = language === 'zh' ? 'en' : 'zh';

  return (
    <section className="script-pane" aria-label={entry.title[language]}>
      <header className="script-top">
        <div>
          <h2>{entry.title[language]}</h2>
          <p className="script-ids faint">
            <span className="code">/{entry.code}</span>
            <span className="code">{entry.scriptId}</span>
            {entry.card !== entry.scriptId && entry.card !== NO_CARD && (
              <span>{t('library.ofCard', { card: names.scripts.get(entry.card)?.title[language] ?? entry.card })}</span>
            )}
            <span>{groupName(entry.group, t)}</span>
            {entry.title[other] !== entry.title[language] && <span>{entry.title[other]}</span>}
          </p>
        </div>
        <EntryBadges entry={entry} nowMs={now} />
        {mayEdit && (
          <ActionButton onPress={edit}>
            {t(open ? 'library.editDraft' : 'library.edit')} <kbd>E</kbd>
          </ActionButton>
        )}
      </header>
      {kept && (
        <p className="banner" role="status">
          {t('editor.kept')}
          <ActionButton look="link" onPress={edit}>
            {t('editor.goOn')}
          </ActionButton>
          <ActionButton
            look="link"
            onPress={() => {
              forms.remove(entry.scriptId);
              setKept(false);
            }}
          >
            {t('editor.throwAway')}
          </ActionButton>
        </p>
      )}
      {open && (
        <OpenWork
          key={`${open.script.version}-${open.revision}`}
          detail={detail}
          open={open}
          approved={approved}
          busy={busy}
          onOrder={onOrder}
        />
      )}
      {approved && <InForce version={approved} busy={busy} onOrder={onOrder} />}
      <VersionHistory detail={detail} busy={busy} onOrder={onOrder} />
    </section>
  );
}

function InForce({ version, busy, onOrder }: { version: ScriptVersion; busy: boolean; onOrder: GiveOrder }) {
  const { t } = useLanguage();
  const now = useNow();
  const expired = version.expiresAt !== undefined && version.expiresAt <= now;
  return (
    <section className={expired ? 'card-expired script-card' : 'script-card'} aria-label={t('library.inForceTitle')}>
      <h3>
        {t(expired ? 'library.expiredTitle' : 'library.inForceTitle')}{' '}
        <span className="code faint">v{version.script.version}</span>
      </h3>
      <ScriptText script={version.script} />
      <InForceActions key={version.revision} version={version} busy={busy} onOrder={onOrder} />
    </section>
  );
}
