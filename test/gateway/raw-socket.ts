/** A WebSocket client that does what a decent one would not: written byte by byte. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Opcodes of RFC 6455. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A socket after its upgrade. */
export interface RawSocket {
  socket: Socket;
  /** Status line and headers of the answer to the upgrade. */
  head: string;
  /** Writes a masked frame; several at once go out in one write, so that nothing comes between them. */
  write(...frames: Buffer[]): void;
  /** The server's close code, or 1006 when the connection ended without one. */
  closeCode: Promise<number>;
  /** Resolves when the connection is gone. */
  gone: Promise<void>;
}

/** Encodes a client's frame. `rsv1` marks it as compressed. */
export function rawFrame(
  opcode: number,
  payload: string | Buffer,
  { fin = true, rsv1 = false }: { fin?: boolean; rsv1?: boolean } = {},
): Buffer {
  const data = Buffer.from(payload);
  const mask = randomBytes(4);
  const first = (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | opcode;
  const length =
    data.length < 126
      ? Buffer.from([first, 0x80 | data.length])
      : data.length < 65_536
        ? Buffer.from([first, 0x80 | 126, data.length >> 8, data.length & 0xff])
        : Buffer.concat([Buffer.from([first, 0x80 | 127, 0, 0, 0, 0]), uint32(data.length)]);
  const masked = Buffer.from(data.map((byte, i) => byte ^ mask[i % 4]!));
  return Buffer.concat([length, mask, masked]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Upgrades a connection with exactly these extra headers. */
export async function openRawSocket(url: string, headers: Record<string, string>): Promise<RawSocket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  const closeCode = Promise.withResolvers<number>();
  const gone = Promise.withResolvers<void>();
  const head = Promise.withResolvers<string>();
  let bytes = Buffer.alloc(0);
  let upgraded = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    head.reject(new Error('the connection ended before an answer'));
    closeCode.resolve(1006);
    gone.resolve();
  });
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!upgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      head.resolve(bytes.subarray(0, end).toString());
      bytes = bytes.subarray(end + 4);
      upgraded = true;
    }
    for (let frame = takeFrame(bytes); frame; frame = takeFrame(bytes)) {
      bytes = bytes.subarray(frame.size);
      if (frame.opcode === OPCODE.close)
        closeCode.resolve(frame.payload.length >= 2 ? frame.payload.readUInt16BE() : 1005);
    }
  });
  const extra = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${extra.join('')}\r\n`,
  );
  return {
    socket,
    head: await head.promise,
    write: (...frames) => void socket.write(Buffer.concat(frames)),
    closeCode: closeCode.promise,
    gone: gone.promise,
  };
}

function takeFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < header) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < header + length) return undefined;
  return { opcode: bytes[0]! & 0x0f, payload: bytes.subarray(header, header + length), size: header + length };
}
