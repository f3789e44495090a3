import { ageMs, PROMO_FRESH_MS, STOCK_FRESH_MS } from '../known-facts.ts';
import { clauseOf, findAll, findDisguised, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import { readNumber } from '../read-amounts.ts';
import { readTimes } from '../read-times.ts';
import type { Hit, Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isDenied, isReported } from '../sense.ts';
import {
  BUSY,
  CLOSING_LINES,
  DEADLINES,
  DUNNING,
  FOLLOW_UPS,
  HARSH_DUNNING,
  NO_RESTOCK,
  SALES_LINES,
  SCARCITY,
  SERVICE,
} from '../words/pressure.ts';

const SCARCE = new RegExp(SCARCITY.join('|'), 'g');
const GONE = new RegExp(NO_RESTOCK.join('|'), 'g');
const DEADLINE = new RegExp(DEADLINES.join('|'), 'g');
const DEFAULT_THRESHOLD = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function meantClaims(passage: Passage, pattern: RegExp): Match[] {
  return findDisguised(passage.views, pattern).filter(
    (match) => !isReported(match) && !isAsked(match) && !isBeingChecked(match),
  );
}

/** Untrue scarcity or deadline. @see TAB-29, CT-3, TRAP-06, SR-03 */
export const untrueScarcity: Rule = {
  id: 'TAB-29',
  severity: 'B',
  message: '库存或截止时间没有事实支持，请去掉，或照实说数字和时间。',
  instead: ['SCR-52', 'SCR-53'],
  detect(passage) {
    const scarce = meantClaims(passage, SCARCE).filter(
      (match) => !isNotStock(match) && !isDenied(match, 4) && !isScarceByFact(passage, match),
    );
    const gone = meantClaims(passage, GONE).filter(
      (match) => isAboutGoods(match) && passage.context.product?.restockPlan !== 'none',
    );
    const deadlines = meantClaims(passage, DEADLINE).filter(
      (match) => !isDenied(match, 4) && !isNoOffer(match) && !isDeadlineByFact(passage, match),
    );
    return [...scarce, ...gone, ...deadlines].map((match): Hit => ({ span: spanOf(match) }));
  },
};

/** 最后一个问题, 还有三个颜色, 最后一步: counted things that are no stock. */
function isNotStock(match: Match): boolean {
  const after = match.view.text.slice(match.to, match.to + 4);
  if (
    /^(?:事|问题|步|颜色|尺码|码|款式|款|口味|花色|规格|小时|工作日|天|月|点|地方|疑问|疑虑|建议|办法|方案|选择|选项|人|顾客|客服|同事|环节|流程|链接|包裹|快递|订单|优惠|券|活动|尺寸|部分|配件|螺丝|说明)/.test(
      after,
    )
  )
    return true;
  const clause = clauseOf(match).text;
  return (
    /件事|个问题|您(?:的)?(?:购物车|订单|包裹)|发(?:了|出)|寄|包裹里|(?:一|1)个(?:办法|方法|原因)/.test(clause) ||
    (/^还有/.test(match.text) && /(?:颜色|尺码|款|口味)/.test(clause))
  );
}

function isAboutGoods(match: Match): boolean {
  return !/补(?:差|发|寄|偿|贴|拍|票)|快递|地址|发票/.test(clauseOf(match).text);
}

/** Every stock figure the sentence can mean is fresh, at most the threshold, and the number said is the number there. */
function isScarceByFact(passage: Passage, match: Match): boolean {
  const { context } = passage;
  const stock = Object.entries(context.product?.stock ?? {});
  if (stock.length === 0 || ageMs(context, 'product.stock') > STOCK_FRESH_MS) return false;
  const text = passage.views.plain.text;
  const named = stock.filter(([sku]) =>
    sku
      .toLowerCase()
      .split('-')
      .some((part) => text.includes(part)),
  );
  const meant = named.length > 0 ? named : stock;
  const said = readNumber(
    /[\d一二两三四五六七八九十]{1,3}(?=件|双|个|套|台|条|只|份|瓶|盒|把|张|顶|辆|本|块|支|床|株|棵|盆|副|对|幅|串|根|桶|袋|箱|包|罐|单|多)/.exec(
      match.text,
    )?.[0] ?? '',
  );
  const threshold = context.shop?.lastPiecesThreshold ?? DEFAULT_THRESHOLD;
  return meant.some(([, pieces]) => {
    if (said !== undefined && said !== pieces) return false;
    const isPlainFigure = said !== undefined && /^(?:还有|剩|还剩)/.test(match.text);
    return pieces > 0 && (isPlainFigure || pieces <= threshold);
  });
}

/** An offer that ended presses nobody: 优惠昨天到期了. */
const ENDED = /(?:昨[天晚日]|前天|上周|上个?月|早就|已经)[^,。!?;]{0,4}(?:到期|过期|截止|结束|失效)/;

/** A date the platform or a form sets is no offer's deadline. */
function isNoOffer(match: Match): boolean {
  if (ENDED.test(clauseOf(match).text)) return true;
  return (
    /退款|申请|订单|付款|交易|收货|售后|退货|填写|单号|物流|快递|发货|揽收|截止(?:今天|目前|到现在|现在)|截至/.test(
      clauseOf(match).text,
    ) && !/活动|优惠|折扣|特价|促销|价格/.test(clauseOf(match).text)
  );
}

/** An active campaign ends when the text says, and nothing follows it. */
function isDeadlineByFact(passage: Passage, match: Match): boolean {
  const { context, nowMs } = passage;
  if (nowMs === undefined || ageMs(context, 'promo') > PROMO_FRESH_MS) return false;
  const clause = clauseOf(match).text;
  const own = readTimes(clause, passage);
  // 活动20号结束，之后恢复原价: the time stands in the clause before.
  const isAfter = own.length === 0 && /^(?:之后|到时|届时|过后|结束后|到期)/.test(clause);
  const times = isAfter ? readTimes(sentenceOf(match).text, passage) : own;
  const isPressing = /最后|错过|恢复|涨|仅限|只限|就没|限时/.test(clause);
  return (context.promo ?? []).some((promo) => {
    if (promo.endsAt === undefined || promo.extensionPlanned === true) return false;
    const endsMs = Date.parse(promo.endsAt);
    const hasBegun = promo.startsAt === undefined || Date.parse(promo.startsAt) <= nowMs;
    if (!hasBegun || endsMs <= nowMs) return false;
    if (isPressing && promo.extensionPlanned !== false) return false;
    const endDay = dayOf(endsMs - 1, passage) - dayOf(nowMs, passage);
    const said = times.find((time) => time.day !== undefined);
    if (said !== undefined) {
      const isHourSaid = said.latestMs !== undefined && Math.abs(said.latestMs - endsMs) <= 60_000;
      return (
        isHourSaid ||
        (endDay === said.day &&
          (said.latestMs === undefined || isWholeDay(said.latestMs, passage) || said.latestMs >= endsMs - HOUR_MS))
      );
    }
    const stretch = times.find((time) => time.day === undefined);
    if (stretch !== undefined)
      return Math.abs(stretch.hours * HOUR_MS - (endsMs - nowMs)) <= Math.max(HOUR_MS, 0.2 * (endsMs - nowMs));
    return endDay === 0;
  });
}

function dayOf(ms: number, passage: Passage): number {
  return Math.floor((ms + passage.offsetMs) / DAY_MS);
}

function isWholeDay(ms: number, passage: Passage): boolean {
  return (ms + passage.offsetMs) % DAY_MS === 0;
}

const SALES_LINE = new RegExp(SALES_LINES.join('|'), 'g');
const CLOSING_LINE = new RegExp(CLOSING_LINES.join('|'), 'g');
const FACT_FIRST = 0.5;

/** Hard selling to a fact-first buyer. @see TAB-21, BT-1 */
export const hardSelling: Rule = {
  id: 'TAB-21',
  severity: 'B',
  message: '这位买家看重事实，请直接给数据和优缺点，不要催促或推销。',
  instead: ['SCR-10', 'SCR-23'],
  detect(passage) {
    if ((passage.context.buyer?.types?.['BT-1'] ?? 0) < FACT_FIRST) return [];
    const { plain } = passage.views;
    const isMeantHere = (match: Match): boolean => !isDenied(match, 4) && !isReported(match);
    const techniques = [
      ...meantClaims(passage, SCARCE).filter((match) => !isNotStock(match) && !isDenied(match, 4)),
      ...meantClaims(passage, DEADLINE).filter(
        (match) => !isNoOffer(match) && !isDenied(match, 4) && /最后|截止|错过|涨|恢复|限|结束/.test(match.text),
      ),
      ...findAll(plain, CLOSING_LINE).filter(isMeantHere),
    ];
    const lines = findAll(plain, SALES_LINE).filter((match) => isMeantHere(match) || /^别|^不/.test(match.text));
    const found = techniques.length > 0 ? techniques : lines.length >= 2 ? lines : [];
    return found.map((match) => ({ span: spanOf(match) }));
  },
};

const BUSY_CLAIM = new RegExp(BUSY.join('|'), 'g');

/** Pretended busyness. @see TAB-30, CT-4, TRAP-06 */
export const pretendedBusyness: Rule = {
  id: 'TAB-30',
  severity: 'B',
  message: '现在排队的人不多，不要说忙，可以直接给买家时间考虑。',
  instead: ['SCR-53'],
  detect(passage) {
    const { waiting, limit } = passage.context.queue ?? {};
    if (waiting === undefined || limit === undefined || waiting > limit) return [];
    return findDisguised(passage.views, BUSY_CLAIM)
      .filter(
        (match) =>
          !isDenied(match, 4) &&
          !isReported(match) &&
          !/(?:您|你)(?:先|那边|在|要是|正|正在|去)?$/.test(
            match.view.text.slice(Math.max(0, match.from - 4), match.from),
          ),
      )
      .map((match) => ({ span: spanOf(match) }));
  },
};

const FOLLOW_UP = new RegExp(FOLLOW_UPS.join('|'), 'g');
const ORDER_SERVICE = /包裹|快递|物流|签收|发货|发出|派送|退款|退货|换货|售后|订单|补发|单号|地址|问题已|处理/;

/** Follow-up after a second "look around". @see TAB-31, FLOW-T17 */
export const unwantedFollowUp: Rule = {
  id: 'TAB-31',
  severity: 'B',
  message: '买家已两次表示想再看看，不要再跟进。',
  instead: [],
  detect(passage) {
    if (passage.context.convo?.noMoreFollowup !== true) return [];
    const { plain } = passage.views;
    if (passage.mode === 'S') return ORDER_SERVICE.test(plain.text) ? [] : [{ span: null }];
    const followUps = isAsking(passage.pendingBuyerText) ? [] : findAll(plain, FOLLOW_UP);
    return [...followUps, ...findAll(plain, CLOSING_LINE), ...findAll(plain, SALES_LINE)]
      .filter((match) => !isDenied(match, 4) || /^(?:别|不)/.test(match.text))
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** Answering what the buyer asks is no follow-up. */
function isAsking(pending: string | undefined): boolean {
  return (
    pending !== undefined &&
    /[?吗呢]|怎么|什么|多少|几|哪|如何|能不能|可不可以|有没有|是不是/.test(pending) &&
    !/再(?:看|想|逛|考虑)|看看再/.test(pending)
  );
}

const HARSH = new RegExp(HARSH_DUNNING.join('|'), 'g');
const DEMAND = new RegExp(DUNNING.join('|'), 'g');
const SERVICE_CONTENT = new RegExp(SERVICE.join('|'));
/** A job's text that is about the unpaid order at all. */
const ABOUT_ORDER = /订单|付款|支付|拍下|拍的|没付|未付|下单|核对|关闭|地址|数量|order|pay|check/;
const AFTER_CHAT_MS = 60 * 60_000;
const SILENT_ORDER_MS = 30 * 60_000;
const QUIET_FROM_HOUR = 22;
const QUIET_TO_HOUR = 9;

/** Dunning too soon, at a bad time, or as a bare demand. @see TAB-32, FU-01, FU-02, FR-05 */
export const dunning: Rule = {
  id: 'TAB-32',
  severity: 'B',
  message: '催付款要挑时候、带服务内容，请先核对信息或问问遇到什么问题。',
  instead: ['SCR-67', 'SCR-60'],
  detect(passage) {
    const { plain } = passage.views;
    const harsh = findDisguised(passage.views, HARSH).filter(
      (match) => !isDenied(match, 4) && !isReported(match) && !isPlatformRule(match),
    );
    if (harsh.length > 0) return harsh.map((match) => ({ span: spanOf(match) }));
    if (passage.context.order?.state !== 'unpaid') return [];
    const demands = findAll(plain, DEMAND).filter(
      (match) => !isDenied(match, 4) && !isReported(match) && !isAsked(match),
    );
    const isReminder =
      (passage.mode === 'S' && ABOUT_ORDER.test(plain.text)) ||
      (demands.length > 0 && passage.pendingBuyerText === undefined);
    if (!isReminder) return [];
    const isBare = !SERVICE_CONTENT.test(plain.text);
    return isBare || isTooSoon(passage) || (passage.mode === 'S' && isQuietHour(passage)) ? [{ span: null }] : [];
  },
};

/** 不付款订单会自动关闭 tells what the platform does; 再不付款 threatens. */
function isPlatformRule(match: Match): boolean {
  return /^不/.test(match.text) && /自动|系统/.test(match.text);
}

function isTooSoon(passage: Passage): boolean {
  const { order, history } = passage.context;
  if (passage.nowMs === undefined || order?.placedAt === undefined) return false;
  const hasChatted = history?.some((turn) => turn.from === 'buyer') === true;
  return passage.nowMs - Date.parse(order.placedAt) < (hasChatted ? AFTER_CHAT_MS : SILENT_ORDER_MS);
}

function isQuietHour(passage: Passage): boolean {
  if (passage.nowMs === undefined) return false;
  const hour = new Date(passage.nowMs + passage.offsetMs).getUTCHours();
  return hour >= QUIET_FROM_HOUR || hour < QUIET_TO_HOUR;
}

/** Rules against pressure. */
export const PRESSURE_RULES: readonly Rule[] = [
  hardSelling,
  untrueScarcity,
  pretendedBusyness,
  unwantedFollowUp,
  dunning,
];
