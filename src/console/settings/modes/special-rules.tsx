import { useId, useState } from 'react';
import type { Risk } from '../../../protocol/card-risk.ts';
import type { ModeRule } from '../../../protocol/modes.ts';
import { intentName } from '../../desk/catalogue.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useSettings } from '../settings-context.tsx';
import { type ModesForm, PLAIN_CELL } from './modes-form.ts';
import { MODE_HOURS, RISKS, SENDING_MODES, whyNot } from './vocabulary.ts';

const FRESH: ModeRule = { intents: ['INT-LOG-01'], risk: 'low', hours: 'on_duty', ...PLAIN_CELL, mode: 'semi' };

/** Rules about single intents, before the table. */
export function SpecialRules({ form, onChange }: { form: ModesForm; onChange(form: ModesForm): void }) {
  const { t, language } = useLanguage();
  const { names } = useSettings();
  const [rule, setRule] = useState(FRESH);
  const problem = whyNot(rule);
  const isThere = form.special.some((one) => JSON.stringify(one) === JSON.stringify(rule));
  const named = (intent: string) => (intent.endsWith('*') ? intent : intentName(names, intent, language));
  return (
    <>
      <h3>{t('modes.special')}</h3>
      <p className="faint">{t('modes.specialLead')}</p>
      {form.special.length === 0 && <p className="faint">{t('modes.specialNone')}</p>}
      <ol className="modes-special">
        {form.special.map((one, at) => (
          <li key={JSON.stringify(one)}>
            <span>
              {one.intents.map(named).join('、')} · {t(`modes.risk.${one.risk}`)} · {t(`modes.hours.${one.hours}`)} ·{' '}
              <b>{t(`modes.mode.${one.mode}`)}</b>
              {one.mode === 'semi' && ` ${one.delaySec}s`}
              {one.cards && ` · ${t('modes.cards', { cards: one.cards.join('、') })}`}
            </span>
            <ActionButton
              look="icon"
              aria-label={t('modes.remove')}
              tip={t('modes.remove')}
              onPress={() => onChange({ ...form, special: form.special.filter((_, other) => other !== at) })}
            >
              <Icon name="close" size={13} />
            </ActionButton>
          </li>
        ))}
      </ol>
      <div className="settings-fields">
        <Choice
          label={t('modes.intent')}
          value={rule.intents[0] ?? ''}
          options={[...names.intents.keys()].map((intent) => [intent, `${intent} ${named(intent)}`])}
          onChoose={(intent) => setRule({ ...rule, intents: [intent] })}
        />
        <Choice
          label={t('modes.risk')}
          value={rule.risk}
          options={RISKS.map((risk) => [risk, t(`modes.risk.${risk}`)])}
          onChoose={(risk) => setRule({ ...rule, risk: risk as Risk })}
        />
        <Choice
          label={t('modes.hours')}
          value={rule.hours}
          options={MODE_HOURS.map((hours) => [hours, t(`modes.hours.${hours}`)])}
          onChoose={(hours) => setRule({ ...rule, hours: hours as ModeRule['hours'] })}
        />
        <Choice
          label={t('modes.mode')}
          value={rule.mode}
          options={SENDING_MODES.map((mode) => [mode, t(`modes.mode.${mode}`)])}
          onChoose={(mode) => setRule({ ...rule, mode: mode as ModeRule['mode'] })}
        />
        <ActionButton
          isDisabled={problem !== undefined || isThere}
          onPress={() => onChange({ ...form, special: [...form.special, rule] })}
        >
          <Icon name="plus" size={13} /> {t('modes.add')}
        </ActionButton>
      </div>
      {problem && (
        <p className="settings-problem" role="status">
          {t(`modes.why.${problem}`)}
        </p>
      )}
    </>
  );
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChoose(value: string): void;
}) {
  const id = useId();
  return (
    <span className="settings-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}
