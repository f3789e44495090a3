import type { Turn } from '../protocol/turn.ts';
import { QUESTION } from './cues.ts';

/**
 * What the desk did with its last turn.
 *
 * `none` nothing yet · `greeted` asked what it may do · `asked` wants something of the buyer · `offered` would do
 * something if the buyer agrees · `waits` is busy with it · `promised` said by when, or that news will come · `did` has done it ·
 * `handed` gave data or a link · `sent` told the buyer what to do · `refused` said that it cannot be ·
 * `answered` told something else · `asksMore` asked whether anything is left · `closed` took leave
 */
export type DeskMove =
  | 'none'
  | 'greeted'
  | 'asked'
  | 'offered'
  | 'waits'
  | 'promised'
  | 'did'
  | 'handed'
  | 'sent'
  | 'refused'
  | 'answered'
  | 'asksMore'
  | 'closed';

/** Where a talk stands between buyer and desk before the message. */
export interface DeskTurn {
  readonly move: DeskMove;
  /** The desk's last words; empty: it has said nothing. */
  readonly text: string;
  /** What the buyer said since, unanswered, oldest first. */
  readonly since: readonly string[];
  /** The desk has said more than a greeting or a wish for an order number. */
  readonly engaged: boolean;
}

/** Signs of the platform that are no words. */
const STICKER = /#E-[a-z]?(\[[^\]]*\]|\d*)|&nbsp;|O\(∩_∩\)O\/?|[~～]+/gi;

/** Welcomes, and says who is there; more than that is said only in asking what is wanted. */
const WELCOME =
  /^(亲|[您你]好[呀啊]?|欢迎|您来啦)[^，,。！!😊]{0,16}[，,。！!😊 ]+.{0,24}(我是|这里是|为您服务|欢迎|又(见|能))(?!.*(您问|留言|上回的))/u;
const GREETING =
  /(有什么|什么)(问题)?.{0,6}(可以|能)?.{0,6}(帮|为您|效劳|服务)|^(您好|你好|亲+|亲爱的|在的?|在呢|欢迎光临|[，,。!！ ])+(我)?(在)?[的呢哦哈呀。!！ ]*$/;
const ASKS_MORE =
  /其[他它](方面)?还有.{0,8}[吗么]|(还有|有没有|其[他它])(没有|什么|其[他它]|别的|啥|哪些|可以)?.{0,14}(帮|问题|需要|服务|咨询|效劳|疑问)|还(要|需要)别的|还有别的/;
const TAKES_LEAVE =
  /再见|拜拜|祝您|欢迎(下次|再来|随时|常来)|感谢您?(的)?(支持|理解|配合|光临|惠顾)|回头见|祝购物|等(着|候)?收货|不(用)?客气|(应该|分内).{0,4}(做)?的|客气了/;
const BUSY =
  /由(我(?!们)|专人)(来|为您)?.{0,2}(跟|处理|负责)|亲自去|需要核实|(烦?请|麻烦)您?.{0,3}等(等|一|下|候)|稍等|等(一)?(下|会|等)(?!的)|(正在|这就|马上|现在(就)?)(为您|给您|帮您|去|来)?.{0,4}(查|核|看|处理|申请|联系|确认|登记|咨询|转|办|帮)|我(去)?(看|查|问)(看|一?下|查)(?!过)|去(问|查|核实)|(帮|给|为)您(看|查|核实|核对|查询|确认|问|咨询)(一?下|看)?(哈|哦|呢|的|~|$)|我(帮您)?看看/;
const WANTS =
  /(请|麻烦|辛苦)(您|你)?(先|再|把|将)?.{0,6}(提供|发(?!货|出)|告诉|告知|描述|说明|截图|拍(?!下)|上传|核实下|选择|回复|填(?!写好))|(提供|发|告诉|告知|说)(我|一?下|给我|小妹)|给(妹子|小妹)[， 。]?(?!的)|方便.{0,6}(提供|描述|说|发|拍|告)|需要您.{0,8}(提供|描述|说|发|拍|上传)|(订单号|手机号|联系电话|地址|抬头|税号)(码)?(呢|是多少|多少|有吗)|^(公司)?抬头[，,、和]?税号$/;
const ASKS =
  /[?？]\s*$|(吗|么|嘛|不|没)[呀啊哈亲哦的呢~～。!！\s]*$|(?<!没|不管|无论)(什么|多少|几[^分小天个]|哪|谁|怎么|是否|还是)[^。，,!！]{0,14}$|^(什么|多少|几|哪|谁|怎么|请问)[^。!！]{0,18}$|请问/;
const OFFERS =
  /((帮|给|为)(您|你)|申请|提交|安排|登记|取消|修改|补|换|退|改).{0,24}(可以|行|好|同意|方便|您看)(吗|么|不|嘛|行)|您看(可以|行|这样)|(需要|要不要|是否需要)(我|小妹|妹子|这边)?(帮|给|为)/;
const DONE =
  /已(经)?(帮|给|为)(您|你)|(已经?|刚|都)(经)?(帮|给|为)?(您|你)?.{0,8}(申请|提交|取消|修改|登记|备注|安排|处理|催|反馈|退款|开具|换开|寄出|发出|完成|上报|联系|关闭|更改|改)(了|好|过|成功|完)|成功了|(申请|提交|取消|修改|改|登记|换开|开具|备注|处理)(好|成功|完成?)?了(?!吗|么|没)|(办|弄|处理|改|登记|换|开|补|退)好了|退款了/;
const PROMISES =
  /(工作日|小时|分钟|天|\])(之?内|左右|内会)|[\d\]](个)?(-|到|至)?.{0,6}(工作日|小时|分钟|天)|短信.{0,6}(告|通知|提|回)|(告知|通知|联系|回复|回电|答复)(您|你)|回电|会.{0,8}(处理|联系|回复|告知|通知|拦截|安排|尽快|反馈|跟进|提醒)|尽快|稍后|耐心等|(帮|给|为)(您|你).{0,3}(申请|提交|登记|备注|修改|反馈|催|安排|处理|升级|换开|联系|跟进|改|转|取消|操作|记录)|(代|替)您/;
const HANDS_OVER =
  /https?:\/\/|链接|(电话|热线|地址|网址|账号|单号|编号|名称)\s*(是|为|[:：])|\d{6,}|^\[[^\]]+\]$|步骤|^[\d[\]x、，,. ]+$/;
const SENDS =
  /(提交|点|下单|填|选|改|登录).{0,8}就(行|可以|好)了?|您(这边)?(先|可以|点|去|到|重新|自己|自行|直接|需要|注意|再|试)|(请|麻烦|辛苦|建议|烦请)(您|亲)?.{0,6}(点|打开|进入|下单|提交|申请|等|查|看|在|去|到|联系|关注|退|拒|寄|将|勿|重|先|可|从|修改|更改)/;
const REFUSES =
  /(不|没)(能|可以|支持|行|了(?!解))|无法|没(有)?办法|没法|暂(时)?不|还没|暂无|(抱歉|不好意思)(?!让您|由我|，?(我)?.{0,2}没太)|遗憾|查(询)?不到|没有(查|找|办|权限|下单|付款|记录|纸质)/;

/** A time, or a notice to come: what is promised without one is being done. */
const BY_WHEN =
  /工作日|小时|分钟|天|月|号|\]|短信|告|通知|回(复|电)|答复|联系(您|你)|耐心|会.{0,8}(师傅|处理|安排|跟进|拦截)/;

/** In the order in which they decide: the end of a turn weighs more than its beginning. */
const MOVES: readonly (readonly [DeskMove, RegExp])[] = [
  ['asksMore', ASKS_MORE],
  ['greeted', WELCOME],
  ['greeted', GREETING],
  ['offered', OFFERS],
  ['asked', WANTS],
  ['asked', ASKS],
  ['did', DONE],
  ['waits', BUSY],
  ['closed', TAKES_LEAVE],
  ['refused', REFUSES],
  ['promised', PROMISES],
  ['sent', SENDS],
  ['handed', HANDS_OVER],
];

function wordsOf(text: string): string {
  return text.replace(STICKER, ' ').trim();
}

/** A greeting this long goes on with the matter itself. */
const MOST_GREETING = 60;

/** What one turn of the desk does; `undefined`: it holds no words. */
export function moveOf(text: string): DeskMove | undefined {
  const said = wordsOf(text);
  if (!/[\p{L}\d]/u.test(said)) return undefined;
  const goesOn = said.length > MOST_GREETING && (REFUSES.test(said) || SENDS.test(said));
  const move = MOVES.find(([name, words]) => words.test(said) && !(goesOn && name === 'greeted'))?.[0] ?? 'answered';
  return move === 'promised' && !BY_WHEN.test(said) ? 'waits' : move;
}

/** Only asks which order it is, or what the matter is. */
const OPENS_MATTER = /订单(编)?号|哪(个|一)?.{0,2}订单|哪(款|件|个)商品|是(这|哪)个(商品|订单)|什么(问题|情况|事)|描述/;

/** A turn that only says yes, or that it was no trouble. */
const NODS =
  /^(没事儿?|没关系|不(用)?客气|您?客气了|应该的|好(的|滴|嘞|哒)?|嗯+|可以(的)?|行(的)?|是(的)?|ok|收到|明白)[\s呢哈哦啦呀哒的亲～~。.!！，,]*$/i;
/** The buyer wants something done, or to hear of it. */
const REQUESTS = /麻烦.{2}|帮|请|尽量|尽快|催|能不能|可不可以|回复我|告诉我|通知我/;

/**
 * What a nod of the desk leaves open: a request that it was the answer to is owed, and so is what the desk was busy
 * with before.
 */
function moveBehindNod(history: readonly Turn[], at: number): DeskMove {
  for (let i = at - 1; i >= 0; i--) {
    const { from, text } = history[i]!;
    if (from === 'buyer' && REQUESTS.test(text) && !QUESTION.test(text)) return 'waits';
    if (from === 'agent' && !NODS.test(wordsOf(text))) {
      return moveOf(text) === 'waits' ? 'waits' : 'answered';
    }
  }
  return 'answered';
}

/** Reads the last turn of the desk that holds words. */
export function readDeskTurn(history: readonly Turn[]): DeskTurn {
  let at = history.length - 1;
  const since: string[] = [];
  let move: DeskMove | undefined;
  for (; at >= 0; at--) {
    const turn = history[at]!;
    if (turn.from === 'buyer') since.unshift(turn.text);
    else if (turn.from === 'agent') {
      move = moveOf(turn.text);
      if (move === 'answered' && NODS.test(wordsOf(turn.text))) move = moveBehindNod(history, at);
      if (move !== undefined) break;
    }
  }
  const engaged = history.some((turn) => {
    if (turn.from !== 'agent') return false;
    const done = moveOf(turn.text);
    return done !== undefined && done !== 'greeted' && !(done === 'asked' && OPENS_MATTER.test(turn.text));
  });
  return { move: move ?? 'none', text: history[at]?.text ?? '', since, engaged };
}

/** Says yes, thanks or that nothing is left: asks for nothing. */
const SETTLES =
  /^((嗯|哦|噢|喔|好|行|ok|可以|是|对|谢|多谢|感谢|辛苦|明白|知道|了解|收到|麻烦|没(有|事|了|啦|关系)?|不用|那)(.{0,6}))$/i;

/** Nothing of what the buyer said since the desk's turn is unanswered. */
export function nothingUnanswered(turn: DeskTurn): boolean {
  return turn.since.every((text) => SETTLES.test(text.trim()) && !QUESTION.test(text));
}

/** Confirms what the desk read back or asked. */
const CONFIRMS = /^(嗯+[，, ]?)?(是(的|啊|呀)?|对(的|啊|呀)?|没错)[。.!！~～ ]*$/;

/** The desk owes something, or waits for something, so that nothing may be closed. */
export function isPending(turn: DeskTurn): boolean {
  if (!nothingUnanswered(turn)) return true;
  // What the desk read back, and the buyer confirmed, was read back in order to act on it.
  if (['answered', 'handed'].includes(turn.move) && turn.since.some((text) => CONFIRMS.test(text.trim()))) {
    return true;
  }
  // A question that was answered with a yes is done with; an offer that was accepted is not.
  if (turn.move === 'asked') return turn.since.length === 0;
  return ['offered', 'waits', 'sent', 'greeted'].includes(turn.move);
}

/** Data, a place, a time, a yes or no: what answers a question and asks none. */
const DATA = /\d{3,}|\[[^\]]+x\]|[:：]|^[A-Za-z0-9\-_.]+$/;
const SHORT_REPLY = 14;

/** The message is the answer to what the desk asked. */
export function repliesTo(turn: DeskTurn, message: string): boolean {
  if (turn.move !== 'asked' && turn.move !== 'offered') return false;
  const said = message.trim();
  if (QUESTION.test(said)) return false;
  return said.length <= SHORT_REPLY || DATA.test(said);
}
