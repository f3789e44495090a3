import type { PartialFacts } from './facts.ts';

/**
 * The path of a fact that only a running desk can know, if there is one: evaluation files do not name it.
 *
 * @see SR-02
 */
export function findLiveFact(facts: PartialFacts): string | undefined {
  if (facts.product?.priceFloors !== undefined) return 'product.priceFloors';
  if (facts.order?.priceFloor !== undefined) return 'order.priceFloor';
  const at = (facts.candidates ?? []).findIndex((candidate) => candidate.why !== undefined);
  return at === -1 ? undefined : `candidates.${at}.why`;
}
