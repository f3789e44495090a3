import type { Facts } from '../protocol/facts.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import { NO_CARD, type Script } from '../protocol/script.ts';
import type { GateContext, HiddenScript, Proposal, Situation, SuggestionResult, Verdict } from '../protocol/turn.ts';
import { AUTOMATIC_GUARDS, CARD_RULES } from './card-rules.ts';
import { type Context, createContext } from './context.ts';
import { explainProposal } from './explain.ts';
import { factName } from './fact-names.ts';
import { gateContextOf } from './gate-context.ts';
import { ms } from './guard-checks.ts';
import { evaluateGuard } from './guards.ts';
import { placeOf } from './learning/contexts.ts';
import { orderScripts, orderVariants } from './learning/order-scripts.ts';
import { type ClassedProposal, type Learnt, type LearntMoment, orderProposals } from './learning/reorder.ts';
import { createScriptGroup, type ScriptGroup } from './nearness.ts';
import { type Candidate, findCandidates, inOrder, rankScripts, rankVariants } from './rank.ts';
import { createShopScripts, type ShopCandidate, shopCandidate } from './shop-scripts.ts';
import { renderSlot, renderText } from './slots.ts';
import { techniqueObjection } from './techniques.ts';

/** Judges a text before it is proposed. */
export type Judge = (text: string, context: GateContext) => Verdict;

/** What an engine is made of. */
export interface SuggestionEngineOptions {
  /** The library; only approved scripts are proposed. */
  readonly scripts: readonly Script[];
  /** The outbound gate; without one nothing is blocked. */
  readonly judge?: Judge;
}

/** Proposes scripts for situations; pure and deterministic. */
export interface SuggestionEngine {
  /**
   * At most three proposals, the hidden candidates with the reason, or an abstention.
   *
   * @param learnt what the shop's outcomes say; absent: ranked without. It orders what fits alike and lets nothing in
   * @see SR-01, SR-15
   */
  suggest(situation: Situation, learnt?: Learnt): SuggestionResult;
  /**
   * Renders one script by its id for this moment, or says what hides it: the check before sending. @see SR-01
   *
   * @param variant this wording alone; absent: the one that fits best
   */
  prepare(scriptId: string, situation: Situation, variant?: number): Proposal | HiddenScript;
}

const MOST_PROPOSALS = 3;
/** A card this far below the best one is left away. */
const SHARE_OF_BEST = 0.42;
/** Confidence an automatic reply needs. @see SR-10 */
const AUTOMATIC_CONFIDENCE = 0.8;
const HUMAN_ACTIVE_MS = 10 * 60_000;
/** Cards that say the same: only the first of a pair is proposed. */
const ALIASES: Readonly<Record<string, string>> = { 'SCR-54': 'SCR-18', 'SCR-142': 'SCR-74' };
/** Price cards beside which the open half of SCR-30 adds nothing. @see AMB-02 */
const PRICE_CARDS = new Set(['SCR-31', 'SCR-33', 'SCR-34', 'SCR-37', 'SCR-38']);

type Mode = Situation['mode'];

/** With nobody on duty only automatic replies may go out. @see SR-10 */
function modeOf(situation: Situation): Mode {
  return situation.mode === 'A' && situation.facts.agent.onDuty === false ? 'O' : situation.mode;
}

function hide(
  script: Script,
  because: HiddenScript['because'],
  name: string,
  detail: string,
  fact?: string,
): HiddenScript {
  const said = fact === undefined ? detail : `${factName(fact)}：${detail}`;
  return {
    scriptId: script.id,
    card: script.card,
    because,
    name,
    ...(fact === undefined ? {} : { fact }),
    detail: said,
  };
}

/** A person of the desk wrote within the last ten minutes. */
function humanActive(context: Context): boolean {
  const last = context.history.findLast((turn) => turn.from === 'agent');
  return last?.at !== undefined && context.nowMs - ms(last.at) < HUMAN_ACTIVE_MS;
}

function modeObjection(
  script: Script,
  candidate: Candidate | undefined,
  context: Context,
  mode: Mode,
): HiddenScript | undefined {
  if (script.card === NO_CARD && mode !== 'A') return hide(script, 'mode', mode, '店里自己的话术只由人来发');
  const asksHours = script.card === 'SCR-04' && mode === 'A';
  if (!script.modes.includes(mode) && !asksHours) return hide(script, 'mode', mode, `不在“${mode}”方式的许可范围内`);
  if (mode === 'A') return undefined;
  if (humanActive(context)) return hide(script, 'mode', 'SR-10', '十分钟内有客服在这段会话里', 'history');
  if (script.card === 'SCR-04') return undefined;
  if (context.facts.case?.open === true && script.card !== 'SCR-100')
    return hide(script, 'mode', 'SR-10', '有未了结的售后，不自动回复', 'case.open');
  if (mode === 'S') return undefined;
  const confidence = Math.max(
    0,
    ...context.situation.analysis.intents
      .filter((g) => (candidate?.trigger.intents[g.intent] ?? 0) >= 0.7)
      .map((g) => g.confidence),
  );
  return confidence >= AUTOMATIC_CONFIDENCE
    ? undefined
    : hide(script, 'mode', 'SR-10', '把握不足八成，不自动回复', 'analysis.intents');
}

function guardsOf(script: Script, mode: Mode): Set<string> {
  const automatic = mode === 'A' ? [] : (AUTOMATIC_GUARDS[script.card] ?? []);
  return new Set([...(CARD_RULES[script.card]?.guards ?? []), ...script.guards, ...automatic]);
}

/** The first guard that does not hold, with the fact that failed. */
function guardHidden(script: Script, names: Iterable<string>, context: Context): HiddenScript | undefined {
  for (const name of names) {
    const outcome = evaluateGuard(name, context, script.technique);
    if (!outcome.holds) return hide(script, 'guard', name, outcome.detail, outcome.fact);
  }
  return undefined;
}

function techniqueHidden(script: Script, context: Context): HiddenScript | undefined {
  if (script.technique === undefined) return undefined;
  const objection = techniqueObjection(script.technique, context);
  return objection && hide(script, 'technique', objection.name, objection.detail, objection.fact);
}

function slotObjection(script: Script, context: Context): HiddenScript | undefined {
  for (const name of new Set([...(CARD_RULES[script.card]?.slots ?? []), ...script.slots])) {
    const outcome = renderSlot(name, context, 'zh-Hans');
    if (!outcome.filled) return hide(script, 'slot', name, '缺少要写进话术的事实', outcome.fact);
  }
  return undefined;
}

/** More than one question in one text. @see SR-12 */
function asksTwice(text: string): boolean {
  return (text.match(/[?？]/g) ?? []).length > 1;
}

/** Everything one call shares. */
interface Call {
  readonly context: Context;
  readonly mode: Mode;
  readonly judge: Judge | undefined;
  readonly gateContext: GateContext;
  readonly learnt: LearntMoment | undefined;
  /** This wording of the script alone. */
  readonly variant?: number | undefined;
}

type Wording = Pick<Proposal, 'text' | 'slots' | 'variant' | 'guards'> & { learnt?: string | undefined };

function pickWording(script: Script, candidate: Candidate, call: Call): Wording | HiddenScript {
  const { context, judge, gateContext } = call;
  let first: HiddenScript | undefined;
  const about = { card: script.card, intents: candidate.intents };
  const wordings = orderVariants(script, rankVariants(script, context), call.learnt, about);
  for (const { item, because: learnt } of wordings) {
    const { variant, index } = item;
    if (call.variant !== undefined && index !== call.variant) continue;
    const failed = guardHidden(script, variant.guards ?? [], context);
    if (failed !== undefined) {
      first ??= failed;
      continue;
    }
    const rendered = renderText(variant.text, context, variant.language);
    if (!('text' in rendered)) {
      first ??= hide(script, 'slot', rendered.missing, '缺少要写进话术的事实', rendered.fact);
      continue;
    }
    if (asksTwice(rendered.text)) {
      first ??= hide(script, 'gate', 'SR-12', '一条里问了不止一个问题');
      continue;
    }
    const verdict = judge?.(rendered.text, gateContext);
    if (verdict?.decision === 'block') {
      const finding = verdict.findings[0];
      first = hide(script, 'gate', finding?.rule ?? 'gate', finding?.message ?? '出口检查未通过');
      continue;
    }
    const guards = [...new Set([...guardsOf(script, call.mode), ...(variant.guards ?? [])])];
    return { text: rendered.text, slots: rendered.slots, variant: index, guards, learnt };
  }
  return first ?? hide(script, 'slot', 'variants', '没有适合这位买家的措辞');
}

function propose(script: Script, candidate: Candidate, call: Call): Proposal | HiddenScript {
  const { context } = call;
  const objection =
    modeObjection(script, candidate, context, call.mode) ??
    guardHidden(script, guardsOf(script, call.mode), context) ??
    techniqueHidden(script, context) ??
    slotObjection(script, context);
  if (objection !== undefined) return objection;
  const picked = pickWording(script, candidate, call);
  if ('because' in picked) return picked;
  const { learnt, ...wording } = picked;
  const reasons = explainProposal(script, candidate, context);
  return {
    scriptId: script.id,
    card: script.card,
    version: script.version,
    ...wording,
    ...(script.technique === undefined ? {} : { technique: script.technique }),
    intents: [...candidate.intents],
    score: Math.round(candidate.score * 1000) / 1000,
    reasons: learnt === undefined ? reasons : [...reasons, learnt],
  };
}

function isProposal(outcome: Proposal | HiddenScript): outcome is Proposal {
  return 'text' in outcome;
}

/** Why a card that could be proposed steps back behind those that are. */
function stepsBack(card: string, proposals: readonly Proposal[], facts: Facts): string | undefined {
  const alias = ALIASES[card] ?? Object.keys(ALIASES).find((key) => ALIASES[key] === card);
  if (alias !== undefined && proposals.some((p) => p.card === alias)) return alias;
  if (card === 'SCR-30' && facts.shop.priceEditable !== false)
    return proposals.find((p) => PRICE_CARDS.has(p.card))?.card;
  return undefined;
}

/** Approved scripts by card. */
function groupByCard(scripts: readonly Script[]): Map<string, ScriptGroup> {
  const lists = new Map<string, Script[]>();
  for (const script of scripts) {
    if (script.status !== 'approved') continue;
    const list = lists.get(script.card);
    if (list === undefined) lists.set(script.card, [script]);
    else list.push(script);
  }
  return new Map([...lists].map(([card, list]) => [card, createScriptGroup(list)]));
}

/** Creates the engine over a library. */
export function createSuggestionEngine(options: SuggestionEngineOptions): SuggestionEngine {
  const byId = new Map(options.scripts.map((script) => [script.id, script]));
  const groups = groupByCard(options.scripts);
  const shop = createShopScripts(groups.get(NO_CARD)?.scripts ?? []);

  const open = (situation: Situation, learnt?: Learnt): Call => {
    const context = createContext(situation);
    const mode = modeOf(situation);
    return {
      context,
      mode,
      judge: options.judge,
      gateContext: gateContextOf(context, mode),
      learnt: learnt && { ...learnt, place: placeOf(situation) },
    };
  };

  const suggest = (situation: Situation, learnt?: Learnt): SuggestionResult => {
    const call = open(situation, learnt);
    const proposals: Proposal[] = [];
    const ranked: ClassedProposal[] = [];
    const hidden: HiddenScript[] = [];
    let best = 0;
    const own = call.mode === 'A' ? shop.find(call.context) : [];
    for (const candidate of inOrder<Candidate | ShopCandidate>([...findCandidates(call.context), ...own])) {
      const card = candidate.trigger.card;
      const group = groups.get(card);
      if (group === undefined) continue;
      if (proposals.length === MOST_PROPOSALS || candidate.score < best * SHARE_OF_BEST) break;
      const before = stepsBack(card, proposals, situation.facts);
      const about = { card, intents: candidate.intents };
      const scripts =
        'scripts' in candidate
          ? candidate.scripts.map((item) => ({ item, because: undefined }))
          : orderScripts(rankScripts(group, call.context), call.learnt, about);
      for (const { item: script, because } of scripts) {
        if (proposals.some((p) => p.scriptId === script.id)) continue;
        if (before !== undefined) {
          hidden.push(hide(script, 'used', before, '意思相同的话术已经排在前面'));
          break;
        }
        const outcome = propose(script, candidate, call);
        if (isProposal(outcome)) {
          best = Math.max(best, outcome.score);
          const proposal = because === undefined ? outcome : { ...outcome, reasons: [...outcome.reasons, because] };
          proposals.push(proposal);
          ranked.push({ proposal, rank: candidate.trigger.rank });
          break;
        }
        hidden.push(outcome);
      }
    }
    if (proposals.length > 0)
      return { proposals: call.learnt ? orderProposals(ranked, call.learnt) : proposals, hidden };
    return {
      proposals,
      hidden,
      abstained: hidden.length > 0 ? '合适的话术都缺少事实依据' : '没有读懂，也没有合适的话术',
    };
  };

  const prepare = (scriptId: string, situation: Situation, variant?: number): Proposal | HiddenScript => {
    const script = byId.get(scriptId);
    const call = { ...open(situation), variant };
    if (script === undefined) {
      const card = scriptId.startsWith(NO_CARD) ? NO_CARD : scriptId.slice(0, 7);
      return { scriptId, card, because: 'slot', name: scriptId, detail: '话术库里没有这一条' };
    }
    if (script.card === NO_CARD) {
      return propose(script, shopCandidate(script.intents as MessageIntent[], call.context), call);
    }
    const trigger = { card: script.card, rank: 'question', intents: {} } as const;
    const found = findCandidates(call.context).find((c) => c.trigger.card === script.card);
    return propose(script, found ?? { trigger, score: 0, intents: [], occasion: undefined }, call);
  };

  return { suggest, prepare };
}
