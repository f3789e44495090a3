import type { Context } from './context.ts';
import { QUESTION } from './cues.ts';
import { belief, inState, occasion, type Trigger } from './trigger.ts';
import { dispute, preOrder } from './trigger-tests.ts';

const priceAgain = (c: Context): boolean => c.convo.priceTurns >= 2 || (c.facts.discount?.granted ?? 0) > 0;
/** The desk has written down how much the buyer wants off. */
const requestOnRecord = (c: Context): boolean =>
  (c.facts.discount?.requested ?? 0) > 0 && inState('none', 'unpaid')(c) && !dispute(c);
const severalItems = (c: Context): boolean => (c.facts.basket ?? []).length > 1 || (c.facts.basket?.[0]?.qty ?? 1) > 1;
const overLimit = (c: Context): boolean =>
  (c.facts.discount?.granted ?? 0) + (c.convo.discountRequested ?? 0) > (c.facts.shop.authorityYuan ?? 20);

/** Says that it is to be more than one: who buys one thing has not chosen many. */
const speaksOfSeveral = ({ message, history }: Context): boolean =>
  [message, ...history.slice(-2).flatMap(({ from, text }) => (from === 'buyer' ? [text] : []))].some((text) =>
    /多(买|拿|要|件|个|份|来)|几(个|件|套|双|箱|盒|包|条|把|只|台|瓶|份|样)|[两二三四五六七八九十百\d]+(个|件|套|双|箱|盒|包|条|把|只|台|瓶|份|样)|一起|一(块|次)(买|拿|要)|团|批|量大|大量|凑|都(买|要|拿)/.test(
      text,
    ),
  );
/** Asks whether there is anything off, not for more off. */
const asksWhatIsOff = (c: Context): boolean =>
  /有(没有|啥|什么|撒|哪些)?.{0,2}(优惠|折扣|打折|券)(吗|么|不|没|嘛|啊|呀|呢|[?？]|$)|打折(吗|么|不|没)|优惠(多少|力度)/.test(
    c.message,
  );

/** A campaign by its name or kind. */
const NAMES_CAMPAIGN = /活动|满减|大促|促销|优惠券|双(十一|十二|11|12)|618|年货节|满\d+/;

/** The message names a published tier and asks for what it gives. */
const namesTier = (c: Context): boolean =>
  Object.values(c.facts.shop.tiers ?? {}).some(
    ({ title }) => title !== undefined && c.message.includes(title.length > 3 ? title.replace(/会员$/, '') : title),
  ) && /折|价|优惠|便宜|权益|减|多少|^(亲|你好)?[，, ]*我(也)?(是|有|升)/.test(c.message);

/** The desk has given way once in this talk: a second cut in a row is none of its lines. @see SCR-33 */
const gaveWay = (c: Context): boolean =>
  c.convo.scriptsUsed.includes('SCR-37') &&
  (c.facts.discount?.granted ?? 0) > 0 &&
  c.facts.discount?.approvalId === undefined;

const CAMPAIGN_END =
  /最后一天|截止|(过了今[天晚]|今[天晚].{0,2}过了)|(明天|明儿|以后|过后|到时|今[天晚]).{0,8}(涨|原价|恢复)|涨回|(回|恢复|变回?)到?原价|(活动|优惠|减\d+).{0,8}(到(几|哪|什么)|结束|多久)/;
/** Asks until when a campaign runs: that is no bargaining. */
const asksCampaignEnd = (c: Context): boolean => c.promos.length > 0 && CAMPAIGN_END.test(c.message);

/** Asks whether a campaign named by its rule or its wares still holds, or is to come. */
const asksWhetherRuns = (c: Context): boolean =>
  /(明[天儿]|后天|周.|下(周|个?月)|[\d几]号|马上).{0,6}(活动|大促|促销|满减|双(十一|十二|11|12)|618)/.test(c.message) ||
  (/满\d+.{0,3}(减|送|打|包)|活动|满减|优惠券|(大|促)促|折扣/.test(c.message) &&
    /算数|有效|作数|(还|现在)能用|在不在|管用|能?参加|(还|现在).{0,4}(有|在|算)(没|吗|不|么)|(过期|结束|没)了(吗|没|么|吧)/.test(
      c.message,
    ));

const ASKS_PRICE = /(多少|几)(钱|块|元)|(什么|啥|多少)价|价(格|钱)(是)?(多少|几|呢)|(咋|怎么)卖/;
/** Asks what the product costs, or whether it costs what the page says. */
const asksPrice = (c: Context): boolean => {
  if (ASKS_PRICE.test(c.message)) return !/运费|邮费|退|差|补|贵|便宜|(?<!多)少|减|返/.test(c.message);
  const price = c.facts.product?.price;
  return (
    price !== undefined &&
    new RegExp(
      `(?<![\\d.])${String(price).replace('.', '\\.')}(?![\\d.])(块|元)?(钱)?(是|对|一)?(吧|吗|么|不|[?？]|[个件条双套只瓶盒]|$)`,
    ).test(c.message)
  );
};
/** A campaign runs that the buyer has not been told of. @see TAB-50 */
const promoUntold = (c: Context): boolean => c.promos.length > 0 && c.facts.convo?.promoTold !== true;

/** Price and campaigns. */
export const PRICE_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-30',
    rank: 'question',
    intents: { 'INT-PRE-14': 0.97, 'INT-PRE-15': 0.55, 'INT-PRE-13': 0.5, 'INT-IN-07': 0.35 },
    when: (c) =>
      (!priceAgain(c) || c.facts.discount?.granted === undefined) &&
      c.facts.priceEdit === undefined &&
      !asksCampaignEnd(c) &&
      !asksWhetherRuns(c),
  },
  {
    card: 'SCR-31',
    rank: 'question',
    intents: { 'INT-PRE-14': 1, 'INT-PRE-15': 0.7, 'INT-PRE-13': 0.7, 'INT-IN-07': 0.35, 'INT-PRE-17': 0.4 },
    when: (c) => !asksWhetherRuns(c),
  },
  {
    card: 'SCR-32',
    rank: 'question',
    intents: { 'INT-PRE-13': 1.05 },
    occasions: [
      occasion(
        0.6,
        '买家在和别家比较',
        (c) =>
          c.convo.objection !== null && /比较|对比|别家|其他家|同款|compar/i.test(c.convo.objection) && preOrder(c),
      ),
    ],
  },
  {
    card: 'SCR-33',
    rank: 'question',
    intents: { 'INT-PRE-14': 1.02, 'INT-PRE-15': 0.6 },
    when: priceAgain,
    occasions: [
      occasion(
        1.05,
        '已经让过一次价',
        (c) =>
          (c.facts.discount?.granted ?? 0) > 0 &&
          c.facts.discount?.requested === undefined &&
          belief(c, 'INT-PRE-14') >= 0.4,
      ),
      occasion(
        1,
        '买家嫌让得少',
        (c) =>
          (c.facts.discount?.granted ?? 0) > 0 &&
          c.facts.discount?.requested === undefined &&
          inState('none', 'unpaid')(c) &&
          /少|抠|不够|再|就这|才/.test(c.message),
      ),
    ],
  },
  {
    card: 'SCR-34',
    rank: 'question',
    intents: { 'INT-PRE-15': 1.03, 'INT-PRE-14': 0.5 },
    when: (c) => severalItems(c) || (belief(c, 'INT-PRE-15') > 0.2 && speaksOfSeveral(c)),
    occasions: [
      occasion(
        1.05,
        '几件一起买，想要优惠',
        (c) => severalItems(c) && belief(c, 'INT-PRE-14', 'INT-PRE-15') >= 0.6 && !priceAgain(c),
      ),
      occasion(
        0.95,
        '几件一起买，问价',
        (c) =>
          severalItems(c) &&
          c.facts.stack === undefined &&
          inState('none', 'unpaid')(c) &&
          !priceAgain(c) &&
          /说法|优惠|价|便宜|划算|折|少(点|一?些)|批发|团/.test(c.message),
      ),
    ],
  },
  {
    card: 'SCR-35',
    rank: 'campaign',
    intents: { 'INT-PRE-16': 1, 'INT-PRE-15': 0.6, 'INT-PRE-14': 0.4, 'INT-PRE-17': 0.4 },
    when: (c) => !c.convo.leaveAlone,
    occasions: [
      occasion(
        0.7,
        '买家提到活动，商品正在活动中',
        (c) => preOrder(c) && c.promos.length > 0 && QUESTION.test(c.message) && NAMES_CAMPAIGN.test(c.message),
      ),
      occasion(0.85, '买家问有没有优惠，商品正在活动中', (c) => preOrder(c) && c.promos.length > 0 && asksWhatIsOff(c)),
      occasion(0.95, '买家问活动到什么时候', (c) => preOrder(c) && asksCampaignEnd(c)),
      occasion(0.6, '买家问价，商品正在活动中', (c) => preOrder(c) && promoUntold(c) && asksPrice(c)),
    ],
  },
  {
    card: 'SCR-36',
    rank: 'campaign',
    intents: { 'INT-PRE-16': 0.95, 'INT-PRE-15': 0.8 },
    when: (c) => !c.convo.leaveAlone,
    occasions: [
      occasion(
        1,
        '几件一起买，优惠已经算好',
        (c) => c.facts.stack !== undefined && /叠|一起|算(下|完)|一共|总共|多少钱|到手|凑|券/.test(c.message),
      ),
      occasion(
        1.12,
        '买家问减完一共多少',
        (c) =>
          c.facts.stack !== undefined &&
          /(一共|总共|合计|减完|算下来|到手).{0,6}(好?多少?|几)(钱|块|元)?/.test(c.message),
      ),
      occasion(0.4, '商品参加活动', (c) => c.facts.stack !== undefined && preOrder(c)),
    ],
  },
  {
    card: 'SCR-37',
    rank: 'question',
    intents: { 'INT-PRE-14': 1.04, 'INT-PRE-15': 0.9, 'INT-IN-07': 0.7 },
    when: (c) => !gaveWay(c),
    occasions: [occasion(0.8, '买家要的优惠已记下', requestOnRecord)],
  },
  {
    card: 'SCR-38',
    rank: 'question',
    intents: { 'INT-PRE-14': 1.06, 'INT-PRE-15': 1.05, 'INT-IN-07': 0.9 },
    when: overLimit,
    occasions: [
      occasion(
        0.85,
        '买家要的优惠已报给主管',
        (c) => requestOnRecord(c) || c.facts.discount?.requestLoggedAt !== undefined,
      ),
    ],
  },
  {
    card: 'SCR-39',
    rank: 'question',
    intents: { 'INT-PRE-17': 1, 'INT-PRE-14': 0.4 },
    occasions: [occasion(0.85, '买家提到自己的会员等级', namesTier)],
  },
];
