/** Fills an empty record with the demo shop. */
import { randomUUID } from 'node:crypto';
import { formatTime } from '../lib/zoned-time.ts';
import type { Order } from '../orders/ports.ts';
import type { OrderFacts } from '../protocol/facts.ts';
import type { Ledger } from '../turn/ports.ts';
import { DEMO_AGENTS, DEMO_BUYERS, type DemoBuyer, type DemoOrder } from './demo-people.ts';
import { DEMO_PRODUCTS, DEMO_SETTINGS, DEMO_SHOP_ID, DEMO_SHOP_NAME, demoPromos } from './demo-shop.ts';

const TZ = 'Asia/Shanghai';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const UNPAID_LIFETIME_MS = 72 * HOUR_MS;

/** Writes shop, people, catalogue, campaigns and orders; the passwords are hashed by `hash`. */
export async function seedDemo(
  ledger: Ledger,
  nowMs: number,
  hash: (password: string) => Promise<string>,
): Promise<void> {
  const hashed = await Promise.all(
    DEMO_AGENTS.map(async ({ password, ...agent }) => ({
      ...agent,
      shopId: DEMO_SHOP_ID,
      passwordHash: await hash(password),
    })),
  );
  await ledger.transaction(async (stores) => {
    await stores.people.saveShop(
      { id: DEMO_SHOP_ID, name: DEMO_SHOP_NAME, tz: TZ, epoch: randomUUID(), settings: DEMO_SETTINGS },
      nowMs,
    );
    for (const agent of hashed) await stores.people.saveAgent(agent, nowMs);
    for (const product of DEMO_PRODUCTS) {
      await stores.orders.saveProduct({
        shopId: DEMO_SHOP_ID,
        id: product.id,
        title: product.facts.title,
        facts: product.facts,
        details: product.details,
        readAt: { facts: nowMs, stock: nowMs },
      });
    }
    for (const promo of demoPromos(nowMs, (ms) => formatTime(ms, TZ))) {
      await stores.orders.savePromo({ shopId: DEMO_SHOP_ID, id: promo.id, facts: promo.facts, readAt: nowMs });
    }
    for (const buyer of DEMO_BUYERS) {
      await stores.people.saveBuyer(buyerRow(buyer, nowMs), nowMs);
      for (const order of buyer.orders) await stores.orders.save(orderRow(buyer, order, nowMs));
    }
  });
}

function buyerRow(buyer: DemoBuyer, nowMs: number) {
  return {
    shopId: DEMO_SHOP_ID,
    id: buyer.id,
    channel: 'web',
    externalId: buyer.id,
    name: buyer.name,
    tz: null,
    facts: {
      isReturning: buyer.isReturning,
      region: buyer.region,
      tier: buyer.tier ?? 'none',
      ...(buyer.lastOrder === undefined ? {} : { lastOrder: buyer.lastOrder }),
    },
    profile: null,
    consent: {},
    optedOut: 'none' as const,
    readAt: nowMs,
  };
}

function orderRow(buyer: DemoBuyer, order: DemoOrder, nowMs: number): Order {
  const product = DEMO_PRODUCTS.find((candidate) => candidate.id === order.productId)!;
  const placedAt = nowMs - order.placedAgoMin * MINUTE_MS;
  const paidAt = order.state === 'unpaid' ? null : placedAt + 5 * MINUTE_MS;
  return {
    shopId: DEMO_SHOP_ID,
    id: order.id,
    buyerId: buyer.id,
    state: order.state,
    amountFen: Math.round((product.facts.price ?? 0) * order.qty * 100),
    facts: orderFacts(order, product.facts.title, placedAt, nowMs),
    refund: null,
    afterChat: false,
    placedAt,
    paidAt,
    autoCloseAt: order.state === 'unpaid' ? placedAt + UNPAID_LIFETIME_MS : null,
    closedAt: null,
    readAt: nowMs,
  };
}

function orderFacts(order: DemoOrder, title: string, placedAt: number, nowMs: number): OrderFacts {
  const time = (ms: number) => formatTime(ms, TZ);
  const reached = (state: DemoOrder['state']) => STATES.indexOf(order.state) >= STATES.indexOf(state);
  return {
    id: order.id,
    state: order.state,
    items: [{ title, sku: order.sku, qty: order.qty }],
    address: { receiver: '林**', phone: '138****0000', street: '示例路**号' },
    slipPrinted: reached('printed'),
    ...(order.state === 'paid' || order.state === 'printed' ? { promisedShipBy: time(placedAt + 48 * HOUR_MS) } : {}),
    ...(reached('shipped')
      ? {
          shippedAt: time(placedAt + 20 * HOUR_MS),
          handedOver: true,
          carrier: 'ZTO',
          trackingNo: `ZT${order.id}88`,
          etaDays: reached('signed') ? 0 : 1,
        }
      : {}),
    ...(reached('signed') ? { signedAt: time(Math.min(nowMs - 12 * HOUR_MS, placedAt + 4 * 24 * HOUR_MS)) } : {}),
    ...(reached('completed') ? { completedAt: time(placedAt + 14 * 24 * HOUR_MS) } : {}),
  };
}

const STATES: DemoOrder['state'][] = ['unpaid', 'paid', 'printed', 'shipped', 'signed', 'completed'];
