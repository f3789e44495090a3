/** The demo shop's settings and catalogue: a small outdoor and home clothing shop, all of it made up. */
import type { z } from 'zod';
import { type ShopSettings, ShopSettingsSchema } from '../desk/shop-settings.ts';
import type { ProductFacts, PromoFacts } from '../protocol/facts.ts';
import type { ProductDetails } from '../protocol/goods.ts';

/** Id of the demo shop. */
export const DEMO_SHOP_ID = 'demo';
export const DEMO_SHOP_NAME = '山野小铺';

/** What the owner decided. */
export const DEMO_SETTINGS: ShopSettings = ShopSettingsSchema.parse({
  hours: '09:00-22:00',
  replyByHour: '10:00',
  closedDays: [],
  quietHours: '22:00-09:00',
  demo: true,
  queueLimit: 8,
  shop: {
    priceEditable: true,
    offPlatformPayment: 'forbidden',
    lastPiecesThreshold: 3,
    authorityYuan: 20,
    rating: 4.8,
    ageYears: 6,
    licence: '店铺首页底部的证照信息',
    benefitsForAll: ['满199减20', '收藏店铺后的新品提醒'],
    tiers: {
      silver: { title: '银卡会员', discount: 0.98, minSpent: 500, benefits: ['生日礼包'] },
      gold: { title: '金卡会员', discount: 0.95, minSpent: 1500, benefits: ['专属客服', '优先发货'] },
    },
  },
  shipping: { norm: '付款后48小时内', cutOffHour: '16:00', carrier: 'ZTO', usualDays: '2-4', exceptional: false },
  postage: {
    table: {
      STO: { 江浙沪: 0, 全国: 8 },
      EMS: { 江浙沪: 12, 全国: 18 },
      SF: { 江浙沪: 12, 全国: 20 },
    },
    link: 'https://shop.example/item/postage',
  },
  payment: {
    methods: ['支付宝', '银行卡快捷支付', '信用卡'],
    payByOtherOffered: true,
    releaseRule: '确认收货后货款才会打给店铺',
  },
  platform: { rules: ['货款由平台保管', '七天无理由退货', '平台介入处理'] },
  invoice: { serviceConfigured: true, when: '登记后三个工作日内' },
  return: {
    address: '示例省示例市山野路8号 山野小铺售后组',
    policy: '签收后七天内，不影响二次销售可以退换',
    exemptions: [],
    collectCarriers: ['SF', 'STO'],
  },
  insurance: { freeReturn: false },
  program: { exists: true, qualifies: true },
  warehouse: { eveningConfirmHour: '20:00' },
} satisfies z.input<typeof ShopSettingsSchema>);

/** A product of the demo shop. */
export interface DemoProduct {
  id: string;
  facts: ProductFacts & { title: string };
  details: ProductDetails;
}

const TOP_SIZES = {
  M: { heightCm: [160, 168], weightKg: [48, 57] },
  L: { heightCm: [168, 175], weightKg: [57, 66] },
  XL: { heightCm: [175, 182], weightKg: [66, 76] },
} satisfies NonNullable<ProductFacts['sizeTable']>;

/** What there is to buy. */
export const DEMO_PRODUCTS: DemoProduct[] = [
  {
    id: 'p-shell',
    facts: {
      title: '轻量冲锋衣',
      category: '冲锋衣',
      price: 399,
      priceFloor: 369,
      link: 'https://shop.example/item/shell',
      attrs: {
        面料: '锦纶，内层防水膜',
        颜色: '藏青、石灰、橙红',
        克重: '320克',
        防水: '防水指数8000毫米',
        季节: '春秋',
      },
      attrSource: '商品详情页',
      variants: { '藏青-M': '藏青色 M', '石灰-L': '石灰色 L' },
      stock: { '藏青-M': 12, '藏青-L': 8, '藏青-XL': 0, '石灰-M': 5, '石灰-L': 2, '橙红-M': 0 },
      restockPlan: null,
      sizeTable: TOP_SIZES,
      modelStats: { heightCm: 178, weightKg: 68, wears: 'XL' },
      care: ['30度以下轻柔机洗', '不用柔顺剂', '阴凉处晾干'],
      suitability: { suits: '春秋徒步和通勤', notFor: '零下十度以下的严寒', caution: '雨量很大时请加套雨衣' },
      differences: ['全身压胶', '帽子可调节可收纳', '售后可补胶'],
      benefits: ['小雨天徒步不用另带伞', '只有320克，收起来不占地方'],
      guarantees: ['七天无理由退换', '一年内压胶开裂可免费修补'],
      certificates: ['面料防水检测报告'],
      reviewShots: [{ id: 'r-shell-1', genuine: true, masked: true }],
      priceFloors: { '橙红-M': 379 },
    },
    details: {
      nicknames: ['小轻衣'],
      itemIds: ['880000010001'],
      rating: 4.8,
      reviewCount: 326,
      pairsWith: ['p-fleece', 'p-pants'],
      colorNote: '藏青在室内灯光下偏深',
    },
  },
  {
    id: 'p-fleece',
    facts: {
      title: '抓绒内胆',
      category: '抓绒衣',
      price: 189,
      priceFloor: 175,
      link: 'https://shop.example/item/fleece',
      attrs: { 面料: '聚酯纤维抓绒', 颜色: '米白、墨绿', 厚度: '中厚', 季节: '秋冬' },
      attrSource: '商品详情页',
      stock: { '米白-M': 20, '米白-L': 15, '墨绿-M': 3, '墨绿-L': 0 },
      restockPlan: null,
      sizeTable: TOP_SIZES,
      modelStats: { heightCm: 165, weightKg: 52, wears: 'M' },
      care: ['翻面后冷水机洗', '低温不熨烫'],
      suitability: { suits: '冲锋衣内搭或居家', notFor: '单穿挡风' },
      differences: ['双面抓绒', '袖口有拇指扣'],
      benefits: ['贴身不扎，内搭不臃肿', '洗过几次也不容易起球'],
      guarantees: ['七天无理由退换'],
      certificates: ['面料成分检测报告'],
      variants: { '米白-M': '米白色 M', '墨绿-M': '墨绿色 M' },
      reviewShots: [{ id: 'r-fleece-1', genuine: true, masked: true }],
    },
    details: {
      itemIds: ['880000010002'],
      rating: 4.9,
      reviewCount: 512,
      pairsWith: ['p-shell', 'p-pants'],
    },
  },
  {
    id: 'p-pants',
    facts: {
      title: '速干长裤',
      category: '长裤',
      price: 159,
      priceFloor: 149,
      link: 'https://shop.example/item/pants',
      attrs: { 面料: '锦纶弹力布', 颜色: '黑色、卡其', 弹力: '四面弹', 季节: '春夏秋' },
      attrSource: '商品详情页',
      stock: { '黑色-M': 30, '黑色-L': 26, '卡其-M': 9, '卡其-L': 1 },
      restockPlan: 'none',
      sizeTable: { M: { waistCm: [68, 76], heightCm: [158, 170] }, L: { waistCm: [76, 84], heightCm: [168, 180] } },
      modelStats: { heightCm: 172, weightKg: 60, wears: 'L' },
      care: ['常温机洗', '不需要熨烫'],
      suitability: { suits: '徒步、骑行和日常', notFor: '滑雪' },
      benefits: ['出汗干得快，走一天不闷', '弹力大，上下坡不绷'],
      guarantees: ['七天无理由退换'],
      differences: ['膝部立体剪裁', '拉链口袋能放手机'],
      certificates: ['面料成分检测报告'],
      priceFloors: { '卡其-L': 155 },
      reviewShots: [{ id: 'r-pants-1', genuine: true, masked: true }],
    },
    details: {
      itemIds: ['880000010003'],
      rating: 4.7,
      reviewCount: 208,
      pairsWith: ['p-boots', 'p-shell'],
    },
  },
  {
    id: 'p-boots',
    facts: {
      title: '中帮徒步鞋',
      category: '徒步鞋',
      price: 459,
      priceFloor: 429,
      link: 'https://shop.example/item/boots',
      attrs: { 鞋面: '反绒牛皮拼织物', 鞋底: '橡胶大底', 颜色: '棕色、灰色', 重量: '单只480克' },
      attrSource: '商品详情页',
      stock: { '棕色-39': 4, '棕色-40': 6, '棕色-41': 5, '棕色-42': 0, '灰色-41': 2 },
      restockPlan: null,
      sizeTable: {
        39: { footCm: [24, 24.5] },
        40: { footCm: [24.5, 25] },
        41: { footCm: [25, 25.5] },
        42: { footCm: [25.5, 26] },
      },
      care: ['刷去泥土后阴干', '不要机洗和暴晒'],
      suitability: { suits: '一到两天的山路徒步', notFor: '雪地攀登' },
      benefits: ['护踝，走碎石路稳', '大底咬地，湿石头上不打滑'],
      guarantees: ['七天无理由退换', '开胶三个月内免费修'],
      variants: { '棕色-40': '棕色 40码', '灰色-41': '灰色 41码' },
      modelStats: { heightCm: 174, weightKg: 64, wears: '41' },
      differences: ['鞋底可换', '中帮护踝'],
      certificates: ['鞋底耐磨检测报告'],
      reviewShots: [{ id: 'r-boots-1', genuine: true, masked: true }],
    },
    details: {
      nicknames: ['石头路鞋'],
      itemIds: ['880000010004'],
      rating: 4.6,
      reviewCount: 147,
      pairsWith: ['p-pants'],
      colorNote: '灰色偏冷，室外看更浅',
    },
  },
  {
    id: 'p-bottle',
    facts: {
      title: '保温水壶',
      category: '水壶',
      price: 89,
      link: 'https://shop.example/item/bottle',
      attrs: { 材质: '316不锈钢内胆', 容量: '750毫升', 颜色: '白色、黑色' },
      attrSource: '商品详情页',
      stock: { 白色: 40, 黑色: 35 },
      restockPlan: null,
      care: ['首次使用前用热水冲洗', '壶盖可拆下清洗'],
      suitability: { suits: '日常和徒步', caution: '不要装碳酸饮料' },
      benefits: ['早上装热水，下午还是温的'],
      guarantees: ['七天无理由退换'],
      priceFloor: 79,
      differences: ['杯口加宽，好清洗', '底部有防滑垫'],
      certificates: ['食品接触材料检测报告'],
      reviewShots: [{ id: 'r-bottle-1', genuine: true, masked: true }],
    },
    details: {
      itemIds: ['880000010005'],
      rating: 4.9,
      reviewCount: 931,
      pairsWith: ['p-blanket'],
    },
  },
  {
    id: 'p-blanket',
    facts: {
      title: '野餐毯',
      category: '野餐毯',
      price: 69,
      link: 'https://shop.example/item/blanket',
      attrs: { 面料: '绒面加防潮底', 尺寸: '150×200厘米', 颜色: '格纹' },
      attrSource: '商品详情页',
      stock: { 格纹: 0 },
      restockPlan: null,
      care: ['局部擦洗', '晾干后再收起'],
      suitability: { suits: '公园和露营' },
      benefits: ['防潮，草地上坐半天不返湿'],
      guarantees: ['七天无理由退换'],
      priceFloor: 62,
      differences: ['底面防潮膜', '可折成手提包'],
      certificates: ['面料甲醛检测报告'],
    },
    details: { itemIds: ['880000010006'], rating: 4.5, reviewCount: 63, pairsWith: ['p-bottle'] },
  },
];

/** Campaigns, told from the day the demo is filled. */
export function demoPromos(nowMs: number, formatTime: (ms: number) => string): { id: string; facts: PromoFacts }[] {
  const day = 86_400_000;
  return [
    {
      id: 'promo-autumn',
      facts: {
        name: '换季满减',
        rule: '满199元减20元',
        startsAt: formatTime(nowMs - 3 * day),
        endsAt: formatTime(nowMs + 20 * day),
        items: DEMO_PRODUCTS.map((product) => product.facts.title),
        stackable: false,
        extensionPlanned: false,
      },
    },
    {
      id: 'promo-pair',
      facts: {
        name: '两件九五折',
        rule: '任选两件打九五折，不与满减同享',
        startsAt: formatTime(nowMs - day),
        endsAt: formatTime(nowMs + 6 * day),
        items: ['轻量冲锋衣', '抓绒内胆', '速干长裤'],
        stackable: false,
        extensionPlanned: true,
      },
    },
  ];
}
