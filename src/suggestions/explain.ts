import { NO_CARD, type Script } from '../protocol/script.ts';
import type { Context } from './context.ts';
import { plainNumber } from './format-text.ts';
import { INTENT_NAMES } from './intent-names.ts';
import type { Candidate } from './rank.ts';
import { techniqueFit } from './techniques.ts';

const TECHNIQUE_NAMES: Readonly<Record<string, string>> = {
  'CT-1': '二选一',
  'CT-2': '帮着挑选',
  'CT-3': '如实告知紧缺',
  'CT-4': '留出空间',
  'CT-5': '反问',
  'CT-6': '直接请求下单',
  'CT-7': '虚心请教',
};

/** What is asked, what was given before and what the agent may give, in figures. */
export function priceInFigures({ convo, facts }: Context): string {
  const granted = facts.discount?.granted ?? 0;
  const sum = granted > 0 ? `，加上已优惠的${plainNumber(granted)}元` : '';
  const limit = plainNumber(facts.shop.authorityYuan ?? 20);
  return `买家想优惠${plainNumber(convo.discountRequested ?? 0)}元${sum}，您的权限是${limit}元`;
}

/** What the price cards rest on, in figures. */
function priceReason(card: string, context: Context): string | undefined {
  const asked = context.convo.discountRequested;
  if (asked === undefined || !/^SCR-3[78]$/.test(card)) return undefined;
  const granted = context.facts.discount?.granted ?? 0;
  const limit = context.facts.shop.authorityYuan ?? 20;
  const above = granted + asked > limit && context.facts.agent.role !== 'supervisor';
  const next = card === 'SCR-38' ? '超出权限，请主管决定' : above ? '主管已经批准' : '在权限之内';
  return `${priceInFigures(context)}：${next}`;
}

/** Why a script is proposed, in words a supervisor accepts. */
export function explainProposal(script: Script, candidate: Candidate, context: Context): string[] {
  const reasons: string[] = script.card === NO_CARD ? [`店里自己的话术：${script.title.zh}`] : [];
  const intent = candidate.intents[0];
  if (intent !== undefined) {
    const share = Math.round(Math.min(1, context.beliefs.get(intent) ?? 0) * 100);
    reasons.push(`买家${INTENT_NAMES[intent]}（把握${share}%）`);
  }
  if (candidate.occasion !== undefined) reasons.push(candidate.occasion.reason);
  const price = priceReason(script.card, context);
  if (price !== undefined) reasons.push(price);
  if (script.technique !== undefined) {
    const fit = techniqueFit(script.technique, context.types) === '+' ? '，适合这位买家' : '';
    reasons.push(`促成方法：${TECHNIQUE_NAMES[script.technique]}${fit}`);
  }
  return reasons;
}
