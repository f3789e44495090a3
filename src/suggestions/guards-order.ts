import type { Context } from './context.ts';
import {
  all,
  any,
  fact,
  fails,
  type Guard,
  HOLDS,
  HOUR_MS,
  MINUTE_MS,
  minuteOfDay,
  ms,
  state,
  withinSpan,
} from './guard-checks.ts';

const NOT_SHIPPED = new Set(['unpaid', 'paid', 'printed']);

const orderExists = fact('order.id', (f) => f.order?.id);
const orderState = (test: (state: string) => boolean, wrong: string): Guard =>
  fact('order.state', (f) => f.order?.state, test, wrong);
const orderUnpaid = orderState((s) => s === 'unpaid', '不是未付款');
const orderNotShipped = all(
  orderState((s) => NOT_SHIPPED.has(s), '已发货或交易已结束'),
  state(
    'order.shippedAt',
    (c) => c.facts.order?.shippedAt === undefined && c.facts.order?.handedOver !== true,
    '已发货',
  ),
);

const slipPrintedNotShipped = all(
  any(
    fact(
      'order.slipPrinted',
      (f) => f.order?.slipPrinted,
      (printed) => printed,
    ),
    all(
      orderState((s) => s === 'printed', '不是已打单'),
      state('order.slipPrinted', (c) => c.facts.order?.slipPrinted === undefined, '还没打单'),
    ),
  ),
  orderNotShipped,
);

const nearOrOverdue = fact(
  'order.promisedShipBy',
  (f) => f.order?.promisedShipBy,
  (by, c) => ms(by) - c.nowMs <= 24 * HOUR_MS,
  '还有24小时以上',
);

const silentOrderDue: Guard = (context) => {
  const placedAt = context.fresh('order.placedAt', context.facts.order?.placedAt);
  if (placedAt === undefined) return fails('order.placedAt', '未知');
  if (context.nowMs - ms(placedAt) < 30 * MINUTE_MS) return fails('order.placedAt', '还不到30分钟');
  return withinSpan('22:00-09:00', minuteOfDay(context.nowMs, context.facts.now))
    ? fails('now', '现在是免打扰时间')
    : HOLDS;
};

/** Minutes of the quiet hours, and how long before them a notice may still go out. */
const QUIET = { fromMinute: 22 * 60, minutes: 11 * 60, beforeMinutes: 15 };

/** From when the closing may be told: six hours before it; in the quiet hours not, so just before those. @see FR-05 */
function noticeFromMs(closesAtMs: number, context: Context): number {
  const fromMs = closesAtMs - 6 * HOUR_MS;
  const intoQuiet = (minuteOfDay(fromMs, context.facts.now) - QUIET.fromMinute + 24 * 60) % (24 * 60);
  return intoQuiet < QUIET.minutes ? fromMs - (intoQuiet + QUIET.beforeMinutes) * MINUTE_MS : fromMs;
}

/** The parcel may be called lost: the courier admits it, or the 48 h are over. @see SCR-93 */
const lossConfirmedOrDue = any(
  fact(
    'courier.lossConfirmed',
    (f) => f.courier?.lossConfirmed,
    (yes) => yes,
  ),
  fact(
    'case.openedAt',
    (f) => f.case?.openedAt,
    (at, c) => c.nowMs - ms(at) >= 48 * HOUR_MS,
    '还不到48小时',
  ),
);

/** A style of the order is rated below the line; only the ratings of a choice show it. @see POL-31 */
const styleRatedLow = all(
  fact('order.items', (f) => f.order?.items),
  fact(
    'choice',
    (f) => f.choice,
    (styles, c) => {
      const titles = c.facts.order!.items!.map((item) => item.title);
      return styles.some((style) => titles.includes(style.title) && style.rating !== undefined && style.rating < 4.8);
    },
    '没有低于4.8的评分',
  ),
);

/** States of an order whose goods are still at the shop. */
const WAITING: readonly string[] = ['unpaid', 'paid', 'printed'];

/** Guards of order, payment, shipping and logistics. */
export const ORDER_GUARDS = {
  orderExists,
  orderUnpaid,
  orderNotShipped,
  orderNotVerified: state('order.verified', (c) => c.facts.order?.verified !== true, '已经核对过'),
  orderVerified: fact(
    'order.verified',
    (f) => f.order?.verified,
    (yes) => yes,
  ),
  paymentArrived: fact('order.paidAt', (f) => f.order?.paidAt),
  notPaidYet: any(
    state('order.state', (c) => c.facts.order === undefined || c.facts.order === null, '已有订单'),
    orderUnpaid,
  ),
  payByOtherOffered: fact(
    'payment.payByOtherOffered',
    (f) => f.payment?.payByOtherOffered,
    (yes) => yes,
  ),
  payErrorKnown: state('payment.error', (c) => c.convo.paymentError !== undefined, '未知'),
  offPlatformAllowed: state('shop.offPlatformPayment', (c) => c.facts.shop.offPlatformPayment === 'allowed', '不允许'),
  silentOrderDue,
  autoCloseNear: fact(
    'order.autoCloseAt',
    (f) => f.order?.autoCloseAt,
    (at, c) => ms(at) > c.nowMs && c.nowMs >= noticeFromMs(ms(at), c),
    '不在6小时之内',
  ),
  priceEditVisible: fact(
    'priceEdit.visible',
    (f) => f.priceEdit?.visible,
    (yes) => yes,
  ),
  slipNotPrinted: fact(
    'order.slipPrinted',
    (f) => f.order?.slipPrinted,
    (printed) => !printed,
    '已打单',
  ),
  slipPrintedNotShipped,
  orderShipped: fact('order.shippedAt', (f) => f.order?.shippedAt),
  freightOnBuyer: all(
    fact(
      'case.fault',
      (f) => f.case?.fault,
      (fault) => fault === 'buyer',
    ),
    fact(
      'case.pastBranch',
      (f) => f.case?.pastBranch,
      (yes) => yes,
    ),
  ),
  shippingNormHolds: all(
    fact(
      'shipping.exceptional',
      (f) => f.shipping?.exceptional,
      (yes) => !yes,
      '现在不是正常发货时段',
    ),
    state(
      'warehouse.cause',
      ({ facts: { order, warehouse } }) => warehouse?.cause === undefined || !WAITING.includes(order?.state ?? ''),
      '仓库记录了延误的原因',
    ),
  ),
  notNearDue: state(
    'order.promisedShipBy',
    (c) => !nearOrOverdue(c).holds || c.facts.order?.state === 'unpaid',
    '临近或已超时',
  ),
  nearOrOverdue,
  parcelHandedOver: fact(
    'order.handedOver',
    (f) => f.order?.handedOver,
    (yes) => yes,
  ),
  trackingFresh: all(
    fact('tracking.lastScan', (f) => f.tracking?.lastScan),
    fact('tracking.lastScanAt', (f) => f.tracking?.lastScanAt),
  ),
  noTrackingException: (context) => {
    if (context.facts.tracking?.exception === undefined) return fails('tracking.exception', '未知');
    if (!context.freshness.isFresh('tracking.exception')) return fails('tracking.exception', '数据太旧');
    return context.facts.tracking.exception === null ? HOLDS : fails('tracking.exception', '快递有异常');
  },
  warehouseChecked: fact('warehouse.checkedAt', (f) => f.warehouse?.checkedAt),
  cannotShipDecided: all(
    fact('warehouse.checkedAt', (f) => f.warehouse?.checkedAt),
    any(
      fact('case.decision', (f) => f.case?.decision),
      fact(
        'case.options',
        (f) => f.case?.options,
        (list) => list.length > 0,
      ),
    ),
  ),
  wishConfirmed: fact(
    'wish.confirmedByWarehouse',
    (f) => f.wish?.confirmedByWarehouse,
    (yes) => yes,
  ),
  courierContacted: fact('courier.contactedAt', (f) => f.courier?.contactedAt),
  lossConfirmedOrDue,
  emsSlipMade: all(
    fact(
      'order.carrier',
      (f) => f.order?.carrier,
      (carrier) => carrier === 'EMS',
      '不是EMS',
    ),
    fact('order.trackingNo', (f) => f.order?.trackingNo),
  ),
  // A trade that is completed cannot be extended, and needs no extension. @see RP-2
  tradeExtended: any(
    fact(
      'case.tradeExtended',
      (f) => f.case?.tradeExtended,
      (yes) => yes,
    ),
    orderState((s) => s === 'completed', '交易还没完成'),
  ),
  styleRatedLow,
  orderSigned: orderState((s) => s === 'signed' || s === 'completed', '还没签收'),
  parcelSplit: fact(
    'parcel.split',
    (f) => f.parcel?.split,
    (yes) => yes,
  ),
  tradeNotCompleted: all(
    orderState((s) => s !== 'completed' && s !== 'closed', '已经完成'),
    state('order.completedAt', (c) => c.facts.order?.completedAt === undefined, '已经完成'),
  ),
  eveningConfirmUsed: fact('warehouse.eveningConfirmHour', (f) => f.warehouse?.eveningConfirmHour),
  mayBeInParcel: state(
    'order.inParcel',
    (c) => c.fresh('order.inParcel', c.facts.order?.inParcel) !== false,
    '确定没有打包',
  ),
} satisfies Record<string, Guard>;
