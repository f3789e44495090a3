import type { Entity } from '../../protocol/turn.ts';
import { toSimplified } from '../convert-script.ts';
import { extractAddresses } from './extract-address.ts';
import { extractAmounts } from './extract-amounts.ts';
import { extractDates, type Today } from './extract-dates.ts';
import { extractColours, extractMaterials, extractQuantities, extractSizes } from './extract-goods.ts';
import { extractHeights, extractMeasurements, extractWeights } from './extract-measures.ts';
import {
  courierOfNumber,
  extractCouriers,
  extractOrderNumbers,
  extractPhones,
  extractTrackingNumbers,
} from './extract-numbers.ts';
import { extractTimes, extractTimesFromNow } from './extract-times.ts';

/**
 * Reads what a message names, in the order of the text.
 *
 * Where two readings overlap the more certain kind wins (a phone number is no amount);
 * a tracking number of a known form also names its courier, over the same span.
 *
 * @param today what relative days and times count from.
 */
export function extractEntities(text: string, today: Today): Entity[] {
  const folded = foldForm(text);
  const dates = extractDates(folded, today);
  const byCertainty: Entity[] = [
    ...extractTrackingNumbers(folded),
    ...extractPhones(folded),
    ...extractOrderNumbers(folded),
    ...extractCouriers(folded),
    ...extractAddresses(folded),
    ...dates,
    ...extractTimesFromNow(folded, today),
    ...extractHeights(folded),
    ...extractWeights(folded),
    ...extractMeasurements(folded),
    ...extractSizes(folded),
    ...extractAmounts(folded),
    ...extractTimes(folded, today, dates),
    ...extractColours(folded),
    ...extractMaterials(folded),
    ...extractQuantities(folded),
  ];
  const taken: Entity[] = [];
  for (const entity of byCertainty) if (!taken.some((other) => clashes(entity, other))) taken.push(entity);
  for (const number of taken.filter(({ kind }) => kind === 'tracking_no')) {
    const courier = courierOfNumber(String(number.value));
    if (courier && !taken.some(({ kind }) => kind === 'courier'))
      taken.push({ ...number, kind: 'courier', value: courier });
  }
  return taken.map((entity) => asTyped(entity, text)).sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Times of day stand inside words for days (今晚), so these two kinds may share characters. */
function clashes(a: Entity, b: Entity): boolean {
  if (a.from >= b.to || b.from >= a.to) return false;
  return !((a.kind === 'time' && b.kind === 'date') || (a.kind === 'date' && b.kind === 'time'));
}

/** The words as typed; an address keeps its characters in the normal form too, since a courier reads it. */
function asTyped(entity: Entity, text: string): Entity {
  const typed = text.slice(entity.from, entity.to);
  return { ...entity, text: typed, value: entity.kind === 'address' ? typed.replace(/\s+/g, '') : entity.value };
}

/** Half width and simplified, character for character, so that spans stay true. */
function foldForm(text: string): string {
  const narrow = text.replace(/[\uff01-\uff5e\u3000]/g, (character) =>
    character === '\u3000' ? ' ' : String.fromCharCode(character.charCodeAt(0) - 0xfee0),
  );
  return narrow.replace(/\p{Script=Han}/gu, (character) => {
    const simplified = toSimplified(character);
    return simplified.length === character.length ? simplified : character;
  });
}
