import { useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { ImportReport } from '../../../protocol/library.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { compareTexts } from '../compare/compare-texts.ts';
import { TextPieces } from '../compare/script-change-view.tsx';
import { sayField, sayNotice, sayRefusal } from './import-words.ts';

const KINDS = ['added', 'changed', 'refused', 'duplicates', 'unchanged'] as const;
type Imported = ImportReport['added'][number];

/** What an import does, kind by kind; the first kind that has something is open. */
export function ImportTables({ report }: { report: ImportReport }) {
  const { t } = useLanguage();
  const { counts } = report;
  const [kind, setKind] = useState<string>(KINDS.find((name) => counts[name] > 0) ?? 'added');
  return (
    <Tabs className="import-tabs" selectedKey={kind} onSelectionChange={(key) => setKind(String(key))}>
      <TabList className="tabs" aria-label={t('import.kinds')}>
        {KINDS.map((name) => (
          <Tab key={name} id={name} className="tab">
            {t(`import.kind.${name}`)} <span className={look(name, counts[name])}>{counts[name]}</span>
          </Tab>
        ))}
      </TabList>
      <TabPanel id="added">
        <ImportedTable rows={report.added} count={counts.added} />
      </TabPanel>
      <TabPanel id="changed">
        <ImportedTable rows={report.changed} count={counts.changed} />
      </TabPanel>
      <TabPanel id="refused">
        <RefusedTable rows={report.refused} count={counts.refused} />
      </TabPanel>
      <TabPanel id="duplicates">
        <DuplicateTable rows={report.duplicates} count={counts.duplicates} />
      </TabPanel>
      <TabPanel id="unchanged">
        <p className="empty">{t('import.unchanged', { count: counts.unchanged })}</p>
      </TabPanel>
    </Tabs>
  );
}

function look(kind: (typeof KINDS)[number], count: number): string {
  if (count === 0 || kind === 'unchanged') return 'count count-calm';
  return kind === 'refused' ? 'count' : 'count count-soft';
}

function Head({ columns }: { columns: readonly string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Says that the desk tells of the first ones only. */
function Rest({ shown, count }: { shown: number; count: number }) {
  const { t } = useLanguage();
  return shown < count ? <p className="faint">{t('import.rest', { shown, count })}</p> : null;
}

function ImportedTable({ rows, count }: { rows: readonly Imported[]; count: number }) {
  const { t } = useLanguage();
  if (count === 0) return <p className="empty">{t('import.none')}</p>;
  return (
    <>
      <table className="board-table import-table">
        <Head columns={[t('import.row'), t('field.code'), t('field.title'), t('field.text'), t('import.becomes')]} />
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.row}-${row.scriptId}-${row.code}`}>
              <td className="figures faint">{row.row}</td>
              <td className="code">{row.code}</td>
              <td>{row.title}</td>
              <td className="import-text">
                {row.before === undefined ? row.text : <TextPieces pieces={compareTexts(row.before, row.text)} />}
                {row.notices.map((notice, i) => (
                  <span key={row.warnings[i]} className="import-warning">
                    {sayNotice(t, notice, row.warnings[i] ?? '')}
                  </span>
                ))}
              </td>
              <td>
                {row.personal ? (
                  <span className="badge badge-blue">{t('phrases.mark')}</span>
                ) : (
                  <span className="code">{row.scriptId}</span>
                )}{' '}
                {row.intents.length === 0 && !row.personal && <span className="faint">{t('import.noIntent')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Rest shown={rows.length} count={count} />
    </>
  );
}

function RefusedTable({ rows, count }: { rows: ImportReport['refused']; count: number }) {
  const { t } = useLanguage();
  if (count === 0) return <p className="empty">{t('import.none')}</p>;
  return (
    <>
      <table className="board-table import-table">
        <Head columns={[t('import.row'), t('import.field'), t('import.reason')]} />
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.row}-${row.field}-${row.reason}`}>
              <td className="figures faint">{row.row}</td>
              <td>{sayField(t, row.field)}</td>
              <td>{sayRefusal(t, row, row.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Rest shown={rows.length} count={count} />
    </>
  );
}

function DuplicateTable({ rows, count }: { rows: ImportReport['duplicates']; count: number }) {
  const { t } = useLanguage();
  if (count === 0) return <p className="empty">{t('import.none')}</p>;
  return (
    <>
      <table className="board-table import-table">
        <Head columns={[t('import.row'), t('field.text'), t('import.like'), t('import.share')]} />
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.row}-${row.like}-${row.text}`}>
              <td className="figures faint">{row.row}</td>
              <td className="import-text">{row.text}</td>
              <td className="code">{row.like}</td>
              <td className="figures">{Math.round(row.share * 100)}%</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Rest shown={rows.length} count={count} />
    </>
  );
}
