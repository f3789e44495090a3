import { useState } from 'react';
import type { ScriptVersion } from '../../../protocol/library.ts';
import { formatDate } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useLibrary } from '../library-context.tsx';
import { endOfDay, lastDayOf } from './expiry.ts';
import { NoteDialog } from './note-dialog.tsx';
import type { GiveOrder } from './script-pane.tsx';

/** By whom and until when a version is in force; supervisors set the day, or take it out of use. */
export function InForceActions({
  version,
  busy,
  onOrder,
}: {
  version: ScriptVersion;
  busy: boolean;
  onOrder: GiveOrder;
}) {
  const { t, language } = useLanguage();
  const { supervises } = useLibrary();
  const stands = lastDayOf(version.expiresAt);
  const [day, setDay] = useState(stands);
  const number = version.script.version;
  const approvedBy = version.decidedBy && version.decidedAt !== undefined && (
    <span className="faint">
      {t('library.approvedBy', {
        who: version.decidedBy.name,
        when: formatDate(version.decidedAt, language),
      })}
    </span>
  );
  if (!supervises) return <p className="card-actions">{approvedBy}</p>;
  return (
    <div className="card-actions">
      {approvedBy}
      <label className="until">
        {t('library.validUntil')}
        <input type="date" className="input" value={day} onChange={({ target }) => setDay(target.value)} />
      </label>
      {day !== stands && (
        <ActionButton
          isDisabled={busy}
          onPress={() => void onOrder({ action: 'expire', version: number, expiresAt: endOfDay(day) ?? null })}
        >
          {t(day === '' ? 'library.noExpiry' : 'library.setExpiry')}
        </ActionButton>
      )}
      <NoteDialog
        name={t('library.retire')}
        look="quiet"
        isDisabled={busy}
        title={t('library.retireTitle', { title: version.script.title[language] })}
        noteLabel={t('library.note')}
        confirm={t('library.retire')}
        onConfirm={(note) => onOrder({ action: 'retire', version: number, note })}
      >
        <p>{t('library.retireLead')}</p>
      </NoteDialog>
    </div>
  );
}
