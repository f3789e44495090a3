import { toFen } from '../known-facts.ts';
import {
  clauseOf,
  findAll,
  findDisguised,
  type Match,
  type Passage,
  sentenceOf,
  spanOf,
  takeHits,
} from '../passage.ts';
import { NUMBER, readNumber } from '../read-amounts.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';

const REFUND_DONE =
  /(?:钱|款项?|货款)[^,。!?;]{0,5}(?:早就?|已经?|都|刚刚?)(?:就|经)?(?:给您|帮您|给你)?(?:打|转|退|汇)(?:过去|给您|回去|出去|过来)了?(?!申请)|(?:已经?|都|刚刚?)(?:经|给您|帮您|为您|给你|全额|原路|成功|把钱|把款|将款){0,6}(?:退款|退给您|退给你|退回|退还|退了|打给您|返还|到账)(?!申请|流程|处理|中)|(?:退款|退钱|钱|款|款项)(?:\d+(?:\.\d+)?元?)?(?:已经?|都|刚)(?:经|给您|帮您|成功|原路|全额|全部){0,6}(?:退|打|到账|返)|(?<!等待|等|后|会|就)退款(?:成功|完成|到账)(?:了|啦)(?!吗|没)|退(?:给您|还|回)?(?:成功)?了(?:哦|,|。|$)/g;
const REFUND_NOW =
  /(?:直接|马上|立刻|立马|现在|这就|今天|私下|先|当场)(?:就|给|把|帮|为|能|可以)?(?:您|你)?(?:把)?(?:钱|款|货款|全款|差价|运费)?(?:给|帮)?(?:您|你)?(?:全额)?(?:退(?!货|换|回来)|打(?:钱|款|给|过去|回)|转(?:账|钱|款)?给(?:您|你))|(?:不用|不需要|无需|不必|不走|跳过|绕过|(?:您|你)?别)(?:走|提交|填|您)?(?:申请|流程|退货|手续|平台|退款申请)[^。!?;]{0,8}(?:退|打|转)|(?:私下|私底下|线下|微信|支付宝|红包)(?:里|上)?(?:私下|私底下|直接|单独|悄悄|先|给(?:您|你)?){0,2}(?:退|返|补|打)|把(?:钱|款|货款)(?:直接)?(?:退|打|转)(?:给|回)?(?:您|你)|(?:钱|款)(?:我)?(?:直接)?(?:退|打|转)(?:给)?(?:您|你)/g;
/** 我从自己账上先垫给您: paid out of the agent's pocket. */
const OWN_POCKET =
  /(?:我|自己|私人|个人)(?!们)[^,。!?;您你]{0,10}(?:垫|掏|贴)(?:钱|付|上|出来)?(?:退|还|补|赔)?给(?:您|你)|我(?!们)[^,。!?;您你]{0,6}(?:自己|私人|个人)[^,。!?;您你]{0,6}(?:垫|掏|贴)(?:付|钱|上|腰包|这|给)|(?:从|用|拿)我(?:自己|个人|私人)的?(?:账|卡|钱|零花|工资|微信|支付宝)[^,。!?;]{0,6}(?:垫|掏|贴|退|转|打|补)/g;
/** 金额随便填, 退款发红包: the form is not what decides. */
const FORM_LEFT_OUT =
  /(?:金额|数额)[^,。!?;]{0,4}(?:随便|随意|任意|您看着|你看着|想填多少)[^,。!?;]{0,3}填?|退款?[^,。!?;]{0,6}(?:用|走|发)(?:个|一个)?(?:红包|微信|支付宝|转账|现金)[^,。!?;]{0,3}(?:发|给|转|打)(?:给)?(?:您|你)|退款?[^。!?;]{0,12}不走(?:系统|平台|流程)/g;
const SKIPS = /别|不用|不需要|无需|不必|不走|跳过|绕过|私下|私底下|线下|微信|支付宝/;
const SKIPS_STEPS = /^(?!.*原路).{0,40}(?:不用|不需要|无需|不必|别|跳过|绕过)[^,。]{0,4}(?:申请|流程|手续|平台|系统)/;
const WITHDRAWN =
  /(?:撤|取消|关)(?:销|掉|了|回)?(?:您的|退款|售后|这个|那个){0,2}申请|申请(?:给)?(?:撤|取消|关)(?:了|掉|销|回)/g;
const REFUND_AMOUNT = new RegExp(
  `(?:退款?|退还|退回|返还?|补偿|赔偿?|赔付|补)(?:给)?(?:您|你)?(?:的)?(?:差价|运费|邮费|款|现金)?(?:是|为|共|一共|总共|大概)?[¥]?(${NUMBER})(?:元|块|(?=[,。!~吧哦哈]|$))`,
  'g',
);
const SENT_AMOUNT = new RegExp(
  `给(?:您|你)(?:先|再|直接|多)?(?:转|打)(?:过去)?[¥]?(${NUMBER})(?:元|块|(?=[,。!~吧哦哈]|$))`,
  'g',
);
/** 我先把88退给您: the figure before the verb. */
const AMOUNT_FIRST = new RegExp(
  `(?:我|我们|这边|店里)[^,。!?;]{0,4}把[¥]?(${NUMBER})(?:元|块钱?)?(?:先|直接|就|全部|都|给您)?(?:退|打|转|返)(?:给|回给?|还)?(?:您|你)`,
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
    const done = takeHits(
      findDisguised(passage.views, REFUND_DONE),
      (match) =>
        isStated(match) &&
        !isDenied(match) &&
        !isCondition(match) &&
        refund?.state !== 'refunded' &&
        !isPostpone(match),
    );
    const now = takeHits(findDisguised(passage.views, REFUND_NOW), (match) => {
      if (!isStated(match) || isPostpone(match) || isCondition(match)) return false;
      const skips =
        SKIPS.test(match.text) ||
        (/转(?:账|钱)|打钱/.test(match.text) && !/原路|平台|系统/.test(sentenceOf(match).text)) ||
        SKIPS_STEPS.test(sentenceOf(match).text);
      if (!skips && isDenied(match)) return false;
      return (
        skips || (refund?.state !== 'refunded' && refund?.approved !== true && !STEPS.test(sentenceOf(match).text))
      );
    });
    const leftOut = [...findAll(plain, FORM_LEFT_OUT), ...findAll(plain, OWN_POCKET)].filter(
      (match) => isStated(match) && !isDenied(match),
    );
    const amounts = takeHits(
      [...findAll(plain, REFUND_AMOUNT), ...findAll(plain, SENT_AMOUNT), ...findAll(plain, AMOUNT_FIRST)],
      (match) => isStated(match) && !isDenied(match) && !isAmountAgreed(passage, readNumber(match.groups[0] ?? '')),
    );
    const boxes = takeHits(
      findAll(plain, FORM_AMOUNT),
      (match) =>
        isStated(match) &&
        isRefundForm(passage, match) &&
        !isRightBox(passage, readNumber(match.groups[0] ?? match.groups[1] ?? '')),
    );
    const withdrawn = findAll(plain, WITHDRAWN).filter(
      (match) => isStated(match) && !isDenied(match) && /[退转打补](?:给)?[您你]|私下/.test(sentenceOf(match).text),
    );
    return [...done, ...now, ...leftOut, ...amounts, ...boxes, ...withdrawn].map((match) => ({ span: spanOf(match) }));
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
  /(?:签收|签(?:了|过|完|好)?(?:字|单)|(?:字|名)都?签(?=了|过|完|好)|(?<!没|未)签了|(?:都|已经)(?:用|穿|洗|拆|吃|喝|试)(?=过)|拆(?=了|开|过)|(?:用|穿|洗|剪|喝|吃)(?=了|过)|收货|确认收货|收到货|拆封|拆开|(?<![未没])付款|收了)(?:了|后|过|完|好|之后|以后|都|的话|就|您){0,6}[^。!?;]{0,8}?(?:就(?:是|算|归|由)(?:您|你)|(?:就|也)?(?:不能|没法|没办法|无法|不可以|不予|不给|不支持|不再)(?:再)?(?:退|换|处理|受理|售后|管|申请|赔|负责|办理)|不(?:退|换|管|处理|负责|受理|认|算)|概不|不(?:归|属于|关)(?:我们?|咱们?|本?店|店里|商家|这边|客服)|(?:跟|和|与)(?:我们|咱们|本店|店里|我)(?:这?家?店|这边|店里|店铺)?(?:可|就|也|都)?(?:没|无)|视为|(?:怎么可能|哪能|哪还能|哪里还能|凭什么|还想|怎么还能?|不可能|谁还)(?:给|再|帮)?(?:您|你)?(?:退|换|要|赔|管)|说明(?:您|你)?(?:认可|没问题)|(?:自己|自行)(?:负责|承担)|没(?:法|办法)(?!确认|判断|看|知|确定|核实|查)|(?:再)?(?:说|讲|找|来)?(?:什么|啥)?(?:都|也)?(?:晚了|迟了|没用)|(?:还想)?(?:退|换)[^。!?;]{0,3}不可能|不可能(?:给)?(?:您|你)?(?:退|换)|(?:只能|就|那)?(?:算|怪|归|由)(?:您|你)(?:自己)?)/g;
/** 签收时没检查，我们不负责: the refusal stands in the next clause. */
const SIGNED_UNSEEN =
  /(?:用|穿|洗|拆|吃|喝|签)都(?:用|穿|洗|拆|吃|喝|签)(?:了|过)|还(?:退|换)什么(?:退|换)?|(?:个?月|天|周|年|星期|礼拜)了?才[^,。!?;]{0,4}(?:说|来|反馈|找|联系|提|讲),?[^。!?;]{0,4}(?:晚|迟)|(?:签收|收货)(?:的)?(?:时候|时|那会儿?|当时|那天|当天)[^。!?;]{0,6}(?:没|不)(?:有)?(?:当面|先|仔细)?(?:说|提|反馈|拍|检查|看|验|点|数)[^。!?;]{0,12}(?:不(?:归|属于|关|算)(?:我们|我|店里|本店)|谁(?:信|知道|认)|说不清|不认|没用|晚|怪)|签收(?:了)?(?:就|即|便)?(?:代表|说明|等于|表示|视为)(?!.{0,4}(?:不|没))|(?:签收|收货|收件|拆开|拆封|拆箱|当面|当场)[^。!?;]{0,16}(?:不(?:负责|管|认|赔|处理|受理|承担|退不换)|概不|(?:与|跟|和)(?:我们|咱们|本店|店里|我)(?:这?家?店|这边|店里|店铺)?(?:可|就|也|都)?(?:没|无))/g;
const TOO_LATE =
  /(?:太久|这么久|那么久|太长时间)了?,?[^。!?;]{0,6}(?:不能(?!确定|保证)|没法(?!确定|保证)|无法(?!确定|保证)|不予|不给|不管|处理不|退不|换不)|(?:天|个?月|期限|时间|期|年)(?:都|已经|早就|早)?过了,?[^。!?;]{0,6}(?:(?:我们|我|店里|这边|就)?(?:爱莫能助|无能为力|帮不[了上]|不[管认退换赔处受负]|退不了|换不了|没法|没办法|管不))|(?:现在|这会儿|这时候)才[^,。!?;]{0,4},?(?:也|可|就|真|都|太){0,2}(?:晚|迟)[了喽啦咯]?|(?:个?月|天|周|年|星期|礼拜)[了啦](?![^。!?;]{0,10}(?:回复|答复|回您|处理|发货|发出|联系您|通知|等))[^。!?;]{0,8}(?:太?晚|太?迟)[了喽啦咯]|(?:半个?|一个?多?|两个?|几个?|好几个?|\d+个?)多?(?:月|天|个月|星期|礼拜|周|年)[了啦],?[^。!?;]{0,8}(?:弄|管|办|处理|退|换|认|修)不了|用了?[^,。!?;]{1,5}(?:年|月|天|星期|周)了?,?(?:才|还)?来(?:说|找|闹|退)|(?:过|超过|超|超出|都)(?:了)?[^,。!?;]{0,8}?(?:天|个月|期限|时间|时效|售后期|保修期|期|年)(?:了|才|现在){0,6}[^。!?;]{0,10}?(?:(?:不能|没法|没办法|无法|不可以)(?!修?改|更改|开|取消|合并|使用|用|参加|领)|不予|不给|不支持|不管|不认|认不了|不退|不换|不处理|不受理|不负责|管不了|太晚|太迟|来不及|晚了|自己|没用|退不了|换不了|处理不了)|(?:太晚|太迟|晚)了[^。!?;]{0,8}(?:不能|没法|没办法|无法|不管|不退|不换|不处理|退不|换不|管不)|(?:现在|这会儿|这么久)(?:才)?(?:说|讲|来|找|反馈|提|联系|问|弄)[^。!?;]{0,6}(?:太晚|太迟|晚了|没用|来不及|没法|不行)|(?:半个?|一个?多?|两个?|几个?|好几|\d+)(?:月|天|个月|星期|周|年)了,?[^,。!?;]{0,6}(?:才(?:说|来找|反馈|想起|联系)|谁(?:还)?(?:认|管|理|负责))|(?:这|那)(?:个|么)?(?:时候|久|长时间)(?:了)?才(?:来)?(?:说|找|想起|提|反馈|联系)[^。!?;]{0,8}(?:谁|怎么|没|不|晚)|早干(?:嘛|什么|吗)去了|(?:怎么|为什么|为啥|谁(?:让|叫)[您你]|当时|签收时)[^,。!?;]{0,4}(?:不|没)(?:有)?(?:当面|先)?(?:验货|验收|检查|开箱)|(?:已经)?(?:过|超)(?:了)?(?:售后|退换|退货)(?:期|时间|时效)/g;
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
    return [SIGNED_IS_YOURS, SIGNED_UNSEEN, TOO_LATE]
      .flatMap((pattern) => findDisguised(passage.views, pattern))
      .filter((match) => {
        if (isListedException(passage, match)) return false;
        const isRhetorical = /还想|凭什么|哪能|哪还|怎么可能|谁还/.test(match.text);
        if (
          isReported(match) ||
          (isAsked(match) && !isRhetorical) ||
          /发货|物流|活动|优惠|付款时间|下单|揽/.test(clauseOf(match).text)
        )
          return false;
        const rest = plain.text.slice(clauseOf(match).to);
        return !STILL_HELPED.test(rest.slice(0, 30)) && !/不(?:代表|等于|是说|影响)/.test(match.text);
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** Rules about refunds and refusing them. */
export const REFUND_RULES: readonly Rule[] = [wrongRefund, signedIsYours];
