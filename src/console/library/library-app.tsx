import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { HttpError } from '../client/http.ts';
import { type Catalogue, emptyCatalogue, indexCatalogue } from '../desk/catalogue.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { SessionGate } from '../parts/session-gate.tsx';
import { useNotices } from '../parts/use-notices.ts';
import { type Address, PAGES } from './address.ts';
import { createFormStore } from './editor/form-store.ts';
import { type LibraryCatalogue, libraryApi } from './library-api.ts';
import { LibraryBar } from './library-bar.tsx';
import { LibraryContext, type LibraryContextValue } from './library-context.tsx';
import { PhrasesPage } from './phrases/phrases-page.tsx';
import { RulesPage } from './rules/rules-page.tsx';
import { ScriptsPage } from './scripts/scripts-page.tsx';
import { TransferPage } from './transfer/transfer-page.tsx';
import { type Navigate, useAddress } from './use-address.ts';
import { useChanges } from './use-changes.ts';

/** The script library: what is said, by whom it was approved, and what else governs the outgoing texts. */
export function LibraryApp({ socketUrl }: { socketUrl: string }) {
  const { t } = useLanguage();
  useEffect(() => {
    document.title = `${t('library.title')} · ${t('product')}`;
  }, [t]);
  return (
    <SessionGate>
      {(self, leave) => <LibraryPages key={self.id} self={self} socketUrl={socketUrl} onSignedOut={leave} />}
    </SessionGate>
  );
}

function LibraryPages(props: { self: AgentSelf; socketUrl: string; onSignedOut(): void }) {
  const { self, onSignedOut } = props;
  const { t } = useLanguage();
  const changes = useChanges(props.socketUrl);
  const [address, navigate] = useAddress();
  const [notices, notify] = useNotices();
  const [names, offers] = useCatalogues();
  const forms = useMemo(() => createFormStore(localStorage, self.id), [self.id]);
  const fail = useCallback(
    (error: unknown) => {
      if (!(error instanceof HttpError)) throw error;
      if (error.status === 401) onSignedOut();
      else notify('trouble', error.status === 0 ? t('library.unreachable') : error.message);
    },
    [notify, onSignedOut, t],
  );
  const value = useMemo<LibraryContextValue>(
    () => ({ self, supervises: self.role === 'supervisor', names, offers, changes, forms, notify, fail }),
    [self, names, offers, changes, forms, notify, fail],
  );
  const pages = PAGES.filter((page) => value.supervises || page === 'scripts' || page === 'phrases');
  const page = pages.includes(address.page) ? address.page : 'scripts';
  return (
    <LibraryContext value={value}>
      <div className="library">
        <LibraryBar page={page} pages={pages} onSignedOut={onSignedOut} />
        <Page page={page} address={address} navigate={navigate} />
        <div className="notices" role="status" aria-live="polite">
          {notices.map(({ id, kind, text }) => (
            <p key={id} className={`notice notice-${kind}`}>
              {text}
            </p>
          ))}
        </div>
      </div>
    </LibraryContext>
  );
}

function Page({ page, address, navigate }: { page: Address['page']; address: Address; navigate: Navigate }) {
  switch (page) {
    case 'scripts':
      return <ScriptsPage address={address} navigate={navigate} />;
    case 'transfer':
      return <TransferPage navigate={navigate} />;
    case 'rules':
      return <RulesPage />;
    case 'phrases':
      return <PhrasesPage />;
  }
}

const nothingOffered: LibraryCatalogue = { guards: [], slots: [] };

/** Names behind ids, and what an editor offers. */
function useCatalogues(): [Catalogue, LibraryCatalogue] {
  const [names, setNames] = useState(emptyCatalogue);
  const [offers, setOffers] = useState(nothingOffered);
  useEffect(() => {
    deskApi.catalogue().then(
      (body) => body && setNames(indexCatalogue(body)),
      (error: Error) => console.debug('catalogue', error.message),
    );
    libraryApi.catalogue().then(setOffers, (error: Error) => console.debug('library catalogue', error.message));
  }, []);
  return [names, offers];
}
