import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import { type MessageKey, zh } from './zh.ts';

/** Languages of the pages. Chinese is the first. */
export type Language = 'zh' | 'en';
/** Puts a sentence into the reader's language; `{name}` in it is replaced by `values.name`. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

const dictionaries: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { zh, en };
const storageKey = 'huashu.language';

interface LanguageContextValue {
  language: Language;
  t: Translate;
  setLanguage(language: Language): void;
}

const LanguageContext = createContext<LanguageContextValue | undefined>(undefined);

/** Puts a sentence together. */
export function translate(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return dictionaries[language][key].replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}

/** Gives a page its language: the one chosen last, else Chinese. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(() => (localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh'));
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  }, [language]);
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(storageKey, next);
    choose(next);
  }, []);
  const value = useMemo(
    () => ({ language, setLanguage, t: ((key, values) => translate(language, key, values)) as Translate }),
    [language, setLanguage],
  );
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

/** The page's language. */
export function useLanguage(): LanguageContextValue {
  const value = use(LanguageContext);
  if (!value) throw new Error('useLanguage must be called below a LanguageProvider');
  return value;
}
