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
    ['几天能到我这', 'shipped', ['LOG-01']],
    ['几天能到我这', undefined, ['PRE-20']],
    ['你们发的什么快递', 'shipped', ['PRE-20']],
    ['SF1029384756102 今天能送到不', undefined, ['LOG-01']],
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
    ['箱子没破 里头的碗缺个口', 'signed', ['AS-07']],
    ['杯子裂了 盒子倒是完好', 'signed', ['AS-07']],
    ['箱子没破 就是少了一个', 'signed', ['AS-03', 'AS-04']],
    ['箱子破了里面也碎了', 'signed', ['AS-06', 'LOG-06']],
  ],
  'refund: goods kept, goods back, not shipped': [
    ['不退货 给我退点差价就行', 'signed', ['AS-17']],
    ['退我十五块得了 懒得寄回去', 'signed', ['AS-17']],
    ['钱退我 货我不寄了', 'signed', ['AS-17']],
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

/** Look-alikes beside the table: the thing said decides, not the words around it. */
export const THINGS_SAID: Record<string, [text: string, state: OrderState | undefined, first: string[]][]> = {
  'to give way is a price; to let somebody do something is none': [
    ['老板让我十块钱 马上就付', 'unpaid', ['PRE-14']],
    ['还能让点不 让的话立刻拍', undefined, ['PRE-14']],
    ['让我弟弟晚上来付钱', 'unpaid', ['IN-06', 'IN-04']],
  ],
  'when goods leave: a purchase thought of, or one made': [
    ['现拍的话哪天能出库', undefined, ['PRE-19']],
    ['要是今天下单几时能走货', undefined, ['PRE-19']],
    ['今天刚下的单 几时能发', undefined, ['IN-17']],
  ],
  'a present to be chosen, or one packed': [
    ['送岳父的 你帮忙选一样', undefined, ['PRE-04']],
    ['我是送人的 帮我包漂亮点', 'paid', ['IN-15']],
  ],
  'several orders: one parcel, or one question about all': [
    ['俩订单塞同一个箱子里寄我', 'paid', ['IN-20']],
    ['两个订单怎么一块都还没发走', 'paid', ['IN-17', 'IN-18']],
  ],
  'a return with a reason of one’s own, or a question how': [
    ['没相中 给你们退回去', 'signed', ['AS-10']],
    ['不喜欢 退回去寄到哪个地址', 'signed', ['AS-14']],
    ['不喜欢 退的话运费谁出', 'signed', ['AS-15']],
  ],
  'goods are back: money is missing, or agreement is asked for': [
    ['退货都到你们仓库了 钱呢', 'signed', ['AS-19']],
    ['退件你们都签收了 咋还不打款', 'completed', ['AS-19']],
    ['退货申请提交了 麻烦同意一下退款', 'signed', ['AS-16']],
  ],
};
