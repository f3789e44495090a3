import { describe, expect, it } from 'vitest';
import { foldSounds } from '../../src/gate/fold-sounds.ts';
import { normalizeText, toOriginalSpan } from '../../src/gate/normalize-text.ts';

const folded = (text: string): string => foldSounds(normalizeText(text)).plain.text;

describe('foldSounds', () => {
  it.each([
    ['镁女您好', '美女您好'],
    ['给个hao评', '给个好评'],
    ['ni you bing', '你有病'],
    ['智zang', '智障'],
    ['不归wo管', '不归我管'],
    ['煞笔', '傻逼'],
  ])('reads %s as %s', (disguised, meant) => {
    expect(folded(disguised)).toBe(meant);
  });

  it.each(['好凭证请留着', '红宝石颜色', '市面上常见', 'women size', '步行十分钟', '有饼干口味', '此品牌', 'wo-3 型'])(
    'leaves %s alone',
    (text) => {
      expect(folded(text)).toBe(normalizeText(text).plain.text);
    },
  );

  it('keeps the way back to the original', () => {
    const { plain } = foldSounds(normalizeText('亲，hao ping返现'));
    const at = plain.text.indexOf('好评');
    expect(toOriginalSpan(plain, at, at + 2)).toEqual([2, 10]);
  });

  it('takes time in proportion to the length', () => {
    const { plain } = foldSounds(normalizeText('haopingweixin'.repeat(2000)));
    expect(plain.text.length).toBe(26_000);
  });
});
