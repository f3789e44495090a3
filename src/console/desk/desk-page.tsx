import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { useAnyKeyStops } from './automatic/use-stop-automatic.ts';
import { useDesk, useDeskState } from './desk-context.tsx';
import { HelpOverlay } from './help-overlay.tsx';
import { ConversationPane } from './list/conversation-pane.tsx';
import { Notices } from './notices.tsx';
import { SidePane } from './side/side-pane.tsx';
import { waitingConversations } from './store/select.ts';
import { ThreadPane } from './thread/thread-pane.tsx';
import { TopBar } from './top-bar.tsx';
import { useApprovalNotices } from './use-approval-notices.ts';
import { useClockWarnings } from './use-clock-warnings.ts';
import { useDeskKeys } from './use-desk-keys.ts';
import { useDiscountNotices } from './use-discount-notices.ts';

/** The console of a signed-in agent: a bar and three panes. */
export function DeskPage() {
  const [helping, setHelping] = useState(false);
  const activeId = useDeskState((state) => state.activeId);
  useDeskKeys(useCallback(() => setHelping(true), []));
  useApprovalNotices();
  useAnyKeyStops();
  useDiscountNotices();
  useTitle();
  useAddress(activeId);
  return (
    <div className="desk">
      <TopBar onHelp={() => setHelping(true)} />
      <div className="desk-panes">
        <ConversationPane />
        <ThreadPane key={activeId ?? ''} />
        <SidePane key={`side-${activeId ?? ''}`} />
      </div>
      <ClockWarnings />
      <Notices />
      <HelpOverlay isOpen={helping} onOpenChange={setHelping} />
    </div>
  );
}

/** Looks at the clocks every second, apart, so that nothing else is drawn again for it. */
function ClockWarnings() {
  useClockWarnings();
  return null;
}

/** Shows in the window's title how many buyers wait. */
function useTitle(): void {
  const { t } = useLanguage();
  const conversations = useDeskState((state) => state.conversations);
  const waiting = useMemo(() => waitingConversations(conversations).length, [conversations]);
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${t('console.title')}` : t('console.title');
  }, [waiting, t]);
}

/** Keeps the open conversation in the address, so that a reload or a copied link opens it again. */
function useAddress(activeId: string | undefined): void {
  const desk = useDesk();
  useEffect(() => {
    const linked = decodeURIComponent(location.hash.slice(1));
    if (linked !== '' && desk.store.get().activeId === undefined) desk.open(linked);
  }, [desk]);
  useEffect(() => {
    if (activeId !== undefined) history.replaceState(null, '', `#${encodeURIComponent(activeId)}`);
  }, [activeId]);
}
