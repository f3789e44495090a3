import { DAY_MS, offsetMs } from './guard-checks.ts';

/** Language of a wording. */
export type TextLanguage = 'zh-Hans' | 'en';

const CARRIER_NAMES: Readonly<Record<string, string>> = {
  SF: '顺丰',
  STO: '申通',
  ZTO: '中通',
  YTO: '圆通',
  EMS: 'EMS',
  JD: '京东',
  YUNDA: '韵达',
  YD: '韵达',
  JT: '极兔',
  JTSD: '极兔',
  DBL: '德邦',
  POST: '邮政',
};
const CARRIER_NAMES_EN: Readonly<Record<string, string>> = { SF: 'SF Express', JD: 'JD Express', POST: 'China Post' };
const CHANNEL_NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  wangwang: ['聊天窗口', 'this chat'],
  phone: ['电话', 'phone'],
  sms: ['短信', 'text message'],
  wechat: ['微信', 'WeChat'],
  email: ['邮件', 'e-mail'],
};
const MEASURE_NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  heightCm: ['身高', 'height'],
  weightKg: ['体重', 'weight'],
  bustCm: ['胸围', 'bust'],
  chestCm: ['胸围', 'chest'],
  waistCm: ['腰围', 'waist'],
  hipCm: ['臀围', 'hips'],
  footCm: ['脚长', 'foot length'],
  shoulderCm: ['肩宽', 'shoulders'],
  neckCm: ['颈围', 'neck'],
  backCm: ['背长', 'back length'],
  headCm: ['头围', 'head'],
  wristCm: ['手围', 'wrist'],
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A number without needless decimals. */
export function plainNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Yuan as shown to buyers. */
export function yuan(value: number, language: TextLanguage): string {
  return language === 'en' ? `¥${plainNumber(value)}` : `${plainNumber(value)}元`;
}

/** Items in a row: at most `most`, in their order. */
export function row(items: readonly string[], language: TextLanguage, most = 3): string {
  return items.slice(0, most).join(language === 'en' ? ', ' : '、');
}

/** Sentences in a row: at most `most`. */
export function clauses(items: readonly string[], language: TextLanguage, most = 3): string {
  return items
    .slice(0, most)
    .map((item) => item.replace(/[。．.；;，,\s]+$/u, ''))
    .join(language === 'en' ? '; ' : '；');
}

/** Numbered choices: ① … ② …. */
export function numbered(items: readonly string[]): string {
  return items.map((item, i) => `${'①②③④⑤⑥⑦⑧⑨'[i] ?? ''}${item}`).join(' ');
}

/** Name of a carrier by its code. */
export function carrierName(code: string, language: TextLanguage): string {
  return language === 'en' ? (CARRIER_NAMES_EN[code] ?? code) : (CARRIER_NAMES[code] ?? code);
}

/** Name of a contact channel. */
export function channelName(channel: string, language: TextLanguage): string {
  return CHANNEL_NAMES[channel]?.[language === 'en' ? 1 : 0] ?? channel;
}

/** Name of a column of a size table. */
export function measureName(column: string, language: TextLanguage): string {
  return MEASURE_NAMES[column]?.[language === 'en' ? 1 : 0] ?? column.replace(/(Cm|Kg)$/, '');
}

/** Unit of a column of a size table. */
export function measureUnit(column: string, language: TextLanguage): string {
  if (column.endsWith('Kg')) return language === 'en' ? ' kg' : '公斤';
  return column.endsWith('Cm') ? (language === 'en' ? ' cm' : '厘米') : '';
}

function dayWords(shift: number, date: Date, language: TextLanguage): string {
  if (language === 'en') {
    if (shift === 0) return 'today';
    if (shift === 1) return 'tomorrow';
    if (shift === -1) return 'yesterday';
    return `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
  }
  if (shift === 0) return '今天';
  if (shift === 1) return '明天';
  if (shift === -1) return '昨天';
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/** A moment in the shop's zone: 今天18:00, 5月6日09:00. Midnight at the end of a day is its 24:00. */
export function moment(time: string, now: string, language: TextLanguage, withClock = true): string {
  const zone = offsetMs(now);
  let local = Date.parse(time) + zone;
  const midnight = local % DAY_MS === 0;
  if (midnight) local -= 1;
  const today = Math.floor((Date.parse(now) + zone) / DAY_MS);
  const date = new Date(local);
  const day = dayWords(Math.floor(local / DAY_MS) - today, date, language);
  if (!withClock) return day;
  const clock = midnight ? '24:00' : date.toISOString().slice(11, 16);
  return language === 'en' ? `${day} ${clock}` : `${day}${clock}`;
}

const WEEKDAYS = [...'日一二三四五六'].map((day) => `周${day}`);
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A coming moment in the shop's zone: 今天13:00, 明天10:00, 周一（5月10日）10:00, after six days 5月17日10:00. */
export function momentWithWeekday(time: string, now: string, language: TextLanguage): string {
  const zone = offsetMs(now);
  const local = Date.parse(time) + zone;
  const ahead = Math.floor(local / DAY_MS) - Math.floor((Date.parse(now) + zone) / DAY_MS);
  // A week from now the same name of a day means two dates; a midnight belongs to the day before.
  if (ahead < 2 || ahead > 6 || local % DAY_MS === 0) return moment(time, now, language);
  const weekday = new Date(local).getUTCDay();
  const date = moment(time, now, language, false);
  const clock = new Date(local).toISOString().slice(11, 16);
  return language === 'en' ? `${WEEKDAYS_EN[weekday]}, ${date}, ${clock}` : `${WEEKDAYS[weekday]}（${date}）${clock}`;
}

/** A calendar date: 5月10日. */
export function calendarDate(date: string, language: TextLanguage): string {
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return language === 'en' ? `${MONTHS[month - 1]} ${day}` : `${month}月${day}日`;
}
