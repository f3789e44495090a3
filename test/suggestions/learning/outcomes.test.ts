import { describe, expect, it } from 'vitest';
import type { SuggestionSet } from '../../../src/protocol/records.ts';
import type { Proposal } from '../../../src/protocol/turn.ts';
import { differenceOf, showArm } from '../../../src/suggestions/learning/compare-arms.ts';
import { type AgentAct, showingsOf } from '../../../src/suggestions/learning/note-showings.ts';
import type { ArmSums } from '../../../src/suggestions/learning/ports.ts';
import { NOW } from './count-rows.ts';

const proposal = (text: string): Proposal => ({
  scriptId: `SCR-30-${text}`,
  card: 'SCR-30',
  version: 2,
  variant: 1,
  text,
  intents: ['INT-PRE-14'],
  slots: [],
  guards: [],
  score: 0.7,
  reasons: [],
});
const SET: SuggestionSet = {
  id: 'sug_1',
  conversationId: 'cnv_1',
  seq: 1,
  state: 'live',
  proposals: ['一', '二', '三'].map(proposal),
  hidden: [],
  learning: { arm: 'plain', order: 'paid', buyer: 'BT-2' },
};

describe('what an act says of the proposals', () => {
  const fates = (act: AgentAct) => showingsOf(SET, act, { buyerId: 'byr_1', at: NOW }).map(({ fate }) => fate);

  it.each<[string, AgentAct, string[]]>([
    ['the second taken', { kind: 'took', position: 1, edited: false }, ['passed', 'accepted', 'below']],
    ['the first edited', { kind: 'took', position: 0, edited: true }, ['edited', 'below', 'below']],
    ['other words', { kind: 'wrote', text: '都不是' }, ['passed', 'passed', 'passed']],
    ['the words of the third typed', { kind: 'wrote', text: ' 三 ' }, ['passed', 'passed', 'accepted']],
    ['the third dismissed', { kind: 'dismissed', position: 2 }, ['dismissed']],
  ])('%s', (_, act, expected) => {
    expect(fates(act)).toEqual(expected);
  });

  it('keeps where, who, what and when', () => {
    expect(showingsOf(SET, { kind: 'dismissed', position: 2 }, { buyerId: 'byr_1', at: NOW })).toEqual([
      {
        suggestionId: 'sug_1',
        position: 2,
        conversationId: 'cnv_1',
        buyerId: 'byr_1',
        scriptId: 'SCR-30-三',
        version: 2,
        variant: 1,
        context: 'INT-PRE|paid|BT-2',
        arm: 'plain',
        fate: 'dismissed',
        at: NOW,
      },
    ]);
  });

  it('a set without an arm is compared with nothing', () => {
    const { learning: _learning, ...old } = SET;
    const [showing] = showingsOf(old, { kind: 'wrote', text: '嗯' }, { buyerId: 'byr_1', at: NOW });
    expect([showing?.arm, showing?.context]).toEqual(['off', 'INT-PRE|none|unknown']);
  });
});

describe('the arms', () => {
  /** Conversations of one set each: `taken` of them took a proposal. */
  const arm = (conversations: number, taken: number, edited = 0, paid = 0): ArmSums => ({
    conversations,
    sets: conversations,
    taken,
    edited,
    paid,
    setsSquared: conversations,
    takenSquared: taken,
    editedSquared: edited,
    paidSquared: paid,
    setsTaken: taken,
    takenEdited: edited,
    takenPaid: paid,
  });

  it('shows shares and what they are of', () => {
    expect(showArm(arm(40, 30, 6, 3))).toEqual({
      conversations: 40,
      sets: 40,
      acceptance: { of: 40, share: 0.75 },
      edits: { of: 30, share: 0.2 },
      paid: { of: 30, share: 0.1 },
    });
    expect(showArm(arm(0, 0)).acceptance.share).toBeNull();
  });

  it('with one set a conversation the interval is that of two proportions', () => {
    const [a, b] = [400, 100];
    const found = differenceOf(arm(a, 300), arm(b, 60), 'acceptance')!;
    const spread = Math.sqrt((0.75 * 0.25) / (a - 1) + (0.6 * 0.4) / (b - 1));
    expect(found.difference).toBeCloseTo(0.15, 12);
    expect(found.low).toBeCloseTo(0.15 - 1.96 * spread, 9);
    expect(found.high).toBeCloseTo(0.15 + 1.96 * spread, 9);
  });

  it('sets of one conversation that go together count as less', () => {
    const same = arm(20, 10);
    const tenfold: ArmSums = { ...same, sets: 200, taken: 100, setsSquared: 2000, takenSquared: 1000, setsTaken: 1000 };
    const wide = differenceOf(tenfold, tenfold, 'acceptance')!;
    const narrow = differenceOf(arm(200, 100), arm(200, 100), 'acceptance')!;
    expect(wide.high - wide.low).toBeGreaterThan(3 * (narrow.high - narrow.low));
  });

  it('tells nothing of too few conversations, or of nothing taken', () => {
    expect(differenceOf(arm(4, 4), arm(100, 50), 'acceptance')).toBeNull();
    expect(differenceOf(arm(100, 0), arm(100, 50), 'edits')).toBeNull();
    expect(differenceOf(arm(100, 50, 5, 5), arm(100, 50, 5, 5), 'paid')).not.toBeNull();
  });
});
