/** How soon the buyer wants it: now, by a moment or with haste, or no matter. */
import type { MOODS, URGENCIES } from '../protocol/turn.ts';

const NOW =
  /马上(?!有|就?(?:要)?换季|到期)|立刻|立即|立马|现在就|赶紧|赶快|火速|急{2,}|急死|速(?:速|回|退|来|办)|在线等|快(?:帮|给|快|拦|取消|停|回|说)|(?:今晚|今天|分钟|小时内?|一会)(?:之?内)?.{0,6}(?:必须|不.{0,8}(?:就|直接)|之前不)|分钟.{0,4}不|等不(?:了|起|及)|冒烟|着火|起火|漏电|触电|爆炸|很急|真的?急|十万火急|刚刚?(?:下|拍|写|填|买|付)错|来不及了|asap|urgent|right now|immediately|还没(?:回|好)|人呢|速度/;
const SOON =
  /尽快|尽早|早点|早些|抓紧|快点|快些|快一点|加急|急(?:用|需|着|等)|比较急|有点急|有些急|赶(?:时间|得上|得及|在|飞机|火车|车|着)|来得及|着急|(?:最晚|最迟|务必|一定|必须).{0,8}(?:到|发|寄|收到|前)|(?:\d+|[一二三四五六七八九十]+)(?:号|日|月\d*)(?:之?前|前).{0,6}(?:到|收|能|要)|(?:明|后|大后)(?:天|早|晚|日)?.{0,8}(?:要用|要穿|就要|出差|结婚|出发|走|用|婚礼|生日|考试|上台|面试|要(?!不))|(?:周|星期|礼拜)(?:[一二三四五六日天末])(?:就|前|之前)?.{0,6}(?:要用|要穿|用|结婚|出差|出发|办|走|生日)|(?:周末|月底|节前|年前|过年前|生日前|婚礼前|开学前).{0,6}(?:到|要|用|能|穿|收)|等着(?:用|穿)|能快/;
const PUSHED = /[?!]{2,}|!|催|快(?:点|些|退|发)|有完没完/;

/** Reads the urgency of a plain text beside its mood: who is out of patience wants it now unless a day is named. */
export function readUrgency(plain: string, mood: (typeof MOODS)[number]): (typeof URGENCIES)[number] {
  const byDay = SOON.test(plain) && DAY.test(plain);
  if (NOW.test(plain) && !byDay) return 'now';
  if (mood === 'impatient') return byDay ? 'soon' : 'now';
  if (mood === 'angry' && PUSHED.test(plain)) return 'now';
  return SOON.test(plain) ? 'soon' : 'none';
}

const DAY = /(?:明|后)(?:天|早|晚)|周[一二三四五六日末天]|星期|礼拜[一二三四五六天]|月底|\d+号|节前|年前|生日|婚礼/;
