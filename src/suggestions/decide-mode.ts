/** Who sends a proposal: a person, a countdown, or the desk by itself. Pure. @see SR-10, SR-11 */
import { mayAnswerOffline, neverAutomatic, riskOf } from '../protocol/card-risk.ts';
import { type ModeDecision, type ModeObjection, type Modes, namesIntent } from '../protocol/modes.ts';
import type { Analysis, Proposal, Verdict } from '../protocol/turn.ts';

/** Confidence that anything sent by itself needs. @see SR-10 */
const LEAST_CONFIDENCE = 0.8;
/** No machine answers while a person was active this lately. @see SR-10 */
export const HUMAN_ACTIVE_MS = 10 * 60_000;
/** Greetings, thanks and goodbyes ask for nothing. */
const ASKS_NOTHING = new Set(['INT-GEN-01', 'INT-GEN-04']);
/** Anger, a call for a person, a complaint, a threat: machines fall silent until a person has written. */
const NEEDS_HUMAN = new Set(['INT-GEN-07', 'INT-GEN-08', 'INT-AS-26', 'INT-REV-07']);
/** The hand-over and the acknowledgement of an after-sale matter lead to a person. */
const LEADS_TO_HUMAN = new Set(['SCR-07', 'SCR-100']);

/** What the decision goes by. */
export interface ModeQuestion {
  modes: Pick<Modes, 'rules'>;
  /** Somebody is at the desk. */
  onDuty: boolean;
  /** The first proposal; absent: nothing is proposed. */
  proposal: Pick<Proposal, 'card' | 'technique' | 'intents'> | undefined;
  /** Analyses of the buyer's messages that nobody has answered, oldest first; at least one. */
  burst: readonly Analysis[];
  /** The same since a person last wrote, automatic answers or not. */
  sinceHuman: readonly Analysis[];
  /** A case is open. */
  dispute: boolean;
  takenOver: boolean;
  /** When a person last wrote in this chat; `null`: never. */
  lastAgentAt: number | null;
  nowMs: number;
  /** The gate's word on the text; absent: not asked yet. */
  verdict?: Verdict['decision'];
}

type Objections = ModeDecision['objections'];

/** Decides; what a rule allows holds only while nothing stands against it. */
export function decideMode(question: ModeQuestion): ModeDecision {
  const { modes, onDuty, proposal, burst } = question;
  const suggest = (objections: Objections, rule?: number): ModeDecision => ({
    mode: 'suggest',
    ...(rule === undefined ? {} : { rule }),
    settlesOwed: false,
    objections,
  });
  if (!proposal) return suggest([{ code: 'nothing_proposed' }]);
  const answered = proposal.intents.filter((intent) => confidenceOf(burst, intent) > 0);
  const risk = riskOf(proposal.card, proposal.technique);
  const at = modes.rules.findIndex(
    (rule) =>
      rule.risk === risk &&
      (rule.cards === undefined || rule.cards.includes(proposal.card)) &&
      (rule.hours === 'both' || (rule.hours === 'on_duty') === onDuty) &&
      answered.some((intent) => namesIntent(rule, intent)),
  );
  const rule = modes.rules[at];
  if (!rule) return suggest([{ code: 'no_rule', detail: risk }]);
  if (rule.mode === 'suggest') return suggest([{ code: 'rule_suggests' }], at);
  const objections = [...objectionsToCard(question, rule.mode), ...objectionsToMoment(question, rule.mode, answered)];
  if (objections.length > 0) return suggest(objections, at);
  return {
    mode: rule.mode,
    rule: at,
    ...(rule.mode === 'semi' ? { delaySec: rule.delaySec } : {}),
    settlesOwed: rule.mode === 'auto' && rule.settlesOwed,
    objections: [],
  };
}

/** Whatever a shop has set: what SR-11 and domain 05, 5.4 say of the card. */
function objectionsToCard({ proposal, onDuty }: ModeQuestion, mode: 'semi' | 'auto'): Objections {
  const { card, technique } = proposal!;
  const never = neverAutomatic(card, technique);
  if (never) return [{ code: 'never_automatic', detail: never }];
  if (mode === 'auto' && !mayAnswerOffline(card)) return [{ code: 'no_offline_mode', detail: card }];
  if (mode === 'semi' && !onDuty) return [{ code: 'not_on_duty' }];
  return [];
}

function objectionsToMoment(question: ModeQuestion, mode: 'semi' | 'auto', answered: Proposal['intents']): Objections {
  const { proposal, burst, sinceHuman, dispute, takenOver, lastAgentAt, nowMs, verdict } = question;
  const { card } = proposal!;
  const found: [ModeObjection, string | undefined, boolean][] = [];
  const confidence = Math.max(0, ...answered.map((intent) => confidenceOf(burst, intent)));
  found.push(['confidence', confidence.toFixed(2), confidence < LEAST_CONFIDENCE]);
  const left = heldIn(burst).filter((intent) => !ASKS_NOTHING.has(intent) && !proposal!.intents.includes(intent));
  found.push(['unanswered_intent', left.join(', '), left.length > 0]);
  found.push(['needs_human', undefined, sinceHuman.some(needsHuman) && !LEADS_TO_HUMAN.has(card)]);
  // The acknowledgement of an after-sale matter answers nothing. @see SR-10, SCR-100
  found.push(['dispute', undefined, dispute && card !== 'SCR-100']);
  found.push(['taken_over', undefined, takenOver]);
  const isActive = lastAgentAt !== null && nowMs - lastAgentAt < HUMAN_ACTIVE_MS;
  found.push(['human_active', undefined, mode === 'auto' && isActive]);
  found.push(['gate', verdict, verdict !== undefined && verdict !== 'pass']);
  return found
    .filter(([, , stands]) => stands)
    .map(([code, detail]) => ({ code, ...(detail === undefined || detail === '' ? {} : { detail }) }));
}

/** The surest guess of an intent in the burst; 0: nobody guessed it. */
function confidenceOf(burst: readonly Analysis[], intent: string): number {
  const guesses = burst.flatMap((analysis) => analysis.intents).filter((guess) => guess.intent === intent);
  return Math.max(0, ...guesses.map((guess) => guess.confidence));
}

function heldIn(burst: readonly Analysis[]): Analysis['held'] {
  return [...new Set(burst.flatMap((analysis) => analysis.held))];
}

/** Anger, threats and calls for a person are answered by a person. */
function needsHuman({ mood, held, attitude }: Analysis): boolean {
  return (
    mood === 'angry' ||
    mood === 'threatening' ||
    (attitude !== undefined && attitude.needsHuman !== null) ||
    held.some((intent) => NEEDS_HUMAN.has(intent))
  );
}
