import { useId } from 'react';

/** A number that is being edited, as text; `undefined`: as it was saved. */
export interface NumberFieldProps {
  label: string;
  /** Id by which documents name the figure. */
  code?: string;
  /** What stands behind the figure, such as a unit or the default. */
  note?: string;
  value: string;
  problem?: string | undefined;
  onChange(text: string): void;
}

/** A labelled field for one figure. */
export function NumberField({ label, code, note, value, problem, onChange }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="settings-field">
      <label htmlFor={id}>
        {label} {code !== undefined && <span className="code faint">{code}</span>}
      </label>
      <span className="settings-number">
        <input
          id={id}
          className="input figures"
          inputMode="decimal"
          value={value}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={({ target }) => onChange(target.value)}
        />
        {note !== undefined && <span className="faint">{note}</span>}
      </span>
      {problem !== undefined && (
        <span id={`${id}-problem`} className="settings-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

/** A figure as typed; `undefined`: none, or outside what is legal. */
export function readFigure(text: string, min: number, max: number): number | undefined {
  if (!/^\d+(?:\.\d+)?$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}
