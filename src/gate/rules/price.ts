import type { GateContext } from '../../protocol/turn.ts';
import { knownAmounts, toFen } from '../known-facts.ts';
import { normalizeText } from '../normalize-text.ts';
import {
  clauseOf,
  createPassage,
  findAll,
  findDisguised,
  type Match,
  type Passage,
  sentenceOf,
  spanOf,
} from '../passage.ts';
import { NUMBER, readAmounts, readNumber } from '../read-amounts.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';

const DEFAULT_AUTHORITY_YUAN = 20;
const BELOW_FLOOR = '这样就低于底价了，主管也不能批，请讲商品的价值。';
const YUAN = '(?:元|块钱|块\\d(?![\\d件个])|块|圆|rmb|¥)';
const TO_YOU = '(?:给|帮|为|跟)?(?:您|你|亲|咱)?(?:们)?';
const NOT_COUNTED = '(?![\\d.]|件|个(?!优惠)|天|小时|%|折|码|cm|mm|kg|斤|克|分|次|点|号|种|款|双|套|月|年|厘米|公斤)';

const CUTS = new RegExp(
  `(?:便宜|优惠|减免|免掉|免去|免(?!运|邮|单|费|息|打|熨|安)|立减|直减|再减|减|少收|少|降|让利|让|抹掉|抹去|抹|返还?|补贴|贴|省|折让|折扣|砍|扣掉|扣)(?:了|掉|去|个|到手)?${TO_YOU}(?:个|了|掉|您|你)?(?:零头)?[¥]?(?!一(?:[减降让省扣改]|下|点|些))(${NUMBER})(${YUAN})?${NOT_COUNTED}`,
  'g',
);
const GIFTS = new RegExp(
  `(?:送|补偿|赔偿|赔付|赔|补|退差价?|退还差价|返差价?|补差价?给您)${TO_YOU}(?:一张|个|一个|张|您的?|差价)?[¥]?(${NUMBER})(?:(?:的)?(?=券|红包|优惠券|无门槛)|${YUAN}(?:的)?)(?:券|红包|优惠券|无门槛|抵扣|现金|差价|优惠|作为|给您|补偿|吧|,|。|$|的差)`,
  'g',
);
const GIFTS_TURNED = new RegExp(
  `(?<![\\d.])(${NUMBER})${YUAN}?(?:的)?(?:无门槛)?(?:红包|券|优惠券|现金|抵扣)(?:我)?(?:给|发|送|返|补)(?:给)?(?:您|你)`,
  'g',
);
/** 那30我再给您减一次: the figure before the verb. */
const CUTS_TURNED = new RegExp(
  `(?<![\\d.])(${NUMBER})${YUAN}?(?:钱)?(?:我|咱|这边)?(?:们)?(?:也|再|就|都)?(?:给|帮)(?:您|你)(?:再)?(?:减|便宜|优惠|抹|扣|让)(?!一?下单|价格|吗)`,
  'g',
);
const CONDITION_REDUCTION = /满\d{1,6}(?:元|块)?(?:再)?(?:减|立减|返|送|打)/;
const FOLDS =
  /(?<!骨|转|曲|打|对|夸)(?:打|按|算|给|享|享受|可以|能|再)?(?:您|你)?(?:个|了)?([一二三四五六七八九\d](?:[.点]?[一二三四五六七八九\d])?)折(?!叠|腾|射|扣店|痕|角|断|返|起)|半价|(?:对折|五折)/g;
const NEW_PRICES = new RegExp(
  `(?:算|按|给|收|卖|做|最低|底价|只要|只收|改|改成|改到|降到|优惠到|便宜到|减到)(?:您|你|亲)?(?:个|成|到|为)?[¥]?(${NUMBER})${YUAN}?(?:拿走|带走|给您|给你|包邮|吧|成交|好了|就行|改价?|,|。|$|的价)|(${NUMBER})${YUAN}?(?:给您(?=[,。!~哈啦吧]|$)|给你(?=[,。!~哈啦吧]|$)|拿走|带走|卖您|卖你|卖给您|成交|给您好了|给您吧|给你吧|拿去)`,
  'g',
);
const ENGLISH_CUTS =
  /(?<![\d.])(?:[$¥])?(\d{1,4}(?:\.\d{1,2})?) ?(?:yuan|rmb|cny|dollars?|usd)? (?:off|discount|cheaper)(?! the)/g;
const ENGLISH_FOLDS = /(?<![\d.])(\d{1,2}) ?(?:%|percent) (?:off|discount|cheaper)/g;
const FREE = /免单|白送|不要钱|免费送您(?:一|这)|(?:整|这)单免/g;

/** A reduction offered in the text. */
export interface Concession extends Match {
  /** Yuan taken off; `undefined` where it hangs on a price nobody knows. */
  yuan: number;
  isKnown: boolean;
}

/** Every reduction the text offers this buyer, campaigns and mere talk of reductions left out. */
export function concessionsIn(passage: Passage): Concession[] {
  const { plain } = passage.views;
  const { order, product } = passage.context;
  const base = order?.amount ?? product?.price;
  const cuts = [
    ...findAll(plain, CUTS),
    ...findAll(plain, GIFTS),
    ...findAll(plain, GIFTS_TURNED),
    ...findAll(plain, CUTS_TURNED),
    ...findAll(plain, ENGLISH_CUTS),
  ].map((match) => {
    // 6块6 is 6.60, not 6.
    const yuan = readAmounts(match.text)[0]?.yuan ?? readNumber(match.groups[0] ?? '');
    return { ...match, yuan: yuan ?? 0, isKnown: yuan !== undefined };
  });
  const folds = findAll(plain, FOLDS).map((match) => {
    const factor = foldFactor(match);
    return { ...match, yuan: base === undefined ? 0 : base * (1 - factor), isKnown: base !== undefined };
  });
  const shares = findAll(plain, ENGLISH_FOLDS).map((match) => {
    const yuan = ((base ?? 0) * (readNumber(match.groups[0] ?? '') ?? 0)) / 100;
    return { ...match, yuan, isKnown: base !== undefined };
  });
  const prices = findAll(plain, NEW_PRICES).flatMap((match) => {
    const price = readNumber(match.groups[0] ?? match.groups[1] ?? '');
    if (price === undefined || price < 1 || (base !== undefined && price >= base)) return [];
    if (base === undefined && knownAmounts(passage.context).has(toFen(price))) return [];
    return [{ ...match, yuan: base === undefined ? 0 : base - price, isKnown: base !== undefined }];
  });
  const free = findAll(plain, FREE).map((match) => ({ ...match, yuan: base ?? 0, isKnown: base !== undefined }));
  const offered = dropNested([...cuts, ...folds, ...shares, ...prices, ...free]).filter((c) => isOffered(passage, c));
  return withoutRestated(offered, passage.context.discount?.granted ?? 0);
}

/** Speaks of what was settled before; 再 and the like begin something on top of it. */
const SETTLED = /已经|刚才|刚刚|之前|前面|说好|讲好|谈好|答应|改好|减好|优惠好|申请好/;
const ON_TOP = /再|又|另外|额外|多/;

/** 九五折，相当于便宜15元 is one concession said twice, 一共优惠15 the sum of what was granted and is. */
function withoutRestated(concessions: Concession[], granted: number): Concession[] {
  const folds = concessions.filter((c) => c.isKnown && c.text.includes('折'));
  const single = concessions.filter(
    (c) => c.text.includes('折') || !folds.some((fold) => toFen(fold.yuan) === toFen(c.yuan)),
  );
  return single.filter((c) => {
    const sentence = sentenceOf(c).text;
    if (toFen(c.yuan) === toFen(granted) && SETTLED.test(sentence) && !ON_TOP.test(sentence)) return false;
    if (!/(?:一共|总共|合计|累计|加起来)/.test(clauseOf(c).text)) return true;
    const others = single.filter((other) => other !== c).reduce((sum, other) => sum + other.yuan, 0);
    return toFen(c.yuan) !== toFen(granted + others);
  });
}

function foldFactor(match: Match): number {
  if (match.groups[0] === undefined) return 0.5;
  const digits = match.groups[0].replace(/[.点]/, '');
  const values = [...digits].map((char) => readNumber(char) ?? 0);
  return values.length === 2 ? (values[0]! * 10 + values[1]!) / 100 : values[0]! / 10;
}

function dropNested<T extends Match>(matches: T[]): T[] {
  return matches.filter(
    (m) =>
      !matches.some(
        (other) => other !== m && other.from <= m.from && m.to <= other.to && other.to - other.from > m.to - m.from,
      ),
  );
}

const WANTS = /(?:您|你)(?:想|要求|希望|想要|要|说|问|提)[^,]{0,8}$/;
const PASSED_UP =
  /申请(?!到|下来|好|成功|批)|请示|问(?:一下|问|过|下)?(?:主管|领导|店长|经理)|超出|超过|权限|(?:要|需要|得)(?:主管|领导|经理)|等(?:主管|领导)/;
const OTHER_AMOUNT = /运费|邮费|快递费|押金|定金|退款|多少钱/;

function isOffered(passage: Passage, concession: Concession): boolean {
  const clause = clauseOf(concession);
  const before = concession.view.text.slice(clause.from, concession.from);
  const sentence = sentenceOf(concession).text;
  if (isDenied(concession) || isReported(concession) || isBeingChecked(concession)) return false;
  if (WANTS.test(before) || PASSED_UP.test(sentence) || CONDITION_REDUCTION.test(clause.text)) return false;
  if (isAsked(concession) && /(?:您|你)(?:是)?(?:想|要)/.test(clause.text)) return false;
  if (isCondition(concession) && !/(?:给|帮)(?:您|你)/.test(clause.text)) return false;
  if (
    /^(?:少|减|降|让|返|省|扣|补|退)/.test(concession.text) &&
    /(?:不|减|缺|至|多|太|很|最|更|下|温|早|晚)$/.test(before)
  )
    return false;
  if (/^(?:少)\d/.test(concession.text) && /少[了发]/.test(concession.text)) return false;
  return !OTHER_AMOUNT.test(clause.text) && !isPublished(passage, concession);
}

/** What campaigns, tiers, approved remedies and benefits for all grant is no concession of the agent's. */
function isPublished(passage: Passage, concession: Concession): boolean {
  const { promo, shop, buyer, product, case: matter, priceEdit } = passage.context;
  const number = concession.groups.find((group) => group !== undefined);
  if (
    matter?.approvedAmount !== undefined &&
    concession.yuan <= matter.approvedAmount &&
    /补|赔|退|返/.test(concession.text)
  )
    return true;
  if (priceEdit !== undefined && Math.abs(priceEdit.oldAmount - priceEdit.newAmount - concession.yuan) < 0.005)
    return true;
  const tier = buyer?.tier === undefined ? undefined : shop?.tiers?.[buyer.tier];
  if (
    tier?.discount !== undefined &&
    /折/.test(concession.text) &&
    Math.abs(tier.discount - foldFactor(concession)) < 1e-6
  )
    return true;
  const { nowMs } = passage;
  const rules = [
    ...(promo ?? [])
      .filter(
        (p) =>
          nowMs === undefined ||
          ((p.startsAt === undefined || Date.parse(p.startsAt) <= nowMs) &&
            (p.endsAt === undefined || nowMs < Date.parse(p.endsAt))),
      )
      .flatMap((p) => [p.name, p.rule ?? '']),
    ...(shop?.benefitsForAll ?? []),
    ...(tier?.benefits ?? []),
    ...tierNamed(passage, concession),
    ...(product?.benefits ?? []),
    ...(matter?.options ?? []),
    matter?.offer ?? '',
  ];
  if (number === undefined) return rules.some((rule) => normalizeText(rule).plain.text.includes(concession.text));
  // Whoever gives it as their own gives it beside the campaign, even where the figure is the same.
  const sentence = sentenceOf(concession).text;
  if (OWN_GIFT.test(sentence) && !OF_CAMPAIGN.test(sentence)) return false;
  return rules.some((rule) => reductionsOf(rule).includes(readNumber(number.replace('点', '.')) ?? Number.NaN));
}

/** What a tier brings is a published rule for whoever joins it, where the text names the tier. @see SCR-159 */
function tierNamed({ context }: Passage, concession: Concession): string[] {
  const sentence = sentenceOf(concession).text;
  return Object.values(context.shop?.tiers ?? {}).flatMap(({ title, benefits = [] }) =>
    title !== undefined && sentence.includes(normalizeText(title).plain.text) ? benefits : [],
  );
}

const OWN_GIFT =
  /(?:给|帮|为|替)(?:您|你)|仅此一次|就这一[回次]|这一?单|单独|特批|破例|(?:我|咱)(?:来|这边|这里)?(?:给|帮|再)/;
const OF_CAMPAIGN = /活动|满\d|满减|券|促销|会员|自动|系统|结算|叠加|店铺优惠|都有|每[位人]/;

/** The figures of a rule that say what it takes off or gives; thresholds, sizes and weights are none. */
function reductionsOf(rule: string): number[] {
  const plain = normalizeText(rule).plain.text;
  const figures = plain.matchAll(
    new RegExp(
      `(?:减|省|优惠|返|抵|让|便宜|降|送|补|赔|退|打)[^\\d,;。]{0,6}?(${NUMBER})|(${NUMBER})(?=折|(?:元|块)?(?:券|优惠|红包|抵))`,
      'g',
    ),
  );
  return [...figures].map((match) => readNumber((match[1] ?? match[2] ?? '').replace('点', '.')) ?? Number.NaN);
}

/**
 * What a text takes off the price on top of what was granted before, in fen; `undefined` where a part of it hangs on a
 * price nobody knows.
 *
 * @see POL-01, KPI-26
 */
export function readConcessionFen(text: string, context: GateContext): number | undefined {
  const concessions = concessionsIn(createPassage(text, context));
  return concessions.every((c) => c.isKnown) ? concessions.reduce((sum, c) => sum + toFen(c.yuan), 0) : undefined;
}

/** Discount above authority, or one that leaves less than the margin rule asks. @see TAB-27, POL-01, AMB-01 */
export const excessiveDiscount: Rule = {
  id: 'TAB-27',
  severity: 'B',
  message: '这个优惠超出了您的权限，请先向主管申请。',
  instead: ['SCR-38', 'SCR-37'],
  detect(passage) {
    const { agent, shop, discount } = passage.context;
    const concessions = concessionsIn(passage);
    if (concessions.length === 0) return [];
    const totalFen = concessions.reduce((sum, c) => sum + toFen(c.yuan), 0);
    if (isBelowFloor(passage, totalFen)) {
      return concessions.map((concession) => ({ span: spanOf(concession), message: BELOW_FLOOR }));
    }
    if (agent?.role === 'supervisor') return [];
    const limitFen = toFen(shop?.authorityYuan ?? DEFAULT_AUTHORITY_YUAN);
    const isWithin = concessions.every((c) => c.isKnown) && totalFen + toFen(discount?.granted ?? 0) <= limitFen;
    if (isWithin || isApproved(passage, concessions, totalFen)) return [];
    return concessions.map((concession) => ({ span: spanOf(concession) }));
  },
};

/** With this much off, what is left is less than the margin rule asks; without a floor or a price nothing is. */
function isBelowFloor({ context: { product, order, discount } }: Passage, totalFen: number): boolean {
  const floor = order?.priceFloor ?? product?.priceFloor;
  const price = order?.priceFloor === undefined ? (product?.price ?? order?.amount) : order.amount;
  if (floor === undefined || price === undefined) return false;
  return toFen(price) - toFen(discount?.granted ?? 0) - totalFen < toFen(floor);
}

/** An approval counts with its id, an amount that covers this, and an expiry still to come. */
function isApproved(passage: Passage, concessions: readonly Concession[], totalFen: number): boolean {
  const { discount } = passage.context;
  if (discount?.approvalId === undefined || discount.approvalId === null) return false;
  if (discount.approvedAmount === undefined || !concessions.every((c) => c.isKnown)) return false;
  const grantedFen = toFen(discount.granted ?? 0);
  // What was approved is granted once: a sum may be the whole of it, or says that it comes on top.
  const isOnTop = concessions.some((c) => ON_TOP.test(sentenceOf(c).text));
  const wholeFen = isOnTop ? grantedFen + totalFen : totalFen;
  if (wholeFen > toFen(discount.approvedAmount) || grantedFen >= toFen(discount.approvedAmount)) return false;
  if (discount.approvalExpiresAt === undefined) return false;
  return passage.nowMs === undefined || passage.nowMs < Date.parse(discount.approvalExpiresAt);
}

const FIXED =
  /(?:价格|价钱|价位|价|钱|系统|后台|平台|这边|我们|我)?[^,。!?;]{0,8}?(?:改不了|改不动|修改不了|(?:没法|不能|无法|没办法|不可以|没有?权限|没有办法|不让|不支持|不可)(?:修?改|更改|调整?|变|动)|动不了|调不了|变不了|(?:是|都是)?(?:固定|定死|写死|锁定|锁死|系统定|统一定)(?:的|好的|了|价)?|一口价|没有改价)/g;
const NOT_PRICE = /地址|尺码|颜色|款式|快递|信息|备注|收货|电话|型号|物流|评价|数量|订单(?!价)|时间|名字|发票|抬头/;

/** Says that the price cannot be changed while it can. @see TAB-28, AMB-02, TRAP-18 */
export const falseFixedPrice: Rule = {
  id: 'TAB-28',
  severity: 'B',
  message: '本店价格可以修改，不能说改不了，请讲商品的价值。',
  instead: ['SCR-31', 'SCR-30'],
  detect(passage) {
    if (passage.context.shop?.priceEditable !== true) return [];
    const bargained =
      passage.context.intents?.some(
        (intent) => intent === 'INT-PRE-14' || intent === 'INT-PRE-15' || intent === 'INT-IN-07',
      ) === true;
    return findDisguised(passage.views, FIXED)
      .filter((match) => {
        const sentence = sentenceOf(match).text;
        if (isReported(match) || isAsked(match) || isCondition(match)) return false;
        if (/不是(?:固定|一口价|定死)/.test(sentence)) return false;
        const isPrice = /价|多少钱|金额/.test(sentence);
        return isPrice
          ? !(NOT_PRICE.test(clauseOf(match).text) && !/价|金额/.test(clauseOf(match).text))
          : bargained && !NOT_PRICE.test(sentence);
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** Rules about prices. */
export const PRICE_RULES: readonly Rule[] = [excessiveDiscount, falseFixedPrice];
