/** Reads a shop's goods from a JSON file over HTTPS, and from no machine of a private network. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { GoodsReading, GoodsSource } from '../orders/ports.ts';
import { type GoodsSettings, PushedProductSchema, PushedPromoSchema } from '../protocol/goods.ts';
import { findAddress, type PosterOptions, pinAddress } from './post-webhook.ts';

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Creates the source; `undefined` where the settings name no address. */
export function createGoodsUrlSource({ sourceUrl }: GoodsSettings, options: PosterOptions): GoodsSource | undefined {
  if (sourceUrl === undefined) return undefined;
  const url = new URL(sourceUrl);
  return {
    name: url.host,
    read: async () => readGoods(JSON.parse(await fetchText(url, await findAddress(url, options)))),
  };
}

/** Checks every entry: one that is wrong spoils the reading, since nobody is there to look at it. */
function readGoods(value: unknown): GoodsReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('the file must be {"products": […], "promos": […]}');
  }
  const { products, promos, isWhole = true } = value as Record<string, unknown>;
  return {
    products: readList(products, PushedProductSchema, 'products'),
    promos: readList(promos, PushedPromoSchema, 'promos'),
    isWhole: isWhole !== false,
  };
}

function readList<T>(list: unknown, schema: { parse(value: unknown): T }, name: string): T[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new Error(`${name} must be a list`);
  return list.map((entry, at) => {
    try {
      return schema.parse(entry);
    } catch (error) {
      throw new Error(`${name}[${at}]: ${(error as Error).message}`, { cause: error });
    }
  });
}

function fetchText(url: URL, address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(
      url,
      {
        lookup: pinAddress(address),
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { accept: 'application/json', 'user-agent': 'huashu-desk' },
      },
      (answer) => readAnswer(answer).then(resolve, reject),
    );
    request.on('error', reject);
    request.end();
  });
}

/** A redirect is not followed: where it leads was not checked. */
async function readAnswer(answer: IncomingMessage): Promise<string> {
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw new Error(`answered ${answer.statusCode}`);
  }
  const parts: Buffer[] = [];
  let read = 0;
  for await (const part of answer) {
    parts.push(part as Buffer);
    read += (part as Buffer).length;
    if (read <= MOST_BYTES) continue;
    answer.destroy();
    throw new Error(`answered more than ${MOST_BYTES} bytes`);
  }
  return Buffer.concat(parts).toString('utf8');
}
