import type { OrderState } from '../../src/protocol/ids.ts';

/** Each row of domain 04, section 4.9: what is said, the state of the order, and the intents that may come first. */
export const LOOK_ALIKES: Record<string, [text: string, state: OrderState | undefined, first: string[]][]> = {
  'cheaper: a discount, or a comparison where another seller or price is named': [
    ['能不能再便宜一点', undefined, ['PRE-14']],
    ['给个优惠价呗', undefined, ['PRE-14']],
    ['别人家同样的才卖60', undefined, ['PRE-13']],
    ['我在另一家看到的比你便宜', undefined, ['PRE-13']],
    ['人家那边只要45 你便宜点我就买', undefined, ['PRE-13']],
  ],
  'return: conditions before the purchase, withdrawal before shipping, a return after signing': [
    ['不合适能退货吗', undefined, ['PRE-21']],
    ['我想退掉', 'paid', ['IN-10', 'AS-18']],
    ['我想退掉', 'printed', ['IN-11', 'AS-18']],
    ['我想退掉', 'shipped', ['IN-12']],
    ['我想退掉', 'signed', ['AS-01']],
  ],
  'when shipped: before the order, in the norm, near or past due, on its way': [
    ['什么时候发货', undefined, ['PRE-19']],
    ['什么时候发货', 'paid', ['IN-17']],
    ['什么时候发货', 'printed', ['IN-17']],
    ['都过了你们说的时间了还没发货', 'paid', ['IN-18']],
    ['一个礼拜了怎么还不发', 'printed', ['IN-18']],
    ['什么时候发货', 'shipped', ['LOG-01']],
  ],
  'change: style or size by the state of the order, address, price': [
    ['我要换成大一码的', 'paid', ['IN-10']],
    ['我要换成大一码的', 'printed', ['IN-11']],
    ['我要换成大一码的', 'signed', ['AS-01', 'AS-10']],
    ['地址写错了 帮我改一下', 'paid', ['IN-13']],
    ['地址写错了 帮我改一下', 'shipped', ['IN-13']],
    ['你把价格改一下我好付款', 'unpaid', ['IN-07']],
  ],
  'missing: a parcel that has not arrived, an item that is not in it': [
    ['我的包裹不见了', 'shipped', ['LOG-04']],
    ['显示签收但是我没收到', 'signed', ['LOG-04']],
    ['拆开少了一个盖子', 'signed', ['AS-04', 'AS-03']],
    ['买了四个只有三个', 'signed', ['AS-03', 'AS-04']],
  ],
  'broken: damage on the way, a fault of the goods': [
    ['外包装都烂了里面也摔坏了', 'signed', ['AS-06', 'LOG-06']],
    ['箱子破了我拒收了', 'shipped', ['LOG-05']],
    ['包装完好 但是衣服开线了', 'signed', ['AS-07']],
    ['刚拿到就发现有个洞', 'signed', ['AS-07']],
  ],
  'refund: goods kept, goods back, not shipped': [
    ['不退货 给我退点差价就行', 'signed', ['AS-17']],
    ['货退给你们 钱退给我', 'signed', ['AS-16', 'AS-01']],
    ['还没发货的话给我退款', 'paid', ['AS-18', 'IN-10']],
    ['还没发货的话给我退款', 'printed', ['AS-18', 'IN-11']],
  ],
  'an open end, or a clear no': [
    ['我再想想吧', undefined, ['GEN-05']],
    ['回头再说 我先看看别的', undefined, ['GEN-05']],
    ['不买了', undefined, ['GEN-06']],
    ['算了 我不要了', undefined, ['GEN-06']],
  ],
  'postage: before the sale, in a case': [
    ['邮费多少', undefined, ['PRE-20']],
    ['包邮吗', undefined, ['PRE-20']],
    ['退货的邮费你们出吗', 'signed', ['AS-15']],
    ['来回运费谁承担', 'signed', ['AS-15']],
  ],
  'a doubt, or a plain question': [
    ['这网站靠得住吗 会不会骗钱', undefined, ['PRE-22', 'PRE-25']],
    ['你们店信誉怎么样 可靠吗', undefined, ['PRE-23']],
    ['不会是假货吧', undefined, ['PRE-24', 'PRE-11']],
    ['先付款安全不', undefined, ['PRE-25']],
    ['路上弄丢了怎么办', undefined, ['PRE-26']],
    ['怕买回来不合适', undefined, ['PRE-27']],
    ['是什么材质的', undefined, ['PRE-01']],
    ['有几种颜色', undefined, ['PRE-01']],
  ],
};
