/** Addresses of products in a text. */

const ADDRESS =
  /(?:https?:\/\/)?(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,10}(?::\d{1,5})?(?:\/[^\s\p{Script=Han}，。；！]*)?/giu;
/** Hosts of platforms, and where their addresses carry the number of the product. */
const PLATFORMS: readonly { host: RegExp; id: RegExp }[] = [
  {
    host: /(?:^|\.)(?:taobao|tmall|95095|liangxinyao)\.(?:com|hk)$/,
    id: /[?&#](?:id|itemId|item_id|itemid)=(\d{5,})/i,
  },
  { host: /(?:^|\.)(?:taobao|tmall)\.(?:com|hk)$/, id: /\/i(\d{5,})\.htm/i },
  { host: /(?:^|\.)jd\.(?:com|hk)$/, id: /\/(\d{5,})\.html/i },
  { host: /(?:^|\.)jd\.(?:com|hk)$/, id: /[?&](?:sku|wareId|skuId)=(\d{5,})/i },
  { host: /(?:^|\.)(?:yangkeduo|pinduoduo)\.com$/, id: /[?&]goods_id=(\d{5,})/i },
];

/** Product numbers and plain addresses that a text holds. */
export interface FoundLinks {
  itemIds: string[];
  /** Host and path, without what follows `?`. */
  addresses: string[];
  /** The text without its addresses. */
  rest: string;
}

/** Reads the addresses of a text; a short link tells nothing. */
export function readLinks(text: string): FoundLinks {
  const itemIds: string[] = [];
  const addresses: string[] = [];
  const rest = text.replace(ADDRESS, (address) => {
    const itemId = itemIdOf(address);
    if (itemId !== undefined) itemIds.push(itemId);
    addresses.push(plainAddress(address));
    return ' ';
  });
  return { itemIds, addresses, rest };
}

/** The platform's number in an address. */
export function itemIdOf(address: string): string | undefined {
  const host = plainAddress(address).split(/[/:]/, 1)[0]!;
  for (const platform of PLATFORMS) {
    const id = platform.host.test(host) ? platform.id.exec(address)?.[1] : undefined;
    if (id !== undefined) return id;
  }
  return undefined;
}

/** Whether an address is one of a platform, where the path alone names no product. */
export function isPlatform(address: string): boolean {
  const host = plainAddress(address).split(/[/:]/, 1)[0]!;
  return PLATFORMS.some((platform) => platform.host.test(host));
}

/** Host and path of an address: what is the same however it was shared. */
export function plainAddress(address: string): string {
  return address
    .replace(/^https?:\/\//i, '')
    .replace(/[?#].*$/, '')
    .replace(/^(?:www|m)\./i, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}
