/** Letters of other alphabets that look like the Latin letter before the colon; lower case where there is one. */
const LETTERS =
  'a:аαɑᴀꭺᗩ b:вʙᏼᗷ c:сᴄꮯᑕ d:ᴅᗪꭰ e:еᴇꭼ f:ꜰ g:ɢꮐ h:нʜꮋ i:іιɪꮖ j:јᴊ k:кκᴋꮶ l:ʟꮮ m:мᴍꮇᗰ n:ɴᑎ o:оοᴏ p:рρᴘꮲᑭ ' +
  'q:ԛꞯᑫ r:ʀᖇ s:ѕꜱꮪ t:тτᴛꭲ u:υᴜᑌ v:ѵνᴠʌꮩᐯꓦᏙ w:ԝωᴡѡꮃꮤᗯꓪ x:хχ᙭ꓫ y:уʏ z:ᴢꮓ';

/** Emoji, variant characters and look-alike letters that people use instead of a character, wherever they stand. */
export const STAND_INS: Readonly<Record<string, string>> = {
  '❤': '心',
  '♥': '心',
  '💗': '心',
  '💕': '心',
  '💖': '心',
  '💓': '心',
  '💙': '心',
  '💚': '心',
  '🧡': '心',
  '💛': '心',
  '💜': '心',
  '🖤': '心',
  '⭐': '星',
  '🌟': '星',
  '★': '星',
  '☆': '星',
  '➕': '+',
  '✚': '+',
  '㊉': '+',
  '✖': 'x',
  '🛰': '卫星',
  '🧧': '红包',
  '🐧': '企鹅',
  '💰': '钱',
  '💵': '钱',
  '💴': '钱',
  '💸': '钱',
  '📞': '电话',
  '📱': '手机',
  '👩': '女',
  帐: '账',
  蕞: '最',
  朂: '最',
  迳: '径',
  発: '发',
  売: '卖',
  価: '价',
  転: '转',
  銭: '钱',
  溦: '微',
  嶶: '微',
  徾: '微',
  㣲: '微',
  壹: '一',
  弌: '一',
  贰: '二',
  弍: '二',
  叁: '三',
  弎: '三',
  柒: '七',
  捌: '八',
  玖: '九',
  佰: '百',
  仟: '千',
  廿: '二十',
  卅: '三十',
  ...Object.fromEntries(
    LETTERS.split(' ').flatMap((row) => Array.from(row.slice(2), (char): [string, string] => [char, row[0]!])),
  ),
};

/** A sign that stands for a character beside certain others, and for itself elsewhere. */
export interface BesideSign {
  readonly as: string;
  /** Judges by the characters before and behind, spaces passed over; empty where there is none. */
  isMeant(before: string, after: string): boolean;
}

const ROMAN = 'ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ';

/** Signs of this kind: 五✨, 👍评, 剩伍件 but 队伍, 今曰, 加√. */
export const BESIDE: ReadonlyMap<string, BesideSign> = new Map<string, BesideSign>([
  ['✨', { as: '星', isMeant: isCounted }],
  ['💫', { as: '星', isMeant: isCounted }],
  ['🌠', { as: '星', isMeant: isCounted }],
  ['👍', { as: '好', isMeant: (_before, after) => after === '评' }],
  ['💯', { as: '百分百', isMeant: (_before, after) => /[正纯真全安放有能会合满退]/.test(after) }],
  ['肆', { as: '四', isMeant: isFigure }],
  ['伍', { as: '五', isMeant: isFigure }],
  ['陆', { as: '六', isMeant: isFigure }],
  ['拾', { as: '十', isMeant: isFigure }],
  ['曰', { as: '日', isMeant: (before) => /[今明次当隔昨]/.test(before) }],
  ['√', { as: 'v', isMeant: isAccount }],
  ['∨', { as: 'v', isMeant: isAccount }],
  ['×', { as: 'x', isMeant: (before, after) => /[vw]/.test(before) && !/\d/.test(after) }],
  ...Array.from(ROMAN, (char, i): [string, BesideSign] => [
    char,
    { as: String(i + 1), isMeant: (_before, after) => /[星元块颗折]/.test(after) },
  ]),
]);

function isCounted(before: string): boolean {
  return /[五伍5满全颗星]/.test(before);
}

function isFigure(before: string, after: string): boolean {
  if (/[收捡队入大着登内上放水]/.test(before)) return false;
  return (
    /[一二两三四五六七八九十百千\d]/.test(before) ||
    /[块元圆毛角件双个套台条只份瓶盒把张天号点分星折枚颗箱斤十百千万]/.test(after)
  );
}

function isAccount(before: string, after: string): boolean {
  return /[信芯心x]/.test(after) || (before === '加' && /[聊我,，。]|^$/.test(after));
}

/** Numbers in circles, brackets and with a full stop: first code point, how many, and the number of the first. */
const NUMBERED: readonly (readonly [number, number, number])[] = [
  [0x2488, 20, 1],
  [0x24eb, 10, 11],
  [0x24f5, 10, 1],
  [0x2776, 10, 1],
  [0x2780, 10, 1],
  [0x278a, 10, 1],
  [0x24ff, 1, 0],
  [0x1f10b, 1, 0],
  [0x1f10c, 1, 0],
];
const BRACKETED = '一二三四五六七八九十';
const BRACKETED_FROM = 0x3220;

/** The number in a circle, in brackets or with a full stop, as digits; `undefined` for anything else. */
export function readNumbered(codePoint: number): string | undefined {
  const bracketed = BRACKETED[codePoint - BRACKETED_FROM];
  if (bracketed !== undefined) return bracketed;
  const row = NUMBERED.find(([from, count]) => codePoint >= from && codePoint < from + count);
  return row === undefined ? undefined : String(codePoint - row[0] + row[2]);
}
