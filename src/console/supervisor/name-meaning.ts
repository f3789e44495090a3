import { type Catalogue, intentName } from '../desk/catalogue.ts';
import type { Language, Translate } from '../i18n/language.tsx';

/** What a message means in words: the names of its intents, or that it is none of the desk's business. */
export function nameMeaning(names: Catalogue, intents: readonly string[], language: Language, t: Translate): string {
  if (intents.length === 0) return t('correct.none');
  return intents
    .map((intent) => (intent === 'unknown' ? t('understood.unsure') : intentName(names, intent, language)))
    .join(' · ');
}
