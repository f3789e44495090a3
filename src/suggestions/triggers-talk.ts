import { sharesPair } from './asked-items.ts';
import type { Context } from './context.ts';
import { DANGER, QUESTION, takesLeave } from './cues.ts';
import { ORDER_CARD, THANKS, WANTS_PERSON } from './guards-stage.ts';
import { isGreeting, withoutGreeting } from './plain-words.ts';
import { moveOf } from './read-desk-turn.ts';
import { isJoking, isTakenBack } from './read-voice.ts';
import { belief, caseKind, occasion, orderState, type Trigger } from './trigger.ts';
import {
  agentAnswered,
  agentFinished,
  agentJustAnswered,
  answersDesk,
  asksAnew,
  dispute,
  nobodyThere,
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
  /(?<!不(太|大|是很|怎么)?|没(有|太|怎么)?|未)(明白|知道|了解|清楚|懂|晓得|记住|收到)(了|啦|咯)?[。！!~～ 哦啊呀哈谢]*$|(讲|说|告诉|回(复|电))(过了?|了)[，,。 ]*(好(的|滴)?|嗯+|行)[。~～ ]*$|^(嗯+|哦+|好(的|滴|嘞|哒)?)[，, ]/;

/** Says that something has not come, not been done or is not right: nothing is settled, however kindly it is said. */
const REPORTS_LACK =
  /(没|未)(有)?能?(收|拿|接|退|发|送|补|换|改|修|到|动|处理|更新|解决|回|显示|生效|变)|不(太|大|是很)?(显示|生效|见了|对|能用|好使|懂|清楚|明白|知道|晓得)|还(没|未|不)(?!用|急|着急|客气|谢|错|有事)/;

/** Two readings of the message are about as likely as each other. */
const twoReadings = (c: Context): boolean => {
  const [first = 0, second = 0] = c.situation.analysis.intents.map((guess) => guess.confidence);
  return second >= 0.25 && first + second >= 0.6 && first < 2 * second;
};

/** No reading of the first message reaches anything. */
const READS_NOTHING = 0.2;
const readsNothing = (c: Context): boolean =>
  c.history.length === 0 &&
  c.situation.analysis.held.length === 0 &&
  c.situation.analysis.intents.every(({ confidence }) => confidence < READS_NOTHING);

/** In the middle of a talk only a question or a vague pointer can be asked back; a remark cannot. */
const wantsSomething = (c: Context): boolean =>
  !/^[?？!！。.…\s]+$/.test(c.message) &&
  !/^(这|那|你)?(是)?(什么|啥)意思|^然后(呢|怎么)|^那?(该|要)?(怎么|咋)(办|整)|^(这|那)?(到底)?(是)?(怎么|咋)回事|^为(啥|什么)|笨|傻|瞎|听不懂/.test(
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

/** Where nothing is on record, a greeting answers a greeting alone: not a matter, nor one left unanswered before it. */
const greetingIsDue = (c: Context): boolean => {
  if (!c.talk.bare || !/[\u4e00-\u9fff]/.test(c.message)) return !c.talk.bare || !/^\W*\d|\[/.test(c.message);
  return (
    isGreeting(c.message) &&
    !/^人呢/.test(c.message) &&
    c.talk.desk.since.every((text) => withoutGreeting(text).length <= 2 || WANTS_PERSON.test(text))
  );
};

/** Asks for a person, and for nothing else. */
const MOST_CALL = 12;
const asksForPerson = (c: Context): boolean =>
  c.talk.bare && WANTS_PERSON.test(c.message) && c.message.trim().length <= MOST_CALL && saysOnly(c, WANTS_PERSON);

/** Opens the chat from an order, and has not said what it is about. */
const opensWithOrder = (c: Context): boolean =>
  c.talk.bare && ORDER_CARD.test(c.message.trim()) && saysOnly(c, ORDER_CARD);

/** Nothing but greetings, and what the words stand for, waits for an answer. */
const saysOnly = ({ talk }: Context, words: RegExp): boolean =>
  talk.desk.since.every((text) => words.test(text.trim()) || withoutGreeting(text).length <= 2);

/** Nothing but filler words and marks. */
const NO_CONTENT = /^(?:[\s。.…~～,，!！?？]|嗯|呃|额|哦|啊|那个|这个|就是|那啥|啥|咋说呢?|怎么说呢?|嘛|吧)+$/;

/** Words by which a person at the desk knows what a message is about, whatever the model reads. */
const READABLE =
  /订单|单号|下单|发票|票|退|换|售后|修|坏|掉|地址|手机|电话|号码|物流|快递|配送|送|货|寄|收|付|款|钱|元|价|差|降|账|余额|银行|验证|会员|客服|人工|申请|取消|查|连|装|买|拍|尺|码|颜色|质量|保修|用不|显示|登录|软件|页面|购物车|订|安装|评价|投诉|服务|岁|没有|色|短信|稍等|影响|反馈/;
/** Urges or scolds: asking back would make it worse. */
const IMPATIENT =
  /(直接|赶紧|快)(一?点|回答|说|回|告诉)|看(懂|明白|仔细)|听(懂|明白)|人呢|怎么说|在(吗|不在|干)|(问|说|解释|发)(了|过)?.{0,3}(遍|次)|搞不懂|麻烦(不|死)|到底|妹子|什么意思|\?\?|？？|你(不|能不能)/;

/** The buyer has said the same before, and nobody answered. */
const repeats = (c: Context): boolean =>
  c.history.some(({ from, text }) => from === 'buyer' && text.trim() === c.message.trim() && text.length > 2);

/** Scope from which a first message is about nothing a shop does. */
const FAR_OUT = 0.8;
/** Belief from which the model itself finds a message unclear. */
const SURELY_UNCLEAR = 0.6;

/** Points at something without naming it. */
const VAGUE = /怎么(办|弄|搞|整)|咋|那啥|那个|这个|啥/;

/** A person could not read the message either. */
const unreadable = (c: Context): boolean => {
  if (IMPATIENT.test(c.message) || repeats(c) || c.talk.replies) return false;
  if (/\[[^\]]*x\]|\d/.test(c.message)) return false;
  if (!c.talk.bare) return true;
  return (
    c.history.every(({ from, text }) => (from === 'buyer' ? isGreeting(text) : moveOf(text) === 'greeted')) &&
    !plainAssent(c) &&
    (c.situation.analysis.outOfScope >= FAR_OUT || belief(c, 'INT-GEN-09') >= SURELY_UNCLEAR) &&
    !READABLE.test(c.message) &&
    !/^(不|那(?!个)|但|只要|你|是)|吧$/.test(c.message.trim()) &&
    (!QUESTION.test(c.message) || VAGUE.test(c.message))
  );
};

/** A farewell is short. */
const MOST_CLOSING = 18;
/** The buyer is about to go on. */
const GOES_ON = /稍等|等(我|一?下)|我(去|先|再|找|看|发|问|查)(?!别的|其他)|如果|但是?|不过|搞错|一下吧/;
const NOTHING_LEFT = /没(有|了|啦|事|问题)|不用|可以了|就这(些|样)|好的?$|再见|拜/;

const CHOICE = /([\u4e00-\u9fff]{2,})还是([\u4e00-\u9fff]{2,}?)(?=啊|呢|呀|吗|[?？#]|$)/;
const TURNS_OF_CHOICE = 6;

/** The buyer's last question set two things against each other, and the desk has named neither since. */
const choiceIsOpen = ({ history }: Context): boolean => {
  const last = history.slice(-TURNS_OF_CHOICE);
  const asked = last.findLastIndex(({ from, text }) => from === 'buyer' && CHOICE.test(text));
  const options = CHOICE.exec(last[asked]?.text ?? '');
  if (!options) return false;
  const answers = last.slice(asked + 1).flatMap(({ from, text }) => (from === 'agent' ? [text] : []));
  return !answers.some((text) => options.slice(1).some((option) => sharesPair(option, text)));
};

/** Says that something cannot be. */
const REFUSAL = /(不|没)(能|可以|支持|行)|无法|没(有)?办法/;

/** Nothing is left open, and the buyer says so or thanks. */
const closable = (c: Context): boolean => {
  const { move } = c.talk.desk;
  if (choiceIsOpen(c)) return false;
  if (move === 'none' || c.talk.pending || /angry|threatening|impatient/.test(c.situation.analysis.mood)) return false;
  const said = c.message.trim();
  if (said.length > MOST_CLOSING || GOES_ON.test(said)) return false;
  if (QUESTION.test(said.replace(/没(有|了|啦|事|问题)?/g, '')) || /[啵吧]$/.test(said)) return false;
  if (takesLeave(said)) return true;
  if (REPORTS_LACK.test(said)) return false;
  if (['asksMore', 'closed'].includes(move)) return THANKS.test(said) || NOTHING_LEFT.test(said);
  if (THANKS.test(said)) return !/^.{0,3}麻烦(您|你)?了/.test(said) || move === 'did';
  // A bare yes closes what the desk has on record; of an order it has not seen nobody knows whether more is to come.
  return !c.talk.bare && ['did', 'answered', 'handed', 'refused', 'promised'].includes(move);
};

/** Wants no more of something, and asks something all the same. */
const stillAsks = (c: Context): boolean => /(就|只|想)问|请问|[?？]/.test(c.message);

/** Says no to buying, and speaks of no order. */
const refuses = (c: Context): boolean =>
  c.convo.saidNo &&
  !speaksOfOrder(c) &&
  /不(想)?(买|要|拍|需要|考虑|用)|算了|拉倒/.test(c.message) &&
  !/不然|否则|如果|要是|退|发票|订单/.test(c.message);

/** Who has bought much asks what that is worth to the shop. @see SCR-159 */
const wishesTreatment = (message: string): boolean =>
  /(贵宾|VIP|老(主顾|顾客|客户?|买家)|回头客)[^，,。]{0,12}(待遇|优待|照顾|福利|权益|特权|专属|表示)/i.test(message) ||
  (/(花|买|消费)了?.{0,8}([几上好\d一二两三四五六七八九]+[千百万]|这么多|那么多|好多|不少)/.test(message) &&
    /待遇|优待|照顾|专(属|人|门)|特权|福利|贵宾|会员|VIP/i.test(message));

/** Greeting, offline, farewell and relations. */
export const TALK_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-01',
    rank: 'question',
    intents: { 'INT-GEN-01': 0.95 },
    fades: (c) => offlineLeft(c) || dispute(c),
    when: (c) =>
      firstTurn(c) &&
      (c.facts.buyer.isReturning !== true || !c.freshness.isFresh('buyer.isReturning')) &&
      (greetingIsDue(c) || asksForPerson(c) || opensWithOrder(c)),
    occasions: [
      occasion(0.7, '买家要找人', asksForPerson),
      occasion(0.7, '买家从订单点进来，还没说事', opensWithOrder),
      occasion(0.55, '买家先问了好', greetsFirst),
      occasion(0.52, '买家开了口，还没说事', opensOnly),
    ],
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
    occasions: [occasion(1, '现在没有人在线', nobodyThere)],
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
      c.message.length <= MOST_CLOSING &&
      !platformNotice(c) &&
      !/\d{3}|\[|^(没有?了?|那|是(的|啊|呀)?|对(的|啊)?)[。.!！~]*$/.test(c.message.trim()) &&
      closable(c) &&
      !['asksMore', 'closed'].includes(c.talk.desk.move) &&
      (agentFinished(c) || (FAREWELL.test(c.message) && !PENDING.test(lastAgentText(c)))),
    occasions: [
      occasion(
        0.97,
        '买家表示明白了',
        (c) =>
          !FAREWELL.test(c.message) &&
          !QUESTION.test(c.message) &&
          !undecided(c) &&
          !REPORTS_LACK.test(c.message) &&
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
      (!/angry|threatening/.test(c.situation.analysis.mood) || readsNothing(c)) &&
      !platformNotice(c) &&
      !points(c) &&
      !answersDesk(c) &&
      !(isJoking(c.message) && orderState(c) !== 'none') &&
      !isTakenBack(c.message) &&
      unreadable(c) &&
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
      !(c.convo.leaveAlone && stillAsks(c)) &&
      (orderState(c) === 'none' || (orderState(c) === 'unpaid' && c.convo.leaveAlone)) &&
      c.facts.convo?.outcome !== 'bought' &&
      c.facts.convo?.outcome !== 'thinking' &&
      // Who has just been refused something is asked what else there is, not seen off.
      (!REFUSAL.test(c.talk.desk.text) || takesLeave(c.message) || c.convo.saidNo || !c.talk.bare) &&
      (c.talk.bare
        ? (belief(c, 'INT-GEN-04') >= 0.3 && closable(c)) || refuses(c) || c.convo.leaveAlone
        : !speaksOfOrder(c) || c.convo.leaveAlone),
    occasions: [
      occasion(
        0.8,
        '买家道别，没有下单',
        (c) =>
          belief(c, 'INT-GEN-04') >= 0.3 &&
          (c.facts.convo?.outcome === 'not_bought' || FAREWELL.test(c.message) || takesLeave(c.message)),
      ),
      occasion(0.9, '买家不想再聊', (c) => c.convo.leaveAlone),
      occasion(0.75, '买家明确说不买', (c) => c.convo.saidNo && !asksAnew(c) && (!c.talk.bare || refuses(c))),
      occasion(0.5, '不再跟进，好好道别', (c) => c.convo.noMoreFollowup && !asksAnew(c)),
    ],
  },
  {
    card: 'SCR-159',
    rank: 'recommendation',
    intents: { 'INT-PRE-17': 0.9 },
    occasions: [
      occasion(1.05, '老顾客问有什么待遇', (c) => !speaksOfOrder(c) && !dispute(c) && wishesTreatment(c.message)),
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
          !c.talk.bare &&
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
