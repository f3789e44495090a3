/** Ways to write an account outside the platform, disguises included; pieces of a pattern over the tight view. */
export const ACCOUNTS: readonly string[] = [
  '微信',
  '[薇威徽葳溦维魏卫唯崴巍嶶微v][信心芯辛xX]',
  '微号',
  '薇号',
  '威号',
  'v号',
  '(?<![a-z])(?:wei?xin|weixin|wechat|vx|wx|v信|w信|vxin|weix)(?![a-z])',
  'wei信',
  '微xin',
  '卫星号?',
  '绿泡泡',
  '绿色软件',
  '小绿',
  '(?<![a-z])q{2}(?![a-z糖弹软星])',
  '扣扣',
  '球球号?',
  '抠抠',
  '口口号',
  '企鹅号?',
  'q号',
  '扣号',
  '(?<![a-z])(?:whatsapp|telegram|tg|ins)(?![a-z])',
  '钉钉',
  '私人号',
  '个人号',
];

/** Groups and feeds a buyer may not be drawn into. */
export const GROUPS: readonly string[] = [
  '(?:微信|薇信|v信|粉丝|福利|会员|vip|优惠|老客|老客户|客户|车友|宝妈|内部|秒杀|团购|交流|q|qq|扣扣|扣|企鹅|微|薇)群',
  '群号',
];

/** Feeds of other platforms. */
export const FEEDS: readonly string[] = [
  '公[众重种仲]号',
  '微信小程序',
  '视频号',
  '小红书',
  '抖音',
  '快手',
  '微博',
  '朋友圈',
  '闲鱼',
  '拼多多',
  '小程序商城',
  '微店',
];

/** Words of a platform errand for which a code to scan is shown. */
export const CODE_ERRANDS: readonly string[] = [
  '取件',
  '提货',
  '说明书',
  '驿站',
  '面单',
  '防伪',
  '验真',
  '溯源',
  '寄件',
  '登录',
  '自提',
  '取货',
  '教程',
  '安装视频',
  '发票',
  '核销',
];

/** Words of a pending matter for which a phone call is in place. */
export const PENDING_MATTERS: readonly string[] = [
  '售后',
  '破损',
  '退换',
  '退货',
  '退款',
  '换货',
  '维修',
  '物流',
  '快递',
  '包裹',
  '派送',
  '配送',
  '补发',
  '核实',
  '处理',
  '投诉',
  '安装',
  '上门',
  '取件',
  '收货',
  '收件',
  '地址',
  '发票',
  '订单',
  '预留',
  '充值',
  '绑定',
];

/** Disguises that nobody writes for another reason: objected to wherever they are meant. */
export const DISGUISES: readonly string[] = [
  '[薇徽葳溦崴巍嶶v][信心](?![用息号心])',
  'v信号?',
  '微心|威心|微[Xx]in',
  '(?<![a-z])(?:wei?xin|weix|vxin|wechat)(?![a-z])',
  '(?<![a-z0-9])v[xX](?![a-z0-9])',
  '(?<![a-z0-9])wx(?![a-z0-9])',
  '扣扣(?![子上好])',
  '(?<![a-z])q{2}群|扣群|q群',
  '绿泡泡',
];
