import { useState } from 'react';
import type { LibraryDetail, ScriptVersion } from '../../../protocol/library.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import { ScriptChangeView } from '../compare/script-change-view.tsx';
import { useLibrary } from '../library-context.tsx';
import { NoteDialog } from './note-dialog.tsx';
import type { GiveOrder } from './script-pane.tsx';
import { ScriptText } from './script-text.tsx';
import { approvedOf, type VersionState, versionState } from './version-state.ts';

const looks: Readonly<Record<VersionState, string>> = {
  draft: 'badge badge-blue',
  in_review: 'badge badge-amber',
  in_force: 'badge badge-jade',
  expired: 'badge badge-red',
  replaced: 'badge',
  discarded: 'badge',
};

/** Every version there was, two of them laid over each other, and the way back to one that was in force. */
export function VersionHistory({
  detail,
  busy,
  onOrder,
}: {
  detail: LibraryDetail;
  busy: boolean;
  onOrder: GiveOrder;
}) {
  const { t } = useLanguage();
  const { versions } = detail;
  const [pair, setPair] = useState<{ from: number; to: number }>();
  const newest = versions[0]?.script.version ?? 1;
  const numbered = (number: number | undefined) => versions.find(({ script }) => script.version === number);
  const [from, to] = [numbered(pair?.from), numbered(pair?.to)];
  return (
    <section className="script-card" aria-label={t('history.title')}>
      <h3>
        {t('history.title')} <span className="faint figures">{versions.length}</span>
      </h3>
      <table className="versions">
        <thead>
          <tr>
            <th scope="col">{t('history.version')}</th>
            <th scope="col">{t('history.author')}</th>
            <th scope="col">{t('history.decision')}</th>
            <th scope="col">{t('history.note')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('history.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <VersionRow
              key={version.script.version}
              version={version}
              detail={detail}
              busy={busy}
              onOrder={onOrder}
              onCompare={() => {
                const number = version.script.version;
                const before = versions.find(({ script }) => script.version < number)?.script.version;
                setPair(number === newest ? { from: before ?? number, to: number } : { from: number, to: newest });
              }}
            />
          ))}
        </tbody>
      </table>
      {pair && from && to && (
        <div className="compare">
          <p className="compare-choice">
            <VersionChoice
              label={t('compare.from')}
              versions={versions}
              value={pair.from}
              onChange={(number) => setPair({ ...pair, from: number })}
            />
            <VersionChoice
              label={t('compare.to')}
              versions={versions}
              value={pair.to}
              onChange={(number) => setPair({ ...pair, to: number })}
            />
            <ActionButton look="link" onPress={() => setPair(undefined)}>
              {t('close')}
            </ActionButton>
          </p>
          {pair.from === pair.to ? (
            <ScriptText script={to.script} />
          ) : (
            <ScriptChangeView before={from.script} after={to.script} />
          )}
        </div>
      )}
    </section>
  );
}

function VersionChoice({
  label,
  versions,
  value,
  onChange,
}: {
  label: string;
  versions: readonly ScriptVersion[];
  value: number;
  onChange(version: number): void;
}) {
  return (
    <label>
      {label}{' '}
      <select className="input" value={value} onChange={({ target }) => onChange(Number(target.value))}>
        {versions.map(({ script }) => (
          <option key={script.version} value={script.version}>
            v{script.version}
          </option>
        ))}
      </select>
    </label>
  );
}

function VersionRow({
  version,
  detail,
  busy,
  onOrder,
  onCompare,
}: {
  version: ScriptVersion;
  detail: LibraryDetail;
  busy: boolean;
  onOrder: GiveOrder;
  onCompare(): void;
}) {
  const { t, language } = useLanguage();
  const { supervises } = useLibrary();
  const now = useNow();
  const state = versionState(version, now);
  const number = version.script.version;
  const standing = approvedOf(detail);
  return (
    <tr>
      <th scope="row">
        <span className="figures">v{number}</span> <span className={looks[state]}>{t(`version.${state}`)}</span>
      </th>
      <td>
        {version.author.name} <span className="faint">{t(`origin.${version.origin}`)}</span>
        <br />
        <span className="faint figures">{formatMoment(version.createdAt, now, language)}</span>
      </td>
      <td>
        {version.decidedBy?.name}
        <br />
        <span className="faint figures">
          {version.decidedAt !== undefined && formatMoment(version.decidedAt, now, language)}
        </span>
      </td>
      <td className="version-note">
        {version.note}
        {version.decisionNote !== undefined && version.decisionNote !== '' && version.decisionNote !== version.note && (
          <span className="faint"> {version.decisionNote}</span>
        )}
      </td>
      <td className="version-actions">
        <ActionButton look="quiet" aria-label={t('history.compareVersion', { version: number })} onPress={onCompare}>
          {t('history.compare')}
        </ActionButton>
        {supervises && state === 'replaced' && (
          <NoteDialog
            name={t('history.rollback')}
            look="quiet"
            isDisabled={busy}
            title={t('history.rollbackTitle', { version: number })}
            noteLabel={t('library.note')}
            confirm={t('history.rollback')}
            onConfirm={(note) => onOrder({ action: 'rollback', version: number, note })}
          >
            <p>{t('history.rollbackLead')}</p>
            {standing && <ScriptChangeView before={standing.script} after={version.script} />}
          </NoteDialog>
        )}
      </td>
    </tr>
  );
}
