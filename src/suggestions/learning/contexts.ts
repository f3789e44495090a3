/** Situations alike enough that what worked in one is a hint for the other, from all down to one kind of buyer. */
import type { Facts } from '../../protocol/facts.ts';
import type { OrderStep, SetLearning } from '../../protocol/learning.ts';
import type { Profile, Proposal, Situation } from '../../protocol/turn.ts';

/** Order and buyer of a moment; the matter is each proposal's own. */
export type Place = Pick<SetLearning, 'order' | 'buyer'>;

/** Where an order stands, as far as outcomes are told apart. */
export function orderStepOf(order: Facts['order']): OrderStep {
  switch (order?.state) {
    case 'unpaid':
      return 'unpaid';
    case 'paid':
    case 'printed':
      return 'paid';
    case 'shipped':
    case 'signed':
    case 'completed':
      return 'shipped';
    default:
      return 'none';
  }
}

/** Order and buyer of a situation. */
export function placeOf({ facts, profile }: { facts: Situation['facts']; profile?: Profile }): Place {
  return { order: orderStepOf(facts.order), buyer: profile?.top ?? 'unknown' };
}

/** What a proposal is about: the family of the intent it answers first, else its card. */
export function matterOf({ intents, card }: Pick<Proposal, 'card'> & { intents: readonly string[] }): string {
  return /^INT-[A-Z]+/.exec(intents[0] ?? '')?.[0] ?? card;
}

/** The finest context, as it is kept. */
export function contextKey(matter: string, { order, buyer }: Place): string {
  return `${matter}|${order}|${buyer}`;
}

/** Contexts a kept one belongs to, the coarsest first: all, the matter, the matter at this step of the order, itself. */
export function widen(context: string): [string, string, string, string] {
  const [matter = '', order = ''] = context.split('|');
  return ['', matter, `${matter}|${order}`, context];
}
