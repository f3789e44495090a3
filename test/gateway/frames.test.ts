/** What the socket endpoint does with clients that do not keep to the protocol. */
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askForToken } from '../../src/cli/desk-client.ts';
import { LIMITS, SUBPROTOCOL } from '../../src/protocol/frames.ts';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';
import { helloFrame, openSocket, type TestClient } from '../flow/test-client.ts';
import { OPCODE, openRawSocket, type RawSocket, rawFrame } from './raw-socket.ts';

const VALID = { v: 1, type: 'message.send', id: 'a1', data: { text: '你好' } };
const TOO_LARGE = 'x'.repeat(LIMITS.frameBytes + 1);

describe('the socket endpoint', () => {
  let desk: TestDesk;
  let token: string;

  beforeAll(async () => {
    await openMind();
    desk = await startTestDesk();
    ({ token } = await askForToken(desk.url));
  });
  afterAll(() => desk?.close());

  function rawBuyer(): Promise<RawSocket> {
    return openRawSocket(desk.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL });
  }

  /** The desk still serves others: whatever came before did not end it. */
  async function expectAlive(): Promise<void> {
    const buyer = await desk.buyer();
    expect((await buyer.command('message.send', { text: '还在吗' })).seq).toBe(1);
    await buyer.close();
  }

  describe('closes with 4400 a frame that is not of the protocol', () => {
    const hello = () => helloFrame({ role: 'buyer', token });
    const malformed: [string, string | object][] = [
      ['that is not JSON', 'hello?'],
      ['that is empty', ''],
      ['that is cut off', '{"v":1,"type":"message.send"'],
      ['that is an array', []],
      ['that is a number', '7'],
      ['that is null', 'null'],
      ['that is a string', '"hello"'],
      ['of no version', { ...VALID, v: undefined }],
      ['of another version', { ...VALID, v: 2 }],
      ['whose version is a text', { ...VALID, v: '1' }],
      ['of no type', { ...VALID, type: undefined }],
      ['of an unknown type', { ...VALID, type: 'message.explode' }],
      ['of a type only servers send', { ...VALID, type: 'message.appended' }],
      ['without an id', { ...VALID, id: undefined }],
      ['with an empty id', { ...VALID, id: '' }],
      ['with an id too long', { ...VALID, id: 'i'.repeat(65) }],
      ['with a number for an id', { ...VALID, id: 5 }],
      ['with U+0000 in its id', { ...VALID, id: 'a\u0000b' }],
      ['with half a character in its id', '{"v":1,"type":"message.send","id":"a\\ud83d","data":{"text":"hi"}}'],
      ['with a key too many', { ...VALID, extra: true }],
      ['with a key too many in its data', { ...VALID, data: { text: 'hi', extra: 1 } }],
      ['without data', { ...VALID, data: undefined }],
      ['whose data is a list', { ...VALID, data: [] }],
      ['whose text is missing', { ...VALID, data: {} }],
      ['whose text is a number', { ...VALID, data: { text: 5 } }],
      ['whose text is null', { ...VALID, data: { text: null } }],
      ['with a prototype of its own', '{"v":1,"type":"message.send","id":"p","data":{"text":"hi","__proto__":{}}}'],
      ['with a time that is a text', { ...VALID, ts: 'now' }],
    ];

    test.each(malformed)('%s', async (_what, frame) => {
      const client = await openSocket(desk.url);
      client.send(hello());
      await client.next('welcome');
      client.send(frame);
      expect((await client.ended()).code).toBe(4400);
      expect(client.all('ack')).toEqual([]);
    });

    const badHellos: [string, object][] = [
      ['a command before hello', VALID],
      ['hello without a role', { v: 1, type: 'hello', data: { token: 't' } }],
      ['hello of an unknown role', { v: 1, type: 'hello', data: { role: 'owner', token: 't' } }],
      ['hello with a token too long', { v: 1, type: 'hello', data: { role: 'buyer', token: 't'.repeat(513) } }],
      [
        'hello that resumes from a negative seq',
        helloFrame({ role: 'buyer', token: 't', resume: { epoch: 'e', seqs: { c: -1 } } }),
      ],
      ['hello that resumes without an epoch', helloFrame({ role: 'buyer', token: 't', resume: { seqs: {} } })],
    ];
    test.each(badHellos)('%s', async (_what, frame) => {
      const client = await openSocket(desk.url);
      client.send(frame);
      expect((await client.ended()).code).toBe(4400);
      expect(client.frames).toEqual([]);
    });

    test('a command that does not wait for welcome', async () => {
      const raw = await rawBuyer();
      raw.write(rawFrame(OPCODE.text, JSON.stringify(hello())), rawFrame(OPCODE.text, JSON.stringify(VALID)));
      expect(await raw.closeCode).toBe(4400);
    });

    test('a binary frame', async () => {
      const client = await openSocket(desk.url);
      client.send(Buffer.from(JSON.stringify(hello())));
      expect((await client.ended()).code).toBe(4400);
    });

    test('and the reason names the field', async () => {
      const client = await openSocket(desk.url);
      client.send(hello());
      await client.next('welcome');
      client.send({ ...VALID, id: 5 });
      expect((await client.ended()).reason).toMatch(/^id: /);
    });
  });

  describe('answers a value beyond its limits and goes on', () => {
    test.each([
      ['an empty text', ''],
      ['a text of 2,001 characters', '长'.repeat(LIMITS.textLength + 1)],
      ['a text of nothing but space', ' \n\t '],
      ['a text of nothing but U+0000', '\u0000\u0000'],
    ])('%s', async (_what, text) => {
      const buyer = await desk.buyer();
      const refusal = await buyer.refused('message.send', { text });
      expect(refusal).toMatchObject({ code: 'bad_request', retryable: false });
      expect(refusal.message).toContain('data.text');
      expect((await buyer.command('message.send', { text: '好' })).seq).toBe(1);
    });
  });

  describe('closes with 1009 what is too large', () => {
    test('in one frame', async () => {
      const raw = await rawBuyer();
      raw.write(rawFrame(OPCODE.text, TOO_LARGE));
      expect(await raw.closeCode).toBe(1009);
    });

    test('in fragments', async () => {
      const raw = await rawBuyer();
      const half = TOO_LARGE.slice(0, LIMITS.frameBytes / 2 + 1);
      raw.write(rawFrame(OPCODE.text, half, { fin: false }), rawFrame(OPCODE.continuation, half, { fin: false }));
      expect(await raw.closeCode).toBe(1009);
    });

    test('by its announced length, before its bytes came', async () => {
      const raw = await rawBuyer();
      raw.socket.write(Buffer.from([0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]));
      expect(await raw.closeCode).toBe(1009);
    });

    test('but takes a frame at the limit', async () => {
      const client = await openSocket(desk.url);
      client.send(helloFrame({ role: 'buyer', token }));
      await client.next('welcome');
      const frame = JSON.stringify({ ...VALID, id: 'big' });
      client.send(`${frame}${' '.repeat(LIMITS.frameBytes - Buffer.byteLength(frame))}`);
      await client.next('ack');
      await client.close();
    });
  });

  test('closes with 1007 what is not UTF-8', async () => {
    const raw = await rawBuyer();
    raw.write(rawFrame(OPCODE.text, Buffer.from([0x22, 0xff, 0xfe, 0x22])));
    expect(await raw.closeCode).toBe(1007);
  });

  test('offers no compression, so that a small frame cannot grow', async () => {
    const raw = await openRawSocket(desk.url, {
      'Sec-WebSocket-Protocol': SUBPROTOCOL,
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    });
    expect(raw.head).not.toMatch(/sec-websocket-extensions/i);
    raw.write(rawFrame(OPCODE.text, deflateRawSync(Buffer.alloc(10_000_000)), { rsv1: true }));
    expect(await raw.closeCode).toBe(1002);
  });

  test('closes with 4409 a second hello', async () => {
    const client = await openSocket(desk.url);
    client.send(helloFrame({ role: 'buyer', token }));
    await client.next('welcome');
    client.send(helloFrame({ role: 'buyer', token }));
    expect((await client.ended()).code).toBe(4409);
    const raw = await rawBuyer();
    const hello = rawFrame(OPCODE.text, JSON.stringify(helloFrame({ role: 'buyer', token })));
    raw.write(hello, hello);
    expect(await raw.closeCode).toBe(4409);
  });

  test('closes with 4403 a buyer who speaks as an agent', async () => {
    const buyer = await desk.buyer();
    buyer.send({ v: 1, type: 'conversation.open', id: 'x', data: { conversationId: buyer.conversationId } });
    expect((await buyer.ended()).code).toBe(4403);
  });

  describe('closes with 4406', () => {
    test.each([
      ['a client that offers no subprotocol', {}],
      ['a client that offers another one', { 'Sec-WebSocket-Protocol': 'huashu.v2' }],
    ])('%s', async (_what, headers) => {
      const raw = await openRawSocket(desk.url, headers as Record<string, string>);
      expect(await raw.closeCode).toBe(4406);
    });

    test('and stands what such a client sends all the same', async () => {
      const raw = await openRawSocket(desk.url, {});
      raw.write(rawFrame(OPCODE.text, Buffer.from([0xff])), rawFrame(3, 'no such opcode'));
      await raw.closeCode;
      raw.socket.destroy();
      await expectAlive();
    });
  });

  describe('closes with 4401', () => {
    const tokens: [string, () => string | undefined][] = [
      ['no token', () => undefined],
      ['a token of nobody', () => 'abc.def'],
      ['a token whose signature was changed', () => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`],
      ['a token whose claims were changed', () => forge(token)],
      ['a token with a part too many', () => `${token}.x`],
    ];
    test.each(tokens)('%s', async (_what, make) => {
      const client = await openSocket(desk.url);
      const bad = make();
      client.send({ v: 1, type: 'hello', data: { role: 'buyer', ...(bad === undefined ? {} : { token: bad }) } });
      expect((await client.ended()).code).toBe(4401);
    });

    test('an expired token', async () => {
      const { token: old } = await askForToken(desk.url);
      desk.clock.advance(31 * 24 * 3_600_000);
      try {
        const client = await openSocket(desk.url);
        client.send(helloFrame({ role: 'buyer', token: old }));
        expect((await client.ended()).code).toBe(4401);
      } finally {
        desk.clock.advance(-31 * 24 * 3_600_000);
      }
    });

    test('an agent without a session', async () => {
      const client = await openSocket(desk.url, { headers: { cookie: 'huashu_session=nobody' } });
      client.send({ v: 1, type: 'hello', data: { role: 'agent' } });
      expect((await client.ended()).code).toBe(4401);
    });

    test('a buyer’s token in an agent’s hello', async () => {
      const client = await openSocket(desk.url);
      client.send({ v: 1, type: 'hello', data: { role: 'agent', token } });
      expect((await client.ended()).code).toBe(4401);
    });
  });

  describe('at the upgrade', () => {
    test('refuses a page of another origin', async () => {
      const raw = await openRawSocket(desk.url, {
        'Sec-WebSocket-Protocol': SUBPROTOCOL,
        Origin: 'https://elsewhere.example',
      });
      expect(raw.head).toMatch(/^HTTP\/1\.1 403 /);
      await raw.gone;
    });

    test('refuses an origin that is none', async () => {
      const raw = await openRawSocket(desk.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL, Origin: 'null' });
      expect(raw.head).toMatch(/^HTTP\/1\.1 403 /);
    });

    test('lets the desk’s own page in', async () => {
      const raw = await openRawSocket(desk.url, { 'Sec-WebSocket-Protocol': SUBPROTOCOL, Origin: desk.url });
      expect(raw.head).toMatch(/^HTTP\/1\.1 101 /);
      expect(raw.head.toLowerCase()).toContain(`sec-websocket-protocol: ${SUBPROTOCOL}`);
      raw.socket.destroy();
    });
  });

  describe('keeps what people mean to write', () => {
    const texts: [string, string, string][] = [
      ['emoji of several code points', '👨‍👩‍👧‍👦🧥 好看', '👨‍👩‍👧‍👦🧥 好看'],
      ['rare characters outside the first plane', '𠮷野家𪚥', '𠮷野家𪚥'],
      ['markup as text', '<script>alert(1)</script> & "引号"', '<script>alert(1)</script> & "引号"'],
      ['U+0000 inside', '有\u0000货吗', '有货吗'],
      ['half a surrogate pair', '有货\ud83d吗', '有货\ufffd吗'],
      ['line breaks', '第一行\n第二行', '第一行\n第二行'],
    ];
    test.each(texts)('%s', async (_what, sent, kept) => {
      const buyer: TestClient = await desk.buyer();
      await buyer.command('message.send', { text: sent });
      expect((await buyer.next('message.appended')).message.text).toBe(kept);
    });

    test('2,000 characters of 3 and of 4 bytes', async () => {
      const buyer = await desk.buyer();
      const wide = '长'.repeat(LIMITS.textLength);
      await buyer.command('message.send', { text: wide });
      expect((await buyer.next('message.appended')).message.text).toBe(wide);
    });
  });

  test('is alive after all this', expectAlive);
});

/** Another buyer's name in the claims, under the old signature. */
function forge(token: string): string {
  const [payload, signature] = token.split('.') as [string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return `${Buffer.from(JSON.stringify({ ...claims, buyer: 'demo-04' })).toString('base64url')}.${signature}`;
}
