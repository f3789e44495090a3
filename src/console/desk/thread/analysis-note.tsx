import type { Analysis } from '../../../protocol/turn.ts';
import { formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { intentName } from '../catalogue.ts';
import { useDeskState } from '../desk-context.tsx';
import type { Corrections } from '../store/desk-state.ts';
import { MoodBadges } from './mood-badges.tsx';

const SHOWN_INTENTS = 3;

/** What the machine understood of a message: intents with their probability and words, mood, things named. */
export function AnalysisNote({
  analysis,
  correction,
}: {
  analysis: Analysis;
  correction: Corrections[number] | undefined;
}) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  const guesses = analysis.intents.slice(0, Math.max(SHOWN_INTENTS, analysis.held.length));
  const before = analysis.held.map((intent) => intentName(catalogue, intent, language)).join(' · ');
  return (
    <div className="analysis">
      {correction && <p>{t('understood.was', { what: before === '' ? t('understood.nothing') : before })}</p>}
      {analysis.abstained && !correction && <p>{t('analysis.unsure')}</p>}
      <ul>
        {guesses.map((guess) => (
          <li key={guess.intent} className={analysis.held.includes(guess.intent) ? '' : 'faint'}>
            <span className="meter" aria-hidden="true">
              <span style={{ width: formatShare(guess.confidence) }} />
            </span>
            <span className="figures">{formatShare(guess.confidence)}</span>
            <span>{intentName(catalogue, guess.intent, language)}</span>
            <span className="code faint">{guess.intent}</span>
            {guess.evidence.length > 0 && <span className="faint">“{guess.evidence.slice(0, 4).join(' · ')}”</span>}
          </li>
        ))}
      </ul>
      <p className="analysis-foot">
        {analysis.mood === 'calm' && <span className="badge">{t('mood.calm')}</span>}
        <MoodBadges analysis={analysis} />
        {analysis.outOfScope >= 0.5 && (
          <span className="badge badge-amber">
            {t('analysis.outOfScope', { share: formatShare(analysis.outOfScope) })}
          </span>
        )}
        {analysis.language !== 'zh-Hans' && <span className="badge">{t(`language.${analysis.language}`)}</span>}
        {analysis.entities.map((entity) => (
          <span key={`${entity.from}-${entity.kind}`} className="badge">
            {t(`entity.${entity.kind}`)} <b>{String(entity.value)}</b>
          </span>
        ))}
      </p>
    </div>
  );
}
