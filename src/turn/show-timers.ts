/** The timers as the settings page shows them: how they run, how the domain says, what may be changed. */
import { FOLLOW_UP_TABLE } from '../followups/rule-table.ts';
import { type FollowUpRule, ORDER_SALES_CAP, SALES_GAP_MS } from '../followups/rules.ts';
import { boundsOf } from '../followups/timer-bounds.ts';
import type { TimerView } from '../protocol/timers.ts';
import type { Desk } from './desk.ts';
import { timersOf } from './plan-follow-ups.ts';

/** All 49, by id, with the rows planned at this moment. */
export async function showTimers(desk: Desk, shopId: string): Promise<TimerView[]> {
  const planned = await desk.ledger.followUpLedger(shopId).countPlanned();
  const shop = await desk.ledger.people.shop(shopId);
  const book = timersOf(shop ?? (await desk.shop(shopId))).rules;
  return FOLLOW_UP_TABLE.map((rule) => {
    const running = book.get(rule.id) ?? { ...rule, enabled: true };
    return {
      id: rule.id,
      title: rule.title,
      purpose: rule.purpose,
      subject: rule.subject,
      trigger: [...rule.trigger],
      modes: [...rule.modes],
      source: [...rule.source],
      enabled: running.enabled,
      running: figuresOf(running),
      standard: figuresOf(rule),
      bounds: boundsOf(rule),
      planned: planned.get(rule.id) ?? 0,
    };
  });
}

function figuresOf(rule: FollowUpRule): TimerView['running'] {
  const { capPerOrder, gapMs } = boundsOf(rule);
  return {
    touches: [...rule.touches],
    touchLimit: rule.touchLimit ?? rule.touches.length,
    ...(capPerOrder ? { capPerOrder: rule.capPerOrder ?? ORDER_SALES_CAP } : {}),
    ...(gapMs ? { gapMs: rule.gapMs ?? SALES_GAP_MS } : {}),
    ...(rule.schedule ? { schedule: rule.schedule } : {}),
  };
}
