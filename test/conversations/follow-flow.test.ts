/** The seven steps: every transition of the domain, and that a state can be made again from what happened. */
import { describe, expect, it } from 'vitest';
import {
  type FlowEvent,
  type FlowState,
  followFlow,
  followOrder,
  followUnpaid,
  START_OF_FLOW,
} from '../../src/conversations/follow-flow.ts';

type Step = string | FlowEvent | { order: string; caseOpen?: boolean } | 'unpaid-later';

/** Says what happened in short: intents by their ids, `off` for a message while nobody is there. */
function play(...steps: Step[]): FlowState {
  return steps.reduce<FlowState>((state, step) => {
    if (step === 'unpaid-later') return followUnpaid(state);
    if (typeof step === 'string') {
      const words = step.split(' ');
      const intents = words.filter((word) => word.startsWith('INT-'));
      const signals = words.filter((word) => word === '+').length;
      return followFlow(state, {
        type: 'message',
        intents,
        onDuty: !words.includes('off'),
        signals,
        soldOut: words.includes('sold-out'),
        aboveAuthority: words.includes('above'),
      });
    }
    if ('order' in step) return followOrder(state, { id: 'A1', state: step.order }, step.caseOpen ?? false);
    return followFlow(state, step);
  }, START_OF_FLOW);
}

const TRANSITIONS: [string, Step[], Partial<FlowState>][] = [
  ['FLOW-T01', ['INT-GEN-01'], { step: 'FLOW-1' }],
  ['FLOW-T02', ['INT-PRE-07 off'], { step: 'FLOW-1', aside: 'offline' }],
  ['FLOW-T03', ['INT-GEN-01', 'INT-PRE-01'], { step: 'FLOW-2' }],
  ['FLOW-T04', ['INT-PRE-02'], { step: 'FLOW-2', aside: 'pending' }],
  ['FLOW-T05', ['INT-PRE-01', 'INT-PRE-07 sold-out'], { step: 'FLOW-3' }],
  ['FLOW-T06', ['INT-PRE-01', 'INT-PRE-04'], { step: 'FLOW-3' }],
  ['FLOW-T07', ['INT-PRE-04', 'INT-PRE-24'], { step: 'FLOW-3', aside: 'doubt' }],
  ['FLOW-T08', ['INT-PRE-04', 'INT-PRE-14'], { step: 'FLOW-4' }],
  ['FLOW-T09', ['INT-PRE-04', 'INT-PRE-14 +', 'INT-PRE-20 +'], { step: 'FLOW-4', aside: 'closing' }],
  ['FLOW-T10', ['INT-PRE-04', 'INT-PRE-14 above'], { step: 'FLOW-4', aside: 'pending' }],
  ['FLOW-T11', ['INT-PRE-04', { order: 'unpaid' }], { step: 'FLOW-5' }],
  ['FLOW-T12', ['INT-PRE-04', { order: 'unpaid' }, { order: 'paid' }], { step: 'FLOW-6', farewell: 1 }],
  ['FLOW-T13', ['INT-PRE-04', { order: 'unpaid' }, 'INT-IN-13'], { step: 'FLOW-5', aside: 'change' }],
  ['FLOW-T14', ['INT-PRE-04', { order: 'unpaid' }, 'unpaid-later'], { step: 'FLOW-7' }],
  ['FLOW-T15', ['INT-PRE-04', 'INT-GEN-06'], { step: 'FLOW-6', farewell: 2 }],
  ['FLOW-T16', ['INT-PRE-04', 'INT-GEN-05'], { step: 'FLOW-6', farewell: 3 }],
  [
    'FLOW-T17',
    ['INT-PRE-04', 'INT-GEN-05', { type: 'asked-again' }, 'INT-GEN-05'],
    { step: 'FLOW-6', farewell: 3, aside: 'stopped' },
  ],
  ['FLOW-T18', ['INT-PRE-04', { order: 'paid' }, { order: 'shipped' }], { step: 'FLOW-7' }],
  ['FLOW-T19', ['INT-GEN-01', 'INT-AS-07'], { step: 'FLOW-7', aside: 'after-sale' }],
  [
    'FLOW-T20',
    ['INT-AS-07', { order: 'signed', caseOpen: true }, { order: 'signed' }],
    { step: 'FLOW-6', farewell: 1 },
  ],
];

describe('the service flow', () => {
  it.each(TRANSITIONS)('takes %s', (by, steps, expected) => {
    expect(play(...steps)).toMatchObject({ ...expected, by });
  });

  it('starts at verify for who orders without a word', () => {
    expect(play('INT-IN-01', { order: 'unpaid' })).toMatchObject({ step: 'FLOW-5' });
  });

  it('goes back to the step after a doubt is answered', () => {
    const answered = play('INT-PRE-04', 'INT-PRE-24', 'INT-PRE-01');
    expect(answered.step).toBe('FLOW-3');
    expect(answered).not.toHaveProperty('aside');
  });

  it('does not go back to asking because of one more question about the goods', () => {
    expect(play('INT-PRE-04', 'INT-PRE-14', 'INT-PRE-01').step).toBe('FLOW-4');
  });

  it('does not take an old order for one placed in the talk', () => {
    expect(followOrder(START_OF_FLOW, { id: 'A0', state: 'shipped' }, false)).toMatchObject({ step: 'idle' });
  });

  it('leaves an after-sale talk alone when another order ships', () => {
    expect(play('INT-AS-07', { order: 'shipped' })).toMatchObject({ aside: 'after-sale' });
  });

  it('counts signals to buy until something is decided', () => {
    expect(play('INT-PRE-04 +', { order: 'unpaid' }).signals).toBe(0);
  });

  it('stops following up only after asking again', () => {
    expect(play('INT-GEN-05', 'INT-GEN-05')).not.toHaveProperty('aside');
  });

  it('ends a talk with thanks by what came of it', () => {
    expect(play('INT-PRE-04', 'INT-GEN-04')).toMatchObject({ farewell: 2 });
    expect(play('INT-PRE-04', { order: 'paid' }, 'INT-PRE-20', 'INT-GEN-04')).toMatchObject({ farewell: 1 });
    expect(play('INT-PRE-04', { order: 'unpaid' }, 'INT-GEN-04')).toMatchObject({ step: 'FLOW-5' });
  });

  it('is the same however it was kept in between', () => {
    const events: Step[] = ['INT-GEN-01', 'INT-PRE-04 +', 'INT-PRE-14 +', { order: 'unpaid' }, { order: 'paid' }];
    const kept = JSON.parse(JSON.stringify(play(...events.slice(0, 3)))) as FlowState;
    const resumed = followOrder(
      followOrder(kept, { id: 'A1', state: 'unpaid' }, false),
      { id: 'A1', state: 'paid' },
      false,
    );
    expect(resumed).toEqual(play(...events));
  });
});
