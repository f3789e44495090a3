/** What a supervisor's approval lets through, and its one use, in the transaction of the message. */
import type { Agent } from '../desk/ports.ts';
import { decisionOf } from '../gate/create-gate.ts';
import { DeskError } from '../lib/errors.ts';
import type { Approval } from '../protocol/library.ts';
import type { Finding, Verdict } from '../protocol/turn.ts';
import type { Desk } from './desk.ts';
import type { Stores } from './ports.ts';

/** Rules that nobody can approve: a placeholder is never sent unfilled, whoever says so. @see TAB-09 */
export const NEVER_APPROVED: ReadonlySet<string> = new Set(['TAB-09']);

/** A text that is sent by an approval. */
export interface ApprovedText {
  shopId: string;
  conversationId: string;
  agent: Agent;
  approvalId: string;
  /** Clean, as it is sent. */
  text: string;
}

/** The grant behind an approval's id, or why it lets nothing through. */
export type Grant = { approval: Approval; problem?: undefined } | { approval?: undefined; problem: string };

/** Reads the grant; its use is decided again by the record when the message is committed. */
export async function readGrant(desk: Desk, sent: ApprovedText): Promise<Grant> {
  const approval = await desk.ledger.approvals.find(sent.shopId, sent.approvalId);
  const problem = approval ? objectionTo(approval, sent, desk.clock.now()) : 'is not of this shop';
  if (!approval || problem !== undefined) return { problem: `approval ${sent.approvalId} ${problem}` };
  return { approval };
}

function objectionTo(approval: Approval, sent: ApprovedText, nowMs: number): string | undefined {
  if (approval.conversationId !== sent.conversationId) return 'is for another conversation';
  if (approval.text !== sent.text) return 'is for another text: only exactly what was approved may be sent';
  if (approval.askedBy.id !== sent.agent.id) return `was granted to ${approval.askedBy.name}`;
  if (approval.state !== 'granted') return `is ${approval.state}`;
  return (approval.validUntil ?? 0) > nowMs ? undefined : 'has run out: ask again';
}

/** What is left of a verdict when the findings that a supervisor saw are taken away, rule by rule. */
export function withoutApproved(verdict: Verdict, approved: readonly Finding[]): Verdict {
  return withFindings(verdict.findings.filter((finding) => !isApproved(finding, approved)));
}

/** The verdict that findings come to. */
export function withFindings(findings: Finding[]): Verdict {
  return { decision: decisionOf(findings), findings };
}

/** A block is covered by a block of the same rule, a warning by either. */
function isApproved(finding: Finding, approved: readonly Finding[]): boolean {
  if (finding.severity === 'B' && NEVER_APPROVED.has(finding.rule)) return false;
  return approved.some(
    (seen) =>
      seen.rule === finding.rule && (seen.severity === 'B' || finding.severity === 'W') && isSamePlace(seen, finding),
  );
}

/** Words of a shop share a rule: one that was forbidden after the approval stands at a place nobody looked at. */
function isSamePlace(seen: Finding, { rule, span }: Finding): boolean {
  if (!rule.startsWith('SHOP-')) return true;
  return seen.span?.[0] === span?.[0] && seen.span?.[1] === span?.[1];
}

/**
 * Takes the grant for a recorded message and writes down who approved what.
 *
 * @param needed the gate blocks the text without it
 * @throws DeskError `gate_blocked` when the grant is gone and the text needs it
 */
export async function claimGrant(
  stores: Stores,
  sent: ApprovedText,
  approval: Approval,
  needed: Verdict,
  message: { messageId: string; seq: number },
  nowMs: number,
): Promise<void> {
  const { shopId, conversationId, agent, text } = sent;
  const used = await stores.approvals.use(shopId, approval.id, { agentId: agent.id, conversationId, text, at: nowMs });
  if (!used && needed.decision === 'block') {
    throw new DeskError('gate_blocked', `approval ${approval.id} was used or has run out: ask again`, needed);
  }
  if (!used) return;
  await stores.desk.audit(
    shopId,
    agent.id,
    'approval.used',
    {
      approvalId: approval.id,
      conversationId,
      messageId: message.messageId,
      seq: message.seq,
      rules: rulesOf(approval.findings),
      decidedBy: approval.decidedBy?.id,
    },
    nowMs,
  );
}

/** The rules that block, each once. */
export function rulesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.filter(({ severity }) => severity === 'B').map(({ rule }) => rule))];
}
