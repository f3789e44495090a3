/** What a claimed row says at its very moment, or why a person gets it. @see FR-01, SR-01 */
import type { Outcome } from '../followups/engine.ts';
import type { FollowUp } from '../followups/store.ts';
import type { Proposal } from '../protocol/turn.ts';
import type { Desk } from './desk.ts';
import { gateContextIn, type Surroundings } from './gate-surroundings.ts';
import { type StoppedScript, stoppedBefore, stoppedByGate } from './note-stopped.ts';
import { timersOf } from './plan-follow-ups.ts';
import type { TurnContext } from './ports.ts';
import { contextAbout, renderRuleScript } from './render-rule-script.ts';

/** A claimed row with everything it is decided by. */
export interface DueRow {
  desk: Desk;
  row: FollowUp;
  context: TurnContext;
  surroundings: Surroundings;
  nowMs: number;
}

/** How a claimed row goes out: said by a job, given to a person, or given to one because the job may not say it. */
export type Decision = { outcome: Outcome } & (
  | { kind: 'say'; proposal: Proposal }
  | { kind: 'give' }
  | { kind: 'handOver'; because: string; stopped: StoppedScript | undefined }
);

/** What a row's own facts or texts threw: the record is whole, and the other rows of its group go on. */
export class UndecidedError extends Error {}

/** Decides on a claimed row. @throws UndecidedError when its facts or its text cannot be judged */
export function decideFollowUp(due: DueRow): Decision {
  try {
    return decide(due);
  } catch (error) {
    throw new UndecidedError('a follow-up could not be decided on', { cause: error });
  }
}

function decide(due: DueRow): Decision {
  const { mode } = due.row;
  return mode === 'S' || mode === 'O' ? decideByJob(due, mode) : { kind: 'give', outcome: { kind: 'sent' } };
}

function decideByJob(due: DueRow, mode: 'S' | 'O'): Decision {
  const { desk, row, context, surroundings } = due;
  const rendered = renderFirst(due, mode);
  if (!('proposal' in rendered)) return handOver(rendered.because, rendered.stopped);
  const { proposal } = rendered;
  const verdict = surroundings.library.gate.judge(
    proposal.text,
    gateContextIn(desk, contextAbout(context, row.orderId), surroundings, undefined, mode),
  );
  if (verdict.decision === 'block') {
    const because = verdict.findings.map((finding) => finding.rule).join(', ');
    return handOver(`gate: ${because}`, stoppedByGate(proposal, verdict));
  }
  return { kind: 'say', proposal, outcome: { kind: 'sent', script: `${proposal.scriptId} v${proposal.version}` } };
}

/** What a job may not or cannot say becomes a person's task; nothing is lost. */
function handOver(because: string, stopped: StoppedScript | undefined): Decision {
  return { kind: 'handOver', because, stopped, outcome: { kind: 'skipped', reason: because } };
}

/** The first of the rule's scripts whose facts hold now, or why none may go out. */
function renderFirst(
  { row, context, surroundings, nowMs }: DueRow,
  mode: 'S' | 'O',
): { proposal: Proposal } | { because: string; stopped?: StoppedScript } {
  const cards = timersOf(surroundings.view.shop).rules.get(row.rule)?.cards ?? [];
  const rendered = renderRuleScript(cards, { context, surroundings, orderId: row.orderId, mode, nowMs });
  if ('proposal' in rendered) return rendered;
  const because = rendered.hidden.map(({ card, detail }) => `${card}: ${detail}`).join('; ');
  const byGate = rendered.hidden.find((hidden) => hidden.because === 'gate');
  const stopped = byGate && stoppedBefore(byGate);
  return { because: because || 'no script of the rule may go out by itself', ...(stopped ? { stopped } : {}) };
}
