import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/protocol/turn.ts';
import { isAssent, isCall } from '../../src/suggestions/plain-words.ts';
import { takeUpOpenMatter } from '../../src/suggestions/take-up-open-matter.ts';
import { type SituationParts, situation } from './situation.ts';

const buyer = (text: string): Turn => ({ from: 'buyer', text });
const agent = (text: string): Turn => ({ from: 'agent', text });
const matter = (parts: SituationParts) => takeUpOpenMatter(situation({ intents: ['INT-GEN-01'], ...parts }));

describe('words without a matter', () => {
  it.each(['在？？', '在吗在吗', '？', '人呢', '亲 在不在', '咋不回我', '有人吗 人呢', '回一下呗', '急急急', '说话呀'])(
    '%s calls',
    (text) => expect(isCall(text)).toBe(true),
  );
  it.each(['在吗 有货没', '人呢 昨晚问的还没回我', '快点发货', '回购的', '急用 明天要', '等着穿呢'])(
    '%s says something',
    (text) => expect(isCall(text)).toBe(false),
  );
  it.each(['嗯 好', '好的', '行', '嗯嗯，知道了'])('%s is a yes', (text) => expect(isAssent(text)).toBe(true));
  it.each(['好的谢谢', '行不行', '好 那几天到'])('%s is more than a yes', (text) => expect(isAssent(text)).toBe(false));
  it('takes no time over a wall of one sign', () => {
    expect(isCall(`${'急'.repeat(400)}x`)).toBe(false);
    expect(isAssent(`${'好'.repeat(400)}x`)).toBe(false);
  });
});

describe('what is open', () => {
  const greeted = agent('您好，我是小叮');

  it('is asked again by a call', () => {
    const taken = matter({ history: [greeted, buyer('黑的有货没'), buyer('在？')], message: '？？' });
    expect(taken).toMatchObject({ message: '黑的有货没', analysis: { intents: [], abstained: false } });
  });
  it('is the last question since the desk spoke, not what is told', () => {
    const history = [greeted, buyer('黑的有货没'), buyer('啥时候发'), buyer('我急用')];
    expect(matter({ history, message: '人呢' }).message).toBe('啥时候发');
    expect(matter({ history: [greeted, buyer('买了两个 有一个不喜欢')], message: '在' }).message).toBe('在');
  });
  it('is the half that a yes leaves', () => {
    const parts = { history: [buyer('几升 几天到'), agent('3.5升')], message: '嗯 好' };
    expect(matter({ ...parts, facts: { convo: { openQuestions: ['几天到'] } } }).message).toBe('几天到');
    expect(matter(parts).message).toBe('嗯 好');
  });
  it('is nothing once it was answered, while a question is noted, or at the first word', () => {
    expect(matter({ history: [buyer('黑的有货没'), agent('有的')], message: '在吗' }).message).toBe('在吗');
    expect(
      matter({ history: [buyer('含皂基不')], message: '人呢', facts: { question: { text: '含皂基不' } } }).message,
    ).toBe('人呢');
    expect(matter({ message: '在吗' }).message).toBe('在吗');
    expect(matter({ history: [buyer('你好')], message: '在吗' }).message).toBe('在吗');
  });
  it('leaves a message alone that says something', () => {
    expect(matter({ history: [greeted, buyer('黑的有货没')], message: '白的呢' }).message).toBe('白的呢');
  });
});
