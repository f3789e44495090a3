import { useEffect, useRef } from 'react';
import type { Approval } from '../../protocol/library.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useDesk, useDeskState } from './desk-context.tsx';

/** Tells the agent of a decision, and a supervisor of a request, wherever they are on the desk. */
export function useApprovalNotices(): void {
  const { t } = useLanguage();
  const desk = useDesk();
  const approvals = useDeskState((state) => state.approvals);
  const selfId = useDeskState((state) => state.self?.id);
  const known = useRef<ReadonlyMap<string, Approval['state']>>(undefined);
  useEffect(() => {
    if (!approvals) return;
    const before = known.current;
    known.current = new Map(approvals.map(({ id, state }) => [id, state]));
    // What was there when the page was opened is no news.
    if (!before) return;
    for (const { id, state, askedBy, buyerName, decisionNote } of approvals) {
      if (before.get(id) === state) continue;
      const isOwn = askedBy.id === selfId;
      if (isOwn && state === 'granted') desk.notify('info', t('approval.noticeGranted', { buyer: buyerName }));
      if (isOwn && state === 'refused')
        desk.notify('trouble', t('approval.noticeRefused', { buyer: buyerName, note: decisionNote ?? '' }));
      if (!isOwn && state === 'asked')
        desk.notify('info', t('approval.noticeAsked', { who: askedBy.name, buyer: buyerName }));
    }
  }, [approvals, selfId, desk, t]);
}
