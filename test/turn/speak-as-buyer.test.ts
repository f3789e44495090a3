/** Answers in the buyer's own script. */
import { describe, expect, it } from 'vitest';
import type { HiddenScript, Proposal, Situation } from '../../src/protocol/turn.ts';
import { speakAsBuyer, writesTraditional } from '../../src/turn/speak-as-buyer.ts';

const TEXT = '您好，藏青M码还有现货，拍下后48小时内发出，头发干净';

function situation(message: string, ...before: string[]): Situation {
  const history = before.map((text) => ({ from: 'buyer' as const, text }));
  return { message, history } as unknown as Situation;
}

const engine = speakAsBuyer({
  suggest: () => ({ proposals: [{ text: TEXT } as Proposal], hidden: [] }),
  prepare: (id) => (id === 'hidden' ? ({ because: 'guard' } as HiddenScript) : ({ text: TEXT } as Proposal)),
});

describe('answers in the buyer’s script', () => {
  it.each([
    ['請問這件還有貨嗎', true],
    ['请问这件还有货吗', false],
    ['好的', false],
    ['how long does it take', false],
    ['这件還有没有货呢', false],
  ])('%s → traditional: %s', (message, expected) => {
    expect(writesTraditional(situation(message))).toBe(expected);
  });

  it('goes by what was written before when a message does not tell', () => {
    expect(writesTraditional(situation('好的', '請問這件還有貨嗎'))).toBe(true);
    expect(writesTraditional(situation('好的', '請問這件還有貨嗎', '那发货快吗'))).toBe(false);
  });

  it('keeps figures, sizes and the words that one character stands for twice', () => {
    const { proposals } = engine.suggest(situation('請問這件還有貨嗎'));
    expect(proposals[0]!.text).toBe('您好，藏青M碼還有現貨，拍下後48小時內發出，頭髮乾淨');
    expect(engine.prepare('SCR-19', situation('請問還有貨嗎'))).toMatchObject({
      text: expect.stringContaining('現貨'),
    });
  });

  it('leaves everything else as it is', () => {
    expect(engine.suggest(situation('还有货吗')).proposals[0]!.text).toBe(TEXT);
    expect(engine.prepare('hidden', situation('請問還有貨嗎'))).toEqual({ because: 'guard' });
  });
});
