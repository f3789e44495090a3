import type { Facts } from '../protocol/facts.ts';
import type { Entity } from '../protocol/turn.ts';
import { QUESTION } from './cues.ts';

/** Words of a question, and the listing's attribute names that answer it. */
const ATTRIBUTE_GROUPS: readonly { ask: RegExp; keys: RegExp; general?: boolean }[] = [
  {
    ask: /面料|布料|材质|料子|什么(料|做的|材料)|成分|含(棉|毛|绒)|纯棉|真皮|是(棉|皮|木|钢|铁|塑料|硅胶|实木)|纯.{1,3}(做|的)|(什么|啥)(东西)?做|.{1,4}做的(吗|不|么)/,
    keys: /面料|材质|材料|成分|质地|含绒|木|内胆材|主料/,
  },
  {
    ask: /(里头|里面|芯子|内芯|里边).{0,6}(什么|啥)|(填|塞|装|裹|灌)的?(都)?是?(什么|啥)/,
    keys: /填充|内芯|内胆|芯|馅|材质|材料|成分/,
    general: true,
  },
  { ask: /多重|多沉|重不重|几斤|多少斤|几公斤|克重|重量|沉不沉|轻不轻|多轻/, keys: /重/ },
  { ask: /容量|[装盛泡倒接灌煮](多少|得下|几)|几升|多少(升|毫升|ml)|多大容|能装/i, keys: /容量|容积|升/ },
  { ask: /袖长/, keys: /袖长/ },
  { ask: /肩宽/, keys: /肩宽/ },
  { ask: /胸围/, keys: /胸围/ },
  { ask: /腰围/, keys: /腰围/ },
  { ask: /臀围/, keys: /臀围/ },
  { ask: /裤长/, keys: /裤长/ },
  { ask: /裙长/, keys: /裙长/ },
  { ask: /衣长/, keys: /衣长/ },
  { ask: /跟高|鞋跟/, keys: /跟高|鞋跟/ },
  { ask: /内径|口径|直径/, keys: /径/ },
  {
    ask: /放得下|塞得下|装得下|大小|多大(?!的?(码|号|尺码|岁|年纪))|什么规格|规格/,
    keys: /尺寸|长|宽|高|规格|大小|直径|容量|幅/,
    general: true,
  },
  {
    ask: /占(地|位)|进深|尺寸|长宽高|(?<![一二三四五六七八九\d])多高|多宽|多长(?!时)|几(米|厘米|寸)/,
    keys: /尺寸|长|宽|高|规格|大小|直径|幅/,
    general: true,
  },
  { ask: /厚(度|不厚|吗|不)|薄(不薄|吗)|透不透|加绒/, keys: /厚|薄|透|绒/ },
  { ask: /什么颜色|哪些颜色|几种颜色|(有|都有)(什么|哪些|几个)(颜)?色|颜色有/, keys: /颜色|色/ },
  { ask: /产地|哪(里|儿)?(产|生产)|产自|国产|进口|哪里的/, keys: /产地|产|来源/ },
  { ask: /保质|过期|能放多久|放多久|存多久|生产日期|新鲜/, keys: /保质|日期|储存|生产/ },
  { ask: /续航|待机|(充|冲)一次|电池|用多久|充满|充电(要)?多久/, keys: /续航|电池|待机|充/ },
  { ask: /防水|防雨|防泼|防潮|淋|[小大暴下]雨|雨天|游泳|进水|沾水/, keys: /防水|防雨|防泼|防潮|水/ },
  { ask: /多少度|几度|温度|控温|最高温|恒温/, keys: /温/ },
  { ask: /防晒|遮阳|upf/i, keys: /防晒|遮|UPF/ },
  { ask: /承重|承受|(坐|载|撑)(得住|几个|多重|多少)|能坐/, keys: /承重|载|负/ },
  { ask: /塌|压(坏|垮|断)|胖|会不会(倒|翻|散)|[\d一二两三四五六七八九十百]+斤/, keys: /承重|载|负/, general: true },
  { ask: /功率|多少瓦|几瓦|耗电|费电|费不费电|瓦数/, keys: /功率|瓦|耗/ },
  { ask: /电压|伏/, keys: /电压/ },
  { ask: /配料|成份|添加|有没有(糖|防腐)|含糖|无糖/, keys: /配料|成分|成份|糖|添加/ },
  {
    ask: /净含量|多少(克|毫升|片|粒|支|抽|张)|几(克|片|粒|包)|一(包|盒|瓶|袋)多少/,
    keys: /净含量|规格|数量|含量|片数|克/,
  },
  { ask: /味道|口味|甜|辣|苦|香(味|型)/, keys: /味|香/ },
  { ask: /电磁炉|明火|燃气|炉灶|灶/, keys: /炉|灶/ },
  { ask: /接口|type-?c|蓝牙|兼容|支持.{0,6}(手机|安卓|苹果|系统)|能连/i, keys: /接口|蓝牙|兼容|系统|连接/i },
  { ask: /阻抗|欧姆/, keys: /阻抗/ },
  { ask: /噪音|吵不吵|分贝|声音大/, keys: /噪|声|分贝/ },
  { ask: /折叠|收(起来|纳)|能折/, keys: /折叠|收纳|收车/ },
  { ask: /弹力|弹性|有弹/, keys: /弹/ },
  { ask: /(什么|哪种)?版型|宽松|修身|显瘦/, keys: /版型|款型|剪裁/ },
  { ask: /(适合|适用|能用).{0,6}(几|多)(岁|大|个月)|几岁|月龄|年龄/, keys: /年龄|月龄|适用|阶段/ },
  { ask: /认证|3c|检测|标准/i, keys: /认证|标准|检测|3C/i },
  { ask: /几层|层数/, keys: /层/ },
  { ask: /用途|干(什么|嘛)用|做什么用|能(干|做)(嘛|啥|什么)/, keys: /用途|功能|适用|场景/ },
  { ask: /季节|夏天|冬天|春秋|热不热|保暖|暖和|透气/, keys: /季|厚|保暖|透气|温标/ },
  { ask: /品牌|牌子/, keys: /品牌/ },
  { ask: /保修|质保/, keys: /保修|质保/ },
  { ask: /型号/, keys: /型号/ },
];

/** What a question about attributes asks. */
export interface AskedAttributes {
  /** Names of the listing's attributes that answer it, in the listing's order. */
  readonly known: readonly string[];
  /** It asks for something the listing does not say. */
  readonly unknown: boolean;
}

/** Whether two texts share a pair of characters. */
export function sharesPair(text: string, message: string): boolean {
  for (let i = 0; i + 2 <= text.length; i++) {
    const pair = text.slice(i, i + 2);
    if (/^[\p{L}\d]{2}$/u.test(pair) && message.includes(pair)) return true;
  }
  return false;
}

/** Two characters that say nothing of a product. */
const EMPTY_PAIR = /^(可以|不能|能够|没有|一个|一下|这个|那个|什么|怎么|多少|适合|使用|产品|商品|左右|以上|以内|支持)$/;

/** A figure that stands for itself: 20 is not in 120. */
function namesFigure(text: string, message: string, besides: string): boolean {
  return (text.match(/\d+(\.\d+)?/g) ?? []).some((figure) => {
    const alone = new RegExp(`(?<![\\d.])${figure.replace('.', '\\.')}(?![\\d.])`);
    return figure.length >= 2 && alone.test(message) && !alone.test(besides);
  });
}

/** What a question about a product may say of it without asking for an attribute: its title and its variants. */
export function namesOfProduct(product: Facts['product']): string {
  return [product?.title ?? '', ...Object.keys(product?.stock ?? {})].join(' ');
}

/** Whether a question takes up what the listing says of an attribute, beside the product's own names. */
function takesUp(value: string, message: string, besides: string): boolean {
  const kind = /(?:什么|啥|哪种|何种)(?:样的)?([\p{L}\d]{2,4}?)(?:的|做|呀|啊|呢|吗|[?？]|$)/u.exec(message)?.[1];
  if (kind !== undefined && value.includes(kind)) return true;
  for (let i = 0; i + 2 <= value.length; i++) {
    const pair = value.slice(i, i + 2);
    if (!/^\p{L}{2}$/u.test(pair) || EMPTY_PAIR.test(pair) || besides.includes(pair)) continue;
    if (message.includes(pair)) return true;
  }
  return namesFigure(value, message, besides);
}

/** A clause that tells what the buyer thinks or knows. */
const STATES = /都|是|会|懂|知道|听说|据说|觉得|认为|一般|肯定|本来/;

/** The clauses that ask, where others only tell what the buyer thinks; else the whole message. */
function askingPart(message: string): string {
  const clauses = message.match(/[^，,。；;！!？?\s]+[？?]?/g) ?? [];
  const asks = (clause: string) => QUESTION.test(clause) || /吧$/.test(clause);
  if (!clauses.some(asks)) return message;
  return clauses.filter((clause) => asks(clause) || !STATES.test(clause)).join('，');
}

/** Asks how much there is of what stands before it. */
const HOW_STRONG = ['重不重', '大不大', '高不高', '浓不浓', '强不强', '多不多'];

/**
 * Finds which attributes of the listing a message asks for: by name, by the words of such questions, by their content.
 *
 * @param besides names of the product, which ask for nothing
 */
export function findAskedAttributes(
  message: string,
  attrs: Readonly<Record<string, string>>,
  besides = '',
): AskedAttributes {
  const names = Object.keys(attrs);
  const known = new Set<string>();
  for (const name of names) if (message.includes(name)) known.add(name);
  // “香味重不重” asks how strong the named attribute is, not for a weight.
  const asked = names.reduce(
    (text, name) => HOW_STRONG.reduce((rest, words) => rest.replaceAll(name + words, name), text),
    message,
  );
  const asking = askingPart(asked);
  let missed = false;
  let missedGeneral = false;
  for (const group of ATTRIBUTE_GROUPS) {
    if (!group.ask.test(asked)) continue;
    const answers = names.filter((name) => group.keys.test(name));
    if (group.general === true && known.size > 0) continue;
    for (const name of answers) known.add(name);
    if (answers.length === 0 && group.ask.test(asking)) {
      if (group.general === true) missedGeneral = true;
      else missed = true;
    }
  }
  if (known.size === 0 && !missed) {
    for (const name of names) if (sharesPair(name, message)) known.add(name);
  }
  if (known.size === 0 && (!missed || /还是|是不是/.test(message))) {
    for (const name of names) if (takesUp(attrs[name]!, message, besides)) known.add(name);
    if (known.size > 0) missed = false;
  }
  return { known: names.filter((name) => known.has(name)), unknown: missed || (missedGeneral && known.size === 0) };
}

/** The variants of a product a text names. */
export interface NamedSkus {
  readonly skus: readonly string[];
  /** It names a colour or size that the stock does not list. */
  readonly unknown: boolean;
}

const COLOUR =
  /(?:米白|奶白|纯白|雪白|米色|米黄|杏色|卡其|藏青|藏蓝|雾蓝|天蓝|宝蓝|湖蓝|墨绿|军绿|豆绿|酒红|玫红|大红|枣红|粉紫|香芋|驼色|咖色|焦糖|银灰|深灰|浅灰|[红橙黄绿青蓝紫黑白灰粉棕咖杏银金](?=色|的|款))色?/g;
const SIZE = /(?<![a-zA-Z\d])(?:[2-6]?X{0,4}[SL]|M|均码)(?![a-zA-Z])|\d{2,3}码/gi;

function tokens(sku: string): string[] {
  return sku
    .split(/[-_/·,，、\s]+|(?<=[\u4e00-\u9fff])(?=[a-z\d])/i)
    .filter((part) => part !== '')
    .sort((a, b) => b.length - a.length);
}

/** Characters that make another colour of the one they stand before: 米白 is not 白. */
const SHADES = '米奶雪纯深浅藏墨军豆酒玫枣天宝湖雾香焦银';

/** Says only what kind of variant it is: buyers leave it out. */
const KIND_SUFFIX = /(?:[色款]|(?<=..)[味型版])$/;

/** How much of a text a part takes: longer ones first. */
function width(part: string): number {
  return KIND_SUFFIX.test(part) ? part.length - 1 : part.length;
}

function tokenPattern(token: string): RegExp | string {
  if (/^[a-z\d]+$/i.test(token)) return new RegExp(`(?<![a-zA-Z\\d])${token}(?![a-zA-Z\\d])`, 'i');
  const number = /^(\d+)(寸|码|厘米|cm|ml|毫升|升|l|克|g|斤|片|件|抽)$/i.exec(token);
  if (number !== null) return new RegExp(`(?<!\\d)${number[1]}(?!\\d)`);
  const word = token.length > 1 && KIND_SUFFIX.test(token) ? token.slice(0, -1) : token;
  return word.length === 1 ? new RegExp(`(?<![${SHADES}])${word}`) : word;
}

function holdsToken(text: string, token: string): boolean {
  const pattern = tokenPattern(token);
  return typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
}

/** A text names a part of one of the variants. */
export function namesPart(text: string, skus: readonly string[]): boolean {
  return skus.flatMap(tokens).some((part) => holdsToken(text, part));
}

/** A text sets variants against each other by their own parts: a colour alone names all its sizes, and sets none against none. */
export function namesRivals(text: string, skus: readonly string[]): boolean {
  const parts = [...new Set(skus.flatMap(tokens))].filter((part) => holdsToken(text, part));
  return parts.some((one) =>
    parts.some((other) => !skus.some((sku) => tokens(sku).includes(one) && tokens(sku).includes(other))),
  );
}

/** What may stand between the parts of one name: 藏青色的M码. */
const BETWEEN_PARTS = String.raw`(?:[色款的码号]|[-_/·\s])*`;

/** A name whose two parts stand side by side; a name of one part or of three is left to the parts. */
function namePattern(sku: string, turned: boolean): RegExp | undefined {
  const sources = tokens(sku).map((part) => {
    const pattern = tokenPattern(part);
    return typeof pattern === 'string' ? pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : pattern.source;
  });
  const [first, second] = sku.startsWith(tokens(sku)[0] ?? '') === turned ? sources.toReversed() : sources;
  if (first === undefined || second === undefined || sources.length > 2) return undefined;
  return new RegExp(`${first}${BETWEEN_PARTS}${second}码?`, 'gi');
}

/** Several variants, each named in full, and nothing else of a variant: 藏青M和石灰L are two, not four. */
function namedInFull(text: string, skus: readonly string[], parts: readonly string[], turned = false): string[] {
  const full = skus.flatMap((sku) => {
    const pattern = namePattern(sku, turned);
    return pattern !== undefined && text.search(pattern) >= 0 ? [{ sku, pattern }] : [];
  });
  if (full.length < 2) return turned ? [] : namedInFull(text, skus, parts, true);
  const rest = full.reduce((left, { pattern }) => left.replace(pattern, '　'), text);
  return parts.some((part) => holdsToken(rest, part)) ? [] : full.map(({ sku }) => sku);
}

/** 蓝色 is the 天蓝 one where no other is blue; white and black are no shades of anything. */
function onlyShade(text: string, skus: readonly string[]): readonly string[] {
  const said = [...text.matchAll(/(?<![浅深米奶雪藏墨军豆酒玫枣天宝湖雾香焦银])([红黄蓝绿紫灰粉棕])(?=色|的|款)/g)].map(
    ([, colour]) => colour!,
  );
  const [colour] = said;
  if (colour === undefined || said.some((other) => other !== colour)) return [];
  const shades = new Set(skus.flatMap(tokens).filter((part) => new RegExp(`[${SHADES}]${colour}色?$`).test(part)));
  return shades.size === 1 ? skus.filter((sku) => tokens(sku).some((part) => shades.has(part))) : [];
}

/** Finds the variants of the stock that a text names: by full name, else by every part it shares. */
export function findNamedSkus(text: string, skus: readonly string[], entities: readonly Entity[] = []): NamedSkus {
  let rest = text;
  const hit = new Map<string, boolean>();
  const parts = [...new Set(skus.flatMap(tokens))].sort((a, b) => width(b) - width(a));
  for (const part of parts) {
    const pattern = tokenPattern(part);
    const found = typeof pattern === 'string' ? rest.includes(pattern) : pattern.test(rest);
    hit.set(part, found);
    if (!found) continue;
    rest =
      typeof pattern === 'string'
        ? rest.replaceAll(pattern, '　')
        : rest.replace(new RegExp(pattern.source, `${pattern.flags}g`), '　');
  }
  let best = 0;
  const scores = skus.map((sku) => {
    const score = tokens(sku).filter((part) => hit.get(part) === true).length;
    best = Math.max(best, score);
    return score;
  });
  const full = best < 2 ? [] : namedInFull(text, skus, parts);
  const shared = best === 0 ? onlyShade(text, skus) : skus.filter((_, i) => scores[i] === best);
  const named = full.length > 0 ? full : shared;
  if (best === 0 && named.length > 0) return { skus: named, unknown: false };
  const strange = [...rest.matchAll(COLOUR)].length > 0 || [...rest.matchAll(SIZE)].length > 0;
  const entity = entities.some((e) => (e.kind === 'colour' || e.kind === 'size') && rest.includes(e.text));
  return { skus: named, unknown: strange || entity };
}
