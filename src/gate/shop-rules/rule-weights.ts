import { RULES } from '../rules/index.ts';

/**
 * Taboos that no shop may weaken or except, each with its reason: the law, the platform's rules, or what the desk
 * promises of itself. @see domain 11, domain 12
 */
export const PROTECTED_RULES: Readonly<Record<string, string>> = {
  'TAB-09': 'an unfilled or foreign value must not leave the desk',
  'TAB-24': 'a promise needs its fact and the authority for it',
  'TAB-25': 'a property of the goods needs its fact',
  'TAB-26': 'a size needs measurements',
  'TAB-27': "the agent's authority is code, not text",
  'TAB-28': 'a false word about the price misleads (TRAP-18)',
  'TAB-29': 'untrue scarcity is fraud on price (TRAP-06)',
  'TAB-30': 'pretended busyness misleads (TRAP-06)',
  'TAB-31': 'the buyer asked for no more messages',
  'TAB-32': 'reminders keep their delay and the quiet hours',
  'TAB-33': 'only the buyer closes an unpaid order (POL-05)',
  'TAB-39': 'a refund goes by its procedure and its right amount',
  'TAB-40': "no text may deny the buyer's statutory rights (TRAP-02)",
  'TAB-41': 'bought or pressed reviews are forbidden (TRAP-01, TRAP-04)',
  'TAB-42': 'gendered address offends (TRAP-05)',
  'TAB-43': 'running a rival down is unfair competition',
  'TAB-44': 'payment outside the platform is forbidden (TRAP-08)',
  'TAB-45': 'personal data stays inside the desk (TRAP-15)',
  'TAB-48': 'marking before hand-over is false shipping (TRAP-11)',
  'TAB-49': 'claims about health and safety are bound by law',
  'TAB-51': 'leading buyers off the platform is forbidden (TRAP-14)',
};

/** Warn by themselves and block in graver cases, which a shop may not switch off. @see TAB-01, TAB-22 */
const SOMETIMES_BLOCK = new Set(['TAB-01', 'TAB-22']);

/** Severities a shop may give a taboo: what is protected may only block, a block may become a warning, a warning may go. */
export function legalSeverities(rule: string): readonly ('B' | 'W' | 'off')[] {
  if (PROTECTED_RULES[rule] !== undefined) return ['B'];
  const builtIn = RULES.find((r) => r.id === rule)?.severity;
  return builtIn === 'B' || SOMETIMES_BLOCK.has(rule) ? ['B', 'W'] : ['B', 'W', 'off'];
}
