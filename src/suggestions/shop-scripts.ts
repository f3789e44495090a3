import type { MessageIntent } from '../protocol/ids.ts';
import { NO_CARD, type Script } from '../protocol/script.ts';
import type { Context } from './context.ts';
import { createScriptGroup, type ScriptGroup, wordPairs } from './nearness.ts';
import { type Candidate, SURE_BELIEF, suits, urgencyWorth } from './rank.ts';
import { orderState } from './trigger.ts';

/** What an answer of the shop's own is worth beside a card that fits as well: a little less. */
const SHOP_FIT = 0.95;
/** Scripts tried for one intent before the matter is left alone. */
const MOST_TRIED = 4;

/** Steps of the service flow that have their place while an order stands so. @see domain 02, 2.1 */
const STEPS_BY_ORDER: Readonly<Record<string, readonly string[]>> = {
  none: ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-6'],
  unpaid: ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-5', 'FLOW-6', 'FLOW-7'],
  paid: ['FLOW-1', 'FLOW-5', 'FLOW-6', 'FLOW-7'],
  printed: ['FLOW-1', 'FLOW-5', 'FLOW-6', 'FLOW-7'],
  shipped: ['FLOW-1', 'FLOW-6', 'FLOW-7'],
  signed: ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-6', 'FLOW-7'],
  completed: ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-6', 'FLOW-7'],
};

/** Answers of the shop's own to one intent the buyer surely has, the nearest to the message first. */
export interface ShopCandidate extends Candidate {
  readonly scripts: readonly Script[];
}

/** The approved answers of a shop's own, by what they answer. */
export interface ShopScripts {
  /** One candidate an intent that is surely meant; none while the message is not understood. */
  find(context: Context): ShopCandidate[];
}

/** How an answer of the shop's own fits an intent. */
export function shopCandidate(intents: readonly MessageIntent[], context: Context): Candidate {
  const fits = intents
    .map((intent) => ({ intent, belief: context.beliefs.get(intent) ?? 0 }))
    .sort((a, b) => b.belief - a.belief);
  const first = fits[0];
  const score = first === undefined ? 0 : first.belief * SHOP_FIT + urgencyWorth(first.intent);
  const sure = fits.filter(({ belief }) => belief >= SURE_BELIEF).map(({ intent }) => intent);
  return { trigger: { card: NO_CARD, rank: 'question', intents: {} }, score, intents: sure, occasion: undefined };
}

function fitsBuyer(script: Script, context: Context): boolean {
  if (!script.modes.includes('A') || suits(context, script) === 0) return false;
  const steps = STEPS_BY_ORDER[orderState(context)]!;
  return script.stages.length === 0 || script.stages.some((stage) => steps.includes(stage));
}

/** The nearest first; among several that share no word with the message nobody can tell which is meant. */
function nearestOf(group: ScriptGroup, message: ReadonlySet<string>, context: Context): Script[] {
  const near = [...group.nearness(message)].sort(([a, x], [b, y]) => y - x || a - b);
  const found: Script[] = [];
  for (const [at] of near) {
    if (fitsBuyer(group.scripts[at]!, context)) found.push(group.scripts[at]!);
    if (found.length === MOST_TRIED) return found;
  }
  if (found.length > 0) return found;
  for (const script of group.scripts) {
    if (fitsBuyer(script, context)) found.push(script);
    if (found.length > 1) return [];
  }
  return found;
}

/** Indexes the answers of a shop's own, so that a message reads only those of its intents. */
export function createShopScripts(scripts: readonly Script[]): ShopScripts {
  const lists = new Map<MessageIntent, Script[]>();
  for (const script of scripts) {
    for (const intent of script.intents as MessageIntent[]) {
      const list = lists.get(intent);
      if (list === undefined) lists.set(intent, [script]);
      else list.push(script);
    }
  }
  const groups = new Map([...lists].map(([intent, list]) => [intent, createScriptGroup(list)]));

  return {
    find(context) {
      if (groups.size === 0 || context.situation.analysis.abstained) return [];
      const message = wordPairs(context.message);
      const found: ShopCandidate[] = [];
      for (const [intent, belief] of context.beliefs) {
        const group = belief >= SURE_BELIEF ? groups.get(intent) : undefined;
        if (group === undefined) continue;
        const nearest = nearestOf(group, message, context);
        if (nearest.length > 0) found.push({ ...shopCandidate([intent], context), scripts: nearest });
      }
      return found;
    },
  };
}
