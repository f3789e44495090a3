import type { Facts } from '../protocol/facts.ts';
import type { Technique } from '../protocol/ids.ts';
import type { Context } from './context.ts';

/** What a guard found: it holds, or the fact that is missing, stale or not so. */
export type GuardOutcome =
  | { readonly holds: true }
  | { readonly holds: false; readonly fact: string; readonly detail: string };

/** A guard predicate: a pure function of the facts of a situation. */
export type Guard = (context: Context, technique?: Technique) => GuardOutcome;

/** The outcome of a guard that holds. */
export const HOLDS: GuardOutcome = { holds: true };

/** A guard that does not hold, with the fact that failed. */
export function fails(fact: string, detail: string): GuardOutcome {
  return { holds: false, fact, detail };
}

/** Holds when the fact is known, fresh, not null and passes the test. @see SR-02 */
export function fact<T>(
  path: string,
  pick: (facts: Facts, context: Context) => T | null | undefined,
  test: (value: T, context: Context) => boolean = () => true,
  wrong = '不是这样',
): Guard {
  return (context) => {
    const value = pick(context.facts, context);
    if (value === undefined) return fails(path, '未知');
    if (!context.freshness.isFresh(path)) return fails(path, '数据太旧');
    if (value === null) return fails(path, '没有');
    return test(value, context) ? HOLDS : fails(path, wrong);
  };
}

/** Holds when the test holds; for what is computed from the conversation. */
export function state(path: string, test: (context: Context) => boolean, wrong = '不是这样'): Guard {
  return (context) => (test(context) ? HOLDS : fails(path, wrong));
}

/** Holds when every guard holds; the first that fails speaks. */
export function all(...guards: Guard[]): Guard {
  return (context, technique) => {
    for (const guard of guards) {
      const outcome = guard(context, technique);
      if (!outcome.holds) return outcome;
    }
    return HOLDS;
  };
}

/** Holds when one guard holds; else the first speaks. */
export function any(...guards: Guard[]): Guard {
  return (context, technique) => {
    let first: GuardOutcome | undefined;
    for (const guard of guards) {
      const outcome = guard(context, technique);
      if (outcome.holds) return outcome;
      first ??= outcome;
    }
    return first ?? HOLDS;
  };
}

/** Milliseconds of a time. */
export const ms = (time: string): number => Date.parse(time);
/** A minute in milliseconds. */
export const MINUTE_MS = 60_000;
/** An hour in milliseconds. */
export const HOUR_MS = 3_600_000;
/** A day in milliseconds. */
export const DAY_MS = 86_400_000;

/** Minutes of `HH:MM`. */
export function clockMinutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

/** Offset of `facts.now` from UTC in milliseconds: the zone of the shop. */
export function offsetMs(now: string): number {
  const hit = /([+-])(\d{2}):(\d{2})$/.exec(now);
  if (hit === null) return 0;
  const size = Number(hit[2]) * HOUR_MS + Number(hit[3]) * MINUTE_MS;
  return hit[1] === '-' ? -size : size;
}

/** Minute of the shop's day, 0 to 1439. */
export function minuteOfDay(timeMs: number, now: string): number {
  return Math.floor(((((timeMs + offsetMs(now)) % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

/** Whether a minute of the day lies in `HH:MM-HH:MM`, which may pass midnight. */
export function withinSpan(span: string, minute: number): boolean {
  const [from, to] = [clockMinutes(span.slice(0, 5)), clockMinutes(span.slice(6))];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
