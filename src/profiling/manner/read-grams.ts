import { simplifyText } from '../simplify-text.ts';

/** Who speaks: a buyer's and an agent's words are weighed apart. */
export type Speaker = 'buyer' | 'agent';

/** Clauses that name gender, family role, schooling or income are left out whole. @see BT-P4, TRAP-05 */
const PERSON =
  /[男女][生的人士孩性友朋票款装]|[男女]$|^[男女]|先生|女士|小姐|美女|帅哥|老公|老婆|媳妇|丈夫|妻子|大学|教授|博士|硕士|本科|学历|毕业|文化|文盲|工资|月薪|年薪|薪水|收入|[有没]钱人|穷/;

/** The one- to three-letter pieces of a message, each once; numbers are alike. An agent's carry a mark of their own. */
export function readGrams(text: string, speaker: Speaker): string[] {
  const plain = simplifyText(text)
    .split(/[\s,。!~]+/)
    .filter((clause) => !PERSON.test(clause))
    .join(' ')
    .replace(/\d+/g, '0');
  if (plain === '') return [];
  const letters = [...`^${plain}$`];
  const longest = speaker === 'buyer' ? 3 : 2;
  const mark = speaker === 'buyer' ? '' : 'a:';
  const grams = new Set<string>();
  for (let size = 1; size <= longest; size++) {
    for (let at = 0; at + size <= letters.length; at++) grams.add(mark + letters.slice(at, at + size).join(''));
  }
  return [...grams];
}
