import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import type { GoodsImportPart, GoodsReport } from '../../../protocol/goods.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { exportAddress, goodsApi } from './goods-api.ts';
import { ReportTables } from './report-tables.tsx';

const PARTS = ['listing', 'stock', 'promos'] as const satisfies GoodsImportPart[];
const FORMS = ['xlsx', 'csv', 'json'] as const;
const MOST_BYTES = 20 * 1024 * 1024;

/** A file is tried out first; only then does it change anything. */
export function GoodsImport() {
  const { t } = useLanguage();
  const { notify } = useSettings();
  const [part, setPart] = useState<GoodsImportPart>('listing');
  const [file, setFile] = useState<File>();
  const [report, setReport] = useState<GoodsReport>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function run(chosen: File, as: GoodsImportPart, apply: boolean): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      setReport(await goodsApi.importFile(chosen, as, apply));
    } catch (error) {
      setReport(undefined);
      setProblem((error as Error).message);
    }
    setBusy(false);
  }
  function take(chosen: File | undefined): void {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) {
      notify('trouble', t('import.tooLarge'));
      return;
    }
    setFile(chosen);
    setReport(undefined);
    void run(chosen, part, false);
  }

  return (
    <section className="settings-card" aria-label={t('goods.import')}>
      <h2>{t('goods.import')}</h2>
      <p className="faint">{t('goods.importLead')}</p>
      <div className="settings-fields">
        <label className="settings-field">
          <span>{t('goods.importPart')}</span>
          <select
            className="input"
            value={part}
            onChange={({ target }) => {
              const chosen = target.value as GoodsImportPart;
              setPart(chosen);
              if (file) void run(file, chosen, false);
            }}
          >
            {PARTS.map((name) => (
              <option key={name} value={name}>
                {t(`goods.part.${name}`)}
              </option>
            ))}
          </select>
        </label>
        <FileTrigger acceptedFileTypes={['.csv', '.xlsx', '.json']} onSelect={(files) => take(files?.[0])}>
          <ActionButton look={file ? 'plain' : 'main'} isDisabled={busy}>
            {t('import.choose')}
          </ActionButton>
        </FileTrigger>
        {file && <span>{file.name}</span>}
        {FORMS.map((form) => (
          <a key={form} className="button" href={exportAddress(part, form)} download>
            {t('goods.export', { form: form.toUpperCase() })}
          </a>
        ))}
      </div>
      {busy && <p role="status">{t('import.reading')}</p>}
      {problem !== undefined && (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
      {report && file && (
        <>
          <p className={report.applied ? 'banner banner-good' : 'banner'} role="status">
            <b>{t(report.applied ? 'goods.applied' : 'goods.tried')}</b> {t('goods.counts', report.counts)}
          </p>
          <ReportTables report={report} />
          {!report.applied && (
            <ActionButton
              look="main"
              isDisabled={busy || report.counts.added + report.counts.changed + report.counts.unchanged === 0}
              onPress={() => void run(file, part, true)}
            >
              {t('goods.apply')}
            </ActionButton>
          )}
        </>
      )}
    </section>
  );
}
