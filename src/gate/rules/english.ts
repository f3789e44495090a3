import { knownAboutProduct } from '../known-facts.ts';
import { findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';
import { ENGLISH_DENIALS, ENGLISH_REFUSALS, ENGLISH_TABOOS } from '../words/english.ts';

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(ENGLISH_TABOOS).map(([rule, pieces]) => [rule, new RegExp(`(?<![a-z])(?:${pieces.join('|')})`, 'g')]),
);
/** Rules whose wordings hold a denial themselves. */
const DENYING = new Set(['TAB-05', 'TAB-25', 'TAB-34', 'TAB-35', 'TAB-39', 'TAB-40', 'TAB-49']);

/** The same rule, which also finds its taboo in English. */
export function withEnglish(rule: Rule): Rule {
  const pattern = PATTERNS.get(rule.id);
  if (pattern === undefined) return rule;
  return { ...rule, detect: (passage) => [...rule.detect(passage), ...inEnglish(passage, rule.id, pattern)] };
}

function inEnglish(passage: Passage, rule: string, pattern: RegExp): Hit[] {
  const { plain } = passage.views;
  if (!/[a-z]{3}/.test(plain.text) || isAllowed(passage, rule)) return [];
  return findAll(plain, pattern)
    .filter((match) => !isTakenBack(match, DENYING.has(rule)) && !isOffered(passage, rule, match))
    .map((match) => ({ span: spanOf(match), ...(isGrave(passage, rule) ? { severity: 'B' as const } : {}) }));
}

const CAUTIOUS = 0.5;

/** Exaggeration weighs more with a cautious buyer. @see TAB-22 */
function isGrave(passage: Passage, rule: string): boolean {
  return rule === 'TAB-22' && (passage.context.buyer?.types?.['BT-5'] ?? 0) >= CAUTIOUS;
}

function isTakenBack(match: Match, isDenying: boolean): boolean {
  const sentence = sentenceOf(match);
  const ahead = match.view.text.slice(sentence.from, match.from).split('.').at(-1) ?? '';
  if (!isDenying && ENGLISH_DENIALS.test(ahead)) return true;
  return ENGLISH_REFUSALS.test(match.view.text.slice(match.to));
}

function isAllowed(passage: Passage, rule: string): boolean {
  const { shop, order } = passage.context;
  if (rule === 'TAB-33') return order?.state !== 'unpaid';
  if (rule === 'TAB-26') return passage.context.buyer?.measurements !== undefined;
  if (rule === 'TAB-05')
    return passage.context.intents?.some((intent) => /INT-PRE-1[3-7]|INT-IN-07/.test(intent)) !== true;
  if (rule === 'TAB-24') return hasTimeFact(passage);
  if (rule === 'TAB-25')
    return /[?]/.test(passage.original) || /check|ask|confirm|not sure/.test(passage.views.plain.text);
  if (rule === 'TAB-29') return isScarce(passage);
  if (rule === 'TAB-39') return passage.context.refund?.state === 'refunded';
  if (rule === 'TAB-48')
    return (
      order?.handedOver === true ||
      (order?.handedOver === undefined && /shipped|signed|completed/.test(order?.state ?? ''))
    );
  return rule === 'TAB-44' && shop?.offPlatformPayment === 'allowed' && passage.mode !== 'O' && passage.mode !== 'S';
}

/** A way to pay that the gateway offers, a channel the buyer allowed for the matter. */
function isOffered(passage: Passage, rule: string, match: Match): boolean {
  const { payment, consent } = passage.context;
  if (rule === 'TAB-25') return isListed(passage, match.text);
  if (rule === 'TAB-44') return (payment?.methods ?? []).some((method) => match.text.includes(method.toLowerCase()));
  return rule === 'TAB-51' && /we ?chat/.test(match.text) && consent?.channels?.includes('wechat') === true;
}

/** A time on record that is not later than the one said; a time that cannot be read needs any record. */
function hasTimeFact(passage: Passage): boolean {
  const { order, shipping, question, refund, wish } = passage.context;
  if (wish?.confirmedByWarehouse === true || refund?.state === 'refunded' || shipping?.norm !== undefined) return true;
  const said = daysSaid(passage.views.plain.text);
  const days = [
    order?.etaDays ?? undefined,
    daysUntil(passage, order?.promisedShipBy),
    daysUntil(passage, question?.answerBy),
    shipping?.usualDays === undefined ? undefined : Number.parseInt(shipping.usualDays, 10),
  ].filter((day) => day !== undefined);
  return days.some((day) => said === undefined || Number.isNaN(day) || day <= said);
}

const DAY_MS = 24 * 60 * 60_000;

/** Days from now that an English text names; `undefined` when it names none. */
function daysSaid(text: string): number | undefined {
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/.test(text)) return 0;
  if (/\bday after tomorrow\b/.test(text)) return 2;
  if (/\btomorrow\b/.test(text)) return 1;
  const days = /\b(\d{1,2})(?: ?(?:-|to) ?(\d{1,2}))? (?:business |working )?days?\b/.exec(text);
  return days === null ? undefined : Number(days[2] ?? days[1]);
}

/** Whole days of the shop's calendar from now; 0 without a clock, so that the record itself counts. */
function daysUntil(passage: Passage, moment: string | undefined): number | undefined {
  if (moment === undefined) return undefined;
  if (passage.nowMs === undefined) return 0;
  const dayOf = (ms: number): number => Math.floor((ms + passage.offsetMs) / DAY_MS);
  return dayOf(Date.parse(moment)) - dayOf(passage.nowMs);
}

const DEFAULT_THRESHOLD = 3;

/** Stock at most at the threshold, or a campaign with its end. @see CT-3 */
function isScarce(passage: Passage): boolean {
  const { product, promo, shop } = passage.context;
  const threshold = shop?.lastPiecesThreshold ?? DEFAULT_THRESHOLD;
  const pieces = Object.values(product?.stock ?? {});
  return (
    pieces.some((n) => n > 0 && n <= threshold) ||
    (promo ?? []).some((p) => p.endsAt !== undefined && p.extensionPlanned === false)
  );
}

/** What Chinese listings call the things English texts claim. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  leather: '皮',
  cotton: '棉',
  silk: '丝|绸',
  wool: '羊毛',
  linen: '麻',
  cashmere: '羊绒',
  steel: '钢',
  wood: '木',
  silver: '银',
  titanium: '钛',
  bamboo: '竹',
  ceramic: '陶瓷',
  glass: '玻璃',
  foam: '棉|泡沫',
  down: '绒',
  water: '水',
  wind: '风',
  dust: '尘',
  shock: '震|摔',
  scratch: '刮|划',
  rust: '锈',
  slip: '滑',
  stick: '粘',
  wash: '洗',
  microwave: '微波',
  breathable: '透气',
  batter: '电池|续航',
  charge: '电池|续航|充电',
  fade: '褪色|掉色',
  shrink: '缩水',
  made: '产地|产',
  hold: '承重|容量',
};

function isListed(passage: Passage, claim: string): boolean {
  const known = knownAboutProduct(passage.context);
  if (known.includes(claim)) return true;
  const words = Object.entries(IN_CHINESE).filter(([word]) => claim.includes(word));
  return words.length > 0 && words.some(([word, chinese]) => known.includes(word) || new RegExp(chinese).test(known));
}
