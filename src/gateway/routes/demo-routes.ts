/** The demo shop behind the buyer's page: what there is to buy, and orders to play with. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import { createId } from '../../lib/ids.ts';
import { DemoOrderRequestSchema, DemoSchema, HttpErrorSchema } from '../../protocol/http.ts';
import type { OrderEvent } from '../../protocol/order-events.ts';
import { OrderViewSchema } from '../../protocol/records.ts';
import { handleOrderEvent } from '../../turn/handle-order-event.ts';
import { showOrder } from '../../turn/show-conversation.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

const OrdersSchema = z.strictObject({ orders: z.array(OrderViewSchema) });
const refused = { 400: HttpErrorSchema, 401: HttpErrorSchema, 404: HttpErrorSchema };
const SHOWN = 10;

/** Adds the routes; where the shop is no demo they answer `not_found`. */
export function addDemoRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  const tags = ['demo'];
  async function demoShop(): Promise<string> {
    const shopId = await ports.defaultShop();
    if (!(await desk.shop(shopId)).settings.demo) throw new DeskError('not_found', 'this shop is not a demo');
    return shopId;
  }
  app.get(
    '/api/demo',
    {
      schema: { tags, summary: 'The demo shop', response: { 200: DemoSchema, ...refused } },
    },
    async () => {
      const shopId = await demoShop();
      const view = await desk.window.view(shopId);
      const buyers = await desk.ledger.people.buyers(shopId, 10);
      return {
        demo: true as const,
        shopName: view.shop.name,
        buyers: buyers
          .filter((buyer) => typeof buyer.facts['lastOrder'] === 'string' || buyer.id.startsWith('demo'))
          .map((buyer) => ({ id: buyer.id, name: buyer.name, about: ports.demoAbout(buyer.id) })),
        products: view.products.map((product) => ({
          id: product.id,
          title: product.title,
          price: product.facts.price ?? 0,
          category: product.facts.category ?? '',
          sizes: Object.keys(product.facts.stock ?? {}),
          ...(product.facts.benefits?.[0] ? { about: product.facts.benefits[0] } : {}),
        })),
        agents: ports.demoAgents(),
      };
    },
  );
  app.get(
    '/api/demo/orders',
    {
      schema: { tags, summary: 'The buyer’s orders', response: { 200: OrdersSchema, ...refused } },
    },
    async (request) => {
      const visitor = ports.requireVisitor(request);
      return { orders: (await desk.ledger.orders.ofBuyer(visitor.shopId, visitor.buyerId, SHOWN)).map(showOrder) };
    },
  );
  app.post(
    '/api/demo/orders',
    {
      schema: {
        tags,
        summary: 'Place, pay or close a demo order',
        body: DemoOrderRequestSchema,
        response: { 200: OrdersSchema, ...refused },
      },
    },
    async (request) => {
      const shopId = await demoShop();
      const visitor = ports.readVisitor(request.body.token);
      const event = await demoEvent(ports, shopId, visitor.buyerId, request.body);
      await handleOrderEvent(desk, shopId, `demo-${createId('event', desk.clock.now())}`, event);
      return { orders: (await desk.ledger.orders.ofBuyer(shopId, visitor.buyerId, SHOWN)).map(showOrder) };
    },
  );
}

async function demoEvent(
  ports: RoutePorts,
  shopId: string,
  buyerId: string,
  body: z.output<typeof DemoOrderRequestSchema>,
): Promise<OrderEvent> {
  const { desk } = ports;
  const nowMs = desk.clock.now();
  const at = new Date(nowMs).toISOString();
  if (body.action === 'place') {
    const { products } = await desk.window.view(shopId);
    const product = products.find((candidate) => candidate.id === body.productId);
    if (!product) throw new DeskError('not_found', `product ${body.productId} is not in the demo shop`);
    const qty = body.qty ?? 1;
    return {
      type: 'order.created',
      at,
      data: {
        orderId: `D${nowMs.toString(36).toUpperCase()}${createId('order', nowMs).slice(-4).toUpperCase()}`,
        buyerId,
        amount: Math.round((product.facts.price ?? 0) * qty * 100) / 100,
        items: [{ title: product.title, qty, ...(body.sku === undefined ? {} : { sku: body.sku }) }],
        address: { receiver: '林**', phone: '138****0000', street: '示例路**号' },
      },
    };
  }
  const order = body.orderId === undefined ? undefined : await desk.ledger.orders.find(shopId, body.orderId);
  if (!order || order.buyerId !== buyerId)
    throw new DeskError('not_found', `order ${body.orderId} is not of this buyer`);
  return body.action === 'pay'
    ? { type: 'order.paid', at, data: { orderId: order.id } }
    : { type: 'order.closed', at, data: { orderId: order.id, by: 'buyer' } };
}
