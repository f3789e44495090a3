import { toFen } from '../known-facts.ts';
import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import { NUMBER, readNumber } from '../read-amounts.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';

const UNCONDITIONAL =
  /随便(?:您|你)?退|随时(?:都)?(?:可以|能|可|给)?(?:您|你)?退|想退就退|说退就退|无条件(?:地)?(?:给|帮)?(?:您|你)?(?:退|换)|无条件包|不喜欢(?:了)?(?:就|都|也)?(?:随便|直接|随时)?(?:可以|能|给您|包)?退|不满意(?:就|都|也)?(?:随便|直接|随时)?(?:可以|能|给您|包)?(?:退|换)|不合适(?:就|都|也)?(?:随便|直接|随时)(?:可以|能|给您|包)?(?:退|换)|包退(?:包换|换)?|(?:任何|什么|不管什么|无论什么|不论什么)(?:原因|理由|问题|情况)[^,。]{0,2}(?:都|也)?(?:可以|能|给|包)?(?:您|你)?(?:退|换)|(?:穿|用|洗|拆|吃|剪)(?:过|了|完|坏)(?:了)?(?:也|都)(?:可以|能|给|包)?(?:您|你)?(?:退|换)|(?:多久|什么时候|几个月|一年)(?:都|也)(?:可以|能|给)(?:您|你)?(?:退|换)|(?:退|退货|退换)(?:完全)?(?:没有|无|没)(?:任何)?(?:条件|限制|要求|时间限制)|放心退|无忧退/g;
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
      .filter((match) => !CONDITIONS.test(sentenceOf(match).text) && !policy.includes(match.text))
      .map((match) => ({ span: spanOf(match) }));
  },
};

const REMEDIES: readonly (readonly [string, RegExp])[] = [
  [
    'exchange',
    /换(?:货|新|一[件个双台]|码|款|颜色|尺码|给)|更换|(?:给您|给你|可以|只能|能|帮您)换(?![个一]?(?:思路|种|人|谁|我|地址))/,
  ],
  ['return', /退货|退回来|寄回/],
  ['refund', /退款|退钱|全额退|退给/],
  ['compensation', /补偿|赔|优惠券|补(?=\d|您|差)/],
  ['repair', /维修|修补|返修|修好|保修|给您修|缝补/],
  ['resend', /补发|重发|补寄|重寄/],
];
const FORCED =
  /只能|只可以|只支持|只接受|最多(?:只)?(?:能|给)|没有(?:别的|其他)(?:办法|选择)|没别的办法|必须|就这(?:一|个)|要么.{0,6}要么没/g;
const CHOICE = /或者?|还是|都可以|都行|您看(?:哪|想|更|是)|您选|任选|也可以|另外|以及|哪种|哪个/;

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
  return new Set(REMEDIES.filter(([, words]) => words.test(text)).map(([name]) => name));
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
  /(?:运费|邮费|钱|现金)[^。!?;]{0,10}(?:塞|夹|放|装)[^,。!?;]{0,6}(?:信封)?[^,。!?;]{0,4}(?:包裹|快递|箱|盒|袋|信封)里?|(?:(?:包裹|快递|箱子|盒子|袋子|衣服|鞋盒|里面|里)[^,。!?;]{0,6}(?:放|夹|塞|附|装|留|垫)[^,。!?;]{0,6}(?:钱|现金|元|块|运费|邮费))|(?:(?:放|夹|塞|附|装)(?:个|上|点|着|入|进)?[^,。!?;]{0,8}(?:钱|现金|元|块钱?|运费|邮费)[^,。!?;]{0,4}(?:在|到|进|于)?[^,。!?;]{0,4}(?:包裹|快递|箱|盒|袋|衣服|里))|(?:把)?(?:钱|现金|运费|邮费|\d+(?:元|块钱?))[^,。!?;]{0,4}(?:放|夹|塞|附|装)(?:在|到|进|里)/g;
const COLLECT = /(?<!货|收|看|达|直|遇|拍|等|想|没)到付(?!款)/g;
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
    const cash = findAll(plain, CASH).filter(
      (match) =>
        !isDenied(match) &&
        !isReported(match) &&
        !/(?:别|不要|请勿|勿|不能|不可以|不用|不必|无需|禁止)/.test(match.text),
    );
    const accepted = passage.context.return?.collectCarriers ?? DEFAULT_COLLECT;
    const collect = findAll(plain, COLLECT).filter((match) => {
      const sentence = sentenceOf(match).text;
      if (isDenied(match) || isReported(match) || isAsked(match) || REFUSED.test(sentence)) return false;
      const named = (clauseOf(match).text.match(CARRIER_NAMES) ?? []).map((name) => COLLECT_CARRIERS[name]);
      const wider =
        named.length > 0 ? named : (sentence.match(CARRIER_NAMES) ?? []).map((name) => COLLECT_CARRIERS[name]);
      return wider.length === 0 || !wider.every((code) => code !== undefined && accepted.includes(code));
    });
    return [...cash, ...collect].map((match) => ({ span: spanOf(match) }));
  },
};

const REFUND_DONE =
  /(?:已经?|都|刚刚?)(?:经|给您|帮您|为您|给你|全额|原路|成功|把钱|把款|将款){0,6}(?:退款|退给您|退给你|退回|退还|退了|打给您|返还|到账)(?!申请|流程|处理|中)|(?:退款|退钱|钱|款|款项)(?:\d+(?:\.\d+)?元?)?(?:已经?|都|刚)(?:经|给您|帮您|成功|原路|全额|全部){0,6}(?:退|打|到账|返)|(?<!等待|等|后|会|就)退款(?:成功|完成|到账)(?:了|啦)(?!吗|没)|退(?:给您|还|回)?(?:成功)?了(?:哦|,|。|$)/g;
const REFUND_NOW =
  /(?:直接|马上|立刻|立马|现在|这就|今天|私下|先|当场)(?:就|给|把|帮|为|能|可以)?(?:您|你)?(?:把)?(?:钱|款|货款|全款|差价|运费)?(?:给|帮)?(?:您|你)?(?:全额)?(?:退(?!货|换|回来)|打(?:钱|款|给|过去))|(?:不用|不需要|无需|不必|不走|跳过|绕过)(?:走|提交|填|您)?(?:申请|流程|退货|手续|平台|退款申请)[^。!?;]{0,8}(?:退|打)|(?:私下|线下|微信|支付宝)(?:里)?(?:退|返|补|打)|把(?:钱|款|货款)(?:直接)?(?:退|打|转)给?(?:您|你)|(?:钱|款)(?:我)?(?:直接)?(?:退|打|转)(?:给)?(?:您|你)/g;
const WITHDRAWN =
  /(?:撤|取消|关)(?:销|掉|了|回)?(?:您的|退款|售后|这个|那个){0,2}申请|申请(?:给)?(?:撤|取消|关)(?:了|掉|销|回)/g;
const REFUND_AMOUNT = new RegExp(
  `(?:退款?|退还|退回|返还?|补偿|赔偿?|赔付|补)(?:给)?(?:您|你)?(?:的)?(?:差价|运费|邮费|款|现金)?(?:是|为|共|一共|总共|大概)?[¥]?(${NUMBER})(?:元|块)`,
  'g',
);
const FORM_AMOUNT = new RegExp(
  `(?:(?:支付给卖家|付给卖家|打给卖家|给卖家|退款|退给买家|需要退|申请)?(?:的)?(?:金额|数额|数字)|那一?(?:栏|格|框)|空格|框里|栏里|里面?|处|这里|那里|支付给卖家(?:的)?)[^,。!?;]{0,6}(?:填写?|输入?|写|改成|改为)(?:上|成|为|个|就是)?[¥]?(${NUMBER})(?:元|块)?|(?:填写?|输入|写)(?:上|成|为|个)?[¥]?(${NUMBER})(?:元|块|就|即可|,|。|$|吧)`,
  'g',
);
const STEPS =
  /申请|提交|点|填|退款入口|流程|同意后|审核|收到(?:退货|货|您|退回)|确认(?:后|收|好|无误)|仓库|核对|入库|系统|平台/;

/** Refund outside procedure; wrong amount box. @see TAB-39, POL-20, POL-21, AMB-05 */
export const wrongRefund: Rule = {
  id: 'TAB-39',
  severity: 'B',
  message: '退款要按流程走，金额要和退款单一致。',
  instead: ['SCR-120', 'SCR-121', 'SCR-122'],
  detect(passage) {
    const { plain } = passage.views;
    const { refund } = passage.context;
    const isStated = (match: Match): boolean => !isReported(match) && !isAsked(match) && !isBeingChecked(match);
    const done = findAll(plain, REFUND_DONE).filter(
      (match) =>
        isStated(match) &&
        !isDenied(match) &&
        !isCondition(match) &&
        refund?.state !== 'refunded' &&
        !isPostpone(match),
    );
    const now = findAll(plain, REFUND_NOW).filter((match) => {
      if (!isStated(match) || isPostpone(match) || isCondition(match)) return false;
      const skips = /不用|不需要|无需|不必|不走|跳过|绕过|私下|线下|微信|支付宝/.test(match.text);
      if (!skips && isDenied(match)) return false;
      return (
        skips || (refund?.state !== 'refunded' && refund?.approved !== true && !STEPS.test(sentenceOf(match).text))
      );
    });
    const amounts = findAll(plain, REFUND_AMOUNT).filter(
      (match) => isStated(match) && !isDenied(match) && !isAmountAgreed(passage, readNumber(match.groups[0] ?? '')),
    );
    const boxes = findAll(plain, FORM_AMOUNT).filter(
      (match) =>
        isStated(match) &&
        isRefundForm(passage, match) &&
        !isRightBox(passage, readNumber(match.groups[0] ?? match.groups[1] ?? '')),
    );
    const withdrawn = findAll(plain, WITHDRAWN).filter(
      (match) => isStated(match) && !isDenied(match) && /[退转打补](?:给)?[您你]|私下/.test(sentenceOf(match).text),
    );
    return [...done, ...now, ...amounts, ...boxes, ...withdrawn].map((match) => ({ span: spanOf(match) }));
  },
};

function isPostpone(match: Match): boolean {
  return (
    /(?:后|之后|以后|才|再|就会|会)[^,]{0,6}$/.test(match.view.text.slice(clauseOf(match).from, match.from)) &&
    /收到|确认|同意|审核|核对|申请|提交|签收|验/.test(sentenceOf(match).text)
  );
}

const AUTHORITY_YUAN = 20;

/** Approved on the form or in the case, or small enough for the agent. */
function isAmountAgreed(passage: Passage, yuan: number | undefined): boolean {
  if (yuan === undefined) return true;
  const { refund, case: matter, shop, exchange, postage, insurance } = passage.context;
  const fen = toFen(yuan);
  const agreed = [
    refund?.approved === true || refund?.state === 'refunded' ? refund.amount : undefined,
    matter?.approvedAmount,
    exchange?.direction === 'shop_pays' ? exchange.difference : undefined,
    matter?.postageBearer === 'shop' || insurance !== undefined ? postage?.amount : undefined,
  ];
  if (agreed.some((value) => value !== undefined && toFen(value) === fen)) return true;
  if (matter?.approvedAmount !== undefined && fen <= toFen(matter.approvedAmount)) return true;
  const offered = [...(matter?.options ?? []), matter?.offer ?? ''].some((option) =>
    new RegExp(`(?<!\\d)${String(yuan).replace('.', '\\.')}(?!\\d)`).test(option),
  );
  if (offered) return true;
  if (refund?.amount !== undefined || refund?.approved === false) return false;
  return fen <= toFen(shop?.authorityYuan ?? AUTHORITY_YUAN);
}

function isRefundForm(passage: Passage, match: Match): boolean {
  return passage.context.refund !== undefined || /退款|退|卖家|申请|差价/.test(sentenceOf(match).text);
}

/** The figure the form asks for: what stays with the seller, or what goes back. */
function isRightBox(passage: Passage, yuan: number | undefined): boolean {
  const { refund } = passage.context;
  if (yuan === undefined) return true;
  if (refund?.amount === undefined || refund.formType === undefined) return false;
  if (refund.formType === 'to_buyer') return toFen(yuan) === toFen(refund.amount);
  return refund.paidAmount !== undefined && toFen(yuan) === toFen(refund.paidAmount) - toFen(refund.amount);
}

const SIGNED_IS_YOURS =
  /(?:签收|拆(?=了|开|过)|(?:用|穿|洗|剪|喝|吃)(?=了|过)|收货|确认收货|收到货|拆封|拆开|付款|收了)(?:了|后|过|之后|以后|都|的话|就|您){0,6}[^。!?;]{0,8}?(?:就(?:是|算|归|由)(?:您|你)|(?:就|也)?(?:不能|没法|没办法|无法|不可以|不予|不给|不支持|不再)(?:再)?(?:退|换|处理|受理|售后|管|申请|赔|负责|办理)|不(?:退|换|管|处理|负责|受理|认|算)|概不|(?:跟|和|与)(?:我们|本店)(?:没|无)|视为|说明(?:您|你)?(?:认可|没问题)|(?:自己|自行)(?:负责|承担)|没(?:法|办法)|(?:还想)?(?:退|换)[^。!?;]{0,3}不可能|不可能(?:给)?(?:您|你)?(?:退|换)|(?:只能|就|那)?(?:算|怪|归|由)(?:您|你)(?:自己)?)/g;
const TOO_LATE =
  /(?:过|超过|超|超出|都)(?:了)?[^,。!?;]{0,8}?(?:天|个月|期限|时间|时效|售后期|保修期|期|年)(?:了|才|现在){0,6}[^。!?;]{0,10}?(?:(?:不能|没法|没办法|无法|不可以)(?!修?改|更改|开|取消|合并|使用|用|参加|领)|不予|不给|不支持|不管|不退|不换|不处理|不受理|不负责|管不了|太晚|太迟|来不及|晚了|自己|没用|退不了|换不了|处理不了)|(?:太晚|太迟|晚)了[^。!?;]{0,8}(?:不能|没法|没办法|无法|不管|不退|不换|不处理|退不|换不|管不)|(?:现在|这会儿|这么久)(?:才)?(?:说|来|找|反馈|提|联系)[^。!?;]{0,6}(?:太晚|太迟|晚了|没用|来不及|没法|不行)|早干(?:嘛|什么|吗)去了|(?:已经)?(?:过|超)(?:了)?(?:售后|退换|退货)(?:期|时间|时效)/g;
const STILL_HELPED =
  /但(?:是)?|不过|我(?:们)?(?:来|会|帮|可以|照样|仍|都会)|帮您|给您(?:处理|协商|申请|补|想)|仍然|照样|依然|也(?:会|可以|没关系|能)|没关系|可以(?:协商|申请|给)/;

/** What the listing excepts once opened or used may be said. @see POL-27 */
function isListedException(passage: Passage, match: Match): boolean {
  const terms = [passage.context.return?.policy ?? '', ...(passage.context.return?.exemptions ?? [])].join();
  const use = /^[拆用穿洗剪喝吃]/.exec(match.text)?.[0];
  return use !== undefined && terms.includes(use);
}

/** "Signed, so it is yours"; "too late". @see TAB-40, TRAP-02 */
export const signedIsYours: Rule = {
  id: 'TAB-40',
  severity: 'B',
  message: '不能用“已签收”“过期了”拒绝处理，请先了解情况再给办法。',
  instead: ['SCR-115', 'SCR-118'],
  detect(passage) {
    const { plain } = passage.views;
    return [...findAll(plain, SIGNED_IS_YOURS), ...findAll(plain, TOO_LATE)]
      .filter((match) => {
        if (isListedException(passage, match)) return false;
        if (isReported(match) || isAsked(match) || /发货|物流|活动|优惠|付款时间|下单|揽/.test(clauseOf(match).text))
          return false;
        const rest = plain.text.slice(clauseOf(match).to);
        return !STILL_HELPED.test(rest.slice(0, 30)) && !/不(?:代表|等于|是说|影响)/.test(match.text);
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};

const CLOSES =
  /(?:我|我们|这边|客服|店里|后台)(?:这边|来|先|直接|就|可以|会|现在|马上){0,6}(?:帮|给|替|为)?(?:您|你)?(?:把)?(?:这个|这笔|这单|您的|你的|未付款的?)?(?:订单|交易|单子|这单|那单|单)?(?:来|给|先|直接)?(?:给您|帮您)?(?:关闭|关掉|关了|关单|取消|撤掉|撤销|关一下|删掉|关)(?:了|掉|一下)?|(?:帮|给|替|为)(?:您|你)(?:把)?(?:这个|这笔|您的|未付款的?)?(?:订单|交易|单子|这单|那单|单)?(?:先|直接)?(?:关闭|关掉|关了|关单|取消|撤掉|撤销|关一下|删掉|关)(?:了|掉|一下)?|(?:订单|单子|交易|这单)(?:我|我们|这边|客服)(?:来|这边|会|先|就|帮您|给您|直接){0,6}(?:关闭|关掉|关了|关|取消|撤)/g;

/** Agent offers to close an unpaid order. @see TAB-33, POL-05 */
export const closesOrder: Rule = {
  id: 'TAB-33',
  severity: 'B',
  message: '未付款的订单只能由买家自己取消，请告诉买家怎么操作。',
  instead: ['SCR-78'],
  detect(passage) {
    if (passage.context.order?.state !== 'unpaid') return [];
    return findAll(passage.views.plain, CLOSES)
      .filter(
        (match) => !isDenied(match, 6) && !/(?:不|没|别)[^,]{0,3}(?:关|取消|撤)/.test(match.text) && !isReported(match),
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
  wrongRefund,
  signedIsYours,
  waitsForBuyer,
  missingNote,
];
