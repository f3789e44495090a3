import type { Context } from './context.ts';
import {
  calendarDate,
  carrierName,
  channelName,
  clauses,
  measureName,
  measureUnit,
  moment,
  momentWithWeekday,
  plainNumber,
  row,
  type TextLanguage,
  yuan,
} from './format-text.ts';
import { answerTo } from './guards-talk.ts';
import { findSize, sizeColumns } from './measure-body.ts';
import {
  alternativeSkus,
  askedSkus,
  betterChoice,
  cleanShots,
  endingToday,
  fittingCandidates,
  freshStock,
  lastPieces,
  options,
} from './product-choices.ts';
import { firstOf, type MissingFact, plain, type SlotRenderer, slot } from './slot-checks.ts';

const en = (language: TextLanguage): boolean => language === 'en';

/** The tier of the buyer, else the first tier a buyer can reach. */
function tierOf(context: Context) {
  const tiers = context.facts.shop.tiers ?? {};
  const own = context.fresh('buyer.tier', context.facts.buyer.tier);
  if (own !== undefined && own !== 'none') return tiers[own];
  return Object.values(tiers).sort((a, b) => (a.minSpent ?? 0) - (b.minSpent ?? 0))[0];
}

/** A moment of the shop's schedule, with the day of the week; `undefined` where only the clock is known. */
function comingMoment(time: string | undefined, context: Context, language: TextLanguage): string | undefined {
  return time === undefined ? undefined : momentWithWeekday(time, context.facts.now, language);
}

/** In the hours nobody knows when somebody is back, and the next opening is a day too late: no slot then. */
function openHour(hours: string, context: Context, language: TextLanguage): string | MissingFact {
  const { nextOpenAt, closedSince } = context.facts.shop;
  if (nextOpenAt !== undefined && closedSince === undefined) return { missing: 'shop.closedSince' };
  return comingMoment(nextOpenAt, context, language) ?? hours.slice(0, 5);
}

/** The posted hour is one of the next day; an earlier answer breaks no promise. @see SCR-04 */
function replyHour(hour: string, _context: Context, language: TextLanguage): string {
  return en(language) ? `${hour} tomorrow` : `明天${hour}`;
}

function scarcity(context: Context, language: TextLanguage): string | undefined {
  const last = lastPieces(context);
  if (last !== undefined) {
    const gone = context.fresh('product.restockPlan', context.facts.product?.restockPlan) === 'none';
    if (en(language)) return `${last.sku}: ${last.pieces} left${gone ? ', and it is not coming back' : ''}`;
    return `${last.sku}现在还有${last.pieces}件${gone ? '，确认不再补货' : ''}`;
  }
  const promo = endingToday(context);
  if (promo === undefined) return undefined;
  const ends = moment(promo.endsAt!, context.facts.now, language);
  return en(language) ? `${promo.name} ends ${ends}` : `${promo.name}到${ends}结束`;
}

function attrsAsked(context: Context, language: TextLanguage): string | undefined {
  const attrs = context.facts.product?.attrs ?? {};
  const known = context.asked.known.filter((name) => context.freshness.isFresh(`product.attrs.${name}`));
  if (known.length === 0 || known.length < context.asked.known.length) return undefined;
  return clauses(
    known.map((name) => `${name}${en(language) ? ': ' : '：'}${attrs[name]}`),
    language,
  );
}

function keyFacts(context: Context, language: TextLanguage): string | undefined {
  const product = context.facts.product ?? {};
  const attrs = context.fresh('product.attrs', product.attrs) ?? {};
  const facts = Object.entries(attrs).map(([name, text]) => `${name}${en(language) ? ': ' : '：'}${text}`);
  return clauses([...facts, ...(context.fresh('product.benefits', product.benefits) ?? [])], language);
}

function suitability(context: Context, language: TextLanguage): string | undefined {
  const { suits, notFor, caution } = context.facts.product?.suitability ?? {};
  const parts = [
    suits && (en(language) ? `suits ${suits}` : `适合${suits.replace(/^适合/, '')}`),
    notFor && (en(language) ? `not for ${notFor}` : `不建议${notFor.replace(/^不(建议|适合)/, '')}使用`),
    caution,
  ].filter((part): part is string => part !== undefined && part !== '');
  return clauses(parts, language);
}

/** What the listing says of the attributes that set the two products apart. */
function comparedAttrs(context: Context, language: TextLanguage): string[] {
  const own = context.fresh('product.attrs', context.facts.product?.attrs) ?? {};
  const other = context.fresh('comparedWith.attrs', context.facts.comparedWith?.attrs) ?? {};
  const named = Object.keys(own).filter((name) => context.message.includes(name));
  const apart = Object.keys(own).filter((name) => own[name] !== other[name]);
  const shared = apart.filter((name) => other[name] !== undefined);
  const told = named.length > 0 ? named : shared.length > 0 ? shared : apart;
  return told.map((name) => `${name}${en(language) ? ': ' : '：'}${own[name]}`);
}

function proofs(context: Context, language: TextLanguage): string | undefined {
  const product = context.facts.product ?? {};
  const shots = cleanShots(context) > 0 ? [en(language) ? 'real buyer reviews' : '真实买家评价截图'] : [];
  const all = [
    ...(context.fresh('product.certificates', product.certificates) ?? []),
    ...(context.fresh('product.guarantees', product.guarantees) ?? []),
    ...shots,
  ];
  if (all.length > 0) return row(all, language);
  return context.facts.return?.policy;
}

function measurements(context: Context, language: TextLanguage): string | undefined {
  const told = Object.entries(context.convo.measurements).map(
    ([column, value]) =>
      `${measureName(column, language)}${en(language) ? ' ' : ''}${plainNumber(value)}${measureUnit(column, language)}`,
  );
  return row(told, language, 6);
}

function measurementsNeeded(context: Context, language: TextLanguage): string | undefined {
  const missing = sizeColumns(context.facts.product!.sizeTable!).filter(
    (c) => context.convo.measurements[c] === undefined,
  );
  return row(
    missing.map((column) => measureName(column, language)),
    language,
    6,
  );
}

function modelStats(context: Context, language: TextLanguage): string | undefined {
  const { heightCm, weightKg, wears } = context.facts.product?.modelStats ?? {};
  const parts = en(language)
    ? [heightCm && `height ${heightCm} cm`, weightKg && `weight ${weightKg} kg`, wears && `wearing ${wears}`]
    : [
        heightCm && `身高${heightCm}厘米`,
        weightKg && `体重${weightKg}公斤`,
        wears && `穿${wears.replace(/码$/, '')}码`,
      ];
  const known = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return known.length === 0 ? undefined : en(language) ? known.join(', ') : `模特${known.join('、')}`;
}

/** What the discount is taken from: the order, else the listed price. */
function baseYuan(context: Context): number | undefined {
  return (
    context.fresh('order.amount', context.facts.order?.amount) ??
    context.fresh('product.price', context.facts.product?.price)
  );
}

/** What was given before and is not yet taken off the amount: the newest change of the price took some of it. */
function givenBefore({ facts, fresh }: Context): number {
  const granted = facts.discount?.granted ?? 0;
  const amount = fresh('order.amount', facts.order?.amount);
  const { priceEdit } = facts;
  const edited = priceEdit !== undefined && priceEdit.newAmount === amount ? priceEdit.oldAmount - amount : 0;
  return Math.max(0, Math.round((granted - Math.max(0, edited)) * 100) / 100);
}

function criteria(context: Context, language: TextLanguage): string | undefined {
  const choice = context.facts.choice;
  const say = (name: string, text: string): string => `${name}${en(language) ? ': ' : '：'}${text}`;
  if (choice !== undefined) {
    const parts = choice.map((c) => {
      const figures = [
        c.rating !== undefined && (en(language) ? `rated ${c.rating}` : `评分${c.rating}`),
        c.reviewCount !== undefined && (en(language) ? `${c.reviewCount} reviews` : `${c.reviewCount}条评价`),
        c.rating === undefined && c.price !== undefined && yuan(c.price, language),
      ].filter((part): part is string => typeof part === 'string');
      return say(c.title, figures.join(en(language) ? ', ' : '、'));
    });
    return clauses(parts, language);
  }
  const variants = context.fresh('product.variants', context.facts.product?.variants) ?? {};
  return clauses(
    options(context)
      .names.filter((n) => variants[n] !== undefined)
      .map((n) => say(n, variants[n]!)),
    language,
  );
}

const promoSlot = (part: (context: Context, language: TextLanguage) => string | undefined): SlotRenderer =>
  slot(
    'promo',
    (_, c) => (c.promos.length > 0 ? c : undefined),
    (_, c, language) => part(c, language),
  );

/** Slots of shop, talk, product advice, price and doubts. */
export const SALES_SLOTS = {
  'shop.name': plain('shop.name', (f) => f.shop.name),
  'shop.hours': slot(
    'shop.hours',
    (f) => f.shop.hours,
    (hours, c, l) => row(c.facts.shop.spans ?? [hours], l, 8),
  ),
  'shop.openHour': slot('shop.hours', (f) => f.shop.hours, openHour),
  'shop.replyByHour': slot(
    'shop.replyByHour',
    (f) => f.shop.replyByHour,
    (hour, c, l) => comingMoment(c.facts.shop.replyByAt, c, l) ?? replyHour(hour, c, l),
  ),
  'shop.record': slot(
    'shop.rating',
    (f) => f.shop.rating,
    (rating, c, l) => {
      const { ageYears, licence } = c.facts.shop;
      const parts = en(l)
        ? [
            `rated ${rating}`,
            ageYears !== undefined && `open for ${plainNumber(ageYears)} years`,
            licence && `licence: ${licence}`,
          ]
        : [
            `店铺评分${rating}分`,
            ageYears !== undefined && `开店${plainNumber(ageYears)}年`,
            licence && `营业执照见${licence.replace(/^见/, '')}`,
          ];
      return parts.filter((part) => typeof part === 'string' && part !== '').join(en(l) ? ', ' : '，');
    },
  ),
  'shop.benefitsForAll': slot(
    'shop.benefitsForAll',
    (f) => f.shop.benefitsForAll,
    (list, _, l) => row(list, l),
  ),
  'agent.name': plain('agent.name', (f) => f.agent.name),
  'agent.title': plain('agent.title', (f) => f.agent.title),
  'agent.titledName': slot(
    'agent.title',
    (f) => (f.agent.title === undefined ? undefined : f.agent.name),
    (name, c) => {
      const title = c.facts.agent.title ?? '';
      return title.includes(name) ? title : name.includes(title) ? name : `${title}${name}`;
    },
  ),
  'buyer.lastOrder': plain('buyer.lastOrder', (f) => f.buyer.lastOrder),
  'buyer.tierTitle': slot(
    'shop.tiers',
    (_, c) => tierOf(c)?.title,
    (title) => title,
  ),
  'buyer.tierBenefits': slot(
    'shop.tiers',
    (_, c) => tierOf(c)?.benefits,
    (list, _, l) => row(list, l),
  ),
  'buyer.tierRule': slot(
    'shop.tiers',
    (_, c) => tierOf(c)?.minSpent,
    (min, _, l) => (en(l) ? `${yuan(min, l)} spent in total` : `累计消费满${yuan(min, l)}`),
  ),
  'buyer.tierDiscount': slot(
    'shop.tiers',
    (_, c) => tierOf(c)?.discount,
    (d, _, l) => (en(l) ? `${plainNumber((1 - d) * 100)}% off` : `${plainNumber(d * 10)}折`),
  ),
  'buyer.tierPrice': slot(
    'shop.tiers',
    (_, c) => tierOf(c)?.discount,
    (d, c, l) => {
      const base = baseYuan(c);
      return base === undefined ? { missing: 'product.price' } : yuan(base * d, l);
    },
  ),
  'buyer.need': slot(
    'buyer.need.purpose',
    (_, c) => c.convo.need,
    (need) => need,
  ),
  'buyer.budget': slot(
    'buyer.need.budget',
    (_, c) => c.convo.budget,
    (b, _, l) => (en(l) ? `up to ${yuan(b, l)}` : `${yuan(b, l)}以内`),
  ),
  'buyer.measurements': slot(
    'buyer.measurements',
    (_, c) => c.convo.measurements,
    (_, c, l) => measurements(c, l),
  ),
  'buyer.condition': slot(
    'buyer.condition',
    (_, c) => c.convo.condition,
    (text) => text,
  ),
  'question.text': slot(
    'question.text',
    (f) => f.question?.text,
    (text) => text.replace(/[?？。！!\s]+$/u, ''),
  ),
  'question.answerBy': slot(
    'question.answerBy',
    (f) => f.question?.answerBy,
    (by, c, l) => moment(by, c.facts.now, l),
  ),
  'question.channel': slot(
    'question.channel',
    (f) => f.question?.channel,
    (channel, _, l) => channelName(channel, l),
  ),
  'question.answer': slot(
    'question.verifiedAnswer',
    (_, c) => answerTo(c),
    (text) => text.replace(/[。．.\s]+$/u, ''),
  ),
  'question.verifiedBy': plain('question.verifiedBy', (f) => f.question?.verifiedBy),
  'product.title': plain('product.title', (f) => f.product?.title),
  'product.price': slot(
    'product.price',
    (f) => f.product?.price,
    (price, _, l) => yuan(price, l),
  ),
  'product.link': plain('product.link', (f) => f.product?.link),
  'product.attrsAsked': slot(
    'product.attrs',
    (_, c) => (c.asked.known.length > 0 ? c : undefined),
    (_, c, l) => attrsAsked(c, l),
  ),
  'product.attrSource': slot(
    'product.attrSource',
    (f) => f.product,
    (product, _, l) => product.attrSource ?? (en(l) ? 'the listing' : '商品详情页'),
  ),
  'product.keyFacts': slot(
    firstOf('product.attrs', 'product.benefits'),
    (f) => f.product,
    (_, c, l) => keyFacts(c, l),
  ),
  'product.care': slot(
    'product.care',
    (f) => f.product?.care,
    (list, _, l) => clauses(list, l),
  ),
  'product.suitability': slot(
    'product.suitability',
    (f) => f.product?.suitability,
    (_, c, l) => suitability(c, l),
  ),
  'product.modelStats': slot(
    'product.modelStats',
    (f) => f.product?.modelStats,
    (_, c, l) => modelStats(c, l),
  ),
  'product.benefits': slot(
    'product.benefits',
    (f) => f.product?.benefits,
    (list, _, l) => clauses(list, l, 2),
  ),
  'product.guarantees': slot(
    'product.guarantees',
    (f) => f.product?.guarantees,
    (list, _, l) => row(list, l),
  ),
  'product.certificates': slot(
    'product.certificates',
    (f) => f.product?.certificates,
    (list, _, l) => row(list, l),
  ),
  'product.proofs': slot(
    firstOf('product.guarantees', 'product.certificates', 'product.reviewShots', 'return.policy'),
    (_, c) => c,
    (_, c, l) => proofs(c, l),
  ),
  'product.oneProof': slot(
    firstOf('product.certificates', 'product.reviewShots'),
    (_, c) => c,
    (_, c, l) =>
      c.fresh('product.certificates', c.facts.product?.certificates)?.[0] ??
      (cleanShots(c) > 0 ? (en(l) ? 'real buyer reviews' : '真实买家的评价截图') : undefined),
  ),
  'product.differences': slot(
    firstOf('product.differences', 'comparedWith.attrs'),
    (_, c) => c,
    (_, c, l) => clauses(c.fresh('product.differences', c.facts.product?.differences) ?? comparedAttrs(c, l), l),
  ),
  'compared.title': plain('comparedWith.title', (f) => f.comparedWith?.title),
  'compared.facts': slot(
    'comparedWith.attrs',
    (f) => f.comparedWith?.attrs,
    (attrs, _, l) =>
      clauses(
        Object.entries(attrs).map(([n, t]) => `${n}${en(l) ? ': ' : '：'}${t}`),
        l,
      ),
  ),
  'size.recommended': slot(
    'product.sizeTable',
    (f) => f.product?.sizeTable,
    (table, c) => {
      const stale = !c.freshness.isFresh('buyer.measurements');
      return stale || Object.keys(c.convo.measurements).length === 0
        ? { missing: 'buyer.measurements' }
        : findSize(table, c.convo.measurements);
    },
  ),
  'size.measurementsNeeded': slot(
    'product.sizeTable',
    (f) => f.product?.sizeTable,
    (_, c, l) => measurementsNeeded(c, l),
  ),
  'stock.asked': slot(
    'product.stock',
    (f) => f.product?.stock,
    (stock, c, l) => {
      const asked = askedSkus(c).filter((sku) => stock[sku] !== undefined && freshStock(c, sku) !== undefined);
      const there = asked.filter((sku) => stock[sku]! > 0);
      return row(there.length > 0 && c.named.skus.length === 0 ? there : asked, l);
    },
  ),
  'stock.alternatives': slot(
    'product.stock',
    (_, c) => alternativeSkus(c),
    (list, _, l) => row(list, l),
  ),
  'stock.restock': slot(
    'product.restockPlan',
    (f) => f.product?.restockPlan,
    (plan, _, l) => (plan === 'none' ? undefined : calendarDate(plan, l)),
  ),
  'stock.lastPieces': slot(
    'product.stock',
    (_, c) => lastPieces(c)?.pieces,
    (n) => String(n),
  ),
  'recommend.items': slot(
    'candidates',
    (_, c) => fittingCandidates(c),
    (list, c, l) =>
      row(
        list.map((item) =>
          item.price === undefined
            ? item.title
            : en(l)
              ? `${item.title} (${yuan(item.price, l)})`
              : `${item.title}（${yuan(item.price, l)}）`,
        ),
        l,
        c.types.includes('BT-8') ? 1 : 2,
      ),
  ),
  'recommend.reasons': slot(
    'candidates',
    (_, c) => fittingCandidates(c)[0],
    ({ fits = [], why = [] }, _, l) => row(why.length === 0 ? fits.slice(0, 3) : [...fits.slice(0, 2), ...why], l, 4),
  ),
  'matching.item': slot(
    'matching',
    (f) => f.matching?.find((m) => (m.stock ?? 0) > 0)?.title,
    (title) => title,
  ),
  'choice.best': slot(
    'choice',
    (_, c) => betterChoice(c)?.title,
    (title) => title,
  ),
  'choice.evidence': slot(
    'choice',
    (_, c) => betterChoice(c),
    (best, _, l) =>
      en(l) ? `rated ${best.rating} over ${best.reviewCount} reviews` : `评分${best.rating}、${best.reviewCount}条评价`,
  ),
  'choice.options': slot(
    firstOf('choice', 'product.stock'),
    (_, c) => options(c).names,
    (names, _, l) => names.slice(0, 3).join(en(l) ? ' and ' : '和'),
  ),
  'choice.criteria': slot(
    firstOf('choice', 'product.variants'),
    (_, c) => c,
    (_, c, l) => criteria(c, l),
  ),
  'promo.name': promoSlot((c) => c.promos[0]!.name),
  'promo.rule': promoSlot((c) => c.promos[0]!.rule),
  'promo.ends': promoSlot((c, l) => moment(c.promos[0]!.endsAt!, c.facts.now, l)),
  'promo.summary': promoSlot((c, l) => {
    const p = c.promos[0]!;
    const ends = moment(p.endsAt!, c.facts.now, l);
    if (p.rule === undefined) return en(l) ? `${p.name} (until ${ends})` : `${p.name}（到${ends}）`;
    return en(l) ? `${p.name}: ${p.rule} (until ${ends})` : `${p.name}：${p.rule}（到${ends}）`;
  }),
  'stack.total': slot(
    'stack.computedTotal',
    (f) => f.stack?.computedTotal,
    (total, _, l) => yuan(total, l),
  ),
  'basket.items': slot(
    'basket',
    (f) => f.basket,
    (items, _, l) =>
      row(
        items.map((i) => ((i.qty ?? 1) > 1 ? `${i.title}×${i.qty}` : i.title)),
        l,
      ),
  ),
  'scarcity.fact': slot(
    (_, c) => (lastPieces(c) === undefined && c.promos.length > 0 ? 'promo' : 'product.stock'),
    (_, c) => scarcity(c, 'zh-Hans'),
    (_, c, l) => scarcity(c, l),
  ),
  'discount.requested': slot(
    'discount.requested',
    (_, c) => c.convo.discountRequested,
    (v, _, l) => yuan(v, l),
  ),
  'discount.granted': slot(
    'discount.granted',
    (f) => f.discount?.granted,
    (v, _, l) => (v > 0 ? yuan(v, l) : undefined),
  ),
  'discount.newAmount': slot(
    'discount.requested',
    (_, c) => c.convo.discountRequested,
    (v, c, l) => {
      const base = baseYuan(c);
      if (base === undefined) return { missing: 'product.price' };
      const left = base - givenBefore(c) - v;
      return left <= 0 ? undefined : yuan(left, l);
    },
  ),
  'discount.answerTime': slot(
    'discount.supervisorAnswerMinutes',
    (f) => f.discount?.supervisorAnswerMinutes,
    (m, _, l) => (en(l) ? `within ${m} minutes` : `${m}分钟内`),
  ),
  'offer.last': slot(
    (f) => ((f.discount?.granted ?? 0) > 0 ? 'discount.granted' : 'product.price'),
    (f) => f.discount?.granted ?? 0,
    (granted, c, l) => {
      if (granted > 0) return en(l) ? `the ${yuan(granted, l)} already taken off` : `已经优惠的${yuan(granted, l)}`;
      const base = baseYuan(c);
      return base === undefined ? undefined : en(l) ? `the price of ${yuan(base, l)}` : `现在的${yuan(base, l)}`;
    },
  ),
  'platform.rules': slot(
    'platform.rules',
    (f) => f.platform?.rules,
    (list, _, l) => row(list, l),
  ),
  'payment.methods': slot(
    'payment.methods',
    (f) => f.payment?.methods,
    (list, _, l) => row(list, l, 5),
  ),
  'payment.releaseRule': plain('payment.releaseRule', (f) => f.payment?.releaseRule),
  'payment.error': slot(
    'payment.error',
    (_, c) => c.convo.paymentError,
    (text) => text,
  ),
  'shipping.norm': slot(
    'shipping.norm',
    (f) => (f.shipping?.exceptional === false ? f.shipping.norm : undefined),
    (text) => text,
  ),
  'shipping.cutOffHour': plain('shipping.cutOffHour', (f) => f.shipping?.cutOffHour),
  'shipping.carrier': slot(
    'shipping.carrier',
    (f) => f.shipping?.carrier,
    (code, _, l) => carrierName(code, l),
  ),
  'shipping.usualDays': slot(
    'shipping.usualDays',
    (f) => f.shipping?.usualDays,
    (days, _, l) => (/\d$/.test(days) ? `${days}${en(l) ? ' days' : '天'}` : days),
  ),
} satisfies Record<string, SlotRenderer>;
