import { useEffect, useState } from 'react';
import type { FoundScript } from '../../protocol/http.ts';
import { deskApi } from './store/desk-api.ts';

const PAUSE_MS = 120;

/** Scripts found for a query (code, words, pinyin initials); `undefined` while nothing is searched or known yet. */
export function useScriptSearch(
  query: string | undefined,
  conversationId: string | undefined,
): FoundScript[] | undefined {
  const [found, setFound] = useState<FoundScript[]>();
  useEffect(() => {
    if (query === undefined) {
      setFound(undefined);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setFound((await deskApi.searchScripts(query, conversationId, abort.signal)).scripts);
      } catch (error) {
        if (!abort.signal.aborted) console.debug('script search', (error as Error).message);
      }
    }, PAUSE_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [query, conversationId]);
  return found;
}
