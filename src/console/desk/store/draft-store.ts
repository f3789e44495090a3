/** Unsent texts, one per conversation; they outlive a reload of the page. */
import type { Verdict } from '../../../protocol/turn.ts';

/** What stands in the composer of one conversation. */
export interface Draft {
  text: string;
  /** The suggestion the text came from; the desk decides at sending whether it was edited. */
  suggestion?: { id: string; position: number };
  /** The gate's refusal of exactly `text`, by a grant or without; the next change of the text forgets it. */
  refused?: { verdict: Verdict; approvalId?: string };
}

/** Drafts by conversation. */
export interface DraftStore {
  get(conversationId: string): Draft;
  set(conversationId: string, draft: Draft): void;
  /** Puts a refused text back, before anything that was typed since. */
  giveBack(conversationId: string, draft: Draft): void;
  subscribe(listener: () => void): () => void;
}

const nothing: Draft = { text: '' };

/**
 * Creates the store.
 *
 * @param owner id of the agent, so that two agents at one machine do not find each other's drafts
 */
export function createDraftStore(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  owner: () => string,
): DraftStore {
  const drafts = new Map<string, Draft>();
  const listeners = new Set<() => void>();
  const keyOf = (conversationId: string) => `huashu.draft.${owner()}.${conversationId}`;

  function get(conversationId: string): Draft {
    const key = keyOf(conversationId);
    const held = drafts.get(key);
    if (held) return held;
    const draft = readDraft(storage.getItem(key));
    drafts.set(key, draft);
    return draft;
  }

  function set(conversationId: string, draft: Draft): void {
    const key = keyOf(conversationId);
    drafts.set(key, draft);
    const { refused: _refused, ...kept } = draft;
    if (draft.text === '') storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(kept));
    for (const listener of listeners) listener();
  }

  return {
    get,
    set,
    giveBack(conversationId, draft) {
      const typed = get(conversationId).text;
      set(conversationId, typed === '' ? draft : { text: `${draft.text}\n${typed}` });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readDraft(stored: string | null): Draft {
  if (stored === null) return nothing;
  try {
    const draft = JSON.parse(stored) as Partial<Draft>;
    return typeof draft.text === 'string' ? { ...draft, text: draft.text } : nothing;
  } catch {
    return nothing;
  }
}
