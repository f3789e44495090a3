import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Turn } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { situation } from './situation.ts';

const engine = createSuggestionEngine({ scripts: loadLibrary('scripts-library').scripts });
const agent = (text: string): Turn => ({ from: 'agent', text });
const buyer = (text: string): Turn => ({ from: 'buyer', text });

/** A shop with terms, postage and an invoice service; nothing on record of this buyer. */
const SHOP: Partial<Facts> = {
  shop: {
    name: '云上茶具',
    hours: '09:00-22:00',
    replyByHour: '11:00',
    authorityYuan: 20,
    priceEditable: true,
    rating: 4.8,
    ageYears: 5,
    licence: '首页底部',
  },
  order: null,
  shipping: { norm: '付款后48小时内', cutOffHour: '16:00', carrier: 'ZTO', usualDays: '2-4', exceptional: false },
  postage: { table: { STO: { 全国: 8 }, EMS: { 全国: 18 }, SF: { 全国: 20 } }, link: 'https://shop.example/postage' },
  payment: { methods: ['支付宝'], releaseRule: '确认收货后货款才会打给店铺' },
  invoice: { serviceConfigured: true, when: '发货后三个工作日内' },
  return: { policy: '签收后七天内不影响二次销售可以退换', exemptions: [] },
  program: { exists: true, qualifies: true },
};

function cards(message: string, intents: MessageIntent[], history: Turn[] = [], facts = SHOP): string[] {
  return engine.suggest(situation({ facts, history, message, intents })).proposals.map(({ card }) => card);
}

function firstText(message: string, intents: MessageIntent[], history: Turn[] = [], facts = SHOP): string {
  return engine.suggest(situation({ facts, history, message, intents })).proposals[0]?.text ?? '';
}

const ORDER_TALK = [buyer('我上周的订单有点问题'), agent('您说，我看一下订单记录')];

describe('silence in a talk with nothing on record', () => {
  it.each<[why: string, message: string, intents: MessageIntent[], history: Turn[]]>([
    ['an answer to the desk', '浙江宁波', ['INT-PRE-20'], [agent('收货地址是哪里')]],
    ['a number the desk asked for', '88002233445566', ['INT-IN-16'], [agent('麻烦发一下订单号')]],
    ['a reason the desk asked for', '上周五付的', ['INT-IN-01'], [agent('您是什么时候付的款')]],
    ['a look at something is no thinking', '看看吧', ['INT-GEN-05'], ORDER_TALK],
    ['a search is no payment trouble', '你查得到吗', ['INT-IN-04'], ORDER_TALK],
    ['a workshop is not this shop', '是什么样的店', ['INT-PRE-23'], [agent('可以找一家修理店看看')]],
    ['a complaint is no wish for membership', '懒得再打电话了', ['INT-PRE-17'], ORDER_TALK],
    ['the price fell after the order', '刚买就降了二十', ['INT-PRE-14'], []],
    ['the price fell, as told before', '整整便宜了四十呢', ['INT-PRE-14'], [buyer('刚买就降价了')]],
    ['a claim of price protection', '可以申请价保吗', ['INT-PRE-14'], ORDER_TALK],
    ['a price limit to what was recommended', '太贵不行', ['INT-PRE-14'], [agent('推荐这款'), buyer('三百以内的')]],
    ['thanks for waiting', '谢谢', ['INT-GEN-04'], [agent('好的，稍等我查一下')]],
    ['yes to an offer', '可以', ['INT-GEN-04'], [agent('给您补发一个可以吗')]],
    ['yes to a request', '好的', ['INT-GEN-04'], [agent('麻烦您把照片发我')]],
    ['thanks after something that is not answered', '谢谢', ['INT-GEN-04'], [agent('三天到'), buyer('能改成周末送吗')]],
    ['where the invoice is', '发票在哪里下载', ['INT-PRE-18'], [buyer('开下发票'), agent('已经帮您开具，短信通知您')]],
    ['sheets of an invoice', '能开在同一张吗', ['INT-PRE-18'], [buyer('两单都要发票'), agent('好的')]],
    ['a return that is under way', '退货能改成上门取件吗', ['INT-PRE-21'], [buyer('退货提交了'), agent('审核通过了')]],
    ['how to do something else', '那怎么办', ['INT-GEN-09'], ORDER_TALK],
    ['somebody calls for the desk', '人呢', ['INT-GEN-01'], [buyer('我的订单怎么没有了')]],
    ['a bare yes opens nothing', '对的', ['INT-GEN-04'], []],
  ])('%s: %s', (_why, message, intents, history) => {
    expect(cards(message, intents, history)).toEqual([]);
  });
});

describe('what is still proposed there', () => {
  it.each<[card: string, message: string, intents: MessageIntent[], history: Turn[]]>([
    ['SCR-30', '能便宜点吗', ['INT-PRE-14'], []],
    ['SCR-30', '再优惠点吧', ['INT-PRE-14'], [buyer('有货吗'), agent('有的')]],
    ['SCR-41', '你们店信誉怎么样', ['INT-PRE-23'], [buyer('有货吗'), agent('有的')]],
    ['SCR-74', '我再考虑一下', ['INT-GEN-05'], [buyer('有货吗'), agent('有的')]],
    ['SCR-85', '多久能发货', ['INT-PRE-19'], [buyer('有货吗'), agent('有的')]],
    ['SCR-109', '发顺丰要补多少', ['INT-IN-16'], []],
    ['SCR-61', '怎么下单', ['INT-PRE-28'], [buyer('有货吗'), agent('有的')]],
    ['SCR-48', '可以开发票吗', ['INT-PRE-18'], [buyer('有货吗'), agent('有的')]],
    ['SCR-48', '抬头：青山茶业有限公司', ['INT-PRE-18'], [buyer('开下发票'), agent('麻烦把抬头和税号发我')]],
    ['SCR-48', '发票抬头开错了', ['INT-PRE-18'], []],
    ['SCR-102', '不合适可以退吗', ['INT-PRE-21'], []],
    ['SCR-102', '拆了还能退货吗', ['INT-AS-28'], ORDER_TALK],
    ['SCR-100', '茶壶收到就漏水', ['INT-AS-07'], []],
    ['SCR-100', '我要退货', ['INT-AS-01'], [agent('您好，请问有什么可以帮您')]],
    ['SCR-100', '我的订单还没收到', ['INT-IN-17'], []],
    ['SCR-141', '没有了，谢谢', ['INT-GEN-04'], [buyer('三天能到吗'), agent('可以的，还有其他问题吗')]],
    ['SCR-08', '好的谢谢', ['INT-GEN-04'], [buyer('改好了吗'), agent('已经帮您改好了')]],
    ['SCR-01', '在吗', ['INT-GEN-01'], []],
    ['SCR-01', 'Hello there', ['INT-GEN-01'], []],
    ['SCR-09', '那个呢', ['INT-GEN-09'], []],
  ])('%s: %s', (card, message, intents, history) => {
    expect(cards(message, intents, history)).toContain(card);
  });
});

describe('a buyer who wants no reminders', () => {
  const unpaid = {
    ...SHOP,
    order: { id: 'A1', state: 'unpaid' as const, amount: 99, autoCloseAt: '2027-05-03T22:00:00+08:00' },
  };

  it.each(['别再给我发提醒了', '别催了', '取消提醒'])('is not told how to cancel: %s', (message) => {
    const { proposals } = engine.suggest(situation({ facts: unpaid, history: [], message, intents: ['INT-GEN-06'] }));
    expect(proposals.map(({ card }) => card)).not.toContain('SCR-78');
    expect(proposals[0]?.card).toBe('SCR-141');
  });

  it('and still asks something gets no farewell for it', () => {
    const message = '别给我推活动了，我就问新款出没出';
    expect(cards(message, ['INT-GEN-06'])).not.toContain('SCR-141');
  });
});

describe('a talk that only opens', () => {
  const hello = agent('您好，请问有什么可以帮您');
  it.each<[card: string, message: string, intents: MessageIntent[], history: Turn[]]>([
    ['SCR-85', '哪天能走件', ['INT-PRE-19'], [hello]],
    ['SCR-61', '头回逛网店，步骤讲讲', ['INT-PRE-28'], [buyer('你好'), hello]],
    ['SCR-30', '爽快点报个底', ['INT-PRE-14'], [hello]],
    ['SCR-01', '店家 有人没呀', ['INT-GEN-01'], []],
    ['SCR-01', '转人工', ['INT-GEN-08'], []],
    ['SCR-01', '您好', ['INT-GEN-01'], [buyer('是人工吗')]],
    ['SCR-01', '咨询订单号：88002233445566', ['INT-IN-17'], []],
    ['SCR-100', '茶炉时好时坏，通电不稳定', ['INT-AS-07'], []],
    ['SCR-100', '能不能寄回去维修一下', ['INT-AS-24'], [buyer('茶炉打不着火')]],
    ['SCR-100', '每天都说今天送，到现在没来', ['INT-LOG-09'], [hello]],
    ['SCR-01', '大家下午好哇', ['INT-GEN-01'], []],
  ])('%s: %s', (card, message, intents, history) => {
    expect(cards(message, intents, history)).toContain(card);
  });

  it.each<[why: string, message: string, intents: MessageIntent[], history: Turn[]]>([
    ['a wish stands before the greeting', '您好', ['INT-GEN-01'], [buyer('订单业务咨询')]],
    ['the wish beside the call is not answered', '有发票的问题要找人工客服帮忙看', ['INT-GEN-08'], []],
    ['more is asked than how to order', '怎么买这条肩带，能多送一个扣子吗', ['INT-PRE-28'], [hello]],
    ['the buyer only says that he buys', '我要购买', ['INT-PRE-28'], [agent('这边不能调货的')]],
    ['a refund hangs on the new order', '怎么提交订单', ['INT-PRE-28'], [buyer('同事让我退货重新买，差价补给我')]],
    ['the terms of faulty goods are others', '能退货吗', ['INT-PRE-21'], [buyer('茶炉打不着火'), agent('维修不收费')]],
    ['the number was just asked for', '他说壶是坏的', ['INT-AS-01'], [buyer('要退货'), agent('方便提供下订单号吗')]],
    ['a word mends the line before', '发票', ['INT-PRE-18'], [agent('这单可以申请'), buyer('一定要专用发漂')]],
    ['the data are with the desk', '开票资料都有', ['INT-PRE-18'], [buyer('两单都开发票')]],
    ['the buyer cannot see the order', '去年买的茶炉坏了，订单也被我删了', ['INT-AS-07'], []],
    [
      'a choice is not answered',
      '谢谢',
      ['INT-GEN-04'],
      [buyer('退回去是连壶一起寄还是光寄炉子啊'), agent('好的给您备注好了')],
    ],
    ['another paper than an invoice', '需要行程单报销', ['INT-PRE-18'], []],
    ['the check is not through', '补开票', ['INT-PRE-18'], [buyer('专票信息刚提供，还没审核')]],
  ])('is silent: %s', (_, message, intents, history) => {
    expect(cards(message, intents, history)).toEqual([]);
  });

  it('stays silent where the desk has asked for something', () => {
    expect(cards('哪天能走件', ['INT-PRE-19'], [buyer('你好'), agent('麻烦发一下订单号')])).toEqual([]);
  });
});

describe('a sure reading in the middle of a talk', () => {
  const sure = (message: string, intent: MessageIntent, history: Turn[]): string[] => {
    const given = situation({ facts: SHOP, history, message, intents: [intent] });
    const intents = given.analysis.intents.map((guess) => ({ ...guess, confidence: 0.98 }));
    return engine.suggest({ ...given, analysis: { ...given.analysis, intents } }).proposals.map(({ card }) => card);
  };
  const prices = [buyer('茶壶多少钱'), agent('一百六十八哦')];

  it('is believed while no order is spoken of', () => {
    expect(sure('我掂量掂量', 'INT-GEN-05', prices)).toContain('SCR-74');
    expect(cards('我掂量掂量', ['INT-GEN-05'], prices)).toEqual([]);
  });

  it('is not believed where the talk is about an order', () => {
    expect(sure('我掂量掂量', 'INT-GEN-05', ORDER_TALK)).toEqual([]);
  });

  it('does not speak of records the desk has not got', () => {
    expect(sure('我只用顺丰', 'INT-IN-16', prices)).not.toContain('SCR-109');
  });
});

describe('ends of a talk', () => {
  const end = (message: string, convo: Facts['convo']): string[] =>
    cards(message, ['INT-GEN-04'], [buyer('有点小'), agent('没关系的')], { ...SHOP, ...(convo ? { convo } : {}) });

  it('closes with whoever takes leave', () => {
    expect(end('那拜拜', { outcome: 'not_bought' })).toContain('SCR-141');
    expect(end('好嘞 886', undefined)).toContain('SCR-141');
  });

  it('gives room to a buyer on record as thinking', () => {
    const given = end('好 那先这样', { outcome: 'thinking', saidThinkAgain: true });
    expect(given).toContain('SCR-74');
    expect(given).not.toContain('SCR-141');
  });

  it('acknowledges anything while nobody is there', () => {
    const away = {
      ...SHOP,
      now: '2027-09-14T23:30:00+08:00',
      agent: { onDuty: false },
      convo: { awayAckLastSentAt: null },
    };
    const asked = {
      ...situation({ facts: away, message: '壶盖裂了一道', intents: ['INT-AS-07'] }),
      mode: 'O' as const,
    };
    expect(engine.suggest(asked).proposals.map(({ card }) => card)).toContain('SCR-04');
  });
});

describe('with an order on record', () => {
  const order = (state: 'paid' | 'signed'): Partial<Facts> => ({
    ...SHOP,
    order: { id: 'A9', state, amount: 168, verified: true, paidAt: '2027-09-13T09:00:00+08:00' },
  });

  it('says goodbye to who confirms the order that was read back', () => {
    expect(cards('没错', [], [agent('收货地址是宁波，对吗')], order('paid'))).not.toContain('SCR-60');
    expect(cards('是的', [], [agent('收货地址是宁波，对吗')], order('paid'))).toContain('SCR-140');
  });

  it('takes invoice data that the desk asked for', () => {
    const history = [buyer('开下发票'), agent('麻烦把抬头和税号发我')];
    expect(cards('宁波青山茶业有限公司 91330200MA2AB12C3D', [], history, order('paid'))).toContain('SCR-48');
  });

  it('names no next step of a refund that is over', () => {
    const facts = { ...order('signed'), refund: { state: 'refunded', type: 'return', amount: 168 } } as const;
    expect(cards('款到了没', ['INT-AS-19'], [buyer('退了吧')], facts)).not.toContain('SCR-120');
  });

  it('takes a fear of what might come for no fault', () => {
    const proposed = cards('壶怎么养，怕以后裂', ['INT-PRE-08', 'INT-AS-07'], [], order('signed'));
    expect(proposed).not.toContain('SCR-101');
    expect(proposed).not.toContain('SCR-100');
    expect(cards('壶裂了怎么弄', ['INT-AS-07', 'INT-PRE-08'], [], order('signed'))).toContain('SCR-101');
  });
});

describe('wordings by the stage of the talk', () => {
  it('says the name once where the title holds it', () => {
    const told = (name: string, title: string): string =>
      firstText('在吗', ['INT-GEN-01'], [], { ...SHOP, agent: { onDuty: true, name, title } });
    expect(told('店长', '客服店长')).toContain('我是客服店长，');
    expect(told('阿岚', '茶具顾问')).toContain('我是茶具顾问阿岚，');
  });

  it('introduces nobody in the middle of a talk', () => {
    expect(firstText('茶壶收到就漏水', ['INT-AS-07'])).toContain('我是阿岚');
    expect(firstText('茶壶收到就漏水', ['INT-AS-07'], [agent('您好，请问有什么可以帮您')])).not.toContain('我是');
  });

  it('asks for the order number only while it is not in the chat', () => {
    expect(firstText('我要退货', ['INT-AS-01'])).toContain('订单号');
    expect(firstText('我要退货', ['INT-AS-01'], [buyer('订单号：8800223344')])).not.toContain('订单号');
  });

  it('takes receipt of invoice data and asks only for what is missing', () => {
    const asked = [buyer('开下发票'), agent('麻烦把抬头和税号发我')];
    const text = firstText('抬头：青山茶业有限公司 税 号：91330200MA2AB12C3D', ['INT-PRE-18'], asked);
    expect(text).toContain('收到');
    expect(text).toContain('邮箱');
    expect(text).not.toMatch(/还差.*(抬头|税号)/);
  });

  it('asks where a special invoice is posted to, not for a mailbox', () => {
    const text = firstText('可以开专票吗', ['INT-PRE-18']);
    expect(text).toContain('收票地址');
    expect(text).not.toContain('邮箱');
  });

  it('promises no invoice anew where one is wrong', () => {
    expect(firstText('发票抬头开错了', ['INT-PRE-18'])).toContain('核实能不能重开');
  });

  it('says you are welcome only to thanks', () => {
    const asked = [buyer('三天能到吗'), agent('可以的，还有其他问题吗')];
    expect(firstText('没有了，谢谢', ['INT-GEN-04'], asked)).toContain('不客气');
    expect(firstText('没有了', ['INT-GEN-04'], asked)).not.toContain('不客气');
  });
});
