import { useEffect, useRef } from 'react';
import type { ClockView } from '../../protocol/clocks.ts';
import type { AgentSelf } from '../../protocol/records.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useNow } from '../parts/use-now.ts';
import { playChime } from './clock-sound.ts';
import { useDesk, useDeskState } from './desk-context.tsx';

/** Warnings this close to each other are one notice, which names the first of them. */
const TOGETHER_MS = 6000;
const MOST_NAMED = 3;

/** Tells once of each clock that is nearly due, whom it concerns; with a sound where somebody has switched it on. */
export function useClockWarnings(): void {
  const { t } = useLanguage();
  const desk = useDesk();
  const now = useNow();
  const clocks = useDeskState((state) => state.clocks);
  const self = useDeskState((state) => state.self);
  const known = useRef<Set<string>>(undefined);
  /** Whom the notice that still stands names. */
  const named = useRef({ buyers: [] as string[], untilMs: 0 });
  useEffect(() => {
    if (!clocks || !self) return;
    const isFirst = known.current === undefined;
    known.current ??= new Set();
    for (const clock of clocks) {
      const key = `${clock.conversationId} ${clock.kind} ${clock.seq}`;
      if (now < clock.warnAt || known.current.has(key)) continue;
      known.current.add(key);
      // What was late when the page was opened is seen in the list, and told of by no one.
      if (isFirst || !concerns(clock, self)) continue;
      playChime();
      // The head of the open chat counts down before the agent's eyes.
      if (clock.conversationId === desk.store.get().activeId && document.hasFocus()) continue;
      const before = now < named.current.untilMs ? named.current.buyers : [];
      const buyers = [...before.filter((name) => name !== clock.buyerName), clock.buyerName];
      named.current = { buyers, untilMs: now + TOGETHER_MS };
      const text =
        buyers.length === 1
          ? t('clock.noticeWarned', { buyer: clock.buyerName, kind: t(`clock.${clock.kind}`) })
          : t('clock.noticeSeveral', { count: buyers.length, buyers: nameSome(buyers) });
      desk.notify('trouble', text, 'clocks');
    }
  }, [clocks, self, now, desk, t]);
}

function nameSome(buyers: readonly string[]): string {
  return `${buyers.slice(0, MOST_NAMED).join('、')}${buyers.length > MOST_NAMED ? '…' : ''}`;
}

function concerns({ warns, agentId }: ClockView, self: AgentSelf): boolean {
  if (warns === 'supervisors') return self.role === 'supervisor';
  return warns === 'everybody' || agentId === undefined || agentId === self.id;
}
