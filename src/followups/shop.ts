import { createShopCalendar, type ShopCalendar, type ShopHours } from './calendar.ts';
import { createRuleBook, type RuleBook } from './rule-table.ts';
import type { RuleSettings } from './rules.ts';

/** What the rules need to know of a shop. */
export interface FollowUpShop {
  calendar: ShopCalendar;
  rules: RuleBook;
}

/** Puts a shop's hours and its own settings of the rules together. */
export function createFollowUpShop(
  hours: ShopHours,
  settings: Readonly<Record<string, RuleSettings>> = {},
): FollowUpShop {
  return { calendar: createShopCalendar(hours), rules: createRuleBook(settings) };
}
