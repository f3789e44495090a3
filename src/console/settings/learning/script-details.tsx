import type { LearntScript, ShowingCounts } from '../../../protocol/learning.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { type MessageKey, zh } from '../../i18n/zh.ts';
import { COUNTS, rateOf } from './outcome-figures.ts';

/** Outcomes of a script by wording and by situation. */
export function ScriptDetails({ script }: { script: LearntScript }) {
  const { t } = useLanguage();
  const known = (key: string, otherwise: string) => (key in zh ? t(key as MessageKey) : otherwise);
  return (
    <div className="learning-details">
      <Figures
        title={t('learning.script')}
        rows={script.variants.map(({ variant, text, counts }) => ({
          name: text ?? t('learning.variant', { number: variant + 1 }),
          counts,
        }))}
      />
      <Figures
        title={t('learning.place')}
        rows={script.contexts.map(({ matter, order, buyer, counts }) => ({
          name: t('learning.placeOf', {
            matter: known(`modes.family.${matter.replace('INT-', '')}`, matter),
            order: t(`learning.order.${order}`),
            buyer: known(`type.${buyer}`, t('learning.buyer.unknown')),
          }),
          counts,
        }))}
      />
    </div>
  );
}

function Figures({ title, rows }: { title: string; rows: readonly { name: string; counts: ShowingCounts }[] }) {
  const { t } = useLanguage();
  return (
    <table className="learning-table">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          {COUNTS.map((count) => (
            <th key={count} scope="col" className="learning-number">
              {t(`learning.${count}`)}
            </th>
          ))}
          <th scope="col" className="learning-number">
            {t('learning.rate')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counts }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {COUNTS.map((count) => (
              <td key={count} className="figures learning-number">
                {counts[count]}
              </td>
            ))}
            <td className="figures learning-number">{rateOf(counts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
