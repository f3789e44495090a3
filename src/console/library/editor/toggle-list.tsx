import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

/** A list of things out of few: each is a button that is on or off. */
export function ToggleList<T extends string>({
  label,
  all,
  chosen,
  nameOf,
  visibleLabel = true,
  onChange,
}: {
  label: string;
  all: readonly T[];
  chosen: readonly T[];
  nameOf(word: string): string;
  visibleLabel?: boolean;
  onChange(chosen: T[]): void;
}) {
  return (
    <div className="field">
      {visibleLabel && <span className="field-label">{label}</span>}
      <ToggleButtonGroup
        className="toggles"
        aria-label={label}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChange(all.filter((word) => keys.has(word)))}
      >
        {all.map((word) => (
          <ToggleButton key={word} id={word} className="toggle">
            {nameOf(word)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
