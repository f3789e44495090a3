import { useLanguage } from '../../i18n/language.tsx';
import { CELL_HOURS, type Cell, type CellPlace, cellKey, type ModesForm, PLAIN_CELL } from './modes-form.ts';
import { DELAY_SEC, INTENT_FAMILIES, RISKS, SENDING_MODES, whyNot } from './vocabulary.ts';

/** A mode for every family of intents, hours and risk; what is never possible is disabled and says why. */
export function ModesTable({ form, onChange }: { form: ModesForm; onChange(form: ModesForm): void }) {
  const { t } = useLanguage();
  return (
    <div className="modes-scroll">
      <table className="board-table modes-table">
        <caption className="visually-hidden">{t('modes.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('modes.family')}</th>
            <th scope="col">{t('modes.hours')}</th>
            {RISKS.map((risk) => (
              <th key={risk} scope="col">
                {t(`modes.risk.${risk}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {INTENT_FAMILIES.flatMap((family) =>
            CELL_HOURS.map((hours) => (
              <tr key={`${family}-${hours}`}>
                <th scope="row">
                  {t(`modes.family.${family}`)} <span className="code faint">{`INT-${family}`}</span>
                </th>
                <td>{t(`modes.hours.${hours}`)}</td>
                {RISKS.map((risk) => (
                  <td key={risk}>
                    <ModeCell
                      place={{ family, hours, risk }}
                      cell={form.cells.get(cellKey({ family, hours, risk })) ?? PLAIN_CELL}
                      onChange={(cell) => {
                        const cells = new Map(form.cells).set(cellKey({ family, hours, risk }), cell);
                        onChange({ ...form, cells });
                      }}
                    />
                  </td>
                ))}
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

function ModeCell({ place, cell, onChange }: { place: CellPlace; cell: Cell; onChange(cell: Cell): void }) {
  const { t } = useLanguage();
  const name = t('modes.cell', {
    family: t(`modes.family.${place.family}`),
    hours: t(`modes.hours.${place.hours}`),
    risk: t(`modes.risk.${place.risk}`),
  });
  const reasons = SENDING_MODES.map((mode) => [mode, whyNot({ ...place, mode })] as const);
  const isFixed = reasons.every(([mode, why]) => mode === 'suggest' || why !== undefined);
  const because = [...new Set(reasons.flatMap(([, why]) => (why ? [t(`modes.why.${why}`)] : [])))].join('；');
  return (
    <span className="modes-cell">
      <select
        className="input"
        aria-label={because === '' ? name : `${name}。${because}`}
        title={because === '' ? undefined : because}
        disabled={isFixed}
        value={cell.mode}
        onChange={({ target }) => onChange({ ...cell, mode: target.value as Cell['mode'] })}
      >
        {reasons.map(([mode, why]) => (
          <option key={mode} value={mode} disabled={why !== undefined}>
            {t(`modes.mode.${mode}`)}
          </option>
        ))}
      </select>
      {cell.mode === 'semi' && (
        <input
          className="input modes-seconds"
          type="number"
          min={DELAY_SEC.least}
          max={DELAY_SEC.most}
          aria-label={`${name}。${t('modes.delay')}`}
          value={cell.delaySec}
          onChange={({ target }) => onChange({ ...cell, delaySec: Number(target.value) })}
        />
      )}
      {cell.mode === 'auto' && place.hours === 'off_hours' && (
        <label className="modes-settles" title={t('modes.settlesOwedTip')}>
          <input
            type="checkbox"
            checked={cell.settlesOwed}
            onChange={({ target }) => onChange({ ...cell, settlesOwed: target.checked })}
          />{' '}
          {t('modes.settlesOwed')}
        </label>
      )}
    </span>
  );
}
