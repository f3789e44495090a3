import { useCallback, useEffect, useState } from 'react';
import type { OrderView } from '../../protocol/records.ts';
import type { MessageKey } from '../i18n/zh.ts';
import { type DemoOrder, shopApi } from './shop-api.ts';

const EVERY_MS = 15_000;

/** A sentence about what was just done. */
export interface ShopNotice {
  key: MessageKey;
  values: Record<string, string>;
}

/** The buyer's demo orders: read now and then, changed by `act`. */
export function useOrders(token: string | undefined): {
  orders: readonly OrderView[];
  busy: boolean;
  notice: ShopNotice | undefined;
  act(order: DemoOrder, title?: string): void;
} {
  const [orders, setOrders] = useState<readonly OrderView[]>([]);
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<ShopNotice>();

  useEffect(() => {
    setOrders([]);
    setNotice(undefined);
    if (token === undefined) return;
    let current = true;
    async function read(held: string): Promise<void> {
      try {
        const body = await shopApi.orders(held);
        if (current) setOrders(body.orders);
      } catch (error) {
        console.debug('orders', (error as Error).message);
      }
    }
    void read(token);
    const timer = setInterval(read, EVERY_MS, token);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [token]);

  const act = useCallback(
    async (order: DemoOrder, title?: string) => {
      if (token === undefined) return;
      setBusy(true);
      try {
        setOrders((await shopApi.order(token, order)).orders);
        setNotice(title === undefined ? undefined : { key: 'shop.placed', values: { title } });
      } catch {
        setNotice({ key: 'shop.orderFailed', values: {} });
      } finally {
        setBusy(false);
      }
    },
    [token],
  );
  return { orders, busy, notice, act };
}
