import type { Technique } from '../protocol/ids.ts';
import type { Context } from './context.ts';
import { type GuardName, isGuardName } from './guard-catalogue.ts';
import { fails, type Guard, type GuardOutcome } from './guard-checks.ts';
import { AFTER_SALE_GUARDS } from './guards-after-sale.ts';
import { ORDER_GUARDS } from './guards-order.ts';
import { SALES_GUARDS } from './guards-sales.ts';
import { STAGE_GUARDS } from './guards-stage.ts';
import { TALK_GUARDS } from './guards-talk.ts';

/** The code behind every name of the catalogue. @see domain 05, 5.2b */
export const GUARDS: Readonly<Record<GuardName, Guard>> = {
  ...TALK_GUARDS,
  ...STAGE_GUARDS,
  ...SALES_GUARDS,
  ...ORDER_GUARDS,
  ...AFTER_SALE_GUARDS,
};

/** Evaluates a guard by name; a name that is not in the catalogue never holds. */
export function evaluateGuard(name: string, context: Context, technique?: Technique): GuardOutcome {
  return isGuardName(name) ? GUARDS[name](context, technique) : fails(name, '不是已登记的条件');
}
