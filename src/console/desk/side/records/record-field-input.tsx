import { useId, useState } from 'react';
import type { DeskRecord } from '../../../../protocol/desk-records.ts';
import { formatMoment } from '../../../i18n/format.ts';
import { useLanguage } from '../../../i18n/language.tsx';
import type { MessageKey } from '../../../i18n/zh.ts';
import { useNow } from '../../../parts/use-now.ts';
import type { RecordField } from './record-fields.ts';
import type { Records } from './use-records.ts';

/** One field of a record: what stands in it, who entered it, and a control that enters another value at once. */
export function RecordFieldInput({ field, records }: { field: RecordField; records: Records }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const id = useId();
  const { group, name } = field;
  const record = records.view.records.find((one) => one.group === group);
  const fed = (records.view.fed[group]?.value as Record<string, unknown> | undefined)?.[name];
  const value = record?.value[name] ?? fed;
  const entry = record?.entered[name];
  return (
    <div className="record-field">
      <label htmlFor={id}>{t(`field.${group}.${name}` as MessageKey)}</label>
      <FieldControl
        key={String(value)}
        id={id}
        field={field}
        value={value}
        records={records}
        isFed={fed !== undefined}
      />
      {fed !== undefined && <span className="faint record-by">{t('records.fed')}</span>}
      {fed === undefined && entry && (
        <span className="faint record-by">
          {entry.name} · <span className="figures">{formatMoment(entry.at, now, language)}</span>
        </span>
      )}
    </div>
  );
}

interface ControlProps {
  id: string;
  field: RecordField;
  value: DeskRecord['value'][string];
  records: Records;
  /** A system told it: a person does not write over it. */
  isFed: boolean;
}

function FieldControl({ id, field: { group, name, kind }, value, records, isFed }: ControlProps) {
  const { t } = useLanguage();
  const shown = toText(value, kind);
  const [text, setText] = useState(shown);
  const enter = (given: string) => {
    if (given !== shown) void records.enter(group, { [name]: fromText(given, kind) });
  };
  if (kind === 'yesno' || typeof kind === 'object') {
    const values = kind === 'yesno' ? ['yes', 'no'] : kind;
    const label = (one: string) =>
      t((kind === 'yesno' ? `value.${one}` : `value.${group}.${name}.${one}`) as MessageKey);
    return (
      <select
        id={id}
        className="input"
        value={shown}
        disabled={isFed || records.busy}
        onChange={({ target }) => enter(target.value)}
      >
        <option value="">{t('records.unknown')}</option>
        {values.map((one) => (
          <option key={one} value={one}>
            {label(one)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <input
      id={id}
      className="input"
      type={kind === 'time' ? 'datetime-local' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      placeholder={kind === 'list' ? t('records.listHint') : undefined}
      value={text}
      readOnly={isFed}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => enter(text)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') enter(text);
        if (event.key === 'Escape' && text !== shown) {
          event.preventDefault();
          setText(shown);
        }
      }}
    />
  );
}

const two = (n: number) => String(n).padStart(2, '0');

/** A value as its control shows it. */
function toText(value: unknown, kind: RecordField['kind']): string {
  if (value === undefined || value === null) return '';
  if (kind === 'yesno') return value === true ? 'yes' : 'no';
  if (kind === 'list') return (value as string[]).join('；');
  if (kind !== 'time') return String(value);
  const at = new Date(String(value));
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What a control holds as a value; `undefined`: nothing. The desk says what is wrong with the rest. */
function fromText(text: string, kind: RecordField['kind']): unknown {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (kind === 'yesno') return trimmed === 'yes';
  if (kind === 'number') return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
  if (kind === 'list') return trimmed.split(/[；;，,]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return kind === 'time' ? new Date(trimmed).toISOString() : trimmed;
}
