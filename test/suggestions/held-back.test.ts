/** Proposals that a hasty reading would make, and that the situation forbids. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Turn } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { analysis, facts } from './situation.ts';

const { scripts } = loadLibrary(join(import.meta.dirname, '../../scripts-library'));
const engine = createSuggestionEngine({ scripts });

interface Moment {
  readonly message: string;
  /** As the analyser hears it; empty: not understood. */
  readonly intents?: MessageIntent[];
  readonly known?: Partial<Facts>;
  readonly history?: Turn[];
}

function cards({ message, intents = [], known = {}, history = [] }: Moment): string[] {
  const reading = analysis(...intents);
  return engine
    .suggest({ facts: facts(known), history, message, analysis: reading, mode: 'A' })
    .proposals.map(({ card }) => card);
}

const unpaid = { id: 'T1', state: 'unpaid', amount: 329 } satisfies Facts['order'];
const payment = { methods: ['支付宝', '花呗'] } satisfies Facts['payment'];

describe('an unpaid order', () => {
  it.each(['没付的单会自己没吗', '不付会自动取消么', '放着不管会自个儿关掉吗'])(
    '%s asks of its end, not to be shown how to close it',
    (message) => {
      expect(cards({ message, intents: ['INT-IN-09'], known: { order: unpaid } })).not.toContain('SCR-78');
    },
  );

  it.each(['这单不要了 我自己关还是你关', '不想要了 你自己关掉吧'])('%s is shown how to close it', (message) => {
    expect(cards({ message, intents: ['INT-IN-09'], known: { order: unpaid } })[0]).toBe('SCR-78');
  });

  it('that the buyer says is paid is not paid for once more', () => {
    const known = { order: unpaid, payment };
    expect(cards({ message: '我付了呀 你查下', intents: ['INT-IN-08'], known })).not.toContain('SCR-62');
    expect(cards({ message: '没付呢 咋付', intents: ['INT-IN-03'], known })[0]).toBe('SCR-62');
  });

  it('that is paid for on a named day needs no walk to the button', () => {
    expect(cards({ message: '先别催 明天付', intents: ['INT-IN-06'], known: { order: unpaid } })).toEqual(['SCR-71']);
  });
});

describe('a campaign', () => {
  const product = { title: '马克笔套装', price: 199, benefits: ['不洇纸'] } satisfies Facts['product'];
  const promo = [
    {
      name: '开学季',
      rule: '满150减20',
      startsAt: '2027-09-10T00:00:00+08:00',
      endsAt: '2027-09-14T23:59:00+08:00',
      items: ['马克笔套装'],
      extensionPlanned: true,
    },
  ] satisfies Facts['promo'];

  it.each(['199是吧', '多少钱一套', '咋卖的'])('%s asks the price: the running one is told', (message) => {
    expect(cards({ message, known: { product, promo } })[0]).toBe('SCR-35');
    expect(cards({ message, known: { product, promo, convo: { promoTold: true } } })).not.toContain('SCR-35');
  });
  it.each(['1990是吧', '退货运费多少钱', '199能少点不'])('%s asks no price of it', (message) => {
    expect(cards({ message, known: { product, promo } })).not.toContain('SCR-35');
  });
  it.each(['今晚过了就回原价是吧', '明天就恢复原价了？'])('%s asks for its end', (message) => {
    expect(cards({ message, intents: ['INT-PRE-14'], known: { product, promo } })).toContain('SCR-35');
  });
  it.each(['满300减40还算数不', '那个满减活动还有效吗', '开学季的活动结束了没'])(
    '%s is no bargaining when it is over',
    (message) => {
      expect(cards({ message, intents: ['INT-PRE-14'], known: { product, promo: [] } })).toEqual([]);
    },
  );
});

describe('an invoice', () => {
  const invoice = { serviceConfigured: true, when: '随货发出电子发票' } satisfies Facts['invoice'];
  const order = { id: 'T2', state: 'paid', amount: 188 } satisfies Facts['order'];
  const paid: Turn[] = [
    { from: 'buyer', text: '已经拍好付了哈' },
    { from: 'agent', text: '收到，谢谢亲' },
  ];

  it('spoken of for the first time is answered in the middle of a talk too', () => {
    const message = '开公司抬头发票 啥时候能给';
    expect(cards({ message, intents: ['INT-PRE-18'], known: { order, invoice }, history: paid })[0]).toBe('SCR-48');
  });
  it('that the desk has in hand is not begun anew', () => {
    const history: Turn[] = [...paid, { from: 'buyer', text: '开发票' }, { from: 'agent', text: '发票已经帮您登记了' }];
    expect(cards({ message: '发票啥时候能给', intents: ['INT-PRE-18'], known: { order, invoice }, history })).toEqual(
      [],
    );
  });
});

describe('what is said of others, or for fun', () => {
  const signed = { id: 'T3', state: 'signed', amount: 119 } satisfies Facts['order'];

  it.each(['哈哈我家猫占了你家纸箱 气死我了哈哈哈', '逗你的 不退', '同事说网上的都是骗子 我说你家不是'])(
    '%s is no complaint',
    (message) => {
      expect(cards({ message, intents: ['INT-GEN-07'], known: { order: signed } })).not.toContain('SCR-100');
    },
  );
  it('of goods bought elsewhere opens no case here', () => {
    expect(cards({ message: '我在隔壁店买的 发错码了 能换不', intents: ['INT-AS-02'] })).not.toContain('SCR-100');
  });
  it.each(['用了会不会过敏呀', '新闻说这种会爆炸 你家安全不', '垃圾袋有没有送'])('%s reports no harm', (message) => {
    expect(cards({ message, intents: ['INT-PRE-11'], known: { product: { title: '充电宝' } } })).not.toContain(
      'SCR-100',
    );
  });
  it('who disputes the postage before anybody knows whose fault it is gets the case taken up', () => {
    const known = { order: signed, case: { open: true, kind: 'quality', fault: 'unknown' } } satisfies Partial<Facts>;
    const message = '不是我的错运费凭啥我出';
    expect(cards({ message, intents: ['INT-AS-15'], known })[0]).toBe('SCR-100');
  });
});

describe('parcels and terms', () => {
  const shipping = { norm: '付款后48小时内发出', carrier: 'YTO', usualDays: '3-4', exceptional: false };
  const paid = (paidAt: string) => ({ order: { id: 'T4', state: 'paid', amount: 9, paidAt }, shipping }) as const;

  it('the norm is told only while it can still be kept', () => {
    const message = '啥时候发货';
    expect(cards({ message, intents: ['INT-IN-17'], known: paid('2027-09-13T10:00:00+08:00') })).toContain('SCR-85');
    expect(cards({ message, intents: ['INT-IN-17'], known: paid('2027-09-12T13:00:00+08:00') })).not.toContain(
      'SCR-85',
    );
  });
  it('the desk takes up an order whose norm is over, and no postage top-up answers whether it is free', () => {
    const message = '前天付的咋还不发';
    expect(cards({ message, intents: ['INT-IN-18'], known: paid('2027-09-11T10:00:00+08:00') })).toEqual(['SCR-100']);
    const postage = {
      table: { STO: { 全国: 6 }, EMS: { 全国: 15 }, SF: { 全国: 12 } },
      link: 'https://item.example.com/b',
    };
    expect(cards({ message: '129包邮是吗', intents: ['INT-PRE-20'], known: { shipping, postage } })).toEqual([
      'SCR-85',
    ]);
  });
  it('what has not arrived lacks nothing', () => {
    const known = {
      order: { id: 'T5', state: 'shipped', amount: 9 },
      parcel: { packingList: ['陈皮'], split: false },
    } satisfies Partial<Facts>;
    expect(cards({ message: '包裹还没到 是不是你们漏发了', intents: ['INT-AS-03'], known })).not.toContain('SCR-112');
    expect(cards({ message: '收到了 里面少了一包', intents: ['INT-AS-04'], known })).toContain('SCR-112');
  });
  it('a confirmed loss comes before where the parcel last was', () => {
    const known = {
      order: { id: 'T6', state: 'shipped', amount: 9 },
      tracking: { lastScan: '派送中', lastScanAt: '2027-09-11T10:00:00+08:00' },
      courier: { contactedAt: '2027-09-12T10:00:00+08:00', lossConfirmed: true },
      case: { open: true, kind: 'lost', openedAt: '2027-09-12T10:00:00+08:00', decision: '补发同款' },
    } satisfies Partial<Facts>;
    expect(cards({ message: '快递丢了吧 都三天了', intents: ['INT-LOG-02'], known })[0]).toBe('SCR-93');
  });
});

describe('a no said before', () => {
  const product = { title: '智能灯泡', price: 59, attrs: { 灯头: 'E27' } } satisfies Facts['product'];
  const known = { product, convo: { saidNo: true } } satisfies Partial<Facts>;
  const history: Turn[] = [
    { from: 'buyer', text: '钱包今天不答应' },
    { from: 'agent', text: '好的，祝您购物愉快' },
  ];

  it('does not see off who asks something', () => {
    expect(cards({ message: '对了 那个灯头是E27的吧', known, history })).toEqual(['SCR-10']);
  });
  it('stands when it is said again', () => {
    expect(cards({ message: '算了 不买了', intents: ['INT-GEN-06'], known, history })[0]).toBe('SCR-141');
  });
});

describe('what the buyer does not ask for', () => {
  const paid = { id: 'T7', state: 'paid', amount: 9, slipPrinted: false } satisfies Facts['order'];

  it('is a refund that nobody wanted', () => {
    const message = '刚刚点错了 我没说要退款啊';
    expect(cards({ message, intents: ['INT-AS-18'], known: { order: paid } })).toEqual([]);
    expect(cards({ message: '给我退款', intents: ['INT-AS-18'], known: { order: paid } })).toContain('SCR-122');
  });
  it('is how to close an order, while the talk is about its price', () => {
    const message = '那单还没付 说改价的 我这里看还是218';
    expect(cards({ message, intents: ['INT-IN-07', 'INT-IN-09'], known: { order: unpaid } })).not.toContain('SCR-78');
  });
  it('is time to think, once there is a question again', () => {
    const known = {
      product: { title: '充电宝', attrs: { 航空: '可带上飞机' } },
      convo: { saidThinkAgain: true },
    } satisfies Partial<Facts>;
    expect(cards({ message: '再问一句 能上飞机不', known })).not.toContain('SCR-74');
    expect(cards({ message: '嗯 我再想想', intents: ['INT-GEN-05'], known })[0]).toBe('SCR-74');
  });
  it('is a cut, while he asks for a campaign to come', () => {
    const known = { product: { title: '充电宝', benefits: ['小巧'] } } satisfies Partial<Facts>;
    expect(cards({ message: '听说明天有活动 减30是吗', intents: ['INT-PRE-14'], known })).toEqual([]);
  });
});
