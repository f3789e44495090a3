/** Countdowns at the console, and the form behind the page of who sends. */
import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/console/client/create-store.ts';
import { CommandError } from '../../src/console/client/desk-socket.ts';
import type { DeskAction, DeskState } from '../../src/console/desk/store/desk-state.ts';
import { pendingSend } from '../../src/console/desk/store/reduce-automatic.ts';
import { initialDesk, reduceDesk } from '../../src/console/desk/store/reduce-desk.ts';
import { createStopAutomatic } from '../../src/console/desk/store/stop-automatic.ts';
import { cellKey, PLAIN_CELL, readForm, writeForm } from '../../src/console/settings/modes/modes-form.ts';
import {
  DELAY_SEC,
  INTENT_FAMILIES,
  MODE_HOURS,
  PLAIN_MODES,
  RISKS,
  SENDING_MODES,
  whyNot,
} from '../../src/console/settings/modes/vocabulary.ts';
import { RISKS as ALL_RISKS } from '../../src/protocol/card-risk.ts';
import * as protocol from '../../src/protocol/modes.ts';
import { type ModeRule, ModesSchema, type PendingSend } from '../../src/protocol/modes.ts';
import type { ConversationSummary } from '../../src/protocol/records.ts';

const CHAT = 'cnv_1';
const PENDING: PendingSend = { id: 'aut_1', suggestionId: 'sug_1', position: 0, text: '48小时内发出', dueAt: 20_000 };
const conversation: ConversationSummary = {
  id: CHAT,
  buyerId: 'byr_1',
  buyerName: '买家',
  channel: 'web',
  status: 'open',
  lastSeq: 1,
  unread: 1,
  changedAt: 1,
};

function play(...actions: DeskAction[]): DeskState {
  const listed: DeskAction = { type: 'conversationsLoaded', conversations: [conversation] };
  return [listed, ...actions].reduce(reduceDesk, initialDesk);
}

const began: DeskAction = { type: 'automaticChanged', conversationId: CHAT, pending: PENDING };

describe('a countdown at the console', () => {
  it('is there from the event, or from the summary of one who comes later', () => {
    expect(pendingSend(play(began), CHAT)).toEqual(PENDING);
    const summary: DeskAction = { type: 'conversationChanged', conversation: { ...conversation, automatic: PENDING } };
    expect(pendingSend(play(summary), CHAT)).toEqual(PENDING);
  });

  it('is gone with its end, and its proposal knows why', () => {
    const state = play(began, {
      type: 'automaticChanged',
      conversationId: CHAT,
      ended: { id: 'aut_1', reason: 'typing' },
    });
    expect(pendingSend(state, CHAT)).toBeUndefined();
    expect(state.endedSends[CHAT]).toEqual({ id: 'aut_1', reason: 'typing', suggestionId: 'sug_1', position: 0 });
  });

  it('does not come back by a summary that was on its way when it was stopped', () => {
    const late: DeskAction = { type: 'conversationChanged', conversation: { ...conversation, automatic: PENDING } };
    expect(pendingSend(play(began, { type: 'automaticStopped', conversationId: CHAT }, late), CHAT)).toBeUndefined();
    const next = { ...PENDING, id: 'aut_2' };
    const again: DeskAction = { type: 'automaticChanged', conversationId: CHAT, pending: next };
    expect(pendingSend(play(began, { type: 'automaticStopped', conversationId: CHAT }, again), CHAT)).toEqual(next);
  });

  it('keeps the difference of the clocks, and no jitter', () => {
    const state = play({ type: 'clockRead', skewMs: 90_000 });
    expect(state.skewMs).toBe(90_000);
    expect(reduceDesk(state, { type: 'clockRead', skewMs: 90_100 })).toBe(state);
  });

  it.each([
    ['stopped', undefined, 'stopped', false],
    ['left already', new CommandError('conflict', ''), 'gone', false],
    ['known to nobody', new CommandError('not_found', ''), 'stopped', false],
    ['not reached', new CommandError('unavailable', ''), 'lost', true],
  ] as const)('%s', async (_name, error, outcome, isShown) => {
    const store = createStore(reduceDesk, play(began));
    const sent: unknown[] = [];
    const stop = createStopAutomatic(store, {
      command: async (type, data) => {
        sent.push(type, data);
        expect(pendingSend(store.get(), CHAT)).toBeUndefined();
        if (error) throw error;
        return {};
      },
    });
    expect(await stop(CHAT)).toBe(outcome);
    expect(sent).toEqual(['automatic.stop', { conversationId: CHAT, sendId: 'aut_1' }]);
    expect(pendingSend(store.get(), CHAT) !== undefined).toBe(isShown);
  });
});

describe('the form of the modes', () => {
  const rule = (changes: Partial<ModeRule>): ModeRule => ({
    intents: ['INT-LOG-*'],
    risk: 'low',
    hours: 'on_duty',
    mode: 'semi',
    delaySec: 12,
    settlesOwed: false,
    ...changes,
  });

  it.each([
    ['nothing', []],
    [
      'cells',
      [rule({}), rule({ hours: 'off_hours', mode: 'auto', settlesOwed: true }), rule({ intents: ['INT-PRE-*'] })],
    ],
    ['rules of their own before cells', [rule({ intents: ['INT-LOG-01'], mode: 'suggest' }), rule({})]],
    ['a cell before a rule of its own', [rule({}), rule({ hours: 'both', mode: 'auto' }), rule({ risk: 'medium' })]],
    ['the same cell twice', [rule({ delaySec: 20 }), rule({ delaySec: 30 })]],
    ['a rule about cards', [rule({ cards: ['SCR-85'] })]],
  ])('gives back what it read: %s', (_name, rules) => {
    const modes = ModesSchema.parse({ rules, debounceSec: 6, withAway: 'instead' });
    expect(writeForm(readForm(modes))).toEqual(modes);
  });

  it('needs no rule for a cell that only suggests', () => {
    const form = readForm(ModesSchema.parse({}));
    const place = { family: 'LOG', hours: 'on_duty', risk: 'low' } as const;
    const cells = new Map([[cellKey(place), { ...PLAIN_CELL, mode: 'semi' as const, delaySec: 20 }]]);
    expect(writeForm({ ...form, cells }).rules).toEqual([rule({ delaySec: 20 })]);
    expect(writeForm({ ...form, cells: new Map([[cellKey(place), PLAIN_CELL]]) }).rules).toEqual([]);
  });

  it('offers exactly what the server takes', () => {
    expect(PLAIN_MODES).toEqual(ModesSchema.parse({}));
    expect([DELAY_SEC, INTENT_FAMILIES, MODE_HOURS, SENDING_MODES, RISKS]).toEqual([
      protocol.DELAY_SEC,
      protocol.INTENT_FAMILIES,
      protocol.MODE_HOURS,
      protocol.SENDING_MODES,
      ALL_RISKS,
    ]);
    for (const risk of RISKS) {
      for (const hours of MODE_HOURS) {
        for (const mode of SENDING_MODES) {
          const refused = protocol.problemOf(rule({ risk, hours, mode })) !== undefined;
          expect(whyNot({ risk, hours, mode }) !== undefined, `${risk} ${hours} ${mode}`).toBe(refused);
        }
      }
    }
    expect(whyNot(rule({ risk: 'high' }))).toBe('high');
    expect(whyNot(rule({ risk: 'medium', mode: 'auto' }))).toBe('medium');
    expect(whyNot(rule({ hours: 'off_hours' }))).toBe('semi');
  });
});
