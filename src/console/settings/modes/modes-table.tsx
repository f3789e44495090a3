import { useLanguage } from '../../i18n/language.tsx';
import { CELL_HOURS, type Cell, type CellPlace, cellKey, type ModesForm, PLAIN_CELL } from './modes-form.ts';
import { DELAY_SEC, INTENT_FAMILIES, RISKS, SENDING_MODES, whyNot } from './vocabulary.ts';

/** Hours and risks in which something may leave without a person; everywhere else people send. */
const COLUMNS = CELL_HOURS.flatMap((hours) => RISKS.map((risk) => ({ hours, risk }))).filter((place) =>
  SENDING_MODES.some((mode) => mode !== 'suggest' && whyNot({ ...place, mode }) === undefined),
);

/** A mode for every family of intents, by hours and risk; what is never possible is a sentence, not a choice. */
export function ModesTable({ form, onChange }: { form: ModesForm; onChange(form: ModesForm): void }) {
  const { t } = useLanguage();
  return (
    <div className="modes-scroll">
      <table className="board-table modes-table">
        <caption className="visually-hidden">{t('modes.table')}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('modes.family')}
            </th>
            {CELL_HOURS.map((hours) => (
              <th key={hours} scope="colgroup" colSpan={COLUMNS.filter((it) => it.hours === hours).length}>
                {t(`modes.hours.${hours}`)}
              </th>
            ))}
          </tr>
          <tr>
            {COLUMNS.map(({ hours, risk }) => (
              <th key={`${hours}-${risk}`} scope="col">
                {t(`modes.risk.${risk}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {INTENT_FAMILIES.map((family) => (
            <tr key={family}>
              <th scope="row">{t(`modes.family.${family}`)}</th>
              {COLUMNS.map(({ hours, risk }) => (
                <td key={`${hours}-${risk}`}>
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
          ))}
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
  const because = [...new Set(reasons.flatMap(([, why]) => (why ? [t(`modes.why.${why}`)] : [])))].join('；');
  return (
    <span className="modes-cell">
      <select
        className="input"
        aria-label={because === '' ? name : `${name}。${because}`}
        title={because === '' ? undefined : because}
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
