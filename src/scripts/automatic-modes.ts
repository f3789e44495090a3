import type { ScriptMode } from '../protocol/ids.ts';

/** Numbers of the cards that may answer by themselves while nobody is on duty. @see domain 05, 5.4 */
const OFFLINE_CARDS = [4, 7, 10, 11, 14, 18, 19, 35, 62, 78, 85, 87, 100, 102, 104, 105, 120, 122];
/** Numbers of the cards a scheduled job may send. @see domain 05, 5.4 */
const SCHEDULED_CARDS = [60, 66, 67, 71, 72, 86, 89, 95, 105, 106, 110, 131, 134, 143, 156, 162];

const OFFLINE = new Set(OFFLINE_CARDS.map(cardId));
const SCHEDULED = new Set(SCHEDULED_CARDS.map(cardId));

/**
 * Modes beside A in which a card may leave without a person. Discounts, compensation, admission of fault,
 * cancellations, bank data and replies to bad reviews have none.
 *
 * @see SR-11
 */
export function automaticModesOf(card: string): ScriptMode[] {
  return [...(OFFLINE.has(card) ? (['O'] as const) : []), ...(SCHEDULED.has(card) ? (['S'] as const) : [])];
}

function cardId(number: number): string {
  return `SCR-${String(number).padStart(2, '0')}`;
}
