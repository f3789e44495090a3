import type { AgentCue, BuyerCue } from '../cues/cue.ts';
import type { BuyerTrace, FeatureId, Finding, MessageTrace, OrderTrace } from '../profile-state.ts';
import type { Thresholds } from '../settings.ts';

/** What features look at: the current chat and the orders, oldest first. */
export interface BuyerView {
  messages: readonly MessageTrace[];
  /** The buyer's messages. */
  buyer: readonly BuyerTrace[];
  /** The buyer's messages that are more than a greeting, a yes or a thank-you. */
  content: readonly BuyerTrace[];
  orders: readonly OrderTrace[];
  chatsEndedMs: readonly number[];
  nowMs: number;
}

/** One behaviour feature: a pure function of the view. */
export type Feature = (view: BuyerView, thresholds: Thresholds) => Finding | undefined;

const MAX_STRENGTH = 1.5;

/** Strength of a count: 1 at the threshold, a hint below it, a little more for each one above. */
export function gradeCount(count: number, threshold: number): number {
  if (count < threshold) return 0.8 * (count / threshold) ** 1.4;
  return Math.min(MAX_STRENGTH, 1 + 0.2 * (count - threshold));
}

/** What showed a feature, said in both languages of the desk. */
export interface Told {
  en: string;
  zh: string;
}

/** Says what showed a feature, with the buyer's own words behind it where there are any. */
export function tell(en: string, zh: string, words = ''): Told {
  return words === '' ? { en, zh } : { en: `${en}: ${words}`, zh: `${zh}：${words.replaceAll(', ', '、')}` };
}

/** A finding of the chat; nothing when there is no strength. */
export function chatFinding(feature: FeatureId, strength: number, told: Told, atMs: number): Finding | undefined {
  return finding('chat', feature, strength, told, atMs);
}

/** A finding of the order history; nothing when there is no strength. */
export function orderFinding(feature: FeatureId, strength: number, told: Told, atMs: number): Finding | undefined {
  return finding('orders', feature, strength, told, atMs);
}

function finding(
  basis: Finding['basis'],
  feature: FeatureId,
  strength: number,
  { en, zh }: Told,
  atMs: number,
): Finding | undefined {
  if (strength <= 0) return undefined;
  return { feature, strength: Math.min(MAX_STRENGTH, strength), detail: en, detailZh: zh, atMs, basis };
}

/** The messages that show any of the cues. */
export function showing(messages: readonly BuyerTrace[], ...cues: BuyerCue[]): BuyerTrace[] {
  const found: BuyerTrace[] = [];
  for (const message of messages) {
    for (const cue of cues) {
      if (message.cues[cue] === undefined) continue;
      found.push(message);
      break;
    }
  }
  return found;
}

/** The buyer's messages that the agent answered next in a way that shows the cue: how a person understood them. */
export function answeredWith(view: BuyerView, cue: AgentCue): Set<BuyerTrace> {
  const answered = new Set<BuyerTrace>();
  for (const [index, message] of view.messages.entries()) {
    const next = view.messages[index + 1];
    if (message.from === 'buyer' && next?.from === 'agent' && next.cues[cue]) answered.add(message);
  }
  return answered;
}

/** Counts messages that show a cue; further words of one message count half, two of them at most. */
export function countCue(messages: readonly BuyerTrace[], cue: BuyerCue): number {
  return messages.reduce((sum, { cues }) => sum + (cues[cue] ? 1 + 0.5 * (cues[cue].length - 1) : 0), 0);
}

/** The words that showed the cues, a few of them, for the agent's eyes. */
export function wordsOf(messages: readonly BuyerTrace[], ...cues: BuyerCue[]): string {
  if (messages.length === 0) return '';
  const words = new Set(messages.flatMap((message) => cues.flatMap((cue) => message.cues[cue] ?? [])));
  return [...words].slice(0, 4).join(', ');
}

/** Moment of the last of some messages; before all time for none. */
export function lastMs(messages: readonly { atMs: number }[]): number {
  return messages.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
}

/** Middle value; of an even count the lower one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

const FILLER: readonly BuyerCue[] = ['greeting', 'agreement', 'thanks', 'ordersNow', 'nudge'];
const NOT_TOPIC: ReadonlySet<string> = new Set<BuyerCue>([
  ...FILLER,
  'comparison',
  'routine',
  'orderWorry',
  'shortAnswer',
]);

/** Whether a message says more than hello, yes, thanks or "ordered". */
export function isContent(message: BuyerTrace): boolean {
  if (!FILLER.some((cue) => message.cues[cue])) return true;
  return Object.keys(message.cues).some((cue) => !NOT_TOPIC.has(cue));
}

/** Builds what features look at. */
export function viewOf(
  messages: readonly MessageTrace[],
  orders: readonly OrderTrace[],
  chatsEndedMs: readonly number[],
  nowMs: number,
): BuyerView {
  const buyer = messages.filter((message) => message.from === 'buyer');
  return { messages, buyer, content: buyer.filter(isContent), orders, chatsEndedMs, nowMs };
}
