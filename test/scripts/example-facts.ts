import type { PartialFacts } from '../../src/protocol/facts.ts';

const NOW = '2027-05-03T15:00:00+08:00';

/** A desk at three in the afternoon that knows what the examples of the slot catalogue tell. */
const BASE: PartialFacts = {
  now: NOW,
  shop: {
    name: '链上单车',
    hours: '08:30-21:30',
    replyByHour: '11:00',
    priceEditable: true,
    authorityYuan: 20,
    lastPiecesThreshold: 3,
    rating: 4.9,
    ageYears: 6,
    benefitsForAll: ['满99元包邮', '签到领积分'],
    tiers: { silver: { title: '银链会员', discount: 0.95, minSpent: 500, benefits: ['生日礼', '优先发货'] } },
  },
  agent: { name: '阿松', title: '骑行顾问', onDuty: true, role: 'agent' },
  buyer: {
    id: 'tb7788',
    isReturning: true,
    tier: 'silver',
    lastOrder: '折叠车',
    need: { purpose: '上下班通勤', budget: 1000 },
    measurements: { heightCm: 165, weightKg: 52 },
    condition: '敏感肌',
  },
  product: {
    title: '折叠车',
    price: 1580,
    link: 'https://shop.example/item/1',
    attrs: { 面料: '95%棉', 版型: '直筒' },
    attrSource: '商品详情页',
    variants: { 白色: '哑光', 黑色: '亮面' },
    stock: { 白色: 2, 黑色: 9, '薄荷-20寸': 5 },
    sizeTable: { M: { heightCm: [160, 170], weightKg: [48, 58] } },
    modelStats: { heightCm: 170, weightKg: 50, wears: 'M' },
    care: ['冷水手洗', '不要暴晒'],
    suitability: { suits: '3岁以上', caution: '含小零件' },
    differences: ['车架焊接', '链条防锈'],
    benefits: ['车架轻', '免费组装'],
    guarantees: ['车架保修两年'],
    certificates: ['质检报告'],
    reviewShots: [{ id: 'r1', genuine: true, masked: true }],
  },
  candidates: [{ title: '轻行20寸', price: 899, stock: 4, fits: ['通勤', '好折叠'] }],
  matching: [{ title: '车铃', price: 25, stock: 30 }],
  choice: [
    { title: '轻行款', price: 899, stock: 4, rating: 4.9, reviewCount: 320 },
    { title: '山野款', price: 1099, stock: 4, rating: 4.7, reviewCount: 80 },
  ],
  comparedWith: { title: '铝架款', attrs: { 车架: '铝合金' } },
  promo: [
    {
      name: '五一骑行节',
      rule: '满300减30',
      startsAt: '2027-05-01T00:00:00+08:00',
      endsAt: '2027-05-06T00:00:00+08:00',
      items: ['折叠车', '车铃', '手套'],
      extensionPlanned: false,
    },
  ],
  stack: { computedTotal: 268, checkoutTotal: 268 },
  basket: [{ title: '车铃', qty: 2 }, { title: '手套' }],
  program: { exists: true, qualifies: true },
  payment: { methods: ['支付宝', '花呗'], releaseRule: '您确认收货后货款才到卖家', payByOtherOffered: true },
  platform: { rules: ['担保交易', '七天无理由'] },
  invoice: { serviceConfigured: true, when: '发货后三天内', type: '电子发票', title: '某某公司' },
  shipping: {
    norm: '付款后48小时内发出',
    cutOffHour: '16:00',
    carrier: 'ZTO',
    usualDays: '2-4',
    exceptional: false,
  },
  postage: {
    table: { STO: { 全国: 8 }, EMS: { 全国: 15 }, SF: { 全国: 18 } },
    link: 'https://shop.example/post',
    amount: 16,
  },
  return: {
    address: '链上单车退货组',
    policy: '签收7天内未使用可退',
    exemptions: ['拆封的内胎'],
    collectCarriers: ['SF', 'STO'],
  },
  order: {
    id: 'A1',
    state: 'unpaid',
    amount: 1580,
    items: [{ title: '折叠车', sku: '薄荷-20寸', qty: 1 }],
    address: { receiver: '松*', phone: '138****0000', street: '河滨路' },
    placedAt: '2027-05-02T20:10:00+08:00',
    autoCloseAt: '2027-05-03T20:10:00+08:00',
    promisedShipBy: '2027-05-04T18:00:00+08:00',
  },
  priceEdit: { oldAmount: 1580, newAmount: 1565, visible: true },
  warehouse: {
    checkedAt: '2027-05-03T14:00:00+08:00',
    cause: '质检排队',
    resultBy: '2027-05-03T17:00:00+08:00',
    eveningConfirmHour: '20:00',
  },
  tracking: { lastScan: '已到杭州转运中心', lastScanAt: '2027-05-03T08:20:00+08:00', exception: null },
  courier: { contactedAt: '2027-05-03T14:00:00+08:00', answer: '今天改派', lossConfirmed: true },
  slip: { weight: 1.2 },
  parcel: {
    packingList: ['车架', '踏板', '说明书'],
    split: true,
    trackingNos: ['YT7', 'YT8'],
    intact: true,
    missing: '踏板',
  },
  refund: {
    state: 'wait_buyer_return',
    type: 'return',
    amount: 10,
    paidAmount: 100,
    keepAmount: 90,
    formType: 'to_seller',
    approved: true,
    closesAt: '2027-05-06T09:00:00+08:00',
    trackingNo: 'SF123',
  },
  review: { score: 5, issue: '链条有点响' },
  question: {
    text: '车架有没有防锈处理',
    askedAt: '2027-05-03T10:00:00+08:00',
    answerBy: '2027-05-03T18:00:00+08:00',
    channel: 'wangwang',
    verifiedAnswer: '做过磷化防锈处理',
    verifiedBy: '仓库',
  },
  handover: { receiver: '售后同事小叶', receiverOnDuty: true, etaMinutes: 10 },
  discount: {
    requested: 15,
    granted: 0,
    requestLoggedAt: '2027-05-03T14:50:00+08:00',
    supervisorAnswerMinutes: 15,
  },
  wish: { kind: 'carrier', carrier: 'SF', confirmedByWarehouse: true, handOverBy: '2027-05-03T18:00:00+08:00' },
  case: {
    open: true,
    kind: 'quality',
    fault: 'shop',
    faultVerifiedBy: '阿松',
    nextStep: '核对底单',
    nextStepBy: '2027-05-03T16:00:00+08:00',
    options: ['换新', '退款', '维修'],
    offer: '补偿30元',
    approvedAmount: 30,
    basis: '按维修价折算',
    decision: '今天补发',
    remedy: '已重新发出',
    mistake: '尺码报错',
    returnAgreed: true,
    postageBearer: 'shop',
    tradeExtended: true,
    photosVerified: true,
    wearMarks: false,
    statutoryChecked: true,
  },
  complaint: { assignee: '投诉专员老何', answerBy: '2027-05-03T17:00:00+08:00' },
  exchange: { difference: 20, direction: 'buyer_pays', link: 'https://shop.example/diff', computed: true },
  consent: { marketing: true, channels: ['wangwang', 'sms', 'phone'] },
};

const PAID = { ...BASE.order!, state: 'paid', paidAt: '2027-05-03T14:00:00+08:00', verified: true } as const;
const SHIPPED = {
  ...PAID,
  state: 'shipped',
  shippedAt: '2027-05-03T13:00:00+08:00',
  handedOver: true,
  carrier: 'YTO',
  trackingNo: 'YT7',
  etaDays: 3,
} as const;
const SIGNED = {
  ...SHIPPED,
  state: 'signed',
  signedAt: '2027-05-02T12:00:00+08:00',
  tradeDeadline: '2027-05-20T00:00:00+08:00',
} as const;

/** The order a card speaks of; a card that is not here speaks of the unpaid one. */
const ORDER_OF_CARDS: readonly [order: PartialFacts['order'], numbers: readonly number[]][] = [
  [PAID, [66, 79, 80, 88, 89, 90, 91, 122, 123, 140]],
  [SHIPPED, [81, 86, 87, 92, 93, 94, 95, 162]],
  [SIGNED, [...Array.from({ length: 22 }, (_, i) => 100 + i), ...Array.from({ length: 10 }, (_, i) => 124 + i), 134]],
  [SIGNED, [143, 150, 151, 152, 153, 154, 155, 158, 160, 161]],
];

/** Facts in which a wording of a card is true; `guards` are the wording's own. */
export function exampleFacts(card: string, guards: readonly string[] = []): PartialFacts {
  const number = Number(card.slice('SCR-'.length));
  const order = ORDER_OF_CARDS.find(([, numbers]) => numbers.includes(number))?.[0] ?? BASE.order;
  const facts = { ...BASE, order };
  if (number === 18 || number === 54) {
    const stock = { ...BASE.product!.stock, '薄荷-20寸': 0 };
    const restockPlan = guards.includes('restockDateKnown') ? '2027-05-10' : 'none';
    return { ...facts, product: { ...BASE.product, stock, restockPlan } };
  }
  if (guards.includes('priceNotEditable')) return { ...facts, shop: { ...BASE.shop, priceEditable: false } };
  if (number === 65) return { ...facts, shop: { ...BASE.shop, offPlatformPayment: 'allowed' } };
  return facts;
}
