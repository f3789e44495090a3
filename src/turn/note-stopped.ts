/** What a bot or a job may not say is never sent; one open task tells the desk. @see SR-10 */
import { createId } from '../lib/ids.ts';
import type { Script } from '../protocol/script.ts';
import type { HiddenScript, Proposal, Verdict } from '../protocol/turn.ts';
import type { Stores } from './ports.ts';
import { rulesOf } from './use-approval.ts';

/** A script that did not go out by itself. */
export interface StoppedScript {
  scriptId: string;
  /** The gate's rules, or the fact that is missing. */
  names: string[];
  because: 'gate' | 'slot';
}

/** Where a script was to go. */
export interface StoppedSend {
  shopId: string;
  conversationId: string;
  buyerId: string;
  orderId?: string;
  /** What was to be sent, in Chinese. */
  what: string;
  /** The shop's scripts in force, for the title. */
  scripts: readonly Script[];
}

const REASONS = { gate: '被出口检查拦下', slot: '缺少事实' } as const;

/** The script that the gate stopped. */
export function stoppedByGate(proposal: Proposal, verdict: Verdict): StoppedScript {
  return { scriptId: proposal.scriptId, names: rulesOf(verdict.findings), because: 'gate' };
}

/** The same of a script that was not even filled; `undefined` when another reason than gate or fact hides it. */
export function stoppedBefore({ scriptId, because, name }: HiddenScript): StoppedScript | undefined {
  return because === 'gate' || because === 'slot' ? { scriptId, names: [name], because } : undefined;
}

/** Adds the task, unless one is open for the same conversation and order. */
export async function noteStopped(
  stores: Stores,
  { shopId, conversationId, buyerId, orderId, what, scripts }: StoppedSend,
  { scriptId, names, because }: StoppedScript,
  nowMs: number,
): Promise<void> {
  const title = scripts.find(({ id }) => id === scriptId)?.title.zh ?? scriptId;
  await stores.desk.addTaskOnce(
    {
      shopId,
      id: createId('task', nowMs),
      kind: 'gate.stopped',
      title: `${what}没有发出：话术「${title}」（${scriptId}）${REASONS[because]}（${names.join('、')}）`,
      ...(because === 'gate' && names[0] !== undefined ? { rule: names[0] } : {}),
      conversationId,
      buyerId,
      ...(orderId === undefined ? {} : { orderId }),
      data: { scriptId, because, names },
    },
    nowMs,
  );
}
