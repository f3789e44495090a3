import { useCallback, useEffect, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { type GateRulesView, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { RulesEditor } from './rules-editor.tsx';

/** The shop's own gate rules: what may not be said, tried out before it is in force. */
export function RulesPage() {
  const { t } = useLanguage();
  const { changes, fail } = useLibrary();
  const { listen } = changes;
  const [view, setView] = useState<GateRulesView>();
  const read = useCallback(() => void libraryApi.gateRules().then(setView, fail), [fail]);
  useEffect(() => {
    read();
    return listen('gateRules', read);
  }, [read, listen]);
  if (!view) return <p className="empty">{t('loading')}</p>;
  return <RulesEditor view={view} onView={setView} />;
}
