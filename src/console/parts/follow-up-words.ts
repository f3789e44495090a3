/** Follow-ups in words: every timer, step and reason has a sentence, and no id of ours is shown. */
import type { FollowUpView } from '../../protocol/records.ts';
import { formatMoment } from '../i18n/format.ts';
import type { Language, Translate } from '../i18n/language.tsx';
import { type MessageKey, zh } from '../i18n/zh.ts';

type Step = FollowUpView['story'][number];

/** What the words are put together with. */
export interface Words {
  t: Translate;
  language: Language;
  nowMs: number;
  /** The title of a script, by the id it has in the library. */
  titleOf(scriptId: string): string;
}

/** A timer's name. */
export function ruleName(rule: string, t: Translate): string {
  return known(`rule.${rule}`, t) ?? rule;
}

/** How a follow-up stands; what lies before a person was not sent to the buyer. */
export function stateWords({ state, mode }: Pick<FollowUpView, 'state' | 'mode'>, t: Translate): string {
  return state === 'sent' && (mode === 'A' || mode === 'T') ? t(`way.${mode}`) : t(`followUp.${state}`);
}

/** Why something was cancelled, moved or not sent. What the desk noted in free words is told by its kind. */
export function reasonWords(reason: string, t: Translate): string {
  const sentence = known(`reason.${reason}`, t);
  if (sentence !== undefined) return sentence;
  if (reason.startsWith('gate:')) return t('reason.gate');
  return /^SCR-|^no script/.test(reason) ? t('reason.noScript') : t('reason.error');
}

/** One step of a follow-up's story. */
export function storyWords(entry: Step, { t, language, nowMs, titleOf }: Words): string {
  const { step, because, dueAt, script } = entry;
  const when = dueAt === undefined ? '' : formatMoment(dueAt, nowMs, language);
  if (step === 'planned') return t('story.planned', { when, because: known(`cause.${because}`, t) ?? because });
  if (step === 'sent' && script !== undefined) {
    return t('story.sentScript', { script: titleOf(script.split(' ')[0]!) });
  }
  if (step === 'claimed' || step === 'sent') return t(`story.${step}`, { mode: known(`way.${because}`, t) ?? '' });
  return t(`story.${step}`, { when, because: because === '' ? '' : reasonWords(because, t) });
}

function known(key: string, t: Translate): string | undefined {
  return key in zh ? t(key as MessageKey) : undefined;
}
