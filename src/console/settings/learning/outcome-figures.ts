/** Figures of outcomes as the page writes them. */
import type { LearningView, LearntScript, ShowingCounts } from '../../../protocol/learning.ts';
import { formatShare } from '../../i18n/format.ts';
import type { MessageKey } from '../../i18n/zh.ts';

/** Columns of the table, in their order. */
export const COUNTS = ['shown', 'accepted', 'edited', 'dismissed', 'passed', 'paid'] as const;

/** Share that was taken among what the agent surely read. */
export function rateOf({ shown, below, accepted, edited }: ShowingCounts): string {
  const read = shown - below;
  return read === 0 ? '–' : formatShare((accepted + edited) / read);
}

/** How outcomes move a script, as a share of the most they may. */
export function showEffect(
  { counts, bonus }: Pick<LearntScript, 'counts' | 'bonus'>,
  { leastShowings, mostBonus }: Pick<LearningView, 'leastShowings' | 'mostBonus'>,
): { key: MessageKey; values: Record<string, string | number>; look: string } {
  const strength = Math.round((Math.abs(bonus) / mostBonus) * 100);
  if (bonus === 0 && counts.shown - counts.below < leastShowings) {
    return { key: 'learning.effect.none', values: { least: leastShowings }, look: 'faint' };
  }
  if (strength === 0) return { key: 'learning.effect.even', values: {}, look: '' };
  const share = formatShare(strength / 100);
  if (bonus > 0) return { key: 'learning.effect.up', values: { share }, look: 'learning-up' };
  return { key: 'learning.effect.down', values: { share }, look: 'learning-down' };
}
