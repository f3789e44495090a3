import type { Turn } from '../protocol/turn.ts';
import { QUESTION } from './cues.ts';

/**
 * Where the matter of an invoice stands with this message.
 *
 * `none` no invoice is spoken of · `wished` the buyer wants one, or asks whether and when · `given` the buyer hands over
 * its data · `replaced` hands over what is right in place of what is not · `corrected` one is to be changed or issued again · `running` the desk has it in work, or it is issued ·
 * `asked` a question of its own: its kind, its sheets, where to find it
 */
export type InvoiceStage = 'none' | 'wished' | 'given' | 'replaced' | 'corrected' | 'running' | 'asked';

/** Names an invoice or its data. */
export const INVOICE = /发票|开具|专票|普票|电子票|纸质票|税号|税票|抬头|台头|开票|换开|个人票|识别号|增票|开公司/;
const VALUES =
  /(抬头|名称|单位|公司名?(字|称)?|税\s*号|识别号|信用代码|邮箱|开户行|账\s*号|帐号|银行账号)\s*(是|为|[:：])?\s*(\[|[\dA-Z]{6,}|\S{4,}公司)|(抬头|名称|公司名(字|称)?)\s*[:：]|有限公司|\S@\S|组织机构x/i;
const CHANGES =
  /换开|重(新)?开|改(成|一?下|为|抬头|公司|名)|(修改|更改|变更).{0,4}(发票|抬头|税号)?|(写|开|填|选|弄)错|错了|开成|不要(开)?明细|个人(票|的|发票)|换(成|个)?(公司|专票|抬头|普票|电子|增值税)|抬头.{0,6}(不对|错|写着)/;
const RUNNING =
  /(审核|资质).{0,12}(工作日|通过)|(已经?|帮您|给您|为您).{0,8}(申请|提交|开具|换开|登记|修改|备注|联系财务|催)|(工作日|小时).{0,8}(开|寄|修改|短信|告知|生成)|短信.{0,6}(告|通知)|(开具|寄出|换开|修改)(了|后|完成)|已开|自动开具|耐心等|完成后.{0,8}(开|修改|申请)/;
const ISSUED =
  /(已经?|都)(开|寄|填|选|提供|提交|输入|上传)(择|入)?(了|好|出|过)?|(填|输入)(过|了)|报不了|寄(出|过来|来|没|到|不)|开(出来|好了|过了)|收到.{0,4}(发票|票)|催|查(一?下|看).{0,6}(发票|票)/;
const ASKS_WHERE = /哪(里|儿|填|下载|打印|看|开)|怎么(填|下载|打印|看|改|报|弄|开的|回事|保险|操作)|打印|下载/;
const ASKS_KIND =
  /纸质|电子|(专票|普票|增值税|专用|明细|类目|类别).{0,6}(吗|么|吧|还是|可以|呢|不|[?？])|还是.{0,6}(票|发票)|什么(类型|票)/;
const ASKS_SHEETS = /(同|几|两|分|合)(一)?(张|份|单)|一(张|份)(上|里|吗|还是)|分开|一起开|合(并|在)|开在/;
const ASKS_ELSE =
  /税点|审核|资质|保障|保险|退票|作废|第三方|升级|取消|时间规定|电话|地址|找不到|看不到|查不到|问题|咨询|不(需要|要|用)(专票|发票|纸)/;
/** Says of what is there that it is to be another, before the data come. */
const WANTS_CHANGED = /^.{0,10}(都|全|也)?(要|想|得|需要)改(一?下|了|的)?[。.!！~～]*$/;
/** The desk said that it cannot be changed or issued. */
const REFUSED = /(无法|不能|没法|不可以|不支持).{0,8}(换|修改|更改|开|改)/;
const ASKS_WHEN = /多久|什么时候|啥时|何时|几(天|时|号)|多长时间/;

/** The desk asks for the data of an invoice. */
const ASKS_DATA =
  /(抬头|税号|邮箱).{0,8}(给|发|提供|告诉|报|填|是|呢|[?？])|(给|发|提供|告诉|报).{0,8}(抬头|税号|邮箱)/;
/** The buyer has handed in what the desk is to check, or says that the desk has it. */
const HANDED_IN =
  /(信息|资料|资质).{0,6}(刚|已经?|都|才)?(提供|提交|上传|审核|有)|(刚|已经?|都)(提供|提交|上传).{0,6}(信息|资料|资质)|(还)?没.{0,3}审核/;
/** Nothing but the thing's name. */
const BARE_NOUN = /^(电子|纸质)?(发票|专票|普票)[。.!！~～]*$/;
/** Says whom the invoice is for, or where it goes. */
const NAMES_PAYER =
  /^(我?(要|开))?个?(普票|专票|(电子|纸质)(的|票|发票|版)?)(就(行|好|可以)|即可)?$|^(就|是|开|写|开给|抬头)?个人|.{4,}(公司|厂|店|院|校|小学|中学|大学|幼儿园|局|所|中心|协会|银行|集团)$|(抬头|台头|单位|名称)\s*(是|为|写|开)?[\s:：]*(?!税|和|发)[\u4e00-\u9fff]{4,}|@|[\dA-Z]{8,}/i;

/** The desk's last turn asks for the data of an invoice. */
function wantsData(history: readonly Turn[]): boolean {
  return ASKS_DATA.test(history.findLast(({ from }) => from === 'agent')?.text ?? '');
}

/** Turns before a message that its topic is taken from. */
export const TURNS_OF_TOPIC = 4;
/** A question this short only asks for an invoice. */
const SHORT_WISH = 7;
/** Turns in which a matter that the desk has in work is still the same. */
const TURNS_OF_MATTER = 12;

function spokenOf(words: RegExp, history: readonly Turn[], turns = TURNS_OF_TOPIC): boolean {
  return history.slice(-turns).some(({ text }) => words.test(text));
}

/** The buyer has said it among the turns that a topic is taken from. */
export function buyerSpokeOf(words: RegExp, history: readonly Turn[]): boolean {
  return history.slice(-TURNS_OF_TOPIC).some(({ from, text }) => from === 'buyer' && words.test(text));
}

/** Reads the stage of the invoice matter. @see SCR-48, TRAP-03 */
export function readInvoiceStage(message: string, history: readonly Turn[]): InvoiceStage {
  const names = INVOICE.test(message) || /报销.{2}|.{2}报销/.test(message);
  if (!names && !spokenOf(INVOICE, history)) return 'none';
  const deskSaid = history.filter(({ from }) => from === 'agent').map(({ text }) => text);
  const asks = QUESTION.test(message) || /[吧啵][?？。]?$|能否|可否|是否/.test(message.trim());
  const begun = deskSaid.some((text) => INVOICE.test(text));
  const corrects =
    history.some(({ from, text }) => from === 'buyer' && INVOICE.test(text) && CHANGES.test(text)) ||
    buyerSpokeOf(WANTS_CHANGED, history);
  const given =
    !asks && (VALUES.test(message) || (wantsData(history) && NAMES_PAYER.test(message) && !CHANGES.test(message)));
  const gaveBefore = buyerSpokeOf(VALUES, history);
  if (deskSaid.some((text) => RUNNING.test(text)) && spokenOf(INVOICE, history, TURNS_OF_MATTER)) return 'running';
  if (!given && (HANDED_IN.test(message) || buyerSpokeOf(HANDED_IN, history))) return 'running';
  if (given) return (corrects && !/开(专|普)票/.test(message)) || CHANGES.test(message) ? 'replaced' : 'given';
  if (begun && deskSaid.some((text) => REFUSED.test(text))) return 'running';
  if (CHANGES.test(message)) {
    if (ASKS_SHEETS.test(message) || ASKS_WHEN.test(message)) return 'asked';
    if (gaveBefore) return 'replaced';
    // Once the desk has taken the correction up, only the data themselves carry it on.
    return begun || (corrects && deskSaid.length > 0 && !isNew(deskSaid)) ? 'running' : 'corrected';
  }
  // A word typed anew in the middle of a talk mends the line before it.
  if (BARE_NOUN.test(message.trim()) && deskSaid.length > 0 && !isNew(deskSaid)) return 'running';
  if (asksOfItsOwn(message, { asks, begun, names, deskSpoke: deskSaid.length > 0 })) return 'asked';
  if (ISSUED.test(message) || begun) return 'running';
  if (corrects) return isNew(deskSaid) && !gaveBefore ? 'corrected' : 'running';
  return names ? 'wished' : 'none';
}

/** The desk has only greeted, or asked which order it is. */
function isNew(deskSaid: readonly string[]): boolean {
  return deskSaid.every((text) => /什么(问题)?.{0,8}(帮|处理)|您好|在的|订单(编)?号|哪.{0,3}订单/.test(text));
}

interface Asking {
  readonly asks: boolean;
  readonly begun: boolean;
  readonly names: boolean;
  readonly deskSpoke: boolean;
}

/** A question about an invoice that its card does not answer. */
function asksOfItsOwn(message: string, { asks, begun, names, deskSpoke }: Asking): boolean {
  if (ASKS_WHERE.test(message) || ASKS_SHEETS.test(message) || ASKS_ELSE.test(message)) return true;
  if (/^还是/.test(message) || (!names && begun)) return true;
  if (ASKS_KIND.test(message) && (begun || (asks && /纸质|电子|明细|类目|还是/.test(message)))) return true;
  const more = begun || message.trim().length > SHORT_WISH;
  return deskSpoke && more && asks && !/(可以|能|帮).{0,8}开/.test(message);
}

/**
 * Where a return or exchange stands with this message.
 *
 * `none` none is spoken of · `terms` whether, how long and under what conditions · `decided` the buyer wants to give it
 * back · `steps` how or where to apply · `applied` it is applied for or under way
 */
export type ReturnStage = 'none' | 'terms' | 'decided' | 'steps' | 'applied';

const RETURN =
  /退(货|换|掉|了|回|款|钱|一台|的)|换货|想退|要退|退吧|能退|可退|包退|售后|换(一|个|台|新|大|小)|返修|无理由/;
const TERMS =
  /(能|可以|可|支持|给)(不能|不可以|不可)?.{0,8}(退|换)(货|掉|换|回|的)?.{0,4}([吗么嘛呢]|[不没吧][?？。]?$|[?？])|(退|换)(货|掉|了)?(可以|行|能)?(吗|么|不(?!了))|(几|多少|多)(天|久|时间).{0,6}(退|换)|(退|换)(货|换)?.{0,6}(条件|规则|政策|期限|要求|规定|几天|多久内|来得及)|无理由|包退|(不|没).{0,6}(合适|喜欢|满意|好).{0,6}(退|换)|延长|自动确认/;
const STEPS =
  /(怎么|如何|咋|在哪|哪里|哪儿).{0,8}(退|换|申请|操作|提交|办)|(退|换|售后|申请).{0,8}(流程|步骤|怎么|在哪|哪里|入口)|不(知道|会).{0,6}(退|申请)/;
const APPLIED =
  /(已经?|刚|都|之前|前(天|几天)|昨天|一开始|我).{0,4}(申请|提交|退|寄|换)(过|了|的|好|完)|申请(过|了)|提交(过|了)|(退|换)(货|款)?(申请|记录|单|进度)|退(货|款|回)了|取件|退款.{0,6}(到|没|审核|多久|什么时候)|寄(回|走|出)(去)?了|还没(退|审核)|不退(货)?了/;
const DECIDES =
  /(我|就|那|先|直接|想|要|给我|帮我|申请).{0,6}(退|换)(货|款|掉|了|换|吧|一|个|的|$)|(退|换)(货|掉|了)?吧|^(退货|换货|退款|退)$|申请(一下)?(售后|退|换)|(算了|还是).{0,3}退|不想要了|要退/;

/** What looks like a question of terms, and is one of progress or a wish. */
const NO_TERMS =
  /(申请|提交)(了|过)|刚(才)?(申请|提交)|到账|退款.{0,4}(什么|多久|几|没)|尽快|帮(忙|我).{0,4}(退|换)|换(开|整|地址|电话)/;

/** Reads the stage of the return matter. @see SCR-102, SCR-104 */
export function readReturnStage(message: string, history: readonly Turn[]): ReturnStage {
  if (
    !RETURN.test(message) &&
    !TERMS.test(message) &&
    !(/不想?要|申请|操作|提交/.test(message) && spokenOf(RETURN, history))
  ) {
    return 'none';
  }
  if (TERMS.test(message) && !NO_TERMS.test(message)) return 'terms';
  if (STEPS.test(message) && !/(申请|提交)(了|过)/.test(message)) return 'steps';
  if (APPLIED.test(message)) return 'applied';
  return DECIDES.test(message) && !/(就|都|才)(给)?退了[，,]/.test(message) ? 'decided' : 'none';
}
