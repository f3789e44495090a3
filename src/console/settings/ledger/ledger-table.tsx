import type { LedgerRow } from '../../../protocol/records.ts';
import { scriptTitle } from '../../desk/catalogue.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { reasonWords, ruleName, stateWords, storyWords } from '../../parts/follow-up-words.ts';
import { useMinute } from '../../parts/use-now.ts';
import { useSettings } from '../settings-context.tsx';

/** The rows, each with its story in words. */
export function LedgerTable({ rows }: { rows: readonly LedgerRow[] }) {
  const { t } = useLanguage();
  return (
    <table className="ledger-table" aria-label={t('ledger.table')}>
      <thead>
        <tr>
          <th scope="col">{t('ledger.due')}</th>
          <th scope="col">{t('ledger.rule')}</th>
          <th scope="col">{t('ledger.who')}</th>
          <th scope="col">{t('ledger.result')}</th>
          <th scope="col">{t('ledger.how')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row }: { row: LedgerRow }) {
  const { t, language } = useLanguage();
  const { names } = useSettings();
  const nowMs = useMinute();
  const words = { t, language, nowMs, titleOf: (id: string) => scriptTitle(names, id, language) };
  const steps = new Set(row.story.map(({ step }) => step));
  return (
    <tr>
      <td className="figures">{formatMoment(row.dueAt, nowMs, language)}</td>
      <td>{ruleName(row.rule, t)}</td>
      <td>
        {row.buyerName}
        {row.orderId && <div className="code">{row.orderId}</div>}
      </td>
      <td>
        <span className="badge">{stateWords(row, t)}</span>
        {row.reason && <div className="faint">{reasonWords(row.reason, t)}</div>}
        {steps.has('answered') && <span className="badge badge-jade">{t('ledger.answered')}</span>}
        {steps.has('paid') && <span className="badge badge-jade">{t('ledger.paid')}</span>}
      </td>
      <td>
        <ol>
          {row.story.map((step) => (
            <li key={`${step.at}-${step.step}-${step.because}`}>
              <span className="faint figures">{formatMoment(step.at, nowMs, language)}</span> {storyWords(step, words)}
            </li>
          ))}
        </ol>
      </td>
    </tr>
  );
}
