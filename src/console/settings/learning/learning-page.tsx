import { useCallback, useEffect, useState } from 'react';
import type { LearningView } from '../../../protocol/learning.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useSettings } from '../settings-context.tsx';
import { ArmsCard } from './arms-card.tsx';
import { FoundVariants } from './found-variants.tsx';
import { learningApi } from './learning-api.ts';
import { LearningSettingsCard } from './learning-settings-card.tsx';
import { ScriptOutcomes } from './script-outcomes.tsx';

/** Outcomes come with every reply of the desk: they are read again now and then. */
const EVERY_MS = 10_000;

/** What the desk has learnt from outcomes, and how much it may do with it. */
export function LearningPage() {
  const { t } = useLanguage();
  const { changes, notify, fail } = useSettings();
  const [view, setView] = useState<LearningView>();
  const { listen } = changes;

  useEffect(() => {
    const read = () => void learningApi.read().then(setView, fail);
    read();
    const timer = setInterval(() => document.hidden || read(), EVERY_MS);
    const stops = [listen('learning', read), listen('settings', read)];
    return () => {
      clearInterval(timer);
      for (const stop of stops) stop();
    };
  }, [listen, fail]);

  const onReset = useCallback(
    async (scriptId: string | undefined) => {
      try {
        setView(await learningApi.reset(scriptId));
        notify('info', t('learning.resetDone'));
      } catch (error) {
        fail(error);
      }
    },
    [notify, fail, t],
  );

  if (!view) return <p className="empty">{t('loading')}</p>;
  return (
    <div className="learning">
      <LearningSettingsCard key={JSON.stringify(view.settings)} settings={view.settings} />
      <ArmsCard view={view} />
      <FoundVariants variants={view.variants} />
      <ScriptOutcomes view={view} onReset={onReset} />
    </div>
  );
}
