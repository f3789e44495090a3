/** The modes as the page edits them: rules of their own first, then one cell for family, hours and risk. */
import type { Risk } from '../../../protocol/card-risk.ts';
import type { ModeRule, Modes } from '../../../protocol/modes.ts';
import { DELAY_SEC, INTENT_FAMILIES } from './vocabulary.ts';

/** Hours of a cell. */
export const CELL_HOURS = ['on_duty', 'off_hours'] as const;
export type CellHours = (typeof CELL_HOURS)[number];
/** A family of intents. */
export type Family = (typeof INTENT_FAMILIES)[number];
/** Where a cell stands. */
export interface CellPlace {
  family: Family;
  hours: CellHours;
  risk: Risk;
}
/** What a cell says. */
export type Cell = Pick<ModeRule, 'mode' | 'delaySec' | 'settlesOwed'>;

/** Everything the page edits. */
export interface ModesForm extends Pick<Modes, 'debounceSec' | 'withAway'> {
  special: ModeRule[];
  cells: ReadonlyMap<string, Cell>;
}

/** A cell nobody has set. */
export const PLAIN_CELL: Cell = { mode: 'suggest', delaySec: DELAY_SEC.default, settlesOwed: false };

/** Key of a cell. */
export function cellKey({ family, hours, risk }: CellPlace): string {
  return `${family} ${hours} ${risk}`;
}

/** Reads saved modes: the rules behind the last one that is no cell fill the table. */
export function readForm({ rules, debounceSec, withAway }: Modes): ModesForm {
  const places = rules.map(placeOf);
  const seen = new Set<string>();
  let from = rules.length;
  while (from > 0) {
    const place = places[from - 1];
    if (!place || seen.has(cellKey(place))) break;
    seen.add(cellKey(place));
    from--;
  }
  const cells = new Map<string, Cell>();
  for (const [at, { mode, delaySec, settlesOwed }] of rules.entries()) {
    const place = places[at];
    if (at >= from && place) cells.set(cellKey(place), { mode, delaySec, settlesOwed });
  }
  return { special: rules.slice(0, from), cells, debounceSec, withAway };
}

/** Back to what is saved; cells that only suggest need no rule. */
export function writeForm({ special, cells, debounceSec, withAway }: ModesForm): Modes {
  const rules = [...cells].flatMap(([key, cell]): ModeRule[] => {
    const [family, hours, risk] = key.split(' ') as [Family, CellHours, Risk];
    return cell.mode === 'suggest' ? [] : [{ intents: [`INT-${family}-*`], risk, hours, ...cell }];
  });
  return { rules: [...special, ...rules], debounceSec, withAway };
}

function placeOf({ intents, risk, hours, cards }: ModeRule): CellPlace | undefined {
  const family = INTENT_FAMILIES.find((one) => intents.length === 1 && intents[0] === `INT-${one}-*`);
  return family && hours !== 'both' && cards === undefined ? { family, hours, risk } : undefined;
}
