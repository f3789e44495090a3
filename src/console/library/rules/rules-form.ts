/** The gate rules of a shop as a form: rows that are typed into, and what is sent. */
import type { z } from 'zod';
import type { ShopGateRulesSchema } from '../../../protocol/gate-rules.ts';
import type { Finding } from '../../../protocol/turn.ts';

/** Rules as they are sent; the desk fills in what is absent. */
type Rules = z.input<typeof ShopGateRulesSchema>;
type Word = NonNullable<Rules['words']>[number];
type Pattern = NonNullable<Rules['patterns']>[number];
type Modes = NonNullable<Word['modes']>;

/** How much a finding weighs. */
export type Weight = 'B' | 'W' | 'off';

/** Sections of the form, in their order. */
export const SECTIONS = ['words', 'patterns', 'weights', 'absolutes', 'exceptions'] as const;
export type Section = (typeof SECTIONS)[number];

/** A row of any section; `key` stays with it. */
export interface RuleRow {
  key: number;
  /** The word, the pattern, the rule that is weighed, the text that is excepted. */
  text: string;
  severity: Weight;
  /** Rule that the findings of a word or pattern name. */
  id: string;
  message: string;
  /** Cards that say it rightly. */
  instead: string[];
  /** Longer words in which a word is harmless; rules that find nothing in an excepted text. */
  list: string[];
  modes: Modes | undefined;
}

/** The form. */
export interface RulesForm extends Readonly<Record<Section, readonly RuleRow[]>> {
  nextKey: number;
}

/** What is done to the form. */
export type RulesAction =
  | { type: 'rowSet'; section: Section; key: number; change: Partial<RuleRow> }
  | { type: 'rowsAdded'; section: Section; texts: readonly string[]; severity: Weight }
  | { type: 'rowRemoved'; section: Section; key: number }
  | { type: 'replaced'; form: RulesForm };

function row(key: number, change: Partial<RuleRow>): RuleRow {
  return { key, text: '', severity: 'B', id: '', message: '', instead: [], list: [], modes: undefined, ...change };
}

/** The form of rules that are in force; whatever else comes is an empty form. */
export function rulesForm(rules: unknown): RulesForm {
  const { words = [], patterns = [], severities = {}, exceptions = [] } = (rules ?? {}) as Rules;
  let key = 0;
  const next = (change: Partial<RuleRow>) => {
    key += 1;
    return row(key, change);
  };
  const weighed = (weights: Record<string, Weight> = {}) =>
    Object.entries(weights).map(([text, severity]) => next({ text, severity }));
  return {
    words: words.map(({ text, severity, id = '', message = '', instead = [], exceptions: list = [], modes }) =>
      next({ text, severity, id: id === WORD_RULE ? '' : id, message, instead, list, modes }),
    ),
    patterns: patterns.map(({ id, pattern, severity, message, instead = [], modes }) =>
      next({ text: pattern, severity, id, message, instead, modes }),
    ),
    weights: weighed(severities.rules),
    absolutes: weighed(severities.absolutes),
    exceptions: exceptions.map(({ text, rules: list }) => next({ text, list })),
    nextKey: key + 1,
  };
}

/** Rule of a word that names none. */
const WORD_RULE: typeof import('../../../protocol/gate-rules.ts').SHOP_WORD_RULE = 'SHOP-word';

/** What is sent; a row of which nothing is typed is left out, and the rest keep their order. */
export function rulesOf(form: RulesForm): Rules {
  const weights = (rows: readonly RuleRow[]) => Object.fromEntries(rows.map((it) => [it.text.trim(), it.severity]));
  const blockOrWarn = ({ severity }: RuleRow) => (severity === 'off' ? 'W' : severity);
  return {
    words: typed(form.words).map(
      (it): Word => ({
        text: it.text.trim(),
        severity: blockOrWarn(it),
        ...(it.id.trim() === '' ? {} : { id: it.id.trim() }),
        ...(it.message.trim() === '' ? {} : { message: it.message.trim() }),
        ...(it.instead.length > 0 ? { instead: it.instead } : {}),
        ...(it.list.length > 0 ? { exceptions: it.list } : {}),
        ...(it.modes ? { modes: it.modes } : {}),
      }),
    ),
    patterns: typed(form.patterns).map(
      (it): Pattern => ({
        id: it.id.trim(),
        pattern: it.text.trim(),
        severity: blockOrWarn(it),
        message: it.message.trim(),
        ...(it.instead.length > 0 ? { instead: it.instead } : {}),
        ...(it.modes ? { modes: it.modes } : {}),
      }),
    ),
    severities: { rules: weights(typed(form.weights)), absolutes: weights(typed(form.absolutes)) },
    exceptions: typed(form.exceptions).map((it) => ({ text: it.text.trim(), rules: it.list })),
  };
}

function typed(rows: readonly RuleRow[]): readonly RuleRow[] {
  return rows.filter(({ text }) => text.trim() !== '');
}

/** The next form. */
export function reduceRules(form: RulesForm, action: RulesAction): RulesForm {
  switch (action.type) {
    case 'replaced':
      return action.form;
    case 'rowSet':
      return {
        ...form,
        [action.section]: form[action.section].map((it) => (it.key === action.key ? { ...it, ...action.change } : it)),
      };
    case 'rowRemoved':
      return { ...form, [action.section]: form[action.section].filter(({ key }) => key !== action.key) };
    case 'rowsAdded': {
      const known = new Set(form[action.section].map(({ text }) => text));
      const texts = [...new Set(action.texts)].filter((text) => text === '' || !known.has(text));
      const added = texts.map((text, at) => row(form.nextKey + at, { text, severity: action.severity }));
      // What is added stands first, where it is seen.
      return {
        ...form,
        [action.section]: [...added, ...form[action.section]],
        nextKey: form.nextKey + added.length,
      };
    }
  }
}

/** Something wrong with the rules, at its place. */
export interface RulesProblem {
  /** `undefined`: of the whole. */
  section: Section | undefined;
  /** Row of the form. */
  key: number | undefined;
  message: string;
}

const PLACE = /^(?:gate rules )?(words|patterns|exceptions)\[(\d+)\](\S*?): (.*)$/;
const WEIGHT = /^(?:gate rules )?severities\.(rules|absolutes)\.?\[?"?([^\]":]+)"?\]?: (.*)$/;

/** Puts the desk's words about rules at the rows they speak of. */
export function placeProblems(form: RulesForm, message: string): RulesProblem[] {
  return message.split('\n').map((line) => {
    const place = PLACE.exec(line);
    if (place) {
      const section = place[1] as 'words' | 'patterns' | 'exceptions';
      const field = place[3] === '' ? '' : `${place[3]!.replace(/^\./, '')}: `;
      return { section, key: typed(form[section])[Number(place[2])]?.key, message: `${field}${place[4]}` };
    }
    const weight = WEIGHT.exec(line);
    if (!weight) return { section: undefined, key: undefined, message: line.replace(/^gate rules:? /, '') };
    const section = weight[1] === 'rules' ? 'weights' : 'absolutes';
    const key = typed(form[section]).find(({ text }) => text.trim() === weight[2])?.key;
    return { section, key, message: weight[3]! };
  });
}

/** Whether two forms would send the same. */
export function sameRules(a: RulesForm, b: RulesForm): boolean {
  return JSON.stringify(rulesOf(a)) === JSON.stringify(rulesOf(b));
}

/** Words of a line that a person typed with whatever mark between them. */
export function splitList(text: string): string[] {
  return [...new Set(text.split(/[,，、\s]+/).filter(Boolean))];
}

/** Rule of the absolute words, which are weighed one by one. */
const ABSOLUTES = 'TAB-22';

/** The row that weighs what was found a step less: what blocked warns, what warned is let pass. */
export function weighOtherwise(
  { rule, severity }: Pick<Finding, 'rule' | 'severity'>,
  words: string,
): { section: Section; texts: string[]; severity: Weight } {
  const less = severity === 'B' ? 'W' : 'off';
  return rule === ABSOLUTES && words !== ''
    ? { section: 'absolutes', texts: [words], severity: less }
    : { section: 'weights', texts: [rule], severity: less };
}
