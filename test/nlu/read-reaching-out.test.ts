/** What the desk sends unasked, told from its answers. */
import { describe, expect, test } from 'vitest';
import { isReachingOut, isReplyCode } from '../../src/nlu/read-reaching-out.ts';

describe('a line of the desk', () => {
  test.each([
    '亲，您拍下的保温杯还没付款哦',
    '您的订单会在今晚八点由平台自动关闭，还想要的话记得付一下',
    '上次看的台灯考虑得怎么样啦',
    '会员日全场五折，快来逛逛',
    '週年慶全館七折，快來看看',
    '冬靴上新啦，点链接领券，回T退订',
    '好久没聊啦，上回的锅还好用吧',
    '收到货的话方便时评一评',
  ])('reaches out: %s', (line) => expect(isReachingOut(line)).toBe(true));

  test.each([
    '这款是纯棉的，夏天穿也不闷',
    '需要帮您配个礼盒吗？',
    '抱歉，这个颜色没货了',
    '这边默认发顺丰',
    '这款新品不议价哦',
    '好的，马上为您退订推送',
  ])('answers: %s', (line) => expect(isReachingOut(line)).toBe(false));
});

describe('the word that ends such lines', () => {
  test.each([
    ['T', '秋被第二件半价，回T退订'],
    ['r', '被套八折，拒收请回复R'],
    ['“N”', '五折起，回复“N”取消'],
    ['回0000', '满减开抢，退订回0000'],
  ])('%s answers %s', (text, line) => expect(isReplyCode(text, line)).toBe(true));

  test.each([
    ['T', '您要T恤还是衬衫'],
    ['R', '秋被第二件半价，回T退订'],
    ['T恤多少钱', '秋被第二件半价，回T退订'],
  ])('%s does not answer %s', (text, line) => expect(isReplyCode(text, line)).toBe(false));
});
