import { ageMs, PROMO_FRESH_MS } from '../known-facts.ts';
import { normalizeText, toOriginalSpan } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { waitedMsOf } from './form.ts';

interface Candidate {
  title: string;
  price: number;
  /** The title, its last characters where no other title ends so, and the price: what it is called by. */
  names: readonly string[];
  fits: readonly string[];
  isInStock: boolean;
}

/** The dearest, pointed at without its name. */
const DEAREST = /最贵|价格最高|最高价位?/;

/** 别的都不用看 praises what 不用买最贵的 advises against. */
const ADVISED_AGAINST =
  /不(?:推荐|建议|适合|用(?!看|考虑|想|犹豫|纠结|挑|比)|必|一定|是|见得)|别(?!的|家|处|人|看|犹豫|想|纠结|考虑)/;

/** Recommending the dearest item that no stated need supports. @see TAB-20, FLOW-3 */
export const dearestItem: Rule = {
  id: 'TAB-20',
  severity: 'W',
  message: '推荐的是最贵的一款，看不出符合买家的需要，请换更合适的并说明理由。',
  instead: ['SCR-15', 'SCR-51'],
  detect(passage) {
    const candidates = readCandidates(passage);
    if (candidates.length < 2) return [];
    const text = passage.views.plain.text;
    const named = candidates.filter((candidate) => isNamed(candidate, text));
    const highest = Math.max(...candidates.map((candidate) => candidate.price));
    const pointedAt = DEAREST.exec(text);
    const dearest = (pointedAt === null ? named : candidates).find((candidate) => candidate.price === highest);
    const cheaper = candidates.filter((candidate) => candidate.price < highest);
    if (dearest === undefined || cheaper.length === 0 || named.some((candidate) => candidate.price < highest))
      return [];
    if (ADVISED_AGAINST.test(text) || isNeeded(passage, dearest, cheaper)) return [];
    const words = pointedAt?.[0] ?? dearest.names.find((name) => text.includes(name)) ?? dearest.title;
    const from = text.indexOf(words);
    return [{ span: toOriginalSpan(passage.views.plain, from, from + words.length) }];
  },
};

function isNamed({ names, price }: Candidate, text: string): boolean {
  return names.some((name) => text.includes(name)) || new RegExp(`(?<![\\d.])${price}(?![\\d.%])`).test(text);
}

const SHORT_NAME = 3;

function readCandidates(passage: Passage): Candidate[] {
  const titles = (passage.context.candidates ?? []).map((item) => normalizeText(item.title).plain.text);
  return (passage.context.candidates ?? []).flatMap((item, i) =>
    item.price === undefined
      ? []
      : [
          {
            title: titles[i]!,
            names: namesOf(titles[i]!, titles),
            price: item.price,
            fits: (item.fits ?? []).map((fit) => normalizeText(fit).plain.text),
            isInStock: item.stock !== 0,
          },
        ],
  );
}

function namesOf(title: string, titles: readonly string[]): string[] {
  const short = title.slice(-SHORT_NAME);
  const isOwn = short.length === SHORT_NAME && titles.filter((other) => other.includes(short)).length === 1;
  return isOwn ? [title, short] : [title];
}

/** The dearest is right when it serves the need, within budget, and nothing cheaper does. */
function isNeeded(passage: Passage, dearest: Candidate, cheaper: readonly Candidate[]): boolean {
  const need = passage.context.buyer?.need;
  if (need?.budget !== undefined && need.budget !== null && dearest.price > need.budget) return false;
  const available = cheaper.filter((candidate) => candidate.isInStock);
  if (need?.purpose === undefined) {
    return (
      dearest.fits.length > 0 &&
      dearest.fits.some((fit) => !available.some((candidate) => candidate.fits.includes(fit)))
    );
  }
  const purpose = normalizeText(need.purpose).plain.text;
  const serves = (candidate: Candidate): boolean => candidate.fits.some((fit) => shareWord(fit, purpose));
  return serves(dearest) && !available.some(serves);
}

/** Two short phrases share a word when they share two neighbouring characters. */
function shareWord(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true;
  for (let i = 0; i + 2 <= a.length; i++) if (b.includes(a.slice(i, i + 2))) return true;
  return false;
}

const STATUS_FIRST = 0.5;
const PATIENCE_MS = 60_000;
const CONTRADICTION =
  /^(?:亲|您好|你好|,|~|哦|呃|额|哎|那个|其实|可是|但是|但|不(?=不)|,){0,6}(?:不是(?:的|这样|这个|您|你|,|哦|啊|呀|吧)|不对|不,|才不是|错了|错|您说错|您错|你错|您记错|您误会|您理解错|您理解有误|您搞错|您看错|您弄错|(?:您|你)(?:刚才|刚刚|可能|应该|肯定)?(?:的|这个?|那个?|这种|那种)(?:说法|观点|看法|理解|想法|认识|认知)(?:是|就|也|其实|有点|并){0,2}(?:不对|不准|不正确|错|有误|有问题|不成立|站不住|过时|片面)|(?:您|你)(?:刚才|刚刚|可能|应该|肯定)?(?:这样|这么|那样|那么)?(?:说|讲|理解|记|看|想|算|认为|觉得)(?:得|的|是)?(?:并?不(?:对|准|正确|完全对)|错|有误|有问题|有偏差)|(?:您|你)(?:可能|应该|大概|估计|好像)?(?:不太|没|不|没有)(?:懂|搞懂|弄懂|搞清楚|弄清楚|了解清楚|看清楚)|(?:这|那)(?:个)?(?:您|你)就(?:不懂|不知道|不了解|外行)|(?:您|你)(?:是)?外行|恕我直言|我(?:们)?比(?:您|你)|您这?(?:个)?说法(?:不对|不准|有误|有问题)|没有这回事|没这回事|哪有|怎么可能|不可能|您不懂|您不了解|恰恰相反|话不能这么说|不能这么说|不完全对|并不是|并非)/;

/** Contradicting or slighting a status-first buyer. @see TAB-23, BT-4 */
export const slightedBuyer: Rule = {
  id: 'TAB-23',
  severity: 'W',
  message: '先认可买家的看法再讲事实，并且尽快回复。',
  instead: ['SCR-22', 'SCR-159'],
  detect(passage) {
    if ((passage.context.buyer?.types?.['BT-4'] ?? 0) < STATUS_FIRST) return [];
    const { plain } = passage.views;
    const opening = CONTRADICTION.exec(plain.text);
    const isAnswer = passage.pendingBuyerText !== undefined && /[吗?]$/.test(passage.pendingBuyerText);
    if (opening !== null && !isAnswer) return [{ span: toOriginalSpan(plain, 0, opening[0].length) }];
    const waitedMs = waitedMsOf(passage);
    return waitedMs !== undefined && waitedMs > PATIENCE_MS ? [{ span: null }] : [];
  },
};

const ORDER_TALK =
  /拍下|下单|付款|拍了|拍吧|直接拍|可以拍|收到款|核对|地址|买单|结算|购物车|订单|价格|多少钱|元|祝您|愉快|再见|发货|感谢|现货|有货/;
const CAMPAIGN = /活动|优惠|满减|满\d|折|立减|券|赠|促销|特价|直降|秒杀|省\d|福利/;

/** Silence on running campaigns. @see TAB-50, SCR-36, FLOW-11 */
export const silentCampaign: Rule = {
  id: 'TAB-50',
  severity: 'W',
  message: '这款商品正在做活动，下单前请主动告诉买家。',
  instead: ['SCR-36', 'SCR-35'],
  detect(passage) {
    const { convo, promo, order } = passage.context;
    if (convo?.promoTold !== false) return [];
    const running = (promo ?? []).filter((campaign) => isRunning(passage, campaign));
    if (running.length === 0) return [];
    const text = passage.views.plain.text;
    const isMentioned =
      CAMPAIGN.test(text) || running.some((campaign) => text.includes(normalizeText(campaign.name).plain.text));
    if (isMentioned) return [];
    const isMoment =
      convo.closing === true ||
      convo.outcome !== undefined ||
      (order !== undefined && order !== null) ||
      ORDER_TALK.test(text);
    return isMoment ? [{ span: null }] : [];
  },
};

function isRunning(passage: Passage, campaign: NonNullable<Passage['context']['promo']>[number]): boolean {
  const { product, basket, order } = passage.context;
  if (passage.nowMs === undefined || ageMs(passage.context, 'promo') > PROMO_FRESH_MS) return false;
  if (campaign.startsAt === undefined || Date.parse(campaign.startsAt) > passage.nowMs) return false;
  if (campaign.endsAt === undefined || Date.parse(campaign.endsAt) <= passage.nowMs) return false;
  const titles = [
    product?.title,
    ...(basket ?? []).map((item) => item.title),
    ...(order?.items ?? []).map((item) => item.title),
  ];
  return (
    campaign.items === undefined ||
    titles.some((title) => title !== undefined && campaign.items?.includes(title) === true)
  );
}

/** Rules about advice to this buyer. */
export const ADVICE_RULES: readonly Rule[] = [dearestItem, slightedBuyer, silentCampaign];
