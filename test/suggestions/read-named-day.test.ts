import { describe, expect, it } from 'vitest';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { readNamedDay } from '../../src/suggestions/read-named-day.ts';
import { script, situation } from './situation.ts';

/** A Tuesday. */
const NOW = '2027-03-16T14:20:00+08:00';

describe('the day a buyer names', () => {
  it.each([
    ['25号发了工资再付', '2027-03-25'],
    ['十五号付', '2027-04-15'],
    ['二十三日给你', '2027-03-23'],
    ['16号就付', '2027-03-16'],
    ['周五付', '2027-03-19'],
    ['下周三付', '2027-03-24'],
    ['星期天再说', '2027-03-21'],
    ['过五天付', '2027-03-21'],
    ['三天后付', '2027-03-19'],
    ['一个礼拜后再付', '2027-03-23'],
    ['下个月发工资付', '2027-04-01'],
    ['月底付', '2027-03-29'],
    ['明晚付', '2027-03-17'],
    ['大后天', '2027-03-19'],
    ['下礼拜', '2027-03-22'],
  ])('%s', (message, day) => {
    expect(readNamedDay(message, NOW)).toBe(Date.parse(`${day}T00:00:00+08:00`));
  });

  it.each(['晚点付', '8点付', '等会再付', '过日子'])('%s names none', (message) => {
    expect(readNamedDay(message, NOW)).toBeUndefined();
  });
});

describe('a time to pay after the order closes', () => {
  const engine = createSuggestionEngine({
    scripts: [script('SCR-71', '记下了，您{payment.promised}付就行，一共{order.amount}。')],
  });
  const cards = (message: string, autoCloseAt?: string) =>
    engine
      .suggest(
        situation({
          facts: {
            now: NOW,
            order: { id: 'T1', state: 'unpaid', amount: 329, ...(autoCloseAt === undefined ? {} : { autoCloseAt }) },
          },
          message,
          intents: ['INT-IN-06'],
        }),
      )
      .proposals.map(({ card }) => card);

  it('is not taken down as if it could be kept', () => {
    expect(cards('发了工资再付 25号', '2027-03-19T11:00:00+08:00')).toEqual([]);
  });
  it('is taken down when it lies before', () => {
    expect(cards('19号再付', '2027-03-19T11:00:00+08:00')).toEqual(['SCR-71']);
    expect(cards('后天再付', '2027-03-19T11:00:00+08:00')).toEqual(['SCR-71']);
  });
  it('is taken down where no closing time is known', () => {
    expect(cards('25号再付')).toEqual(['SCR-71']);
  });
});
