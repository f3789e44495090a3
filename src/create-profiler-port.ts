/** The profiler as the flow uses it: JSON in, JSON out, orders as the record keeps them. */
import type { Order } from './orders/ports.ts';
import { createProfiler, type Profiler } from './profiling/create-profiler.ts';
import type { ProfiledOrder, ProfileState } from './profiling/profile-state.ts';
import type { MessageIntent } from './protocol/ids.ts';
import type { ProfilerPort } from './turn/ports.ts';

/** Wraps the profiler; a state of another version starts anew. */
export function createProfilerPort(profiler: Profiler = createProfiler()): ProfilerPort {
  return {
    addMessage(kept, message, orders) {
      let state = isState(kept) ? kept : profiler.start();
      for (const order of orders) state = profiler.addOrder(state, profiledOrder(order));
      state = profiler.addMessage(state, {
        from: message.from,
        text: message.text,
        atMs: message.atMs,
        ...(message.intents ? { intents: message.intents as MessageIntent[] } : {}),
      });
      return { state, profile: profiler.profileOf(state, message.atMs) };
    },
  };
}

function isState(value: unknown): value is ProfileState {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === 1;
}

function profiledOrder(order: Order): ProfiledOrder {
  const { signedAt, completedAt } = order.facts;
  return {
    id: order.id,
    state: order.state,
    items: (order.facts.items ?? []).map(({ title, qty }) => ({ title, category: title, qty: qty ?? 1 })),
    placedAtMs: order.placedAt,
    ...(order.paidAt === null ? {} : { paidAtMs: order.paidAt }),
    ...(signedAt === undefined ? {} : { signedAtMs: Date.parse(signedAt) }),
    ...(completedAt === undefined ? {} : { confirmedAtMs: Date.parse(completedAt) }),
  };
}
