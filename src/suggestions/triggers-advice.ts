import { namesPart, sharesPair } from './asked-items.ts';
import type { Context } from './context.ts';
import { INTENT_CUES, QUESTION } from './cues.ts';
import { readMeasurements } from './measure-body.ts';
import { asksOfOtherGoods } from './other-goods.ts';
import { INVOICE } from './read-matter.ts';
import { belief, occasion, type Trigger } from './trigger.ts';
import { dispute, preOrder, speaksOfOrder, undecided } from './trigger-tests.ts';

/** Belief from which a question about use is one that the care advice answers. */
const SURE_OF_CARE = 0.8;

const segment = (context: Context): readonly string[] =>
  context.facts.buyer.segment === undefined
    ? (context.situation.profile?.segments ?? [])
    : [context.facts.buyer.segment];
const inSegment = (id: string) => (context: Context) => segment(context).includes(id);
/** The message names a person or place that the suitability data speak of. */
const namesSuitability = (c: Context): boolean => {
  const { suits, notFor, caution } = c.facts.product?.suitability ?? {};
  return (
    !dispute(c) && QUESTION.test(c.message) && sharesPair(`${suits ?? ''} ${notFor ?? ''} ${caution ?? ''}`, c.message)
  );
};
/** The message asks about no other goods of the shop. */
const ofThisProduct = (c: Context): boolean => !asksOfOtherGoods(c.facts, c.message);
/** Asks whether the product can do something that the care advice says nothing of. */
const asksAnotherUse = (c: Context): boolean =>
  belief(c, 'INT-PRE-08') < SURE_OF_CARE &&
  /(能|可以|支持)(不能|不可以)?.{1,8}(吗|不|么|嘛|没)[?？]?$|能不能|可不可以/.test(c.message) &&
  !INTENT_CUES['INT-PRE-08']!.test(c.message) &&
  !sharesPair((c.facts.product?.care ?? []).join(' '), c.message);
/** Belief from which a buyer with an open case asks for stock, and does not complain of it. */
const SURE_OF_STOCK = 0.55;
/** A campaign, of which may be left as well as of goods. */
const CAMPAIGN = /活动|满\d+|满减|优惠|券|折扣|半价|赠品|红包/;
/** Asks what there is; a complaint that names a lack of goods does not, nor who asks for a campaign. */
const asksStock = (c: Context): boolean =>
  !(dispute(c) || CAMPAIGN.test(c.message)) || belief(c, 'INT-PRE-07', 'INT-PRE-29', 'INT-PRE-06') >= SURE_OF_STOCK;
/** Names a variant and asks whether it is there, or can be ordered. */
const asksForVariant = (c: Context): boolean =>
  preOrder(c) &&
  /(在|还有|有(得)?|剩|能拍|能买|可以(拍|买)|拍得|缺|断)(吗|么|不|嘛|没|吧|呀|[?？]|$)/.test(c.message.trim()) &&
  namesPart(c.message, c.named.skus);
/** The desk just asked for measurements. */
const measuresAsked = (c: Context): boolean => {
  const last = c.history.findLast((turn) => turn.from !== 'buyer');
  return last !== undefined && /身高|体重|脚长|三围|胸围|腰围|臀围|尺寸多少|height|weight/i.test(last.text);
};
/** The message names both styles of the choice. */
const namesBoth = (c: Context): boolean => {
  const choice = c.facts.choice ?? [];
  return choice.length >= 2 && choice.every(({ title }) => c.message.includes(title) || sharesPair(title, c.message));
};

/** Questions of an invoice that is being made or is there. */
const ASKS_OF_RUNNING = /(同|一|几|两|分|合)(一)?(张|份)|填|下载|打印|查|找不到|看不到|问题|咨询|地址|取消|审核|退票/;

/** A question is noted, and nobody has verified its answer yet. */
const isOwed = ({ facts: { question } }: Context): boolean =>
  question !== undefined && question.answered !== true && question.verifiedAnswer === undefined;

/** Papers that are no invoice. */
const OTHER_PAPERS = /行程单|收据|保单|合格证|送货单|明细单|水单/;

/** With an order or a product on record, the first word of an invoice opens its matter wherever it stands. */
const opensInvoice = (c: Context): boolean =>
  !c.talk.bare && !ASKS_OF_RUNNING.test(c.message) && !c.history.some(({ text }) => INVOICE.test(text));

/** The buyer wants an invoice, hands over its data or has it wrong; what runs, and questions of its own, are not asked for. */
const invoiceIsOpen = (c: Context): boolean => {
  const { invoice, bare } = c.talk;
  const opens = c.history.length === 0;
  if (bare && OTHER_PAPERS.test(c.message) && !/发票|开票/.test(c.message)) return false;
  if (invoice === 'none') return !bare || (opens && INTENT_CUES['INT-PRE-18']!.test(c.message));
  if (invoice === 'asked') return opens ? !(bare && ASKS_OF_RUNNING.test(c.message)) : opensInvoice(c);
  return invoice !== 'running';
};

/** Product advice, doubts and invoices. */
export const ADVICE_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-10',
    rank: 'question',
    intents: {
      'INT-PRE-01': 1,
      'INT-PRE-02': 0.75,
      'INT-PRE-08': 0.4,
      'INT-PRE-09': 0.4,
      'INT-PRE-03': 0.3,
      'INT-PRE-10': 0.4,
    },
    // What the page lacks is being verified: no other attribute answers it.
    when: (c) => !(isOwed(c) && INTENT_CUES['INT-PRE-02']!.test(c.message)),
    occasions: [occasion(0.6, '问到的参数商品页里有', (c) => c.asked.known.length > 0 && preOrder(c) && !dispute(c))],
  },
  { card: 'SCR-11', rank: 'question', intents: { 'INT-PRE-08': 1 }, fades: asksAnotherUse, when: ofThisProduct },
  {
    card: 'SCR-12',
    rank: 'question',
    intents: { 'INT-PRE-09': 1 },
    when: ofThisProduct,
    occasions: [
      occasion(0.7, '问到的人群或场合在适用说明里', namesSuitability),
      occasion(
        0.65,
        '买家说了自己的情况',
        (c) => c.facts.buyer.condition !== undefined && QUESTION.test(c.message) && preOrder(c) && !dispute(c),
      ),
    ],
  },
  {
    card: 'SCR-13',
    rank: 'question',
    intents: { 'INT-PRE-03': 1, 'INT-PRE-27': 0.4 },
    occasions: [
      occasion(
        0.8,
        '买家报了尺寸',
        (c) =>
          c.facts.product?.sizeTable !== undefined &&
          (measuresAsked(c)
            ? /[\d一二三四五六七八九十百]/.test(c.message) && Object.keys(c.convo.measurements).length > 0
            : Object.keys(readMeasurements(c.message)).length > 0 &&
              /身高|体重|斤|kg|公斤|高|胸|腰|臀|脚|围|厘米|cm/i.test(c.message)),
      ),
    ],
  },
  {
    card: 'SCR-14',
    rank: 'question',
    intents: { 'INT-PRE-03': 0.97, 'INT-PRE-09': 0.6, 'INT-PRE-27': 0.35 },
    occasions: [
      occasion(
        0.7,
        '买家报了尺寸，还定不下码',
        (c) =>
          c.facts.product?.sizeTable !== undefined &&
          Object.keys(c.convo.measurements).length > 0 &&
          /身高|体重|斤|kg|公斤/i.test(c.message),
      ),
    ],
  },
  {
    card: 'SCR-15',
    rank: 'recommendation',
    intents: { 'INT-PRE-04': 1, 'INT-PRE-06': 0.4, 'INT-PRE-09': 0.5 },
    occasions: [occasion(0.55, '目录里有符合需求的商品', (c) => (c.facts.candidates ?? []).length > 0 && preOrder(c))],
  },
  {
    card: 'SCR-16',
    rank: 'recommendation',
    intents: { 'INT-PRE-05': 1, 'INT-IN-01': 0.3 },
    occasions: [
      occasion(
        0.85,
        '买家问配什么',
        (c) =>
          (c.facts.matching ?? []).length > 0 && c.facts.candidates === undefined && belief(c, 'INT-PRE-04') >= 0.5,
      ),
      occasion(
        0.8,
        '买家问配什么',
        (c) => (c.facts.matching ?? []).length > 0 && INTENT_CUES['INT-PRE-05']!.test(c.message) && preOrder(c),
      ),
      occasion(
        0.45,
        '商品已选定',
        (c) =>
          (c.facts.matching ?? []).length > 0 &&
          (c.convo.signals.includes('looks_right') || c.convo.signals.includes('added_to_cart')),
      ),
    ],
  },
  {
    card: 'SCR-17',
    rank: 'recommendation',
    intents: { 'INT-PRE-06': 1, 'INT-PRE-04': 0.6, 'INT-PRE-10': 0.4 },
    when: (c) => c.facts.choice !== undefined,
    occasions: [
      occasion(0.8, '买家在两款之间犹豫', namesBoth),
      occasion(0.6, '买家在两款之间犹豫', (c) => c.facts.choice !== undefined && undecided(c)),
    ],
  },
  ...['SCR-18', 'SCR-54'].map(
    (card): Trigger => ({
      card,
      rank: 'question',
      intents: { 'INT-PRE-07': 1, 'INT-PRE-29': 1, 'INT-PRE-06': 0.8, 'INT-IN-10': 0.3 },
      when: asksStock,
      occasions: [occasion(0.55, '问到的规格没货', (c) => c.named.skus.length > 0 && preOrder(c) && !dispute(c))],
    }),
  ),
  {
    card: 'SCR-19',
    rank: 'question',
    intents: { 'INT-PRE-07': 0.98, 'INT-PRE-29': 0.5 },
    when: asksStock,
    occasions: [occasion(0.58, '买家问起一个规格能不能拍', asksForVariant)],
  },
  {
    card: 'SCR-20',
    rank: 'question',
    intents: { 'INT-PRE-01': 0.95, 'INT-PRE-04': 0.9, 'INT-PRE-10': 0.8, 'INT-PRE-08': 0.6, 'INT-PRE-28': 0.4 },
    // Who has a case open is led through that.
    when: (c) => inSegment('SEG-3')(c) && !dispute(c) && c.facts.refund === undefined,
    occasions: [
      occasion(0.85, '买家对这类商品还不熟悉', (c) =>
        /不(太)?懂|小白|第一次|(没|不)(怎么|太)?(用|玩|接触|买|试|弄|搞)过|什么是|啥意思|什么意思|新手|不(太)?了解|入门|外行|一窍不通/.test(
          c.message,
        ),
      ),
      occasion(0.8, '买家对这类商品还不熟悉', (c) => preOrder(c) && c.asked.known.length > 0),
      occasion(0.5, '买家对这类商品还不熟悉', preOrder),
    ],
  },
  {
    card: 'SCR-21',
    rank: 'question',
    intents: { 'INT-PRE-01': 1.02, 'INT-PRE-02': 0.9, 'INT-PRE-10': 0.5, 'INT-PRE-08': 0.4 },
    when: inSegment('SEG-5'),
    occasions: [occasion(0.7, '懂行的买家问了一个参数', (c) => c.asked.known.length > 0)],
  },
  {
    card: 'SCR-22',
    rank: 'question',
    intents: { 'INT-PRE-01': 1.02, 'INT-PRE-02': 0.8, 'INT-PRE-09': 0.7, 'INT-PRE-11': 0.7, 'INT-PRE-10': 0.8 },
    when: inSegment('SEG-4'),
    occasions: [occasion(0.85, '买家的说法和商品事实不一致', (c) => c.asked.known.length > 0)],
  },
  {
    card: 'SCR-23',
    rank: 'question',
    intents: { 'INT-PRE-10': 1, 'INT-PRE-06': 0.5, 'INT-PRE-13': 0.3 },
    occasions: [occasion(0.6, '买家在对比另一款', (c) => c.facts.comparedWith !== undefined)],
  },
  {
    card: 'SCR-40',
    rank: 'question',
    intents: { 'INT-PRE-22': 1, 'INT-PRE-25': 0.6, 'INT-PRE-23': 0.4, 'INT-PRE-24': 0.3 },
  },
  { card: 'SCR-41', rank: 'question', intents: { 'INT-PRE-23': 1 } },
  {
    card: 'SCR-42',
    rank: 'question',
    intents: { 'INT-PRE-11': 1, 'INT-PRE-24': 1, 'INT-PRE-12': 1 },
    when: (c) => preOrder(c) && !speaksOfOrder(c),
    occasions: [occasion(0.7, '对商品的疑虑还没消除', (c) => c.facts.convo?.openDoubts?.includes('goods') === true)],
  },
  { card: 'SCR-43', rank: 'question', intents: { 'INT-PRE-25': 1, 'INT-IN-05': 0.6, 'INT-PRE-22': 0.4 } },
  { card: 'SCR-44', rank: 'question', intents: { 'INT-PRE-26': 1 } },
  { card: 'SCR-45', rank: 'question', intents: { 'INT-PRE-27': 1, 'INT-GEN-05': 0.3 }, when: preOrder },
  {
    card: 'SCR-46',
    rank: 'question',
    intents: { 'INT-PRE-11': 0.85, 'INT-PRE-24': 0.85, 'INT-PRE-12': 0.8, 'INT-PRE-22': 0.5 },
    when: (c) => preOrder(c),
    occasions: [
      occasion(
        0.9,
        '谨慎的买家想看凭证',
        (c) =>
          preOrder(c) &&
          !dispute(c) &&
          (c.types.includes('BT-5') || c.convo.doubtCount >= 2) &&
          /证(书|明|件)|检测|报告|备案|截图|评价|授权|资质/.test(c.message),
      ),
      occasion(
        0.96,
        '买家第二次表示不放心',
        (c) =>
          preOrder(c) &&
          (c.facts.buyer.types?.['BT-5'] !== undefined || c.convo.doubtCount >= 2) &&
          (c.types.includes('BT-5') || c.convo.doubtCount >= 2) &&
          belief(c, 'INT-PRE-11', 'INT-PRE-12', 'INT-PRE-22', 'INT-PRE-23', 'INT-PRE-24', 'INT-PRE-25') >= 0.3,
      ),
    ],
  },
  {
    card: 'SCR-48',
    rank: 'question',
    intents: { 'INT-PRE-18': 1 },
    when: invoiceIsOpen,
    occasions: [
      occasion(0.85, '买家给了开票信息', (c) => !c.talk.bare && ['given', 'replaced'].includes(c.talk.invoice)),
    ],
  },
];
