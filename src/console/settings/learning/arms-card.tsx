import { useId } from 'react';
import type { ArmDifference, ArmView, LearningView } from '../../../protocol/learning.ts';
import { formatDate, formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';

const MEASURES = [
  ['acceptance', 'learning.acceptance'],
  ['edits', 'learning.edits'],
  ['paid', 'learning.paid24h'],
] as const satisfies readonly (readonly [keyof LearningView['differences'], string])[];

/** Both arms side by side, and how sure their difference is. */
export function ArmsCard({ view }: { view: LearningView }) {
  const { t, language } = useLanguage();
  const titleId = useId();
  const { learnt, plain } = view.arms;
  const head = (arm: 'learnt' | 'plain', { conversations }: ArmView) => (
    <th scope="col">
      {t(`learning.arm.${arm}`)}{' '}
      <span className="learning-small">{t('learning.conversations', { count: conversations })}</span>
    </th>
  );
  const share = ({ share: rate, of }: ArmView['acceptance']) =>
    rate === null ? '–' : t('learning.shareOf', { share: formatShare(rate), of });
  return (
    <section className="settings-card" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('learning.arms')}</h2>
      <p className="faint">{t('learning.armsSince', { day: formatDate(view.since, language) })}</p>
      <table className="learning-table">
        <thead>
          <tr>
            <th scope="col">{t('learning.measure')}</th>
            {head('learnt', learnt)}
            {head('plain', plain)}
            <th scope="col">{t('learning.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {MEASURES.map(([measure, name]) => (
            <tr key={measure}>
              <th scope="row">{t(name)}</th>
              <td className="figures">{share(learnt[measure])}</td>
              <td className="figures">{share(plain[measure])}</td>
              <td className="figures">
                <Difference of={view.differences[measure]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Difference({ of }: { of: ArmDifference }) {
  const { t } = useLanguage();
  if (of === null) return <span className="faint">{t('learning.tooFew')}</span>;
  const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  const { difference, low, high } = of;
  return t('learning.differenceOf', { difference: points(difference), low: points(low), high: points(high) });
}
