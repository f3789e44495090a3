import { sharesPair } from './asked-items.ts';
import type { Context } from './context.ts';
import { QUESTION, THINK_AGAIN, UNDECIDED } from './cues.ts';
import { isOffHours } from './guards-talk.ts';
import { belief, caseKind, inState, occasion, orderState, type Trigger } from './trigger.ts';

const segment = (context: Context): readonly string[] =>
  context.facts.buyer.segment === undefined
    ? (context.situation.profile?.segments ?? [])
    : [context.facts.buyer.segment];
const inSegment = (id: string) => (context: Context) => segment(context).includes(id);

const preOrder = inState('none', 'unpaid', 'completed', 'signed');
/** The message names a person or place that the suitability data speak of. */
const namesSuitability = (c: Context): boolean => {
  const { suits, notFor, caution } = c.facts.product?.suitability ?? {};
  return QUESTION.test(c.message) && sharesPair(`${suits ?? ''} ${notFor ?? ''} ${caution ?? ''}`, c.message);
};
/** The message names both styles of the choice. */
const namesBoth = (c: Context): boolean => {
  const choice = c.facts.choice ?? [];
  return choice.length >= 2 && choice.every(({ title }) => c.message.includes(title) || sharesPair(title, c.message));
};
const undecided = (c: Context): boolean => UNDECIDED.test(c.message) || belief(c, 'INT-PRE-06', 'INT-PRE-27') >= 0.4;
const noPlainQuestion = (c: Context): boolean => c.convo.openQuestions.length === 0;
const repeatedSignals = (c: Context): boolean => new Set(c.convo.signals).size >= 2;
const firstTurn = (c: Context): boolean => c.convo.agentTurns === 0;
const waiting = (c: Context): boolean => c.facts.question !== undefined && c.facts.question.answered !== true;
const offlineLeft = (c: Context): boolean =>
  waiting(c) && c.history.findLast((t) => t.from !== 'buyer')?.from === 'auto';
const asksResult = (c: Context): boolean =>
  /结果|问到|查到|知道了吗|怎么样了|回复|有消息|有答案|确认(好|了)/.test(c.message);
const priceAgain = (c: Context): boolean => c.convo.priceTurns >= 2 || (c.facts.discount?.granted ?? 0) > 0;
const overLimit = (c: Context): boolean =>
  (c.facts.discount?.granted ?? 0) + (c.convo.discountRequested ?? 0) > (c.facts.shop.authorityYuan ?? 20);
const FAREWELL = /谢|再见|拜|辛苦|thank|bye/i;
const dispute = (c: Context): boolean => c.facts.case?.open === true;

/** Greeting, talk, product advice, price, doubts, closing. */
export const SALES_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-01',
    rank: 'question',
    intents: { 'INT-GEN-01': 0.9 },
    fades: (c) => offlineLeft(c) || dispute(c),
    when: (c) =>
      (firstTurn(c) && c.facts.buyer.isReturning !== true) ||
      (firstTurn(c) && !c.freshness.isFresh('buyer.isReturning')),
  },
  {
    card: 'SCR-02',
    rank: 'question',
    intents: { 'INT-GEN-01': 0.95 },
    when: (c) => firstTurn(c) && c.facts.buyer.isReturning === true,
  },
  {
    card: 'SCR-03',
    rank: 'question',
    intents: { 'INT-GEN-01': 1 },
    when: waiting,
    occasions: [
      occasion(0.99, '离线时留下的问题还没回复', offlineLeft),
      occasion(
        0.5,
        '有一个还没回复的问题',
        (c) => waiting(c) && firstTurn(c) && c.facts.question?.answerBy === undefined,
      ),
    ],
  },
  {
    card: 'SCR-04',
    rank: 'safety',
    intents: { 'INT-GEN-03': 0.9 },
    occasions: [
      occasion(
        1,
        '现在没有人在线',
        (c) => c.facts.agent.onDuty === false || (c.facts.agent.onDuty === undefined && isOffHours(c) === true),
      ),
    ],
  },
  {
    card: 'SCR-05',
    rank: 'question',
    intents: { 'INT-PRE-02': 0.95, 'INT-PRE-01': 0.6, 'INT-PRE-07': 0.5, 'INT-PRE-29': 0.5 },
    when: (c) =>
      (waiting(c) && c.facts.question?.verifiedAnswer === undefined) ||
      (waiting(c) && c.facts.question?.verifiedBy === undefined),
    occasions: [occasion(0.85, '问题已经记下，事实还在核实', waiting)],
  },
  {
    card: 'SCR-06',
    rank: 'question',
    intents: { 'INT-PRE-02': 1 },
    when: waiting,
    occasions: [
      occasion(
        0.98,
        '买家在等的答案已经核实',
        (c) => c.facts.question?.verifiedAnswer !== undefined && (asksResult(c) || c.convo.agentTurns > 0),
      ),
      occasion(0.85, '问题的答案已经核实', (c) => c.facts.question?.verifiedAnswer !== undefined),
    ],
  },
  {
    card: 'SCR-07',
    rank: 'safety',
    intents: { 'INT-GEN-08': 1 },
    occasions: [occasion(0.6, '交接已经准备好', (c) => c.facts.handover?.receiver !== undefined)],
  },
  {
    card: 'SCR-08',
    rank: 'recommendation',
    intents: { 'INT-GEN-04': 0.55 },
    occasions: [
      occasion(
        0.97,
        '买家表示明白了',
        (c) =>
          c.convo.agentTurns > 0 &&
          !FAREWELL.test(c.message) &&
          !undecided(c) &&
          c.message.trim().length <= 12 &&
          /^(嗯+|哦+|好(的|滴|嘞|哒|吧)?|行|可以|明白|知道|了解|收到|懂|ok|OK|👌)/.test(c.message.trim()),
      ),
    ],
  },
  {
    card: 'SCR-09',
    rank: 'question',
    intents: { 'INT-GEN-09': 0.8 },
    occasions: [occasion(0.3, '没有读懂这句话', (c) => c.situation.analysis.abstained)],
  },
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
    occasions: [occasion(0.6, '问到的参数商品页里有', (c) => c.asked.known.length > 0 && preOrder(c) && !dispute(c))],
  },
  { card: 'SCR-11', rank: 'question', intents: { 'INT-PRE-08': 1 } },
  {
    card: 'SCR-12',
    rank: 'question',
    intents: { 'INT-PRE-09': 1 },
    occasions: [occasion(0.7, '问到的人群或场合在适用说明里', namesSuitability)],
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
          /\d{2,3}/.test(c.message) &&
          Object.keys(c.convo.measurements).length > 0 &&
          /身高|体重|斤|kg|公斤|高|胸|腰|臀|脚|围|厘米|cm/i.test(c.message),
      ),
    ],
  },
  {
    card: 'SCR-14',
    rank: 'question',
    intents: { 'INT-PRE-03': 0.97, 'INT-PRE-27': 0.35 },
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
      occasions: [occasion(0.55, '问到的规格没货', (c) => c.named.skus.length > 0 && preOrder(c) && !dispute(c))],
    }),
  ),
  { card: 'SCR-19', rank: 'question', intents: { 'INT-PRE-07': 0.98, 'INT-PRE-29': 0.5 } },
  {
    card: 'SCR-20',
    rank: 'question',
    intents: { 'INT-PRE-01': 0.95, 'INT-PRE-04': 0.9, 'INT-PRE-10': 0.8, 'INT-PRE-08': 0.6, 'INT-PRE-28': 0.4 },
    when: inSegment('SEG-3'),
    occasions: [
      occasion(0.85, '买家对这类商品还不熟悉', (c) =>
        /不懂|不太懂|小白|第一次|没用过|什么是|啥意思|新手|不了解/.test(c.message),
      ),
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
    card: 'SCR-30',
    rank: 'question',
    intents: { 'INT-PRE-14': 0.97, 'INT-PRE-15': 0.55, 'INT-PRE-13': 0.5, 'INT-IN-07': 0.5 },
    when: (c) => (!priceAgain(c) || c.facts.discount?.granted === undefined) && c.facts.priceEdit === undefined,
  },
  {
    card: 'SCR-31',
    rank: 'question',
    intents: { 'INT-PRE-14': 1, 'INT-PRE-15': 0.7, 'INT-PRE-13': 0.7, 'INT-IN-07': 0.5, 'INT-PRE-17': 0.4 },
  },
  {
    card: 'SCR-32',
    rank: 'question',
    intents: { 'INT-PRE-13': 1.05, 'INT-PRE-10': 0.5 },
    occasions: [
      occasion(
        0.6,
        '买家在和别家比较',
        (c) => c.convo.objection !== null && /比较|别家/.test(c.convo.objection) && preOrder(c),
      ),
    ],
  },
  { card: 'SCR-33', rank: 'question', intents: { 'INT-PRE-14': 1.02, 'INT-PRE-15': 0.6 }, when: priceAgain },
  {
    card: 'SCR-34',
    rank: 'question',
    intents: { 'INT-PRE-15': 1.03, 'INT-PRE-14': 0.5 },
    when: (c) =>
      belief(c, 'INT-PRE-15') > 0.2 || (c.facts.basket ?? []).length > 1 || (c.facts.basket?.[0]?.qty ?? 1) > 1,
  },
  {
    card: 'SCR-35',
    rank: 'campaign',
    intents: { 'INT-PRE-16': 1, 'INT-PRE-15': 0.6, 'INT-PRE-14': 0.4, 'INT-PRE-17': 0.4 },
  },
  {
    card: 'SCR-36',
    rank: 'campaign',
    intents: { 'INT-PRE-16': 0.95, 'INT-PRE-15': 0.8 },
    occasions: [
      occasion(
        1,
        '几件一起买，优惠已经算好',
        (c) => c.facts.stack !== undefined && /叠|一起|算(下|完)|一共|总共|多少钱|到手|凑|券/.test(c.message),
      ),
      occasion(0.4, '商品参加活动', (c) => c.facts.stack !== undefined && preOrder(c)),
    ],
  },
  { card: 'SCR-37', rank: 'question', intents: { 'INT-PRE-14': 1.04, 'INT-PRE-15': 0.9, 'INT-IN-07': 0.7 } },
  {
    card: 'SCR-38',
    rank: 'question',
    intents: { 'INT-PRE-14': 1.06, 'INT-PRE-15': 1.05, 'INT-IN-07': 0.9 },
    when: overLimit,
  },
  { card: 'SCR-39', rank: 'question', intents: { 'INT-PRE-17': 1, 'INT-PRE-14': 0.4 } },
  {
    card: 'SCR-40',
    rank: 'question',
    intents: { 'INT-PRE-22': 1, 'INT-PRE-25': 0.6, 'INT-PRE-23': 0.4, 'INT-PRE-24': 0.3 },
  },
  { card: 'SCR-41', rank: 'question', intents: { 'INT-PRE-23': 1, 'INT-PRE-22': 0.4 } },
  {
    card: 'SCR-42',
    rank: 'question',
    intents: { 'INT-PRE-11': 1, 'INT-PRE-24': 1, 'INT-PRE-12': 1, 'INT-PRE-22': 0.4 },
    when: preOrder,
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
        0.96,
        '买家第二次表示不放心',
        (c) =>
          preOrder(c) &&
          (c.types.includes('BT-5') || c.convo.doubtCount >= 2) &&
          belief(c, 'INT-PRE-11', 'INT-PRE-12', 'INT-PRE-22', 'INT-PRE-23', 'INT-PRE-24', 'INT-PRE-25') >= 0.3,
      ),
    ],
  },
  { card: 'SCR-48', rank: 'question', intents: { 'INT-PRE-18': 1 } },
  {
    card: 'SCR-50',
    rank: 'closing',
    intents: { 'INT-PRE-06': 0.9 },
    when: repeatedSignals,
    occasions: [
      occasion(0.85, '购买信号反复出现，还没定下', undecided),
      occasion(0.5, '购买信号反复出现', noPlainQuestion),
    ],
  },
  {
    card: 'SCR-51',
    rank: 'closing',
    intents: { 'INT-PRE-06': 0.92, 'INT-PRE-27': 0.4 },
    occasions: [occasion(0.8, '买家在几个规格之间打转', undecided)],
  },
  {
    card: 'SCR-52',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(0.72, '有核实过的余量或截止时间', (c) => undecided(c) && noPlainQuestion(c)),
      occasion(0.55, '有核实过的余量或截止时间', noPlainQuestion),
    ],
  },
  {
    card: 'SCR-53',
    rank: 'closing',
    intents: { 'INT-PRE-27': 0.5 },
    occasions: [
      occasion(
        0.7,
        '买家有兴趣但还在犹豫',
        (c) => undecided(c) && (c.convo.signals.length > 0 || c.convo.techniquesUsed.length > 0),
      ),
    ],
  },
  {
    card: 'SCR-55',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(0.88, '前面的办法都试过，问题都答完了', (c) => c.convo.techniquesUsed.length >= 2 && noPlainQuestion(c)),
    ],
  },
  {
    card: 'SCR-56',
    rank: 'closing',
    intents: { 'INT-GEN-06': 0.85 },
    occasions: [
      occasion(0.7, '买家明确说不买', (c) => c.convo.saidNo && orderState(c) === 'none' && !dispute(c)),
      occasion(0.75, '直接询问之后仍没有成交', (c) => c.convo.techniquesUsed.includes('CT-6') && noPlainQuestion(c)),
    ],
  },
  {
    card: 'SCR-73',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(
        0.5,
        '之前咨询过还没下单',
        (c) =>
          c.facts.convo?.objection !== undefined &&
          c.facts.convo.objection !== null &&
          orderState(c) === 'none' &&
          belief(c, 'INT-GEN-01') >= 0.4,
      ),
    ],
  },
  {
    card: 'SCR-74',
    rank: 'closing',
    intents: { 'INT-GEN-05': 1 },
    fades: (c) => c.convo.scriptsUsed.includes('SCR-74') && c.convo.followupsSent > 0,
    occasions: [
      occasion(
        0.8,
        '买家想再考虑',
        (c) => (c.facts.convo?.saidThinkAgain === true || THINK_AGAIN.test(c.message)) && orderState(c) === 'none',
      ),
    ],
  },
  {
    card: 'SCR-142',
    rank: 'closing',
    intents: { 'INT-GEN-05': 0.99 },
    occasions: [
      occasion(
        0.79,
        '买家想再考虑',
        (c) => (c.facts.convo?.saidThinkAgain === true || THINK_AGAIN.test(c.message)) && orderState(c) === 'none',
      ),
    ],
  },
  { card: 'SCR-75', rank: 'closing', intents: { 'INT-GEN-05': 1.05 }, when: (c) => c.convo.saidThinkAgain },
  {
    card: 'SCR-141',
    rank: 'recommendation',
    intents: { 'INT-GEN-06': 1 },
    when: (c) => orderState(c) === 'none' && c.facts.convo?.outcome !== 'bought',
    occasions: [
      occasion(
        0.8,
        '买家道别，没有下单',
        (c) => belief(c, 'INT-GEN-04') >= 0.3 && (FAREWELL.test(c.message) || c.facts.convo?.outcome === 'not_bought'),
      ),
      occasion(0.9, '买家不想再聊', (c) => c.convo.leaveAlone),
      occasion(0.75, '买家明确说不买', (c) => c.convo.saidNo),
      occasion(0.5, '不再跟进，好好道别', (c) => c.convo.noMoreFollowup),
    ],
  },
  {
    card: 'SCR-159',
    rank: 'recommendation',
    intents: { 'INT-PRE-17': 0.9 },
    occasions: [
      occasion(0.95, '买家问怎么成为会员', (c) =>
        /(成为|加入|办|入|升级|怎么(当|做)).{0,4}(会员|VIP|vip)|会员.{0,6}(好处|权益|福利|怎么)/.test(c.message),
      ),
      occasion(
        0.4,
        '买家看重专属服务',
        (c) => c.types.includes('BT-4') && c.facts.program?.qualifies === true && caseKind(c) === undefined,
      ),
    ],
  },
  {
    card: 'SCR-156',
    rank: 'campaign',
    intents: {},
    occasions: [
      occasion(1.05, '买家想收到活动通知', (c) =>
        /(活动|优惠|上新|降价).{0,8}(叫|通知|告诉|提醒|喊)(我|一声|下)|(叫|通知|告诉|提醒)我.{0,8}(活动|优惠|上新)/.test(
          c.message,
        ),
      ),
    ],
  },
];
