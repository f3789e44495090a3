/** The few words the rule files are written in. */
import type { Delay, FollowUpRule, RuleId } from './rules.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** So many ms after the anchor. */
export const after = (ms: number): Delay => ({ kind: 'after', ms });
/** So many ms before the deadline. */
export const before = (ms: number): Delay => ({ kind: 'before', ms });
/** So many calendar days after the anchor. */
export const days = (count: number): Delay => ({ kind: 'days', days: count });
/** With the event itself. */
export const AT_ONCE = after(0);

/** Rules by id, their titles side by side. */
export type RuleRows = Record<RuleId, Omit<FollowUpRule, 'id' | 'title'> & { zh: string; en: string }>;
