import { createContext, type RefObject, use, useSyncExternalStore } from 'react';
import { useStore } from '../client/create-store.ts';
import type { Desk } from './store/create-desk.ts';
import type { DeskState } from './store/desk-state.ts';
import type { Draft } from './store/draft-store.ts';

/** What other panes may do to the composer. */
export interface ComposerHandle {
  /** Puts a text at the cursor; a proposal's origin is reported when the draft is sent. */
  insert(text: string, suggestion?: { id: string; position: number }): void;
  focus(): void;
  /** Begins to ask the supervisor about a blocked text; does nothing while nothing is to be asked. */
  ask(): void;
}

interface DeskContextValue {
  desk: Desk;
  composer: RefObject<ComposerHandle | null>;
}

/** The desk of this page. */
export const DeskContext = createContext<DeskContextValue | undefined>(undefined);

function useDeskContext(): DeskContextValue {
  const value = use(DeskContext);
  if (!value) throw new Error('this component must stand below a DeskContext');
  return value;
}

/** The desk's actions. */
export function useDesk(): Desk {
  return useDeskContext().desk;
}

/** The composer of the open conversation; empty while none is open. */
export function useComposer(): RefObject<ComposerHandle | null> {
  return useDeskContext().composer;
}

/** A part of the desk's state; `select` returns the same reference while nothing changed. */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  return useStore(useDesk().store, select);
}

/** What stands in the composer of a conversation. */
export function useDraft(conversationId: string): Draft {
  const { drafts } = useDesk();
  return useSyncExternalStore(drafts.subscribe, () => drafts.get(conversationId));
}
