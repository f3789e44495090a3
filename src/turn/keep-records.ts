/** What people enter about a conversation: checked, kept, told to the timers, and put into the suggestions. */
import { randomUUID } from 'node:crypto';
import { findRecord, orderOf, replaceRecord, withValue } from '../conversations/desk-records.ts';
import type { ConversationRow } from '../conversations/ports.ts';
import type { Agent, Shop } from '../desk/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { formatPath } from '../lib/read-text-file.ts';
import { formatTime } from '../lib/zoned-time.ts';
import { type DeskRecord, RECORD_SCHEMAS, type RecordGroup, type RecordsView } from '../protocol/desk-records.ts';
import { orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores, TurnContext } from './ports.ts';
import { reportSameIssue } from './raise-shop-task.ts';
import { recentPictures } from './read-pictures.ts';
import { renewAfterChange } from './renew-after-change.ts';
import { showRecords } from './show-records.ts';
import { tellRecordChange } from './tell-record-change.ts';

/** A value for a record. */
export interface RecordChange {
  group: RecordGroup;
  /** The whole value; `null`: the record is taken away. */
  value: Record<string, unknown> | null;
  /** The revision that was read; 0: there was none. */
  basedOn: number;
  /** Absent: the order of the chat. */
  orderId?: string | undefined;
}

/** What an agent may give without a supervisor where the shop says nothing, in yuan. @see POL-01 */
const AUTHORITY_YUAN = 20;

/**
 * Puts a value in the place of a record, in one commit with the timers and the audit trail.
 *
 * @throws DeskError `not_found`, `bad_request` (place and what is legal), `forbidden` (beyond the agent's authority),
 * `conflict` with the record in force in `details`
 */
export async function putRecord(
  desk: Desk,
  agent: Agent,
  conversationId: string,
  change: RecordChange,
): Promise<RecordsView> {
  const { shopId } = agent;
  const [context, shop] = await Promise.all([desk.ledger.context({ shopId, conversationId }), desk.shop(shopId)]);
  if (!context) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const orderId = orderOf(change.group, chosenOrder(context, change.orderId));
  const nowMs = desk.clock.now();
  const events = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    const before = findRecord(row.state.records, change.group, orderId);
    const value = change.value && complete(change, before, { agent, shop, context, nowMs });
    checkBase(before, change.basedOn);
    if (!before && !value) return [];
    checkAuthority(change.group, before?.value ?? {}, value ?? {}, agent, shop);
    const entry = { by: agent.id, name: agent.name, at: nowMs };
    const after = value ? withValue(before, { group: change.group, orderId }, value, entry) : undefined;
    await keep(stores, row, before, after, nowMs);
    const { group } = change;
    await stores.desk.audit(shopId, agent.id, 'record', { conversationId, group, orderId, value }, nowMs);
    const told = tellRecordChange(row, before, after, nowMs, isMember(context));
    const isOver = told.some(({ type }) => type === 'case.closed') && !told.some(({ type }) => type === 'case.opened');
    if (isOver) {
      await stores.clocks.settle(shopId, conversationId, ['logisticsCase'], nowMs);
    }
    for (const event of told) await tellTimers(stores, desk, shop, event, row.buyerId, row.channel);
    return told;
  });
  for (const event of events) {
    if (event.type === 'case.opened') await reportSameIssue(desk, shop, event.data.orderId, event.data.kind);
  }
  announceRecords(desk, shopId, conversationId);
  await renewAfterChange(desk, shopId, conversationId, agent);
  return await showRecords(desk, shopId, conversationId);
}

/** Whether the shop has the buyer in its member programme. */
function isMember({ buyer }: TurnContext): boolean {
  const { tier } = buyer.facts;
  return typeof tier === 'string' && tier !== 'none';
}

/** Tells every console. */
export function announceRecords(desk: Desk, shopId: string, conversationId: string): void {
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['records', 'followUps', 'clocks'] });
}

function chosenOrder({ orders, conversation }: TurnContext, asked: string | undefined): string | undefined {
  if (asked === undefined) return orderOfChat(orders, conversation)?.id;
  if (orders.some(({ id }) => id === asked)) return asked;
  throw new DeskError('bad_request', `orderId is ${asked}: must be one of this buyer's newest orders`);
}

function checkBase(before: DeskRecord | undefined, basedOn: number): void {
  const revision = before?.revision ?? 0;
  if (revision === basedOn) return;
  const problem = `basedOn is ${basedOn}: revision ${revision} is in force, read it first`;
  throw new DeskError('conflict', problem, { record: before });
}

/** Compensation and partial refunds beyond the agent's authority are a supervisor's to approve. @see POL-01 */
function checkAuthority(
  group: RecordGroup,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  agent: Agent,
  shop: Shop,
): void {
  if (agent.role === 'supervisor') return;
  const limit = shop.settings.shop?.authorityYuan ?? AUTHORITY_YUAN;
  const isNew = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const refuse = (name: string, amount: unknown) => {
    const problem = `${group}.${name} is ${String(amount)}: an agent may approve up to ${limit} yuan, more is a supervisor's`;
    throw new DeskError('forbidden', problem);
  };
  const { approvedAmount, amount, approved, type } = after;
  if (group === 'case' && isNew('approvedAmount') && Number(approvedAmount ?? 0) > limit) {
    refuse('approvedAmount', approvedAmount);
  }
  const approves = group === 'refund' && approved === true && type !== 'return' && type !== 'unshipped';
  if (approves && (isNew('approved') || isNew('amount')) && Number(amount ?? 0) > limit) refuse('amount', amount);
}

interface Surroundings {
  agent: Agent;
  shop: Shop;
  context: TurnContext;
  nowMs: number;
}

/** Checks the value, and adds what the desk knows by itself. @throws DeskError `bad_request` */
function complete(change: RecordChange, before: DeskRecord | undefined, around: Surroundings): Record<string, unknown> {
  const { group } = change;
  const given = cleaned(change.value);
  const value = group === 'case' ? completeCase(given as Record<string, unknown>, before, around) : given;
  const { data, error } = RECORD_SCHEMAS[group].safeParse(value);
  if (data) return data as Record<string, unknown>;
  const [issue] = error.issues;
  throw new DeskError('bad_request', `${formatPath(['value', ...issue!.path])}: ${issue!.message}`);
}

function completeCase(
  given: Record<string, unknown>,
  before: DeskRecord | undefined,
  { agent, shop, context, nowMs }: Surroundings,
): Record<string, unknown> {
  const opens = given['open'] === true && before?.value['open'] !== true;
  const value = { ...given };
  if (opens) {
    value['openedAt'] ??= formatTime(nowMs, shop.tz);
    const pictures = recentPictures(context.messages, nowMs);
    if (pictures.length > 0) value['photos'] ??= pictures;
  }
  const { fault } = value;
  if (fault === undefined || fault === 'unknown') delete value['faultVerifiedBy'];
  else if (fault !== before?.value['fault']) value['faultVerifiedBy'] = agent.name;
  return value;
}

/** Longest text of a field. */
const MOST_TEXT = 500;

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value).slice(0, MOST_TEXT);
  if (Array.isArray(value)) return value.slice(0, 50).map(cleaned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cleaned(part)]));
}

/** Writes the record; a case that is over is kept, and what was done of its procedure ends with it. */
async function keep(
  stores: Stores,
  row: ConversationRow,
  before: DeskRecord | undefined,
  after: DeskRecord | undefined,
  nowMs: number,
): Promise<void> {
  const wasOpen = before?.group === 'case' && before.value['open'] === true;
  if (wasOpen && after?.value['open'] !== true) {
    await stores.records.keepClosed(row.shopId, row.id, randomUUID(), after ?? before, nowMs);
  }
  let records = replaceRecord(row.state.records, before, after);
  if (after?.group === 'case' && after.value['open'] === true && !wasOpen) {
    const steps = findRecord(records, 'steps', after.orderId);
    if (steps) records = replaceRecord(records, steps, undefined);
  }
  await stores.conversations.update(row.shopId, row.id, { state: { ...row.state, records } }, nowMs);
}
