import { useMemo } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { useLibrary } from '../library-context.tsx';
import type { Offer } from './pick-box.tsx';

/** What the editor's pickers offer, in the reader's language. */
export interface Offers {
  intents: readonly Offer[];
  guards: readonly Offer[];
  slots: readonly Offer[];
  cards: readonly Offer[];
  /** An example of what each slot writes. */
  examples: ReadonlyMap<string, string>;
}

const CARD = /^SCR-\d+$/;

/** Puts the catalogues into the form of the pickers. */
export function useOffers(): Offers {
  const { language } = useLanguage();
  const { names, offers } = useLibrary();
  return useMemo(
    () => ({
      intents: [...names.intents].map(([id, name]) => ({ id, name: name[language] })),
      guards: offers.guards.map(({ name, about }) => ({ id: name, name, about })),
      slots: offers.slots.map(({ name, label, about, example }) => ({
        id: name,
        name,
        about: `${language === 'zh' ? label : about} · ${example}`,
      })),
      cards: [...names.scripts.values()]
        .filter(({ scriptId }) => CARD.test(scriptId))
        .map(({ scriptId, title }) => ({ id: scriptId, name: title[language] })),
      examples: new Map(offers.slots.map(({ name, example }) => [name, example])),
    }),
    [names, offers, language],
  );
}
