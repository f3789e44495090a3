/** Facts from the order feed and from what people entered, each with the time it was told or entered. */
import { findRecord, recordsOf } from '../conversations/desk-records.ts';
import { trackSteps } from '../desk/track-steps.ts';
import { etaDaysOf, feedGroups, returnFacts } from '../orders/derive-order.ts';
import type { Feed, Order } from '../orders/ports.ts';
import { type DeskRecord, type ProcedureView, RECORD_SCHEMAS, type Steps } from '../protocol/desk-records.ts';
import type { Facts } from '../protocol/facts.ts';
import type { TurnContext } from './ports.ts';

/** Groups of facts and their ages, by path. */
export interface AgedFacts {
  facts: Partial<Facts>;
  asOf: Record<string, string>;
}

/** Where a group of the feed comes from. */
const FEED_OF: Readonly<Record<string, Feed>> = {
  tracking: 'tracking',
  slip: 'warehouse',
  parcel: 'warehouse',
  warehouse: 'warehouse',
};
/** What the desk decides about a refund holds until it is decided anew; everything else is looked up and grows old. */
const DECISIONS = ['type', 'amount', 'formType', 'approved'];

/** What the feed told of the order; a pushed fact is as old as the last sign of life of its source. @see SR-02 */
export function fedFacts(
  order: Order,
  feeds: Partial<Record<Feed, number>>,
  nowMs: number,
  time: (ms: number) => string,
): AgedFacts {
  const asOf: Record<string, string> = {};
  const groups = feedGroups(order, nowMs);
  for (const group of Object.keys(groups)) {
    const source = FEED_OF[group] ?? 'orders';
    const told =
      source === 'orders' ? order.readAt : (order.feed?.read[source as 'tracking' | 'warehouse'] ?? order.readAt);
    asOf[group] = time(Math.max(told, feeds[source] ?? 0));
  }
  return { facts: groups as Partial<Facts>, asOf };
}

/** Days to arrival as told by the courier; `undefined`: not told. */
export function fedEta(order: Order, nowMs: number): { etaDays: number | null } | undefined {
  const etaDays = etaDaysOf(order, nowMs);
  return etaDays === undefined ? undefined : { etaDays };
}

/** What people entered for the order of the chat. */
export function enteredFacts(
  records: readonly DeskRecord[] | undefined,
  orderId: string | undefined,
  nowMs: number,
  time: (ms: number) => string,
): AgedFacts {
  const facts: Record<string, unknown> = {};
  const asOf: Record<string, string> = {};
  for (const record of recordsOf(records, orderId)) {
    const { group, entered } = record;
    if (group === 'steps') continue;
    const value = RECORD_SCHEMAS[group].safeParse(record.value);
    if (!value.success || Object.keys(value.data).length === 0) continue;
    facts[group] = value.data;
    for (const [name, { at }] of Object.entries(entered)) {
      asOf[`${group}.${name}`] = time(group === 'refund' && DECISIONS.includes(name) ? nowMs : at);
    }
  }
  return { facts: facts as Partial<Facts>, asOf };
}

/** Both together, field by field: what a system says goes before what a person looked up. */
export function mergeAged(entered: AgedFacts, fed: AgedFacts): AgedFacts {
  const facts: Record<string, unknown> = { ...entered.facts };
  const asOf: Record<string, string> = { ...entered.asOf };
  for (const [group, value] of Object.entries(fed.facts)) {
    facts[group] = { ...(facts[group] as object | undefined), ...(value as object) };
    for (const name of Object.keys(value as object)) delete asOf[`${group}.${name}`];
    asOf[group] = fed.asOf[group]!;
  }
  return { facts: facts as Partial<Facts>, asOf };
}

/** What was done of the procedure of an order. */
export function stepsOf(records: readonly DeskRecord[] | undefined, orderId: string | undefined): Steps {
  return (findRecord(records, 'steps', orderId)?.value ?? {}) as Steps;
}

/** Where returns and refunds of the order of the chat stand. */
export function proceduresOf(context: TurnContext, order: Order | undefined, facts: Facts): ProcedureView[] {
  const { arrivedAt, sound, flag } = order ? returnFacts(order) : {};
  return trackSteps({
    facts,
    steps: stepsOf(context.conversation.state.records, order?.id),
    returned: arrivedAt !== undefined,
    ...(sound === undefined ? {} : { sound }),
    ...(flag === undefined ? {} : { flag }),
  });
}
