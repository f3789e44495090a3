import { useId } from 'react';
import type { DemoBody } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';

const VISITOR = '';

/** Chooses which demo buyer one is; a new visitor is nobody the shop knows. */
export function BuyerPicker({
  demo,
  buyer,
  onBecome,
}: {
  demo: DemoBody;
  buyer: string | undefined;
  onBecome(buyer: string | undefined): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <span className="picker">
      <label htmlFor={id}>{t('shop.who')}</label>
      <select
        id={id}
        className="input"
        value={buyer ?? VISITOR}
        onChange={({ target }) => onBecome(target.value === VISITOR ? undefined : target.value)}
      >
        {demo.buyers.map((it) => (
          <option key={it.id} value={it.id}>
            {`${it.name} · ${it.about}`}
          </option>
        ))}
        <option value={VISITOR}>{t('shop.visitor')}</option>
      </select>
    </span>
  );
}
