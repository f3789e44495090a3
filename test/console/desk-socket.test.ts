import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeskSocket, type SocketLike } from '../../src/console/client/desk-socket.ts';
import { judgeClose, reconnectDelayMs, type SocketState } from '../../src/console/client/socket-state.ts';
import type { AgentCommand } from '../../src/protocol/frames.ts';

interface Line extends SocketLike {
  sent: { type: string; id?: string; data: unknown }[];
  receive(frame: object): void;
  cut(code: number): void;
}

function setUp() {
  const lines: Line[] = [];
  const states: SocketState[] = [];
  const events: string[] = [];
  const socket = createDeskSocket<AgentCommand>({
    url: 'ws://desk/ws',
    hello: () => ({ role: 'agent' }),
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event.type),
    chance: () => 0,
    createSocket(_url, protocol) {
      expect(protocol).toBe('huashu.v1');
      const line: Line = {
        sent: [],
        onopen: null,
        onmessage: null,
        onclose: null,
        send: (frame) => line.sent.push(JSON.parse(String(frame))),
        close: () => undefined,
        receive: (frame) =>
          line.onmessage?.call(line as never, { data: JSON.stringify({ v: 1, ts: 0, ...frame }) } as MessageEvent),
        cut: (code) => line.onclose?.call(line as never, { code } as CloseEvent),
      };
      lines.push(line);
      return line;
    },
  });
  /** Opens the newest line up to `welcome`. */
  const welcome = () => {
    const line = lines.at(-1)!;
    line.onopen?.call(line as never, {} as Event);
    line.receive({ type: 'welcome', data: { epoch: 'e', heartbeatMs: 1, resumed: false, self: {} } });
    return line;
  };
  return { socket, lines, states, events, welcome };
}

const reply = { conversationId: 'c1', text: 'hi' };

describe('the socket client', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('says hello first and nothing before welcome', () => {
    const { socket, lines } = setUp();
    socket.start();
    void socket.command('message.send', reply, 'a');
    lines[0]!.onopen?.call(lines[0] as never, {} as Event);
    expect(lines[0]!.sent.map(({ type }) => type)).toEqual(['hello']);
  });

  it('settles a command by the answer with its id', async () => {
    const { socket, welcome } = setUp();
    socket.start();
    const line = welcome();
    const sent = socket.command('message.send', reply, 'a');
    line.receive({ type: 'ack', ref: 'other', data: { seq: 1 } });
    line.receive({ type: 'ack', ref: 'a', data: { seq: 7 } });
    await expect(sent).resolves.toEqual({ seq: 7 });
  });

  it('refuses a command with the code and details of its error', async () => {
    const { socket, welcome } = setUp();
    socket.start();
    const line = welcome();
    const sent = socket.command('message.send', reply, 'a');
    const data = { code: 'gate_blocked', message: 'no', retryable: false, details: { findings: [] } };
    line.receive({ type: 'error', ref: 'a', data });
    await expect(sent).rejects.toMatchObject({ code: 'gate_blocked', details: { findings: [] } });
  });

  it('sends a message again under its id after a lost connection', async () => {
    const { socket, lines, welcome } = setUp();
    socket.start();
    welcome();
    const sent = socket.command('message.send', reply, 'a');
    lines[0]!.cut(1006);
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    const line = welcome();
    expect(line.sent.at(-1)).toMatchObject({ type: 'message.send', id: 'a', data: reply });
    line.receive({ type: 'ack', ref: 'a', data: { seq: 1 } });
    await expect(sent).resolves.toEqual({ seq: 1 });
  });

  it('keeps the order of messages written without a connection', () => {
    const { socket, welcome } = setUp();
    socket.start();
    for (const id of ['a', 'b', 'c']) void socket.command('message.send', reply, id);
    expect(welcome().sent.map(({ id }) => id)).toEqual([undefined, 'a', 'b', 'c']);
  });

  it('refuses everything else when the connection is lost or missing', async () => {
    const { socket, lines, welcome } = setUp();
    socket.start();
    await expect(socket.command('conversation.open', { conversationId: 'c1' })).rejects.toMatchObject({
      code: 'unavailable',
    });
    welcome();
    const open = socket.command('conversation.open', { conversationId: 'c1' });
    lines[0]!.cut(1006);
    await expect(open).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('repeats a message that was refused for the moment', () => {
    const { socket, welcome } = setUp();
    socket.start();
    const line = welcome();
    void socket.command('message.send', reply, 'a');
    line.receive({ type: 'error', ref: 'a', data: { code: 'too_many', message: '', retryable: true } });
    vi.advanceTimersByTime(1000);
    expect(line.sent.filter(({ id }) => id === 'a')).toHaveLength(2);
  });

  it('takes a line on which no answer comes for dead', () => {
    const { socket, lines, welcome, states } = setUp();
    socket.start();
    welcome();
    void socket.command('message.send', reply, 'a');
    vi.advanceTimersByTime(10_000);
    expect(states.at(-1)!.phase).toBe('waiting');
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
  });

  it('does not listen to a line it has given up', () => {
    const { socket, lines, welcome, events } = setUp();
    socket.start();
    welcome();
    lines[0]!.cut(1006);
    lines[0]!.receive({ type: 'presence.changed', data: { onDuty: [] } });
    expect(events).toEqual(['welcome']);
  });

  it.each([
    [4401, 'signed_out'],
    [4403, 'forbidden'],
    [4400, 'protocol'],
    [4406, 'protocol'],
    [1009, 'protocol'],
  ])('ends on close code %i because of %s', async (code, because) => {
    const { socket, lines, states, welcome } = setUp();
    socket.start();
    welcome();
    const sent = socket.command('message.send', reply, 'a');
    lines[0]!.cut(code);
    expect(states.at(-1)).toEqual({ phase: 'ended', because });
    await expect(sent).rejects.toMatchObject({ code: 'unavailable' });
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });

  it('comes back at once when it is told to', () => {
    const { socket, lines, welcome } = setUp();
    socket.start();
    welcome();
    lines[0]!.cut(1006);
    socket.retryNow();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(2);
  });
});

describe('coming back', () => {
  it.each([
    [1006, 0, 0, 500],
    [1006, 1, 0, 1000],
    [1006, 9, 0, 15_000],
    [1006, 9, 1, 7500],
    [1001, 0, 0.5, 150],
    [1001, 1, 0, 1000],
    [4429, 0, 0, 10_000],
  ])('after code %i, try %i, chance %d waits %i ms', (code, attempt, chance, delayMs) => {
    expect(reconnectDelayMs(code, attempt, chance)).toBe(delayMs);
  });

  it('tries again after an unknown code', () => {
    expect(judgeClose(4999)).toBe('retry');
  });
});
