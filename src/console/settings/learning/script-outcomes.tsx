import { useId, useState } from 'react';
import type { LearningView, LearntScript } from '../../../protocol/learning.ts';
import { scriptTitle } from '../../desk/catalogue.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useSettings } from '../settings-context.tsx';
import { COUNTS, rateOf, showEffect } from './outcome-figures.ts';
import { ResetDialog } from './reset-dialog.tsx';
import { ScriptDetails } from './script-details.tsx';

const SORTS = ['newest', 'effect'] as const;
type Sort = (typeof SORTS)[number];

/** Every script with what became of it; the details open below its row. */
export function ScriptOutcomes({
  view,
  onReset,
}: {
  view: LearningView;
  onReset(scriptId: string | undefined): Promise<void>;
}) {
  const { t } = useLanguage();
  const titleId = useId();
  const sortId = useId();
  const [sort, setSort] = useState<Sort>('newest');
  const [open, setOpen] = useState<string>();
  const scripts =
    sort === 'newest' ? view.scripts : view.scripts.toSorted((a, b) => Math.abs(b.bonus) - Math.abs(a.bonus));
  return (
    <section className="settings-card" aria-labelledby={titleId}>
      <div className="learning-head">
        <h2 id={titleId}>
          {t('learning.scripts')} <span className="count count-calm">{scripts.length}</span>
        </h2>
        <span className="learning-sort">
          <label htmlFor={sortId}>{t('learning.sort')}</label>
          <select id={sortId} className="input" value={sort} onChange={({ target }) => setSort(target.value as Sort)}>
            {SORTS.map((name) => (
              <option key={name} value={name}>
                {t(`learning.sort.${name}`)}
              </option>
            ))}
          </select>
        </span>
        <ResetDialog label={t('learning.resetAll')} look="plain" onConfirm={() => onReset(undefined)}>
          {t('learning.resetAllLead')}
        </ResetDialog>
      </div>
      {scripts.length === 0 && <p className="empty">{t('learning.noScripts')}</p>}
      {scripts.length > 0 && (
        <div className="learning-scroll">
          <table className="learning-table" aria-labelledby={titleId}>
            <thead>
              <tr>
                <th scope="col">{t('learning.script')}</th>
                {COUNTS.map((name) => (
                  <th key={name} scope="col" className="learning-number">
                    {t(`learning.${name}`)}
                  </th>
                ))}
                <th scope="col" className="learning-number">
                  {t('learning.rate')}
                </th>
                <th scope="col">{t('learning.effect')}</th>
                <th scope="col">{t('learning.lastAt')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('learning.action')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {scripts.map((script) => {
                const key = `${script.scriptId}@${script.version}`;
                return (
                  <OutcomeRow
                    key={key}
                    view={view}
                    script={script}
                    isOpen={open === key}
                    onToggle={() => setOpen(open === key ? undefined : key)}
                    onReset={onReset}
                  />
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function OutcomeRow({
  view,
  script,
  isOpen,
  onToggle,
  onReset,
}: {
  view: LearningView;
  script: LearntScript;
  isOpen: boolean;
  onToggle(): void;
  onReset(scriptId: string): Promise<void>;
}) {
  const { t, language } = useLanguage();
  const { names } = useSettings();
  const now = useNow();
  const detailsId = useId();
  const { scriptId, version, inForce, counts } = script;
  const name = scriptTitle(names, scriptId, language);
  const effect = showEffect(script, view);
  return (
    <>
      <tr>
        <th scope="row">
          <ActionButton
            look="link"
            aria-expanded={isOpen}
            {...(isOpen ? { 'aria-controls': detailsId } : {})}
            aria-label={t('learning.details', { name })}
            onPress={onToggle}
          >
            {name}
          </ActionButton>{' '}
          <span className="code faint">{scriptId}</span>{' '}
          <span className="learning-small">
            {t('learning.version', { version })}
            {!inForce && ` · ${t('learning.notInForce')}`}
          </span>
        </th>
        {COUNTS.map((count) => (
          <td key={count} className="figures learning-number">
            {counts[count]}
          </td>
        ))}
        <td className="figures learning-number">{rateOf(counts)}</td>
        <td className={effect.look}>{t(effect.key, effect.values)}</td>
        <td className="faint figures">{formatMoment(script.lastAt, now, language)}</td>
        <td>
          <ResetDialog
            label={t('learning.reset')}
            name={t('learning.resetOf', { name })}
            look="link"
            onConfirm={() => onReset(scriptId)}
          >
            {t('learning.resetLead', { name })}
          </ResetDialog>
        </td>
      </tr>
      {isOpen && (
        <tr id={detailsId}>
          <td colSpan={COUNTS.length + 5}>
            <ScriptDetails script={script} />
          </td>
        </tr>
      )}
    </>
  );
}
