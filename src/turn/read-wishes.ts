/** What a buyer's message asks of the timers: to be left in peace, or to be reminded at a time of their own. */
import type { Analysis } from '../protocol/turn.ts';

/** Refusals of reminders: these words stop them at once, whatever else the message says. @see FR-07 */
const LEAVE_ME = [
  '别催',
  '不要催',
  '别再催',
  '不用催',
  '别提醒',
  '不用提醒',
  '不要提醒',
  '别再提醒',
  '别发了',
  '不要再发',
  '别再发',
  '不要发了',
  '别给我发',
  '不要给我发',
  '别骚扰',
  '不要骚扰',
  '别打扰',
  '不要打扰',
  '勿扰',
  '退订',
  '拉黑',
  '别烦我',
  '不要烦我',
];
/** Refusals of everything a machine may write. */
const ALL_OF_IT = ['退订', '勿扰', '拉黑', '别骚扰', '不要骚扰', '别再给我发任何', '什么都别发'];

/** What the buyer refuses; `undefined`: nothing. */
export function readRefusal(text: string): 'reminders' | 'all' | undefined {
  const plain = text.replace(/\s+/g, '');
  if (ALL_OF_IT.some((words) => plain.includes(words))) return 'all';
  return LEAVE_ME.some((words) => plain.includes(words)) ? 'reminders' : undefined;
}

/** The moment the buyer promises to pay, Unix ms: only when they say that they pay later. @see FU-03, INT-IN-06 */
export function readPromise(analysis: Analysis, nowMs: number): number | undefined {
  if (!analysis.held.includes('INT-IN-06')) return undefined;
  for (const entity of analysis.entities) {
    if (entity.kind !== 'time' && entity.kind !== 'date') continue;
    const atMs = typeof entity.value === 'string' && entity.value.includes('T') ? Date.parse(entity.value) : Number.NaN;
    if (atMs > nowMs) return atMs;
  }
  return undefined;
}
