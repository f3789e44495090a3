import { describe, expect, it } from 'vitest';
import {
  deniesReturn,
  isBoughtElsewhere,
  isInDanger,
  isJoking,
  isPleased,
  unmeantIntents,
} from '../../src/suggestions/read-voice.ts';

describe('danger', () => {
  it.each([
    '骗子！钱收了不发货',
    '我要投诉你们',
    '不处理就给差评',
    '我老公说要投诉你们',
    '用了脸过敏了',
    '充着充着冒烟了',
    '娃被烫伤了',
    '新闻说会爆炸 我这个昨天就冒烟了',
    '已经找律师了',
    '你们就是骗子店',
  ])('%s', (message) => expect(isInDanger(message)).toBe(true));

  it.each([
    '新闻说充电宝会爆炸 你家这个安全不',
    '用了会不会过敏呀',
    '我看评论有人说用了烫伤 真的假的',
    '万一着火谁负责',
    '朋友说要投诉你们 我说算了',
    '孩子说要给你们差评哈哈 我说别闹 东西挺好',
    '同事跟我说 网上卖蜂蜜的都是骗子 我说你家不是',
    '隔壁那家才是骗子',
    '垃圾袋有没有送',
    '这是送医院同事的 有礼盒没',
    '律师朋友推荐我来的',
    '用工商银行付行不',
    '多少钱',
  ])('none in %s', (message) => expect(isInDanger(message)).toBe(false));
});

describe('in earnest', () => {
  it.each(['哈哈我家猫把你家纸箱占了 气死我了哈哈哈', '逗你的 不退', '不好意思发错人了', '发错了 不是发给你的'])(
    '%s is not',
    (message) => expect(isJoking(message)).toBe(true),
  );
  it.each(['哈哈你们真行 五天了还没发', '呵呵', '你开玩笑吧 三天没动', '你们给我发错了', '哈哈颜色发错了'])(
    '%s is',
    (message) => expect(isJoking(message)).toBe(false),
  );
});

describe('what is not meant', () => {
  it('is a complaint about another seller', () => {
    expect(unmeantIntents('上次那家发错货还骂人 你家不会这样吧', false)).toContain('INT-AS-02');
    expect(unmeantIntents('在别家买到假货 气死我了 你家不会吧', false)).not.toContain('INT-PRE-24');
    expect(unmeantIntents('别家都发错了你们也发错', true)).toEqual([]);
  });
  it('is a doubt of others that the buyer does not share', () => {
    expect(unmeantIntents('同事说网上都是骗子 我说你家不是 都回购两回了', true)).toEqual(
      expect.arrayContaining(['INT-GEN-07', 'INT-PRE-22']),
    );
    expect(unmeantIntents('同事说你家是骗子 真的吗', false)).not.toContain('INT-PRE-22');
  });
  it('is not what is wrong with the goods, whoever praises them', () => {
    expect(unmeantIntents('我妈说东西挺好 就是少了一件', true)).not.toContain('INT-AS-04');
    expect(unmeantIntents('哈哈收到了 少了一件', true)).not.toContain('INT-AS-04');
  });
  it('is nothing of a plain complaint', () => {
    expect(unmeantIntents('气死我了 又发错', true)).toEqual([]);
  });
});

describe('bought elsewhere', () => {
  it.each(['我在隔壁店买的 发错码了', '超市买的坏了', '别家买的能换不', '专柜拿的'])('%s', (message) =>
    expect(isBoughtElsewhere(message)).toBe(true),
  );
  it.each(['你家买的坏了', '上次买的坏了', '别家多少钱', '人家都说好'])('not %s', (message) =>
    expect(isBoughtElsewhere(message)).toBe(false),
  );
});

describe('pleased, or no return at all', () => {
  it.each(['换的新的到啦 好使 谢谢', '收到了 很喜欢', '补发的到了 挺好'])('%s pleases', (message) =>
    expect(isPleased(message)).toBe(true),
  );
  it.each(['收到了 想换一个', '到了 但是裂了', '换的新的到了 还是坏'])('%s does not', (message) =>
    expect(isPleased(message)).toBe(false),
  );
  it.each([
    '刚刚点错了 我没说要退款啊',
    '点错退款了 给我撤了吧',
    '我要撤销退款申请',
    '取消退款',
    '不是要退',
    '别退了 我留着',
    '我不退了',
  ])('%s denies a return', (message) => expect(deniesReturn(message)).toBe(true));
  it.each([
    '你们不退款我就投诉',
    '为什么不退',
    '要退',
    '你们没说不能退',
    '不想要了退吧',
    '取消订单退款',
    '点错了颜色 退了重拍',
  ])('%s does not', (message) => expect(deniesReturn(message)).toBe(false));
});

describe('no bargaining', () => {
  it.each([
    '你们进价多少 我同行 交流下呗',
    '我也开店的 拿货多少钱 哪个厂的',
    '别家都卖150了 你家还129',
    '这么便宜 不会是翻新吧',
  ])('%s', (message) => expect(unmeantIntents(message, false)).toContain('INT-PRE-14'));
  it.each(['给个批发价呗', '别家都卖99了 你家便宜点', '太贵了哈哈 少点呗哈哈'])('%s bargains', (message) =>
    expect(unmeantIntents(message, false)).not.toContain('INT-PRE-14'),
  );
});
