import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Turn } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { NOW, situation } from './situation.ts';

const engine = createSuggestionEngine({ scripts: loadLibrary('scripts-library').scripts });
const agent = (text: string): Turn => ({ from: 'agent', text });
const buyer = (text: string): Turn => ({ from: 'buyer', text });

const TEAPOT: Partial<Facts> = {
  product: {
    title: '紫砂壶',
    price: 168,
    attrs: { 容量: '280毫升', 泥料: '朱泥', 高度: '小号8厘米', 吸水: '约2%' },
    variants: { '朱红-260': '朱红 260', '朱红-280': '朱红 280', '墨绿-260': '墨绿 260', '墨绿-280': '墨绿 280' },
    stock: { '朱红-260': 9, '朱红-280': 0, '墨绿-260': 7, '墨绿-280': 4 },
    benefits: ['出水顺'],
    differences: ['手工打磨'],
  },
  shipping: { norm: '48小时内发出', cutOffHour: '16:00', carrier: 'ZTO', usualDays: '2-4', exceptional: false },
  return: { policy: '签收七天内可退', exemptions: [], address: '浙江省某市仓库路8号' },
};

function cards(message: string, intents: MessageIntent[], history: Turn[] = [], facts: Partial<Facts> = TEAPOT) {
  return engine.suggest(situation({ facts, history, message, intents })).proposals.map(({ card }) => card);
}

describe('an answer is understood', () => {
  const told = [buyer('壶到了吗'), agent('显示今天上午签收的')];

  it.each(['知道了', '哦 明白了', '收到了'])('when the buyer says so: %s', (message) => {
    expect(cards(message, ['INT-GEN-04'], told)[0]).toBe('SCR-08');
  });

  it.each(['我没收到啊', '还不太清楚啊', '看不懂啊', '哦 还没到', '没收到 谢谢', '嗯，还没退呢'])(
    'but not by: %s',
    (message) => {
      expect(cards(message, ['INT-GEN-04'], told)).not.toContain('SCR-08');
    },
  );
});

describe('who takes leave after a no', () => {
  const refused = [buyer('太贵了不买了'), agent('没关系的，喜欢可以先收藏')];
  const facts: Partial<Facts> = { ...TEAPOT, convo: { outcome: 'not_bought', saidNo: true } };

  it.each(['好的 拜拜', '先这样吧', '再见'])('is seen off and not asked what was lacking: %s', (message) => {
    const proposed = cards(message, ['INT-GEN-04'], refused, facts);
    expect(proposed[0]).toBe('SCR-141');
    expect(proposed).not.toContain('SCR-56');
  });
});

describe('the name of a variant', () => {
  it.each(['朱红260有没有货', '朱红260有货不', '260的朱红我要一个'])('asks for no attribute: %s', (message) => {
    expect(cards(message, ['INT-PRE-07'])).not.toContain('SCR-10');
  });

  it('beside an attribute leaves the attribute asked for', () => {
    expect(cards('朱红260吸水多少', ['INT-PRE-01'])).toContain('SCR-10');
  });
});

describe('what the buyer states', () => {
  it('is no question about what the listing lacks', () => {
    expect(cards('紫砂都会透气的这个我懂，你这个一点不吸水吧', ['INT-PRE-01'])).toContain('SCR-10');
    expect(cards('吸水多少，透气吗', ['INT-PRE-01'])).not.toContain('SCR-10');
  });
});

describe('what is said of stock', () => {
  const ordered: Partial<Facts> = {
    ...TEAPOT,
    order: {
      id: 'A1',
      state: 'paid',
      amount: 168,
      items: [{ title: '紫砂壶', sku: '朱红-280', qty: 1 }],
      address: { receiver: '林*', phone: '139****2207', street: '某路3号' },
      slipPrinted: false,
    },
  };

  it('while an order waits is said of what was ordered', () => {
    expect(cards('有货的吧', ['INT-PRE-07'], [], ordered)).not.toContain('SCR-19');
    expect(cards('那墨绿280有货吗', ['INT-PRE-07'], [], ordered)).toContain('SCR-19');
  });

  it('in a complaint is no question, and no order is read back in a case', () => {
    const decided: Partial<Facts> = {
      ...ordered,
      warehouse: { checkedAt: NOW, cause: '朱红280超卖' },
      case: { open: true, fault: 'shop', faultVerifiedBy: '仓库', decision: '无法发货', options: ['退款', '换墨绿'] },
    };
    const proposed = cards('拍都拍了又说没货，耍人呢', ['INT-GEN-07'], [agent('抱歉，朱红280超卖了')], decided);
    expect(proposed).toContain('SCR-90');
    for (const card of ['SCR-18', 'SCR-19', 'SCR-60', 'SCR-85']) expect(proposed).not.toContain(card);
  });

  it('does not answer what is left of a campaign', () => {
    expect(cards('满减还有没', ['INT-PRE-16'])).not.toContain('SCR-19');
  });

  it('is heard in dialect', () => {
    expect(cards('朱红的280有没 没得的话好久能补起', [])[0]).toBe('SCR-18');
  });
});

describe('the shipping norm', () => {
  const waits: Partial<Facts> = {
    ...TEAPOT,
    order: {
      id: 'A1',
      state: 'paid',
      amount: 168,
      paidAt: '2027-09-14T13:00:00+08:00',
      slipPrinted: false,
      verified: true,
    },
  };
  const delayed: Partial<Facts> = { ...waits, warehouse: { checkedAt: NOW, cause: '紫砂壶补烧一窑' } };
  const told = (message: string, intents: MessageIntent[], facts: Partial<Facts>): string =>
    engine
      .suggest(situation({ facts, history: [buyer('付了'), agent('收到')], message, intents }))
      .proposals.map(({ text }) => text)
      .join();

  it('is told while nothing is known against it', () => {
    expect(told('啥时候发', ['INT-IN-17'], waits)).toContain('48小时内发出');
  });

  it.each([
    ['啥时候发', 'INT-IN-17'],
    ['谢谢啊', 'INT-GEN-04'],
    ['钱收到没', 'INT-IN-08'],
  ] as const)('is told nowhere once the warehouse has a cause of delay: %s', (message, intent) => {
    expect(told(message, [intent], delayed)).not.toContain('48小时内发出');
  });
});

const ORDERED: Partial<Facts> = {
  ...TEAPOT,
  order: {
    id: 'A1',
    state: 'paid',
    amount: 168,
    items: [{ title: '紫砂壶', sku: '朱红-260', qty: 1 }],
    address: { receiver: '林*', phone: '139****2207', street: '某路3号' },
    paidAt: '2027-09-14T13:00:00+08:00',
    slipPrinted: false,
  },
};

const SIGNED: Partial<Facts> = {
  ...TEAPOT,
  order: {
    id: 'A2',
    state: 'signed',
    amount: 168,
    items: [{ title: '紫砂壶', sku: '朱红-260', qty: 1 }],
    shippedAt: '2027-09-10T13:00:00+08:00',
    signedAt: '2027-09-13T13:00:00+08:00',
  },
};

describe('a wish that nothing goes wrong with the address', () => {
  it.each(['付好了 你看下地址 可别寄错了', '地址是公司的 别又发错咯', '帮我核对下地址没写错吧'])(
    'is answered by reading it back: %s',
    (message) => {
      expect(cards(message, ['INT-IN-13'], [], ORDERED)[0]).toBe('SCR-60');
    },
  );

  it.each(['地址写错了 是3栋', '看下地址 要改成公司的', '收货人换一下'])(
    'a change is still a change: %s',
    (message) => {
      expect(cards(message, ['INT-IN-13'], [], ORDERED)[0]).toBe('SCR-79');
    },
  );
});

describe('where an agreed return goes', () => {
  const agreed: Partial<Facts> = {
    ...SIGNED,
    case: {
      open: true,
      kind: 'no_reason',
      fault: 'buyer',
      faultVerifiedBy: '阿岚',
      returnAgreed: true,
      postageBearer: 'buyer',
      tradeExtended: true,
    },
  };

  it.each(['退哪', '寄谁呀', '往哪退', '发哪里', '收件人写啥'])('is told in answer to %s', (message) => {
    expect(cards(message, [], [agent('可以的，给您登记退货')], agreed)[0]).toBe('SCR-103');
  });
});

describe('a vague question', () => {
  it('points at nothing that was sent', () => {
    expect(cards('那个咋弄的', ['INT-GEN-09'], [buyer('哈喽'), agent('您好，我是阿岚')])).toEqual(['SCR-09']);
    expect(cards('就这个', ['INT-GEN-09'], [buyer('哈喽'), agent('您好，我是阿岚')])).not.toContain('SCR-09');
  });
});

describe('a regular who asks what the shop does for him', () => {
  const regular: Partial<Facts> = {
    ...TEAPOT,
    shop: {
      name: '云上茶具',
      tiers: { gold: { title: '金卡会员', minSpent: 2000, benefits: ['92折'] } },
    },
    program: { exists: true, qualifies: true },
    buyer: { id: 'b9', isReturning: true, tier: 'none' },
  };

  it.each(['我在你家花了好几千了 也没个贵宾待遇 别家都有专人', '老顾客有啥优待没', '买了这么多年 不给个专属客服'])(
    'is told of the programme: %s',
    (message) => {
      expect(cards(message, ['INT-PRE-13'], [], regular)).toContain('SCR-159');
    },
  );
});

describe('a comparison of sellers', () => {
  it.each(['我屋头柜子比较厚 放得下不', '上回在别的店买到过假的'])('is not meant by %s', (message) => {
    expect(cards(message, ['INT-PRE-24'])).not.toContain('SCR-32');
  });

  it.each(['再比较一下', '别家便宜', '我比较了几家'])('is meant by %s', (message) => {
    expect(cards(message, ['INT-PRE-13'])).toContain('SCR-32');
  });
});

describe('in an open case', () => {
  const quality: Partial<Facts> = {
    ...SIGNED,
    case: { open: true, kind: 'quality', fault: 'unknown' },
    postage: { table: { STO: { 全国: 8 }, EMS: { 全国: 18 }, SF: { 全国: 20 } }, link: 'https://shop.example/postage' },
  };

  it('no top-up is asked for before the buyer is known to bear the way back', () => {
    expect(cards('你们东西有问题，凭什么我出运费', ['INT-AS-15'], [], quality)).not.toContain('SCR-109');
    const buyers: Partial<Facts> = { ...quality, case: { open: true, kind: 'no_reason', fault: 'buyer' } };
    expect(cards('退回去补多少邮费', ['INT-AS-15'], [], buyers)).toContain('SCR-109');
  });

  it('neither suitability nor a lesson for a novice is offered', () => {
    const novice: Partial<Facts> = {
      ...quality,
      product: { ...TEAPOT.product!, suitability: { suits: '喝乌龙茶的人', notFor: '放微波炉' } },
      buyer: { id: 'b9', segment: 'SEG-3' },
    };
    const proposed = cards('放微波炉热了下就裂了 能赔不', ['INT-AS-07'], [], novice);
    for (const card of ['SCR-12', 'SCR-20']) expect(proposed).not.toContain(card);
  });

  it('who insists on the return is not asked for evidence first', () => {
    const damaged: Partial<Facts> = { ...SIGNED, case: { open: true, kind: 'damaged' } };
    expect(cards('真不想要了别劝了 退', ['INT-AS-10'], [agent('给您补一只可以吗')], damaged)[0]).toBe('SCR-127');
  });
});

describe('a colour alone', () => {
  it('sets no sizes against each other, two colours do', () => {
    expect(cards('朱红的透不透气 我看评论有人说闷', ['INT-PRE-01'])).not.toContain('SCR-51');
    expect(cards('朱红和墨绿 260的都还行', [])).toContain('SCR-51');
  });
});

describe('a wrong choice in an order not yet paid', () => {
  const unpaid: Partial<Facts> = { ...ORDERED, order: { ...ORDERED.order!, state: 'unpaid' } };

  it('is changed where another one is named, and closed where none is', () => {
    expect(cards('拍错了 想要墨绿的', ['INT-IN-09'], [], unpaid)[0]).toBe('SCR-79');
    expect(cards('拍错了 不要了', ['INT-IN-09'], [], unpaid)[0]).toBe('SCR-78');
  });
});

describe('two words about a parcel on its way', () => {
  const shipped: Partial<Facts> = {
    ...SIGNED,
    order: {
      ...SIGNED.order!,
      state: 'shipped',
      signedAt: undefined,
      handedOver: true,
      carrier: 'YTO',
      trackingNo: 'Y1',
    },
    tracking: { lastScan: '已到达武汉', lastScanAt: NOW, exception: null },
  };

  it.each(['货呢', '我的快递呢？', '包裹到没', '东西到了没'])('ask where it is: %s', (message) => {
    expect(cards(message, [], [], shipped)[0]).toBe('SCR-87');
  });
});

describe('a campaign that is over', () => {
  it.each(['满300减30那个还有么', '那个券还有没', '半价的还有吗'])('is not answered by the stock: %s', (message) => {
    expect(cards(message, ['INT-PRE-16'])).not.toContain('SCR-19');
  });
});

describe('one variant in other words', () => {
  it.each(['绿的还有没', '要个墨绿260的 在吗', '朱红260能拍不'])('is confirmed: %s', (message) => {
    expect(cards(message, ['INT-GEN-01'])).toContain('SCR-19');
  });

  it('is not guessed where two shades may be meant, and white is no shade', () => {
    const stock = { 天蓝: 3, 宝蓝: 4, 米白: 5 };
    const facts: Partial<Facts> = { ...TEAPOT, product: { ...TEAPOT.product!, stock } };
    expect(cards('蓝色有货吗', ['INT-PRE-07'], [], facts)).not.toContain('SCR-19');
    expect(cards('白色有货吗', ['INT-PRE-07'], [], facts)).not.toContain('SCR-19');
  });
});

describe('when goods come that nobody has ordered', () => {
  it.each(['啥时候能到手', '周五之前收得到不', '几号能送到'])('is told in general: %s', (message) => {
    expect(cards(message, ['INT-LOG-01'])[0]).toBe('SCR-85');
  });

  it('is not told of a parcel', () => {
    expect(cards('我的快递什么时候送到', ['INT-LOG-01'])).not.toContain('SCR-85');
  });
});

describe('short words about an order', () => {
  const unpaid: Partial<Facts> = { ...ORDERED, order: { ...ORDERED.order!, state: 'unpaid' } };
  it.each(['退单', '撤销吧', '关了这单'])('close it before it is paid: %s', (message) => {
    expect(cards(message, ['INT-IN-09'], [], unpaid)[0]).toBe('SCR-78');
  });

  it('ask whether it moves', () => {
    expect(cards('我的单子动没动', ['INT-IN-17'], [], ORDERED)[0]).toBe('SCR-85');
  });
});

describe('the data of an invoice', () => {
  const invoice: Partial<Facts> = {
    ...ORDERED,
    invoice: { serviceConfigured: true, when: '发货当天开电子发票' },
  };

  it.each(['抬头是春晖小学', '抬头 城西社区卫生中心', '开给市图书馆服务中心', '要普票', '开电子的就行'])(
    'are taken down as they come: %s',
    (message) => {
      const asked = [buyer('能开发票不'), agent('可以的，您把抬头税号发我')];
      expect(cards(message, ['INT-PRE-18'], asked, invoice)[0]).toBe('SCR-48');
    },
  );
});

describe('an order that cannot be sent', () => {
  const decided: Partial<Facts> = {
    ...ORDERED,
    warehouse: { checkedAt: NOW, cause: '朱红260超卖' },
    case: { open: true, fault: 'shop', faultVerifiedBy: '仓库', decision: '发不了', options: ['全额退款', '换墨绿的'] },
  };
  const told = [agent('抱歉，您拍的超卖了，发不了')];

  it('is changed once the buyer has chosen, not put to the choice again', () => {
    expect(cards('那我要墨绿的', ['INT-IN-10'], told, decided)[0]).toBe('SCR-79');
    expect(cards('换墨绿的行不', ['INT-IN-10'], told, decided)[0]).toBe('SCR-79');
  });

  it('is put to the choice where the buyer asks what comes of it', () => {
    const proposed = cards('怎么回事', ['INT-GEN-09'], told, decided);
    expect(proposed).toContain('SCR-90');
    expect(proposed).not.toContain('SCR-09');
  });
});

describe('an overdue order', () => {
  const overdue: Partial<Facts> = {
    ...ORDERED,
    order: { ...ORDERED.order!, promisedShipBy: '2027-09-13T13:00:00+08:00' },
  };

  it('is taken up while the warehouse has not looked, without a norm or a date', () => {
    expect(cards('咋还没发', ['INT-IN-18'], [], overdue)).toEqual(['SCR-100']);
  });

  it('within its time is not', () => {
    const early = { ...overdue, order: { ...overdue.order!, promisedShipBy: '2027-09-17T13:00:00+08:00' } };
    expect(cards('咋还没发', ['INT-IN-18'], [], early)).not.toContain('SCR-100');
  });
});

describe('a fear for a child', () => {
  it('is answered by whom the goods suit', () => {
    const toy: Partial<Facts> = {
      product: { title: '积木', price: 99, suitability: { suits: '3岁以上', notFor: '3岁以下', caution: '有小零件' } },
    };
    for (const message of ['会不会吞下去啊', '娃误食了咋整 能玩不']) {
      expect(cards(message, ['INT-PRE-26'], [], toy)).toContain('SCR-12');
    }
  });
});

describe('whether there is anything off', () => {
  const promo: Partial<Facts> = {
    ...TEAPOT,
    promo: [
      {
        name: '秋茶节',
        rule: '满150减10',
        startsAt: '2027-09-10T00:00:00+08:00',
        endsAt: '2027-09-20T00:00:00+08:00',
        items: ['紫砂壶'],
      },
    ],
  };

  it.each(['有优惠吗', '打折不', '有啥优惠没'])('is answered by the campaign that runs: %s', (message) => {
    expect(cards(message, ['INT-PRE-15', 'INT-PRE-14'], [], promo)[0]).toBe('SCR-35');
  });

  it.each(['能优惠点吗', '再便宜点'])('more off is another wish: %s', (message) => {
    expect(cards(message, ['INT-PRE-14'], [], promo)[0]).not.toBe('SCR-35');
  });

  it('who wants one thing has not chosen many', () => {
    expect(cards('有优惠吗', ['INT-PRE-15'])).not.toContain('SCR-34');
    expect(cards('我要三个有优惠吗', ['INT-PRE-15'])).toContain('SCR-34');
  });
});

describe('two questions in one line', () => {
  it('an exchange is taken up beside the postage it costs', () => {
    expect(cards('换大一码 邮费谁出', ['INT-AS-15'], [], SIGNED).some((card) => /SCR-(100|102|119)/.test(card))).toBe(
      true,
    );
  });

  it('a refund asked for is not thanked for as a payment', () => {
    const proposed = cards('退款吧 多久到账', ['INT-AS-19', 'INT-AS-18'], [], ORDERED);
    expect(proposed[0]).toBe('SCR-122');
    expect(proposed).not.toContain('SCR-66');
  });
});

describe('insurance of the way back', () => {
  const facts: Partial<Facts> = {
    ...TEAPOT,
    buyer: { id: 'b1', region: '浙江' },
    postage: { table: { EMS: { 全国: 12 }, SF: { 全国: 18 }, ZTO: { 全国: 6 } }, link: 'https://shop.example/postage' },
  };

  it.each(['有运费险吗', '退货包运费吗'])(
    'is told with the terms before anything is bought, and is no top-up: %s',
    (message) => {
      const proposed = cards(message, ['INT-AS-15'], [], facts);
      expect(proposed).toContain('SCR-102');
      expect(proposed).not.toContain('SCR-109');
    },
  );
});

describe('thanks for an answer about a parcel', () => {
  const told = [buyer('壶到哪了'), agent('昨天到了转运中心，一路正常')];
  const order = (state: 'paid' | 'shipped', paidAtMs: number): Partial<Facts> => ({
    ...TEAPOT,
    order: {
      id: 'T1',
      state,
      amount: 168,
      items: [{ title: '紫砂壶', qty: 1 }],
      paidAt: new Date(paidAtMs).toISOString(),
    },
  });

  it.each([
    ['shipped', 3_600_000],
    ['paid', 3 * 86_400_000],
  ] as const)('are no payment to confirm: %s %d ms ago', (state, agoMs) => {
    expect(cards('好的谢谢', ['INT-GEN-04'], told, order(state, Date.parse(NOW) - agoMs))).not.toContain('SCR-66');
  });
});
