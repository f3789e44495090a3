import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import type { SettingsView } from '../../protocol/settings.ts';
import { HttpError } from '../client/http.ts';
import { emptyCatalogue, indexCatalogue } from '../desk/catalogue.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useChanges } from '../library/use-changes.ts';
import { SessionGate } from '../parts/session-gate.tsx';
import { useNotices } from '../parts/use-notices.ts';
import { refusalWords } from './refusal-words.ts';
import { settingsApi } from './settings-api.ts';
import { SettingsBar } from './settings-bar.tsx';
import { SettingsContext, type SettingsContextValue } from './settings-context.tsx';
import { SETTINGS_PAGES } from './settings-pages.ts';

/** A shop's settings: when it is open, what goes out by itself and when, what the desk has learnt. */
export function SettingsApp({ socketUrl }: { socketUrl: string }) {
  const { t } = useLanguage();
  useEffect(() => {
    document.title = `${t('settings.title')} · ${t('product')}`;
  }, [t]);
  return (
    <SessionGate>
      {(self, leave) => <SettingsPages key={self.id} self={self} socketUrl={socketUrl} onSignedOut={leave} />}
    </SessionGate>
  );
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

function SettingsPages(props: { self: AgentSelf; socketUrl: string; onSignedOut(): void }) {
  const { self, onSignedOut } = props;
  const { t } = useLanguage();
  const changes = useChanges(props.socketUrl);
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [notices, notify] = useNotices();
  const [names, setNames] = useState(emptyCatalogue);
  const [settings, setSettings] = useState<SettingsView>();
  /** Number of the last change that was read or made here. */
  const revision = useRef(0);
  const fail = useCallback(
    (error: unknown) => {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 401) onSignedOut();
      else notify('trouble', error.status === 0 ? t('library.unreachable') : error.message);
    },
    [notify, onSignedOut, t],
  );
  const take = useCallback((read: SettingsView) => {
    revision.current = read.revision;
    setSettings(read);
  }, []);
  const { listen } = changes;
  const supervises = self.role === 'supervisor';
  useEffect(() => {
    if (!supervises) return;
    const read = () => void settingsApi.read().then(take, fail);
    read();
    return listen('settings', read);
  }, [supervises, listen, fail, take]);
  useEffect(() => {
    deskApi.catalogue().then((body) => body && setNames(indexCatalogue(body)), fail);
  }, [fail]);
  const save = useCallback<SettingsContextValue['save']>(
    async (part, value) => {
      try {
        take(await settingsApi.save(part, revision.current, value));
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        if (error.status === 409) take(await settingsApi.read());
        throw new HttpError(error.status, error.code, refusalWords(error, t), error.details);
      }
    },
    [take, t],
  );
  const value = useMemo<SettingsContextValue | undefined>(
    () => settings && { self, names, settings, changes, save, notify, fail },
    [self, names, settings, changes, save, notify, fail],
  );
  const page = SETTINGS_PAGES.find(({ name }) => hash === `#/${name}`) ?? SETTINGS_PAGES[0]!;
  return (
    <div className="library settings">
      <SettingsBar self={self} page={page.name} changes={changes} onSignedOut={onSignedOut} />
      <main className="library-page">
        {!supervises && <p className="empty">{t('settings.supervisorOnly')}</p>}
        {supervises && !value && <p className="empty">{t('loading')}</p>}
        {value && (
          <SettingsContext value={value}>
            <page.Page key={page.name} />
          </SettingsContext>
        )}
      </main>
      <div className="notices" role="status" aria-live="polite">
        {notices.map(({ id, kind, text }) => (
          <p key={id} className={`notice notice-${kind}`}>
            {text}
          </p>
        ))}
      </div>
    </div>
  );
}
