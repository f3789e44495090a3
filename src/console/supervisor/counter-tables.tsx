import type { Counters } from '../../protocol/records.ts';
import { formatShare } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';

/** Who is on duty and how much they have on their hands: for help and training, in the order of names. @see TRAP-13 */
export function AgentTable({ agents }: { agents: Counters['agents'] }) {
  const { t, language } = useLanguage();
  const sorted = [...agents].sort(
    (a, b) => Number(b.onDuty) - Number(a.onDuty) || a.name.localeCompare(b.name, language),
  );
  return (
    <section className="board-card">
      <h2>{t('agents.title')}</h2>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t('agents.name')}</th>
            <th scope="col">{t('agents.conversations')}</th>
            <th scope="col">{t('agents.replies')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((agent) => (
            <tr key={agent.id}>
              <th scope="row">
                <span className={agent.onDuty ? 'dot dot-on' : 'dot'} aria-hidden="true" />
                {agent.name} <span className="faint">{t(agent.onDuty ? 'presence.online' : 'presence.away')}</span>
              </th>
              <td className="figures">{agent.conversations}</td>
              <td className="figures">{agent.replies}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What became of each script today. @see SR-14 */
export function ScriptTable({ counters }: { counters: Counters }) {
  const { t } = useLanguage();
  const total = (row: Counters['scripts'][number]) => row.accepted + row.edited + row.dismissed;
  const sorted = [...counters.scripts].sort((a, b) => total(b) - total(a));
  return (
    <section className="board-card">
      <h2>{t('scripts.title')}</h2>
      <p className="legend faint">
        <span className="legend-accepted">{t('scripts.accepted')}</span>
        <span className="legend-edited">{t('scripts.edited')}</span>
        <span className="legend-dismissed">{t('scripts.dismissed')}</span>
      </p>
      {sorted.length === 0 && <p className="empty">{t('scripts.nothingYet')}</p>}
      {sorted.length > 0 && (
        <table className="board-table">
          <thead>
            <tr>
              <th scope="col">{t('scripts.script')}</th>
              <th scope="col" className="wide">
                {t('scripts.outcome')}
              </th>
              <th scope="col">{t('scripts.accepted')}</th>
              <th scope="col">{t('scripts.edited')}</th>
              <th scope="col">{t('scripts.dismissed')}</th>
              <th scope="col">{t('scripts.share')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.scriptId}>
                <th scope="row">
                  <a href={`/library#/scripts/${encodeURIComponent(row.scriptId)}`}>{row.title}</a>{' '}
                  <span className="code faint">{row.scriptId}</span>
                </th>
                <td>
                  <OutcomeBar row={row} total={total(row)} />
                </td>
                <td className="figures">{row.accepted}</td>
                <td className="figures">{row.edited}</td>
                <td className="figures">{row.dismissed}</td>
                <td className="figures">{formatShare((row.accepted + row.edited) / Math.max(1, total(row)))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function OutcomeBar({ row, total }: { row: Counters['scripts'][number]; total: number }) {
  const width = (count: number) => ({ width: formatShare(count / Math.max(1, total)) });
  return (
    <span className="outcome" aria-hidden="true">
      <span className="outcome-accepted" style={width(row.accepted)} />
      <span className="outcome-edited" style={width(row.edited)} />
      <span className="outcome-dismissed" style={width(row.dismissed)} />
    </span>
  );
}
