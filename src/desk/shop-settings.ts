/** A shop's own settings: what the owner decides, with the documents' figures as defaults. */
import { z } from 'zod';
import { ClockSettingsSchema } from '../protocol/clocks.ts';
import { DiscountSettingsSchema } from '../protocol/discounts.ts';
import { FactsSchema } from '../protocol/facts.ts';
import { GoodsSettingsSchema } from '../protocol/goods.ts';
import { LearningSettingsSchema } from '../protocol/learning.ts';
import { ModesSchema } from '../protocol/modes.ts';
import { OnCallSettingsSchema } from '../protocol/on-call.ts';
import { ProfilingSettingsSchema } from '../protocol/profiling.ts';
import { TimerSettingsSchema } from '../protocol/timers.ts';
import { ShopScheduleSchema } from './shop-schedule.ts';

const shape = FactsSchema.shape;
const daySpan = shape.shop.shape.hours.unwrap();
const clockTime = shape.shop.shape.replyByHour.unwrap();

/** The groups of facts that come from configuration. @see domain 05, 5.2 */
export const ShopSettingsSchema = z.strictObject({
  /** Online hours, every day but closed ones. */
  hours: daySpan.default('09:00-22:00'),
  /** Hour of the next day by which offline messages are answered. @see POL-29 */
  replyByHour: clockTime.default('10:00'),
  /** Days without a shift, YYYY-MM-DD. */
  closedDays: z.array(z.iso.date()).default([]),
  /** A week with breaks, holidays, days and channels that are different; takes the place of `hours`. */
  schedule: ShopScheduleSchema.optional(),
  quietHours: daySpan.default('22:00-09:00'),
  shop: shape.shop.default({}),
  shipping: shape.shipping.optional(),
  postage: shape.postage.optional(),
  payment: shape.payment.optional(),
  platform: shape.platform.optional(),
  invoice: shape.invoice.optional(),
  return: shape.return.optional(),
  insurance: shape.insurance.optional(),
  program: shape.program.optional(),
  warehouse: shape.warehouse.optional(),
  /** Buyers in line above which a busy notice is true. @see TAB-30 */
  queueLimit: z.int().min(1).default(8),
  /** Requests for a discount above an agent's authority. */
  discounts: DiscountSettingsSchema.prefault({}),
  /** Limits of the response clocks, who is warned, what a breach becomes. */
  clocks: ClockSettingsSchema.prefault({}),
  /** Whom an emergency wakes while nobody is there; absent: nobody. */
  onCall: OnCallSettingsSchema.optional(),
  /** Whether outcomes move the ranking, and for how many conversations they do not. @see KPI-11 */
  learning: LearningSettingsSchema.prefault({}),
  /** What leaves by itself, and when. @see SR-10, SR-11 */
  modes: ModesSchema.prefault({}),
  /** What the shop changes about the follow-up timers; the bounds are each timer's own. @see domain 07 */
  timers: TimerSettingsSchema.optional(),
  /** Thresholds of the buyer features and of the types. @see domain 03, 3.2 */
  profiling: ProfilingSettingsSchema.optional(),
  /** Where the catalogue is read from at intervals; absent: nowhere. */
  goods: GoodsSettingsSchema.optional(),
  /** The demo shop offers its buyers and orders to play with. */
  demo: z.boolean().default(false),
});
export type ShopSettings = z.infer<typeof ShopSettingsSchema>;
