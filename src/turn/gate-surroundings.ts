/** What the gate knows of a conversation at this moment. */
import type { Agent } from '../desk/ports.ts';
import type { Product } from '../orders/ports.ts';
import type { GateContext } from '../protocol/turn.ts';
import { createContext } from '../suggestions/context.ts';
import { gateContextOf as suggestionGateContext } from '../suggestions/gate-context.ts';
import { buildFacts, historyBefore } from './build-facts.ts';
import type { Desk, ShopLibrary } from './desk.ts';
import type { TurnContext } from './ports.ts';
import { readMessage } from './read-message.ts';
import type { ShopView } from './shop-window.ts';

/** The shop's offer and who is there, read once for a decision. */
export interface Surroundings {
  view: ShopView;
  onDuty: string[];
  library: ShopLibrary;
}

/** Reads them; not inside a transaction. */
export async function readSurroundings(desk: Desk, shopId: string): Promise<Surroundings> {
  const [view, onDuty, library] = await Promise.all([
    desk.window.view(shopId),
    desk.presence.onDuty(shopId),
    desk.libraries.of(shopId),
  ]);
  return { view, onDuty, library };
}

/** What the gate is told, from what was read before. */
export function gateContextIn(
  desk: Desk,
  context: TurnContext,
  { view, onDuty, library }: Surroundings,
  agent: Agent | undefined,
  mode: NonNullable<GateContext['mode']>,
  /** The product the text speaks of; default: the one the talk is about. */
  about?: Product,
): GateContext {
  const nowMs = desk.clock.now();
  const lastBuyer = context.messages.findLast((message) => message.from === 'buyer');
  const { facts } = buildFacts({
    context,
    view,
    onDuty,
    message: lastBuyer?.text ?? '',
    nowMs,
    ...(about ? { about } : {}),
    ...(agent ? { agent } : {}),
    ...(context.conversation.state.profile ? { profile: context.conversation.state.profile } : {}),
  });
  const history = historyBefore(context, Number.MAX_SAFE_INTEGER, view.shop.tz);
  if (!lastBuyer) return { ...facts, mode, history };
  const { text: message, seq } = lastBuyer;
  const before = historyBefore(context, seq, view.shop.tz);
  const analysis = readMessage(library.understanding, message, facts.order, before);
  // What the proposals were judged by: what the buyer told piece by piece counts here as it does there.
  const said = createContext({ facts, history: before, message, analysis, mode: 'A' });
  const { buyer, intents } = suggestionGateContext(said, 'A');
  return { ...facts, buyer, mode, history, intents: mode === 'typed' ? analysis.held : (intents ?? []) };
}
