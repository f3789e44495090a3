/** Who sends: each line of SR-10 and SR-11 as a case. */
import { describe, expect, it } from 'vitest';
import { cardsOfRisk, mayAnswerOffline, neverAutomatic, riskOf } from '../../src/protocol/card-risk.ts';
import { CARD_IDS, type MessageIntent } from '../../src/protocol/ids.ts';
import { type ModeRule, ModesSchema } from '../../src/protocol/modes.ts';
import type { Analysis, Proposal } from '../../src/protocol/turn.ts';
import { automaticModesOf } from '../../src/scripts/automatic-modes.ts';
import { decideMode, HUMAN_ACTIVE_MS, type ModeQuestion } from '../../src/suggestions/decide-mode.ts';

const NOW = Date.parse('2027-05-12T14:00:00+08:00');

function understood(intents: Partial<Record<MessageIntent, number>>, changes: Partial<Analysis> = {}): Analysis {
  const guesses = Object.entries(intents).map(([intent, confidence]) => ({ intent, confidence, evidence: [] }));
  return {
    intents: guesses as Analysis['intents'],
    held: guesses.filter(({ confidence }) => confidence >= 0.5).map(({ intent }) => intent) as MessageIntent[],
    outOfScope: 0,
    abstained: false,
    entities: [],
    mood: 'calm',
    language: 'zh-Hans',
    model: 'test',
    ...changes,
  };
}

function proposed(card: string, intents: MessageIntent[], technique?: Proposal['technique']): ModeQuestion['proposal'] {
  return { card, intents, ...(technique ? { technique } : {}) };
}

const rule = (changes: Partial<ModeRule>): ModeRule => ({
  intents: ['INT-LOG-*'],
  risk: 'low',
  hours: 'both',
  mode: 'auto',
  delaySec: 12,
  settlesOwed: false,
  ...changes,
});

/** Asks when it is sent; SCR-85 answers from the record. */
function ask(changes: Partial<ModeQuestion> = {}): ModeQuestion {
  const burst = changes.burst ?? [understood({ 'INT-LOG-01': 0.95 })];
  return {
    modes: { rules: [rule({})] },
    onDuty: false,
    proposal: proposed('SCR-85', ['INT-LOG-01']),
    dispute: false,
    takenOver: false,
    lastAgentAt: null,
    nowMs: NOW,
    verdict: 'pass',
    sinceHuman: burst,
    ...changes,
    burst,
  };
}

const codes = (question: ModeQuestion) => decideMode(question).objections.map(({ code }) => code);

describe('what a rule lets go', () => {
  it('goes by itself, and the owed answer stays owed unless the rule settles it', () => {
    expect(decideMode(ask())).toEqual({ mode: 'auto', rule: 0, settlesOwed: false, objections: [] });
    expect(decideMode(ask({ modes: { rules: [rule({ settlesOwed: true })] } })).settlesOwed).toBe(true);
  });

  it('counts down as long as the rule says, where somebody sees it', () => {
    const rules = [rule({ mode: 'semi', hours: 'on_duty', delaySec: 20 })];
    expect(decideMode(ask({ modes: { rules }, onDuty: true }))).toEqual({
      mode: 'semi',
      rule: 0,
      delaySec: 20,
      settlesOwed: false,
      objections: [],
    });
  });

  it('is nothing by default', () => {
    expect(ModesSchema.parse({})).toEqual({ rules: [], debounceSec: 4, withAway: 'beside' });
    expect(codes(ask({ modes: { rules: [] } }))).toEqual(['no_rule']);
    expect(codes(ask({ modes: { rules: [] }, onDuty: true }))).toEqual(['no_rule']);
  });

  it('is decided by the first rule that fits', () => {
    const rules = [
      rule({ risk: 'medium', mode: 'semi', hours: 'on_duty' }),
      rule({ intents: ['INT-LOG-01'], mode: 'suggest' }),
      rule({}),
    ];
    expect(decideMode(ask({ modes: { rules } }))).toMatchObject({ mode: 'suggest', rule: 1 });
  });

  it.each([
    ['another family', rule({ intents: ['INT-PRE-*'] }), false, false],
    ['another intent', rule({ intents: ['INT-LOG-02'] }), false, false],
    ['the very intent', rule({ intents: ['INT-LOG-01'] }), false, true],
    ['another risk', rule({ risk: 'medium', mode: 'suggest' }), false, false],
    ['another card', rule({ cards: ['SCR-87'] }), false, false],
    ['the very card', rule({ cards: ['SCR-85'] }), false, true],
    ['hours on duty, nobody there', rule({ hours: 'on_duty' }), false, false],
    ['hours on duty, somebody there', rule({ hours: 'on_duty' }), true, true],
    ['off hours, somebody there', rule({ hours: 'off_hours' }), true, false],
    ['off hours, nobody there', rule({ hours: 'off_hours' }), false, true],
  ])('a rule about %s', (_name, one, onDuty, fits) => {
    expect(decideMode(ask({ modes: { rules: [one] }, onDuty })).mode).toBe(fits ? 'auto' : 'suggest');
  });
});

describe('SR-10', () => {
  it.each([
    ['nothing proposed', { proposal: undefined }, 'nothing_proposed'],
    ['confidence below 0.8', { burst: [understood({ 'INT-LOG-01': 0.79 })] }, 'confidence'],
    ['an open case', { dispute: true }, 'dispute'],
    ['a person active nine minutes ago', { lastAgentAt: NOW - HUMAN_ACTIVE_MS + 60_000 }, 'human_active'],
    ['a chat taken over', { takenOver: true }, 'taken_over'],
    ['a warning of the gate', { verdict: 'warn' as const }, 'gate'],
    ['a block of the gate', { verdict: 'block' as const }, 'gate'],
    [
      'something else asked as well',
      { burst: [understood({ 'INT-LOG-01': 0.95, 'INT-PRE-20': 0.9 })] },
      'unanswered_intent',
    ],
    [
      'something else asked before in the burst',
      { burst: [understood({ 'INT-PRE-20': 0.9 }), understood({ 'INT-LOG-01': 0.95 })] },
      'unanswered_intent',
    ],
    ['an angry buyer', { burst: [understood({ 'INT-LOG-01': 0.95 }, { mood: 'angry' })] }, 'needs_human'],
    ['a call for a person some messages ago', { sinceHuman: [understood({ 'INT-GEN-08': 0.9 })] }, 'needs_human'],
  ])('%s keeps it with people', (_name, changes: Partial<ModeQuestion>, code) => {
    expect(codes(ask(changes))).toEqual([code]);
  });

  it.each([
    ['confidence of exactly 0.8', { burst: [understood({ 'INT-LOG-01': 0.8 })] }],
    ['a person who wrote ten minutes ago', { lastAgentAt: NOW - HUMAN_ACTIVE_MS }],
    ['a greeting beside the question', { burst: [understood({ 'INT-LOG-01': 0.95, 'INT-GEN-01': 0.9 })] }],
  ])('%s is no objection', (_name, changes) => {
    expect(decideMode(ask(changes)).mode).toBe('auto');
  });

  it('the acknowledgement of an after-sale matter goes into an open case', () => {
    const burst = [understood({ 'INT-AS-01': 0.95 })];
    const rules = [rule({ intents: ['INT-AS-*'] })];
    const ack = proposed('SCR-100', ['INT-AS-01']);
    expect(decideMode(ask({ modes: { rules }, burst, proposal: ack, dispute: true })).mode).toBe('auto');
  });

  it('a person who is serving does not hinder a countdown', () => {
    const rules = [rule({ mode: 'semi', hours: 'on_duty' })];
    expect(decideMode(ask({ modes: { rules }, onDuty: true, lastAgentAt: NOW - 1000 })).mode).toBe('semi');
  });
});

describe('SR-11', () => {
  it.each([
    ['SCR-37', 'discount'],
    ['SCR-30', 'discount'],
    ['SCR-107', 'compensation'],
    ['SCR-160', 'fault'],
    ['SCR-13', 'size'],
    ['SCR-79', 'cancellation'],
    ['SCR-65', 'bank'],
    ['SCR-152', 'bad_review'],
    ['SCR-52', 'technique'],
    ['SCR-53', 'technique'],
    ['SCR-55', 'technique'],
    ['SCR-56', 'technique'],
    ['SHOP', 'own_script'],
  ])('%s never leaves by itself: %s', (card, reason) => {
    expect(neverAutomatic(card)).toBe(reason);
    expect(riskOf(card)).toBe('high');
  });

  it.each(['CT-3', 'CT-4', 'CT-6', 'CT-7'] as const)('whatever its card, a text that uses %s', (technique) => {
    expect(neverAutomatic('SCR-18', technique)).toBe('technique');
  });

  it.each(['CT-1', 'CT-2', 'CT-5'] as const)('%s may', (technique) => {
    expect(neverAutomatic('SCR-18', technique)).toBeUndefined();
  });

  it('holds in the decision whatever the rule says', () => {
    for (const mode of ['semi', 'auto'] as const) {
      const rules = [rule({ intents: ['INT-PRE-*'], risk: 'high', mode })];
      const burst = [understood({ 'INT-PRE-20': 0.99 })];
      const proposal = proposed('SCR-37', ['INT-PRE-20']);
      expect(decideMode(ask({ modes: { rules }, burst, proposal, onDuty: true }))).toMatchObject({
        mode: 'suggest',
        objections: [{ code: 'never_automatic', detail: 'discount' }],
      });
    }
  });

  it('gives no card a mode O that must never leave, and every other card of 5.4 one', () => {
    for (const card of CARD_IDS) {
      const modes = automaticModesOf(card);
      expect(modes.includes('O')).toBe(riskOf(card) === 'low');
      if (neverAutomatic(card)) expect(modes).toEqual([]);
      if (mayAnswerOffline(card)) expect(neverAutomatic(card)).toBeUndefined();
    }
    expect(cardsOfRisk('low')).toHaveLength(18);
  });
});

describe('settings that are refused', () => {
  const refuse = (changes: Partial<ModeRule>) => {
    const { error } = ModesSchema.safeParse({ rules: [rule({}), rule(changes)] });
    const [issue] = error?.issues ?? [];
    return { path: issue?.path.join('.'), message: issue?.message };
  };

  it.each([
    [
      'a card of SR-11',
      { risk: 'high', cards: ['SCR-37'], mode: 'semi', hours: 'on_duty' },
      'cards',
      /SCR-37 \(discount\).*SR-11.*legal is "suggest"/,
    ],
    ['every card of SR-11', { risk: 'high', mode: 'auto' }, 'mode', /risk "high".*SCR-\d+.*SR-11.*legal is "suggest"/],
    [
      'a card without mode O',
      { risk: 'medium', cards: ['SCR-61'], mode: 'auto' },
      'cards',
      /SCR-61.*mode O.*"suggest" and "semi"/,
    ],
    ['medium risk by itself', { risk: 'medium', mode: 'auto' }, 'mode', /mode O.*"suggest" and "semi"/],
    ['a countdown nobody sees', { mode: 'semi', hours: 'both' }, 'mode', /somebody to see it; legal is "on_duty"/],
    ['a card of another risk', { cards: ['SCR-37'], mode: 'suggest' }, 'cards', /SCR-37 has risk "high"/],
    ['an intent that is none', { intents: ['INT-XX-01'] }, 'intents.0', /"INT-XX-01".*INT-LOG-\*/],
    ['a short countdown', { mode: 'semi', hours: 'on_duty', delaySec: 4 }, 'delaySec', /5/],
    ['a long countdown', { mode: 'semi', hours: 'on_duty', delaySec: 61 }, 'delaySec', /60/],
  ] as const)('%s', (_name, changes, key, message) => {
    const refused = refuse(changes as Partial<ModeRule>);
    expect(refused.path).toBe(`rules.1.${key}`);
    expect(refused.message).toMatch(message);
  });
});
