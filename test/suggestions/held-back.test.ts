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
