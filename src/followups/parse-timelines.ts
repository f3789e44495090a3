/** Reads evaluation files of kind `followups`, strictly: what is not in the contract is an error with its place. */
import { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { isTimeZone } from '../lib/wall-time.ts';
import { DateSchema, DaySpanSchema, TimeSchema } from '../protocol/facts.ts';
import { FollowUpRuleIdSchema } from '../protocol/ids.ts';
import { DESK_FIELDS, EVENT_DATA, type FollowUpEvent } from './events.ts';

const ENDINGS = ['sent', 'skipped', 'cancelled'] as const;
/** Reasons an evaluation file may note; for people, never compared. */
const NOTED_REASONS = [
  'paid',
  'closed',
  'declined',
  'opted_out',
  'buyer_wrote',
  'agent_in_chat',
  'agent_took_over',
  'ordered',
  'merged',
  'rescheduled',
  'replaced_by_fu03',
  'answered',
  'number_entered',
  'case_open',
  'rating_not_low',
  'quiet_hours',
  'cap',
  'cap_12h',
  'no_more_followup',
] as const;

const ShopSchema = z.strictObject({
  tz: z.string().refine(isTimeZone, { error: 'must be an IANA time zone, such as Asia/Shanghai' }),
  hours: DaySpanSchema,
  quietHours: DaySpanSchema,
  closedDays: z.array(DateSchema),
});

const ExpectationSchema = z.strictObject({
  kind: z.enum([...ENDINGS, 'none']),
  rule: FollowUpRuleIdSchema,
  subject: z.string().min(1),
  notBefore: TimeSchema,
  notAfter: TimeSchema,
  alsoOk: z.array(z.enum(ENDINGS)).optional(),
  reason: z.enum(NOTED_REASONS).optional(),
});

type EventType = keyof typeof EVENT_DATA;
const EVENT_TYPES = Object.keys(EVENT_DATA) as [EventType, ...EventType[]];
const EventSchema = z.strictObject({
  at: TimeSchema,
  type: z.enum(EVENT_TYPES),
  data: z.record(z.string(), z.unknown()),
});

const LineSchema = z.strictObject({
  id: z.string().min(1),
  rule: FollowUpRuleIdSchema,
  shop: ShopSchema,
  events: z.array(EventSchema).min(1),
  expect: z.array(ExpectationSchema),
  why: z.string().optional(),
});

/** What a line expects of one rule and subject. */
export type Expectation = z.infer<typeof ExpectationSchema>;

/** One line: a shop, what happens in it, and what must come of it. */
export interface Timeline {
  id: string;
  line: number;
  rule: string;
  shop: z.infer<typeof ShopSchema>;
  /** By time; the last one is `clock.end`. */
  events: FollowUpEvent[];
  expect: Expectation[];
}

/**
 * Parses a whole file; blank lines are skipped.
 *
 * @throws DataFileError with file, line and path at the first thing the contract does not allow.
 */
export function parseTimelines(file: string, text: string): Timeline[] {
  const seen = new Map<string, number>();
  const timelines: Timeline[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue;
    const timeline = parseLine(file, index + 1, raw);
    const first = seen.get(timeline.id);
    if (first !== undefined)
      throw new DataFileError(file, index + 1, 'id', `"${timeline.id}" is the id of line ${first}`);
    seen.set(timeline.id, index + 1);
    timelines.push(timeline);
  }
  return timelines;
}

function parseLine(file: string, line: number, raw: string): Timeline {
  const value = check(LineSchema, parseJson(file, line, raw), file, line, '');
  const events = value.events.map((event, i): FollowUpEvent => {
    const data = check(EVENT_DATA[event.type] as z.ZodType, event.data, file, line, `events[${i}].data`);
    const foreign = DESK_FIELDS[event.type]?.find((field) => field in event.data);
    if (foreign !== undefined) {
      throw new DataFileError(
        file,
        line,
        `events[${i}].data.${foreign}`,
        'is told by a running desk only; leave it out',
      );
    }
    return { type: event.type, atMs: Date.parse(event.at), data } as FollowUpEvent;
  });
  checkOrder(events, file, line);
  for (const [i, { notBefore, notAfter }] of value.expect.entries()) {
    if (Date.parse(notBefore) <= Date.parse(notAfter)) continue;
    throw new DataFileError(file, line, `expect[${i}].notAfter`, `${notAfter} is before notBefore ${notBefore}`);
  }
  return { id: value.id, line, rule: value.rule, shop: value.shop, events, expect: value.expect };
}

function parseJson(file: string, line: number, raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch (error) {
    throw new DataFileError(file, line, '', `is not JSON: ${(error as Error).message}`);
  }
}

function checkOrder(events: readonly FollowUpEvent[], file: string, line: number): void {
  for (const [i, event] of events.entries()) {
    const previous = events[i - 1];
    if (previous && event.atMs < previous.atMs) {
      throw new DataFileError(file, line, `events[${i}].at`, 'is before the event above it; events stand by time');
    }
    if (event.type === 'clock.end' && i !== events.length - 1) {
      throw new DataFileError(file, line, `events[${i}].type`, '"clock.end" must be the last event');
    }
  }
  if (events.at(-1)?.type !== 'clock.end') {
    throw new DataFileError(file, line, `events[${events.length - 1}].type`, 'the last event must be "clock.end"');
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, file: string, line: number, under: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = pathOf([...issue.path, ...keys], under);
  const problem = keys.length > 0 ? 'is no field of this form' : issue.message;
  throw new DataFileError(file, line, path, problem);
}

function pathOf(keys: readonly PropertyKey[], under: string): string {
  let path = under;
  for (const key of keys) path += typeof key === 'number' ? `[${key}]` : `${path === '' ? '' : '.'}${String(key)}`;
  return path;
}
