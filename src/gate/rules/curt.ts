import { clauseOf, findAll, type Passage, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isReported } from '../sense.ts';

const BARE_HERE = /^(?:在|在的|在呢|在哦|在哈|在啊|在呀|在滴|在得|嗯|恩|哦|噢|喔|额|呃|啊|昂)$/;
/** Fine as a nod in the middle of a talk, bare as the answer to a greeting. */
const NOD = /^(?:嗯嗯|嗯呢|嗯哼|恩恩|哦哦)$/;
const DENIAL =
  /^(?:亲)?(?:没|没有|没了|没有了|没货|没货了|没有货|没有货了|无|无货|木有|木有了|卖完了?|卖光了?|断货了?|缺货|售罄|没现货|没有现货|没有?库存|卖没了?|没得卖|没有这[个款]|下架了?)(?:了|啦|咯|喽|哦|哈|呢|啊|呀|滴|噢|喔)?(?:亲)?$/;
const LETTERS_ONLY = /[^\p{L}\p{N}]/gu;

function bareText(passage: Passage): string {
  return passage.views.tight.text.replace(LETTERS_ONLY, '');
}

/** Bare "here" as the whole text. @see TAB-03, FLOW-1 */
export const bareHere: Rule = {
  id: 'TAB-03',
  severity: 'B',
  message: '只回一个字太冷淡，请问候买家并说明您是谁。',
  instead: ['SCR-01', 'SCR-02'],
  detect(passage) {
    const text = bareText(passage);
    const isGreeted = passage.context.intents?.includes('INT-GEN-01') === true;
    return BARE_HERE.test(text) || (isGreeted && NOD.test(text)) ? [{ span: null }] : [];
  },
};

/** Curt denial of stock as the whole text. @see TAB-04, FLOW-2 */
export const curtDenial: Rule = {
  id: 'TAB-04',
  severity: 'B',
  message: '不要只说没有，请致歉、说明，并问买家是否考虑现有的款式。',
  instead: ['SCR-18', 'SCR-54'],
  detect: (passage) => (DENIAL.test(bareText(passage)) ? [{ span: null }] : []),
};

const REFUSAL = new RegExp(
  [
    '不(?:接受|支持|参与|做|搞|允许|可以|能|会|给|让|兴|带)?(?:议|讲|还|砍)价',
    '(?:谢绝|拒绝)(?:议|讲|还|砍)价',
    '一口价|(?:价格|价)[^,。!?]{0,4}(?:没得|没有?|不)(?:余地|空间|商量|弹性|松动|变)|少一分|便宜不了|(?:送|赠)不(?:了|起)|(?:讲|砍|还|谈)什么价|(?:够|很|非常|已经)(?:便宜|低|优惠)(?:的)?了(?=[,。!~哦]|$)|没有?(?:任何|什么|别的|更多)?(?:的)?(?:优惠|折扣|活动)',
    '不(?:行|能|可以|可|成|给|会|让|打折|优惠|便宜|降价|降|包邮|抹零|讲|送)',
    '(?:没法|没办法|无法|没得|没有)(?:再)?(?:便宜|少|优惠|降|低|让|折扣|打折|商量|讲|谈|空间|活动|赠品)?',
    '(?:少|便宜|降|低|让|优惠|减|做|改)不(?:了|动|下来)',
    '没(?:得|有)?(?:商量|优惠|折扣|空间)',
    '(?:已经|就)?(?:是)?(?:最低|底)价|最低了?$',
    '就(?:是)?这个?价|一分(?:钱)?(?:都|也)?不(?:能)?(?:少|让)|没的(?:商量|谈)|从不(?:打折|优惠|议价|降价)',
    '(?:别|不要|不能|甭)(?:再|跟我)?(?:讲|还|砍|磨|压|谈)价?(?:了|啦|(?=[,。!]|$))|别(?:讲|还|砍)价|想都别想|做梦|不可能|免谈|没门',
  ].join('|'),
  'g',
);
const ABOUT_PRICE = /价|便宜|优惠|折|少点|少一?点|降|抹零|让利|还价|议价|砍|减|包邮|打折|块|元|钱/;
const BARGAIN_INTENTS: ReadonlySet<string> = new Set([
  'INT-PRE-13',
  'INT-PRE-14',
  'INT-PRE-15',
  'INT-PRE-16',
  'INT-PRE-17',
  'INT-IN-07',
]);
const BARGAINS =
  /便宜|优惠|少点|少一?点|打折|折扣|降价|抹零|抹个零|包邮|包个邮|包下邮|再减|减点|让点|最低|能少|少\d|少[一二两三四五六七八九十]|砍价|还价|议价|送点|打个折/;
/** Thanks, a reason or a benefit: what turns a refusal into an answer. */
const SOFTENED =
  /谢(?!绝)|理解|懂您|明白您|因为|由于|所以|毕竟|考虑到|成本|利润|薄利|定价|统一|公平|一视同仁|同价|都是(?:这个|一样)|活动价|优惠价|特价|已经(?:是)?(?:活动|优惠|特价|打|折后|做|包|含|减|促销)|厂家|直销|明码|质量|品质|面料|用料|做工|材质|工艺|售后|保障|质保|保修|运费险|退换|(?<!不了|没有?)赠|送您|送个|(?<![吃赠送])礼|(?<!不)包邮|券|满减|满[\d一二两三四五六]|会员|积分|活动|值得?|性价比|实惠|划算|放心|耐用|保证|权限|申请|问一?下|主管|反馈|争取|帮您(?:看|算|查|问|申请|留意|关注)|可以(?:用|领|享|叠加|凑|选|看看)|推荐|如果|不过|但是?|另外|页面上/;
const LONG_REPLY = 45;

/** Flat refusal of a price request. @see TAB-05, FLOW-4 */
export const flatRefusal: Rule = {
  id: 'TAB-05',
  severity: 'B',
  message: '不要生硬拒绝议价，请先感谢，再讲商品的好处或原因。',
  instead: ['SCR-31', 'SCR-30'],
  detect(passage) {
    const { plain } = passage.views;
    if (passage.length > LONG_REPLY || SOFTENED.test(plain.text)) return [];
    const intents = passage.context.intents;
    const isBargained =
      intents?.some((intent) => BARGAIN_INTENTS.has(intent)) === true ||
      (passage.pendingBuyerText !== undefined && BARGAINS.test(passage.pendingBuyerText));
    return findAll(plain, REFUSAL)
      .filter((match) => {
        const clause = clauseOf(match).text;
        if (isAsked(match) || isReported(match) || /的话$|的意思|是指/.test(clause) || /不能(?:保证|确定)/.test(clause))
          return false;
        const isAboutPrice = ABOUT_PRICE.test(plain.text);
        if (isAboutPrice && /不[议讲还砍]价|谢绝|一口价|别[讲还砍]价|免谈/.test(match.text)) return true;
        if (isBargained) return isAboutPrice || isShort(passage);
        const refused = match.text + plain.text.slice(match.to, match.to + 4);
        return (
          isShort(passage) &&
          /便宜|优惠|[议讲还砍]价|打折|降价|少不了|再低|再少|再便宜/.test(refused) &&
          !/不会用/.test(refused)
        );
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};

const SHORT_REPLY = 14;

function isShort(passage: Passage): boolean {
  return passage.length <= SHORT_REPLY;
}

/** Rules about replies that are too short to be kind. */
export const CURT_RULES: readonly Rule[] = [bareHere, curtDenial, flatRefusal];
