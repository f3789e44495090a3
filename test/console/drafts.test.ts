import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/console/client/create-store.ts';
import { CommandError, type DeskSocket } from '../../src/console/client/desk-socket.ts';
import { createDraftStore } from '../../src/console/desk/store/draft-store.ts';
import { initialDesk, reduceDesk } from '../../src/console/desk/store/reduce-desk.ts';
import { createSendReply } from '../../src/console/desk/store/send-reply.ts';
import type { AgentCommand } from '../../src/protocol/frames.ts';
import { detail } from './examples.ts';

function memory() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

describe('drafts', () => {
  it('outlive a reload, with the suggestion they came from', () => {
    const storage = memory();
    const draft = { text: '你好', suggestion: { id: 's1', position: 1 } };
    createDraftStore(storage, () => 'a').set('c1', draft);
    expect(createDraftStore(storage, () => 'a').get('c1')).toEqual(draft);
  });

  it('are not found by another agent', () => {
    const storage = memory();
    createDraftStore(storage, () => 'a').set('c1', { text: '你好' });
    expect(createDraftStore(storage, () => 'b').get('c1')).toEqual({ text: '' });
  });

  it('leave nothing behind when they are empty', () => {
    const storage = memory();
    const drafts = createDraftStore(storage, () => 'a');
    drafts.set('c1', { text: 'x' });
    drafts.set('c1', { text: '' });
    expect(storage.held.size).toBe(0);
  });

  it('begin anew when what was stored is damaged', () => {
    const storage = memory();
    storage.held.set('huashu.draft.a.c1', '{"text":');
    storage.held.set('huashu.draft.a.c2', '{"text":5}');
    const drafts = createDraftStore(storage, () => 'a');
    expect([drafts.get('c1'), drafts.get('c2')]).toEqual([{ text: '' }, { text: '' }]);
  });

  it('given back stand before what was typed since', () => {
    const drafts = createDraftStore(memory(), () => 'a');
    drafts.set('c1', { text: 'newer' });
    drafts.giveBack('c1', { text: 'refused' });
    expect(drafts.get('c1').text).toBe('refused\nnewer');
  });
});

describe('sending a reply', () => {
  function setUp(answer: () => Promise<{ seq?: number }>) {
    const store = createStore(reduceDesk, initialDesk);
    store.dispatch({ type: 'opened', conversationId: 'c1' });
    store.dispatch({ type: 'detailLoaded', detail: detail() });
    const drafts = createDraftStore(memory(), () => 'a');
    const sent: { data: unknown; id: string | undefined }[] = [];
    const command: DeskSocket<AgentCommand>['command'] = (_type, data, id) => {
      sent.push({ data, id });
      return answer();
    };
    const pending = () => store.get().threads['c1']!.log.pending;
    return { drafts, sent, pending, ...createSendReply(store, drafts, { command }) };
  }
  const draft = { text: ' 您好 ', suggestion: { id: 's1', position: 0 } };
  const verdict = { decision: 'warn' as const, findings: [] };

  it('reports the suggestion and shows the message until its record is there', async () => {
    const { send, sent, pending } = setUp(async () => ({ seq: 3 }));
    expect(await send('c1', draft, false)).toBe('sent');
    expect(sent[0]!.data).toEqual({ conversationId: 'c1', text: '您好', suggestion: draft.suggestion });
    expect(pending()).toMatchObject([{ state: 'sent', seq: 3 }]);
  });

  it('says so when the warnings were read', async () => {
    const { send, sent } = setUp(async () => ({ seq: 3 }));
    await send('c1', { text: 'x' }, true);
    expect(sent[0]!.data).toEqual({ conversationId: 'c1', text: 'x', warningsRead: true });
  });

  it.each([
    ['gate_blocked', 'blocked', { decision: 'block', findings: [] }],
    ['gate_warned', 'warned', verdict],
  ])('gives the draft back with the verdict on %s', async (code, outcome, details) => {
    const { send, drafts, pending } = setUp(async () => {
      throw new CommandError(code, '', details);
    });
    expect(await send('c1', draft, false)).toBe(outcome);
    expect(pending()).toEqual([]);
    expect(drafts.get('c1')).toEqual({ text: '您好', suggestion: draft.suggestion, refused: { verdict: details } });
  });

  it('sends by a grant, and remembers the grant that the gate did not take', async () => {
    const details = { decision: 'block' as const, findings: [] };
    const { send, sent, drafts } = setUp(async () => {
      throw new CommandError('gate_blocked', '', details);
    });
    expect(await send('c1', { text: 'x' }, true, 'apr_1')).toBe('blocked');
    expect(sent[0]!.data).toEqual({ conversationId: 'c1', text: 'x', warningsRead: true, approvalId: 'apr_1' });
    expect(drafts.get('c1')).toEqual({ text: 'x', refused: { verdict: details, approvalId: 'apr_1' } });
    drafts.set('c1', { text: 'xy' });
    expect(drafts.get('c1').refused).toBeUndefined();
  });

  it.each([
    ['suggestion_stale', 'stale'],
    ['suggestion_settled', 'settled'],
  ])('gives the draft back as the own words of the agent on %s', async (code, outcome) => {
    const { send, drafts } = setUp(async () => {
      throw new CommandError(code, '');
    });
    expect(await send('c1', draft, false)).toBe(outcome);
    expect(drafts.get('c1')).toEqual({ text: '您好' });
  });

  it('keeps a message that could not be delivered and repeats it under its id', async () => {
    let tries = 0;
    const { send, retry, sent, pending } = setUp(async () => {
      tries += 1;
      if (tries === 1) throw new CommandError('internal', '');
      return { seq: 3 };
    });
    expect(await send('c1', draft, false)).toBe('failed');
    const [failed] = pending();
    expect(failed!.state).toBe('failed');
    expect(await retry(failed!.id)).toBe('sent');
    expect(sent[1]).toEqual(sent[0]);
  });
});
