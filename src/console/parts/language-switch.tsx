import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from './action-button.tsx';

/** Changes between Chinese and English; the button names the other language in its own words. */
export function LanguageSwitch() {
  const { language, setLanguage } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <ActionButton look="quiet" onPress={() => setLanguage(other)}>
      <span lang={other === 'zh' ? 'zh-Hans' : 'en'}>{other === 'zh' ? '中文' : 'English'}</span>
    </ActionButton>
  );
}
