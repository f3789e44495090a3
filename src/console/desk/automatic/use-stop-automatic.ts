import { useCallback, useEffect } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { pendingSend } from '../store/reduce-automatic.ts';

/** Stops what would leave by itself in a conversation, and says so when it was too late. */
export function useStopAutomatic(): (conversationId: string) => Promise<void> {
  const { t } = useLanguage();
  const desk = useDesk();
  return useCallback(
    async (conversationId) => {
      const outcome = await desk.stopAutomatic(conversationId);
      if (outcome === 'gone') desk.notify('info', t('automatic.gone'));
      else if (outcome === 'lost') desk.notify('trouble', t('automatic.notStopped'));
    },
    [desk, t],
  );
}

/** Any key on the page stops the open conversation's countdown, whatever else the key does; so does a draft begun before. */
export function useAnyKeyStops(): void {
  const desk = useDesk();
  const stop = useStopAutomatic();
  const activeId = useDeskState((state) => state.activeId);
  const pendingId = useDeskState((state) => state.activeId && pendingSend(state, state.activeId)?.id);
  useEffect(() => {
    if (activeId === undefined || pendingId === undefined) return;
    const onKeyDown = () => void stop(activeId);
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [activeId, pendingId, stop]);
  useEffect(() => {
    if (activeId === undefined || pendingId === undefined) return;
    if (desk.drafts.get(activeId).text.trim() !== '') void stop(activeId);
  }, [activeId, pendingId, stop, desk]);
}
