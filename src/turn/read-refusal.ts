/** Whether a buyer asks not to be written to any more. Over-hearing costs as much as missing. @see FR-07, TRAP-14 */

/** What is refused: reminders about orders, or whatever a machine would write. */
export type Refusal = 'reminders' | 'all';

/** Traditional characters and slips of the keyboard that occur in these few sentences. */
const FOLDED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['別别', '給给', '發发', '傳传', '訊讯', '請请', '擾扰', '騷骚', '煩烦', '閱阅', '訂订', '關关', '閉闭', '聯联'],
    ...['繫系', '絡络', '電电', '話话', '這这', '個个', '們们', '來来', '罵骂', '擱搁', '電电', '動动', '廣广', '銷销'],
    ...['薦荐', '過过', '還还', '沒没', '無无', '麼么', '應应', '該该', '實实', '樣样', '歡欢', '當当', '會会', '說说'],
    ...['貨货', '單单', '錢钱', '買买', '賣卖', '開开', '舉举', '報报', '簡简', '對对', '斷断', '續续', '總总', '間间'],
    ...['黑黑', '嘿黑', '崔催', '搔骚', '甭别', '莫别'],
  ].map((pair) => [pair[0]!, pair[1]!]),
);
const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/打绕|打搅|打攪|大扰/g, '打扰'],
  [/推订|退定(?!金)|退阅/g, '退订'],
  [/题醒|提行|提型/g, '提醒'],
  [/(别|不要|不用|以后|请不要)在(?=给|发|传|催|打|来|推|提|联|骚|烦|找|往|向|跟|@)/g, '$1再'],
  [/讯息|资讯|简讯/g, '信息'],
];

/** Talk of goods, parcels and papers: the sending, urging and calling in it is not the desk's. */
const GOODS =
  /货|快递|物流|仓库|包裹|驿站|中通|圆通|韵达|申通|顺丰|极兔|邮政|京东|ems|退款|退货|换货|取消订单|发票|地址|尺[码寸]|颜色|[黑白红蓝绿灰粉黄紫]色|错|漏|赠品|邻居|闹钟|手表|面料|[这那哪本]款|功能/;
/** The buyer names another way instead: a wish about how, not a stop. */
const ANOTHER_WAY = /就行|就好|就可以|微信|打电话吧|电话联系|站内|邮箱|直接(发|说|放|寄|退)/;
const ASKS = /[吗嘛呢?？]|怎么|如何|能不能退|哪里/;

const NOT = '(?:别|不要|不用|不必|不需要|不许|不准|勿|少|不想|能不能不|可不可以不|能别)';
const AGAIN = '(?:再|老|老是|总|总是|一直|天天|继续|整天|每天|来|都|你们|被|我|要)*';
const TO_ME = '(?:给我|向我|跟我|对我|往我这|来)?';
const DONE = '(?:了|啦|吧|啊|哈|呀|好吗|好不好|行吗|行不行|可以吗|谢谢|我)*$';
const MESSAGES = '(?:消息|信息|短信|广告|推广|推送|推销|营销|链接|活动|优惠|通知|提醒|私信|这些|这种|这类|那些|任何)';

/** Sentences that stop everything, wherever they stand in the message. */
const STOPS_ALL: readonly RegExp[] = [
  /退订(?!金|的?商品|这?单|那)/,
  /^(回复?)?td$/,
  /(取消|停止|关闭|关掉|停掉)(你们的?|所有的?|这个|这些)?(订阅|推送|发送|短信|广告|推广)/,
  /停止(给我|向我|对我)?(发|推|联系|打扰|骚扰|营销)/,
  /(已|已经|马上|直接|就|要|把你们?)拉黑|^拉黑/,
  new RegExp(`${NOT}${AGAIN}(?:骚扰|打扰|烦|纠缠)(?!到|别人|人家)`),
  /(请勿|勿)(打扰|扰|骚扰)/,
  /(你们|这|这就|简直|算|属于|已经)(这)?(是|在)?骚扰(?!电话|短信冒充)|举报.{0,4}骚扰|^骚扰(信息|短信|消息)/,
  new RegExp(`(?:(?:别|不要|不许|勿)${AGAIN}|${NOT}${AGAIN}再)${TO_ME}(?:联系|打电话|@|艾特|找)(?:我|给我)?${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:给我打电话|打电话给我)${DONE}`),
  new RegExp(`${NOT}${AGAIN}${TO_ME}(?:发送|发|传|推送|推|收到|接到|看到)(?:你们的?|你们任何)?${MESSAGES}`),
  new RegExp(`${NOT}${AGAIN}${TO_ME}(?:推销|营销|推广|推送|群发)`),
  new RegExp(`${NOT}(?:再|老|总|总是|一直|天天)(?:给我|向我|跟我)?推荐`),
  /(别|不要|不想).{0,3}(老|一直|总|天天).{0,3}发(消息|信息|短信)/,
  /(活动|优惠|上新|新品|促销|打折).{0,4}(不用|别|不要|不必)(再)?(通知|告诉|喊|叫|发给|提醒|联系)我?/,
  /(老是|总是|一直|天天|一天到晚|整天|没完没了).{0,3}(发|推送|提醒)(消息|信息|短信|广告)?了?.{0,4}(烦|够了|有完没完)/,
  /^拒收$|(拒绝|不接受|不接收|拒收)(任何|你们的?|所有的?|接收|一切|再)*(营销|推销|广告|推广|推送|消息|信息|短信|提醒)/,
  /(把我|我)(从|拉出|移出|踢出|移除|删).{0,8}(名单|列表|群发)/,
  /(什么|一个字|任何东西|啥)(都|也)(别|不要|不用)(再)?(发|给我发|推)/,
  /(再|还|继续)骚扰(我|人)?.{0,3}(就|我)(投诉|举报|报警|拉黑|要)/,
];
/** Sentences that stop reminders. */
const STOPS_REMINDERS: readonly RegExp[] = [
  new RegExp(`${NOT}${AGAIN}(?:催促|催)(?:我|单|付|款|付款|下单|买单|促)*${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:给我)?提醒(?:我|付款|下单|买单)*${DONE}`),
  /^(请|麻烦|帮我|帮忙|给我)*把?(这个|这些|你们的?|所有的?|付款|催付)*(提醒|通知)(都|给)?(我)?(关|停|取消)(掉|了|闭|一下)*$/,
  /^(请|麻烦|帮我)*(取消|关闭|关掉|停止|停掉)(这个|这些|你们的?|付款|催付)*(提醒|通知|催付|催单)(了|吧)?$/,
  /催什么|催个(没完|不停|屁)|(一直|老是|总|天天|还在?|又在?)催(?!快递|物流|货|发)|再催.{0,3}(就|我)|催.{0,6}有完没完/,
];
/** A bare refusal of "sending": said with no goods in the talk. */
const STOPS_SENDING = [
  new RegExp(
    `^(?:请|麻烦|以后|你们|求求|烦死了|烦|知道了)*${NOT}${AGAIN}${TO_ME}(?:发送|发|传)(?:过来|来|给我)?${DONE}`,
  ),
];
const ONCE_MORE = /再(发|传|推).{0,4}(就|我).{0,3}(拉黑|举报|投诉|骂)/;

const ENGLISH_ALL: readonly RegExp[] = [
  /^(please |pls |plz |just )?stop( it| now| this| please| pls)?$/,
  /\b(stop|quit|cease) (sending|messaging|texting|contacting|spamming|reminding|bothering|emailing|calling|pestering|writing|chasing)\b/,
  /\bstop (the |these |your |all )*(messages?|texts?|reminders?|spam|ads|promotions?|notifications?)\b/,
  /\b(don'?t|do not|never|dont) (ever )?(message|contact|text|remind|bother|email|call|write|spam|disturb)( (me|us|again|anymore|any more|please|to me|now)|$)/,
  /\b(don'?t|do not|dont) (want|need|wish to get|wish to receive) (any )?(more )?(of )?(your |these )?(messages?|texts?|reminders?|ads|spam|promotions?)\b/,
  /\b(don'?t|do not|dont) send (me )?(any )?(more )?(messages?|texts?|reminders?|ads|anything)\b/,
  /\bleave me alone\b/,
  /\bno more (messages?|texts?|reminders?|ads|spam|promotions?|notifications?)\b/,
  /\bopt(ing)? ?out\b/,
  /\b(remove|take) me (from|off)\b/,
];
const PINYIN_ALL =
  /^(?:wo)?(?:yao)?tuiding(?:le|ba)?$|^(?:qing)?(?:bie|buyao|wu)(?:zai|lai|lao)*(?:saorao|darao|fan)(?:wo)?(?:le|ba)?$/;
const PINYIN_REMINDERS =
  /^(?:qing)?(?:bie|buyao|buyong)(?:zai|lao|yizhi)*(?:geiwo)?(?:cui|fa|tixing|tuisong|faxiaoxi|faxinxi)(?:wo)?(?:le|la|ba)?$/;

/** What the buyer refuses; `undefined`: nothing. */
export function readRefusal(text: string): Refusal | undefined {
  const plain = fold(text);
  const latin = readLatin(plain);
  if (latin) return latin;
  const squashed = plain.replace(/\s+/g, '');
  const clauses = squashed.split(/[,，。.!！?？;；、~…\n]+/).filter((clause) => clause !== '');
  // A complaint spreads over clauses: "every day a message, that is annoying".
  if (clauses.length > 1) clauses.push(clauses.join(''));
  const talksOfGoods = GOODS.test(squashed);
  const wants = (clause: string, sentences: readonly RegExp[]) => sentences.some((sentence) => sentence.test(clause));
  let refused: Refusal | undefined;
  for (const clause of clauses) {
    const isOfGoods = GOODS.test(clause) || ANOTHER_WAY.test(squashed);
    if (isOfGoods || (ASKS.test(squashed) && isQuestionOfThings(clause))) continue;
    if (wants(clause, STOPS_ALL) || ONCE_MORE.test(clause)) return 'all';
    if (wants(clause, STOPS_REMINDERS) || (!talksOfGoods && wants(clause, STOPS_SENDING))) refused = 'reminders';
  }
  return refused;
}

function fold(text: string): string {
  let plain = [...text.normalize('NFKC').toLowerCase().replaceAll('’', "'")]
    .map((char) => FOLDED[char] ?? char)
    .join('');
  for (const [slip, word] of SLIPS) plain = plain.replace(slip, word);
  return plain.trim();
}

/** Asks about a thing that reminds or is switched off, and not about the desk's own messages. */
function isQuestionOfThings(clause: string): boolean {
  return /有人|接到|冒充|泄露|有货|(能|可以|怎么).{0,3}(关|设置|开)/.test(clause) && !/退订|取消订阅/.test(clause);
}

function readLatin(plain: string): Refusal | undefined {
  if (/[^\p{ASCII}]/u.test(plain)) return undefined;
  const words = plain
    .replace(/[^a-z0-9' ]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (ENGLISH_ALL.some((sentence) => sentence.test(words))) return 'all';
  if (words.split(' ').some((word) => isNearly(word, 'unsubscribe'))) return 'all';
  const squashed = words.replaceAll(' ', '');
  if (PINYIN_ALL.test(squashed) || squashed === 'td') return 'all';
  return PINYIN_REMINDERS.test(squashed) ? 'reminders' : undefined;
}

/** At most two letters off. */
function isNearly(word: string, wanted: string): boolean {
  if (Math.abs(word.length - wanted.length) > 2) return false;
  let row = Array.from({ length: wanted.length + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= wanted.length; j++) {
      const swap = row[j - 1]! + (word[i - 1] === wanted[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[wanted.length]! <= 2;
}
