import type { Context } from './context.ts';
import { type Guard, state } from './guard-checks.ts';
import { missingInvoiceFields } from './invoice-fields.ts';

/** An order is on record, or its number stands in the chat. */
export function orderNumberKnown(context: Context): boolean {
  const { order } = context.facts;
  if (order !== null && order !== undefined) return true;
  const said = [...context.history.map(({ text }) => text), context.message];
  return said.some((text) => /\d{8,}|ORDERID|订单(编)?号\s*[:：]\s*\S/.test(text));
}

/** The buyer thanks, or excuses the trouble. */
export const THANKS = /谢|感谢|辛苦|添麻烦|麻烦(您|你|了)|thank/i;

/** Asks for a person. @see INT-GEN-08 */
export const WANTS_PERSON = /人工|真人|(转|找).{0,3}(客服|人)$|(?<!电话)机器人/;

/** The card of an order that a platform puts into the chat when the buyer opens it from there. */
export const ORDER_CARD = /^(顾客通过点击.{0,30})?\W*(咨询)?订单(编)?号\s*[:：]\s*\S/;

/** The desk has owned up to trouble, or made it good. */
const OWNED_UP = /添麻烦|不到位|做得不好|我们的(错|问题|责任|失误)|补偿|赔|给您赠送/;
const TURNS_OF_TROUBLE = 12;

/** Guards that choose a wording by the stage of the talk. */
export const STAGE_GUARDS = {
  talkJustBegan: state('convo.agentTurns', (c) => c.convo.agentTurns === 0, '已经聊过几句'),
  buyerThanked: state('message', (c) => THANKS.test(c.message), '买家没有道谢'),
  personWanted: state(
    'message',
    ({ message, talk }) => [message, ...talk.desk.since].some((text) => WANTS_PERSON.test(text)),
    '没有要找真人',
  ),
  orderCardSent: state(
    'message',
    ({ message, talk }) => [message, ...talk.desk.since].some((text) => ORDER_CARD.test(text.trim())),
    '买家没有发订单卡片',
  ),
  deskTookLeave: state('history', ({ talk }) => /祝您|再见|拜拜/.test(talk.desk.text), '还没有道过别'),
  deskOwnedUp: state(
    'history',
    ({ history }) => history.slice(-TURNS_OF_TROUBLE).some(({ from, text }) => from !== 'buyer' && OWNED_UP.test(text)),
    '没有为差错道过歉',
  ),
  orderNumberUnknown: state('order.id', (c) => !orderNumberKnown(c), '订单号已经有了'),
  invoiceWished: state(
    'message',
    (c) => !['given', 'replaced', 'corrected'].includes(c.talk.invoice),
    '开票的事已经开始办',
  ),
  invoiceKindAsked: state(
    'message',
    (c) => /纸质|电子(?!邮).{0,3}(吗|么|还是|不)/.test(c.message),
    '没有问纸质还是电子',
  ),
  invoiceDataGiven: state('message', (c) => c.talk.invoice === 'given', '这句没有给开票信息'),
  invoiceDataComplete: state(
    'invoice',
    (c) => missingInvoiceFields(c.facts.invoice ?? {}, c).length === 0,
    '开票信息还没给全',
  ),
  invoiceDataReplaced: state('message', (c) => c.talk.invoice === 'replaced', '这句没有给改正的开票信息'),
  invoiceCorrected: state('message', (c) => c.talk.invoice === 'corrected', '没有说要改发票'),
  returnDecided: state('message', (c) => c.talk.return === 'decided' || c.talk.return === 'steps', '没有说要办退换'),
  returnRunning: state('message', (c) => c.talk.return === 'applied', '没有说已经申请'),
} satisfies Record<string, Guard>;
