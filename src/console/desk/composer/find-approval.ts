import type { Approval } from '../../../protocol/library.ts';
import type { Verdict } from '../../../protocol/turn.ts';

/** Rules that the desk lets nobody approve. @see TAB-09 */
const NEVER: ReadonlySet<string> = new Set(['TAB-09']);

/** The agent's newest request about exactly this text, space around it aside. */
export function findApproval(
  approvals: readonly Approval[] | undefined,
  selfId: string | undefined,
  conversationId: string,
  text: string,
): Approval | undefined {
  const said = text.trim();
  return approvals
    ?.filter((one) => one.conversationId === conversationId && one.askedBy.id === selfId && one.text === said)
    .reduce<Approval | undefined>((newest, one) => (newest && newest.askedAt >= one.askedAt ? newest : one), undefined);
}

/** Whether a supervisor can be asked about a text. */
export function mayAsk(verdict: Verdict | undefined): boolean {
  if (verdict?.decision !== 'block') return false;
  return !verdict.findings.some(({ rule, severity }) => severity === 'B' && NEVER.has(rule));
}
