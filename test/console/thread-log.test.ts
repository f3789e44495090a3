import { describe, expect, it } from 'vitest';
import {
  confirmPending,
  dropEchoed,
  emptyLog,
  firstGap,
  lastSafeSeq,
  type MessageLog,
  mergeMessages,
  updatePending,
} from '../../src/console/client/thread.ts';
import { message } from './examples.ts';

const seqs = (log: MessageLog) => log.messages.map(({ seq }) => seq);
const withPending = (text: string, id = 'p1'): MessageLog => ({
  ...emptyLog,
  pending: [{ id, text, at: 1, state: 'sending' }],
});

describe('a message log', () => {
  it('keeps messages by seq and ignores what it has', () => {
    const log = mergeMessages(mergeMessages(emptyLog, [message(3), message(1)]), [message(2), message(3, 'again')]);
    expect(seqs(log)).toEqual([1, 2, 3]);
    expect(log.messages[2]!.text).toBe('text 3');
  });

  it('is the same object when nothing is new', () => {
    const log = mergeMessages(emptyLog, [message(1)]);
    expect(mergeMessages(log, [message(1)])).toBe(log);
  });

  it('takes a message once when one batch holds it twice', () => {
    expect(seqs(mergeMessages(emptyLog, [message(1), message(1)]))).toEqual([1]);
  });

  it.each([
    [[], undefined, 0],
    [[1, 2, 3], undefined, 3],
    [[5, 6], undefined, 6],
    [[1, 2, 5, 6], 2, 2],
  ])('of %j has its first gap after %j and is safe up to %j', (held, gap, safe) => {
    const { messages } = mergeMessages(
      emptyLog,
      held.map((seq) => message(seq)),
    );
    expect(firstGap(messages)).toBe(gap);
    expect(lastSafeSeq(messages)).toBe(safe);
  });

  it('shows an own message once when the record comes before the confirmation', () => {
    const echo = message(1, 'hello');
    const received = mergeMessages(dropEchoed(withPending('hello'), echo), [echo]);
    expect(received.pending).toEqual([]);
    expect(confirmPending(received, 'p1', 1)).toEqual(received);
  });

  it('shows an own message once when the confirmation comes before the record', () => {
    const confirmed = confirmPending(withPending('hello'), 'p1', 1);
    expect(confirmed.pending[0]).toMatchObject({ state: 'sent', seq: 1 });
    expect(mergeMessages(confirmed, [message(1, 'hello')]).pending).toEqual([]);
  });

  it('does not take another message for the echo of a pending one', () => {
    expect(dropEchoed(withPending('hello'), message(1, 'other')).pending).toHaveLength(1);
  });

  it('drops one of two equal texts at a time', () => {
    const log = { ...emptyLog, pending: [...withPending('hi', 'a').pending, ...withPending('hi', 'b').pending] };
    expect(dropEchoed(log, message(1, 'hi')).pending.map(({ id }) => id)).toEqual(['b']);
  });

  it('marks and removes pending messages by their id', () => {
    const failed = updatePending(withPending('hello'), 'p1', { state: 'failed' });
    expect(failed.pending[0]!.state).toBe('failed');
    expect(updatePending(failed, 'p1', undefined).pending).toEqual([]);
    expect(updatePending(failed, 'p2', undefined).pending).toHaveLength(1);
  });
});
