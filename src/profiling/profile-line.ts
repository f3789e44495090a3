import type { MessageIntent } from '../protocol/ids.ts';
import type { Profile } from '../protocol/turn.ts';
import type { Profiler } from './create-profiler.ts';
import type { ProfileState } from './profile-state.ts';
import type { ProfileLine } from './read-profiles-file.ts';

/** Reads the intents a message holds; the NLU room may stand behind it. */
export type ReadIntents = (text: string) => readonly MessageIntent[];

/** Lines carry only relative times; any moment serves as their zero. */
const CHAT_START_MS = Date.UTC(2027, 0, 4, 2);

/** Profiles the buyer of one line as the live desk would: orders and messages in the order of time. */
export function profileLine(line: ProfileLine, profiler: Profiler, readIntents?: ReadIntents): Profile {
  const { state, endMs } = replayLine(line, profiler, readIntents);
  return profiler.profileOf(state, endMs);
}

/** Lets a profiler live through one line; gives its last state and moment. */
export function replayLine(
  line: ProfileLine,
  profiler: Pick<Profiler, 'start' | 'addOrder' | 'addMessage'>,
  readIntents?: ReadIntents,
): { state: ProfileState; endMs: number } {
  let state = profiler.start();
  for (const [index, order] of line.orders.entries()) {
    const { placedAtSec, paidAtSec, signedAtSec, confirmedAtSec, ...facts } = order;
    state = profiler.addOrder(state, {
      id: String(index),
      state: facts.state,
      items: facts.items,
      placedAtMs: toMs(placedAtSec),
      ...(paidAtSec === undefined ? {} : { paidAtMs: toMs(paidAtSec) }),
      ...(signedAtSec === undefined ? {} : { signedAtMs: toMs(signedAtSec) }),
      ...(confirmedAtSec === undefined ? {} : { confirmedAtMs: toMs(confirmedAtSec) }),
      ...(facts.confirmedBy === undefined ? {} : { confirmedBy: facts.confirmedBy }),
      ...(facts.review === undefined ? {} : { review: facts.review }),
      ...(facts.claimed === undefined ? {} : { claimed: facts.claimed }),
    });
  }
  for (const { from, text, atSec } of line.messages) {
    const intents = from === 'buyer' && readIntents ? { intents: readIntents(text) } : {};
    state = profiler.addMessage(state, { from, text, atMs: toMs(atSec), ...intents });
  }
  return { state, endMs: toMs(endOf(line)) };
}

/** The chat's last moment, or a later order event that the line knows of. */
function endOf(line: ProfileLine): number {
  const orders = line.orders.flatMap((order) => [
    order.placedAtSec,
    order.paidAtSec,
    order.signedAtSec,
    order.confirmedAtSec,
  ]);
  return Math.max(0, line.messages.at(-1)?.atSec ?? 0, ...orders.filter((at) => at !== undefined));
}

function toMs(atSec: number): number {
  return CHAT_START_MS + atSec * 1000;
}
