import { mayAnswerOffline } from '../protocol/card-risk.ts';
import type { ScriptMode } from '../protocol/ids.ts';

/** Numbers of the cards a scheduled job may send. @see domain 05, 5.4 */
const SCHEDULED_CARDS = [60, 66, 67, 71, 72, 86, 89, 95, 105, 106, 110, 131, 134, 143, 156, 162];

const SCHEDULED = new Set(SCHEDULED_CARDS.map(cardId));

/**
 * Modes beside A in which a card may leave without a person. Discounts, compensation, admission of fault,
 * cancellations, bank data and replies to bad reviews have none.
 *
 * @see SR-11
 */
export function automaticModesOf(card: string): ScriptMode[] {
  return [...(mayAnswerOffline(card) ? (['O'] as const) : []), ...(SCHEDULED.has(card) ? (['S'] as const) : [])];
}

function cardId(number: number): string {
  return `SCR-${String(number).padStart(2, '0')}`;
}
