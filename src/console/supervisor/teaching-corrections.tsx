import type { Catalogue } from '../desk/catalogue.ts';
import { formatMoment } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { useNow } from '../parts/use-now.ts';
import { nameMeaning } from './name-meaning.ts';
import type { Correction } from './teaching-api.ts';

/** Messages whose meaning was set right, the newest first. */
export function TeachingCorrections({
  corrections,
  total,
  names,
  onForget,
  onMore,
}: {
  corrections: readonly Correction[];
  /** How many there are in all. */
  total: number;
  names: Catalogue;
  onForget(id: string): void;
  /** Absent: all are shown. */
  onMore?: (() => void) | undefined;
}) {
  const { t, language } = useLanguage();
  const now = useNow();
  const name = (intents: readonly string[]) => nameMeaning(names, intents, language, t);
  return (
    <>
      <h3>
        {t('teaching.corrections')} <span className="count count-calm">{total}</span>
      </h3>
      {corrections.length === 0 && <p className="empty">{t('teaching.noCorrections')}</p>}
      {corrections.length > 0 && (
        <table className="board-table teaching-corrections" aria-label={t('teaching.corrections')}>
          <thead>
            <tr>
              <th scope="col">{t('teaching.text')}</th>
              <th scope="col">{t('teaching.was')}</th>
              <th scope="col">{t('teaching.is')}</th>
              <th scope="col">{t('teaching.who')}</th>
              <th scope="col">{t('teaching.when')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('teaching.action')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {corrections.map((it) => (
              <tr key={it.id}>
                <th scope="row">
                  <a href={`/console#${encodeURIComponent(it.conversationId)}`}>{it.text}</a>
                </th>
                <td className="faint">{it.was.length === 0 ? t('understood.nothing') : name(it.was)}</td>
                <td>{name(it.intents)}</td>
                <td>{names.agents.get(it.agentId) ?? it.agentId}</td>
                <td className="faint figures">{formatMoment(it.at, now, language)}</td>
                <td>
                  <ActionButton
                    look="link"
                    aria-label={t('teaching.deleteOf', { text: it.text })}
                    onPress={() => onForget(it.id)}
                  >
                    {t('teaching.delete')}
                  </ActionButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {onMore && (
        <ActionButton look="link" onPress={onMore}>
          {t('teaching.more', { count: total - corrections.length })}
        </ActionButton>
      )}
    </>
  );
}
