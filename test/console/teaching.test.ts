import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/console/client/create-store.ts';
import type { ServerEvent } from '../../src/console/client/desk-socket.ts';
import { emptyCatalogue } from '../../src/console/desk/catalogue.ts';
import type { DeskAction, DeskState } from '../../src/console/desk/store/desk-state.ts';
import { type EventParts, receiveEvent } from '../../src/console/desk/store/receive-event.ts';
import { initialDesk, reduceDesk } from '../../src/console/desk/store/reduce-desk.ts';
import { createRefreshSoon } from '../../src/console/desk/store/refresh-soon.ts';
import { activeThread, newestUnderstood } from '../../src/console/desk/store/select.ts';
import {
  type Choice,
  type CorrectionForm,
  findIntents,
  type IntentOffer,
  intentsOf,
  reduceCorrection,
  startCorrection,
} from '../../src/console/desk/thread/correction-form.ts';
import { markWords } from '../../src/console/desk/thread/mark-words.ts';
import { sumUp, wordsShown } from '../../src/console/desk/thread/understood.ts';
import { translate } from '../../src/console/i18n/language.tsx';
import type { MessageKey } from '../../src/console/i18n/zh.ts';
import { nameMeaning } from '../../src/console/supervisor/name-meaning.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Analysis } from '../../src/protocol/turn.ts';
import { analysis, conversation, detail, message, suggestions } from './examples.ts';

const PRICE = 'INT-PRE-14';
const STOCK = 'INT-PRE-18';
const correction = (seq: number, intents: MessageIntent[]) => ({ seq, intents, agentId: 'agt_1', at: 9 });
const guess = (intent: MessageIntent, confidence: number, evidence: string[] = []) => ({
  intent,
  confidence,
  evidence,
});
const run = (state: DeskState, ...actions: DeskAction[]) => actions.reduce(reduceDesk, state);
const opened = run(initialDesk, { type: 'opened', conversationId: 'c1' }, { type: 'detailLoaded', detail: detail() });
const profile = { types: { 'BT-2': 1 }, top: 'BT-2' as const, segments: [], evidence: [] };

describe('words that spoke for an intent', () => {
  const marks = (text: string, ...words: string[]) =>
    markWords(text, words).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text));

  it.each([
    ['发什么快递，快递', ['快递'], ['发什么', '[快递]', '，', '[快递]']],
    ['能不能便宜', ['能不', '不能便'], ['[能不能便]', '宜']],
    ['what SIZE', ['size'], ['what ', '[SIZE]']],
    ['满３００减30', ['满000', '减00'], ['[满３００减30]']],
    ['没有这个词', ['别的', ' ', ''], ['没有这个词']],
    ['😀好', ['好'], ['😀', '[好]']],
    ['', ['x'], []],
  ])('are marked in %j by %j', (text, words, pieces) => {
    expect(marks(text, ...words)).toEqual(pieces);
    expect(
      markWords(text, words)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  const read: Analysis = { ...analysis, intents: [guess(PRICE, 0.8, ['便宜', '点']), guess(STOCK, 0.1, ['点'])] };
  it('are those of the intents that hold, or of the best guess on demand', () => {
    expect(wordsShown({ ...read, held: [PRICE, STOCK] }, false)).toEqual(['便宜', '点']);
    expect(wordsShown({ ...read, held: [STOCK] }, true)).toEqual(['点']);
    expect(wordsShown(read, false)).toEqual([]);
    expect(wordsShown(read, true)).toEqual(['便宜', '点']);
  });
});

describe('what is said of a message in a line', () => {
  it.each([
    ['intents that hold', { held: [PRICE], intents: [guess(PRICE, 0.8)] }, 'held'],
    ['nothing to do with the shop', { outOfScope: 0.7 }, 'outside'],
    ['no certainty', { outOfScope: 0.2 }, 'unsure'],
  ] as const)('is %s', (_name, change, kind) => {
    expect(sumUp({ ...analysis, ...change } as Analysis, undefined).kind).toBe(kind);
  });

  it('is the agent’s word before all', () => {
    expect(sumUp({ ...analysis, held: [PRICE] }, correction(2, []))).toEqual({
      kind: 'corrected',
      intents: [],
      agentId: 'agt_1',
    });
  });

  it('names the best guess where nothing holds', () => {
    expect(sumUp({ ...analysis, intents: [guess(PRICE, 0.2)] }, undefined)).toMatchObject({ guess: { intent: PRICE } });
  });

  it('has no figure for an intent that only a clause holds', () => {
    expect(sumUp({ ...analysis, held: [PRICE] }, undefined)).toMatchObject({ guesses: [{ confidence: undefined }] });
  });
});

describe('choosing what a message means', () => {
  const offer = (id: Choice, zh: string, en: string): IntentOffer => ({ id, name: { zh, en } });
  const offers = [
    offer(PRICE, '要优惠', 'Extra discount'),
    offer(STOCK, '有没有货', 'Is it in stock'),
    offer('INT-PRE-13', '别家更便宜，要优惠', 'Cheaper elsewhere'),
    offer('none', '与本店业务无关', 'None of our business'),
  ];

  it.each([
    ['', [STOCK, PRICE, 'INT-PRE-13', 'none']],
    ['优惠', [PRICE, 'INT-PRE-13']],
    ['别家', ['INT-PRE-13']],
    ['pre-13', ['INT-PRE-13']],
    ['intpre18', [STOCK]],
    ['Stock in', [STOCK]],
    ['无关', ['none']],
    ['没有的', []],
  ])('%j finds %j, guesses first', (query, found) => {
    expect(findIntents(offers, [STOCK], query).map(({ id }) => id)).toEqual(found);
  });

  it('puts a name that begins with the query before the guesses', () => {
    expect(findIntents(offers, ['INT-PRE-13'], '要优惠')[0]?.id).toBe(PRICE);
  });

  const steps = (form: CorrectionForm, ...actions: Parameters<typeof reduceCorrection>[1][]) =>
    actions.reduce(reduceCorrection, form);
  const empty = startCorrection(undefined);

  it('keeps the order of choosing, and takes back what is chosen twice', () => {
    const form = steps(
      empty,
      { type: 'toggled', choice: STOCK },
      { type: 'toggled', choice: PRICE },
      { type: 'toggled', choice: 'INT-PRE-13' },
      { type: 'toggled', choice: PRICE },
    );
    expect(intentsOf(form)).toEqual([STOCK, 'INT-PRE-13']);
    expect(steps(form, { type: 'lastDropped' }).chosen).toEqual([STOCK]);
  });

  it('is either intents or none of our business', () => {
    const none = steps(empty, { type: 'toggled', choice: STOCK }, { type: 'toggled', choice: 'none' });
    expect([none.chosen, intentsOf(none)]).toEqual([['none'], []]);
    expect(steps(none, { type: 'toggled', choice: PRICE }).chosen).toEqual([PRICE]);
  });

  it('takes five at most', () => {
    const six: MessageIntent[] = ['INT-PRE-01', 'INT-PRE-02', 'INT-PRE-03', 'INT-PRE-04', 'INT-PRE-05', 'INT-PRE-06'];
    const form = steps(empty, ...six.map((choice) => ({ type: 'toggled' as const, choice })));
    expect(form.chosen).toEqual(six.slice(0, 5));
  });

  it('walks round the offers, begins anew with a query, and clears it with a choice', () => {
    const up = steps(empty, { type: 'moved', step: -1, count: 4 });
    expect(up.at).toBe(3);
    expect(steps(up, { type: 'moved', step: 1, count: 4 }).at).toBe(0);
    expect(steps(up, { type: 'moved', step: 1, count: 0 }).at).toBe(0);
    const typed = steps(up, { type: 'typed', query: 'x' });
    expect(typed.at).toBe(0);
    expect(steps(typed, { type: 'toggled', choice: PRICE })).toMatchObject({ query: '', at: 0 });
    expect(steps(up, { type: 'toggled', choice: PRICE }).at).toBe(3);
  });

  it('begins with what was said before', () => {
    expect(startCorrection([PRICE]).chosen).toEqual([PRICE]);
    expect(startCorrection([]).chosen).toEqual(['none']);
    expect(empty.chosen).toEqual([]);
  });
});

describe('corrections on the desk', () => {
  it('stand at once, and go with the next reading when they were taken back', () => {
    const said = run(opened, { type: 'intentsCorrected', conversationId: 'c1', correction: correction(2, [PRICE]) });
    expect(activeThread(said)?.corrections[2]?.intents).toEqual([PRICE]);
    expect(activeThread(run(said, { type: 'standingLoaded', detail: detail() }))?.corrections).toEqual({});
  });

  it('of the type are pinned and taken back', () => {
    const type = (pinnedType: 'BT-2' | null): DeskAction => ({
      type: 'typeCorrected',
      conversationId: 'c1',
      profile,
      pinnedType,
    });
    const pinned = run(opened, type('BT-2'));
    expect(activeThread(pinned)?.buyer).toMatchObject({ pinnedType: 'BT-2', profile });
    expect(activeThread(run(pinned, type(null)))?.buyer).not.toHaveProperty('pinnedType');
  });

  it('end with the conversation they were begun in', () => {
    const correcting = run(opened, { type: 'correctingChanged', seq: 2 });
    expect(run(correcting, { type: 'opened', conversationId: 'c1' }).correcting).toBe(2);
    expect(run(correcting, { type: 'opened', conversationId: 'c2' }).correcting).toBeUndefined();
    expect(run(correcting, { type: 'closed' }).correcting).toBeUndefined();
  });

  it('are of the newest message by key, once it was read', () => {
    expect(newestUnderstood(activeThread(opened))).toBe(2);
    const newer = run(opened, { type: 'messageAppended', message: message(3) });
    expect(newestUnderstood(activeThread(newer))).toBeUndefined();
    const answered = run(opened, { type: 'messageAppended', message: message(3, 'x', { from: 'agent' }) });
    expect(newestUnderstood(activeThread(answered))).toBe(2);
  });
});

describe('reading again where a talk stands', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('brings step, buyer and corrections, and touches nothing that is pushed', () => {
    const pushed = run(opened, {
      type: 'turnAnalysed',
      conversationId: 'c1',
      seq: 2,
      analysis,
      profile,
      suggestions: suggestions('s2', 2),
    });
    const standing = detail({
      flow: { step: 'FLOW-4', aside: 'pending' },
      messages: [],
      suggestions: suggestions('s1', 2),
    });
    const state = run(pushed, { type: 'standingLoaded', detail: standing });
    expect(activeThread(state)?.flow).toEqual({ step: 'FLOW-4', aside: 'pending' });
    expect(activeThread(state)?.suggestions?.id).toBe('s2');
    expect(activeThread(state)?.log).toBe(activeThread(pushed)?.log);
    expect(activeThread(run(state, { type: 'standingLoaded', detail: detail() }))).not.toHaveProperty('flow');
  });

  it('is done once for a burst of reasons', () => {
    const read: string[] = [];
    const refresh = createRefreshSoon((id) => read.push(id), 100);
    refresh('c1');
    vi.advanceTimersByTime(99);
    refresh('c2');
    vi.advanceTimersByTime(99);
    expect(read).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(read).toEqual(['c2']);
  });

  const parts = (refreshed: string[]): EventParts => {
    const store = createStore(reduceDesk, opened);
    const nothing = () => Promise.resolve(true);
    return {
      store,
      load: {
        conversations: nothing,
        owed: nothing,
        tasks: nothing,
        clocks: nothing,
        approvals: nothing,
        discounts: nothing,
        followUps: nothing,
        messagesAfter: nothing,
      },
      onWelcome: () => undefined,
      refreshStanding: (id) => refreshed.push(id),
    };
  };
  const frame = { v: 1 as const, ts: 0 };
  const changed = (id: string): ServerEvent => ({
    ...frame,
    type: 'conversation.changed',
    data: { conversation: conversation(id) },
  });
  const ordered = (buyerId: string): ServerEvent => ({
    ...frame,
    type: 'orders.changed',
    data: { buyerId, orders: [] },
  });
  const listed = (list: 'teaching' | 'counters'): ServerEvent => ({
    ...frame,
    type: 'lists.changed',
    data: { lists: [list] },
  });

  it.each([
    ['a change of the open conversation', changed('c1'), ['c1']],
    ['a change of another', changed('c2'), []],
    ['orders of its buyer', ordered('buyer of c1'), ['c1']],
    ['orders of another buyer', ordered('b2'), []],
    ['teaching', listed('teaching'), ['c1']],
    ['other lists', listed('counters'), []],
  ])('follows %s', (_name, event, ids) => {
    const refreshed: string[] = [];
    receiveEvent(event, parts(refreshed));
    expect(refreshed).toEqual(ids);
  });
});

describe('a meaning in words', () => {
  const t = (key: MessageKey) => translate('zh', key);
  const names = { ...emptyCatalogue, intents: new Map([[PRICE, { zh: '要优惠', en: 'Extra discount' }]]) };

  it.each([
    [[], '与本店业务无关'],
    [['unknown'], '没有把握'],
    [[PRICE, STOCK], '要优惠 · INT-PRE-18'],
  ])('of %j is %s', (intents, words) => {
    expect(nameMeaning(names, intents, 'zh', t)).toBe(words);
  });
});
