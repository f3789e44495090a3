/** The month in figures. */
import type { LoggedSend, Month } from './month.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** What a shop wants to know of its month. */
export interface MonthFigures {
  buyers: number;
  orders: number;
  paid: number;
  closed: number;
  /** Paid within 24 h after a sales message about the order. */
  recovered: number;
  /** Messages to buyers, by a job or by a person at the timer's word. */
  touches: number;
  touchesPerBuyer: { mean: number; p50: number; p95: number; max: number };
  salesPerBuyer: { mean: number; p50: number; p95: number; max: number };
  tasks: number;
  byRule: Record<string, number>;
  busiestMinute: { at: string; sends: number };
  rows: Record<string, number>;
}

const SALES = ['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-06', 'FU-20', 'FU-21'];

/** Measures a month. */
export function measureMonth({ events, sends, buyers, rows }: Month): MonthFigures {
  const touches = sends.filter((send) => send.mode !== 'T');
  const sales = touches.filter((send) => SALES.includes(send.rule));
  const salesOf = Map.groupBy(sales, (send) => send.orderId ?? '');
  const paid = events.flatMap(({ event }) => (event.type === 'order.paid' ? [event] : []));
  const count = (type: string) => events.filter(({ event }) => event.type === type).length;
  const minutes = Map.groupBy(sends, (send) => Math.floor(send.atMs / MINUTE));
  const [minute, busiest] = [...minutes].sort((a, b) => b[1].length - a[1].length)[0] ?? [0, []];
  const byRule = Map.groupBy(sends, (send) => send.rule);
  return {
    buyers,
    orders: count('order.created'),
    paid: paid.length,
    closed: count('order.closed'),
    recovered: paid.filter(({ atMs, data }) =>
      salesOf.get(data.orderId)?.some((send) => send.atMs < atMs && atMs - send.atMs <= DAY),
    ).length,
    touches: touches.length,
    touchesPerBuyer: perBuyer(touches, buyers),
    salesPerBuyer: perBuyer(sales, buyers),
    tasks: sends.length - touches.length,
    byRule: Object.fromEntries([...byRule].map(([rule, list]) => [rule, list.length] as const).sort()),
    busiestMinute: { at: new Date(minute * MINUTE).toISOString(), sends: busiest.length },
    rows,
  };
}

function perBuyer(sends: readonly LoggedSend[], buyers: number): MonthFigures['touchesPerBuyer'] {
  const counts = [...Map.groupBy(sends, (send) => send.buyerId).values()].map((list) => list.length);
  const all = [...counts, ...Array.from({ length: buyers - counts.length }, () => 0)].sort((a, b) => a - b);
  const at = (share: number) => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
  return { mean: Math.round((sends.length / buyers) * 100) / 100, p50: at(0.5), p95: at(0.95), max: at(1) };
}
