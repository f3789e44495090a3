import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import type { GateRulesView } from '../library-api.ts';
import { rulesForm, SECTIONS } from './rules-form.ts';

type RulesVersion = GateRulesView['versions'][number];

/** Rules that were in force, and the way back to them. */
export function RulesVersions({
  versions,
  busy,
  onRollback,
}: {
  versions: readonly RulesVersion[];
  busy: boolean;
  onRollback(version: RulesVersion): Promise<void>;
}) {
  const { t, language } = useLanguage();
  const now = useNow();
  return (
    <section className="script-card rules-versions" aria-label={t('history.title')}>
      <h2>{t('history.title')}</h2>
      {versions.length === 0 && <p className="empty">{t('rules.builtInOnly')}</p>}
      {versions.length > 0 && (
        <table className="versions">
          <tbody>
            {versions.map((version, at) => (
              <tr key={version.version}>
                <th scope="row">
                  <span className="figures">v{version.version}</span>{' '}
                  {at === 0 && <span className="badge badge-jade">{t('version.in_force')}</span>}
                </th>
                <td>
                  {version.author.name}
                  <br />
                  <span className="faint figures">{formatMoment(version.at, now, language)}</span>
                </td>
                <td className="version-note">
                  {version.note}
                  <span className="faint"> {summary(version, t)}</span>
                </td>
                <td className="version-actions">
                  {at > 0 && (
                    <ActionButton look="quiet" isDisabled={busy} onPress={() => void onRollback(version)}>
                      {t('history.rollback')}
                    </ActionButton>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function summary({ rules }: RulesVersion, t: ReturnType<typeof useLanguage>['t']): string {
  const form = rulesForm(rules);
  return SECTIONS.filter((section) => form[section].length > 0)
    .map((section) => `${t(`rules.section.${section}`)} ${form[section].length}`)
    .join(' · ');
}
