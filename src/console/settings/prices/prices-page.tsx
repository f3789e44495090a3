import { useState } from 'react';
import type { DiscountSettings } from '../../../protocol/discounts.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { NumberField, readFigure } from '../number-field.tsx';
import { useSettings } from '../settings-context.tsx';
import { SaveProblem, useSave } from '../use-save.tsx';

/** Legal figures; the desk checks them again. */
const LEGAL = { authority: [0, 10_000], answer: [1, 240], valid: [5, 10_080] } as const;
type Field = keyof typeof LEGAL;

/** What agents may give away, and how a supervisor is asked for more. @see POL-01, FU-45 */
export function PricesPage() {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const shop = (settings.parts.shop ?? {}) as { authorityYuan?: number };
  const discounts = settings.parts.discounts as DiscountSettings;
  const saved: Record<Field, number> = {
    authority: shop.authorityYuan ?? 20,
    answer: discounts.answerMinutes,
    valid: discounts.validMinutes,
  };
  const [edited, setEdited] = useState<Partial<Record<Field, string>>>({});
  const { problem, attempt } = useSave();
  const figure = (field: Field) => {
    const [from, to] = LEGAL[field];
    return readFigure(edited[field] ?? String(saved[field]), from, to);
  };
  const problemOf = (field: Field) =>
    figure(field) === undefined ? t('prices.legal', { from: LEGAL[field][0], to: LEGAL[field][1] }) : undefined;

  async function onSave(): Promise<void> {
    const authorityYuan = figure('authority');
    const answerMinutes = figure('answer');
    const validMinutes = figure('valid');
    if (authorityYuan === undefined || answerMinutes === undefined || validMinutes === undefined) return;
    const saving = async () => {
      if (authorityYuan !== saved.authority) await save('shop', { ...shop, authorityYuan });
      if (answerMinutes !== saved.answer || validMinutes !== saved.valid) {
        await save('discounts', { answerMinutes, validMinutes });
      }
    };
    if (await attempt(saving)) setEdited({});
  }

  const field = (name: Field, note: string) => (
    <NumberField
      label={t(`prices.${name}`)}
      note={note}
      value={edited[name] ?? String(saved[name])}
      problem={problemOf(name)}
      onChange={(text) => setEdited((before) => ({ ...before, [name]: text }))}
    />
  );
  const isChanged = (Object.keys(edited) as Field[]).some((name) => edited[name] !== String(saved[name]));
  return (
    <form
      className="settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
    >
      <h2>{t('prices.tab')}</h2>
      <p className="faint">{t('prices.lead')}</p>
      <div className="settings-fields">
        {field('authority', t('prices.yuan'))}
        {field('answer', t('prices.minutes'))}
        {field('valid', t('prices.minutes'))}
      </div>
      <p>
        <ActionButton type="submit" look="main" isDisabled={!isChanged}>
          {t('settings.save')}
        </ActionButton>
      </p>
      <SaveProblem problem={problem} />
    </form>
  );
}
