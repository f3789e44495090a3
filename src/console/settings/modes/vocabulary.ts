/** Words of the modes, and which of them go together; the server checks again. @see SR-11, domain 05, 5.4 */
import type { Risk } from '../../../protocol/card-risk.ts';
import type { ModeRule, Modes } from '../../../protocol/modes.ts';

export const RISKS = ['low', 'medium', 'high'] as const satisfies readonly Risk[];
export const SENDING_MODES = ['suggest', 'semi', 'auto'] as const satisfies readonly ModeRule['mode'][];
export const MODE_HOURS = ['on_duty', 'off_hours', 'both'] as const satisfies readonly ModeRule['hours'][];
/** Families of intents, such as `INT-LOG-*`. */
export const INTENT_FAMILIES = ['GEN', 'PRE', 'IN', 'LOG', 'AS', 'REV', 'REL'] as const;
/** Seconds that a countdown may last. */
export const DELAY_SEC = { least: 5, most: 60, default: 12 } as const;
/** Without a setting everything is a suggestion. */
export const PLAIN_MODES: Modes = { rules: [], debounceSec: 4, withAway: 'beside' };

/** Why a rule may not have its mode; `undefined`: it may. */
export function whyNot({
  risk,
  hours,
  mode,
}: Pick<ModeRule, 'risk' | 'hours' | 'mode'>): 'high' | 'medium' | 'semi' | undefined {
  if (mode === 'suggest') return undefined;
  if (risk === 'high') return 'high';
  if (mode === 'auto') return risk === 'medium' ? 'medium' : undefined;
  return hours === 'on_duty' ? undefined : 'semi';
}
