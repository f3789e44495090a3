import { type ReactNode, StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { LanguageProvider, useLanguage } from '../i18n/language.tsx';
import '../theme/page.ts';

/** Puts a page into its document, in the reader's language. */
export function mountPage(page: ReactNode): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('the document has no #root');
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <AriaLanguage>{page}</AriaLanguage>
      </LanguageProvider>
    </StrictMode>,
  );
}

/** Gives the components' own words ("close", "dismiss") the page's language. */
function AriaLanguage({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  return <I18nProvider locale={language === 'zh' ? 'zh-CN' : 'en-GB'}>{children}</I18nProvider>;
}
