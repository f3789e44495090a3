import type { Context } from './context.ts';
import { DANGER, QUESTION } from './cues.ts';
import { isOffHours } from './guards-talk.ts';
import { belief, caseKind, occasion, orderState, type Trigger } from './trigger.ts';
import {
  agentAnswered,
  agentFinished,
  agentJustAnswered,
  answersDesk,
  dispute,
  plainAssent,
  platformNotice,
  points,
  speaksOfOrder,
  undecided,
} from './trigger-tests.ts';

const firstTurn = (c: Context): boolean => c.convo.agentTurns === 0;
const waiting = (c: Context): boolean => c.facts.question !== undefined && c.facts.question.answered !== true;
const offlineLeft = (c: Context): boolean =>
  waiting(c) && c.history.findLast((t) => t.from !== 'buyer')?.from === 'auto';
const asksResult = (c: Context): boolean =>
  /结果|问到|查到|知道了吗|怎么样了|回复|有消息|有答案|确认(好|了)/.test(c.message);
const FAREWELL = /谢|再见|拜|辛苦|没(有)?(别的|其他|啥|什么)?(事|问题)?了[。~～!！]*$|thank|bye/i;

/** The buyer says that the answer was understood. */
const UNDERSTOOD =
  /(明白|知道|了解|清楚|懂|晓得|记住|收到)(了|啦|咯)?[。！!~～ 哦啊呀哈谢]*$|^(嗯+|哦+|好(的|滴|嘞|哒)?)[，, ]/;

/** Two readings of the message are about as likely as each other. */
const twoReadings = (c: Context): boolean => {
  const [first = 0, second = 0] = c.situation.analysis.intents.map((guess) => guess.confidence);
  return second >= 0.25 && first + second >= 0.6 && first < 2 * second;
};

/** In the middle of a talk only a question or a vague pointer can be asked back; a remark cannot. */
const wantsSomething = (c: Context): boolean =>
  !/^[?？!！。.…\s]+$/.test(c.message) &&
  !/^(这|那|你)?(是)?(什么|啥)意思|^然后(呢|怎么)|^那?(该)?怎么办|^为(啥|什么)|笨|傻|瞎|听不懂/.test(
    c.message.trim(),
  ) &&
  !/怎么可能|不就|难道|凭什么|一直(问|说)|说了.{0,4}遍|墨迹|敷衍/.test(c.message) &&
  (QUESTION.test(c.message) ||
    NO_CONTENT.test(c.message) ||
    belief(c, 'INT-GEN-09') >= 0.3 ||
    /那啥|弄|咋(整|办|搞)/.test(c.message)) &&
  (belief(c, 'INT-GEN-09') >= 0.3 ||
    twoReadings(c) ||
    (c.message.trim().length <= 7 && /那个|这个|那啥|咋|弄|搞|上次|之前/.test(c.message)));

const lastAgentText = (c: Context): string => c.history.findLast((turn) => turn.from === 'agent')?.text ?? '';
/** The desk is busy with the matter. */
const PENDING = /稍等|马上|等(一)?下|(正在|帮您|为您|给您)(查|核|确认|处理)/;

/** The first message begins with a greeting and goes on. */
const greetsFirst = (c: Context): boolean =>
  c.history.length === 0 &&
  orderState(c) === 'none' &&
  /^(你好|您好|在[吗么嘛不]|掌柜|老板|亲|哈喽|哈啰|嗨|hi|hello)/i.test(c.message);

/** The very first words, too short to want anything yet. */
const opensOnly = (c: Context): boolean =>
  c.history.length === 0 &&
  c.situation.analysis.abstained &&
  c.message.trim().length <= 6 &&
  !QUESTION.test(c.message) &&
  orderState(c) === 'none' &&
  !DANGER.test(c.message) &&
  !/不|没|坏|错|送|退|发|丢|破/.test(c.message);

/** Nothing but filler words and marks. */
const NO_CONTENT = /^(?:[\s。.…~～,，!！?？]|嗯|呃|额|哦|啊|那个|这个|就是|那啥|啥|咋说呢?|怎么说呢?|嘛|吧)+$/;

/** Greeting, offline, farewell and relations. */
export const TALK_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-01',
    rank: 'question',
    intents: { 'INT-GEN-01': 0.95 },
    fades: (c) => offlineLeft(c) || dispute(c),
    when: (c) =>
      (firstTurn(c) && c.facts.buyer.isReturning !== true) ||
      (firstTurn(c) && !c.freshness.isFresh('buyer.isReturning')),
    occasions: [occasion(0.55, '买家先问了好', greetsFirst), occasion(0.52, '买家开了口，还没说事', opensOnly)],
  },
  {
    card: 'SCR-02',
    rank: 'question',
    intents: { 'INT-GEN-01': 0.98 },
    when: (c) => firstTurn(c) && c.facts.buyer.isReturning === true,
    occasions: [
      occasion(0.7, '老顾客打招呼', (c) =>
        /^(哈喽|嗨|亲)?[,， ]*(我)?又(是我|来|见面)|(我)?回来(了|啦)|^老样子|回购|(再|又|来)?(补|买|拿|来)(一|两|点)/.test(
          c.message,
        ),
      ),
      occasion(0.55, '老顾客先问了好', greetsFirst),
      occasion(0.52, '老顾客开了口，还没说事', opensOnly),
    ],
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
    fades: (c) => c.facts.agent.onDuty !== false && !QUESTION.test(c.message),
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
    fades: (c) => plainAssent(c) && !agentJustAnswered(c),
    when: (c) =>
      c.convo.agentTurns > 0 &&
      !platformNotice(c) &&
      !/\d{3}|\[|^(没有?了?|那|是(的|啊|呀)?|对(的|啊)?)[。.!！~]*$/.test(c.message.trim()) &&
      (agentFinished(c) || (FAREWELL.test(c.message) && !PENDING.test(lastAgentText(c)))),
    occasions: [
      occasion(
        0.97,
        '买家表示明白了',
        (c) =>
          !FAREWELL.test(c.message) &&
          !QUESTION.test(c.message) &&
          !undecided(c) &&
          c.message.trim().length <= 12 &&
          ((plainAssent(c) && agentJustAnswered(c)) || (UNDERSTOOD.test(c.message) && agentAnswered(c))),
      ),
    ],
  },
  {
    card: 'SCR-09',
    rank: 'question',
    intents: { 'INT-GEN-09': 0.8 },
    when: (c) =>
      !/angry|threatening/.test(c.situation.analysis.mood) &&
      !platformNotice(c) &&
      !points(c) &&
      !answersDesk(c) &&
      (c.history.length === 0 || c.history.at(-1)?.from === 'auto' || wantsSomething(c)),
    occasions: [
      occasion(0.6, '这句话里没有内容', (c) => c.convo.agentTurns === 0 && NO_CONTENT.test(c.message)),
      occasion(0.27, '没有读懂这句话', (c) => c.situation.analysis.abstained),
    ],
  },
  {
    card: 'SCR-141',
    rank: 'recommendation',
    intents: { 'INT-GEN-06': 1 },
    when: (c) =>
      orderState(c) === 'none' && c.facts.convo?.outcome !== 'bought' && (!speaksOfOrder(c) || c.convo.leaveAlone),
    occasions: [
      occasion(
        0.8,
        '买家道别，没有下单',
        (c) => belief(c, 'INT-GEN-04') >= 0.3 && (c.facts.convo?.outcome === 'not_bought' || FAREWELL.test(c.message)),
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
      occasion(1.05, '买家问怎么成为会员', (c) =>
        /(成为|加入|办|入|升级|怎么(当|做)).{0,4}(会员|VIP|vip)|会员.{0,8}(好处|权益|福利|怎么|咋|如何|入会|加入|开通|有(啥|什么)用)/i.test(
          c.message,
        ),
      ),
      occasion(
        0.4,
        '买家看重专属服务',
        (c) =>
          c.types.includes('BT-4') &&
          c.facts.program?.qualifies === true &&
          caseKind(c) === undefined &&
          !speaksOfOrder(c) &&
          c.message.trim().length > 3 &&
          !c.convo.scriptsUsed.includes('SCR-159'),
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
