/** What an agent's act says of the proposals on screen. */
import type { SetLearning } from '../../protocol/learning.ts';
import type { SuggestionSet } from '../../protocol/records.ts';
import { contextKey, matterOf } from './contexts.ts';
import type { Showing, ShowingFate } from './ports.ts';

/** What an agent did while a set was live. */
export type AgentAct =
  | { kind: 'took'; position: number; edited: boolean }
  | { kind: 'wrote'; text: string }
  | { kind: 'dismissed'; position: number };

/** Who and when. */
export interface ShowingFrame {
  buyerId: string;
  at: number;
}

/** Sets from before learning was built have no arm; they are counted as ranked without it and compared with nothing. */
const UNKNOWN: SetLearning = { arm: 'off', order: 'none', buyer: 'unknown' };

/**
 * The showings an act decides. A reply decides every proposal of the set, a dismissal its own alone: a set that is
 * replaced before anybody dealt with it says nothing. Words typed by hand that are a proposal's are its acceptance.
 *
 * @see SR-14, KPI-11
 */
export function showingsOf(set: SuggestionSet, act: AgentAct, { buyerId, at }: ShowingFrame): Showing[] {
  const { arm, ...place } = set.learning ?? UNKNOWN;
  return set.proposals.flatMap((proposal, position) => {
    const fate = fateOf(act, position, set.proposals);
    if (fate === undefined) return [];
    const { scriptId, version, variant } = proposal;
    return [
      {
        suggestionId: set.id,
        position,
        conversationId: set.conversationId,
        buyerId,
        scriptId,
        version,
        variant,
        context: contextKey(matterOf(proposal), place),
        arm,
        fate,
        at,
      },
    ];
  });
}

function fateOf(act: AgentAct, position: number, proposals: SuggestionSet['proposals']): ShowingFate | undefined {
  if (act.kind === 'dismissed') return act.position === position ? 'dismissed' : undefined;
  const typed = act.kind === 'wrote' ? proposals.findIndex((each) => each.text.trim() === act.text.trim()) : -1;
  const taken = act.kind === 'took' ? act.position : typed;
  if (position === taken) return act.kind === 'took' && act.edited ? 'edited' : 'accepted';
  if (taken === -1) return 'passed';
  return position > taken ? 'below' : 'passed';
}
