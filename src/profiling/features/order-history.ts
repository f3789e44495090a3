import type { OrderTrace } from '../profile-state.ts';
import { chatFinding, type Feature, gradeCount, median, orderFinding, showing, tell, wordsOf } from './feature.ts';

const DAY = 86_400_000;

/** Pays fast: order to payment, median over history. @see BF-03 */
export const paysFast: Feature = (view, t) => {
  const paid = view.orders.filter((order) => order.paidAtMs !== undefined);
  const last = paid.at(-1);
  if (!last) return undefined;
  const delay = median(paid.map((order) => order.paidAtMs! - order.placedAtMs));
  if (delay > t.payFastMs) return undefined;
  const minutes = Math.round(delay / 60_000);
  const told = tell(`pays within ${minutes} min`, minutes < 1 ? '下单后马上付款' : `下单后${minutes}分钟内付款`);
  return orderFinding('BF-03', paid.length > 1 ? 1 : 0.7, told, last.paidAtMs!);
};

/** Confirms receipt early, by hand. @see BF-04 */
export const confirmsEarly: Feature = (view, t) => {
  const confirmed = view.orders.filter((order) => order.confirmedAtMs !== undefined && order.signedAtMs !== undefined);
  const byHand = confirmed.filter((order) => order.confirmedBy === 'buyer');
  const last = byHand.at(-1);
  if (!last || byHand.length * 2 <= confirmed.length) return undefined;
  const delay = median(byHand.map((order) => order.confirmedAtMs! - order.signedAtMs!));
  if (delay > t.confirmEarlyMs) return undefined;
  const days = (delay / DAY).toFixed(1);
  const told = tell(`confirms ${days} days after signing`, `签收后${days}天就确认收货`);
  return orderFinding('BF-04', byHand.length > 1 ? 1 : 0.7, told, last.confirmedAtMs!);
};

/** Reviews briefly and fairly, in own words. @see BF-05 */
export const reviewsBriefly: Feature = (view, t) => {
  const completed = view.orders.filter((order) => order.state === 'completed' || order.review);
  const brief = completed.filter(
    (order) => order.review && order.review.length <= t.reviewMaxChars && !order.review.personal,
  );
  const last = brief.at(-1);
  if (!last || brief.length / completed.length < t.reviewShare) return undefined;
  const told = tell(`${brief.length} brief reviews`, `${brief.length}条评价都很简短`);
  return orderFinding('BF-05', brief.length > 1 ? 1 : 0.7, told, last.placedAtMs);
};

/** Claims often: returns, compensation, partial refunds. @see BF-10 */
export const claimsOften: Feature = (view, t) => {
  const real = view.orders.filter((order) => order.state !== 'closed' && order.state !== 'unpaid');
  const claimed = real.filter((order) => order.claimed);
  const last = claimed.at(-1);
  const share = claimed.length / Math.max(1, real.length);
  if (!last || real.length < t.claimMinOrders || share < t.claimShare) return undefined;
  const strength = 1 + (claimed.length - 1) * 0.3 + (share > 2 * t.claimShare ? 0.1 : 0);
  const told = tell(
    `claims on ${claimed.length} of ${real.length} orders`,
    `${real.length}个订单里${claimed.length}个要求过退换或补偿`,
  );
  return orderFinding('BF-10', strength, told, last.placedAtMs);
};

/** Breaks off: let an order lapse, or left the checkout, and came back. @see BF-18 */
export const breaksOff: Feature = (view, t) => {
  const newest = Math.max(view.buyer.at(-1)?.atMs ?? 0, view.orders.at(-1)?.placedAtMs ?? 0);
  const lapsed = view.orders.filter(
    (order) =>
      (order.state === 'closed' && order.paidAtMs === undefined && order.placedAtMs < newest) ||
      (order.state === 'unpaid' && newest - order.placedAtMs >= t.lapseMs),
  );
  const told = showing(view.buyer, 'breakOff');
  const count = lapsed.length + (told.length > 0 ? 0.7 : 0);
  const shown = tell(
    `${lapsed.length} lapsed orders${told.length > 0 ? ', tells of it' : ''}`,
    `${lapsed.length}个订单没付款${told.length > 0 ? '，自己也说到' : ''}`,
    wordsOf(told, 'breakOff'),
  );
  const atMs = Math.max(lapsed.at(-1)?.placedAtMs ?? 0, told.at(-1)?.atMs ?? 0);
  return lapsed.length > 0
    ? orderFinding('BF-18', gradeCount(count, 1), shown, atMs)
    : chatFinding('BF-18', gradeCount(count, 1), shown, atMs);
};

/** Orders without a chat in the days before. @see BF-20 */
export const ordersSilently: Feature = (view, t) => {
  const real = view.orders.filter((order) => order.state !== 'closed');
  const talks = [...view.chatsEndedMs, ...view.buyer.map((message) => message.atMs)];
  const silent = real.filter(
    (order) => !talks.some((at) => at <= order.placedAtMs && order.placedAtMs - at <= t.silentMs),
  );
  const last = silent.at(-1);
  if (!last || silent.length * 2 < real.length) return undefined;
  const told = tell(`${silent.length} orders without a chat`, `${silent.length}个订单没咨询就下了`);
  return orderFinding('BF-20', gradeCount(silent.length, 3), told, last.placedAtMs);
};

/** Buys one category again and again at regular intervals; says "as always". @see BF-21 */
export const buysRoutinely: Feature = (view, t) => {
  const real = view.orders.filter((order) => order.state !== 'closed');
  let best: { orders: OrderTrace[]; strength: number } | undefined;
  for (const category of new Set(real.flatMap((order) => order.categories))) {
    const orders = real.filter((order) => order.categories.includes(category));
    const strength =
      gradeRoutine(orders, t.routineOrders, t.routineSpread) * (isConsumable(category, orders) ? 1 : 0.3);
    if (strength > (best?.strength ?? 0)) best = { orders, strength };
  }
  const said = showing(view.buyer, 'routine');
  const saidPart = real.length > 1 ? Math.min(0.5, 0.25 * said.length) : 0;
  const strength = (best?.strength ?? 0) + saidPart;
  const count = best?.orders.length ?? 0;
  const words = wordsOf(said, 'routine');
  const told = tell(`${count} orders of one kind at intervals`, `同类商品隔一阵买一次，共${count}单`, words);
  const atMs = Math.max(best?.orders.at(-1)?.placedAtMs ?? 0, said.at(-1)?.atMs ?? 0);
  return orderFinding('BF-21', strength, told, atMs);
};

/** A regular of this shop. @see BF-22 */
export const isRegular: Feature = (view, t) => {
  const completed = view.orders.filter((order) => order.state === 'completed');
  const last = completed.at(-1);
  return (
    last &&
    orderFinding(
      'BF-22',
      gradeCount(completed.length, t.regularOrders),
      tell(`${completed.length} completed orders`, `在本店完成过${completed.length}个订单`),
      last.placedAtMs,
    )
  );
};

/** Large baskets: pieces per order above the shop's 75th percentile. @see BF-25 */
export const fillsBaskets: Feature = (view, t) => {
  const real = view.orders.filter((order) => order.state !== 'closed');
  const last = real.at(-1);
  const pieces = median(real.map((order) => order.pieces));
  if (!last || pieces <= t.basketPieces) return undefined;
  return orderFinding('BF-25', 1, tell(`${pieces} pieces an order`, `每单买${pieces}件`), last.placedAtMs);
};

const CONSUMABLE =
  /充值|话费|流量|点卡|游戏|会员卡|耗材|日化|日用|洗护|清洁|洗|纸|粮|米|油盐|调味|猫砂|宠物|奶粉|尿|母婴|饮用水|水|茶|咖啡|酒|饮料|零食|生鲜|鸡蛋|滤|墨|镜片|隐形|电池|保健|营养|鱼饵|饲料|烟|燃料|卫生|护理|消耗|办公/;

/** What is used up and bought again: by its kind, or because it is the same product each time. */
function isConsumable(category: string, orders: readonly OrderTrace[]): boolean {
  const same = orders.filter((order) => order.titles.some((title) => orders[0]!.titles.includes(title)));
  return same.length * 3 >= orders.length * 2 || CONSUMABLE.test(category);
}

/** 0 without a rhythm; orders of the same day are one purchase. */
function gradeRoutine(orders: readonly OrderTrace[], needed: number, spread: number): number {
  const days = orders.map((order) => order.placedAtMs).sort((a, b) => a - b);
  const moments = days.filter((at, index) => index === 0 || at - days[index - 1]! > DAY / 2);
  if (moments.length < needed) return moments.length === needed - 1 && needed > 2 ? 0.25 : 0;
  const gaps = moments.slice(1).map((at, index) => at - moments[index]!);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  const beyond = Math.max(0, deviation / mean - spread) / spread;
  // Twice the spread is no rhythm any more.
  return Math.max(0.25, gradeCount(moments.length, needed) * (1 - 0.75 * Math.min(1, beyond)));
}
