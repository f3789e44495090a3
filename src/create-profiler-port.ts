/** The profiler as the flow uses it: JSON in, JSON out, orders as the record keeps them. */
import type { Order } from './orders/ports.ts';
import { createProfiler, type Profiler, type ProfilerOptions } from './profiling/create-profiler.ts';
import type { ProfiledOrder, ProfileState } from './profiling/profile-state.ts';
import { type MessageIntent, PinnedTypeSchema } from './protocol/ids.ts';
import type { ProfilingSettings } from './protocol/profiling.ts';
import type { ProfilerPort } from './turn/ports.ts';

/** Wraps the profiler; a state of another version starts anew. */
export function createProfilerPort(shipped: Profiler = createProfiler()): ProfilerPort {
  const bySettings = new WeakMap<ProfilingSettings, Profiler>();
  const profilerOf = (settings: ProfilingSettings | undefined): Profiler => {
    if (!settings) return shipped;
    const profiler = bySettings.get(settings) ?? createProfiler(optionsOf(settings));
    bySettings.set(settings, profiler);
    return profiler;
  };
  return {
    addMessages(kept, messages, orders, pinnedType = null, settings) {
      const profiler = profilerOf(settings);
      let state = stateOf(kept, profiler);
      for (const order of orders) state = profiler.addOrder(state, profiledOrder(order));
      for (const { from, text, atMs, intents } of messages) {
        const read = intents ? { intents: intents as MessageIntent[] } : {};
        state = profiler.addMessage(state, { from, text, atMs, ...read });
      }
      state = pin(state, pinnedType, profiler);
      return { state, profile: profiler.profileOf(state, messages.at(-1)?.atMs ?? 0) };
    },
    profileOf(kept, pinnedType, nowMs, settings) {
      const profiler = profilerOf(settings);
      return profiler.profileOf(pin(stateOf(kept, profiler), pinnedType, profiler), nowMs);
    },
  };
}

/** What a shop set, without what it left to the defaults. */
function optionsOf({ minScore, thresholds = {} }: ProfilingSettings): ProfilerOptions {
  const set = Object.entries(thresholds).filter(([, value]) => value !== undefined);
  return { ...(minScore === undefined ? {} : { minScore }), thresholds: Object.fromEntries(set) };
}

function stateOf(kept: unknown, profiler: Profiler): ProfileState {
  return isState(kept) ? kept : profiler.start();
}

function pin(state: ProfileState, type: string | null, profiler: Profiler): ProfileState {
  const pinned = type === null ? null : PinnedTypeSchema.safeParse(type).data;
  return profiler.pinType(state, pinned ?? null);
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
