/** A goods file read over the network: what is believed, and where the desk does not go. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGoodsUrlSource } from '../../src/channels/read-goods-url.ts';

let server: Server;
let answer: (response: ServerResponse) => void = (response) => response.end();
let origin = '';

beforeAll(async () => {
  server = createServer((_request, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<unknown>((resolve) => server.close(resolve)));

const read = (sourceUrl: string, allowPrivate: boolean, resolve?: (name: string) => Promise<string[]>) =>
  createGoodsUrlSource({ sourceUrl, everyMinutes: 5 }, { allowPrivate, ...(resolve ? { resolve } : {}) })!.read('s');
const give = (value: unknown) => {
  answer = (response) => response.end(typeof value === 'string' ? value : JSON.stringify(value));
};

describe('a goods file over the network', () => {
  it('is a whole reading unless it says otherwise', async () => {
    give({ products: [{ id: '1', title: '帽子', stock: { 蓝: 2 } }], promos: [{ id: 'c', name: '春促' }] });
    expect(await read(origin, true)).toEqual({
      products: [{ id: '1', title: '帽子', stock: { 蓝: 2 } }],
      promos: [{ id: 'c', name: '春促' }],
      isWhole: true,
    });
    give({ products: [], isWhole: false });
    expect(await read(origin, true)).toEqual({ products: [], promos: [], isWhole: false });
  });

  it.each<[string, unknown, string]>([
    ['an entry that is wrong', { products: [{ id: '1' }, { id: '2', price: -1 }] }, 'products[1]'],
    ['a list in place of an object', [{ id: '1' }], 'must be {'],
    ['products that are no list', { products: 'all' }, 'products must be a list'],
    ['no JSON', '<html>', 'JSON'],
  ])('is refused with %s', async (_, value, message) => {
    give(value);
    await expect(read(origin, true)).rejects.toThrow(message);
  });

  it('follows no redirect and takes no error page', async () => {
    answer = (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    await expect(read(origin, true)).rejects.toThrow('answered 302');
    answer = (response) => response.writeHead(500).end('{}');
    await expect(read(origin, true)).rejects.toThrow('answered 500');
  });

  it.each([
    ['plain HTTP', () => 'http://goods.example/a.json', 'https://'],
    ['this machine', () => 'https://127.0.0.1/a.json', 'private network'],
    ['a metadata service', () => 'https://169.254.169.254/a.json', 'private network'],
    ['a password in the address', () => 'https://me:secret@goods.example/a.json', 'password'],
    ['a name that leads inside', () => 'https://inside.example/a.json', 'private network'],
  ])('is not read from %s', async (_, url, message) => {
    await expect(read(url(), false, async () => ['10.0.0.7'])).rejects.toThrow(message);
  });

  it('needs an address', () => {
    expect(createGoodsUrlSource({ everyMinutes: 5 }, { allowPrivate: false })).toBeUndefined();
  });
});
