import { useCallback, useEffect, useState } from 'react';
import type { LedgerQuery, LedgerRow } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { ledgerFile, readLedger } from './ledger-api.ts';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerTable } from './ledger-table.tsx';

const PAGE = 50;

/** Every contact with its story, found by timer, state, order, buyer and day, and given away as a file. */
export function LedgerPage() {
  const { t } = useLanguage();
  const { changes, fail } = useSettings();
  const [query, setQuery] = useState<LedgerQuery>({});
  const [rows, setRows] = useState<readonly LedgerRow[]>();
  const [next, setNext] = useState<string>();
  const [personal, setPersonal] = useState(false);
  const read = useCallback(() => {
    readLedger(query, undefined, PAGE).then((page) => {
      setRows(page.rows);
      setNext(page.next);
    }, fail);
  }, [query, fail]);
  useEffect(read, [read]);
  const { listen } = changes;
  useEffect(() => listen('followUps', read), [listen, read]);

  async function readMore(): Promise<void> {
    try {
      const page = await readLedger(query, next, PAGE);
      setRows((before) => [...(before ?? []), ...page.rows]);
      setNext(page.next);
    } catch (error) {
      fail(error);
    }
  }

  return (
    <section className="settings-card">
      <h2>{t('ledger.title')}</h2>
      <p className="faint">{t('ledger.lead')}</p>
      <LedgerFilters onFind={setQuery} />
      <div className="ledger-filters">
        <a className="button" href={ledgerFile(query, 'csv', personal)} download>
          {t('ledger.export')} {t('ledger.csv')}
        </a>
        <a className="button" href={ledgerFile(query, 'jsonl', personal)} download>
          {t('ledger.export')} {t('ledger.jsonl')}
        </a>
        <label>
          <input type="checkbox" checked={personal} onChange={({ target }) => setPersonal(target.checked)} />{' '}
          {t('ledger.personal')}
        </label>
      </div>
      {!rows && <p className="empty">{t('loading')}</p>}
      {rows?.length === 0 && <p className="empty">{t('ledger.none')}</p>}
      {rows && rows.length > 0 && <LedgerTable rows={rows} />}
      {next !== undefined && (
        <ActionButton look="link" onPress={() => void readMore()}>
          {t('ledger.more', { count: PAGE })}
        </ActionButton>
      )}
    </section>
  );
}
