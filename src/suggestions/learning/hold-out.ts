/** Shares of conversations, by a hash of their ids: the same conversation always falls on the same side. */
import type { LearningArm, LearningSettings } from '../../protocol/learning.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A number from 0 up to 1, the same for the same text, spread evenly over texts. */
export function spread(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  // FNV leaves texts that differ in their last characters close together: two rounds of mixing part them.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The arm of a conversation. A larger share keeps everybody who was held out by a smaller one. */
export function armOf(conversationId: string, { enabled, holdOutShare }: LearningSettings): LearningArm {
  if (!enabled) return 'off';
  return spread(`hold-out ${conversationId}`) < holdOutShare ? 'plain' : 'learnt';
}
