/** The records of a conversation: which one counts for an order, and what a change makes of it. */
import { CHAT_GROUPS, type DeskRecord, type RecordGroup } from '../protocol/desk-records.ts';

/** Who enters something, and when. */
export interface Entry {
  by: string;
  name: string;
  at: number;
}

/** The order a record of a group belongs to; `undefined` for what is about the chat. */
export function orderOf(group: RecordGroup, orderId: string | undefined): string | undefined {
  return CHAT_GROUPS.includes(group) ? undefined : orderId;
}

/** The record of a group for an order: its own, else one that was entered before there was an order. */
export function findRecord(
  records: readonly DeskRecord[] | undefined,
  group: RecordGroup,
  orderId: string | undefined,
): DeskRecord | undefined {
  const ofGroup = (records ?? []).filter((record) => record.group === group);
  return ofGroup.find((record) => record.orderId === orderId) ?? ofGroup.find((record) => record.orderId === undefined);
}

/** All records that count for an order. */
export function recordsOf(records: readonly DeskRecord[] | undefined, orderId: string | undefined): DeskRecord[] {
  const groups = new Set((records ?? []).map((record) => record.group));
  return [...groups].flatMap((group) => findRecord(records, group, orderId) ?? []);
}

/** The record with a new value: a field that stays as it was keeps who entered it. */
export function withValue(
  before: DeskRecord | undefined,
  key: { group: RecordGroup; orderId: string | undefined },
  value: Record<string, unknown>,
  entry: Entry,
): DeskRecord {
  const same = (name: string) => JSON.stringify(before?.value[name]) === JSON.stringify(value[name]);
  return {
    group: key.group,
    ...(key.orderId === undefined ? {} : { orderId: key.orderId }),
    revision: (before?.revision ?? 0) + 1,
    value,
    entered: Object.fromEntries(
      Object.keys(value).map((name) => [name, (same(name) ? before?.entered[name] : undefined) ?? entry]),
    ),
  };
}

/** The list with a record in the place of the one before; `undefined` takes that away. */
export function replaceRecord(
  records: readonly DeskRecord[] | undefined,
  before: DeskRecord | undefined,
  after: DeskRecord | undefined,
): DeskRecord[] {
  const others = (records ?? []).filter((record) => record !== before);
  return after ? [...others, after] : others;
}
