import { BUYER_NAME, SLOT_LABELS } from '../slot-labels.ts';

/** What a placeholder means: a slot, or in words what has to be filled in. */
export type Meaning = { readonly slot: string } | { readonly open: string };

/** Further names of slots in templates, beside their labels. */
const SLOT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'shop.name': [
    ...['店名', '店铺', '店铺名称', '本店名称', '品牌名', 'shop', 'shopname', 'shop.name', 'store', 'storename'],
    ...['store.name', 'inbox.name', 'account.name', 'ticket.account', 'shopnick', 'sellernick', 'seller'],
  ],
  'shop.hours': ['营业时间', '在线时间', '客服时间', '上班时段', 'hours', 'openinghours', 'businesshours'],
  'agent.name': [
    ...[
      '客服',
      '客服姓名',
      '客服昵称',
      '客服名字',
      '客服名称',
      '我的名字',
      '接待客服',
      'agent',
      'agentname',
      'agent.name',
    ],
    ...['agent.firstname', 'currentuser.name', 'currentuser.firstname', 'user.name', 'user.firstname', 'servicer'],
  ],
  'product.title': [
    ...[
      '商品',
      '商品名',
      '产品名',
      '产品名称',
      '宝贝名称',
      '宝贝',
      '款式名称',
      'product',
      'productname',
      'product.name',
    ],
    ...['product.title', 'producttitle', 'item', 'itemname', 'item.title', 'item.name'],
  ],
  'product.price': [
    ...['价格', '单价', '售价', '现价', '产品价格', '宝贝价格', 'price', 'product.price', 'item.price', 'productprice'],
  ],
  'product.link': ['产品链接', '宝贝链接', 'producturl', 'productlink', 'product.url', 'product.link', 'itemurl'],
  'size.recommended': ['建议尺码', '合适尺码', '推荐码数', 'recommendedsize'],
  'promo.name': ['活动', '活动名', 'promo', 'promoname', 'campaign', 'campaignname'],
  'promo.rule': ['活动内容', '优惠规则'],
  'promo.ends': ['活动截止时间', '活动结束', '截止时间'],
  'shipping.norm': ['发货时间', '发货时限', '多久发货'],
  'shipping.carrier': ['默认快递公司', '合作快递'],
  'postage.link': ['运费链接', '邮费链接', '补邮费链接'],
  'return.address': ['退换货地址', '退回地址', '寄回地址', 'returnaddress', 'return.address'],
  'order.id': [
    ...['订单编号', '订单号码', '订单id', '交易号', '交易编号', 'orderid', 'orderno', 'ordernumber', 'order.id', 'tid'],
    ...['order.number', 'order.name', 'order.no', 'order'],
  ],
  'order.amount': [
    ...['应付金额', '实付金额', '订单总额', '付款金额', '订单价格', 'orderamount', 'order.amount', 'order.total'],
    ...['ordertotal', 'totalprice', 'order.totalprice', 'payment'],
  ],
  'order.itemsSummary': [
    '订单内容',
    '商品清单',
    '购买商品',
    'orderitems',
    'order.items',
    'lineitems',
    'order.lineitems',
  ],
  'order.addressMasked': [
    '收货信息',
    '收件地址',
    '买家地址',
    'shippingaddress',
    'order.address',
    'order.shippingaddress',
  ],
  'order.trackingNo': [
    ...[
      '运单号',
      '物流单号',
      '快递编号',
      '快递号',
      'trackingno',
      'trackingnumber',
      'order.trackingnumber',
      'trackingid',
    ],
    ...['order.trackingno', 'waybill', 'waybillno', 'shipment.trackingnumber'],
  ],
  'order.carrier': ['trackingcompany', 'carrier', 'order.carrier', 'shipment.carrier', 'courier'],
  'tracking.lastScan': ['物流信息', '物流进度', '物流状态', '最新物流信息', 'trackingstatus'],
  'refund.amount': ['退款额', '退款总额', 'refundamount', 'refund.amount'],
  'exchange.difference': ['差额', '补差金额'],
  'exchange.link': ['差价链接', '补差链接', '补拍链接'],
  'invoice.when': ['发票时间'],
  'payment.methods': ['支付方式'],
};

/** Names that mean something, but nothing a fact of the desk fills. */
const OPEN_NAMES: Readonly<Record<string, readonly string[]>> = {
  [BUYER_NAME]: [
    ...[
      '姓名',
      '名字',
      '昵称',
      '称呼',
      '买家',
      '买家昵称',
      '买家姓名',
      '买家名',
      '买家id',
      '买家旺旺',
      '旺旺',
      '旺旺名',
    ],
    ...['旺旺id', '客户', '客户名', '客户名称', '客户姓名', '客户昵称', '顾客', '顾客姓名', '顾客昵称', '会员名', '亲'],
    ...['用户名', '用户昵称', '收件人', '收货人', 'name', 'nick', 'nickname', 'username', 'firstname', 'lastname'],
    ...['buyer', 'buyername', 'buyernick', 'buyer.name', 'buyer.nick', 'customer', 'customername', 'customer.name'],
    ...['customer.firstname', 'customer.lastname', 'contact', 'contact.name', 'contact.firstname', 'contact.lastname'],
    ...['ticket.requester.name', 'ticket.requester.firstname', 'ticket.requester.lastname', 'requester.name'],
    ...['ticket.customer.name', 'ticket.customer.firstname', 'ticket.customer.lastname', 'ticket.customer.fullname'],
    ...['conversation.contact.name', 'user', 'client.name', 'client'],
  ],
  买家电话: ['电话', '手机', '手机号', '联系电话', '联系方式', 'phone', 'contact.phone', 'customer.phone', 'mobile'],
  买家邮箱: ['邮箱', 'email', 'contact.email', 'customer.email', 'ticket.requester.email', 'ticket.customer.email'],
  会话编号: ['ticket.id', 'conversation.id', 'conversation.displayid', 'ticketid', '工单号'],
  快递公司: ['快递', '物流公司', '物流', '快递公司名', '快递名称'],
  单号: [],
  金额: ['钱数', '多少钱', '多少', 'amount', 'money'],
  优惠金额: ['优惠', '折扣', '优惠额', '立减金额', 'discount'],
  运费: ['邮费', '快递费', 'postage', 'shippingfee'],
  时间: ['几点', '具体时间', 'time'],
  日期: ['几号', 'date'],
  天数: ['几天', 'days'],
  地址: ['address'],
  数量: ['件数', 'quantity', 'qty'],
  颜色: ['color', 'colour'],
  尺码: ['码数', '尺寸', 'size'],
  规格: ['型号', '款式', 'sku', 'variant'],
  链接: ['网址', 'link', 'url'],
  原因: ['reason'],
  电话: [],
};

const MEANINGS = new Map<string, Meaning>([
  ...Object.entries(OPEN_NAMES).flatMap(([open, names]) => [open, ...names].map((name) => [name, { open }] as const)),
  ...Object.entries(SLOT_NAMES).flatMap(([slot, names]) => names.map((name) => [name, { slot }] as const)),
  // Last: what our own export writes has the last word.
  ...Object.entries(SLOT_LABELS).map(([slot, label]) => [label, { slot }] as const),
]);

/** Which field of a Shopify order stands at the end of a long path. */
const ORDER_FIELDS: Readonly<Record<string, string>> = {
  name: 'order.id',
  number: 'order.id',
  ordernumber: 'order.id',
  id: 'order.id',
  totalprice: 'order.amount',
  trackingnumber: 'order.trackingNo',
  trackingcompany: 'order.carrier',
};

/** What a name inside a placeholder means; `undefined`: it is no name that is known. */
export function meaningOf(name: string): Meaning | undefined {
  const folded = foldName(name);
  const known = MEANINGS.get(folded);
  if (known) return known;
  const field = /(?:^|\.)orders?\[\d\]\.(?:.*\.)?([a-z]+)$/.exec(folded)?.[1];
  const slot = field === undefined ? undefined : ORDER_FIELDS[field];
  return slot === undefined ? undefined : { slot };
}

/** One spelling: no filter, no space, no underscore, lower case, no request around the name. */
function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\|.*$/s, '')
    .toLowerCase()
    .replace(/[\s_-]/g, '')
    .replace(/^(?:请)?(?:填写|输入|填入|插入|替换|此处填写|此处填)/, '')
    .replace(/^[:"'“”]+|["'“”]+$/g, '');
}
