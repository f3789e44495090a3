/** What a task of the shop is about: the open items of a hand-over, parcels to confirm, talks to look at. */
import type { PostedReview } from '../desk/clock-store.ts';
import type { Shop } from '../desk/ports.ts';
import type { RuleId } from '../followups/rules.ts';
import { DAY_MS, shiftDate, toWallTime } from '../lib/wall-time.ts';
import { formatTime, startOfDay } from '../lib/zoned-time.ts';
import type { Desk } from './desk.ts';
import { stepsOf } from './shop-steps.ts';

/** Title of the task and its lines, in Chinese. */
export interface ShopReport {
  title: string;
  lines: string[];
  /** Buyers to be spoken to about their review, each a task of its own. */
  contacts?: readonly PostedReview[];
}

const MOST_LINES = 40;
const WEEK_MS = 7 * DAY_MS;
/** Talks a sample holds. */
const SAMPLE = 5;
/** Reviews up to this score have a timer of their own. @see FU-33 */
const LOW_SCORE = 3;
/** Most buyers that are spoken to about the reviews of one day. */
const MOST_CONTACTS = 20;
/** Fewer talks than these say nothing about an agent. */
const LEAST_TALKS = 5;

/** The clocks that are open matters, by name. */
const MATTERS = { answer: '答应查证的回复', logisticsCase: '物流问题' } as const;

type Report = (desk: Desk, shop: Shop, sinceMs: number, nowMs: number) => Promise<ShopReport>;

const REPORTS: Partial<Record<RuleId, Report>> = {
  'FU-22': reportHandOver,
  'FU-23': reportSample,
  'FU-24': reportCases,
  'FU-25': reportTyping,
  'FU-26': reportReviews,
  'FU-28': reportClaims,
  'FU-32': reportParcels,
  'FU-44': reportAgents,
};

/**
 * Reads what the task of a rule is about.
 *
 * @param sinceMs the occurrence before
 */
export async function readReport(
  desk: Desk,
  shop: Shop,
  rule: RuleId,
  sinceMs: number,
  nowMs: number,
): Promise<ShopReport> {
  const report = await REPORTS[rule]?.(desk, shop, sinceMs, nowMs);
  if (!report) return { title: '按约定的时间处理', lines: [] };
  const { lines } = report;
  const more = lines.length - MOST_LINES;
  const shown = more > 0 ? [...lines.slice(0, MOST_LINES), `还有 ${more} 项`] : lines;
  return { ...report, lines: [...shown, ...stepsOf(rule)] };
}

/** Everything that the night has left open. @see FU-22 */
async function reportHandOver(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const [owed, clocks, tasks] = await Promise.all([
    desk.ledger.desk.owed(shop.id),
    desk.ledger.clocks.open(shop.id, nowMs, 200),
    desk.ledger.desk.tasks(shop.id),
  ]);
  const when = (ms: number) => formatTime(ms, shop.tz).slice(5, 16).replace('T', ' ');
  const matters = clocks.filter((clock) => clock.kind === 'answer' || clock.kind === 'logisticsCase');
  const open = tasks.filter(({ kind }) => kind !== 'shop_timer');
  const lines = [
    ...owed.map(
      ({ buyerName, promisedAt }) =>
        `留言待回复：${buyerName}${promisedAt === undefined ? '' : `（答应 ${when(promisedAt)} 前）`}`,
    ),
    ...matters.map(
      ({ kind, buyerName, dueAt }) => `${MATTERS[kind as keyof typeof MATTERS]}：${buyerName}（${when(dueAt)} 到期）`,
    ),
    ...open.map(
      ({ title, buyerName, dueAt }) =>
        `待办：${buyerName === undefined ? '' : `${buyerName}，`}${title}${dueAt === undefined ? '' : `（${when(dueAt)} 前）`}`,
    ),
  ];
  return { title: `${owed.length} 条留言、${matters.length} 个未结问题、${open.length} 件待办`, lines };
}

/** Talks drawn evenly, so that nobody is picked by hand. @see FU-23, KPI-25 */
async function reportSample(desk: Desk, shop: Shop, sinceMs: number, nowMs: number): Promise<ShopReport> {
  const talks = await desk.ledger.shopTimers.talks(shop.id, Math.min(sinceMs, nowMs - 2 * DAY_MS));
  const step = Math.max(1, Math.floor(talks.length / SAMPLE));
  const lines = talks
    .filter((_, index) => index % step === 0)
    .slice(0, SAMPLE)
    .map(({ buyerName, agentName, conversationId }) => `${buyerName} · ${agentName ?? '无人接待'} · ${conversationId}`);
  return { title: `抽查 ${lines.length} 段聊天，写下结论给全组看`, lines };
}

/** Missed limits of the week are the typical cases to talk about. @see FU-24 */
async function reportCases(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const tally = await desk.ledger.clocks.tally(shop.id, nowMs - WEEK_MS, nowMs);
  const counters = await desk.ledger.desk.counters(shop.id, nowMs - WEEK_MS, nowMs, []);
  const missed = tally.reduce((sum, clock) => sum + clock.missed, 0);
  const edited = counters.scripts.filter((script) => script.edited > 0).slice(0, 5);
  const lines = edited.map(({ scriptId, edited: times }) => `话术 ${scriptId} 被改过 ${times} 次：看看要不要修订`);
  return { title: `典型案例和话术修订（本周响应超时 ${missed} 次）`, lines };
}

/** Text of the work flow or of a product; a test in the first week of a month. @see FU-25 */
async function reportTyping(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const { products } = await desk.window.view(shop.id);
  const { date } = toWallTime(nowMs, shop.tz);
  const week = Math.floor(Date.parse(`${date}T00:00:00Z`) / WEEK_MS);
  const product = products.length === 0 ? undefined : products[week % products.length];
  const isTest = shiftDate(date, -7).slice(0, 7) !== date.slice(0, 7);
  const lines = product === undefined ? [] : [`练习内容：「${product.title}」的商品知识`];
  return { title: isTest ? '本月打字测试，进步的有奖励' : '用业务流程或商品知识练习打字', lines };
}

/** Good reviews of the day; who tells of a problem in one is spoken to, unless they asked for rest. @see FU-26, REC-14 */
async function reportReviews(desk: Desk, shop: Shop, sinceMs: number): Promise<ShopReport> {
  const reviews = await desk.ledger.shopTimers.goodReviews(shop.id, sinceMs, LOW_SCORE);
  const withIssue = reviews.filter(({ issue }) => issue !== undefined);
  const contacts = withIssue.filter(({ wantsRest }) => !wantsRest).slice(0, MOST_CONTACTS);
  const lines = withIssue.map(({ buyerName, orderId, issue }) => `${buyerName} · 订单 ${orderId}：${issue}`);
  return { title: `${reviews.length} 条好评，${withIssue.length} 条说到问题`, lines, contacts };
}

/** @see FU-28, REC-04 */
async function reportClaims(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const { date } = toWallTime(nowMs, shop.tz);
  const monthMs = startOfDay(Date.parse(`${date.slice(0, 7)}-01T12:00:00Z`), shop.tz);
  const claims = await desk.ledger.shopTimers.claims(shop.id, monthMs);
  return { title: `本月 ${claims.length} 笔快递赔偿待结算`, lines: claims.map((orderId) => `订单 ${orderId}`) };
}

/** Marked as shipped is what the courier has scanned, and nothing else. @see FU-32, TRAP-11 */
async function reportParcels(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const parcels = await desk.ledger.shopTimers.parcels(shop.id, startOfDay(nowMs, shop.tz));
  const state = { printed: '已打单', shipped: '已标发货' } as const;
  return {
    title: `${parcels.length} 个包裹，按揽收扫描确认后再标记发货`,
    lines: parcels.map((parcel) => `订单 ${parcel.orderId}（${state[parcel.state]}）`),
  };
}

/** A hint for training: no ranking, no sanction, and nobody named by a handful of talks. @see FU-44, KPI-07, TRAP-13 */
async function reportAgents(desk: Desk, shop: Shop, _since: number, nowMs: number): Promise<ShopReport> {
  const talks = await desk.ledger.shopTimers.talks(shop.id, nowMs - WEEK_MS);
  const byAgent = [
    ...Map.groupBy(
      talks.filter((talk) => talk.agentName !== undefined),
      (talk) => talk.agentName!,
    ),
  ]
    .map(([name, own]) => ({ name, talks: own.length, replied: own.filter((talk) => talk.replied).length }))
    .filter((agent) => agent.talks >= LEAST_TALKS);
  const all = byAgent.reduce(
    (sum, agent) => ({ talks: sum.talks + agent.talks, replied: sum.replied + agent.replied }),
    {
      talks: 0,
      replied: 0,
    },
  );
  const [rate, reception] = [all.replied / all.talks, all.talks / byAgent.length];
  const lines = byAgent.flatMap((agent) => {
    const own = agent.replied / agent.talks;
    const below = [
      own < rate ? `回复率 ${percent(own)}（全组 ${percent(rate)}）` : undefined,
      agent.talks < reception ? `接待 ${agent.talks} 段（平均 ${Math.round(reception)}）` : undefined,
    ].filter((one) => one !== undefined);
    return below.length === 0 ? [] : [`${agent.name}：${below.join('，')}`];
  });
  return { title: `${lines.length} 人可以重点辅导（仅供培训，不作处罚或排名）`, lines };
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
