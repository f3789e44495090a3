import { type Measurements, readMeasurements } from './measure-body.ts';

const PERSON =
  '(?:岳?父|岳?母|妈妈?|爸爸?|爹|娘|婆婆|公公|老公|老婆|媳妇|先生|太太|男朋友|女朋友|男友|女友|对象|儿子?|女儿|闺女|娃|孩子|小孩|宝宝|宝贝|弟弟?|妹妹?|哥哥?|姐姐?|姑姑?|姨|舅舅?|叔叔?|婶|嫂子?|奶奶|爷爷|外婆|外公|姥姥|姥爷|孙子|孙女|侄子|侄女|外甥|朋友|闺蜜|同学|同事|室友|领导|老师|老人|老头|别人|人家|屋头)';
/** Buys for somebody, or says who wears it. */
const FOR_OTHER = new RegExp(
  `(?:给|帮|替|为|送)(?:我|俺|咱)?(?:家|们)?(?:里|的)?(${PERSON})|(?:我|俺|咱)(?:家|们)?(?:的)?(${PERSON}).{0,3}(?:穿|戴|要|买|拿|的话|呢)`,
);
const PRONOUN = /(?:给|帮|替|为|送)[他她]|[他她](?:穿|戴|要穿|能穿)|不是我(?:穿|戴|要)/;
const FOR_SELF = /我自己|我本人|给我自?己?(?:也)?(?:看|选|挑|拿|推荐)(?!.{0,4}(?:妈|爸|婆))|我(?:也|呢)(?:想|要|穿|$)/;

const SELF = 'self';

/** Whom a text speaks of as the wearer; `undefined`: it does not say. */
function wearerIn(text: string, before: string): string | undefined {
  const named = FOR_OTHER.exec(text);
  if (named !== null) return named[1] ?? named[2];
  if (PRONOUN.test(text)) return before === SELF ? 'other' : before;
  return FOR_SELF.test(text) ? SELF : undefined;
}

const hasAny = (told: Measurements): boolean => Object.keys(told).length > 0;

/**
 * The measurements of whoever is to wear it: what was told of another person says nothing of them.
 *
 * @param said the buyer's words, oldest first, the message last
 * @param given measurements on record; they belong to the one whose were told last, or else to whom the talk was about before
 * @see SCR-13, TAB-26
 */
export function measurementsOfWearer(said: readonly string[], given: Measurements | undefined): Measurements {
  const told = new Map<string, string[]>();
  let wearer = SELF;
  let owner = SELF;
  let measured = false;
  for (const [at, text] of said.entries()) {
    if (!measured && at === said.length - 1) owner = wearer;
    wearer = wearerIn(text, wearer) ?? wearer;
    told.set(wearer, [...(told.get(wearer) ?? []), text]);
    if (!hasAny(readMeasurements(text))) continue;
    owner = wearer;
    measured = true;
  }
  if (given !== undefined) return owner === wearer ? given : {};
  return readMeasurements((told.get(wearer) ?? []).join(' '));
}
