import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, findDisguised, sentenceOf, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isDenied, isReported } from '../sense.ts';

const UNCONDITIONAL =
  /随便(?:穿|用|试|拆|吃)[^。!?;]{0,10}退|(?:不想要|不要)了?(?:就|都)(?:可以|能|给您)?(?:退|换)|随便(?:您|你)?退|随时(?:都)?(?:可以|能|可|给)?(?:您|你)?退|想退就退|说退就退|无条件(?:地)?(?:给|帮)?(?:您|你)?(?:退|换)|无条件包|不喜欢(?:了)?(?:就|都|也)?(?:随便|直接|随时)?(?:可以|能|给您|包)?退(?!的)|不满意(?:就|都|也)?(?:随便|直接|随时)?(?:可以|能|给您|包)?(?:退|换)|不合适(?:就|都|也)?(?:随便|直接|随时)(?:可以|能|给您|包)?(?:退|换)|包退(?:包换|换)?|(?:任何|什么|不管什么|无论什么|不论什么)(?:原因|理由|问题|情况)[^,。]{0,2}(?:都|也)?(?:可以|能|给|包)?(?:您|你)?(?:退|换)|(?:穿|用|洗|拆|吃|剪)(?:过|了|完|坏)(?:了)?(?:也|都)(?:可以|能|给|包)?(?:您|你)?(?:退|换)|(?:多久|什么时候|几个月|一年)(?:都|也)(?:可以|能|给)(?:您|你)?(?:退|换)|(?:退|退货|退换)(?:完全)?(?:没有|无|没)(?:任何)?(?:条件|限制|要求|时间限制)|放心退|无忧退|(?:用|穿|洗|拆|吃|剪|戴|坏|脏)(?:过|了|坏|脏|破)[^。!?;]{0,8}(?:照样|照旧|照常|照|一样)(?:能|可以|给|帮|包)?(?:您|你)?(?:退|换)|(?:不喜欢|不满意|不想要|不合适|后悔)(?:了)?[^,。!?;]{0,4}(?:照样|照|一律|统统|立马)(?:都)?(?:给|包|能|可以)?(?:您|你)?(?:退|换)/g;
const CONDITIONS =
  /吊牌|完好|不影响|二次销售|天内|7天|七天|十五天|15天|未穿|没穿|没洗|未洗|未拆|包装|规则|条件是|政策|前提|只要|按照|页面(?:上|说明)|详情页/;

/** Unconditional-return promise. @see TAB-36, POL-27 */
export const unconditionalReturn: Rule = {
  id: 'TAB-36',
  severity: 'W',
  message: '退换要按页面写明的条件说，不要说成随便退。',
  instead: ['SCR-102'],
  detect(passage) {
    const policy = normalizeText(passage.context.return?.policy ?? '').plain.text;
    return findAll(passage.views.plain, UNCONDITIONAL)
      .filter((match) => !isDenied(match, 4) && !isReported(match) && !isAsked(match))
      .filter(
        (match) =>
          (!CONDITIONS.test(sentenceOf(match).text) || /^随便[穿用试拆吃]/.test(match.text)) &&
          !policy.includes(match.text),
      )
      .map((match) => ({ span: spanOf(match) }));
  },
};

const REMEDIES: readonly (readonly [string, RegExp])[] = [
  [
    'exchange',
    /(?:只|不)给换|只换|换(?:货|新|一[件个双台]|码|款|颜色|尺码|给)|更换|(?:给您|给你|可以|只能|能|帮您)换(?![个一]?(?:思路|种|人|谁|我|地址))/,
  ],
  ['return', /退货|退回来|寄回/],
  ['refund', /退款|退钱|全额退|退给|给退/],
  ['compensation', /补偿|赔|优惠券|退差|差价|差额|补(?=\d|您|差)/],
  ['repair', /维修|修补|(?:能|可以|给您|只)修(?!改|身)|返修|修好|保修|给您修|缝补/],
  ['resend', /补发|重发|补寄|重寄/],
];
const FORCED =
  /只能|只可以|统一(?:只|都是)|(?<!不)只(?:给)?(?:您|你)?(?=退|换|补|赔|修)|一律|只支持|只接受|最多(?:只)?(?:能|给)|没有(?:别的|其他)(?:办法|选择)|没别的办法|必须|就这(?:一|个)|要么.{0,6}要么没/g;
const CHOICE =
  /或者?|还是|都可以|都行|您看(?:哪|想|更|是)|您(?:自己|来)?(?:选|挑|定)|任(?:您)?(?:选|挑)|几(?:个|种)(?:处理)?(?:的)?(?:办法|方案|方式|选择)|也可以|另外|以及|哪种|哪个/;

/** A single forced remedy where several exist. @see TAB-37, SR-13, POL-28 */
export const singleRemedy: Rule = {
  id: 'TAB-37',
  severity: 'W',
  message: '有几种处理办法时请都给出来，让买家选。',
  instead: ['SCR-130', 'SCR-116'],
  detect(passage) {
    const matter = passage.context.case;
    if (matter === undefined || matter === null) return [];
    const { plain } = passage.views;
    const named = remediesIn(plain.text);
    if (named.size === 0 || CHOICE.test(plain.text)) return [];
    const options = matter.options;
    const forced = findAll(plain, FORCED).filter(
      (match) => !isDenied(match, 4) && remediesIn(clauseOf(match).text).size > 0,
    );
    if (options === undefined) return matter.open ? forced.map((match) => ({ span: spanOf(match) })) : [];
    if (options.length < 2 || isAboutRules(plain.text)) return [];
    const offered = options.filter((option) =>
      [...remediesIn(normalizeText(option).plain.text)].some((r) => named.has(r)),
    );
    if (forced.length > 0) return forced.map((match) => ({ span: spanOf(match) }));
    return offered.length === 1 && isOffer(plain.text) ? [{ span: null }] : [];
  },
};

function remediesIn(text: string): Set<string> {
  const named = new Set(REMEDIES.filter(([, words]) => words.test(text)).map(([name]) => name));
  // 寄回来给您换: sending back is the way to the exchange, no remedy of its own.
  if (!/退货|退回来/.test(text) && (named.has('exchange') || named.has('repair'))) named.delete('return');
  return named;
}

function isOffer(text: string): boolean {
  return /(?:给|帮|为)(?:您|你)|(?:您|你)(?:可以|就|直接)?(?:退|换|申请|寄)|我们(?:换|退|补|修|赔)|就(?:换|退|补|修)/.test(
    text,
  );
}

function isAboutRules(text: string): boolean {
  return /收到|已经|已为|填写|单号|到账|进度|运费|申请|提交|打开|点击|条件/.test(text);
}

const CASH =
  /(?:运费|邮费|快递费|差价|钱|现金)[^。!?;]{0,10}(?:塞|夹|放|装)[^,。!?;]{0,6}(?:信封)?[^,。!?;]{0,4}(?:包裹|快递|箱|盒|袋|信封|衣服|衣兜|鞋|里面)里?|(?:(?:包裹|快递|箱子|盒子|袋子|衣服|鞋盒|里面|里)[^,。!?;]{0,6}(?:放|夹|塞|附|装|留|垫)[^,。!?;]{0,6}(?:钱|现金|元|块|运费|邮费))|(?:(?:放|夹|塞|附|装)(?:个|上|点|着|入|进)?[^,。!?;]{0,8}(?:钱|现金|元|块钱?|运费|邮费)[^,。!?;]{0,4}(?:在|到|进|于)?[^,。!?;]{0,4}(?:包裹|快递|箱|盒|袋|衣服|里))|(?:把)?(?:钱|现金|运费|邮费|(?:\d+|[一二两三四五六七八九十百几]{1,4})(?:元|块钱?))[^,。!?;]{0,4}(?:放|夹|塞|附|装)(?:在|到|进|里)(?!平台|淘宝|支付宝|担保|第三方|系统|账户|余额|钱包)/g;
/** 十五块运费夹说明书里寄回来: whatever it is put between. */
const CASH_SENT =
  /(?:(?:\d+|[一二两三四五六七八九十百几]{1,4})(?:元|块)(?:钱)?(?:的)?(?:运费|邮费|差价)?|现金|运费|邮费|钱)[^,。!?;]{0,4}(?:夹|塞|放|垫|藏|包|装)[^,。!?;]{0,8}(?:里|中间|下面|底下|一起)[^,。!?;]{0,4}(?:寄|退|发|邮)/g;
const CASH_INSIDE =
  /(?:放|塞|夹|装|垫)[^,。!?;]{0,4}(?:\d+(?:元|块)(?:钱)?|现金|零钱|钱)[^,。!?;]{0,4}(?:进去|进来|里面|里头|在里)|(?:运费|邮费|快递费|差价|现金|钱)[^。!?;]{0,10}(?:放|塞|夹|装|垫|裹|附|包)(?:好|着|上)?(?:放|塞|夹|装)?(?:进去|进来|里面|里头|在里|一起寄|一起放)/g;
const COLLECT = /(?<!货|收|看|(?<!韵)达|直|遇|拍|等|想|没)到付(?!款)/g;
/** 回寄选货到付款: of a parcel sent back it is freight-collect under another name. */
const RECEIVER_PAYS = /(?<=[寄退][^。!?;]{0,8})货到付款/g;
const COLLECT_CARRIERS: Readonly<Record<string, string>> = {
  顺丰: 'SF',
  顺风: 'SF',
  sf: 'SF',
  申通: 'STO',
  圆通: 'YTO',
  中通: 'ZTO',
  韵达: 'YD',
  极兔: 'JT',
  邮政: 'EMS',
  ems: 'EMS',
  平邮: 'POST',
  京东: 'JD',
  德邦: 'DB',
  百世: 'HT',
  天天: 'TT',
};
const CARRIER_NAMES = new RegExp(Object.keys(COLLECT_CARRIERS).join('|'), 'g');
const DEFAULT_COLLECT = ['SF', 'STO'];
const REFUSED =
  /拒收|不(?:能|要|支持|接受|收|可以|行|建议|用|得|方便)|别|勿|无法|没法|(?:会|被)退回|自理|收不了|签收不了|不了/;

/** Cash in a parcel; parcel freight-collect. @see TAB-38, POL-15, POL-17 */
export const cashOrCollect: Rule = {
  id: 'TAB-38',
  severity: 'B',
  message: '不要让买家在包裹里放现金，到付也只限本店接受的快递，运费请走补差链接。',
  instead: ['SCR-108', 'SCR-103', 'SCR-109'],
  detect(passage) {
    const { plain } = passage.views;
    const cash = [CASH, CASH_INSIDE, CASH_SENT]
      .flatMap((pattern) => findDisguised(passage.views, pattern))
      .filter(
        (match) =>
          !isDenied(match) &&
          !isReported(match) &&
          !/(?:别|不要|请勿|勿|不能|不可以|不用|不必|无需|禁止)/.test(match.text),
      );
    const byReceiver = findAll(plain, RECEIVER_PAYS).filter((match) => !isDenied(match) && !isReported(match));
    const accepted = passage.context.return?.collectCarriers ?? DEFAULT_COLLECT;
    const collect = [...findAll(plain, COLLECT), ...byReceiver].filter((match) => {
      const sentence = sentenceOf(match).text;
      if (isDenied(match) || isReported(match) || isAsked(match) || REFUSED.test(sentence)) return false;
      if (/以外|之外|除了|除开/.test(clauseOf(match).text)) return true;
      const named = (clauseOf(match).text.match(CARRIER_NAMES) ?? []).map((name) => COLLECT_CARRIERS[name]);
      const wider =
        named.length > 0 ? named : (sentence.match(CARRIER_NAMES) ?? []).map((name) => COLLECT_CARRIERS[name]);
      return wider.length === 0 || !wider.every((code) => code !== undefined && accepted.includes(code));
    });
    return [...cash, ...collect].map((match) => ({ span: spanOf(match) }));
  },
};

const CLOSES =
  /(?:我|我们|这边|客服|后台|店里)[^,。!?;]{0,6}把(?:它|[^,。!?;]{0,6}(?:单|交易))[^,。!?;]{0,3}(?:关|取消|撤)(?:了|掉|闭|销)?|(?:我|我们|这边|客服|店里)(?:这就|马上|现在|直接|来|先|可以|会|就){0,3}(?:帮|给|替|为)?(?:您|你)?(?:撤|关|退|消|销)(?:单|订单)|(?:帮|给|替|为)(?:您|你)(?:撤|关|消|销)(?:单|订单)|(?:我|我们|这边|客服|店里|后台)(?:这边|来|先|直接|就|可以|会|现在|马上){0,6}(?:帮|给|替|为)?(?:您|你)?(?:把)?(?:这个|这笔|这单|您的|你的|未付款的?)?(?:订单|交易|单子|这单|那单|单)?(?:来|给|先|直接)?(?:给您|帮您)?(?:关闭|关掉|关了|关单|取消|撤掉|撤销|关一下|删掉|关)(?:了|掉|一下)?|(?:帮|给|替|为)(?:您|你)(?:把)?(?:这个|这笔|您的|未付款的?)?(?:订单|交易|单子|这单|那单|单)?(?:先|直接)?(?:关闭|关掉|关了|关单|取消|撤掉|撤销|关一下|删掉|关)(?:了|掉|一下)?|(?:订单|单子|交易|[这那]单)(?:我|我们|这边|客服)(?:来|这边|会|先|就|帮您|给您|直接){0,6}(?:关闭|关掉|关了|关|取消|撤)/g;

/** Agent offers to close an unpaid order. @see TAB-33, POL-05 */
export const closesOrder: Rule = {
  id: 'TAB-33',
  severity: 'B',
  message: '未付款的订单只能由买家自己取消，请告诉买家怎么操作。',
  instead: ['SCR-78'],
  detect(passage) {
    if (passage.context.order?.state !== 'unpaid') return [];
    return findDisguised(passage.views, CLOSES)
      .filter(
        (match) =>
          !isDenied(match, 6) &&
          !/(?:不|没|别)[^,]{0,3}(?:关|取消|撤)/.test(match.text) &&
          !/^不[了掉]/.test(match.view.text.slice(match.to)) &&
          !isReported(match),
      )
      .filter(
        (match) =>
          /单|交易|取消|关/.test(clauseOf(match).text) && !/优惠|券|提醒|活动|关注|关于/.test(clauseOf(match).text),
      )
      .map((match) => ({ span: spanOf(match) }));
  },
};

const WAITS =
  /等(?:您|你|买家)?[^,。!?;]{0,6}(?:上线|在线|回来|有空)[^。!?;]{0,10}(?:再|才)|(?:下次|您)上线(?:了|后|再)[^。!?;]{0,6}(?:再|处理|说)/g;

/** Waiting for an offline after-sale buyer. @see TAB-46, FR-08 */
export const waitsForBuyer: Rule = {
  id: 'TAB-46',
  severity: 'W',
  message: '售后问题不要等买家上线，请用允许的联系方式及时告知。',
  instead: ['SCR-161'],
  detect(passage) {
    if (passage.context.case?.open !== true) return [];
    return findAll(passage.views.plain, WAITS)
      .filter((match) => !isDenied(match) && !isReported(match))
      .map((match) => ({ span: spanOf(match) }));
  },
};

const CHANGED =
  /(?:已经?|都|刚刚?|好的,?)(?:经|帮您|给您|为您|替您|帮你|给你|把|将){0,6}[^,。!?;]{0,8}(?:改(?:好|成|为|过来|了)|修改(?:好|成|为|了)?|换(?:好|成|了)|备注(?:好|上|了)?|记(?:下|录|好)|更换|合并(?:好|了)?|加(?:上|进去))|(?:改好|备注好|备注上|修改好)(?:了|啦)/g;

/** Handling without a note. @see TAB-47, REC-01 */
export const missingNote: Rule = {
  id: 'TAB-47',
  severity: 'W',
  message: '订单改动后请先写好备注，再告诉买家。',
  instead: [],
  detect(passage) {
    const notes = passage.context.order?.notes;
    if (notes === undefined || notes.length > 0) return [];
    return findAll(passage.views.plain, CHANGED)
      .filter((match) => !isDenied(match) && !isReported(match) && !isAsked(match))
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** Rules about service after the sale. */
export const AFTER_SALE_RULES: readonly Rule[] = [
  closesOrder,
  unconditionalReturn,
  singleRemedy,
  cashOrCollect,
  waitsForBuyer,
  missingNote,
];
