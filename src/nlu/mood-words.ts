/** What the words of a message weigh for each mood: where they are denied, asked or told of others they do not count. */
import { toSimplified } from './convert-script.ts';
import { detectLanguage } from './detect-language.ts';
import { LOOKS_LIKE_MOOD, MOOD_CUES, type MoodCue, TOLD_MOODS, type ToldMood } from './mood-cues.ts';
import { readPinyin } from './read-pinyin.ts';

/** Words that were found for a mood. */
export interface MoodWords {
  mood: ToldMood;
  /** Sum of the weights; from 1 on the words alone tell the mood. */
  sum: number;
  /** Heaviest first. */
  words: string[];
}

/** Ends of clauses: what stands before does not reach over them. */
const CLAUSE_END = /[\s,，.。;；!！?？~、]/;
const NEGATED =
  /(?:不|没|没有|别|不用|不必|并非|不是|无|不算|谈不上|不至于|怕|担心|防止?|避免|(?:本来|原来|原本|之前)(?:还)?(?:很|有点|挺)?|没有?(?:要|想|打算)|不(?:太|很|是很|怎么|咋|够|会|要|想|大|那么|特别|能说|一定))(?:再|去|是|被|这么|那么|给你们?)?$/;
/** A threat that is denied in its own words. */
const DENIED = /(?:不是|不会|没有?|不)(?:要|想|打算|会)?(?:给你?们?)?(?:投诉|举报|告|差评|维权)/;
/** What others said is not the buyer's mood. */
const REPORTED =
  /(?:评论|评价|差评|网友|别人|有人|人家|网上|他们|朋友|同事|听).{0,3}(?:里|区|上|都|是)?.{0,2}(?:说|讲|提到|反映|反馈|写)[^\s,，]{0,8}$/;
/** Praise asked about, wished for or set as a condition. */
const ASKED = /^[^\s,，]{0,4}(?:吗|么|嘛\?|吧[?\s]*$|不\?|不$|没\?|没$|\?|的话|就(?:买|拍|留|下单|来)|哪|还是)/;
const WISHED =
  /(?:如果|要是|假如|希望|想要|想买|有没有|有|求|找|推荐|是不是|能不能|会不会|哪(?:个|款|种)|怎么才|够不够|什么|多)[^\s,，]{0,5}$/;

/** The text as cues read it: simplified, lower case, half-width signs, without names of goods that look like moods. */
export function toPlain(text: string): string {
  return toSimplified(toCharacters(text))
    .toLowerCase()
    .replaceAll('？', '?')
    .replaceAll('！', '!')
    .replaceAll('，', ',')
    .replace(LOOKS_LIKE_MOOD, '口')
    .trim();
}

/** The text as the model reads it: pinyin as the words it spells. */
export function toCharacters(text: string): string {
  return detectLanguage(text) === 'pinyin' ? readPinyin(text) : text;
}

/** Finds the words of each mood in a plain text. */
export function weighMoods(plain: string): MoodWords[] {
  return TOLD_MOODS.map((mood) => {
    const found = MOOD_CUES[mood].flatMap((cue) => {
      const word = firstMeant(plain, cue, mood);
      return word === undefined ? [] : [{ word, weight: cue.weight }];
    });
    found.sort((a, b) => b.weight - a.weight);
    return {
      mood,
      sum: found.reduce((total, { weight }) => total + weight, 0),
      words: found.map(({ word }) => word).filter((word) => /[\p{L}\p{Extended_Pictographic}]/u.test(word)),
    };
  });
}

/** The first place where a cue is meant: not denied, not asked about, not told of others. */
function firstMeant(plain: string, cue: MoodCue, mood: ToldMood): string | undefined {
  // A search from the start each time: `matchAll` would copy the expression for every message.
  cue.words.lastIndex = 0;
  for (let match = cue.words.exec(plain); match; match = cue.words.exec(plain)) {
    const before = clauseBefore(plain, match.index);
    const after = plain.slice(match.index + match[0].length);
    if (!cue.always && NEGATED.test(before)) continue;
    if (mood === 'threatening' && DENIED.test(match[0])) continue;
    if (mood !== 'impatient' && mood !== 'hesitant' && REPORTED.test(before)) continue;
    if (mood === 'happy' && !cue.always && (ASKED.test(after) || WISHED.test(before))) continue;
    return match[0].trim();
  }
  return undefined;
}

function clauseBefore(plain: string, index: number): string {
  let start = index;
  while (start > 0 && !CLAUSE_END.test(plain[start - 1]!)) start--;
  return plain.slice(start, index);
}
