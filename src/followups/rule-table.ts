/** The 49 timers as one table, and as a shop runs them. @see domain 07, section 7.2 */
import { DeskError } from '../lib/errors.ts';
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

/**
 * Lays a shop's settings over the table.
 *
 * @throws DeskError `bad_request` for a rule that does not exist, and for a rule left without a touch.
 */
export function createRuleBook(settings: Readonly<Record<string, RuleSettings>> = {}): RuleBook {
  for (const [id, { touches, touchLimit }] of Object.entries(settings)) {
    const rule = FOLLOW_UP_TABLE.find((one) => one.id === id);
    if (!rule) throw new DeskError('bad_request', `${id}: is no follow-up rule; legal are FU-01 to FU-49`);
    if (touches?.length === 0 && rule.touches.length > 0) {
      throw new DeskError('bad_request', `${id}.touches: is empty; switch the rule off with enabled: false instead`);
    }
    if (touchLimit !== undefined && (!Number.isInteger(touchLimit) || touchLimit < 1)) {
      throw new DeskError('bad_request', `${id}.touchLimit: is ${touchLimit}; legal is a whole number from 1`);
    }
  }
  return new Map(FOLLOW_UP_TABLE.map((rule) => [rule.id, { enabled: true, ...rule, ...settings[rule.id] }]));
}
