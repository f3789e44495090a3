import type { BuyerType, Technique } from '../protocol/ids.ts';
import type { Context } from './context.ts';
import { takesLeave, UNDECIDED } from './cues.ts';

/** `+` fits, `o` neutral, `-` misfit, `x` never propose; the order of the columns is CT-1 … CT-7. @see domain 06, 6.2 */
const FIT: Readonly<Record<BuyerType | 'unknown', string>> = {
  'BT-1': 'o+--+--',
  'BT-2': 'ooo-o+-',
  'BT-3': '+o+-++-',
  'BT-4': 'o+-xox+',
  'BT-5': 'o+xo+xo',
  'BT-6': 'oo--o--',
  'BT-7': 'o+o-+-+',
  'BT-8': '++--+o-',
  unknown: 'o+oo+oo',
};

/** The technique each card carries out. @see domain 06, 6.1 */
const TECHNIQUE_OF_CARD: Readonly<Record<string, Technique>> = {
  'SCR-50': 'CT-1',
  'SCR-51': 'CT-2',
  'SCR-52': 'CT-3',
  'SCR-53': 'CT-4',
  'SCR-18': 'CT-5',
  'SCR-54': 'CT-5',
  'SCR-55': 'CT-6',
  'SCR-56': 'CT-7',
};

/** The techniques that the scripts of a chat carried out, each once, in the order they were tried. */
export function techniquesOf(cards: readonly string[]): Technique[] {
  return [...new Set(cards.flatMap((card) => TECHNIQUE_OF_CARD[card] ?? []))];
}

/** Scolds or threatens: a mood alone is too uncertain a reading of a short line. @see domain 06, 6.3, stops */
function isAnnoyed(context: Context): boolean {
  return context.held.has('INT-GEN-07') || context.situation.analysis.mood === 'threatening';
}

/** At most so many techniques in one chat. @see domain 06, 6.3 */
const TECHNIQUES_PER_CHAT = 3;

/** How a technique fits the buyer: the worst sign over every type that reaches the threshold. */
export function techniqueFit(technique: Technique, types: readonly BuyerType[]): '+' | 'o' | '-' | 'x' {
  const column = Number(technique.slice(3)) - 1;
  const signs = (types.length === 0 ? (['unknown'] as const) : types).map((type) => FIT[type][column]!);
  for (const sign of ['x', '-', 'o'] as const) if (signs.includes(sign)) return sign;
  return '+';
}

/** Orders that are placed and still under way leave nothing to close. */
function orderRuns(context: Context): boolean {
  const order = context.facts.order;
  return order !== null && order !== undefined && ['unpaid', 'paid', 'printed', 'shipped'].includes(order.state);
}

/** Why a technique may not be used now, with the fact that says so; `undefined` when it may. @see domain 06 */
export function techniqueObjection(
  technique: Technique,
  context: Context,
): { name: string; fact: string; detail: string } | undefined {
  const fit = techniqueFit(technique, context.types);
  if (fit === 'x' || fit === '-') {
    return { name: technique, fact: 'buyer.types', detail: '这个方法不适合这位买家' };
  }
  if (technique === 'CT-5') return undefined;
  const { convo } = context;
  const used = convo.techniquesUsed;
  if (used.includes(technique)) return { name: technique, fact: 'convo.techniquesUsed', detail: '这个方法用过了' };
  if (used.length >= TECHNIQUES_PER_CHAT) {
    return { name: technique, fact: 'convo.techniquesUsed', detail: '已经用过三种方法' };
  }
  if (convo.leaveAlone) return { name: technique, fact: 'convo.leaveAlone', detail: '买家不想被打扰' };
  if (takesLeave(context.message)) return { name: technique, fact: 'message', detail: '买家已经道别' };
  if (isAnnoyed(context)) return { name: technique, fact: 'convo', detail: '买家在生气，不再促成' };
  if (convo.saidThinkAgain) return { name: technique, fact: 'convo.saidThinkAgain', detail: '买家说要再考虑' };
  if (convo.saidNo && technique !== 'CT-7') return { name: technique, fact: 'convo.saidNo', detail: '买家明确说不' };
  if (context.facts.case?.open === true) return { name: technique, fact: 'case.open', detail: '有未了结的售后' };
  if (orderRuns(context)) return { name: technique, fact: 'order.state', detail: '已经下单' };
  if (
    technique === 'CT-1' &&
    context.types.includes('BT-1') &&
    !UNDECIDED.test(context.message) &&
    !context.held.has('INT-PRE-06')
  ) {
    return { name: technique, fact: 'buyer.types', detail: '这位买家没有请我们帮选' };
  }
  return undefined;
}
