/** The 49 timers as one table, and as a shop runs them. @see domain 07, section 7.2 */
import { INTERNAL_RULES } from './internal-rules.ts';
import type { FollowUpRule, RuleId, RuleSettings } from './rules.ts';
import { SALES_RULES } from './sales-rules.ts';
import { SERVICE_RULES } from './service-rules.ts';

/** Every timer, by id. */
export const FOLLOW_UP_TABLE: readonly FollowUpRule[] = Object.entries({
  ...SALES_RULES,
  ...SERVICE_RULES,
  ...INTERNAL_RULES,
})
  .map(([id, { zh, en, ...rule }]) => ({ ...rule, id: id as RuleId, title: { zh, en } }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/** The rules as one shop runs them: the table with the shop's settings over it; switched-off rules stay listed. */
export type RuleBook = ReadonlyMap<RuleId, FollowUpRule & { enabled: boolean }>;

/** Lays a shop's settings over the table. */
export function createRuleBook(settings: Readonly<Record<string, RuleSettings>> = {}): RuleBook {
  return new Map(FOLLOW_UP_TABLE.map((rule) => [rule.id, { enabled: true, ...rule, ...settings[rule.id] }]));
}
