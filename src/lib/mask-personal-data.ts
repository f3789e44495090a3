/** Masks personal data in a text meant for logs, metrics and exports. @see TRAP-15, BT-P4 */

/** Mainland mobile numbers, also written in groups. */
const MOBILE = /(?<!\d)(1[3-9]\d)[\s-]?(\d{4})[\s-]?(\d{4})(?!\d)/g;
/** Bank cards: 16 to 19 digits, perhaps in groups of four. */
const CARD = /(?<!\d)(\d{4})(?:[\s-]?\d{4}){2,3}[\s-]?(\d{1,4})(?!\d)/g;
/** Identity cards: 17 digits and a check character. */
const IDENTITY = /(?<!\d)(\d{3})\d{14}([\dXx])(?!\w)/g;
const EMAIL = /([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+\.[A-Za-z.]{2,})/g;
/** House numbers and flats at the end of an address. */
const HOUSE = /([路街巷道村镇])\s*\d+\s*(?:号|弄)(?:[\d\-号栋幢单元室楼层 ]*)/g;

/** Replaces phone numbers, cards, identity numbers, mail addresses and house numbers by masked forms. */
export function maskPersonalData(text: string): string {
  return text
    .replace(IDENTITY, '$1**************$2')
    .replace(CARD, '$1 **** **** $2')
    .replace(MOBILE, '$1****$3')
    .replace(EMAIL, '$1***@$2')
    .replace(HOUSE, '$1***号');
}
