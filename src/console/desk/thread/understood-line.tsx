import { formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { intentName } from '../catalogue.ts';
import { useDeskState } from '../desk-context.tsx';
import type { Understood } from './understood.ts';

const SHOWN = 2;

/** One line on what a message means: intents with their confidence, or who set it right. */
export function UnderstoodLine({ understood }: { understood: Understood }) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  switch (understood.kind) {
    case 'unsure': {
      const { guess } = understood;
      if (!guess) return t('understood.unsure');
      const name = intentName(catalogue, guess.intent, language);
      return t('understood.guess', { name, share: formatShare(guess.confidence) });
    }
    case 'outside':
      return `${t('understood.outside')} ${formatShare(understood.share)}`;
    case 'corrected': {
      const who = catalogue.agents.get(understood.agentId) ?? t('understood.somebody');
      const names = understood.intents.map((intent) => intentName(catalogue, intent, language));
      return (
        <>
          <span className="badge badge-jade">{t('understood.corrected', { who })}</span>{' '}
          {names.length === 0 ? t('correct.none') : names.join(' · ')}
        </>
      );
    }
    case 'held': {
      const { guesses } = understood;
      const shown = guesses.slice(0, SHOWN).map(({ intent, confidence }) => {
        const name = intentName(catalogue, intent, language);
        return confidence === undefined ? name : `${name} ${formatShare(confidence)}`;
      });
      if (guesses.length > SHOWN) shown.push(t('understood.more', { count: guesses.length - SHOWN }));
      return shown.join(' · ');
    }
  }
}
