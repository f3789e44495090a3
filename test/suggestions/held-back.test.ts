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
