import { useState } from 'react';
import type { ClockKind, ClockSettings } from '../../../protocol/clocks.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { useSave } from '../use-save.tsx';
import { OnCallCard } from './on-call-card.tsx';

const KINDS: readonly ClockKind[] = ['firstReply', 'platform', 'afterSale', 'logistics', 'answer', 'logisticsCase'];
const WARNED = ['assigned', 'everybody', 'supervisors'] as const;
const RUNS = ['duty', 'always'] as const;
const UNITS = { seconds: 1, minutes: 60, hours: 3600 } as const;
type Unit = keyof typeof UNITS;

/** Limits of the response clocks, and whom an emergency wakes. */
export function ClocksPage() {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const [edited, setEdited] = useState<ClockSettings>();
  const { problem, attempt } = useSave();
  const clocks = edited ?? (settings.parts.clocks as ClockSettings);

  async function onSave(value: ClockSettings | undefined): Promise<void> {
    if (await attempt(() => save('clocks', value))) setEdited(undefined);
  }

  return (
    <>
      <section className="settings-card">
        <h2>{t('clocks.title')}</h2>
        <p className="faint">{t('settings.clocks.lead')}</p>
        <div className="clocks-scroll">
          <table className="board-table">
            <thead>
              <tr>
                <th scope="col">{t('clocks.kind')}</th>
                <th scope="col">{t('settings.clocks.on')}</th>
                <th scope="col">{t('settings.clocks.limit')}</th>
                <th scope="col">{t('settings.clocks.warnAt')}</th>
                <th scope="col">{t('settings.clocks.runs')}</th>
                <th scope="col">{t('settings.clocks.warns')}</th>
                <th scope="col">{t('settings.clocks.escalates')}</th>
              </tr>
            </thead>
            <tbody>
              {KINDS.map((kind) => (
                <ClockRow
                  key={kind}
                  kind={kind}
                  rule={clocks[kind]}
                  onChange={(rule) => setEdited({ ...clocks, [kind]: rule })}
                />
              ))}
            </tbody>
          </table>
        </div>
        {problem !== undefined && (
          <p className="settings-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="settings-fields">
          <ActionButton look="main" isDisabled={!edited} onPress={() => void onSave(edited)}>
            {t('settings.save')}
          </ActionButton>
          <ActionButton look="quiet" onPress={() => void onSave(undefined)}>
            {t('settings.clocks.default')}
          </ActionButton>
        </div>
      </section>
      <OnCallCard />
    </>
  );
}

type Rule = ClockSettings[ClockKind];

function ClockRow({ kind, rule, onChange }: { kind: ClockKind; rule: Rule; onChange(rule: Rule): void }) {
  const { t } = useLanguage();
  const name = t(`clock.${kind}`);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <input
          type="checkbox"
          aria-label={`${name}：${t('settings.clocks.on')}`}
          checked={rule.enabled}
          onChange={({ target }) => onChange({ ...rule, enabled: target.checked })}
        />
      </td>
      <td>
        <Limit name={name} limitS={rule.limitS} onChange={(limitS) => onChange({ ...rule, limitS })} />
      </td>
      <td>
        <input
          className="input clocks-figure"
          type="number"
          min={10}
          max={99}
          aria-label={`${name}：${t('settings.clocks.warnAt')}`}
          value={Math.round(rule.warnShare * 100)}
          onChange={({ target }) => onChange({ ...rule, warnShare: Number(target.value) / 100 })}
        />
      </td>
      <td>
        <select
          className="input"
          aria-label={`${name}：${t('settings.clocks.runs')}`}
          value={rule.runs}
          onChange={({ target }) => onChange({ ...rule, runs: target.value as Rule['runs'] })}
        >
          {RUNS.map((runs) => (
            <option key={runs} value={runs}>
              {t(`settings.clocks.runs.${runs}`)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <select
          className="input"
          aria-label={`${name}：${t('settings.clocks.warns')}`}
          value={rule.warns}
          onChange={({ target }) => onChange({ ...rule, warns: target.value as Rule['warns'] })}
        >
          {WARNED.map((warns) => (
            <option key={warns} value={warns}>
              {t(`settings.clocks.warns.${warns}`)}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={`${name}：${t('settings.clocks.escalates')}`}
          checked={rule.escalates}
          onChange={({ target }) => onChange({ ...rule, escalates: target.checked })}
        />
      </td>
    </tr>
  );
}

/** A limit in the largest unit that holds it whole, or in the one that was chosen. */
function Limit({ name, limitS, onChange }: { name: string; limitS: number; onChange(limitS: number): void }) {
  const { t } = useLanguage();
  const [chosen, setChosen] = useState<Unit>();
  const fitting = (['hours', 'minutes'] as const).find((unit) => limitS >= UNITS[unit] && limitS % UNITS[unit] === 0);
  const unit = chosen ?? fitting ?? 'seconds';
  return (
    <span className="clocks-limit">
      <input
        className="input clocks-figure"
        type="number"
        min={1}
        aria-label={`${name}：${t('settings.clocks.limit')}`}
        value={limitS / UNITS[unit]}
        onChange={({ target }) => onChange(Math.round(Number(target.value) * UNITS[unit]))}
      />
      <select
        className="input"
        aria-label={`${name}：${t('settings.clocks.unit')}`}
        value={unit}
        onChange={({ target }) => {
          const next = target.value as Unit;
          setChosen(next);
          onChange(Math.round((limitS / UNITS[unit]) * UNITS[next]));
        }}
      >
        {(['seconds', 'minutes', 'hours'] as const).map((one) => (
          <option key={one} value={one}>
            {t(`settings.clocks.${one}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
