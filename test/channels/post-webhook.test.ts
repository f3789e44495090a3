/** Calls go to the open internet only, to the very address that was checked. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebhookPoster, isPublicAddress } from '../../src/channels/post-webhook.ts';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const webhook = (url: string) => ({ url, secret: SECRET, id: 'cal_1', sentAt: 1_800_000_000_000, body: '{}' });

describe('addresses', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
    'no address',
  ])('%s is closed', (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2400:3200::1', '2606:4700::1'])('%s is open', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe('the poster', () => {
  let server: Server;
  let port: number;
  let asked = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked++;
      if (request.url === '/elsewhere') response.writeHead(307, { location: '/hook' }).end();
      else response.writeHead(200).end('x'.repeat(request.url === '/long' ? 1_000_000 : 1));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ['http', 'http://calls.example/hook', /https/],
    ['another scheme', 'ftp://calls.example/hook', /https/],
    ['a password', 'https://a:b@calls.example/hook', /password/],
    ['a private address', 'https://127.0.0.1/hook', /private network/],
    ['an address in decimal', 'https://2130706433/hook', /private network/],
    ['an address in hex', 'https://0x7f.1/hook', /private network/],
    ['an IPv6 address', 'https://[::1]/hook', /private network/],
    ['an IPv4 address in an IPv6 coat', 'https://[::ffff:10.0.0.1]/hook', /private network/],
    ['a name that leads inside', 'https://inside.example/hook', /private network/],
    ['a name with one inner address among outer ones', 'https://mixed.example/hook', /private network/],
    ['a name without an address', 'https://nowhere.example/hook', /no address/],
  ])('refuses %s', async (_name, url, why) => {
    const names: Record<string, string[]> = {
      'calls.example': ['8.8.8.8'],
      'inside.example': ['192.168.0.10'],
      'mixed.example': ['8.8.8.8', '169.254.169.254'],
      'nowhere.example': [],
    };
    const post = createWebhookPoster({ allowPrivate: false, resolve: async (name) => names[name] ?? [] });
    await expect(post(webhook(url))).rejects.toThrow(why);
  });

  it('gives up on a resolver that never answers', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const post = createWebhookPoster({ allowPrivate: false, resolve, resolveWithinMs: 1 });
    await expect(post(webhook('https://calls.example/hook'))).rejects.toThrow('calls.example was not found within');
  });

  it('asks for the name once and connects to what it was told then', async () => {
    let questions = 0;
    const post = createWebhookPoster({
      allowPrivate: true,
      resolve: async () => {
        questions++;
        return ['127.0.0.1'];
      },
    });
    const before = asked;
    await post(webhook(`http://rebinding.example:${port}/hook`));
    expect([questions, asked - before]).toEqual([1, 1]);
  });

  it('follows no redirect, and does not read a long answer to its end', async () => {
    const post = createWebhookPoster({ allowPrivate: true });
    await expect(post(webhook(`http://127.0.0.1:${port}/elsewhere`))).rejects.toThrow('answered 307');
    await expect(post(webhook(`http://127.0.0.1:${port}/long`))).resolves.toBeUndefined();
  });
});
