import { useCallback, useEffect, useState } from 'react';
import type { TimerSettings, TimerView } from '../../../protocol/timers.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ruleName } from '../../parts/follow-up-words.ts';
import { readTimers } from '../settings-api.ts';
import { useSettings } from '../settings-context.tsx';
import { TimerRow } from './timer-row.tsx';

const GROUPS = ['sales', 'service', 'internal'] as const;

/** All timers: what starts each, when, by whom, how often; switched, re-timed and put back one by one. */
export function TimersPage() {
  const { t, language } = useLanguage();
  const { settings, save, changes, notify, fail } = useSettings();
  const [timers, setTimers] = useState<TimerView[]>();
  const [words, setWords] = useState('');
  const { revision, parts } = settings;
  const read = useCallback(() => {
    readTimers().then(({ timers: found }) => setTimers(found), fail);
  }, [fail]);
  const { listen } = changes;
  useEffect(() => {
    if (revision >= 0) read();
  }, [read, revision]);
  useEffect(() => listen('followUps', read), [listen, read]);

  async function change(timer: TimerView, setting: TimerSettings[string] | undefined): Promise<void> {
    const { [timer.id]: _before, ...others } = (parts.timers ?? {}) as TimerSettings;
    const value = setting === undefined ? others : { ...others, [timer.id]: setting };
    await save('timers', Object.keys(value).length === 0 ? undefined : value);
    notify('info', t('timers.saved', { name: ruleName(timer.id, t) }));
  }

  const wanted = words.trim().toLowerCase();
  const fits = (timer: TimerView) =>
    `${timer.id} ${ruleName(timer.id, t)} ${timer.title[language]}`.toLowerCase().includes(wanted);
  const found = timers?.filter(fits);
  return (
    <div className="timers">
      <section className="settings-card">
        <h2>{t('timers.title')}</h2>
        <p className="faint">{t('timers.lead')}</p>
        <input
          type="search"
          className="input"
          aria-label={t('timers.search')}
          placeholder={t('timers.search')}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        {!found && <p className="empty">{t('loading')}</p>}
        {found?.length === 0 && <p className="empty">{t('timers.none')}</p>}
      </section>
      {GROUPS.map((group) => {
        const rows = found?.filter(({ purpose }) => purpose === group) ?? [];
        return (
          rows.length > 0 && (
            <section key={group} className="settings-card">
              <h3>
                {t(`timers.${group}`)}{' '}
                <span className="faint figures">{t('timers.count', { count: rows.length })}</span>
              </h3>
              {rows.map((timer) => (
                <TimerRow key={timer.id} timer={timer} onChange={(setting) => change(timer, setting)} />
              ))}
            </section>
          )
        );
      })}
    </div>
  );
}
