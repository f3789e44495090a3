/** What an owner should set right before it does harm. */
import type { Counters } from '../protocol/records.ts';
import type { Shop } from './ports.ts';
import { hoursOf } from './shop-hours.ts';

/** A year is announced late in the year before: asked for earlier, the warning would never go away. */
const AHEAD_DAYS = 60;

/** Warnings about a shop's settings at a moment; empty: nothing to set right. */
export function warningsOf(shop: Shop, nowMs: number): Counters['warnings'] {
  const years = hoursOf(shop).unknownYears(nowMs, AHEAD_DAYS);
  return years.length > 0 ? [{ kind: 'holidays_unknown', years }] : [];
}
