/** How much a client may send, how little it may read, and how long it may be silent. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { askForToken } from '../../src/cli/desk-client.ts';
import { LIMITS, SUBPROTOCOL } from '../../src/protocol/frames.ts';
import { openMind, type StartOptions, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { helloFrame, openSocket } from '../flow/test-client.ts';
import { OPCODE, openRawSocket, rawFrame } from './raw-socket.ts';

let desk: TestDesk | undefined;

beforeAll(async () => {
  await openMind();
});
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

async function start(overrides: StartOptions['overrides'] = {}): Promise<TestDesk> {
  desk = await startTestDesk({ overrides });
  return desk;
}

async function openSockets(of: TestDesk): Promise<number> {
  const metrics = await (await fetch(`${of.url}/metrics`)).text();
  return Number(/^huashu_sockets_open (\d+)/m.exec(metrics)?.[1]);
}

describe('commands', () => {
  test('pass in a burst and then at a steady rate; a refusal says so and is retryable', async () => {
    const { clock, ...of } = await start({ rate: LIMITS });
    const buyer = await of.buyer();
    for (let i = 0; i < LIMITS.burst; i++) await buyer.command('typing', { on: true });
    const refusal = await buyer.refused('message.send', { text: '第41条' }, 'm41');
    expect(refusal).toMatchObject({ code: 'too_many', retryable: true });
    clock.advance(1000);
    for (let i = 0; i < LIMITS.perSecond - 1; i++) await buyer.command('typing', { on: true });
    expect((await buyer.command('message.send', { text: '第41条' }, 'm41')).seq).toBe(1);
    expect((await buyer.refused('typing', { on: false })).code).toBe('too_many');
  });

  test('beyond all measure end the connection with 4429, and nobody else suffers', async () => {
    const of = await start({ rate: LIMITS });
    const [buyer, other] = [await of.buyer(), await of.buyer()];
    for (let i = 0; i < LIMITS.burst + 101; i++) {
      buyer.send({ v: 1, type: 'typing', id: `f${i}`, data: { on: true } });
    }
    expect((await buyer.ended()).code).toBe(4429);
    expect(buyer.all('ack')).toHaveLength(LIMITS.burst);
    expect(buyer.all('error')).toHaveLength(100);
    expect((await other.command('message.send', { text: '你好' })).seq).toBe(1);
  });

  test('that are refused for their content count as well', async () => {
    const of = await start({ rate: LIMITS });
    const buyer = await of.buyer();
    for (let i = 0; i < LIMITS.burst; i++)
      expect((await buyer.refused('message.send', { text: '' })).code).toBe('bad_request');
    expect((await buyer.refused('message.send', { text: '' })).code).toBe('too_many');
  });
});

describe('a client', () => {
  test('that does not read is cut off, and those that read get everything', async () => {
    const of = await start();
    const cookie = await of.cookie('agent1');
    const reader = await of.agent('agent2');
    const deaf = await openRawSocket(of.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL, Cookie: cookie });
    deaf.write(rawFrame(OPCODE.text, JSON.stringify(helloFrame({ role: 'agent', cookie }))));
    deaf.socket.pause();
    expect(await openSockets(of)).toBe(2);
    const who = 'x'.repeat(LIMITS.backlogBytes / 8);
    let sent = 0;
    // The kernel takes some megabytes before the backlog grows.
    while ((await openSockets(of)) === 2 && sent < 400) {
      for (let i = 0; i < 10; i++, sent++) {
        of.app.desk.bus.publish({
          type: 'typing',
          shopId: 'demo',
          conversationId: 'c',
          buyerId: 'b',
          from: 'buyer',
          who,
          on: true,
        });
      }
      await reader.command('presence.set', { state: 'online' });
    }
    expect(sent).toBeLessThan(400);
    expect(await openSockets(of)).toBe(1);
    expect(reader.all('typing')).toHaveLength(sent);
    deaf.socket.resume();
    await deaf.gone;
  });

  test('that says no hello is closed with 4408', async () => {
    const of = await start({ timing: { helloWithinMs: 50, heartbeatMs: 60_000, pongWithinMs: 60_000 } });
    const silent = await openSocket(of.url);
    expect(await silent.ended()).toMatchObject({ code: 4408 });
    const { token } = await askForToken(of.url);
    const polite = await openSocket(of.url);
    polite.send(helloFrame({ role: 'buyer', token }));
    await polite.next('welcome');
    const late = await openSocket(of.url);
    await late.ended();
    expect(polite.socket.readyState).toBe(polite.socket.OPEN);
    await polite.close();
  });

  test('that does not answer a ping is cut off, one that does stays', async () => {
    const of = await start({ timing: { helloWithinMs: 5000, heartbeatMs: 200, pongWithinMs: 150 } });
    const { token } = await askForToken(of.url);
    const hello = rawFrame(OPCODE.text, JSON.stringify(helloFrame({ role: 'buyer', token })));
    const alive = await of.buyer();
    const dead = await openRawSocket(of.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL });
    dead.write(hello);
    expect(await dead.closeCode).toBe(1006);
    expect((await alive.command('message.send', { text: '在' })).seq).toBe(1);
  });

  test('that goes away in the middle of an upgrade or a frame harms nobody', async () => {
    const of = await start();
    for (const origin of ['https://elsewhere.example', of.url]) {
      const rude = await openRawSocket(of.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL, Origin: origin });
      rude.socket.write(Buffer.from([0x81, 0xfe, 0x10]));
      rude.socket.resetAndDestroy();
      await rude.gone;
    }
    const buyer = await of.buyer();
    expect((await buyer.command('message.send', { text: '你好' })).seq).toBe(1);
    expect(await openSockets(of)).toBe(1);
  });
});

test('a node that goes away says so with 1001', async () => {
  const of = await start();
  const [agent, buyer] = [await of.agent(), await of.buyer()];
  await buyer.command('message.send', { text: '你好' });
  const closing = of.app.close();
  expect((await agent.ended()).code).toBe(1001);
  expect((await buyer.ended()).code).toBe(1001);
  await closing;
});
