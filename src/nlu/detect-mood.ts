import type { MOODS, URGENCIES } from '../protocol/turn.ts';
import type { ToldMood } from './mood-cues.ts';
import { guessMood, type MoodGuess, type MoodLabel, piecesFor } from './mood-model.ts';
import { isMocking, isShortPraise } from './mood-sarcasm.ts';
import { readUrgency } from './mood-urgency.ts';
import { type MoodWords, toCharacters, toPlain, weighMoods } from './mood-words.ts';

/** Mood of a message. */
export type Mood = (typeof MOODS)[number];
/** How soon the buyer wants it. */
export type Urgency = (typeof URGENCIES)[number];

/** What stands around a message, as far as its mood needs it. */
export interface MoodSituation {
  /** Turns before, oldest first. */
  prev: readonly { from: 'buyer' | 'agent' | 'auto'; text: string }[];
  /** Since the last turn before; absent when not known. */
  waitedMs?: number;
  /** Probability of an intent, by the engine. */
  chanceOf?: (intent: string) => number;
}

/** A mood, how it was told, and what goes with it. */
export interface MoodReading {
  mood: Mood;
  urgency: Urgency;
  /** Praise that means its opposite. */
  sarcasm: boolean;
  /** Words that told the mood, the heaviest first; empty for calm. */
  evidence: string[];
}

const EVIDENCE = 4;
/** Sums of words that tell a mood where the model leaves some chance for it, and whatever it says. */
const TOLD = 1;
const TOLD_BEYOND_DOUBT = 2;
const DOUBT = 0.2;
/** A mood without a word of its own must be this sure. */
const SURE = 0.6;
/** From here on the wait and the repetition make a message impatient that is not. */
const PUSHES_FROM = 1;
/** A wait after which a call of the buyer is impatient. @see BF-14 */
const NEGLECT_MS = 2 * 60_000;
/** A call, or the same question once more: nothing but "are you there". */
const CALL =
  /^(?:(?:在|在吗|在么|在不在|在不|在没|有人吗|喂|亲|老板|客服|哈喽|hello|hi|人|呢|怎么样了?|好了吗|好了没有?|好没|有结果没有?|有消息(?:吗|没有?)|查到了?吗|查好了?吗|查到没有?|还没(?:好|有|查到)?(?:吗|呢)?|多久|还要多久|如何了?|有结果了?吗|结果呢|然后呢|所以呢|到底呢)[啊呀吗呢哦\s?!.,~]*|[?!.。\s]+)+$/;
/**
 * Reads the mood of a message: a small model learned from examples, whose features are the characters and the words of
 * mood found by rule; the wait, what was asked before and what went wrong before add to it.
 */
export function detectMood(text: string, situation: MoodSituation = { prev: [] }): MoodReading {
  const plain = toPlain(text);
  const words = weighMoods(plain);
  const read = toCharacters(text);
  const guesses = guessMood(read, words);
  const guess = firstGuess(guesses, words, situation);
  const grievance = grievanceBefore(situation);
  // Short praise in answer to help is meant, where nothing is wrong.
  const helped = !grievance && situation.prev.at(-1)?.from === 'agent' && isShortPraise(plain);
  const first = helped && guess === 'mocking' ? 'happy' : guess;
  // Who cannot choose between good things mocks neither.
  const torn = first === 'hesitant' && !grievance && words.some(({ mood, sum }) => mood === first && sum >= TOLD);
  const mocks =
    first === 'mocking' ||
    (!torn &&
      isMocking(plain, {
        grievance,
        praise: first === 'happy' ? chanceOf(guesses, 'happy') : 0,
      }));
  const pushed = pushes(plain, situation);
  const mood = moodOf(first, { mocks, pushed: pushed + chanceOf(guesses, 'impatient') });
  return {
    mood,
    urgency: readUrgency(plain, mood),
    sarcasm: mocks && mood === 'angry',
    evidence: mood === 'calm' ? [] : evidenceFor(read, mood, words, mocks),
  };
}

function firstGuess(
  guesses: readonly MoodGuess[],
  words: readonly MoodWords[],
  { chanceOf: chance }: MoodSituation,
): MoodLabel {
  const { label: first, chance: sure } = guesses[0]!;
  // Who asks for the reward of a review praises nothing. @see INT-REV-06
  if (first === 'happy' && (chance?.('INT-REV-06') ?? 0) >= 0.5) return 'calm';
  if (first === 'calm') return toldBy(words, guesses) ?? 'calm';
  if (words.some(({ mood, sum }) => mood === first && sum > 0)) return first;
  // Mockery is anger: together they may be sure where neither is.
  const anger = chanceOf(guesses, 'angry') + chanceOf(guesses, 'mocking');
  const isAnger = first === 'angry' || first === 'mocking';
  if (sure >= SURE) return first;
  return isAnger && anger >= SURE ? 'angry' : 'calm';
}

/** Words that tell a mood stand against a model that sees calm, unless it is sure of it. */
function toldBy(words: readonly MoodWords[], guesses: readonly MoodGuess[]): ToldMood | undefined {
  return words.find(({ mood, sum }) => sum >= TOLD_BEYOND_DOUBT || (sum >= TOLD && chanceOf(guesses, mood) >= DOUBT))
    ?.mood;
}

function moodOf(first: MoodLabel, { mocks, pushed }: { mocks: boolean; pushed: number }): Mood {
  if (first === 'threatening') return first;
  if (mocks || first === 'mocking') return 'angry';
  return (first === 'calm' || first === 'hesitant') && pushed >= PUSHES_FROM ? 'impatient' : first;
}

function chanceOf(guesses: readonly MoodGuess[], label: MoodLabel): number {
  return guesses.find((guess) => guess.label === label)?.chance ?? 0;
}

function evidenceFor(text: string, mood: Exclude<Mood, 'calm'>, words: readonly MoodWords[], mocks: boolean): string[] {
  const found = words.find((group) => group.mood === mood)!.words;
  const pieces = found.length > 0 ? [] : piecesFor(text, mocks ? 'mocking' : mood);
  return [...new Set([...found, ...pieces])].slice(0, EVIDENCE);
}

/** How far the wait and the repetition push: 1 and more is impatience by itself. */
function pushes(plain: string, { prev, waitedMs }: MoodSituation): number {
  const buyer = prev.filter(({ from }) => from === 'buyer').map((turn) => toPlain(turn.text));
  if (!CALL.test(plain)) {
    if (!buyer.some((text) => text.length >= 3 && isSame(text, plain))) return 0;
    return prev.some(({ from }) => from === 'auto') ? 1 : 0.5;
  }
  const calls = buyer.filter((text) => CALL.test(text)).length;
  const neglected = waitedMs !== undefined && waitedMs >= NEGLECT_MS && prev.length > 0;
  return (neglected ? 1 : 0) + 0.5 * Math.min(2, calls);
}

/** The same words again, or all but. */
export function isSame(one: string, other: string): boolean {
  const a = pairsOf(one);
  const b = pairsOf(other);
  if (a.size < 2 || b.size < 2) return one === other;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared++;
  return shared / Math.min(a.size, b.size) >= 0.6;
}

function pairsOf(text: string): Set<string> {
  const letters = text.replace(/[\s?!.,~啊呀呢吗的了]/g, '');
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < letters.length; i++) pairs.add(letters.slice(i, i + 2));
  return pairs;
}

/** Something wrong that the buyer told before, and the desk did not set right. */
function grievanceBefore({ prev }: MoodSituation): boolean {
  const told = prev.findLastIndex(({ from }) => from === 'buyer');
  if (told < 0) return false;
  const answer = prev
    .slice(told + 1)
    .map(({ text }) => text)
    .join(' ');
  return GRIEVANCE.test(toPlain(prev[told]!.text)) && !SET_RIGHT.test(answer);
}
const GRIEVANCE =
  /坏|破|烂|漏|少了?(?:一|发|两)|发错|错了|掉色|褪色|开线|起球|异味|臭|没收到|没到|不退|退款|退货|退钱|丢件|慢|等了|差|假|裂|碎|划痕|脏|瑕疵|不能用|没反应/;
const SET_RIGHT =
  /补(?:发|寄|偿|您|给)|重(?:新)?发|换(?:新|一)|退(?:给|您)|已(?:经)?(?:退|补|换|处理|安排|改)|改好|赔|免费|这就|马上(?:给|为|退|补)/;
