/** The sentences a wish not to be written to is mostly said in. @see FR-07, TRAP-14 */

/** What is refused: reminders about orders, or whatever a machine would write. */
export type Refusal = 'reminders' | 'all';

/** Talk of goods, parcels and papers: the sending, urging and calling in it is not the desk's. */
export const GOODS =
  /货|快递|物流|仓库|包裹|驿站|中通|圆通|韵达|申通|顺丰|极兔|邮政|京东|ems|退款|退货|换货|取消订单|发票|地址|尺[码寸]|颜色|[黑白红蓝绿灰粉黄紫]色|错|漏|赠品|邻居|闹钟|手表|面料|[这那哪本]款|功能/;
/** The buyer names another way instead: a wish about how, not a stop. */
export const ANOTHER_WAY =
  /就行|就好|就可以|(?<![加在])微信上?(?:说|聊|联系|发|找|吧)|打电话吧|发(短信|消息|信息)吧|电话联系|联系我?(妈|爸|家|老公|老婆|朋友|同事)|站内|邮箱|直接(发|说|放|寄|退)/;
const ASKS = /[吗嘛呢?？]|怎么|如何|能不能退|哪里/;

const NOT =
  '(?:别|不要|不用|不必|不需要|无需|无须|不许|不准|勿|少|不想|不愿意?|能不能不|可不可以不|能别|能否不|可以不|可以别)';
const AGAIN =
  '(?:再|老|老是|总|总是|一直|天天|继续|整天|每天|每次|每回|每晚|来|都|你们|被|我|要|就|没事|反复|频繁|不停地?|动不动|一个劲地?|在?(?:微信|这里|平台|上面)上?|也)*';
const TO_ME = '(?:给我|向我|跟我|对我|往我这|来|给)?';
const DONE = '(?:了|啦|吧|啊|哈|呀|嘛|吗|的|过来|好吗|好不好|行吗|行不行|可以吗|成吗|谢谢|多谢|我)*$';
const MESSAGES =
  '(?:消息|信息|短信|广告|推广|推送|推销|营销|链接|活动|优惠|促销|通知|提醒|私信|这些|这种|这类|此类|那些|任何)';
/** Whose messages, and what they are about. */
const OF =
  '(?:你们?|你家|贵店|店里?|店铺|家|的|任何|形式|各种|一切|什么|这种|这类|此类|这些|付款|催付|催款|催单|下单|上新|群发|商品|优惠券?)*';
/** Nouns that are nothing but messages of the desk. */
const PURE = '(?:消息|信息|短信|广告|推广|推送|推销|营销|提醒|回访|跟进|骚扰)';

/** Sentences that stop everything, wherever they stand in the message. */
const STOPS_ALL: readonly RegExp[] = [
  /退订(?!金|的|这?单|那|票|房|酒店|机票|民宿|会员|是什么|后|了还)/,
  /^(回复?)?td$/,
  /(取消|停止|关闭|关掉|停掉)(你们的?|所有的?|这个|这些)?(订阅|推送|发送|短信|广告|推广)/,
  /停止(给我|向我|对我)?(发|推|联系|打扰|骚扰|营销)/,
  /(已|已经|马上|直接|就|要|把你们?)拉黑|^拉黑/,
  new RegExp(`${NOT}${AGAIN}(?:骚扰|打扰|烦|纠缠)(?!到|别人|人家)`),
  /(请勿|勿)(打扰|扰|骚扰)/,
  /(你们|这|这就|简直|算|属于|已经)(这)?(是|在)?骚扰(?!电话|短信冒充)|举报.{0,4}骚扰|^骚扰(信息|短信|消息)/,
  new RegExp(`(?:(?:别|不要|不许|勿)${AGAIN}|${NOT}${AGAIN}再)${TO_ME}(?:联系|@|艾特|找|call)(?:我|给我)?${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:通知|告诉|喊)我${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:跟我|对我|给我)?(?:说|讲|介绍|宣传)(?:你们的?)?(?:活动|优惠|促销)`),
  new RegExp(`${NOT}${AGAIN}${TO_ME}(?:打电话推销|推东西|推荐东西|打(?:推销|广告|营销)电话)`),
  new RegExp(`${PURE}${OF}我?(?:真的?|都|也|根本|完全)*(?:不需要|不想要|没兴趣|不感兴趣)${DONE}`),
  // Whatever stands between: "do not, time and again, urge me". Not "do not forget to", "feel free to".
  /(?:别|不要|不用|请勿|无需)[^货件单色码寄退有没忘随等先急客怕]{0,6}(?:打扰我|骚扰我|联系我|追着我?(?:问|发)|问我买|来推销)/,
  /停止.{0,3}(打|拨)?(营销|推销|广告|骚扰)(电话|信息|短信)/,
  /(短信|消息|信息)轰炸/,
  /(消息|信息|短信|广告|推送|提醒)(能不能|可不可以|可以|能)?(少一?点|停了|停掉|停一停)/,
  /谁(让|叫|准|允许)你们.{0,4}(发|推|打扰|骚扰)(?!货)/,
  new RegExp(`${NOT}${AGAIN}(?:给我|对我|来)?(?:回访|跟进)(?:我)?${DONE}`),
  new RegExp(`${NOT}${AGAIN}${TO_ME}(?:发送|发|传|推送|推|来|收到|收|接到|看到|接收)(?:给我)?${OF}${MESSAGES}`),
  new RegExp(`${NOT}(?:再|给我|给)+推(?:我)?(?:新品|新款|上新|活动)?${DONE}`),
  /(消息|信息|短信|广告|推送|提醒)(太|好|这么|也太)?(多|频繁|密).{0,10}(停|别发|不要发|少发|消停)/,
  // The topic first: "such offers need not be sent".
  new RegExp(
    `${MESSAGES}(?<!链接)(?:以后|就|都|也|还是|请|麻烦|什么的|啥的)*${NOT}${AGAIN}${TO_ME}(?:发|传|推|给)(?:给)?${DONE}`,
  ),
  new RegExp(`(?:不需要|不想要|不要|无需|用不着)${OF}${PURE}${DONE}`),
  new RegExp(`${PURE}${OF}(?:以后|就|都|全部?|给我|可以|麻烦|请)*(?:停掉|停了|停一下|停下|停止|免了|省省)${DONE}`),
  new RegExp(`${NOT}${AGAIN}${TO_ME}(?:推销|营销|推广|推送|群发)`),
  new RegExp(`${NOT}(?:再|老|总|总是|一直|天天)(?:给我|向我|跟我)?推荐`),
  /(别|不要|不想).{0,3}(老|一直|总|天天).{0,3}发(消息|信息|短信)/,
  /(活动|优惠|上新|新品|促销|打折).{0,4}(不用|别|不要|不必)(再)?(通知|告诉|喊|叫|发给|提醒|联系)我?/,
  /(老是|总是|一直|天天|一天到晚|整天|没完没了).{0,3}(发|推送|提醒)(消息|信息|短信|广告)?了?.{0,4}(烦|够了|有完没完)/,
  /(烦|够了|受够).{0,6}(天天|老是?|总是?|一直|每天|一天到晚).{0,3}(发|推|提醒)(?!货|快递|错)/,
  /^拒收$|(拒绝|不接受|不接收|拒收)(任何|形式的?|你们的?|所有的?|接收|一切|再|这种|此类|这类)*(营销|推销|广告|推广|推送|消息|信息|短信|提醒)/,
  /(把我|我)(从|拉出|移出|踢出|移除|请出|删).{0,10}(名单|列表|群发)/,
  /(从|在).{0,8}(名单|列表)(里|中)?.{0,3}(删|移|去掉|拉出|踢)/,
  /(什么|一个字|任何东西|啥)(都|也)(别|不要|不用)(再)?(发|给我发|推)/,
  /(再|还|继续)(骚扰|打扰)(我|人)?.{0,3}(就|我)(投诉|举报|报警|拉黑|要|给差评)/,
];
/** Sentences that stop reminders. */
const STOPS_REMINDERS: readonly RegExp[] = [
  new RegExp(`${NOT}${AGAIN}(?:催促|催)(?:我|单|付|款|付款|下单|买单|促|[那这]么紧|[那这]么急|太紧)*${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:给我)?提醒(?:我|付款|付钱|付|结账|下单|买单|拍|的)*${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:叫|让|喊|逼)我?(?:付款|付钱|买单|拍下|下单)${DONE}`),
  new RegExp(
    `(?:别|不要|不用|请勿|无需)[^货件单色码寄退有没忘随等先急客怕]{0,6}(?:催我|提醒我)(?:付款|付钱|结账|下单|买单|拍)*${DONE}`,
  ),
  /催.{0,5}(遍|次|回).{0,6}(烦|够|没完)/,
  new RegExp(`(?:提醒|催付|催款|催单)(?:短信|消息|信息|通知)?(?:以后|就|都|给我)*(?:关|停|取消)(?:掉|了|一下)*${DONE}`),
  /^(请|麻烦|帮我|帮忙|给我)*把?(这个|这些|你们的?|所有的?|付款|催付)*(提醒|通知)(都|给)?(我)?(关|停|取消)(掉|了|闭|一下)*$/,
  /^(请|麻烦|帮我)*(取消|关闭|关掉|停止|停掉)(这个|这些|你们的?|付款|催付)*(提醒|通知|催付|催单)(了|吧)?$/,
  /催什么|催个(没完|不停|屁)|(?<!客户|客人|老板|领导|孩子|家人|老婆|老公|朋友|人家|他|她)(一直|老是|总|天天|还在?|又在?)催(?!快递|物流|货|发)|再催.{0,3}(就|我)|催.{0,6}有完没完/,
];
/** Whom they urge is not said: with goods in the talk it is the warehouse or the courier. */
const BARE_URGING = /催(?![我付款单])/;
/** Refused calls: couriers call too, so said with no goods in the talk. */
const STOPS_CALLS = [
  new RegExp(`(?:(?:别|不要|不许|勿)${AGAIN}|${NOT}${AGAIN}再)${TO_ME}打电话(?:来|过来|给我)?${DONE}`),
  new RegExp(`${NOT}${AGAIN}(?:给我打电话|打电话给我)${DONE}`),
];
/** A bare refusal of "sending": said with no goods in the talk. */
const STOPS_SENDING = [
  new RegExp(
    `^(?:请|麻烦|以后|你们|你|求|求求|拜托|烦死了|烦|知道了|都?说了|说过了?|真的|亲|喂)*${NOT}${AGAIN}${TO_ME}(?:发送|发|传)(?:过来|来|给我)?${DONE}`,
  ),
];
const ONCE_MORE = /再(发|传|推|收到|看到|打扰).{0,8}(就|我).{0,3}(拉黑|举报|投诉|骂|给差评)/;

/**
 * Whatever the sentence: a word that ends something, near a word for the desk's own reaching out. Read only where
 * nothing in the clause speaks of things, of what did not come, or of how something is done.
 */
const ENDING =
  '(?:(?<![特分性级区个类识告差])别(?![的人家处名扭忘])|不要|不用|不必|不需要|无需|无须|没必要|用不着|勿|不许|不准|禁止|不想|不愿|不是很需要|不怎么需要|停止|停发|取消|关掉|关闭|拒绝|拒收|不接受|屏蔽)';
const REACHING =
  '(?:消息|短信|信息|讯息|广告|推送|推销|营销|群发|骚扰|打扰|提醒|催付|催款|催我|通知我|联系我|联络我|提示我|所有通知|回访我?|给我留言|给我推|给我传|再发到我)';
const ENDS_REACHING = [
  new RegExp(`${ENDING}[^，]{0,6}${REACHING}`),
  new RegExp(`${REACHING}[^，]{0,4}(?:不想|不要|不需要|不接受|别|看烦|看腻)(?:收|看|发|推|传|再|要)*${DONE}`),
  /^(免打扰|勿扰)$|发(这么|那么)多(广告|消息|短信|信息)/,
];
const OF_THINGS =
  /[收看接]不?到|打不开|失效|怎么|如何|什么|哪|几|自动回复|人工|忘|随时|提前|记得|及时|验证|设置|冒充|泄露|透露|糊弄|敷衍|应付|自动消息|邻居|别人|厂家|客户|司机|师傅|快件|隐私|个人信息|备注|错过|^不用.{0,3}(就|也)|(收货|地址|身份|商品|详细|物流|型号|规格|参数|产品|订单|联系)信息/;
const TELLS_REMINDERS = /提醒|催/;

const ENGLISH_ALL: readonly RegExp[] = [
  /^(please |pls |plz |just )?stop( it| now| this| please| pls)?$/,
  /\b(stop|quit|cease) (sending|messaging|texting|contacting|spamming|reminding|bothering|emailing|calling|pestering|writing|chasing)\b/,
  /\bstop (the |these |your |all )*(messages?|texts?|reminders?|spam|ads|promotions?|notifications?)\b/,
  /\b(don'?t|do not|never|dont) (ever )?(message|contact|text|remind|bother|email|call|write|spam|disturb)( (me|us|again|anymore|any more|please|to me|now)|$)/,
  /\b(don'?t|do not|dont) (want|need|wish to get|wish to receive) (any )?(more )?(of )?(your |these )?(messages?|texts?|reminders?|ads|spam|promotions?)\b/,
  /\b(don'?t|do not|dont) send (me )?(any )?(more )?(messages?|texts?|reminders?|ads|anything)\b/,
  /\bleave me alone\b/,
  /\bno more (promotional |marketing )?(messages?|texts?|reminders?|ads|spam|promotions?|notifications?)\b/,
  /\bopt(ing)? ?out\b/,
  /\b(remove|take) me (from|off)\b/,
  /\b(remove|delete|erase) (me|my (number|phone|info|data|contact|details|account from))\b|\btake my number off\b/,
  /\bno (more )?(promos?|promotions?|marketing|spam|ads|texts|calls)\b|\benough (already|of this|messages)\b/,
  /\bthis is (spam|harassment)\b|^(spam|spammers?|harassment)$|\bunfollow(ed|ing)?\b|\bopt me out\b/,
  /\b(report(ed|ing)?|block(ed|ing)?) (you|u|this shop)\b|\byou('re| are) (blocked|muted|annoying)\b/,
  /\b(too|so) many (messages|texts|ads|notifications|emails|promos)\b/,
  /\b(go away|get lost|cut it out|knock it off|quit it|leave me be|stop already|enough is enough)\b/,
  /\bturn off (the |your |these |all )*(notifications|ads|messages|reminders)\b|\bcancel (my |all )*(subscription|notifications|alerts)\b/,
  /\bnever signed up\b|\bdidn'?t (ask for|sign up|subscribe)\b|\bhow (do|can) i stop (these|your|the) (messages|texts|ads)\b/,
  /\bdo not disturb\b|\bunsub\b/,
];
const ENGLISH_REMINDERS: readonly RegExp[] = [
  /\b(no need to|don'?t|do not|stop|quit) (keep )?(remind(ing)?|rush(ing)?|chas(e|ing)|push(ing)?|nag(ging)?)( me)?\b/,
  /\bno (more )?(payment )?reminders?\b/,
];
const PINYIN_ALL =
  /^(?:wo)?(?:yao)?tuiding(?:le|ba)?$|^(?:qing)?(?:bie|buyao|wu)(?:zai|lai|lao)*(?:saorao|darao|fan)(?:wo)?(?:le|ba)?$|^(?:qing)?(?:bie|buyao|buyong)(?:zai|lao|yizhi)*(?:geiwo)?(?:fa|tuisong|tui|faxiaoxi|faxinxi|faguanggao|faduanxin)(?:wo)?(?:le|la|ba)?$/;
const PINYIN_REMINDERS =
  /^(?:qing)?(?:bie|buyao|buyong)(?:zai|lao|yizhi)*(?:geiwo)?(?:cui|tixing)(?:wo)?(?:le|la|ba)?$/;

/** What a folded text refuses by a known sentence; `undefined`: none is known. */
export function readSentences(plain: string): Refusal | undefined {
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
    if (/自动回复|人工|真人|活人/.test(squashed)) continue;
    if (wants(clause, STOPS_ALL) || ONCE_MORE.test(clause)) return 'all';
    if (!talksOfGoods && wants(clause, STOPS_CALLS)) return 'all';
    const isUrged = wants(clause, STOPS_REMINDERS) && !(talksOfGoods && BARE_URGING.test(clause));
    if (!talksOfGoods && wants(clause, STOPS_SENDING)) return 'all';
    if (isUrged) refused = 'reminders';
  }
  return refused ?? readBroadly(clauses, squashed);
}

/** The same by the words alone, where no known sentence was found. */
function readBroadly(clauses: readonly string[], squashed: string): Refusal | undefined {
  if (GOODS.test(squashed) || ANOTHER_WAY.test(squashed)) return undefined;
  const clause = clauses.find((one) => !OF_THINGS.test(one) && ENDS_REACHING.some((words) => words.test(one)));
  if (clause === undefined) return undefined;
  return TELLS_REMINDERS.test(clause) ? 'reminders' : 'all';
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
  if (ENGLISH_REMINDERS.some((sentence) => sentence.test(words))) return 'reminders';
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
