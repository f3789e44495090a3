import { describe, expect, it } from 'vitest';
import type { DeskAction, DeskState } from '../../src/console/desk/store/desk-state.ts';
import { initialDesk, reduceDesk } from '../../src/console/desk/store/reduce-desk.ts';
import {
  activeThread,
  listedIds,
  neighbour,
  openConversations,
  orderOfConcern,
  usableProposals,
  waitingConversations,
} from '../../src/console/desk/store/select.ts';
import type { OrderView } from '../../src/protocol/records.ts';
import { analysis, conversation, detail, message, suggestions } from './examples.ts';

const profile = { types: {}, top: 'unknown' as const, segments: [], evidence: [] };
const self = { id: 'agt_1', name: 'a', title: 't', role: 'agent' as const, shopId: 's', shopName: 'shop' };
const run = (state: DeskState, ...actions: DeskAction[]) => actions.reduce(reduceDesk, state);
const opened = run(
  initialDesk,
  { type: 'signedIn', self },
  { type: 'opened', conversationId: 'c1' },
  { type: 'detailLoaded', detail: detail() },
);
const positions = (state: DeskState) => usableProposals(activeThread(state)).map(({ position }) => position);

describe('suggestions on the desk', () => {
  it('are usable once a conversation is loaded', () => {
    expect(positions(opened)).toEqual([0, 1, 2]);
  });

  it('leave one by one when they are dismissed', () => {
    const state = run(opened, { type: 'suggestionDismissed', conversationId: 'c1', position: 1 });
    expect(positions(state)).toEqual([0, 2]);
  });

  it('are all back with newer suggestions', () => {
    const state = run(
      opened,
      { type: 'suggestionDismissed', conversationId: 'c1', position: 1 },
      { type: 'turnAnalysed', conversationId: 'c1', seq: 3, analysis, profile, suggestions: suggestions('s2', 3) },
    );
    expect(positions(state)).toEqual([0, 1, 2]);
  });

  it('of an older message do not replace newer ones', () => {
    const state = run(opened, {
      type: 'turnAnalysed',
      conversationId: 'c1',
      seq: 1,
      analysis,
      profile,
      suggestions: suggestions('late', 1),
    });
    expect(activeThread(state)?.suggestions?.id).toBe('s1');
    expect(activeThread(state)?.analyses[1]).toBe(analysis);
  });

  it('are gone when they are withdrawn, and the reason is kept', () => {
    const state = run(opened, {
      type: 'suggestionsWithdrawn',
      conversationId: 'c1',
      suggestionId: 's1',
      reason: 'fact_changed',
    });
    expect(positions(state)).toEqual([]);
    expect(activeThread(state)?.withdrawn?.reason).toBe('fact_changed');
  });

  it('stay when an older set is withdrawn', () => {
    const state = run(opened, {
      type: 'suggestionsWithdrawn',
      conversationId: 'c1',
      suggestionId: 's0',
      reason: 'answered',
    });
    expect(positions(state)).toEqual([0, 1, 2]);
  });

  it.each([
    ['agent' as const, []],
    ['auto' as const, [0, 1, 2]],
  ])('after an answer of %s: %j', (from, left) => {
    const state = run(opened, { type: 'messageAppended', message: message(3, 'answer', { from }) });
    expect(positions(state)).toEqual(left);
  });

  it('that were pushed while a conversation was asked for are newer than the answer', () => {
    const state = run(
      opened,
      { type: 'opened', conversationId: 'c1' },
      { type: 'turnAnalysed', conversationId: 'c1', seq: 2, analysis, profile, suggestions: suggestions('s2', 2) },
      { type: 'detailLoaded', detail: detail() },
    );
    expect(activeThread(state)?.suggestions?.id).toBe('s2');
    const asked = run(state, { type: 'opened', conversationId: 'c1' }, { type: 'detailLoaded', detail: detail() });
    expect(activeThread(asked)?.suggestions?.id).toBe('s1');
  });

  it('keep what was dismissed when the same set is loaded again', () => {
    const state = run(
      opened,
      { type: 'suggestionDismissed', conversationId: 'c1', position: 0 },
      { type: 'detailLoaded', detail: detail() },
    );
    expect(positions(state)).toEqual([1, 2]);
  });
});

describe('messages on the desk', () => {
  it('of conversations that were never opened are not kept', () => {
    const state = run(opened, { type: 'messageAppended', message: message(1, 'x', { conversationId: 'c9' }) });
    expect(state.threads['c9']).toBeUndefined();
  });

  it('show in the list at once, older ones do not', () => {
    const newer = run(opened, { type: 'messageAppended', message: message(3, 'new') });
    expect(newer.conversations['c1']).toMatchObject({ lastSeq: 3, lastMessage: { text: 'new' } });
    const older = run(newer, { type: 'messageAppended', message: message(2, 'old') });
    expect(older.conversations['c1']!.lastMessage!.text).toBe('new');
  });

  it('replace the own pending one, and only the own', () => {
    const sending = run(opened, {
      type: 'sending',
      conversationId: 'c1',
      pending: { id: 'p', text: 'hi', at: 1, state: 'sending' },
    });
    const foreign = run(sending, {
      type: 'messageAppended',
      message: message(3, 'hi', { from: 'agent', agentId: 'agt_2' }),
    });
    expect(activeThread(foreign)?.log.pending).toHaveLength(1);
    const own = run(sending, {
      type: 'messageAppended',
      message: message(3, 'hi', { from: 'agent', agentId: 'agt_1' }),
    });
    expect(activeThread(own)?.log.pending).toEqual([]);
  });

  it('end the typing of whoever wrote', () => {
    const typing = run(opened, { type: 'typing', conversationId: 'c1', from: 'buyer', who: 'b', on: true, until: 9 });
    expect(typing.typing['c1']?.who).toBe('b');
    expect(run(typing, { type: 'messageAppended', message: message(3) }).typing).toEqual({});
    const other = run(typing, { type: 'messageAppended', message: message(3, 'x', { from: 'agent' }) });
    expect(other.typing['c1']?.who).toBe('b');
  });
});

describe('a new welcome', () => {
  it('of the same record keeps everything', () => {
    const state = run(opened, { type: 'welcome', epoch: 'e', resumed: false });
    expect(run(state, { type: 'welcome', epoch: 'e', resumed: true }).threads).toBe(state.threads);
  });

  it('of another record throws the messages away and keeps what is still to be sent', () => {
    const state = run(
      opened,
      { type: 'welcome', epoch: 'e1', resumed: false },
      { type: 'sending', conversationId: 'c1', pending: { id: 'p', text: 'hi', at: 1, state: 'failed' } },
      { type: 'welcome', epoch: 'e2', resumed: false },
    );
    expect(activeThread(state)?.log.messages).toEqual([]);
    expect(activeThread(state)?.log.pending).toHaveLength(1);
  });

  it('leaves nothing of the last agent after signing out', () => {
    const state = run(opened, { type: 'signedOut' });
    expect(state).toEqual({ ...initialDesk, self: null });
  });
});

describe('the lists', () => {
  const state = run(initialDesk, {
    type: 'conversationsLoaded',
    conversations: [
      conversation('new', { waitingSince: 300, changedAt: 300 }),
      conversation('old', { waitingSince: 100, changedAt: 100 }),
      conversation('calm', { changedAt: 200 }),
      conversation('done', { status: 'resolved', changedAt: 400, waitingSince: 1 }),
      conversation('silent', { lastSeq: 0, changedAt: 500 }),
    ],
  });
  const ids = (list: { id: string }[]) => list.map(({ id }) => id);

  it('show who waits longest first', () => {
    expect(ids(waitingConversations(state.conversations))).toEqual(['old', 'new']);
  });

  it('show all open conversations in which something was said, the latest first', () => {
    expect(ids(openConversations(state.conversations))).toEqual(['new', 'calm', 'old']);
  });

  it('give the keys the order in sight', () => {
    const owed = ['b', 'a'].map((id, at) => ({ conversationId: id, buyerName: id, text: '', askedAt: 2 - at }));
    expect(listedIds({ ...state, list: 'waiting' })).toEqual(['old', 'new']);
    expect(listedIds({ ...state, list: 'owed', owed })).toEqual(['a', 'b']);
  });

  it('keep the open conversation when it is no longer listed', () => {
    const reloaded = run(opened, { type: 'conversationsLoaded', conversations: [] });
    expect(Object.keys(reloaded.conversations)).toEqual(['c1']);
  });

  it.each([
    [undefined, 1, 'a'],
    [undefined, -1, 'c'],
    ['a', 1, 'b'],
    ['a', -1, 'c'],
    ['c', 1, 'a'],
    ['gone', 1, 'a'],
  ] as const)('from %j by %j lead to %j', (from, step, to) => {
    expect(neighbour(['a', 'b', 'c'], from, step)).toBe(to);
  });

  it('have no neighbour when they are empty', () => {
    expect(neighbour([], 'a', 1)).toBeUndefined();
  });
});

describe('the order badge', () => {
  const order = (id: string, state: OrderView['state'], placedAt: number): OrderView => ({
    id,
    state,
    amount: 1,
    items: [],
    placedAt,
  });

  it('is of the newest order that is still of concern', () => {
    const orders = [order('a', 'unpaid', 1), order('b', 'shipped', 2), order('c', 'closed', 3)];
    expect(orderOfConcern(orders)?.id).toBe('b');
    expect(orderOfConcern([order('c', 'completed', 3)])).toBeUndefined();
    expect(orderOfConcern(undefined)).toBeUndefined();
  });
});
