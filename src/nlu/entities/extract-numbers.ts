import type { Entity } from '../../protocol/turn.ts';
import { findMatches } from './find-matches.ts';

/** Couriers by the ways buyers write them. */
const COURIERS: readonly { code: string; names: string; numbers: RegExp }[] = [
  { code: 'SF', names: '顺丰|顺风(?=快递|包邮|速运)|sf(?=快递|速运|$|[^a-z0-9])', numbers: /^SF\d{10,15}$/i },
  { code: 'JD', names: '京东(?:快递|物流|配送)', numbers: /^JD[A-Z0-9]{9,18}$/i },
  { code: 'YTO', names: '圆通|园通', numbers: /^YT\d{10,15}$/i },
  { code: 'STO', names: '申通', numbers: /^(?:STO\d{10,15}|77\d{11,13}|268\d{9,10})$/i },
  { code: 'ZTO', names: '中通', numbers: /^(?:ZTO?\d{10,15}|7[3568]\d{10,12})$/i },
  { code: 'YUNDA', names: '韵达|云达快递', numbers: /^(?:YD\d{10,15}|4[36]\d{11,13})$/i },
  { code: 'JT', names: '极兔', numbers: /^JT\d{10,15}$/i },
  {
    code: 'EMS',
    names: '(?:中国)?邮政\\s?ems|ems|(?:中国)?邮政',
    numbers: /^(?:[A-Z]{2}\d{9}CN|1[012]\d{11}|9[89]\d{11})$/i,
  },
  { code: 'DBL', names: '德邦', numbers: /^DP[KL]\d{9,13}$/i },
  { code: 'BEST', names: '百世', numbers: /^BT\d{10,15}$/i },
  { code: 'TTK', names: '天天快递', numbers: /^TT\d{10,15}$/i },
  { code: 'ZJS', names: '宅急送', numbers: /^ZJS\d{9,13}$/i },
];

const MOBILE = /(?<![\dA-Za-z])(?<span>1[3-9]\d(?:[ -]?\d{4}){2})(?!\d)/g;
const LANDLINE = /(?<!\d)(?<span>0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|800[- ]?\d{3}[- ]?\d{4})(?!\d)/g;
/** A number said to be that of an order, or as long as only order numbers are. */
const NAMED_ORDER = /(?:订单|单子|定单)(?:编?号码?)?[^\d一-鿿]{0,3}(?:[是为]\s?)?(?<span>\d{8,22})(?!\d)/g;
const LONG_ORDER = /(?<![\dA-Za-z])(?<span>\d{16,20})(?!\d)/g;
const NAMED_TRACKING =
  /(?:快递单?号?|运单号?|物流单?号?|退货单号|(?<![订定])单号)(?:是|为|填)?[^\dA-Za-z一-鿿]{0,3}(?<span>[A-Za-z]{0,4}\d{8,18}(?:CN)?)(?![\dA-Za-z])/gi;
const BARE_TRACKING = /(?<![\dA-Za-z])(?<span>[A-Z]{2,4}\d{9,18}(?:CN)?|JD[A-Z0-9]{9,18}|\d{12,15})(?![\dA-Za-z])/gi;

/** Phone numbers; the normal form is the digits alone. */
export function extractPhones(text: string): Entity[] {
  const digits = (_: unknown, match: string): string => match.replace(/\D/g, '');
  return [...findMatches(text, MOBILE, 'phone', digits), ...findMatches(text, LANDLINE, 'phone', digits)];
}

/** Order numbers, named as such or long enough. */
export function extractOrderNumbers(text: string): Entity[] {
  const plain = (_: unknown, match: string): string => match;
  return [...findMatches(text, NAMED_ORDER, 'order_no', plain), ...findMatches(text, LONG_ORDER, 'order_no', plain)];
}

/** Tracking numbers in capitals, named as such or of a courier's form. */
export function extractTrackingNumbers(text: string): Entity[] {
  const capitals = (_: unknown, match: string): string => match.toUpperCase();
  const known = (_: unknown, match: string): string | undefined =>
    courierOfNumber(match) === undefined ? undefined : match.toUpperCase();
  return [
    ...findMatches(text, NAMED_TRACKING, 'tracking_no', capitals),
    ...findMatches(text, BARE_TRACKING, 'tracking_no', known),
  ];
}

/** Couriers by name; the normal form is the carrier code. */
export function extractCouriers(text: string): Entity[] {
  return COURIERS.flatMap(({ code, names }) =>
    findMatches(text, new RegExp(`(?<![a-z])(?:${names})(?:快递|速运|速递|物流)?`, 'gi'), 'courier', () => code),
  );
}

/** The courier whose form a tracking number has. */
export function courierOfNumber(number: string): string | undefined {
  return COURIERS.find(({ numbers }) => numbers.test(number))?.code;
}
