/** Notes what an agent's act, or a buyer's payment, says of the suggestions: part of the transaction of the act. */
import { type AgentAct, showingsOf } from '../suggestions/learning/note-showings.ts';
import type { Stores } from './ports.ts';

/** A reply that an agent has sent. */
export interface AnsweredSuggestions {
  shopId: string;
  buyerId: string;
  text: string;
  /** The proposal it took. */
  taken?: { id: string; position: number; edited: boolean };
  /** Sets that the reply withdrew. */
  withdrawn: readonly string[];
  at: number;
}

/**
 * Counts the proposals an agent had before them when answering. It comes after the timers were told: the lock of the
 * buyer's book then parts it from a payment, and rows of counts are the last to be locked.
 *
 * @see SR-14
 */
export async function learnFromReply(stores: Stores, reply: AnsweredSuggestions): Promise<void> {
  const { taken, text } = reply;
  const acts: [string, AgentAct][] = reply.withdrawn.map((id) => [id, { kind: 'wrote', text }]);
  if (taken) acts.push([taken.id, { kind: 'took', position: taken.position, edited: taken.edited }]);
  await learnFromActs(stores, reply, acts);
}

/** Counts what acts say of the sets they were done on. */
export async function learnFromActs(
  stores: Stores,
  { shopId, buyerId, at }: { shopId: string; buyerId: string; at: number },
  acts: readonly [suggestionId: string, act: AgentAct][],
): Promise<void> {
  const showings = [];
  for (const [id, act] of acts) {
    const set = await stores.suggestions.find(shopId, id);
    if (set) showings.push(...showingsOf(set, act, { buyerId, at }));
  }
  await stores.learning.note(shopId, showings);
}
