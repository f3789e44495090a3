import { useState } from 'react';
import type { PendingSend } from '../../../protocol/modes.ts';
import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDeskState } from '../desk-context.tsx';
import { pendingSend } from '../store/reduce-automatic.ts';
import { useSecondsLeft } from './use-seconds-left.ts';
import { useStopAutomatic } from './use-stop-automatic.ts';

/** Below a proposal: its countdown, or why it did not leave by itself. */
export function AutomaticLine({
  conversationId,
  suggestionId,
  position,
}: {
  conversationId: string;
  suggestionId: string;
  position: number;
}) {
  const { t } = useLanguage();
  const pending = useDeskState((state) => pendingSend(state, conversationId));
  const ended = useDeskState((state) => state.endedSends[conversationId]);
  const isMine = (it: { suggestionId?: string; position?: number } | undefined) =>
    it?.suggestionId === suggestionId && it.position === position;
  if (pending && isMine(pending))
    return <CountdownLine key={pending.id} conversationId={conversationId} pending={pending} />;
  if (!ended || ended.reason === 'sent' || !isMine(ended)) return null;
  return <p className="chip-automatic faint">{t(`automatic.ended.${ended.reason}` as MessageKey)}</p>;
}

function CountdownLine({ conversationId, pending }: { conversationId: string; pending: PendingSend }) {
  const { t } = useLanguage();
  const stop = useStopAutomatic();
  const seconds = useSecondsLeft(pending.dueAt);
  const [total] = useState(Math.max(1, seconds));
  return (
    <p className="chip-automatic chip-countdown">
      {/* Said once; the seconds themselves are only shown. */}
      <span className="visually-hidden" role="status">
        {t('automatic.announce', { seconds: total })}
      </span>
      <svg className="ring" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <circle className="ring-track" cx="10" cy="10" r="8" pathLength={1} />
        <circle className="ring-left" cx="10" cy="10" r="8" pathLength={1} strokeDashoffset={1 - seconds / total} />
      </svg>
      <span className="figures" aria-hidden="true">
        {t('automatic.inSeconds', { seconds })} · {t('automatic.anyKey')}
      </span>
      <ActionButton look="warn" onPress={() => void stop(conversationId)}>
        {t('automatic.stop')}
      </ActionButton>
    </p>
  );
}
