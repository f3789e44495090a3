import { CARD_IDS } from '../protocol/ids.ts';
import { LENGTH_LIMITS, type Script, type ScriptVariant } from '../protocol/script.ts';
import { automaticModesOf } from './automatic-modes.ts';
import { countCharacters, countQuestions, fillSlots, slotNames } from './template.ts';

/** What a linter can object to. */
export type LintRule =
  | 'missing-card'
  | 'duplicate-id'
  | 'duplicate-code'
  | 'unknown-guard'
  | 'unknown-slot'
  | 'unused-slot'
  | 'undeclared-slot'
  | 'missing-chinese'
  | 'too-long'
  | 'too-many-questions'
  | 'placeholder'
  | 'never-automatic'
  | 'blocked-by-gate'
  | 'warned-by-gate';

/** One objection: which script, which wording, what is legal. */
export interface LintFinding {
  rule: LintRule;
  severity: 'error' | 'warning';
  /** Id of the script; of the card when no script has it. */
  scriptId: string;
  /** Wording at fault; absent: the whole script. */
  variant?: number;
  message: string;
}

/** What the library is checked against. */
export interface LintOptions {
  /** Names of the guards that have code. */
  guards: ReadonlySet<string>;
  /** Slots that have a source, each with an example of what it writes. */
  slots: ReadonlyMap<string, string>;
  /** The outgoing gate: what it says to a rendered text. Absent: not asked. */
  judge?: (text: string, script: Script, variant: ScriptVariant) => JudgedText;
  /** Cards that must have a script; default: every card of the inventory. */
  cards?: readonly string[];
}

/** The gate's answer, as far as the linter needs it. */
export interface JudgedText {
  decision: 'block' | 'warn' | 'pass';
  /** In words, one per objection. */
  reasons: readonly string[];
}

/** What looks like a value left open. @see TAB-09 */
const PLACEHOLDER = /[{}]|(?<![\d*])\*(?![\d*])|(?<![a-z])x{2,3}(?![a-z])|某某|＿{2,}|_{2,}|【】|\[\]/i;

/** The length classes count Chinese characters; English says the same in twice as many letters. */
const ENGLISH_LIMITS = { L1: 120, L2: 199, L3: 199 } as const;

/** Checks every script and the whole library; an empty answer means that nothing is wrong. */
export function lintLibrary(scripts: readonly Script[], options: LintOptions): LintFinding[] {
  return [
    ...lintWhole(scripts, options.cards ?? CARD_IDS),
    ...scripts.flatMap((script) => lintScript(script, options)),
  ];
}

function lintWhole(scripts: readonly Script[], cards: readonly string[]): LintFinding[] {
  const covered = new Set(scripts.map((script) => script.card));
  const missing = cards
    .filter((card) => !covered.has(card))
    .map((card) => finding('missing-card', card, 'no script is written to this card'));
  return [...missing, ...findRepeats(scripts, 'id'), ...findRepeats(scripts, 'code')];
}

function findRepeats(scripts: readonly Script[], field: 'id' | 'code'): LintFinding[] {
  const seen = new Set<string>();
  return scripts.flatMap((script) => {
    if (!seen.has(script[field])) {
      seen.add(script[field]);
      return [];
    }
    return [finding(`duplicate-${field}`, script.id, `${field} "${script[field]}" is taken already`)];
  });
}

function lintScript(script: Script, options: LintOptions): LintFinding[] {
  const findings: LintFinding[] = [];
  const add = (rule: LintRule, message: string) => findings.push(finding(rule, script.id, message));
  for (const guard of script.guards) {
    if (!options.guards.has(guard)) add('unknown-guard', `guard "${guard}" has no code`);
  }
  for (const slot of script.slots) {
    if (!options.slots.has(slot)) add('unknown-slot', `slot "${slot}" has no source`);
  }
  const chinese = script.variants.filter((variant) => variant.language === 'zh-Hans');
  if (chinese.length === 0) add('missing-chinese', 'no wording in simplified Chinese');
  findings.push(...lintSlotList(script, chinese));
  const allowed = automaticModesOf(script.card);
  for (const mode of script.modes) {
    if (mode !== 'A' && !allowed.includes(mode)) add('never-automatic', `mode ${mode} is not legal for ${script.card}`);
  }
  script.variants.forEach((variant, i) => {
    findings.push(...lintVariant(script, variant, i, options));
  });
  return findings;
}

function lintSlotList(script: Script, chinese: readonly ScriptVariant[]): LintFinding[] {
  const used = chinese.map((variant) => new Set(slotNames(variant.text)));
  const everywhere = [...(used[0] ?? [])].filter((slot) => used.every((set) => set.has(slot)));
  const undeclared = everywhere
    .filter((slot) => !script.slots.includes(slot))
    .map((slot) => finding('undeclared-slot', script.id, `every wording needs "${slot}": declare it in slots`));
  const unused = script.slots
    .filter((slot) => !used.some((set) => set.has(slot)))
    .map((slot) => finding('unused-slot', script.id, `slot "${slot}" is declared and stands in no wording`, 'warning'));
  return [...undeclared, ...unused];
}

function lintVariant(script: Script, variant: ScriptVariant, index: number, options: LintOptions): LintFinding[] {
  const findings: LintFinding[] = [];
  const add = (rule: LintRule, message: string, severity?: LintFinding['severity']) =>
    findings.push({ ...finding(rule, script.id, message, severity), variant: index });
  for (const guard of variant.guards ?? []) {
    if (!options.guards.has(guard)) add('unknown-guard', `guard "${guard}" has no code`);
  }
  for (const slot of slotNames(variant.text)) {
    if (!options.slots.has(slot)) add('unknown-slot', `slot "${slot}" has no source`);
  }
  const text = fillSlots(variant.text, options.slots);
  const placeholder = PLACEHOLDER.exec(fillSlots(variant.text, new Map(slotNames(variant.text).map((s) => [s, '']))));
  if (placeholder) add('placeholder', `"${placeholder[0]}" looks like a value left open`);
  const limit = (variant.language === 'en' ? ENGLISH_LIMITS : LENGTH_LIMITS)[script.length];
  const length = countCharacters(text);
  if (length > limit) add('too-long', `${length} characters with example values, ${script.length} allows ${limit}`);
  const questions = countQuestions(variant.text);
  if (questions > 1) add('too-many-questions', `${questions} questions, one is legal (SR-12)`);
  const judged = options.judge?.(text, script, variant);
  if (judged?.decision === 'block') add('blocked-by-gate', judged.reasons.join('; '));
  if (judged?.decision === 'warn') add('warned-by-gate', judged.reasons.join('; '), 'warning');
  return findings;
}

function finding(
  rule: LintRule,
  scriptId: string,
  message: string,
  severity: LintFinding['severity'] = 'error',
): LintFinding {
  return { rule, severity, scriptId, message };
}
