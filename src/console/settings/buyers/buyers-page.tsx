import { useEffect, useState } from 'react';
import type { ProfilingSettings, ThresholdList } from '../../../protocol/profiling.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { NumberField, readFigure } from '../number-field.tsx';
import { settingsApi } from '../settings-api.ts';
import { useSettings } from '../settings-context.tsx';
import { SaveProblem, useSave } from '../use-save.tsx';

type Threshold = ThresholdList['thresholds'][number];
/** What a figure is shown in: milliseconds, or hundredths, behind one of it. */
const SCALE: Readonly<Record<Threshold['unit'], number>> = {
  share: 0.01,
  spread: 0.01,
  count: 1,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
};
const SCORE = 'minScore';

/** From when a sign counts as a feature of the buyer. Every figure has its default; none moves a price. @see BT-P3 */
export function BuyersPage() {
  const { t, language } = useLanguage();
  const { settings, save, fail } = useSettings();
  const [list, setList] = useState<ThresholdList>();
  const [edited, setEdited] = useState<Readonly<Record<string, string>>>({});
  const { problem, attempt } = useSave();
  useEffect(() => {
    settingsApi.thresholds().then(setList, fail);
  }, [fail]);
  if (!list) return <p className="empty">{t('loading')}</p>;
  const saved = (settings.parts.profiling ?? {}) as ProfilingSettings;
  const rows: readonly Threshold[] = [
    { ...list.minScore, name: SCORE, feature: 'BT-P2', unit: 'share' },
    ...list.thresholds,
  ];
  const savedOf = ({ name, default: usual }: Threshold): number =>
    (name === SCORE ? saved.minScore : (saved.thresholds as Record<string, number> | undefined)?.[name]) ?? usual;
  const shown = (value: number, unit: Threshold['unit']) => String(Number((value / SCALE[unit]).toFixed(2)));
  const textOf = (row: Threshold) => edited[row.name] ?? shown(savedOf(row), row.unit);
  const read = (row: Threshold) =>
    readFigure(textOf(row), Number(shown(row.min, row.unit)), Number(shown(row.max, row.unit)));
  const changed = rows.filter((row) => textOf(row) !== shown(savedOf(row), row.unit));
  const isLegal = rows.every((row) => read(row) !== undefined);

  async function onSave(next: ProfilingSettings | undefined): Promise<void> {
    if (await attempt(() => save('profiling', next))) setEdited({});
  }

  function inForce(): ProfilingSettings {
    const thresholds: Record<string, number> = {};
    let minScore: number | undefined;
    for (const row of rows) {
      const isChanged = changed.includes(row);
      const value = isChanged ? Number((read(row)! * SCALE[row.unit]).toFixed(4)) : savedOf(row);
      if (value === row.default) continue;
      if (row.name === SCORE) minScore = value;
      else thresholds[row.name] = value;
    }
    return {
      ...(minScore === undefined ? {} : { minScore }),
      ...(Object.keys(thresholds).length === 0 ? {} : { thresholds }),
    };
  }

  return (
    <form
      className="settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed.length > 0 && isLegal) void onSave(inForce());
      }}
    >
      <h2>{t('buyers.tab')}</h2>
      <p className="faint">{t('buyers.lead')}</p>
      <div className="settings-grid">
        {rows.map((row) => (
          <NumberField
            key={row.name}
            label={row[language]}
            code={row.feature}
            note={`${t(`buyers.unit.${row.unit}`)} · ${t('buyers.usual', { value: shown(row.default, row.unit) })}`}
            value={textOf(row)}
            problem={
              read(row) === undefined
                ? t('prices.legal', { from: shown(row.min, row.unit), to: shown(row.max, row.unit) })
                : undefined
            }
            onChange={(text) => setEdited((before) => ({ ...before, [row.name]: text }))}
          />
        ))}
      </div>
      <p className="settings-fields">
        <ActionButton type="submit" look="main" isDisabled={changed.length === 0 || !isLegal}>
          {t('settings.save')}
        </ActionButton>
        <ActionButton look="quiet" onPress={() => void onSave(undefined)}>
          {t('buyers.reset')}
        </ActionButton>
      </p>
      <SaveProblem problem={problem} />
    </form>
  );
}
