import { BUYER_TYPES, type BuyerType } from '../protocol/ids.ts';
import type { Profile } from '../protocol/turn.ts';
import type { BuyerView } from './features/feature.ts';
import { type Circumstances, CLASSES, judgeManner, type MannerModel } from './manner/manner-model.ts';
import type { FeatureId, Finding } from './profile-state.ts';
import { scoreTypes } from './score-types.ts';

/** How far the features decide where they see a pattern; where they see none, the manner does. */
const FEATURE_TRUST = 0.6;

/** The manner of fewer messages of the buyer tells less: one sentence makes nobody a type. @see BT-P2 */
const MANNER_MESSAGES = 2;

/** The feature a type is known by first. @see domain 03, 3.3 "Signals" */
const LEADING: Record<BuyerType, FeatureId> = {
  'BT-1': 'BF-01',
  'BT-2': 'BF-06',
  'BT-3': 'BF-11',
  'BT-4': 'BF-13',
  'BT-5': 'BF-16',
  'BT-6': 'BF-21',
  'BT-7': 'BF-23',
  'BT-8': 'BF-26',
};

/** A score per type: what the features show, and with a chat at hand what its manner is like. @see BT-P2 */
export function scoreBuyer(
  view: BuyerView,
  findings: readonly Finding[],
  model: MannerModel | undefined,
): Profile['types'] {
  const circumstances = circumstancesOf(view, findings);
  const { shares } = circumstances;
  const messages = view.messages.map(({ manner }) => manner).filter((manner) => manner !== undefined);
  if (!model || messages.length === 0) return shares;
  const judged = judgeManner(model, messages, circumstances);
  const known = BUYER_TYPES.reduce((sum, type) => sum + shares[type], 0);
  const heard = Math.min(1, view.buyer.length / MANNER_MESSAGES);
  const mixed = BUYER_TYPES.map((type) => [
    type,
    (1 - FEATURE_TRUST * known) * heard * judged[type] + FEATURE_TRUST * shares[type],
  ]);
  return Object.fromEntries(mixed) as Profile['types'];
}

/** What the model is told beside the words. */
export function circumstancesOf(view: BuyerView, findings: readonly Finding[]): Circumstances {
  return {
    shares: scoreTypes(findings),
    completedOrders: view.orders.filter((order) => order.state === 'completed').length,
    findings: findings.filter(({ basis }) => basis === 'orders'),
  };
}

/** The buyer's message whose manner speaks most for a type, as evidence. */
export function findTellingMessage(view: BuyerView, type: BuyerType): Profile['evidence'][number] | undefined {
  const [wanted, unknown] = [CLASSES.indexOf(type), CLASSES.indexOf('unknown')];
  let best: { atMs: number; weight: number } | undefined;
  for (const { manner, atMs } of view.buyer) {
    const weight = manner ? manner.sums[wanted]! - manner.sums[unknown]! : 0;
    if (weight > (best?.weight ?? 0)) best = { atMs, weight };
  }
  if (!best) return undefined;
  return { feature: LEADING[type], detail: 'manner of this message', detailZh: '这句话的语气', atMs: best.atMs };
}
