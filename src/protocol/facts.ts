/**
 * The facts a script, a guard or the gate may rely on, by the names of the fact dictionary.
 *
 * Money is in yuan here (zero is a number), times are ISO 8601 with offset. Absent and `null` differ:
 * absent means nobody asked (unknown, so false in a guard), `null` or `[]` means asked, and there is nothing.
 *
 * @see domain 05, sections 5.2 and 5.2b; SR-02
 */
import { z } from 'zod';
import {
  BuyerTypeSchema,
  CardIdSchema,
  ContactChannelSchema,
  OrderStateSchema,
  SegmentSchema,
  TechniqueSchema,
} from './ids.ts';

/** ISO 8601 with seconds and offset. */
export const TimeSchema = z.iso.datetime({ offset: true });
/** `HH:MM`. */
export const ClockTimeSchema = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, { error: 'must be HH:MM' });
/** `HH:MM-HH:MM`, may pass midnight. */
export const DaySpanSchema = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, { error: 'must be HH:MM-HH:MM' });
/** `YYYY-MM-DD`. */
export const DateSchema = z.iso.date();
/** Yuan with at most two decimals. */
export const YuanSchema = z
  .number()
  .min(0)
  .refine((n) => Math.abs(n * 100 - Math.round(n * 100)) < 1e-6, { error: 'must be yuan with at most two decimals' });
/** Capital code of a carrier: SF, STO, ZTO, YTO, EMS, JD … */
export const CarrierSchema = z
  .string()
  .regex(/^[A-Z0-9]{2,12}$/, { error: 'must be a carrier code in capitals, such as SF or STO' });

const text = z.string();
const texts = z.array(z.string());
const count = z.int();
const unit = z.number().min(0).max(1);
const rating = z.number().min(0).max(5);
const textMap = z.record(z.string(), z.string());

const Shop = z.strictObject({
  name: text.optional(),
  hours: DaySpanSchema.optional(),
  replyByHour: ClockTimeSchema.optional(),
  /** Spans of the day that `hours` tells of, when there are breaks in it. */
  spans: z.array(DaySpanSchema).optional(),
  /** When the shop closed; absent while it is open. */
  closedSince: TimeSchema.optional(),
  /** Since when nobody has been there, and the shop not opened anew; absent: somebody is, or nobody knows. @see SCR-04 */
  absentSince: TimeSchema.optional(),
  /** When the shop opens next; known to a running desk only. */
  nextOpenAt: TimeSchema.optional(),
  /** By when a message left at this moment is answered, holidays and days off counted in. @see POL-29 */
  replyByAt: TimeSchema.optional(),
  priceEditable: z.boolean().optional(),
  offPlatformPayment: z.enum(['forbidden', 'allowed']).optional(),
  lastPiecesThreshold: count.optional(),
  authorityYuan: YuanSchema.optional(),
  rating: rating.optional(),
  ageYears: z.number().optional(),
  licence: text.optional(),
  benefitsForAll: texts.optional(),
  tiers: z
    .record(
      z.string(),
      z.strictObject({
        title: text.optional(),
        discount: unit.optional(),
        minSpent: YuanSchema.optional(),
        benefits: texts.optional(),
      }),
    )
    .optional(),
});

const Agent = z.strictObject({
  name: text.optional(),
  title: text.optional(),
  onDuty: z.boolean().optional(),
  role: z.enum(['agent', 'supervisor']).optional(),
});

const Buyer = z.strictObject({
  id: text.optional(),
  isReturning: z.boolean().optional(),
  tier: text.optional(),
  lastOrder: text.optional(),
  region: text.optional(),
  types: z.partialRecord(BuyerTypeSchema, unit).optional(),
  segment: SegmentSchema.optional(),
  need: z.strictObject({ purpose: text.optional(), budget: YuanSchema.nullable().optional() }).optional(),
  measurements: z.record(z.string(), z.number()).optional(),
  condition: text.optional(),
});

const Product = z.strictObject({
  title: text.optional(),
  category: text.optional(),
  price: YuanSchema.optional(),
  priceFloor: YuanSchema.optional(),
  /** Lowest price of single variants by the margin rule; known to a running desk only. */
  priceFloors: z.record(z.string(), YuanSchema).optional(),
  link: text.optional(),
  attrs: textMap.optional(),
  attrSource: text.optional(),
  variants: textMap.optional(),
  stock: z.record(z.string(), count.min(0)).optional(),
  restockPlan: z
    .union([DateSchema, z.literal('none')])
    .nullable()
    .optional(),
  sizeTable: z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()]))).optional(),
  modelStats: z
    .strictObject({ heightCm: z.number().optional(), weightKg: z.number().optional(), wears: text.optional() })
    .optional(),
  care: texts.optional(),
  suitability: z.strictObject({ suits: text.optional(), notFor: text.optional(), caution: text.optional() }).optional(),
  differences: texts.optional(),
  benefits: texts.optional(),
  guarantees: texts.optional(),
  certificates: texts.optional(),
  reviewShots: z
    .array(z.strictObject({ id: text, genuine: z.boolean().optional(), masked: z.boolean().optional() }))
    .optional(),
});

const Promo = z.strictObject({
  name: text,
  rule: text.optional(),
  startsAt: TimeSchema.optional(),
  endsAt: TimeSchema.optional(),
  items: texts.optional(),
  stackable: z.boolean().optional(),
  extensionPlanned: z.boolean().optional(),
});

const Order = z.strictObject({
  id: text,
  state: OrderStateSchema,
  amount: YuanSchema.optional(),
  /** Lowest amount by the margin rule: the floors of all its items. */
  priceFloor: YuanSchema.optional(),
  items: z.array(z.strictObject({ title: text, sku: text.optional(), qty: count.optional() })).optional(),
  address: z.strictObject({ receiver: text.optional(), phone: text.optional(), street: text.optional() }).optional(),
  notes: texts.optional(),
  verified: z.boolean().optional(),
  placedAt: TimeSchema.optional(),
  paidAt: TimeSchema.optional(),
  autoCloseAt: TimeSchema.optional(),
  slipPrinted: z.boolean().optional(),
  inParcel: z.boolean().optional(),
  promisedShipBy: TimeSchema.optional(),
  shippedAt: TimeSchema.optional(),
  handedOver: z.boolean().optional(),
  carrier: CarrierSchema.optional(),
  trackingNo: text.optional(),
  etaDays: count.nullable().optional(),
  signedAt: TimeSchema.optional(),
  completedAt: TimeSchema.optional(),
  tradeDeadline: TimeSchema.optional(),
});

/** States of a refund form. */
export const REFUND_STATES = [
  'none',
  'wait_seller_agree',
  'wait_buyer_return',
  'return_shipped',
  'refunded',
  'closed',
] as const;

const Refund = z.strictObject({
  state: z.enum(REFUND_STATES).optional(),
  type: z.enum(['return', 'partial', 'unshipped']).optional(),
  amount: YuanSchema.optional(),
  paidAmount: YuanSchema.optional(),
  keepAmount: YuanSchema.optional(),
  formType: z.enum(['to_seller', 'to_buyer']).optional(),
  approved: z.boolean().optional(),
  closesAt: TimeSchema.optional(),
  closedAt: TimeSchema.optional(),
  trackingNo: text.nullable().optional(),
});

/** What an after-sale or logistics case is about. */
export const CASE_KINDS = [
  'quality',
  'damaged',
  'wrong',
  'missing',
  'surplus',
  'lost',
  'not_served',
  'not_as_described',
  'no_reason',
  'price_drop',
  'exchange_difference',
  'desk_mistake',
] as const;

const Case = z.strictObject({
  open: z.boolean(),
  kind: z.enum(CASE_KINDS).optional(),
  openedAt: TimeSchema.optional(),
  fault: z.enum(['shop', 'courier', 'buyer', 'unknown']).optional(),
  faultVerifiedBy: text.optional(),
  nextStep: text.optional(),
  nextStepBy: TimeSchema.optional(),
  solveBy: TimeSchema.optional(),
  photos: texts.optional(),
  photosVerified: z.boolean().optional(),
  photosAskedCount: count.optional(),
  photosImpossible: z.boolean().optional(),
  wearMarks: z.boolean().optional(),
  refusedSeen: z.boolean().optional(),
  pastBranch: z.boolean().optional(),
  statutoryChecked: z.boolean().optional(),
  options: texts.optional(),
  approvedAmount: YuanSchema.optional(),
  offer: text.optional(),
  basis: text.optional(),
  decision: text.optional(),
  remedy: text.optional(),
  mistake: text.optional(),
  returnAgreed: z.boolean().optional(),
  postageBearer: z.enum(['shop', 'buyer']).optional(),
  tradeExtended: z.boolean().optional(),
  urgent: z.boolean().optional(),
});

/** Buying signals, in the order of domain 05, 5.3. */
export const BUYING_SIGNALS = [
  'asks_shipping',
  'asks_total',
  'named_variant',
  'asks_coupon',
  'added_to_cart',
  'looks_right',
  'asks_return_terms',
  'named_date',
] as const;
/** Kinds of doubt (SCR-40 … SCR-45). */
export const DOUBTS = ['site', 'credit', 'goods', 'payment', 'logistics', 'own'] as const;

const Convo = z.strictObject({
  signals: z.array(z.enum(BUYING_SIGNALS)).optional(),
  techniquesUsed: z.array(TechniqueSchema).optional(),
  scriptsUsed: z.array(CardIdSchema).optional(),
  openDoubts: z.array(z.enum(DOUBTS)).optional(),
  doubtCount: count.optional(),
  openQuestions: texts.optional(),
  priceTurns: count.optional(),
  objection: text.nullable().optional(),
  saidThinkAgain: z.boolean().optional(),
  saidNo: z.boolean().optional(),
  leaveAlone: z.boolean().optional(),
  outcome: z.enum(['bought', 'not_bought', 'thinking']).optional(),
  orderStep: z.enum(['find_product', 'choose_variant', 'cart', 'address', 'submit', 'pay']).optional(),
  crossSellCount: count.optional(),
  keepAttempts: count.optional(),
  followupsSent: count.optional(),
  noMoreFollowup: z.boolean().optional(),
  awayAckLastSentAt: TimeSchema.nullable().optional(),
  lastBuyerAt: TimeSchema.optional(),
  promoTold: z.boolean().optional(),
  closing: z.boolean().optional(),
});

/** Every group of facts but the clock; the gate takes any of them. */
const groups = {
  asOf: z.record(z.string(), TimeSchema),
  shop: Shop,
  agent: Agent,
  buyer: Buyer,
  product: Product,
  candidates: z.array(
    z.strictObject({
      title: text,
      price: YuanSchema.optional(),
      stock: count.min(0).optional(),
      fits: texts.optional(),
      /** Why it is proposed beside the needs it serves: rating, stock; known to a running desk only. */
      why: texts.optional(),
    }),
  ),
  choice: z.array(
    z.strictObject({
      title: text,
      price: YuanSchema.optional(),
      stock: count.min(0).optional(),
      rating: rating.optional(),
      reviewCount: count.optional(),
    }),
  ),
  matching: z.array(z.strictObject({ title: text, price: YuanSchema.optional(), stock: count.min(0).optional() })),
  comparedWith: z.strictObject({ title: text, attrs: textMap.nullable().optional() }),
  promo: z.array(Promo),
  stack: z.strictObject({ computedTotal: YuanSchema.optional(), checkoutTotal: YuanSchema.optional() }),
  program: z.strictObject({ exists: z.boolean().optional(), qualifies: z.boolean().optional() }),
  payment: z.strictObject({
    methods: texts.optional(),
    payByOtherOffered: z.boolean().optional(),
    releaseRule: text.optional(),
    error: text.nullable().optional(),
  }),
  platform: z.strictObject({ rules: texts.optional() }),
  invoice: z.strictObject({
    serviceConfigured: z.boolean().optional(),
    when: text.optional(),
    type: text.optional(),
    title: text.optional(),
    taxId: text.optional(),
    sendTo: text.optional(),
  }),
  shipping: z.strictObject({
    norm: text.optional(),
    cutOffHour: ClockTimeSchema.optional(),
    carrier: CarrierSchema.optional(),
    usualDays: text.optional(),
    exceptional: z.boolean().optional(),
    reason: text.optional(),
  }),
  postage: z.strictObject({
    table: z.record(z.string(), z.record(z.string(), YuanSchema)).optional(),
    link: text.optional(),
    amount: YuanSchema.optional(),
  }),
  insurance: z.strictObject({ freeReturn: z.boolean().optional() }),
  return: z.strictObject({
    address: text.optional(),
    policy: text.optional(),
    exemptions: texts.optional(),
    collectCarriers: z.array(CarrierSchema).optional(),
  }),
  order: Order.nullable(),
  priceEdit: z.strictObject({ oldAmount: YuanSchema, newAmount: YuanSchema, visible: z.boolean().optional() }),
  warehouse: z.strictObject({
    checkedAt: TimeSchema.optional(),
    cause: text.optional(),
    resultBy: TimeSchema.optional(),
    eveningConfirmHour: ClockTimeSchema.optional(),
  }),
  tracking: z.strictObject({
    lastScan: text.optional(),
    lastScanAt: TimeSchema.optional(),
    exception: text.nullable().optional(),
  }),
  courier: z.strictObject({
    contactedAt: TimeSchema.nullable().optional(),
    answer: text.optional(),
    lossConfirmed: z.boolean().optional(),
  }),
  slip: z.strictObject({ weight: z.number().optional() }).nullable(),
  parcel: z.strictObject({
    packingList: texts.optional(),
    split: z.boolean().optional(),
    trackingNos: texts.optional(),
    intact: z.boolean().optional(),
    missing: text.optional(),
  }),
  refund: Refund,
  review: z.strictObject({ score: count.min(1).max(5).optional(), issue: text.optional() }),
  question: z.strictObject({
    text: text,
    askedAt: TimeSchema.optional(),
    answerBy: TimeSchema.optional(),
    channel: ContactChannelSchema.optional(),
    answered: z.boolean().optional(),
    verifiedAnswer: text.optional(),
    verifiedBy: text.optional(),
  }),
  handover: z.strictObject({
    receiver: text.optional(),
    receiverOnDuty: z.boolean().optional(),
    etaMinutes: z.number().optional(),
  }),
  discount: z.strictObject({
    requested: YuanSchema.optional(),
    granted: YuanSchema.optional(),
    requestLoggedAt: TimeSchema.optional(),
    supervisorAnswerMinutes: z.number().optional(),
    approvalId: text.nullable().optional(),
    approvedBy: text.optional(),
    approvedAmount: YuanSchema.optional(),
    approvalExpiresAt: TimeSchema.optional(),
  }),
  wish: z.strictObject({
    kind: z.enum(['carrier', 'ship_today', 'ship_on_date', 'accessory']),
    carrier: CarrierSchema.optional(),
    confirmedByWarehouse: z.boolean().optional(),
    handOverBy: TimeSchema.optional(),
  }),
  case: Case.nullable(),
  complaint: z.strictObject({ assignee: text.nullable().optional(), answerBy: TimeSchema.optional() }),
  exchange: z.strictObject({
    difference: YuanSchema.optional(),
    direction: z.enum(['buyer_pays', 'shop_pays']).optional(),
    link: text.optional(),
    computed: z.boolean().optional(),
  }),
  statutory: z.strictObject({ insideSevenDays: z.boolean().optional() }),
  consent: z.strictObject({ marketing: z.boolean().optional(), channels: z.array(ContactChannelSchema).optional() }),
  queue: z.strictObject({ waiting: count.optional(), limit: count.optional() }),
  basket: z.array(z.strictObject({ title: text, qty: count.optional(), price: YuanSchema.optional() })),
  convo: Convo,
};

/** Optional versions of every group. */
const optionalGroups = z.strictObject(groups).partial();

/** The facts of a situation; `now` is the clock, `shop`, `agent` and `buyer` are always there (perhaps empty). */
export const FactsSchema = optionalGroups.extend({ now: TimeSchema, shop: Shop, agent: Agent, buyer: Buyer });
export type Facts = z.infer<typeof FactsSchema>;

/** What the gate knows beside the text: any fact, none required, `now` included. */
export const PartialFactsSchema = optionalGroups.extend({ now: TimeSchema.optional() });
export type PartialFacts = z.infer<typeof PartialFactsSchema>;

/** Order facts alone, as the order feed keeps them. */
export type OrderFacts = z.infer<typeof Order>;
/** Product facts alone, as the catalogue keeps them. */
export type ProductFacts = z.infer<typeof Product>;
export type PromoFacts = z.infer<typeof Promo>;
export type BuyingSignal = (typeof BUYING_SIGNALS)[number];
export type Doubt = (typeof DOUBTS)[number];
export type CaseKind = (typeof CASE_KINDS)[number];
