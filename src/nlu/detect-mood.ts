import type { MOODS } from '../protocol/turn.ts';
import { toSimplified } from './convert-script.ts';

/** Mood of a message. */
export type Mood = (typeof MOODS)[number];

/** A threat names something the buyer will do against the shop. */
const THREAT =
  /(?:不|再).{0,12}(?:就|我).{0,4}(?:差评|投诉|举报|曝光|报警|起诉)|(?:给|打|写|等着).{0,6}(?:差评|一星)|(?:要|去|准备|马上|直接).{0,4}(?:投诉|举报|起诉|曝光)|12315|消协|工商局|法院见|差评伺候|挂(?:你们?|到?网上)/;
const INSULT =
  /骗子|骗人|坑人|坑爹|垃圾|混蛋|王八|傻[逼子bx]|煞笔|他妈|妈的|卧槽|滚|有病|脑残|不要脸|无耻|黑店|黑心|恶心|气死|气炸|太过分|欺负人|忽悠|糊弄|耍我|耍人|当.{0,4}(?:傻子|猴)|什么态度|什么破|什么玩意|什么鬼|破店|缺德|良心被|(?:太|真|好|超)(?:差劲|生气|恼火|无语)|火大|受够|忍无可忍|服了你|无语/;
/** Praise that is turned round by what follows is sarcasm. */
const SARCASM =
  /(?:真行|真棒|真厉害|可真(?:快|好|会)|呵呵|好样的|真有你们的|佩服|真是.{0,3}(?:周到|贴心)).{0,16}(?:[!?]|啊|呀|哈|$)/;
const SARCASM_TURN = /呵呵|等了.{0,5}(?:天|周|月)|还没|都没|没人|才|破|坏|烂|骗|又/;
const IMPATIENT =
  /快点|赶紧|赶快|尽快|抓紧|麻溜|急死|急用|着急|等不及|急需|催|怎么(?:还[没不在]|这么慢)|还没(?:发|到|退|好|人|处理|回)|到底|多久了|等了.{0,6}(?:天|周|月|小时|半天|好久)|都.{0,4}(?:几|多少|\d+|[一二三四五六七八九十两半]+)(?:天|个月|周|星期|小时)了|人呢|没人(?:理|回|吗|管)|(?:怎么|咋)(?:不|没)(?:回|理|人)|能不能快|快(?:一)?些|回(?:话|我)(?:啊|呀)|在不在(?:啊|呀)|[?!]{2,}/;
const HESITANT =
  /再看看|再想想|考虑|犹豫|纠结|拿不定|不确定|不知道(?:该|要不要|选|买)|怕(?:不|买|会)|担心|要不要|会不会|有点贵|不太(?:敢|放心|想)|算了吧|下次|等等再|比较一?下|商量/;
const HAPPY =
  /谢谢|感谢|谢啦|多谢|3q|thank|太好了|太棒|真好|很好|不错|满意|喜欢|开心|哈哈|嘻嘻|给力|好看|漂亮|辛苦|棒棒|点赞|爱了|惊喜|[😊😄😁😍🥰👍❤🌹😘]/u;
const NEGATED_PRAISE =
  /不(?:太|是很|怎么|够)?(?:好|满意|喜欢|好看|漂亮|开心)|没.{0,2}(?:惊喜|好看)|(?:好看|不错|漂亮|满意)(?:吗|么|不|没)/;
const ANGRY_SIGN = /[😡🤬😤👎💢]/u;

/**
 * Reads the mood of a message: a threat before an insult, an insult before impatience.
 *
 * A rule set, so it is silent where nothing is said plainly: the rest is calm.
 */
export function detectMood(text: string): Mood {
  const plain = toSimplified(text).toLowerCase().replaceAll('？', '?').replaceAll('！', '!');
  if (THREAT.test(plain)) return 'threatening';
  if (INSULT.test(plain) || ANGRY_SIGN.test(text) || isSarcastic(plain)) return 'angry';
  if (IMPATIENT.test(plain)) return 'impatient';
  if (HESITANT.test(plain)) return 'hesitant';
  if (HAPPY.test(plain) && !NEGATED_PRAISE.test(plain)) return 'happy';
  return 'calm';
}

function isSarcastic(text: string): boolean {
  return SARCASM.test(text) && SARCASM_TURN.test(text);
}
