/** Posts signed webhooks to addresses that people have entered, and to no machine of a private network. */
import { lookup as resolveName } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { signWebhook } from '../lib/sign-webhook.ts';
import type { Webhook, WebhookPoster } from '../turn/desk.ts';

/** What may be put in place of the network's own. */
export interface PosterOptions {
  /** Lets http:// and private addresses through: for tests, and for owners who run both ends. */
  allowPrivate: boolean;
  /** Addresses of a name. Default: the machine's resolver. */
  resolve?: (name: string) => Promise<string[]>;
  /** A name without an answer by then has none. Default: 5 s. */
  resolveWithinMs?: number;
}

const TIMEOUT_MS = 8000;
const RESOLVE_WITHIN_MS = 5000;
/** More of an answer is not read. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** Networks that no public service lives in. */
const CLOSED_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;
/** Inside the one block of global addresses: tunnels that lead to any IPv4 address, and examples. */
const CLOSED_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const closed = new BlockList();
for (const [net, prefix] of CLOSED_4) closed.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of CLOSED_6) closed.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Is it an address of the open internet? */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, 'ipv4');
  // An IPv4 address in an IPv6 coat is not of 2000::/3 and so refused as well.
  return family === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** Creates the poster. */
export function createWebhookPoster(options: PosterOptions): WebhookPoster {
  return async (webhook) => {
    const url = new URL(webhook.url);
    const address = await findAddress(url, options);
    const status = await post(url, address, webhook);
    // A redirect is not followed: where it leads was not checked, and the signature was not meant for it.
    if (status < 200 || status > 299) throw new Error(`answered ${status}`);
  };
}

async function resolveAll(name: string): Promise<string[]> {
  return (await resolveName(name, { all: true })).map(({ address }) => address);
}

/**
 * The checked address that is connected to: the name is not asked for a second time.
 *
 * @throws Error when it is no HTTPS address of the open internet
 */
export async function findAddress(url: URL, options: PosterOptions): Promise<string> {
  const { allowPrivate, resolve = resolveAll, resolveWithinMs = RESOLVE_WITHIN_MS } = options;
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    throw new Error(`${url.protocol}// is not allowed: the address must begin with https://`);
  if (url.username !== '' || url.password !== '') throw new Error('the address must not hold a password');
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(name) ? [name] : await inTime(resolve(name), resolveWithinMs, name);
  const [first] = addresses;
  if (first === undefined) throw new Error(`${name} has no address`);
  // One private address among public ones is as good as a private one: who answers may choose.
  if (!allowPrivate && !addresses.every(isPublicAddress)) throw new Error(`${name} is an address of a private network`);
  return first;
}

/** A resolver that hangs must not hold up whoever waits for the call. */
async function inTime(answer: Promise<string[]>, withinMs: number, name: string): Promise<string[]> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${name} was not found within ${withinMs} ms`)), withinMs);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Connects to this address, whatever the name says by then. */
export function pinAddress(address: string): LookupFunction {
  return (_name, options, callback) => {
    const family = isIP(address);
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

function post(url: URL, address: string, { id, secret, body, sentAt }: Webhook): Promise<number> {
  const timestampS = Math.floor(sentAt / 1000);
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        method: 'POST',
        lookup: pinAddress(address),
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'content-length': bytes.length,
          'user-agent': 'huashu-desk',
          'webhook-id': id,
          'webhook-timestamp': String(timestampS),
          'webhook-signature': signWebhook(secret, id, timestampS, bytes),
        },
      },
      (answer) => readStatus(answer).then(resolve, reject),
    );
    request.on('error', reject);
    request.end(bytes);
  });
}

/** Waits for the end of an answer, so that its sender is not cut off; a longer one is left alone. */
async function readStatus(answer: IncomingMessage): Promise<number> {
  let read = 0;
  for await (const chunk of answer) {
    read += (chunk as Buffer).length;
    if (read > MOST_ANSWER_BYTES) break;
  }
  answer.destroy();
  return answer.statusCode ?? 0;
}
