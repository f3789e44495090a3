/** Claims and answers that go against what the listing warns of. @see TAB-25 */
import { findAll, type Match, type Passage } from '../passage.ts';

/** Words of one strain: a warning that holds one of them is a warning of all; the narrower groups stand first. */
const STRAINS = [
  '泡|浸|水里|水下|下水|没入|潜水|游泳',
  '水(?!温|洗|果|杯|壶|桶|平|分)|雨|淋',
  '开水|沸水|热水|高温|滚烫',
  '摔|砸|磕|跌|掉地',
  '压|踩|坐上',
  '晒|阳光直射',
  '冷冻|冰箱|冻',
  '微波',
  '烤箱',
  '洗碗机',
  '明火|火烤',
  '漂白|酸碱|酒精',
  '机洗|洗衣机',
  '水洗|手洗',
  '干洗',
  '烘干|烘',
  '熨|烫',
  '折叠|对折',
];
const BAN =
  '(?:不可以?|不能|不要|不宜|不建议|不适合|不适用|不支持|请勿|切勿|勿|禁止|严禁|避免|忌|不得|不防|不耐|怕|远离|防止)';
const LEAVE = '(?<!不|勿|禁止)(?:可以?|能|支持|适合|耐|抗|不怕|适用)';

interface Strain {
  named: RegExp;
  banned: RegExp;
  allowed: RegExp;
}

const GROUPS: readonly Strain[] = STRAINS.map((words) => ({
  named: new RegExp(words),
  banned: new RegExp(
    `(?<!不)${BAN}[^\\n。;:]{0,6}(?:${words})|(?:${words})[^\\n,。;:]{0,4}(?:会坏|损坏|失效|变形|开裂|短路)`,
  ),
  allowed: new RegExp(`${LEAVE}[^\\n,。;:不]{0,4}(?:${words})`),
}));
const CLAIM_BANS = /(?<!是)不(?:能|可|支持|宜|适合|建议|要|防|耐)|禁止|切勿|勿|(?<!不)怕/;

/** 泡水里洗没事 against a listing that says 不可浸水: the first strain the claim names decides. */
export function isWarnedAgainst(claim: string, known: string): boolean {
  if (CLAIM_BANS.test(claim)) return false;
  const strain = GROUPS.find(({ named }) => named.test(claim));
  return strain?.banned.test(known) === true && !strain.allowed.test(known);
}

const YES =
  /^(?:亲|嗯+|是的?|对的?|当然|完全|放心|哈|呀|,|~|。|!){0,5}(?:可以|能|没问题|没事|行|支持)(?:的|哈|哦|呀|呢|啦|呐|嘛|亲|放心|没问题|没事|用|洗|,|~|。|!){0,6}$/g;
const ASKS_LEAVE = /(?:能|可以?|行|支持|怕)[^。!]{0,14}(?:吗|么|不|嘛|没|\?|$)|不能|能不能|可不可以/;

/** 可以的, where the buyer asks for what the listing warns of. */
export function yesAgainstWarning(passage: Passage, known: () => string): Match[] {
  const asked = passage.pendingBuyerText;
  if (asked === undefined || !ASKS_LEAVE.test(asked) || !GROUPS.some(({ named }) => named.test(asked))) return [];
  const question = asked.replace(/不(?:能|可以|行|怕)|能不能|可不可以/g, '能');
  return findAll(passage.views.plain, YES).filter(() => isWarnedAgainst(question, known()));
}
