import { namesRivals } from './asked-items.ts';
import type { Context } from './context.ts';
import { THINK_AGAIN } from './cues.ts';
import { belief, occasion, orderState, type Trigger } from './trigger.ts';
import { asksAnew, dispute, speaksOfOrder, undecided } from './trigger-tests.ts';

const noPlainQuestion = (c: Context): boolean => c.convo.openQuestions.length === 0;
const repeatedSignals = (c: Context): boolean => new Set(c.convo.signals).size >= 2;

/** The message itself names several variants and puts no plain question. */
const namesSeveral = (c: Context): boolean =>
  c.named.skus.length >= 2 && noPlainQuestion(c) && namesRivals(c.message, c.named.skus);

/** Closing techniques and think-again. */
export const CLOSING_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-50',
    rank: 'closing',
    intents: { 'INT-PRE-06': 0.9 },
    when: repeatedSignals,
    occasions: [
      occasion(0.85, '购买信号反复出现，还没定下', undecided),
      occasion(0.5, '购买信号反复出现', noPlainQuestion),
    ],
  },
  {
    card: 'SCR-51',
    rank: 'closing',
    intents: { 'INT-PRE-06': 0.92, 'INT-PRE-27': 0.4 },
    occasions: [
      occasion(0.8, '买家在几个规格之间打转', undecided),
      occasion(0.8, '买家提到两个以上的规格', (c) => namesSeveral(c) && orderState(c) === 'none'),
    ],
  },
  {
    card: 'SCR-52',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(0.72, '有核实过的余量或截止时间', (c) => undecided(c) && noPlainQuestion(c)),
      // Without a buying signal there is nothing to close, and nothing to tell an agent about.
      occasion(0.55, '有核实过的余量或截止时间', (c) => noPlainQuestion(c) && c.convo.signals.length > 0),
    ],
  },
  {
    card: 'SCR-53',
    rank: 'closing',
    intents: { 'INT-PRE-27': 0.5 },
    // Who needs it by a date has no use for time to think.
    when: (c) => !c.convo.signals.includes('named_date'),
    occasions: [
      occasion(
        0.7,
        '买家有兴趣但还在犹豫',
        (c) => undecided(c) && (c.convo.signals.length > 0 || c.convo.techniquesUsed.length > 0),
      ),
    ],
  },
  {
    card: 'SCR-55',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(0.88, '前面的办法都试过，问题都答完了', (c) => c.convo.techniquesUsed.length >= 2 && noPlainQuestion(c)),
    ],
  },
  {
    card: 'SCR-56',
    rank: 'closing',
    intents: { 'INT-GEN-06': 0.85 },
    when: (c) => !speaksOfOrder(c),
    occasions: [
      occasion(0.7, '买家明确说不买', (c) => c.convo.saidNo && !asksAnew(c) && orderState(c) === 'none' && !dispute(c)),
      occasion(0.75, '直接询问之后仍没有成交', (c) => c.convo.techniquesUsed.includes('CT-6') && noPlainQuestion(c)),
    ],
  },
  {
    card: 'SCR-73',
    rank: 'closing',
    intents: {},
    occasions: [
      occasion(
        0.5,
        '之前咨询过还没下单',
        (c) =>
          c.facts.convo?.objection !== undefined &&
          c.facts.convo.objection !== null &&
          orderState(c) === 'none' &&
          belief(c, 'INT-GEN-01') >= 0.4,
      ),
    ],
  },
  {
    card: 'SCR-74',
    rank: 'closing',
    intents: { 'INT-GEN-05': 1 },
    when: (c) => !/^(您|你|帮我|麻烦).{0,3}看/.test(c.message),
    fades: (c) =>
      (c.convo.scriptsUsed.includes('SCR-74') && c.convo.followupsSent > 0) ||
      speaksOfOrder(c) ||
      (asksAnew(c) && !THINK_AGAIN.test(c.message)),
    occasions: [
      occasion(
        0.8,
        '买家想再考虑',
        (c) =>
          ((c.facts.convo?.saidThinkAgain === true && !asksAnew(c)) || THINK_AGAIN.test(c.message)) &&
          orderState(c) === 'none',
      ),
    ],
  },
  {
    card: 'SCR-142',
    rank: 'closing',
    intents: { 'INT-GEN-05': 0.99 },
    fades: (c) => asksAnew(c) && !THINK_AGAIN.test(c.message),
    occasions: [
      occasion(
        0.79,
        '买家想再考虑',
        (c) =>
          ((c.facts.convo?.saidThinkAgain === true && !asksAnew(c)) || THINK_AGAIN.test(c.message)) &&
          orderState(c) === 'none',
      ),
    ],
  },
  { card: 'SCR-75', rank: 'closing', intents: { 'INT-GEN-05': 1.05 }, when: (c) => c.convo.saidThinkAgain },
];
