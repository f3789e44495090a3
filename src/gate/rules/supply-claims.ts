import { ageMs, derivedAmounts, knownAmounts, STOCK_FRESH_MS, toFen } from '../known-facts.ts';
import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, type Match, type Passage, sentenceOf, spanOf, takeHits } from '../passage.ts';
import { readAmounts, readNumber } from '../read-amounts.ts';
import type { Hit } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';
import { concessionsIn } from './price.ts';

/** Carriers, stock, amounts and campaigns to come that are told without their fact. @see TAB-24 */
export function unsupportedSupply(passage: Passage): Hit[] {
  return [
    ...unsupportedCarriers(passage),
    ...unsupportedStock(passage),
    ...unsupportedAmounts(passage),
    ...unsupportedCampaigns(passage),
  ];
}

const CARRIERS: Readonly<Record<string, string>> = {
  顺丰: 'SF',
  申通: 'STO',
  中通: 'ZTO',
  圆通: 'YTO',
  韵达: 'YD',
  极兔: 'JT',
  邮政: 'EMS',
  ems: 'EMS',
  京东: 'JD',
  德邦: 'DB',
  百世: 'HT',
  sf: 'SF',
};
const CARRIER = new RegExp(
  `(?:可以|能|会|给您|给你|帮您|帮你|安排|默认|统一|都是?|就是|我们|这边|今天|明天|包|走|指定|升级|换成)[^,。!?]{0,6}(?:发|走|寄|用|换成?|改成?|改用)(${Object.keys(CARRIERS).join('|')})|(?:默认|一般|都是?|统一|合作的?)(?:是|用|发|走)?(${Object.keys(CARRIERS).join('|')})`,
  'g',
);

/** A carrier promised that neither norm, order, table nor a confirmed wish carries. @see SCR-91 */
function unsupportedCarriers(passage: Passage): Hit[] {
  const { wish, shipping, order, postage } = passage.context;
  return takeHits(findAll(passage.views.plain, CARRIER), (match) => {
    if (isDenied(match) || isReported(match) || isAsked(match) || isBeingChecked(match) || isCondition(match))
      return false;
    if (/退|寄回|寄来|到付|您(?:可以|能)?(?:用|发|寄|走)/.test(clauseOf(match).text)) return false;
    const carrier = CARRIERS[match.groups[0] ?? match.groups[1] ?? ''];
    if (wish?.carrier === carrier || (wish?.kind === 'carrier' && wish.carrier === undefined))
      return wish?.confirmedByWarehouse !== true;
    const codes = [shipping?.carrier, order?.carrier, ...Object.keys(postage?.table ?? {})];
    return !codes.some(
      (code) => code !== undefined && carrier !== undefined && (code === carrier || code.startsWith(carrier)),
    );
  }).map((match) => ({ span: spanOf(match) }));
}

const IN_STOCK =
  /(?:(?<!一)有|是|都是|全是|都有|还有|目前有|现在有)(?:的)?(?:现货|货(?!款|到|品|车|号|架|源地|运|物)|库存)|现货(?:的|哦|充足|供应|可以|能|直接|秒|,|。|$)|(?:库存|货|货源)(?:很|是|都|非常|还)?(?:充足|足够|够的|很多|多的|足)|还有[\d一二两三四五六七八九十百千]+多?(?:件|双|套|台|个库存|条)|(?:库存|货)(?:多得很|多的是|大把|管够|多着呢|不缺)|不缺货|不会(?:断|缺)货|大把(?:的)?(?:现货|货|库存)|要多少有多少|(?:随时|一直|全部|都)有(?:现)?货/g;

/** Stock claimed without a fresh figure above zero. */
function unsupportedStock(passage: Passage): Hit[] {
  const { context } = passage;
  const stock = Object.entries(context.product?.stock ?? {});
  const others = [...(context.candidates ?? []), ...(context.choice ?? []), ...(context.matching ?? [])];
  return takeHits(findAll(passage.views.plain, IN_STOCK), (match) => {
    if (isDenied(match, 5) || isReported(match) || isAsked(match) || isBeingChecked(match) || isCondition(match))
      return false;
    const sentence = sentenceOf(match).text;
    if (/有货(?:后|时|了|通知|提醒|再)|到货|补货|什么时候|(?:有没有|是否)/.test(sentence)) return false;
    if (others.some((item) => (item.stock ?? 0) > 0 && sentence.includes(normalizeText(item.title).plain.text)))
      return false;
    if (stock.length === 0 || ageMs(context, 'product.stock') > STOCK_FRESH_MS) return true;
    const named = stock.filter(([sku]) =>
      normalizeText(sku)
        .plain.text.split('-')
        .some((part) => sentence.includes(part)),
    );
    const meant = named.length > 0 ? named : stock;
    return !meant.some(([, pieces]) => pieces > 0);
  }).map((match) => ({ span: spanOf(match) }));
}

const FULL_REDUCTION = /(?:每)?满(\d{1,6})(?:元|块)?(?:再)?(?:减|立减|返|送|打|省|包邮)(\d{1,5})?/g;
const NO_CLAIM =
  /差(?=\d)|还差|凑|预算|超过|超出|权限|左右的|以内|以下|以上|之间|价位|价值|大概多少|保额|最高赔|(?:您|你)(?:想|要|希望|说)/;

/** No message of a person names more amounts. */
const MOST_AMOUNTS = 40;

/** Amounts of money no fact states, concessions and refunds apart: those have their own rules. */
function unsupportedAmounts(passage: Passage): Hit[] {
  const { plain } = passage.views;
  const amounts = readAmounts(plain.text).map((a) => ({
    view: plain,
    from: a.from,
    to: a.to,
    text: plain.text.slice(a.from, a.to),
    groups: [],
    yuan: [a.yuan],
  }));
  const reductions = findAll(plain, FULL_REDUCTION).map((match) => ({
    ...match,
    yuan: match.groups.filter((group) => group !== undefined).map((group) => readNumber(group) ?? 0),
  }));
  const claims = [...amounts.filter((a) => !reductions.some((r) => r.from <= a.from && a.to <= r.to)), ...reductions];
  if (claims.length === 0) return [];
  claims.length = Math.min(claims.length, MOST_AMOUNTS);
  const concessions = concessionsIn(passage).filter((c) => !/赔/.test(c.text) || c.yuan <= AGENT_YUAN);
  const stated = knownAmounts(passage.context);
  const derived = derivedAmounts(passage.context);
  const granted = passage.context.discount?.granted ?? 0;
  const offered = concessions.reduce((sum, concession) => sum + concession.yuan, 0);
  for (const yuan of [...concessions.map((concession) => concession.yuan), granted + offered]) stated.add(toFen(yuan));
  const { amount } = passage.context.order ?? {};
  const base = amount ?? passage.context.product?.price;
  if (base !== undefined) for (const concession of concessions) derived.add(toFen(base - concession.yuan));
  return claims
    .filter((claim) => !claim.yuan.every((yuan) => stated.has(toFen(yuan)) || derived.has(toFen(yuan))))
    .filter((claim) => !isOtherMatter(claim) && !concessions.some((c) => c.from <= claim.from && claim.to <= c.to))
    .map((claim) => ({ span: spanOf(claim) }));
}

/** A compensation above the agent's own figure is a promise like any other. @see POL-01, POL-13 */
const AGENT_YUAN = 20;

function isOtherMatter(match: Match & { yuan: readonly number[] }): boolean {
  const clause = clauseOf(match).text;
  if (isDenied(match) || isReported(match) || isAsked(match) || isCondition(match)) return true;
  if (/补偿|赔/.test(clause) && match.yuan.some((yuan) => yuan > AGENT_YUAN)) return false;
  return NO_CLAIM.test(clause) || /好评|评价|晒图|五星|转|打款|收款|补偿|赔|退|返|填/.test(clause);
}

const CAMPAIGN_TO_COME =
  /(?:月底|月初|下周|下个?月|过(?:几|两)天|下次|年底|双(?:十一|11|十二|12)|618|中秋|国庆|春节|年货节|到时候?|以后|后面|后期|之后|很快|马上|即将|明天|后天)[^,。!?;]{0,8}(?:会|还|就|要|肯定)(?:有|搞|做|更|再|比现在|降|打)[^,。!?;]{0,8}(?:大促|活动|优惠|便宜|降价|折|促销|低|实惠|力度)/g;

/** A campaign to come that is on no record: a hint of better offers must be true. @see TRAP-06 */
function unsupportedCampaigns(passage: Passage): Hit[] {
  const { promo } = passage.context;
  const isPlanned = (promo ?? []).some(
    (campaign) =>
      campaign.extensionPlanned === true ||
      passage.nowMs === undefined ||
      (campaign.startsAt !== undefined && Date.parse(campaign.startsAt) > passage.nowMs),
  );
  if (isPlanned) return [];
  return findAll(passage.views.plain, CAMPAIGN_TO_COME)
    .filter((match) => !isDenied(match) && !isReported(match) && !isAsked(match) && !isCondition(match))
    .filter((match) => !isBeingChecked(match) && !/可能|不一定|通知|告诉|留意|如果/.test(clauseOf(match).text))
    .map((match) => ({ span: spanOf(match) }));
}
