import type { Entity } from '../../protocol/turn.ts';
import { findMatches } from './find-matches.ts';

const REGION =
  '北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门';
const NAME = '[一-龥A-Za-z0-9]';
/** Region, city, district, street, number: at least two steps, the last one a street, an estate, a house or a district. */
const FULL = new RegExp(
  `(?<span>(?:(?:${REGION})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?\\s*|(?<=^|[\\s,，。:：到为成是址去])(?![发寄送改换到在收])[一-龥]{2,4}市\\s*(?=[一-龥]{1,6}[区县市]))(?:${NAME}{1,8}?(?:市|州|盟|地区)\\s*)?(?:${NAME}{1,8}?(?:区|县|旗|市)\\s*)?(?:${NAME}{1,10}?(?:镇|乡|街道)\\s*)?(?:${NAME}{1,14}?(?:大道|路|街|巷|弄|胡同|村|小区|花园|苑|城|园区|广场|大厦|学院|大学|中学|小学|医院|公司)\\s*)*(?:${NAME}{0,6}?(?:号(?:楼|院)?|栋|幢|座|单元|室|层|楼)\\s*-?)*(?:\\d{1,4}(?!\\d)(?:-\\d{1,4})*(?:室|号|房)?)?)`,
  'g',
);
const LOCAL = new RegExp(
  `(?:(?:地址)?(?:改成|改到|改为|换成|换到|寄到|寄去|送到|发到|送去|收货|住在?|在)|地址)[:：是]?\\s*(?<span>(?:${NAME}{2,7}?(?:市|区|县)\\s*)?(?:${NAME}{1,8}?(?:镇|乡|街道)\\s*)?${NAME}{1,12}?(?:大道|路|街|巷|弄|胡同|村|小区|花园|苑|园区|广场|大厦|学院|大学|中学|小学|医院)\\s*(?:${NAME}{0,6}?(?:号(?:楼|院)?|栋|幢|座|单元|室|层|楼)\\s*-?)*(?:\\d{1,4}(?!\\d)(?:-\\d{1,4})*(?:室|号|房)?)?)`,
  'g',
);
const STEPS = /省|市|区|县|镇|乡|街道|大道|路|街|巷|弄|村|小区|花园|苑|广场|大厦|号|栋|幢|单元|室|大学|医院/g;

/** Addresses, from a region or after words that lead to one; the normal form has no blanks. */
export function extractAddresses(text: string): Entity[] {
  const compact = (_: unknown, match: string): string | undefined => {
    const address = match.replace(/\s+/g, '');
    return (address.match(STEPS)?.length ?? 0) >= 2 ? address : undefined;
  };
  return [...findMatches(text, FULL, 'address', compact), ...findMatches(text, LOCAL, 'address', compact)].map(
    (entity) => {
      const trimmed = entity.text.trimEnd();
      return { ...entity, text: trimmed, to: entity.from + trimmed.length };
    },
  );
}
