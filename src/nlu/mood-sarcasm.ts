/** Praise that means its opposite, noticed where it is plain. */

/** Praise that the model is so sure of is meant. */
const MEANT = 0.85;
/** Ways of speaking that mock wherever something is wrong, and mostly where nothing is said of it. */
const MOCKING =
  /呵呵+|可真(?:行|会|快|棒|是(?!好)|够|有|能|好意思|贴心|周到|牛)|真(?:会|够|能|敢|有你们的|够可以|可以的?$|可以啊|行啊|好意思|做得出|有意思)|真有你们?的|长(?:了)?见识|开(?:了)?眼(?!角|影)|大开眼界|见识(?:了|到)|不愧是|好一个|好一句|好你个|谢谢(?:你们?|您|贵店|你家)?(?:啊|哈|了)?[,\s]*(?:让|叫|给|把|害)我|(?:感谢|多亏|托).{0,6}(?:让|叫|害|福)我?|您老(?:人家)?|你们?牛|(?:你|你们|贵店|你家)(?:可)?(?:真)?(?:厉害|牛|高|高明|行)(?:啊|呀|!|$)|佩服(?:佩服)?|高(?:,|，|\s)?实在是高|厉害厉害|恭喜你们?|厉害了我的|活久见|绝了(?:真|你|这|啊)|大爷|祖宗|贵人|日理万机|贵店|好(?:大)?的(?:本事|生意|服务)|一绝|拿(?:得)?出手|鼓掌|(?:给|颁).{0,4}(?:奖|锦旗)|送(?:面|个)锦旗|没谁了|叹为观止|有个性|艺术|行为艺术|惊(?:到我)?了|优秀(?:啊|$|!)|真(?:的)?(?:是)?优秀|(?:挺|真|蛮)会(?:做|说|玩|来事|糊弄|推)/;
/** Something is wrong. */
const WRONG =
  /坏|破|烂|碎|裂|漏|空(?:的|盒|包|箱)|旧的?|二手|脏|臭|霉|假|(?<![没不](?:选|买|看|信)?)错(?!过)|掉(?:色|漆|毛|了|渣|皮|钻)|褪|缩水|起球|开(?:线|胶|裂)|抹布|丢(?:脸|人|尽|件)|没(?:人|到|发|收|退|反应|动|回|装|修|有发|信)|不(?:退|认|回|理|管|给|到|亮|能用|响|转|动|见|发)|未发|差|才(?:到|发|回|收|退|给|来|寄)|(?:一|两|三|四|五|六|七|八|九|十|半|几|\d+)个?(?:多)?(?:月|周|礼拜|星期|天|年|小时)(?!无|内|后|前)(?:.{0,6}(?:到|没|了|才|还|还没|就到|发|回))?|蜗牛|乌龟|爬|还没|又(?:是|发|漏|少|坏|来|错|要)|少(?:一|发|了|装|给)|半句|一句|机器人|自动回复|复制|等(?:了|到|死|我)|敷衍|推(?![荐出])|骗|(?<![大洋空香喜福暖客和帅霸语霉服])气(?![质垫泡球候氛色场])|退货|(?:^|[我了都全\s,])白(?=[等跑花买高费忙搭期开折夸信寄来激])|扔|只(?:会|有|剩)|倒闭|关门|睡着|瘸|歪|线头|洞(?!洞)|(?:异|怪|臭|腥|霉|酸|馊|胶|塑料|药|油|股)味|味儿?(?:大|重|冲|道(?:大|重|冲|怪|刺))|慢|变形|尸|连.{1,8}(?:都|也)?不/;
/** What was wrong has been made good, or is weighed against the good. */
const CONCEDED =
  /不过|但是|但(?!愿)|虽然|就是|只是|除了|解决|补(?:发|了|偿)|换(?:了|给)|退(?:了|给|款秒)|修好|本来|原来|以为|担心|没想到|一点(?:都)?(?:没|不)|完全(?:没|不)|也没|都没(?:坏|破|碎|掉|错)|没(?:有)?(?:坏|破|碎|掉|错|裂|漏|色差|异味|味|缩|起|褪|差|毛病|问题)|不(?:掉|褪|起|漏|破|缩|臭|差|错|慢|假|贵|会)|无(?:色差|异味|味)/;
const PRAISE =
  /(?<![不没]|不是|没有?|不太)(?:太好了|真(?:好|棒|行|快|不错|厉害|周到|贴心|准时|漂亮|及时|负责|耐心)|(?:很|好|太|可|挺|超|非常|特别|相当)(?:好|棒|快|周到|贴心|准时|负责|漂亮|厉害|及时|专业|耐心|高级|满意|惊喜|用心|牛|高|强|优秀|走心|神速|开心)|厉害|好得很|棒|优秀|完美|高端|神速|专业|一流|惊喜|感动|满意|赞|牛(?!奶)|爱了|良心|大气|用心)/;

/**
 * True where praise is turned round: a mocking phrase beside a grievance, praise in one breath with something wrong, or
 * mockery in answer to a grievance that was not set right.
 *
 * @param before.praise how sure it is that praise is meant, 0–1
 */
export function isMocking(plain: string, { grievance, praise }: { grievance: boolean; praise: number }): boolean {
  const wrong = WRONG.test(plain);
  const conceded = CONCEDED.test(plain);
  if (grievance && SHORT_PRAISE.test(plain)) return true;
  if (praise >= MEANT) return false;
  if (MOCKING.test(plain) && (wrong || grievance || STRONG.test(plain))) return !conceded || STRONG.test(plain);
  if (conceded) return false;
  return wrong && PRAISE.test(plain) && !ASKING.test(plain);
}

/** Mocks whatever stands around it. */
const STRONG =
  /呵呵.{0,3}(?:你|真|可|行|好)|真有你们?的|可真(?:会|行|够|有你|能|好意思)|谢谢(?:你们?|您|贵店)?(?:啊|哈)?[,\s]*(?:让|叫|害)我|(?:感谢|多亏).{0,6}(?:让|害)我(?:见识|长|白|丢)|长见识|好一个.{2,8}[,\s]|您老人家|(?:行|好)[,\s]*你们?(?:牛|厉害|行|有种)|不愧是.{0,8}(?:连|就|这|不)|真够可以/;
/** Praise or thanks and nothing else: what stands before it tells how it is meant. */
export function isShortPraise(plain: string): boolean {
  return SHORT_PRAISE.test(plain);
}

/** A short word of praise or thanks. */
const SHORT_PRAISE =
  /^(?:哦|噢|行|好|嗯|呵|哇|那)?[,\s]*(?:可|那)?(?:真(?:行|好|棒|不错|会|厉害|可以|周到|有道理|贴心)|谢谢(?:你|您)?(?:哦|啊|哈|了啊|呢|了您嘞)|(?:太)?厉害(?:了|啊)?|牛|佩服|可以[,\s]?(?:可以|啊|的)|好样的|高明|优秀|有道理|说得(?:真|好)好?|好极了|感谢(?:啊|哦)|好的呢|好(?:得|的)很)[!~.。呢啊哦呀\s]*$/;
const ASKING = /(?:吗|么|怎么办|咋办|能不能|可以.{0,6}吗|麻烦|请|帮我|是不是)[?\s]*|谢谢(?:了|啦|亲|哦|哈|!|~|$)/;
