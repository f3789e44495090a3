/** Whether a person should take over, and why. @see INT-GEN-07 @see INT-GEN-08 @see INT-REL-03 */
import type { HUMAN_REASONS } from '../protocol/turn.ts';
import { isSame, type MoodReading, type MoodSituation } from './detect-mood.ts';
import { toPlain } from './mood-words.ts';

/** Why a person is needed. */
export type HumanReason = (typeof HUMAN_REASONS)[number];

const PERSON =
  '(?:人工(?:客服|服务)?|真人|活人|店长|主管|经理|领导|老板|负责人|管事的?|上级|头儿?|能(?:做主|拍板)的|说了算的|客服人员|人)';
const ASKS = new RegExp(
  `(?:转(?:接)?|接|切换?到?|(?<!怎么)换(?:个|成|一个)?|叫|喊|找(?:一?下|个)?|来(?:个|一个|位)?|要|呼叫)(?:你们?|您|一?下|我|到|为|见)?(?:的|家|店)?(?:个|位|一个|一?下)?(?:${PERSON.replace('|人)', '|人来|人跟|人处理|人说|人接|人聊|人回)')})|(?:转|要|需要|呼叫|切)人工|人工人工|^人工(?:客服|服务)?[\\s!?~]*$|(?:跟|和|同|与)(?:真|活)?人(?:聊|说|沟通|谈|对话|讲)|(?:不要|别|不想|不跟|烦).{0,5}(?:机器人?|自动回复|智能客服|ai)|有没有(?:管事|能做主|活人|真人|负责)|(?:你)?是(?:不是)?(?:真人|机器人|人工|ai|自动回复)(?:吗|还是|啊|吧|\\?|$)|(?:小|阿)[\\p{Script=Han}](?:在不在|在吗|在么)|(?:找|要找|我找)(?:一?下)?(?:小|阿)[\\p{Script=Han}]|(?:上次|之前|昨天|刚才|刚刚)(?:那个|那位|跟我|接待|给我).{0,8}(?:客服|小姐姐|小哥|小妹|美女|帅哥|人).{0,4}(?:在|呢|找|吗)|talk to (?:a )?(?:human|person|someone|agent)|real person|human (?:agent|please)`,
  'u',
);
const PERSONS = /人工|真人|活人|机器人|店长|主管|经理|领导|老板|管事|human|person/;
const ABOUT_HOURS = /人工(?:客服|服务)?(?:是|的)?(?:几点|什么时候|时间|上班|在线时间|电话)|几点(?:上班|下班)/;

const HARM =
  /过敏(?:了|反应)|(?:起|长|冒)(?:了|一身|一脸|满|好多|很多|小)?.{0,3}(?:疹|红点|红疙瘩|疙瘩|水泡|红包块)|红肿|又红又痒|(?:脸|皮肤|眼睛?|嘴|手|身上|宝宝|孩子|娃).{0,6}(?:肿了|烂了|起皮了|刺痛|火辣|痒得|发红|烧伤|灼)|(?:划|割|扎|刺|烫|砸|夹|烧|咬)(?:伤|到|破|流血)(?!.{0,3}(?:吗|会))|流血|受伤|中毒|食物中毒|拉肚子|(?:肚子|胃)(?:疼|痛)|上吐下泻|吐了|住院|医院|急诊了?看|医生说|冒烟|着火|起火|烧起来|烧焦|短路了|漏电|触电|电(?:到|了)我|(?:电池|充电器|插头|手机|锅|杯子?|玻璃).{0,4}(?:炸了|爆了|爆炸|自爆)|爆炸了|误食|噎/;
const HARM_ASKED =
  /会不会|会.{0,6}(?:吗|么)|容易.{0,6}(?:吗|么)|防|能不能用|适合|(?:会|怕).{0,6}过敏|以前|之前用(?:别|其他)|医院(?:用|款|同款|发票|地址|附近|收)|送(?:到)?.{0,4}医院|护士|医生(?:穿|用|服)/;

const IN_CIRCLES =
  /答非所问|驴唇|牛头不对|不是(?:这个|那个|问这个)|我(?:问|说)的(?:是|不是)|所以我问|没(?:回答|听懂|看懂|明白).{0,4}(?:我|问题)|(?:说|问|讲|回)了(?:多少|好几|几|n|三|四|五|无数|八百).{0,2}(?:遍|次)|(?:一直|老|总|全|都)(?:是|在)?(?:机器|自动|复制|同一句|这句|重复)|重复(?:问|说|这)|绕(?:来绕去|圈)|又(?:要|得)?(?:重新|从头)(?:说|讲)|换了?.{0,3}(?:个|几个)客服|没解决|解决不了/;

/** Complaints about goods or parcels in hand. */
const COMPLAINTS = [
  'INT-AS-02',
  'INT-AS-03',
  'INT-AS-04',
  'INT-AS-06',
  'INT-AS-07',
  'INT-AS-09',
  'INT-AS-11',
  'INT-LOG-04',
];
/** An unanswered complaint may wait so long. @see INT-REL-03 */
const COMPLAINT_WAIT_MS = 5 * 60_000;
/** The same question this often, not answered, goes in circles. */
const ASKED_BEFORE = 2;

/** The reason why a person should take over, if there is one. */
export function needHuman(
  text: string,
  { mood, sarcasm }: MoodReading,
  situation: MoodSituation,
  orderState?: string,
): HumanReason | undefined {
  const plain = toPlain(text);
  if (HARM.test(plain) && !HARM_ASKED.test(plain)) return 'harm';
  if (mood === 'threatening') return 'threat';
  if (asksForPerson(plain, situation)) return 'asked';
  if (mood === 'angry' || (sarcasm && mood !== 'calm')) return 'anger';
  if (goesInCircles(plain, mood, situation)) return 'circles';
  return isDissatisfied(mood, situation, orderState) ? 'dissatisfied' : undefined;
}

function asksForPerson(plain: string, { chanceOf }: MoodSituation): boolean {
  if (ABOUT_HOURS.test(plain)) return false;
  return ASKS.test(plain) || (chanceOf !== undefined && chanceOf('INT-GEN-08') >= 0.6 && PERSONS.test(plain));
}

function goesInCircles(plain: string, mood: string, { prev }: MoodSituation): boolean {
  if (prev.length === 0) return false;
  const asked = prev.filter(({ from, text }) => from === 'buyer' && isSame(toPlain(text), plain)).length;
  const byMachine = prev.some(({ from }) => from === 'auto');
  const answered = prev.some(({ from }) => from !== 'buyer');
  if (answered && asked >= ASKED_BEFORE) return true;
  if (byMachine && (asked > 0 || IN_CIRCLES.test(plain))) return true;
  return mood === 'impatient' && answered && IN_CIRCLES.test(plain);
}

/** Signs of dissatisfaction after signing: impatient, or a complaint that was left waiting. @see INT-REL-03 */
function isDissatisfied(mood: string, { chanceOf, waitedMs, prev }: MoodSituation, orderState?: string): boolean {
  if (orderState !== 'signed' && orderState !== 'completed') return false;
  const complains = chanceOf !== undefined && COMPLAINTS.reduce((sum, intent) => sum + chanceOf(intent), 0) >= 0.5;
  if (mood === 'impatient' && complains) return true;
  const leftWaiting = waitedMs !== undefined && waitedMs >= COMPLAINT_WAIT_MS && prev.at(-1)?.from === 'buyer';
  return leftWaiting && (complains || mood === 'impatient');
}
