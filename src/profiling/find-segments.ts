import type { Segment } from '../protocol/ids.ts';
import { type BuyerView, showing } from './features/feature.ts';
import type { Finding } from './profile-state.ts';

/** The segments a chat and its orders show; member tiers and visits are the shop's data, not read here. @see domain 03, 3.4 */
export function findSegments(view: BuyerView, findings: readonly Finding[]): Segment[] {
  const held = new Set(findings.filter((finding) => finding.strength >= 1).map((finding) => finding.feature));
  const completed = view.orders.filter((order) => order.state === 'completed').length;
  const ordered = view.orders.some((order) => order.state !== 'closed');
  const firstTime = showing(view.buyer, 'inexperience').length > 0;
  const belief = held.has('BF-29');
  const holds: Partial<Record<Segment, boolean>> = {
    'SEG-1': completed === 0,
    'SEG-2': completed > 0,
    'SEG-3': firstTime || showing(view.buyer, 'asksWhatItIs').length > 0,
    'SEG-4': belief,
    'SEG-5': held.has('BF-15') && !belief,
    'SEG-8': held.has('BF-10') || showing(view.buyer, 'threat').length > 0,
    'SEG-9': view.content.length > 0 && !ordered && showing(view.buyer, 'ordersNow').length === 0,
    'SEG-10': firstTime && !ordered,
    'SEG-12': firstTime,
  };
  return (Object.keys(holds) as Segment[]).filter((segment) => holds[segment]);
}
