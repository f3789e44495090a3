import { type ReactNode, useId, useState } from 'react';
import type { LedgerQuery, LedgerRow } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { ruleName } from '../../parts/follow-up-words.ts';

const STATES: readonly LedgerRow['state'][] = ['planned', 'claimed', 'sent', 'cancelled', 'skipped', 'failed'];
const RULES = Array.from({ length: 49 }, (_, at) => `FU-${String(at + 1).padStart(2, '0')}`);
const EMPTY = { rule: '', state: '', orderId: '', buyerId: '', day: '' };

/** Which rows are wanted; found with Enter. */
export function LedgerFilters({ onFind }: { onFind(query: LedgerQuery): void }) {
  const { t } = useLanguage();
  const [form, setForm] = useState(EMPTY);
  const set = (name: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [name]: value });

  function find(wanted: typeof EMPTY): void {
    setForm(wanted);
    const given = Object.entries(wanted).flatMap(([name, value]) =>
      value.trim() === '' ? [] : [[name, value.trim()]],
    );
    onFind(Object.fromEntries(given) as LedgerQuery);
  }

  return (
    <form
      className="ledger-filters"
      onSubmit={(event) => {
        event.preventDefault();
        find(form);
      }}
    >
      <Choice label={t('ledger.rule')} value={form.rule} onChange={set('rule')}>
        {RULES.map((rule) => (
          <option key={rule} value={rule}>
            {ruleName(rule, t)}
          </option>
        ))}
      </Choice>
      <Choice label={t('ledger.state')} value={form.state} onChange={set('state')}>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {t(`followUp.${state}`)}
          </option>
        ))}
      </Choice>
      <Text label={t('ledger.order')} value={form.orderId} onChange={set('orderId')} />
      <Text label={t('ledger.buyer')} value={form.buyerId} onChange={set('buyerId')} />
      <Text label={t('ledger.day')} type="date" value={form.day} onChange={set('day')} />
      <ActionButton type="submit" look="main">
        {t('ledger.find')}
      </ActionButton>
      <ActionButton look="quiet" onPress={() => find(EMPTY)}>
        {t('ledger.clear')}
      </ActionButton>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
}

function Choice({ label, value, onChange, children }: FieldProps & { children: ReactNode }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{t('ledger.any')}</option>
        {children}
      </select>
    </div>
  );
}

function Text({ label, value, onChange, type = 'text' }: FieldProps & { type?: 'text' | 'date' }) {
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        className="input"
        maxLength={64}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
