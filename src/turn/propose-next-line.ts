/** The next line of a return or refund among the proposals: what the procedure asks to be said next. @see RP-1, RF-1 */
import { nextCards } from '../desk/track-steps.ts';
import type { ProcedureView } from '../protocol/desk-records.ts';
import type { Proposal, Situation, SuggestionResult } from '../protocol/turn.ts';
import type { ShopLibrary } from './desk.ts';

const MOST_PROPOSALS = 3;
/** Messages that leave the desk to go on: thanks, yes, a picture. */
const GOES_ON = ['INT-GEN-04', 'INT-GEN-09'];
const PICTURE = /^\s*[[【](图片?|照片|image|picture)[\]】]/i;

/** What the procedures ask to be said next, as far as its guards hold; at most one line a card. */
export function nextLines(
  { engine, scripts }: Pick<ShopLibrary, 'engine' | 'scripts'>,
  situation: Situation,
  procedures: readonly ProcedureView[],
): Proposal[] {
  const lines: Proposal[] = [];
  for (const card of nextCards(procedures)) {
    for (const script of scripts) {
      if (script.card !== card || script.status !== 'approved') continue;
      const prepared = engine.prepare(script.id, situation);
      if ('because' in prepared) continue;
      lines.push({ ...prepared, reasons: [`流程的下一步（${stepOf(procedures, card)}）`, ...prepared.reasons] });
      break;
    }
  }
  return lines;
}

/**
 * The engine's proposals with the next line: first where the message leaves the desk to go on, else behind them. A
 * message about something else keeps its proposals as they are.
 *
 * @param place `alone`: everything is answered; `first`: a person has just taken the step before. Default `fitting`
 */
export function addNextLines(
  result: SuggestionResult,
  lines: readonly Proposal[],
  { analysis, message }: Situation,
  place: 'alone' | 'first' | 'fitting' = 'fitting',
): SuggestionResult {
  if (lines.length === 0) return result;
  const { held } = analysis;
  const isRelated = held.some((intent) => /^INT-(AS|LOG|IN)-/.test(intent));
  const goesOn =
    place === 'alone' ||
    (place === 'first' && isRelated) ||
    result.proposals.length === 0 ||
    PICTURE.test(message) ||
    (held.length > 0 && held.every((intent) => GOES_ON.includes(intent)));
  if (!goesOn && !isRelated) return result;
  const cards = new Set(lines.map(({ card }) => card));
  const others = result.proposals.filter(({ card }) => !cards.has(card));
  const known = result.proposals.filter(({ card }) => cards.has(card));
  // What the engine proposes by itself keeps its place and its reasons.
  const proposals = goesOn
    ? [...lines, ...others]
    : [...result.proposals, ...lines.filter(({ card }) => !known.some((one) => one.card === card))];
  const { abstained: _abstained, ...rest } = result;
  return { ...rest, proposals: proposals.slice(0, MOST_PROPOSALS) };
}

function stepOf(procedures: readonly ProcedureView[], card: string): string {
  return procedures.flatMap(({ steps }) => steps).find(({ cards }) => cards.includes(card))!.id;
}
