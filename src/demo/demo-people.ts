/** The demo shop's people: role names for the desk, ten buyers of different ways of buying. */

/** A sign-in of the demo. It is printed at start and shown on the pages: a demo has no secrets. */
export interface DemoAgent {
  id: string;
  login: string;
  password: string;
  name: string;
  title: string;
  role: 'agent' | 'supervisor';
}

/** Two agents and a supervisor. */
export const DEMO_AGENTS: DemoAgent[] = [
  { id: 'agt_demo_1', login: 'agent1', password: 'huashu-agent1', name: '小禾', title: '户外顾问', role: 'agent' },
  { id: 'agt_demo_2', login: 'agent2', password: 'huashu-agent2', name: '阿岚', title: '售后顾问', role: 'agent' },
  {
    id: 'agt_demo_3',
    login: 'supervisor',
    password: 'huashu-supervisor',
    name: '主管',
    title: '客服主管',
    role: 'supervisor',
  },
];

/** An order that a demo buyer has. Times are minutes before the demo was filled. */
export interface DemoOrder {
  id: string;
  state: 'unpaid' | 'paid' | 'printed' | 'shipped' | 'signed' | 'completed';
  productId: string;
  sku: string;
  qty: number;
  placedAgoMin: number;
}

/** A buyer of the demo. */
export interface DemoBuyer {
  id: string;
  name: string;
  /** For the page where one chooses whom to play: what this buyer is like, in everyday words. */
  about: string;
  isReturning: boolean;
  tier?: string;
  region: string;
  lastOrder?: string;
  orders: DemoOrder[];
}

const DAY = 1440;

/** Ten buyers; what they are like shows in how they write, the desk is not told. */
export const DEMO_BUYERS: DemoBuyer[] = [
  { id: 'demo-01', name: '买家01', about: '先问参数，再决定，话不多', isReturning: false, region: '浙江', orders: [] },
  {
    id: 'demo-02',
    name: '买家02',
    about: '爱还价，总说别家更便宜',
    isReturning: false,
    region: '广东',
    orders: [{ id: 'DM2001', state: 'unpaid', productId: 'p-shell', sku: '藏青-M', qty: 1, placedAgoMin: 26 * 60 }],
  },
  { id: 'demo-03', name: '买家03', about: '看到好看的就想马上买', isReturning: false, region: '上海', orders: [] },
  {
    id: 'demo-04',
    name: '买家04',
    about: '金卡会员，希望马上有人招呼',
    isReturning: true,
    tier: 'gold',
    region: '北京',
    lastOrder: '中帮徒步鞋',
    orders: [{ id: 'DM4001', state: 'shipped', productId: 'p-boots', sku: '棕色-41', qty: 1, placedAgoMin: 3 * DAY }],
  },
  {
    id: 'demo-05',
    name: '买家05',
    about: '处处不放心，要反复确认',
    isReturning: false,
    region: '四川',
    orders: [{ id: 'DM5001', state: 'paid', productId: 'p-fleece', sku: '米白-M', qty: 1, placedAgoMin: 14 * 60 }],
  },
  {
    id: 'demo-06',
    name: '买家06',
    about: '不说话直接下单的老顾客',
    isReturning: true,
    tier: 'silver',
    region: '江苏',
    lastOrder: '保温水壶',
    orders: [
      { id: 'DM6002', state: 'unpaid', productId: 'p-bottle', sku: '白色', qty: 2, placedAgoMin: 25 * 60 },
      { id: 'DM6001', state: 'completed', productId: 'p-bottle', sku: '黑色', qty: 2, placedAgoMin: 60 * DAY },
    ],
  },
  {
    id: 'demo-07',
    name: '买家07',
    about: '像朋友一样聊天的老顾客',
    isReturning: true,
    tier: 'gold',
    region: '福建',
    lastOrder: '轻量冲锋衣',
    orders: [{ id: 'DM7001', state: 'completed', productId: 'p-shell', sku: '石灰-M', qty: 1, placedAgoMin: 40 * DAY }],
  },
  {
    id: 'demo-08',
    name: '买家08',
    about: '第一次网购，希望别人帮着选',
    isReturning: false,
    region: '云南',
    orders: [],
  },
  {
    id: 'demo-09',
    name: '买家09',
    about: '收到的裤子开线了',
    isReturning: true,
    region: '湖北',
    lastOrder: '速干长裤',
    orders: [{ id: 'DM9001', state: 'signed', productId: 'p-pants', sku: '黑色-L', qty: 1, placedAgoMin: 6 * DAY }],
  },
  {
    id: 'demo-10',
    name: '买家10',
    about: '付了款想改地址或者退款',
    isReturning: false,
    region: '湖南',
    orders: [{ id: 'DM1001', state: 'printed', productId: 'p-fleece', sku: '墨绿-M', qty: 1, placedAgoMin: DAY }],
  },
];
