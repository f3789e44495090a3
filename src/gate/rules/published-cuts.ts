import type { GateContext } from '../../protocol/turn.ts';
import { normalizeText } from '../normalize-text.ts';
import { type Match, type Passage, sentenceOf } from '../passage.ts';
import { NUMBER, readNumber } from '../read-amounts.ts';

/** A reduction offered in the text. */
export interface Concession extends Match {
  /** Yuan taken off; 0 where that hangs on a price nobody knows. */
  yuan: number;
  /** Whether the text and the facts tell how much. */
  isKnown: boolean;
}

/** What is left of the price: 9.5折 is 0.95, and half without a figure. */
export function foldFactor(match: Match): number {
  if (match.groups[0] === undefined) return 0.5;
  const digits = match.groups[0].replace(/[.点]/, '');
  const values = [...digits].map((char) => readNumber(char) ?? 0);
  return values.length === 2 ? (values[0]! * 10 + values[1]!) / 100 : values[0]! / 10;
}

/** What campaigns, tiers, approved remedies and benefits for all grant is no concession of the agent's. */
export function isPublished(passage: Passage, concession: Concession): boolean {
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
  const isOfTier = [tier, ...tiersNamed(passage, concession)].some(
    (one) => one?.discount !== undefined && Math.abs(one.discount - foldFactor(concession)) < 1e-6,
  );
  if (isOfTier && /折/.test(concession.text)) return true;
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
    ...tiersNamed(passage, concession).flatMap((one) => one.benefits ?? []),
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
function tiersNamed({ context }: Passage, concession: Concession): Tier[] {
  const sentence = sentenceOf(concession).text;
  return Object.values(context.shop?.tiers ?? {}).filter(
    ({ title }) => title !== undefined && sentence.includes(normalizeText(title).plain.text),
  );
}

type Tier = NonNullable<NonNullable<GateContext['shop']>['tiers']>[string];

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
