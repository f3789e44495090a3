/** The 49 timers as one table, and as a shop runs them. @see domain 07, section 7.2 */
import { DeskError } from '../lib/errors.ts';
import { checkTimerSetting } from './check-timer-settings.ts';
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
 * @throws DeskError `bad_request` for a rule that does not exist, and for what a rule does not allow
 */
export function createRuleBook(settings: Readonly<Record<string, RuleSettings>> = {}): RuleBook {
  checkTimers(settings);
  return new Map(FOLLOW_UP_TABLE.map((rule) => [rule.id, runAs(rule, settings[rule.id])]));
}

/** The same check without the rules. @throws DeskError `bad_request` naming rule, field, value and what is legal */
export function checkTimers(settings: Readonly<Record<string, RuleSettings>>): void {
  for (const [id, setting] of Object.entries(settings)) {
    const rule = FOLLOW_UP_TABLE.find((one) => one.id === id);
    if (!rule) throw new DeskError('bad_request', `${id}: is no follow-up rule; legal are FU-01 to FU-49`);
    checkTimerSetting(rule, setting);
  }
}

function runAs(rule: FollowUpRule, setting: RuleSettings = {}): FollowUpRule & { enabled: boolean } {
  const { enabled = true, touches = rule.touches, touchLimit, capPerOrder, gapMs, schedule } = setting;
  return {
    ...rule,
    enabled,
    touches,
    ...(touchLimit === undefined ? {} : { touchLimit }),
    ...(capPerOrder === undefined ? {} : { capPerOrder }),
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}
