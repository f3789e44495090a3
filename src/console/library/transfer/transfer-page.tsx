import { useState } from 'react';
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components';
import type { ImportReport } from '../../../protocol/library.ts';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { exportAddress, type ImportForm, type ImportProgress, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import type { Navigate } from '../use-address.ts';
import { ImportTables } from './import-tables.tsx';
import { refusalOf, sayRefusal } from './import-words.ts';

const FORMS = ['qianniu-xlsx', 'qianniu-csv', 'chatwoot', 'zendesk', 'gorgias', 'yaml'] as const satisfies ImportForm[];
const MOST_BYTES = 20 * 1024 * 1024;
const FILE_ENDINGS = ['.csv', '.xlsx', '.json', '.yaml', '.yml'];

/** Scripts from other systems in, and all scripts out. */
export function TransferPage({ navigate }: { navigate: Navigate }) {
  const { t } = useLanguage();
  return (
    <main className="library-page">
      <ImportCard navigate={navigate} />
      <section className="script-card" aria-label={t('export.title')}>
        <h2>{t('export.title')}</h2>
        <p className="faint">{t('export.lead')}</p>
        <ul className="export-forms">
          {FORMS.map((form) => (
            <li key={form}>
              <a className="button" href={exportAddress(form)} download>
                {t(`form.${form}`)}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}

/** A file is tried out first; only then does it change anything. */
function ImportCard({ navigate }: { navigate: Navigate }) {
  const { t } = useLanguage();
  const { fail, notify } = useLibrary();
  const [file, setFile] = useState<File>();
  const [form, setForm] = useState<ImportForm>();
  const [report, setReport] = useState<ImportReport>();
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState<ImportProgress>();

  async function run(chosen: File, as: ImportForm | undefined, apply: boolean): Promise<void> {
    setBusy(true);
    setProgress(undefined);
    try {
      setReport(await libraryApi.importFile(chosen, as, apply, setProgress));
    } catch (error) {
      const refusal = error instanceof HttpError ? refusalOf(error.details) : undefined;
      if (refusal) notify('trouble', sayRefusal(t, refusal, ''));
      else fail(error);
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
    void run(chosen, form, false);
  }
  function begin(): void {
    setFile(undefined);
    setReport(undefined);
  }

  return (
    <section className="script-card" aria-label={t('import.title')}>
      <h2>{t('import.title')}</h2>
      <p className="faint">{t('import.lead')}</p>
      <div className="import-start">
        <DropZone
          className="drop"
          aria-label={t('import.drop')}
          onDrop={async ({ items }) => {
            const dropped = items.find((item): item is FileDropItem => item.kind === 'file');
            take(await dropped?.getFile());
          }}
        >
          <FileTrigger acceptedFileTypes={FILE_ENDINGS} onSelect={(files) => take(files?.[0])}>
            <ActionButton look={file ? 'plain' : 'main'} isDisabled={busy}>
              {t('import.choose')}
            </ActionButton>
          </FileTrigger>
          <span className={file ? '' : 'faint'}>{file ? file.name : t('import.drop')}</span>
        </DropZone>
        <label className="field import-form">
          <span className="field-label">{t('import.form')}</span>
          <select
            className="input"
            value={form ?? ''}
            onChange={({ target }) => {
              const chosen = FORMS.find((name) => name === target.value);
              setForm(chosen);
              if (file) void run(file, chosen, false);
            }}
          >
            <option value="">{t('import.byItself')}</option>
            {FORMS.map((name) => (
              <option key={name} value={name}>
                {t(`form.${name}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {busy && <Progress progress={progress} />}
      {report && file && (
        <>
          <ImportOutcome report={report} />
          <ImportTables key={`${report.applied}-${report.form}`} report={report} />
          <div className="card-actions">
            {report.applied ? (
              <>
                <ActionButton
                  look="main"
                  onPress={() => navigate({ page: 'scripts', state: 'draft', scriptId: undefined })}
                >
                  {t('import.toDrafts')}
                </ActionButton>
                <ActionButton onPress={begin}>{t('import.another')}</ActionButton>
              </>
            ) : (
              <>
                <ActionButton
                  look="main"
                  isDisabled={busy || report.counts.added + report.counts.changed === 0}
                  onPress={() => void run(file, form, true)}
                >
                  {t('import.apply', { count: report.counts.added + report.counts.changed })}
                </ActionButton>
                <ActionButton onPress={begin}>{t('cancel')}</ActionButton>
                <span className="faint">{t('import.asDrafts')}</span>
              </>
            )}
          </div>
        </>
      )}
    </section>
  );
}

/** The bar runs without an end until the first rows are told. */
function Progress({ progress }: { progress: ImportProgress | undefined }) {
  const { t } = useLanguage();
  return (
    <div className="import-progress">
      <progress aria-label={t('import.progress')} {...(progress && { value: progress.done, max: progress.total })} />
      <span className="figures">{progress ? t('import.rowsDone', { ...progress }) : t('import.reading')}</span>
    </div>
  );
}

function ImportOutcome({ report }: { report: ImportReport }) {
  const { t } = useLanguage();
  return (
    <p className={report.applied ? 'banner banner-good' : 'banner'} role="status">
      <b>{t(report.applied ? 'import.applied' : 'import.tried')}</b>{' '}
      {t('import.readAs', { form: t(`form.${report.form}`), rows: report.counts.rows })}
    </p>
  );
}
