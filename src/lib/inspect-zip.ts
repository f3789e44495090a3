import { inflateRawSync } from 'node:zlib';

/** An archive that is not unpacked; the message says why. */
export class UnsafeZipError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnsafeZipError';
  }
}

/** What an archive may hold. */
export interface ZipLimits {
  entries: number;
  /** All entries together, unpacked. */
  bytes: number;
}

/** Unpacks one entry of an archive. */
export interface ZipEntry {
  name: string;
  unpack(): Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;

/**
 * Lists the entries of an archive and unpacks each within what the directory says and the limits allow,
 * so that another reader can be given the archive without fear.
 *
 * @throws UnsafeZipError when it is no archive, too large, or its directory lies about a size
 */
export function inspectZip(bytes: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  if (count > limits.entries) throw new UnsafeZipError(`${count} entries, at most ${limits.entries} are read`);
  let total = 0;
  let at = buffer.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new UnsafeZipError('its directory is damaged');
    const size = buffer.readUInt32LE(at + 24);
    total += size;
    if (total > limits.bytes) throw new UnsafeZipError(`more than ${limits.bytes} bytes unpacked`);
    const nameLength = buffer.readUInt16LE(at + 28);
    const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
    const packed = dataOf(buffer, at);
    const method = buffer.readUInt16LE(at + 10);
    entries.push({ name, unpack: () => unpack(name, packed, method, size) });
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return entries;
}

function findEnd(buffer: Buffer): number {
  const first = Math.max(0, buffer.length - END_SIZE - LONGEST_COMMENT);
  for (let at = buffer.length - END_SIZE; at >= first; at--)
    if (buffer.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new UnsafeZipError('its end is missing');
}

function dataOf(buffer: Buffer, directoryAt: number): Buffer {
  const packedSize = buffer.readUInt32LE(directoryAt + 20);
  const local = buffer.readUInt32LE(directoryAt + 42);
  if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== LOCAL_ENTRY)
    throw new UnsafeZipError('an entry of its directory is not there');
  const from = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  if (from + packedSize > buffer.length) throw new UnsafeZipError('it is cut off');
  return buffer.subarray(from, from + packedSize);
}

function unpack(name: string, packed: Buffer, method: number, size: number): Buffer {
  if (method !== 0 && method !== 8) throw new UnsafeZipError(`${name} is packed in an unknown way`);
  const content = method === 0 ? packed : inflate(name, packed, size);
  if (content.length !== size) throw new UnsafeZipError(`${name} has another size than it says`);
  return content;
}

function inflate(name: string, packed: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new UnsafeZipError(`${name} cannot be unpacked (${(error as Error).message})`);
  }
}
