import type { Analysis } from '../../../protocol/turn.ts';
import { useLanguage } from '../../i18n/language.tsx';

/** How a buyer speaks: the mood, mockery, haste, and why a person is needed; nothing for a calm message. */
export function MoodBadges({ analysis }: { analysis: Analysis }) {
  const { t } = useLanguage();
  const { mood, attitude } = analysis;
  const heated = mood === 'angry' || mood === 'threatening';
  const words = attitude?.evidence.join(' · ') ?? '';
  return (
    <>
      {mood !== 'calm' && (
        <span
          className={heated ? 'badge badge-red' : 'badge'}
          title={words === '' ? undefined : t('mood.because', { words })}
        >
          {t(`mood.${mood}`)}
          {attitude?.sarcasm && ` · ${t('mood.sarcasm')}`}
        </span>
      )}
      {attitude && attitude.urgency !== 'none' && mood !== 'impatient' && (
        <span className="badge">{t(`urgency.${attitude.urgency}`)}</span>
      )}
      {attitude?.needsHuman && <span className="badge badge-amber">{t(`human.${attitude.needsHuman}`)}</span>}
    </>
  );
}
