import { useState } from 'react';
import type { GoodsSettings } from '../../../protocol/goods.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';

/** Where the catalogue is read from by itself. */
export function SourceCard() {
  const { t } = useLanguage();
  const { settings, save, notify } = useSettings();
  const saved = settings.parts.goods as GoodsSettings | undefined;
  const [url, setUrl] = useState<string>();
  const [minutes, setMinutes] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const shownUrl = url ?? saved?.sourceUrl ?? '';
  const shownMinutes = minutes ?? String(saved?.everyMinutes ?? 5);

  async function onSave(): Promise<void> {
    const sourceUrl = shownUrl.trim();
    try {
      await save('goods', sourceUrl === '' ? undefined : { sourceUrl, everyMinutes: Number(shownMinutes) });
      setUrl(undefined);
      setMinutes(undefined);
      setProblem(undefined);
      notify('info', t('settings.saved'));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <section className="settings-card" aria-label={t('goods.source')}>
      <h2>{t('goods.source')}</h2>
      <p className="faint">{t('goods.sourceLead')}</p>
      <form
        className="settings-fields"
        onSubmit={(event) => {
          event.preventDefault();
          void onSave();
        }}
      >
        <label className="settings-field">
          <span>{t('goods.sourceUrl')}</span>
          <input
            className="input goods-url"
            value={shownUrl}
            placeholder="https://…/goods.json"
            onChange={({ target }) => setUrl(target.value)}
          />
        </label>
        <label className="settings-field">
          <span>{t('goods.everyMinutes')}</span>
          <input
            className="input"
            inputMode="numeric"
            value={shownMinutes}
            onChange={({ target }) => setMinutes(target.value)}
          />
        </label>
        <ActionButton type="submit">{t('settings.save')}</ActionButton>
      </form>
      {problem !== undefined && (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
