import { useEffect, useState } from 'react';
import type { Verdict } from '../../../protocol/turn.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';

const PAUSE_MS = 350;

/** The gate's word on a text, asked for when the typing pauses; `undefined` until the answer for exactly this text is there. */
export function useGateCheck(conversationId: string, text: string, enabled: boolean): Verdict | undefined {
  const desk = useDesk();
  const online = useDeskState((state) => state.socket.phase === 'online');
  const [checked, setChecked] = useState<{ text: string; verdict: Verdict }>();
  useEffect(() => {
    if (!enabled || !online || text.trim() === '') return;
    let current = true;
    const timer = setTimeout(async () => {
      const verdict = await desk.checkText(conversationId, text);
      if (current && verdict) setChecked({ text, verdict });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [desk, conversationId, text, enabled, online]);
  return checked?.text === text ? checked.verdict : undefined;
}
