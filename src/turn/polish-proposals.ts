/** A softer wording beside an approved one, from a model that is asked when the owner has set one up. */

import type { SuggestionSet } from '../protocol/records.ts';
import type { GateContext, Proposal } from '../protocol/turn.ts';
import { findChange, MASK } from '../suggestions/compare-rewrite.ts';
import type { Desk } from './desk.ts';
import type { Gate } from './ports.ts';

/** A model that takes longer is not waited for. */
const PATIENCE_MS = 1500;

/** Proposals that may be polished, and what the gate must know. */
export interface PolishOrder {
  shopId: string;
  suggestions: SuggestionSet;
  gate: Gate;
  gateContext: GateContext;
}

/**
 * Asks the model for another tone of each proposal and keeps what says exactly the same; everything else is thrown away
 * without a word. The approved text stays what it is: the other one stands beside it.
 *
 * @returns the set with `polished` texts; `undefined`: nothing to show
 */
export async function polishProposals(desk: Desk, order: PolishOrder): Promise<SuggestionSet | undefined> {
  const { polisher } = desk;
  const { suggestions, gate, gateContext } = order;
  if (!polisher || suggestions.state !== 'live' || suggestions.proposals.length === 0) return undefined;
  const masked = suggestions.proposals.map(maskValues);
  let lines: string[];
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    lines = await polisher.rewriter.rewrite(masked, signal);
  } catch (error) {
    desk.log.debug({ reason: (error as Error).message }, 'the model did not answer; the approved texts stand alone');
    return undefined;
  }
  const proposals = suggestions.proposals.map((proposal, at) => {
    const line = lines[at]!.trim();
    const change = findChange(masked[at]!, line, polisher.cut);
    const polished = change === undefined ? fillValues(line, proposal) : proposal.text;
    if (change !== undefined) desk.log.debug({ scriptId: proposal.scriptId, change }, 'a rewrite was thrown away');
    if (polished === proposal.text || gate.judge(polished, gateContext).decision !== 'pass') return proposal;
    return { ...proposal, polished };
  });
  if (proposals.every(({ polished }) => polished === undefined)) return undefined;
  const kept = await desk.ledger.suggestions.polish(order.shopId, suggestions.id, proposals);
  return kept ? { ...suggestions, proposals } : undefined;
}

/** The values that stand in a text, the longest first, each once. */
function valuesOf({ slots }: Proposal): string[] {
  const values = new Set(slots.map(({ value }) => value).filter((value) => value !== ''));
  return [...values].sort((a, b) => b.length - a.length);
}

/** The text without its values: what goes to the model tells of nobody. */
export function maskValues(proposal: Proposal): string {
  return valuesOf(proposal).reduce((text, value, at) => text.replaceAll(value, `⟦${at}⟧`), proposal.text);
}

function fillValues(line: string, proposal: Proposal): string {
  const values = valuesOf(proposal);
  return line.replace(MASK, (_, at: string) => values[Number(at)] ?? '');
}
