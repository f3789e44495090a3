import { useState } from 'react';
import type { Approval } from '../../../protocol/library.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';
import type { Draft } from '../store/draft-store.ts';
import { findApproval } from './find-approval.ts';

/** What the supervisor says to the draft. */
export interface ApprovalState {
  /** The newest request about exactly this text. */
  latest: Approval | undefined;
  /** The grant that lets the text out; one that the gate did not accept does not count. */
  grantId: string | undefined;
  /** The reason is being written. */
  isAsking: boolean;
  begin(): void;
  cancel(): void;
  ask(reason: string): Promise<boolean>;
}

/** Asking the supervisor about the draft of a conversation. */
export function useApproval(conversationId: string, { text, refused }: Draft): ApprovalState {
  const desk = useDesk();
  const latest = useDeskState((state) => findApproval(state.approvals, state.self?.id, conversationId, text));
  const [askingFor, setAskingFor] = useState<string>();
  const isGranted = latest?.state === 'granted' && refused?.approvalId !== latest.id;
  return {
    latest,
    grantId: isGranted ? latest.id : undefined,
    isAsking: askingFor === text,
    begin: () => setAskingFor(text),
    cancel: () => setAskingFor(undefined),
    async ask(reason) {
      const asked = await desk.askApproval(conversationId, text, reason);
      if (asked) setAskingFor(undefined);
      return asked;
    },
  };
}
