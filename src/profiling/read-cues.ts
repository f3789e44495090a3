import type { MessageIntent } from '../protocol/ids.ts';
import { AGENT_CUE_PATTERNS } from './cues/agent-cues.ts';
import { AGENT_CUES, type AgentCue, BUYER_CUES, type BuyerCue, type CuePattern } from './cues/cue.ts';
import { FAULT_PATTERNS, FAULT_UNLESS } from './cues/fault-cues.ts';
import { INTENT_CUES } from './cues/intent-cues.ts';
import { MANNER_CUES } from './cues/manner-cues.ts';
import { LIFE, PHRASES } from './cues/phrase-lists.ts';
import { PRICE_CUES } from './cues/price-cues.ts';
import { RELATION_CUES } from './cues/relation-cues.ts';
import { DOUBT_PATTERNS, TRUST_CUES } from './cues/trust-cues.ts';
import { simplifyText } from './simplify-text.ts';

/** Cues of a text and the words that showed each, at most three. */
export type FoundCues<Cue extends string> = Partial<Record<Cue, string[]>>;

const PATTERNS = withPhrases({ ...PRICE_CUES, ...MANNER_CUES, ...TRUST_CUES, ...RELATION_CUES });

function withPhrases(cues: Partial<Record<BuyerCue, CuePattern>>): Partial<Record<BuyerCue, CuePattern>> {
  const all = { ...cues };
  for (const cue of BUYER_CUES) {
    const [base, more] = [cues[cue], PHRASES[cue]];
    if (base && more) all[cue] = { ...base, pattern: new RegExp([base.pattern.source, ...more].join('|'), 'g') };
  }
  return all;
}

/** Cues that read amounts; a spelt amount is as good as one in digits, its size does not matter. */
const AMOUNT_CUES: ReadonlySet<BuyerCue> = new Set<BuyerCue>(['bargain', 'amountOffer', 'compensation', 'competitor']);
const SPELT_NUMBER = /[二两三四五六七八九]?(?:百(?!分|搭|年)|十(?!分|几|足|字|来))[一二三四五六七八九十百零]*/g;
const SOME_AMOUNT = '60';

/** What one message of the buyer shows. */
export interface BuyerReading {
  cues: FoundCues<BuyerCue>;
  /** Kinds of complaint. */
  faults?: string[];
  /** Kinds of doubt. */
  doubts?: string[];
  /** Variants or models named ("A款", "灰色"), for the comparison. */
  variants?: string[];
}

/** Reads a buyer's message. `intents`, where given, add the cues that the words alone did not show. */
export function readBuyerMessage(text: string, intents: readonly MessageIntent[] = []): BuyerReading {
  const plain = simplifyText(text);
  const cues: FoundCues<BuyerCue> = {};
  const inDigits = plain.replace(SPELT_NUMBER, SOME_AMOUNT);
  for (const cue of BUYER_CUES) {
    const found =
      findCue(plain, PATTERNS[cue]) ?? (AMOUNT_CUES.has(cue) ? findCue(inDigits, PATTERNS[cue]) : undefined);
    if (found) cues[cue] = found;
  }
  for (const intent of intents) {
    const cue = INTENT_CUES[intent];
    if (cue && !cues[cue]) cues[cue] = [intent];
  }
  const life = LIFE.exec(plain);
  if (life) cues.life = [life[0]];
  if (isOffTrade(plain, cues)) cues.offTrade = [plain.slice(0, 12)];
  const reading: BuyerReading = { cues };
  const faults = findFaults(plain);
  if (faults.length > 0) reading.faults = faults;
  const doubts = cues.reassurance ? findDoubts(plain) : [];
  if (doubts.length > 0) reading.doubts = doubts;
  const variants = findVariants(plain);
  if (variants.length > 0) reading.variants = variants;
  return reading;
}

/** Reads an agent's message. */
export function readAgentMessage(text: string): FoundCues<AgentCue> {
  const plain = simplifyText(text);
  const cues: FoundCues<AgentCue> = {};
  for (const cue of AGENT_CUES) {
    const found = findCue(plain, AGENT_CUE_PATTERNS[cue]);
    if (found) cues[cue] = found;
  }
  return cues;
}

/** Reads the warmth of a review; its words are not kept. */
export function readReview(text: string): { length: number; personal: boolean } {
  const plain = simplifyText(text);
  const personal = Boolean(findCue(plain, RELATION_CUES.personal) ?? findCue(plain, RELATION_CUES.namedAgent));
  return { length: [...plain].length, personal };
}

function findCue(plain: string, cue: CuePattern | undefined): string[] | undefined {
  if (!cue) return undefined;
  const text = cue.unless ? plain.replace(cue.unless, '\u0001') : plain;
  const found = text.match(cue.pattern);
  if (!found) return undefined;
  const words = [...new Set(found.map((word) => word.trim()))].slice(0, 3);
  return words.length > 0 ? words : undefined;
}

/** Clause by clause, so that a question beside a complaint does not hide it. */
function findFaults(plain: string): string[] {
  const kinds = new Set<string>();
  for (const clause of plain.split(/(?<=[?])|[\s,。!~]+/)) {
    if (clause.length < 2 || FAULT_UNLESS.test(clause)) continue;
    for (const [kind, pattern] of Object.entries(FAULT_PATTERNS)) if (pattern.test(clause)) kinds.add(kind);
  }
  return [...kinds];
}

function findDoubts(plain: string): string[] {
  return Object.entries(DOUBT_PATTERNS)
    .filter(([kind, pattern]) => kind !== 'general' && pattern.test(plain))
    .map(([kind]) => kind);
}

const TRADE_WORD =
  /[发退换补寄送收到]货|快递|物流|单号|订单|地址|包[裹装邮]|运费|邮费|发票|尺码|颜色|型号|规格|价|钱|块|元|券|优惠|有货|库存|现货|拍[下照]|下单|付款|支付|购买|买|卖|怎么|多少|什么时候|几[天点号]|哪|吗|[?\d]|质量|客服|回复|联系|链接|店铺|产品|商品|东西|坏|破|少了|错|申请|售后|保修|安装|使用|用|取消|改|催|签收|驿站|派送|图/;
const LIGHT_CUES: ReadonlySet<string> = new Set<BuyerCue>([
  'personal',
  'wish',
  'shortAnswer',
  'namedAgent',
  'thanks',
  'greeting',
  'agreement',
  'routine',
]);

/** Whether a message is long enough to say something, and none of it is about goods, money or parcels. */
function isOffTrade(plain: string, cues: FoundCues<BuyerCue>): boolean {
  if (plain.length < 6 || TRADE_WORD.test(plain)) return false;
  return Object.keys(cues).every((cue) => LIGHT_CUES.has(cue)) && !cues.agreement;
}

const VARIANT =
  /[a-z\d一二三四五]款|第[一二三四五]个|[大中小]号|(?:浅|深|米|藏|酒|墨|雾|天|奶|卡|军)?[红橙黄绿青蓝紫黑白灰棕褐粉金银](?:色|的)?|米色|咖色|杏色|驼色|原木|\b(?:xs|s|m|l|xl|xxl)\b|[\u4e00-\u9fff]{1,2}(?=那[款个种]|版)/g;

function findVariants(plain: string): string[] {
  return [...new Set(plain.match(VARIANT) ?? [])].slice(0, 4);
}
