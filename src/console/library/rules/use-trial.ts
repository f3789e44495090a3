import { useEffect, useState } from 'react';
import { libraryApi, type TriedGateRules } from '../library-api.ts';
import { type RulesForm, rulesOf } from './rules-form.ts';

const PAUSE_MS = 350;
/** As many texts as one trial judges. */
const MOST_TEXTS = 20;

/** A trial and the texts it judged. */
export type Trial = TriedGateRules & { texts: readonly string[] };

/** Judges the lines of a text by rules that are not in force, a moment after the last change of either. */
export function useTrial(form: RulesForm, lines: string): Trial | undefined {
  const [trial, setTrial] = useState<Trial>();
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const typed = lines.split('\n').filter((line) => line.trim() !== '');
      const texts = [...new Set(typed)].slice(0, MOST_TEXTS);
      libraryApi.tryGateRules(rulesOf(form), texts, abort.signal).then(
        (tried) => setTrial({ ...tried, texts }),
        (error: Error) => {
          if (!abort.signal.aborted) console.debug('trial', error.message);
        },
      );
    }, PAUSE_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [form, lines]);
  return trial;
}
