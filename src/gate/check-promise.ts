import type { GateContext } from '../protocol/turn.ts';
import { normalizeText } from './normalize-text.ts';
import type { Passage } from './passage.ts';
import { type NamedTime, readTimes } from './read-times.ts';
import { isTimeInWords } from './stated-facts.ts';
import type { PROMISE_TOPICS } from './words/promises.ts';

/** What a promised time is about. */
export type PromiseTopic = keyof typeof PROMISE_TOPICS;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const WORKDAY_REFUND_HOURS = 48;

interface Support {
  /** Moments the desk has on record: promising one of them, or later, is safe. */
  deadlines: (string | undefined)[];
  /** Stretches on record, in hours: promising as long, or longer, is safe. */
  stretches: (number | undefined)[];
}

/** Whether some fact carries a promised time. @see TAB-24, SR-02 */
export function isPromiseSupported(topic: PromiseTopic, time: NamedTime, clause: string, passage: Passage): boolean {
  const { context } = passage;
  if (isTimeInWords(time, clause, passage)) return true;
  if (topic === 'refund') return isRefundTimeSupported(time, context);
  if (topic === 'arrive' && /货|批|补/.test(clause) && isRestockSupported(time, context, passage)) return true;
  if (topic === 'restock') return isRestockSupported(time, context, passage);
  if (topic === 'ship' && isShippingNormSupported(time, clause, passage)) return true;
  const { deadlines, stretches } = supportOf(topic, context);
  if (deadlines.some((deadline) => deadline !== undefined && isNotBefore(time, deadline, topic))) return true;
  return stretches.some((hours) => hours !== undefined && time.hours >= hours - 1e-6);
}

function supportOf(topic: PromiseTopic, context: GateContext): Support {
  const { order, wish, question, complaint, discount, handover, shipping } = context;
  const matter = context.case;
  switch (topic) {
    case 'ship':
      return {
        deadlines: [
          order?.promisedShipBy,
          wish?.confirmedByWarehouse === true ? wish.handOverBy : undefined,
          matter?.nextStepBy,
        ],
        stretches: [],
      };
    case 'arrive':
      return {
        deadlines: [],
        stretches: [order?.etaDays == null ? undefined : order.etaDays * 24, leastDays(shipping?.usualDays)],
      };
    case 'reply':
      return {
        deadlines: [
          question?.answerBy,
          complaint?.answerBy,
          matter?.nextStepBy,
          matter?.solveBy,
          context.warehouse?.resultBy,
          replyMoment(context),
        ],
        stretches: [minutes(discount?.supervisorAnswerMinutes), minutes(handover?.etaMinutes)],
      };
    case 'solve':
      return {
        deadlines: [matter?.solveBy, matter?.nextStepBy, complaint?.answerBy, context.warehouse?.resultBy],
        stretches: [],
      };
    case 'close':
      return {
        deadlines: [context.refund?.closesAt, order?.autoCloseAt, order?.tradeDeadline],
        stretches: [],
      };
    default:
      return { deadlines: [], stretches: [] };
  }
}

function minutes(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 60;
}

/** The upper end of the usual days: a shorter promise would be luck. */
function leastDays(usualDays: string | undefined): number | undefined {
  const numbers = usualDays?.match(/\d+/g)?.map(Number);
  return numbers === undefined || numbers.length === 0 ? undefined : numbers[0]! * 24;
}

/** The moment of the shop's schedule, else tomorrow's posted reply hour. @see POL-29 */
function replyMoment(context: GateContext): string | undefined {
  if (context.shop?.replyByAt !== undefined) return context.shop.replyByAt;
  const hour = context.shop?.replyByHour;
  if (hour === undefined || context.now === undefined) return undefined;
  const offset = context.now.slice(-6);
  const tomorrow = new Date(Date.parse(context.now) + 24 * HOUR_MS + offsetOf(offset));
  return `${tomorrow.toISOString().slice(0, 10)}T${hour}:00${offset}`;
}

function offsetOf(offset: string): number {
  const [hours, mins] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * ((hours ?? 0) * 60 + (mins ?? 0)) * MINUTE_MS;
}

/** A promise is safe when it is not earlier than the deadline on record; without a clock the record itself must do. */
function isNotBefore(time: NamedTime, deadline: string, topic: PromiseTopic): boolean {
  if (time.latestMs === undefined) return true;
  const deadlineMs = Date.parse(deadline);
  if (topic === 'close') return Math.abs(time.latestMs - deadlineMs) < 24 * HOUR_MS;
  return time.latestMs >= deadlineMs - MINUTE_MS;
}

/** 1–2 working days is the documented term; anything quicker needs a refund that is done. @see POL-20 */
function isRefundTimeSupported(time: NamedTime, context: GateContext): boolean {
  if (context.refund?.state === 'refunded') return true;
  return time.day === undefined && time.hours >= WORKDAY_REFUND_HOURS;
}

function isRestockSupported(time: NamedTime, context: GateContext, passage: Passage): boolean {
  const plan = context.product?.restockPlan;
  if (plan === undefined || plan === null || plan === 'none') return false;
  if (time.latestMs === undefined) return true;
  const planDay = Date.parse(`${plan}T00:00:00Z`) - passage.offsetMs;
  return time.latestMs > planDay;
}

/** The shop's norm holds unless the period is exceptional; 今天 needs the cut-off hour or a same-day norm. */
function isShippingNormSupported(time: NamedTime, clause: string, passage: Passage): boolean {
  const { shipping, order } = passage.context;
  if (shipping === undefined || shipping.exceptional === true) return false;
  const norm = shipping.norm === undefined ? '' : normalizeText(shipping.norm).plain.text;
  if (norm !== '' && (norm.includes(clause.slice(time.from, time.to)) || clause.includes(norm))) return true;
  const sameDay = /当天|当日|今天|即时/.test(norm);
  if (time.day === 0) {
    if (shipping.cutOffHour === undefined) return sameDay;
    return isBeforeCutOff(shipping.cutOffHour, order?.paidAt, passage);
  }
  if (time.day !== undefined && time.day >= 1 && (sameDay || shipping.cutOffHour !== undefined)) return true;
  const terms = readTimes(norm, { nowMs: undefined, offsetMs: 0 });
  if (time.day !== undefined && terms.some((term) => term.day !== undefined && term.day <= time.day!)) return true;
  const stretches = terms.map((t) => t.hours);
  if (stretches.length === 0) return false;
  const reached =
    time.latestMs !== undefined && time.day !== undefined && passage.nowMs !== undefined
      ? (time.latestMs - passage.nowMs) / HOUR_MS
      : time.hours;
  return reached >= Math.max(...stretches) - 1e-6;
}

function isBeforeCutOff(cutOffHour: string, paidAt: string | undefined, passage: Passage): boolean {
  if (passage.nowMs === undefined) return true;
  const momentMs = paidAt === undefined ? passage.nowMs : Date.parse(paidAt);
  const local = new Date(momentMs + passage.offsetMs);
  const clock = local.toISOString().slice(11, 16);
  return clock <= cutOffHour;
}
