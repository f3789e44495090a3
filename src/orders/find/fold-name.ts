import { pinyin } from 'pinyin-pro';

const HAN = /^\p{Script=Han}$/u;
const sounds = new Map<string, string>();
const KNOWN_LIMIT = 20_000;

/** A text as names are compared: full-width letters folded, small, without spaces; a mark stands for punctuation. */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '|');
}

/** Whether a character is Chinese. */
export function isHan(char: string): boolean {
  return HAN.test(char);
}

/** Sound of a Chinese character without its tone, zh as z and so on; empty for anything else. */
export function soundOf(char: string): string {
  let sound = sounds.get(char);
  if (sound === undefined) {
    sound = isHan(char) ? flatten(pinyin(char, { toneType: 'none', v: true })) : '';
    if (sounds.size < KNOWN_LIMIT) sounds.set(char, sound);
  }
  return sound;
}

/** Letters as those type them who mix up zh and z. */
export function flatten(letters: string): string {
  return letters.replace(/([zcs])h/g, '$1');
}

/** Words of listings that name no product: whom, when and how good. */
const DECOR = [
  '男女款',
  '大容量',
  '情侣款',
  '旗舰店',
  '三双装',
  '男女',
  '男款',
  '女款',
  '男士',
  '女士',
  '男式',
  '女式',
  '新款',
  '同款',
  '款式',
  '春秋',
  '春夏',
  '秋冬',
  '春季',
  '夏季',
  '秋季',
  '冬季',
  '夏天',
  '冬天',
  '四季',
  '加厚',
  '加绒',
  '加大',
  '加长',
  '户外',
  '室内',
  '家用',
  '便携',
  '防水',
  '防雨',
  '防风',
  '防晒',
  '透气',
  '轻便',
  '轻薄',
  '保暖',
  '宽松',
  '修身',
  '百搭',
  '显瘦',
  '大码',
  '小码',
  '学生',
  '儿童',
  '成人',
  '双人',
  '单人',
  '正品',
  '官方',
  '包邮',
  '特价',
  '现货',
  '专柜',
  '品牌',
  '高级',
  '简约',
  '时尚',
  '休闲',
  '运动',
  '一对',
  '一套',
  '套装',
  '全套',
  '礼盒',
  '送礼',
  '颜色',
  '尺码',
  '黑色',
  '白色',
  '灰色',
  '红色',
  '蓝色',
  '绿色',
  '粉色',
  '米色',
  '卡其',
];
const DECOR_WORDS = new RegExp(DECOR.sort((a, b) => b.length - a.length).join('|'), 'g');

/** What is left of a name without the decoration of a listing. */
export function withoutDecor(name: string): string {
  return name.replace(DECOR_WORDS, '').replaceAll('|', '');
}
