/** How much a card commits the shop when nobody reads it before it leaves. @see SR-11, domain 05, 5.4 */
import { CARD_IDS, type Technique } from './ids.ts';
import { NO_CARD } from './script.ts';

/** `low`: may answer by itself. `medium`: may leave when nobody stops it. `high`: only a person sends it. */
export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** Why a card never leaves by itself. @see SR-11 */
export const NEVER_REASONS = [
  'discount',
  'compensation',
  'fault',
  'size',
  'cancellation',
  'bank',
  'bad_review',
  'technique',
  'own_script',
] as const;
export type NeverReason = (typeof NEVER_REASONS)[number];

/**
 * Numbers of the cards that never leave by themselves, by what SR-11 forbids. SCR-35 (published discounts) and SCR-78
 * (how a buyer closes an order) grant nothing, and domain 05, 5.4 gives both the mode O.
 */
const NEVER: Readonly<Record<Exclude<NeverReason, 'own_script'>, readonly number[]>> = {
  discount: [30, 32, 33, 34, 37, 38, 39, 76],
  compensation: [94, 107, 108, 109, 121, 129, 130, 132],
  fault: [88, 90, 93, 111, 112, 113, 114, 115, 116, 117, 118, 119, 133, 160],
  size: [12, 13],
  cancellation: [79, 80, 81, 126, 127],
  bank: [65],
  bad_review: [150, 152, 153, 158],
  technique: [52, 53, 55, 56],
};
/** Numbers of the cards that may answer by themselves while nobody is on duty. @see domain 05, 5.4 */
const OFFLINE = [4, 7, 10, 11, 14, 18, 19, 35, 62, 78, 85, 87, 100, 102, 104, 105, 120, 122];
/** Closing techniques that only a person uses. @see SR-11 */
const NEVER_TECHNIQUES: ReadonlySet<string> = new Set(['CT-3', 'CT-4', 'CT-6', 'CT-7']);

const never = new Map(
  Object.entries(NEVER).flatMap(([reason, numbers]) => numbers.map((n) => [cardOf(n), reason as NeverReason] as const)),
);
const offline = new Set(OFFLINE.map(cardOf));

/** Why nothing of this card may leave by itself, whatever a shop sets; `undefined`: it may. @see SR-11 */
export function neverAutomatic(card: string, technique?: Technique): NeverReason | undefined {
  if (card === NO_CARD) return 'own_script';
  if (technique !== undefined && NEVER_TECHNIQUES.has(technique)) return 'technique';
  return never.get(card);
}

/** True for a card that may answer by itself while nobody is on duty. @see domain 05, 5.4 */
export function mayAnswerOffline(card: string): boolean {
  return offline.has(card);
}

/** The risk of a card. */
export function riskOf(card: string, technique?: Technique): Risk {
  if (neverAutomatic(card, technique) !== undefined) return 'high';
  return mayAnswerOffline(card) ? 'low' : 'medium';
}

/** The cards of a risk, in the order of the inventory. */
export function cardsOfRisk(risk: Risk): string[] {
  return CARD_IDS.filter((card) => riskOf(card) === risk);
}

function cardOf(number: number): string {
  return `SCR-${String(number).padStart(2, '0')}`;
}
