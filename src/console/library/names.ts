/** What people call the things that the library names by codes. */
import type { Script } from '../../protocol/script.ts';
import type { Translate } from '../i18n/language.tsx';
import { type MessageKey, zh } from '../i18n/zh.ts';

type Vocabulary = {
  modes: Script['modes'];
  buyerTypes: Script['buyerTypes'];
  technique: NonNullable<Script['technique']>[];
};

/** Ways a script may leave. */
export const MODES = ['A', 'O', 'S'] as const satisfies Vocabulary['modes'];
export const BUYER_TYPES = [
  'BT-1',
  'BT-2',
  'BT-3',
  'BT-4',
  'BT-5',
  'BT-6',
  'BT-7',
  'BT-8',
] as const satisfies Vocabulary['buyerTypes'];
export const TECHNIQUES = [
  'CT-1',
  'CT-2',
  'CT-3',
  'CT-4',
  'CT-5',
  'CT-6',
  'CT-7',
] as const satisfies Vocabulary['technique'];
export const STAGES = ['FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-5', 'FLOW-6', 'FLOW-7'] as const;
export const LENGTHS = ['L1', 'L2', 'L3'] as const satisfies Script['length'][];

/** A sentence of the dictionary where it has one for this name, else the name itself. */
function named(prefix: string, name: string, t: Translate): string {
  const key = `${prefix}.${name}`;
  return Object.hasOwn(zh, key) ? t(key as MessageKey) : name;
}

/** Name of a group of scripts; a group of the shop's own by its own name. */
export function groupName(group: string, t: Translate): string {
  return named('group', group, t);
}

/** What a finding of the check is about; an unknown rule by its own name. */
export function findingName(rule: string, t: Translate): string {
  return named('finding', rule, t);
}

/** What a word in a field of a script means. @param intent names intents */
export function wordName(field: string, word: string, t: Translate, intent: (id: string) => string): string {
  switch (field) {
    case 'intents':
      return intent(word);
    case 'modes':
      return named('mode', word, t);
    case 'buyerTypes':
      return named('type', word, t);
    case 'segments':
      return named('segment', word, t);
    case 'technique':
      return named('technique', word, t);
    case 'stages':
      return named('stage', word, t);
    case 'length':
      return named('length', word, t);
    case 'language':
      return named('wordingLanguage', word, t);
    case 'setsOff':
      return named('rule', word, t);
    default:
      return word;
  }
}
