/** Messages that cannot wait until somebody is back: harm, fire, threats of self-harm, police and press. @see INT-GEN-07 */
import type { EmergencyKind } from '../protocol/on-call.ts';

/** What was understood of the message beside its words. */
export interface EmergencySigns {
  /** The buyer is angry or threatens. */
  isAngry: boolean;
  /** It is about a return, a refund, broken goods or a parcel in trouble. */
  isAfterSale: boolean;
}

/** What was found, and the words that tell of it. */
export interface Emergency {
  kind: EmergencyKind;
  words: string;
}

const PERSON = '孩子|小孩|宝宝|娃|老人|老公|老婆|爸|妈|爷爷|奶奶|女儿|儿子|人';
const BODY = `手(?!机|表|套|链|提|感|工|写|帐|账|柄|电)|脚|腿|脸|头|眼|脖子|嘴|胳膊|腰|背|肉|皮肤|指|肚子|${PERSON}`;
const BLOW = '划|割|戳|扎|刺|砸|烫|烧|夹|摔|磕|撞|弹|勒|炸';
const SWALLOWED = '扣子|纽扣|干燥剂|电池|磁|珠|零件|洗衣液|清洁|防腐|珠子|塑料|玩具|樟脑';
const DEVICE = '杯|玻璃|锅|电池|充电|插|灯|壶|瓶|风扇|取暖|手机|电器|机';

/**
 * What happened to a person. A clause that asks whether it could happen, or wants it prevented, tells of nothing.
 */
const INJURY = [
  /住院|急诊|抢救|救护车|昏迷|昏(过去|倒|死过去)|晕(倒|过去)|休克|窒息|骨折|缝了?.{0,3}针|大出血|流血不止|血(都|也)?止不住|止不住血|流了?(好多|很多|一地|不少)血/,
  /食物中毒|上吐下泻|呼吸(有点|很|非常|都)?困难|(喘|透)不(过|上)(来)?气|差点(没气|没命|死|断气)|头破血流|出人命|送医院|在医院/,
  /(磨|蹭|勒|硌)(得|出|成)?.{0,6}(血泡|出血|流血|破皮|水泡)|(进|溅|喷|弄)(到|进)?(了)?.{0,3}眼睛?(里)?.{0,8}(看不|睁不|疼|痛|红|肿|瞎)|(溅|喷|弄|掉|进)(到|进)?眼睛(里|里面)?了/,
  /(误食|误吞|吞(下|进|了)|咽(下|了)|卡(住|在).{0,3}(喉|嗓)|吞.{0,6}(下去|进去)).{0,10}/,
  new RegExp(`(${SWALLOWED}).{0,3}(吞|咽|吃)(了|下|进)`),
  new RegExp(`(${BLOW})(到|伤|破|断|出|开|肿|起泡|了).{0,8}(${BODY}|血|口子|泡)`),
  new RegExp(`(${BODY}).{0,5}(${BLOW})(到|伤|破|烂|断|肿|出|起|了|掉)`),
  new RegExp(`(${BLOW})(得|的)?.{0,4}(流血|出血|起泡|起水泡|大口子|骨头)`),
  /(?<!防|膏|治)(烫伤|烧伤|灼伤|炸伤|砸伤|弹伤|摔伤|割伤|划伤|刺伤|电伤|受伤)(?!膏|药|贴|喷)/,
  /(起|出|长|冒)(了|满|一身|好多|很多|大片)?(红)?(疹|水泡|水疱)|皮炎|化脓|溃烂|肿(得|了|起来|成)|红肿|过敏(了|反应|严重|得|到)/,
  /(闻|用|喷|吃|喝|涂|穿|戴).{0,12}(头晕|恶心|呕吐|想吐|吐了|拉肚子|中毒)/,
  /\b(in (the )?hospital|at the (hospital|er)|emergency room|chok(ed|ing)|swallow(ed)?|bleeding|unconscious|injured|got (hurt|burned|burnt)|food poisoning|can'?t breathe)\b/,
];

const FIRE = [
  /(?<!打不|点不|烧不|没)(着|起)(了|过|大)?火(?!锅|爆|热|车)|冒(出)?(了|着|白|黑|浓)*烟(?!特效|效果|款|造型|雾)|冒火|自燃|烧(起来|着了|焦|糊|穿|了个洞|坏了)|火花|(焦|糊)味|短路了|熔(了|化|掉)|火灾|消防(车|员|都|队)?.{0,2}来/,
  /漏电|触电|(被|把.{0,4})电(到|了|击|着|麻)|电击/,
  /爆炸(了)?(?!头)|炸(开|飞|了一地)/,
  new RegExp(`(${DEVICE}).{0,8}(炸裂|炸了|鼓包)`),
  /\b(caught fire|on fire|explod(ed|ing)|electric shock|electrocuted|smok(e|ing) (came|coming|out)|started (smoking|burning))\b/,
];

const SELF_HARM = [
  /自杀(?!小队|式|突击|特攻)|不想活|活不下去|活不了了|活着(真|还)?(没|有什么)(意思|意义)|死给你|寻死|轻生|割腕|遗书|喝农药|结束(自己的?)?生命/,
  /(?<![开累笑])想(去)?死(了算了|算了|的心|$)|(?<!要)死在(你|店)|一了百了/,
  /跳(楼|河|江|桥)(?!价|大|甩|清|促|式|处理)|楼上?跳|(?<!心)跳下去/,
  /(吃|吞)了.{0,8}(安眠药|老鼠药)|安眠药.{0,4}(吃|吞)了/,
  /\b(kill myself|suicide|end my life|want to die)\b/,
];

const THREAT = [
  /报(了)?警(?!器|灯|装置|功能|声|铃)|(叫|找|喊)警察|警察.{0,4}(联系|上门|找你|处理|来了)|派出所(?!门口|对面|旁|附近|楼下|隔壁|那边|路)|公安(?!路|局(门口|对面|旁|附近|宿舍))/,
  /起诉|(去|要|会)(法院)?告你|告(死|到|上)|上法(院|庭)|法庭见|法院.{0,3}(见|告|传票)|律师函|(找|请|联系|委托)(了)?律师|律师.{0,4}(联系|找)你/,
  /(打|拨)(了)?12315|12315.{0,6}(投诉|举报|告|见)|消协|消(费者)?委(员)?会|消费者协会|工商(局)?.{0,3}(投诉|举报|见)|(向|去|到|找).{0,2}工商|市场?监(管|督)|(去|已经?|向.{0,6})举报(?!有奖|活动)|举报(你|了)/,
  /曝光(?!度|量|率|过|不足|补偿|时间)|(找|联系|叫|喊|发给|投给)(了|过)?.{0,3}(记者|媒体|电视台)|(记者|电视台).{0,12}(采访你|去你|曝光|找你)|去你们?(公司|店|厂).{0,3}(采访|曝光|拍)|上(新闻|热搜|电视|315)/,
  /(发|挂|传)(到|上|在)?.{0,6}(微博|抖音|小红书|网上|朋友圈|论坛).{0,14}(曝光|让大家|看看|嘴脸|避雷|评理|骂|黑店)|避雷帖|挂(你们|到网上)|把你们.{0,3}(挂|发)(到|上|在).{0,6}(微博|抖音|小红书|网上|朋友圈|论坛)/,
  /砸(了)?(你|店|公司)|堵(你|门|店)|(弄|打|砍)死你|(等着|小心点).{0,4}(收尸|报复)|带人.{0,6}(去|上门|来)/,
  /\b((call|calling|called) the police|sue you|my lawyer|report you to|go to the (press|media|news))\b/,
];

/** "Could it?", "lest it", "against it": nothing has happened. */
const HYPOTHETICAL =
  /会不会|能不能|可不可以|是不是会|(会|有|能|可以|容易).{0,10}(吗|嘛|么|不)$|怕|防|担心|万一|如果|要是|避免|以免|阻燃|有没有(?!人)|什么电话|(could|will|would|does|can) (it|this|they)\b/;

const KINDS: readonly { kind: EmergencyKind; cues: readonly RegExp[]; asksToo: boolean }[] = [
  { kind: 'selfHarm', cues: SELF_HARM, asksToo: true },
  { kind: 'injury', cues: INJURY, asksToo: false },
  { kind: 'fire', cues: FIRE, asksToo: false },
  { kind: 'threat', cues: THREAT, asksToo: true },
];

/** Traditional forms of the characters that the cues use. */
const SIMPLIFIED: Readonly<Record<string, string>> = Object.fromEntries(
  [...'來膚報警電着著燒煙燙傷醫療院過敏腫發網曝訴訟師協會記媒體殺樓藥遺書張頭臉腳誤吞嚥針劃斷裂'].flatMap(
    (from, at) => {
      const to = [...'来肤报警电着着烧烟烫伤医疗院过敏肿发网曝诉讼师协会记媒体杀楼药遗书张头脸脚误吞咽针划断裂'][at];
      return to === undefined || to === from ? [] : [[from, to]];
    },
  ),
);

/** Finds the most urgent emergency of a message; `undefined`: it can wait like any other. */
export function detectEmergency(text: string, { isAngry, isAfterSale }: EmergencySigns): Emergency | undefined {
  const clauses = splitClauses(text);
  // A shock from a sweater is none from a socket.
  const isStatic = text.includes('静电');
  for (const { kind, cues, asksToo } of KINDS) {
    if (kind === 'fire' && isStatic) continue;
    for (const clause of clauses) {
      if (!asksToo && HYPOTHETICAL.test(clause)) continue;
      if (asksToo && /什么(是|电话)|吗$/.test(clause)) continue;
      const found = cues.map((cue) => cue.exec(clause)?.[0]).find((words) => words !== undefined);
      if (found !== undefined) return { kind, words: found };
    }
  }
  return isAngry && isAfterSale ? { kind: 'angryAfterSale', words: '' } : undefined;
}

function splitClauses(text: string): string[] {
  const plain = [...text.normalize('NFKC').toLowerCase()].map((char) => SIMPLIFIED[char] ?? char).join('');
  return plain
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .split(/[,。!?;~\n、]+|(?<=吗)|(?<=么)(?!$)/u)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}
