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
