import type { Facts, OrderFacts } from '../protocol/facts.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import { MESSAGE_INTENTS } from '../protocol/ids.ts';
import type { Analysis } from '../protocol/turn.ts';
import { PRICE_FELL } from './card-topics.ts';
import { CLEAR_NO, INTENT_CUES, QUESTION, UNDECIDED } from './cues.ts';
import { moveArrival, moveDamage, moveMissing, moveWearWorry, moveWorry } from './move-look-alikes.ts';
import { unmeantIntents } from './read-voice.ts';

/** How strongly each intent is believed, 0 to 1, after classifier, wording and facts were weighed. */
export type Beliefs = ReadonlyMap<MessageIntent, number>;

/** What a cue alone is worth: less than a sure classifier, more than an unsure one. */
const CUE_WEIGHT = 0.45;
/** The same beside a sure classifier, which seldom misses a matter. */
const CUE_WEIGHT_BESIDE_SURE = 0.36;
/** A cue that is nearly the whole message leaves little else to mean. */
const WHOLE_CUE_WEIGHT = 0.56;
const MOST_OF_MESSAGE = 0.8;
const SURE_CONFIDENCE = 0.85;
/** What wording and an open case of the same kind are worth together. */
const AGREED_BELIEF = 0.75;
/** What hesitation leaves of a refusal the classifier heard. */
const HESITATION_IS_NO_REFUSAL = 0.4;
/** Belief from which an intent counts as held. */
const HELD_BELIEF = 0.4;
/** What is left of a reading of a word or two that neither wording nor a question of the desk supports. */
const SHORT_UNSUPPORTED = 0.3;
const SHORT_LENGTH = 3;
/** What is left of a reading that needs an order the desk does not know. */
const IMPLAUSIBLE = 0.25;
const NEAR_DUE_MS = 24 * 3_600_000;

/** Where an order stands for the choice between look-alike intents. */
type Stage = 'none' | 'unpaid' | 'paid' | 'printed' | 'shipped' | 'signed';

function stageOf(order: OrderFacts | null | undefined): Stage {
  if (order === null || order === undefined || order.state === 'closed') return 'none';
  if (order.state === 'completed') return 'signed';
  if (order.state === 'paid' && order.slipPrinted === true) return 'printed';
  return order.state;
}

type Move = readonly [from: readonly MessageIntent[], to: MessageIntent];

const SHIPPING: readonly MessageIntent[] = ['INT-PRE-19', 'INT-IN-17', 'INT-IN-18'];
const WITHDRAW: readonly MessageIntent[] = ['INT-IN-09', 'INT-IN-10', 'INT-IN-11', 'INT-IN-12'];

/** Look-alikes that the state of the order tells apart. @see domain 04, 4.9 */
const BY_STAGE: Readonly<Record<Stage, readonly Move[]>> = {
  none: [
    [['INT-PRE-19', 'INT-IN-17'], 'INT-PRE-19'],
    [['INT-AS-28', 'INT-AS-01', 'INT-AS-12'], 'INT-PRE-21'],
    [[...WITHDRAW], 'INT-GEN-06'],
    [['INT-AS-15'], 'INT-PRE-20'],
    [['INT-AS-17'], 'INT-PRE-14'],
  ],
  unpaid: [
    [SHIPPING, 'INT-PRE-19'],
    [[...WITHDRAW, 'INT-AS-18', 'INT-AS-01', 'INT-AS-10'], 'INT-IN-09'],
    [['INT-AS-07', 'INT-AS-09'], 'INT-PRE-11'],
  ],
  paid: [
    [[...WITHDRAW, 'INT-AS-01', 'INT-AS-10', 'INT-GEN-06'], 'INT-IN-10'],
    [['INT-AS-01', 'INT-AS-16', 'INT-AS-12', 'INT-AS-10'], 'INT-AS-18'],
    [['INT-LOG-02'], 'INT-IN-18'],
    [['INT-AS-13'], 'INT-IN-17'],
  ],
  printed: [
    [[...WITHDRAW, 'INT-AS-01', 'INT-AS-10', 'INT-GEN-06'], 'INT-IN-11'],
    [['INT-AS-01', 'INT-AS-16', 'INT-AS-12', 'INT-AS-10'], 'INT-AS-18'],
    [['INT-LOG-02'], 'INT-IN-18'],
    [['INT-AS-13'], 'INT-IN-17'],
  ],
  shipped: [
    [[...WITHDRAW, 'INT-AS-01', 'INT-AS-10', 'INT-AS-18', 'INT-GEN-06'], 'INT-IN-12'],
    [[...SHIPPING, 'INT-PRE-20'], 'INT-LOG-01'],
  ],
  signed: [
    [['INT-PRE-21', 'INT-AS-28'], 'INT-AS-28'],
    [[...WITHDRAW, 'INT-AS-18', 'INT-GEN-06'], 'INT-AS-01'],
    [['INT-PRE-11', 'INT-PRE-24'], 'INT-AS-07'],
    [['INT-PRE-12'], 'INT-AS-11'],
    [['INT-LOG-06'], 'INT-AS-06'],
  ],
};

/** What the kind of an open case makes likely. */
const BY_CASE: Readonly<Record<string, MessageIntent>> = {
  quality: 'INT-AS-07',
  damaged: 'INT-AS-06',
  wrong: 'INT-AS-02',
  missing: 'INT-AS-04',
  surplus: 'INT-AS-05',
  lost: 'INT-LOG-04',
  not_served: 'INT-LOG-03',
  not_as_described: 'INT-AS-11',
  no_reason: 'INT-AS-10',
  price_drop: 'INT-AS-17',
  exchange_difference: 'INT-AS-23',
  desk_mistake: 'INT-GEN-07',
};
/** Intents about what went wrong: the kind of the case decides between them. */
const TROUBLE: readonly MessageIntent[] = [
  'INT-AS-01',
  'INT-AS-02',
  'INT-AS-03',
  'INT-AS-04',
  'INT-AS-05',
  'INT-AS-06',
  'INT-AS-07',
  'INT-AS-08',
  'INT-AS-09',
  'INT-AS-10',
  'INT-AS-11',
  'INT-AS-24',
  'INT-LOG-03',
  'INT-LOG-04',
  'INT-LOG-05',
  'INT-LOG-06',
  'INT-GEN-07',
];

function isDue(order: OrderFacts | null | undefined, nowMs: number): boolean {
  return order?.promisedShipBy !== undefined && Date.parse(order.promisedShipBy) - nowMs <= NEAR_DUE_MS;
}

/** Whether, how long or under what conditions goods may be given back, asked before or beside an order. */
const ASKS_TERMS =
  /(能|可以|可|支持|包|给|让|怎么|咋|如何)(不能|不可以)?.{0,8}(退|换)|(退|换).{0,6}(吗|么|不|嘛|没|[?？]|条件|规则|政策|期限|几天|多久|怎么|咋)|(几|多少|多)(天|久).{0,6}(退|换)|无理由|不(合适|喜欢|满意).{0,6}(退|换)|return|refund/i;

/** Without an order, words of order handling are no refusal and no question when goods ship, unless they say so. */
function plausibleWithoutOrder(to: MessageIntent, message: string): boolean {
  if (to === 'INT-GEN-06') return /不(想)?(要|买|拍|订|入)|算了|不用了|退了吧/.test(message);
  if (to === 'INT-PRE-19')
    return /发|寄|快递|物流|出库|邮|包裹|多久|几天|啥时|时候|(?<![找不收得买看])到/.test(message);
  if (to === 'INT-PRE-14') return !/退|补/.test(message) && !PRICE_FELL.test(message);
  if (to === 'INT-PRE-21') return ASKS_TERMS.test(message);
  if (to === 'INT-PRE-20') return !/退|寄回/.test(message);
  return true;
}

/** Of goods that arrived, words of withdrawing ask for a return only where they say so. */
function plausibleReturn(message: string): boolean {
  return /退|换|返|不(想|要|需要|喜欢|合适|买)|(?<!已经?)取消|算了|后悔|return|refund/i.test(message);
}

/** Whether a reading may be moved to what the stage points to. */
function mayMove(stage: Stage, to: MessageIntent, message: string): boolean {
  if (stage === 'none') return plausibleWithoutOrder(to, message);
  return stage !== 'signed' || to !== 'INT-AS-01' || plausibleReturn(message);
}

function moveByStage(beliefs: Map<MessageIntent, number>, stage: Stage, message: string): void {
  const before = new Map(beliefs);
  for (const [from, to] of BY_STAGE[stage]) {
    let most = before.get(to) ?? 0;
    const moves = from.some((intent) => intent !== to && (before.get(intent) ?? 0) > most);
    const carried = moves && !mayMove(stage, to, message) ? IMPLAUSIBLE : 1;
    for (const intent of from) most = Math.max(most, (before.get(intent) ?? 0) * (intent === to ? 1 : carried));
    beliefs.set(to, Math.max(beliefs.get(to) ?? 0, most));
    for (const intent of from) if (intent !== to && !keepsBeside(intent, stage)) beliefs.set(intent, 0);
  }
}

/** Intents that stay true beside the one the stage points to. */
function keepsBeside(intent: MessageIntent, stage: Stage): boolean {
  if (stage === 'signed') return intent === 'INT-GEN-06' || intent === 'INT-AS-28';
  if (stage === 'unpaid') return intent === 'INT-GEN-06';
  return false;
}

function moveShipping(beliefs: Map<MessageIntent, number>, stage: Stage, due: boolean): void {
  if (stage !== 'paid' && stage !== 'printed') return;
  const most = Math.max(...[...SHIPPING, 'INT-LOG-01' as const].map((intent) => beliefs.get(intent) ?? 0));
  for (const intent of [...SHIPPING, 'INT-LOG-01' as const]) beliefs.set(intent, 0);
  beliefs.set(due ? 'INT-IN-18' : 'INT-IN-17', most);
}

function moveByCase(beliefs: Map<MessageIntent, number>, facts: Facts): void {
  const kind = facts.case?.open === true ? facts.case.kind : undefined;
  if (kind === undefined) return;
  const to = BY_CASE[kind]!;
  let most = beliefs.get(to) ?? 0;
  for (const intent of TROUBLE) most = Math.max(most, beliefs.get(intent) ?? 0);
  beliefs.set(to, most >= HELD_BELIEF ? Math.max(most, AGREED_BELIEF) : Math.max(most, 0.3));
  if (kind === 'damaged' && facts.case?.refusedSeen === true) beliefs.set('INT-LOG-05', most);
}

/** “没有” and the like mean what they answer; where nothing was asked, only their own wording counts. */
function dampShort(beliefs: Map<MessageIntent, number>, message: string, deskAsked: boolean): void {
  const length = message.replace(/[^\p{L}\d]/gu, '').length;
  if (length === 0 || length > SHORT_LENGTH || QUESTION.test(message)) return;
  for (const [intent, belief] of beliefs) {
    // What is wrong with goods takes more than a word; anything else may answer what the desk asked.
    if (intent.startsWith('INT-GEN') || (deskAsked && !intent.startsWith('INT-AS'))) continue;
    if (INTENT_CUES[intent]?.test(message) === true) continue;
    beliefs.set(intent, belief * SHORT_UNSUPPORTED);
  }
}

/**
 * Weighs the classifier's ranked guesses with the wording and with what the facts allow, so that a wrong first
 * guess does not decide alone.
 */
export function believeIntents(
  analysis: Analysis,
  message: string,
  facts: Facts,
  nowMs: number,
  /** The desk's last turn asks for something. */
  deskAsked = false,
): Beliefs {
  const beliefs = new Map<MessageIntent, number>();
  for (const { intent, confidence } of analysis.intents) beliefs.set(intent, confidence);
  for (const intent of analysis.held) beliefs.set(intent, Math.max(beliefs.get(intent) ?? 0, 0.5));
  const sure = !analysis.abstained && (analysis.intents[0]?.confidence ?? 0) >= SURE_CONFIDENCE;
  const weight = sure ? CUE_WEIGHT_BESIDE_SURE : CUE_WEIGHT;
  for (const intent of MESSAGE_INTENTS) {
    const hit = INTENT_CUES[intent]?.exec(message);
    if (hit === undefined || hit === null) continue;
    const worth = hit[0].length >= message.length * MOST_OF_MESSAGE ? Math.max(weight, WHOLE_CUE_WEIGHT) : weight;
    beliefs.set(intent, 1 - (1 - (beliefs.get(intent) ?? 0)) * (1 - worth));
  }
  if (
    (UNDECIDED.test(message) || /要不要|需不需要|买不买|不然.{0,3}算了|否则.{0,3}算了/.test(message)) &&
    !CLEAR_NO.test(message)
  ) {
    beliefs.set('INT-GEN-06', (beliefs.get('INT-GEN-06') ?? 0) * HESITATION_IS_NO_REFUSAL);
  }
  // Another seller named comes before the wish for a lower price. @see domain 04, 4.9
  const price = beliefs.get('INT-PRE-14') ?? 0;
  if (price >= HELD_BELIEF && INTENT_CUES['INT-PRE-13']!.test(message)) {
    beliefs.set('INT-PRE-13', Math.max(price, beliefs.get('INT-PRE-13') ?? 0));
  }
  dampShort(beliefs, message, deskAsked);
  const stage = stageOf(facts.order);
  const unmeant = unmeantIntents(message, stage !== 'none');
  for (const intent of unmeant) beliefs.set(intent, 0);
  moveByStage(beliefs, stage, message);
  if (stage === 'none' && facts.case?.open !== true) {
    moveWorry(beliefs, message);
    moveWearWorry(beliefs, message);
    if (facts.product !== undefined && facts.tracking === undefined) moveArrival(beliefs, message);
  }
  moveShipping(beliefs, stage, isDue(facts.order, nowMs));
  moveDamage(beliefs, message, facts);
  moveMissing(beliefs, message, facts);
  // What the order's stage has moved is no more meant than before.
  for (const intent of unmeant) beliefs.set(intent, 0);
  moveByCase(beliefs, facts);
  return beliefs;
}

/** The intents believed in. */
export function heldIntents(beliefs: Beliefs): Set<MessageIntent> {
  return new Set([...beliefs].filter(([, belief]) => belief >= HELD_BELIEF).map(([intent]) => intent));
}
