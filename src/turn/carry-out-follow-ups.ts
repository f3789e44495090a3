/** Writes down what was decided on claimed rows: messages on their way, tasks of people. Inside their transaction. */
import type { AutomaticMessage, ConversationRow } from '../conversations/ports.ts';
import type { Shop } from '../desk/ports.ts';
import type { FollowUp } from '../followups/store.ts';
import { taskRole } from '../followups/task-rules.ts';
import { createId } from '../lib/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Proposal } from '../protocol/turn.ts';
import type { Decision, DueRow } from './decide-follow-up.ts';
import { noteStopped, type StoppedScript } from './note-stopped.ts';
import { timersOf } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { stateAfterScript } from './send-reply.ts';

/** What a due row came to. */
export interface Touch {
  buyerId: string;
  message?: Message;
  tasks: boolean;
}

/** A row that was decided on, with where it is written down. */
export interface DecidedRow extends DueRow {
  stores: Stores;
  /** As it is locked. */
  conversation: ConversationRow;
  decision: Decision;
}

/** Writes down what was decided; what each row came to, by its id. */
export async function carryOut(stores: Stores, rows: readonly DecidedRow[]): Promise<Map<string, Touch>> {
  const touches = new Map<string, Touch>();
  const said: { due: DecidedRow; message: AutomaticMessage }[] = [];
  for (const due of rows) {
    const { decision, row } = due;
    if (decision.kind === 'say') said.push({ due, message: await messageOf(due, decision.proposal) });
    else {
      await give(due, decision);
      touches.set(row.id, { buyerId: row.buyerId, tasks: true });
    }
  }
  const appended = await stores.conversations.appendAutomatic(said.map(({ message }) => message));
  for (const [i, { due, message }] of said.entries()) {
    const { messageId: id, seq } = appended[i]!;
    const { conversationId, from, text, sentAt, script } = message;
    touches.set(due.row.id, {
      buyerId: due.row.buyerId,
      message: { id, conversationId, seq, from, text, sentAt, ...(script ? { script } : {}) },
      tasks: false,
    });
  }
  return touches;
}

async function messageOf(
  { stores, conversation, row, nowMs }: DecidedRow,
  proposal: Proposal,
): Promise<AutomaticMessage> {
  return {
    shopId: conversation.shopId,
    conversationId: conversation.id,
    scope: 'follow-up',
    key: row.id,
    messageId: createId('message', nowMs),
    from: 'auto',
    text: proposal.text,
    sentAt: nowMs,
    script: { id: proposal.scriptId, version: proposal.version },
    state: await stateAfterScript(stores, conversation, proposal.card, nowMs),
  };
}

async function give(due: DecidedRow, decision: Exclude<Decision, { kind: 'say' }>): Promise<void> {
  if (decision.kind === 'handOver' && decision.stopped) await tellOfStop(due, decision.stopped);
  else {
    const because = decision.kind === 'handOver' ? decision.because : undefined;
    await addTask(taskOf(due), due.conversation.id, because);
  }
}

async function tellOfStop(
  { stores, row, conversation, surroundings, nowMs }: DecidedRow,
  stopped: StoppedScript,
): Promise<void> {
  const { shop } = surroundings.view;
  const send = {
    shopId: shop.id,
    conversationId: conversation.id,
    buyerId: row.buyerId,
    ...(row.orderId === null ? {} : { orderId: row.orderId }),
    what: `「${timersOf(shop).rules.get(row.rule)?.title.zh ?? row.rule}」`,
    scripts: surroundings.library.scripts,
  };
  await noteStopped(stores, send, stopped, nowMs);
}

/** Gives a row to a person. */
export async function addTask(
  { stores, row, shop, nowMs }: { stores: Stores; row: FollowUp; shop: Shop; nowMs: number },
  conversationId: string | null,
  because: string | undefined,
): Promise<void> {
  const rule = timersOf(shop).rules.get(row.rule);
  await stores.desk.addTask(
    {
      shopId: shop.id,
      id: `tsk_${row.id}`,
      kind: 'follow_up',
      title: rule?.title.zh ?? row.rule,
      rule: row.rule,
      buyerId: row.buyerId,
      ...(conversationId === null ? {} : { conversationId }),
      ...(row.orderId === null ? {} : { orderId: row.orderId }),
      ...(row.deadlineAtMs == null ? {} : { dueAt: row.deadlineAtMs }),
      forRole: taskRole(row.rule, row.touch),
      data: {
        cards: rule?.cards ?? [],
        subjectId: row.subjectId,
        touch: row.touch,
        ...(because === undefined ? {} : { because }),
      },
    },
    nowMs,
  );
}

function taskOf({ stores, row, surroundings, nowMs }: DecidedRow) {
  return { stores, row, shop: surroundings.view.shop, nowMs };
}
