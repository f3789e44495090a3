import { useEffect, useState } from 'react';
import type { ScriptBody } from '../../../protocol/library.ts';
import { libraryApi, type ScriptCheck } from '../library-api.ts';

/**
 * What the desk finds wrong with a script, and its wordings with example values.
 *
 * @param body the same object as long as it says the same
 * @param pauseMs how long a text must stand still before it is checked
 */
export function useScriptCheck(body: ScriptBody, pauseMs: number): { check: ScriptCheck | undefined; busy: boolean } {
  const [last, setLast] = useState<{ body: ScriptBody; check: ScriptCheck }>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      libraryApi.check(body, abort.signal).then(
        (check) => setLast({ body, check }),
        (error: Error) => {
          if (!abort.signal.aborted) console.debug('check', error.message);
        },
      );
    }, pauseMs);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [body, pauseMs]);
  return { check: last?.check, busy: last?.body !== body };
}
