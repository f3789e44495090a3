import type { Facts } from '../protocol/facts.ts';
import type { TextLanguage } from './format-text.ts';

type RefundState = NonNullable<NonNullable<Facts['refund']>['state']>;

/** The next two steps of a return with refund, by the stage of the form. @see RF-1, SCR-120 */
const RETURN_STEPS: Readonly<Record<RefundState, readonly [zh: string, en: string]>> = {
  none: [
    '①在“已买到的宝贝”里申请退货退款并写明原因 ②我们核对后点同意',
    '① apply for return and refund in your orders, with the reason ② we check and agree',
  ],
  wait_seller_agree: [
    '①我们核对后点同意 ②您寄回后填写物流单号',
    '① we check and agree ② you send the goods back and enter the number',
  ],
  wait_buyer_return: [
    '①您把商品寄回 ②在退款页面填写物流公司和单号',
    '① send the goods back ② enter courier and number on the refund page',
  ],
  return_shipped: [
    '①我们收到后验货 ②没问题就确认退款，1到2个工作日到账',
    '① we inspect the goods on arrival ② then we confirm the refund, 1 to 2 working days',
  ],
  refunded: [
    '①退款已经确认 ②款项1到2个工作日退回您的付款账户',
    '① the refund is confirmed ② the money usually arrives within 1 to 2 working days',
  ],
  closed: [
    '①重新申请一次售后退款 ②入口打不开就请平台客服恢复，我们全力配合',
    '① apply once more for an after-sale refund ② if the entry is gone, ask the platform to reopen it; we support you',
  ],
};

/** The next two steps of a refund without return. @see RF-2 */
const PARTIAL_STEPS: readonly [zh: string, en: string] = [
  '①申请时选“我要退款（无需退货）” ②按核对好的金额填写，1到2个工作日确认',
  '① choose refund without return ② enter the agreed amount; we confirm within 1 to 2 working days',
];

/** The next two steps before shipping. @see RF-3 */
const UNSHIPPED_STEPS: readonly [zh: string, en: string] = [
  '①您在订单里申请退款 ②仓库撤回后确认，一般要1到2个工作日',
  '① apply for the refund in the order ② the warehouse withdraws the parcel, usually 1 to 2 working days',
];

const STATE_TEXT: Readonly<Record<RefundState, readonly [zh: string, en: string]>> = {
  none: ['还没有申请退款', 'no refund was applied for'],
  wait_seller_agree: ['等待商家确认', 'waiting for our confirmation'],
  wait_buyer_return: ['等待您寄回商品并填写单号', 'waiting for the return parcel'],
  return_shipped: ['退货在路上，收到后验货退款', 'the return parcel is on its way'],
  refunded: ['退款已经确认', 'the refund is confirmed'],
  closed: ['退款申请已关闭', 'the refund form is closed'],
};

/** The next two steps, never the whole chain. */
export function nextRefundSteps(state: RefundState, type: string | undefined, language: TextLanguage): string {
  const at = language === 'en' ? 1 : 0;
  const open = state === 'none' || state === 'wait_seller_agree';
  if (type === 'partial' && open) return PARTIAL_STEPS[at];
  if (type === 'unshipped' && open) return UNSHIPPED_STEPS[at];
  return RETURN_STEPS[state][at];
}

/** The stage of a refund in words. */
export function refundStateText(state: RefundState, language: TextLanguage): string {
  return STATE_TEXT[state][language === 'en' ? 1 : 0];
}
