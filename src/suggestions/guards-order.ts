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
const orderUnpaid = orderState((s) => s === 'unpaid', 'is not unpaid');
const orderNotShipped = all(
  orderState((s) => NOT_SHIPPED.has(s), 'is shipped, or the trade has ended'),
  state(
    'order.shippedAt',
    (c) => c.facts.order?.shippedAt === undefined && c.facts.order?.handedOver !== true,
    'is shipped',
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
      orderState((s) => s === 'printed', 'does not say printed'),
      state('order.slipPrinted', (c) => c.facts.order?.slipPrinted === undefined, 'is not printed'),
    ),
  ),
  orderNotShipped,
);

const nearOrOverdue = fact(
  'order.promisedShipBy',
  (f) => f.order?.promisedShipBy,
  (by, c) => ms(by) - c.nowMs <= 24 * HOUR_MS,
  'is more than 24 h away',
);

const silentOrderDue: Guard = (context) => {
  const placedAt = context.fresh('order.placedAt', context.facts.order?.placedAt);
  if (placedAt === undefined) return fails('order.placedAt', 'is unknown');
  if (context.nowMs - ms(placedAt) < 30 * MINUTE_MS) return fails('order.placedAt', 'is less than 30 minutes ago');
  return withinSpan('22:00-09:00', minuteOfDay(context.nowMs, context.facts.now)) ? fails('now', 'quiet hours') : HOLDS;
};

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
    'is less than 48 h ago',
  ),
);

/** A style of the order is rated below the line; only the ratings of a choice show it. @see POL-31 */
function ratedLow(context: Context): boolean {
  const titles = (context.facts.order?.items ?? []).map((item) => item.title);
  return (context.facts.choice ?? []).some((c) => titles.includes(c.title) && c.rating !== undefined && c.rating < 4.8);
}

/** Guards of order, payment, shipping and logistics. */
export const ORDER_GUARDS = {
  orderExists,
  orderUnpaid,
  orderNotShipped,
  orderNotVerified: state('order.verified', (c) => c.facts.order?.verified !== true, 'was read back'),
  orderVerified: fact(
    'order.verified',
    (f) => f.order?.verified,
    (yes) => yes,
  ),
  paymentArrived: fact('order.paidAt', (f) => f.order?.paidAt),
  notPaidYet: any(
    state('order.state', (c) => c.facts.order === undefined || c.facts.order === null, 'an order exists'),
    orderUnpaid,
  ),
  payByOtherOffered: fact(
    'payment.payByOtherOffered',
    (f) => f.payment?.payByOtherOffered,
    (yes) => yes,
  ),
  payErrorKnown: state('payment.error', (c) => c.convo.paymentError !== undefined, 'is unknown'),
  offPlatformAllowed: state(
    'shop.offPlatformPayment',
    (c) => c.facts.shop.offPlatformPayment === 'allowed',
    'is forbidden',
  ),
  silentOrderDue,
  autoCloseNear: fact(
    'order.autoCloseAt',
    (f) => f.order?.autoCloseAt,
    (at, c) => {
      const left = ms(at) - c.nowMs;
      return left > 0 && left <= 6 * HOUR_MS;
    },
    'is not within the next 6 h',
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
    'is printed',
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
  shippingNormHolds: fact(
    'shipping.exceptional',
    (f) => f.shipping?.exceptional,
    (yes) => !yes,
    'the norm does not hold now',
  ),
  notNearDue: state(
    'order.promisedShipBy',
    (c) => !nearOrOverdue(c).holds || c.facts.order?.state === 'unpaid',
    'is near or past',
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
    if (context.facts.tracking?.exception === undefined) return fails('tracking.exception', 'is unknown');
    if (!context.freshness.isFresh('tracking.exception')) return fails('tracking.exception', 'is too old');
    return context.facts.tracking.exception === null
      ? HOLDS
      : fails('tracking.exception', 'the courier reports trouble');
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
      'is not EMS',
    ),
    fact('order.trackingNo', (f) => f.order?.trackingNo),
  ),
  tradeExtended: fact(
    'case.tradeExtended',
    (f) => f.case?.tradeExtended,
    (yes) => yes,
  ),
  styleRatedLow: state('choice', ratedLow, 'no rating below 4.8 is known'),
  orderSigned: orderState((s) => s === 'signed' || s === 'completed', 'is not signed for'),
  parcelSplit: fact(
    'parcel.split',
    (f) => f.parcel?.split,
    (yes) => yes,
  ),
  tradeNotCompleted: all(
    orderState((s) => s !== 'completed' && s !== 'closed', 'is completed'),
    state('order.completedAt', (c) => c.facts.order?.completedAt === undefined, 'is completed'),
  ),
  eveningConfirmUsed: fact('warehouse.eveningConfirmHour', (f) => f.warehouse?.eveningConfirmHour),
  mayBeInParcel: state(
    'order.inParcel',
    (c) => c.fresh('order.inParcel', c.facts.order?.inParcel) !== false,
    'is surely not packed',
  ),
} satisfies Record<string, Guard>;
