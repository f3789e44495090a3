/** What a task of the shop that people start or work off asks of them, step by step, in Chinese. */
import type { RuleId } from '../followups/rules.ts';

const STEPS: Partial<Record<RuleId, readonly string[]>> = {
  'FU-26': [
    '看新的好评里有没有说到问题，分成商品、尺码、物流、服务登记',
    '合适的联系买家解决（话术「好评里的小问题」），不提改评价',
  ],
  'FU-27': ['只用平台的活动工具，规则和金额先在活动页公示', '由平台抽取，不由人挑；买家问起用话术「红包抽取告知」'],
  'FU-39': ['把款式、批次、问题、人数和照片告诉生产和采购', '有了答复告诉客服，同款在售的先提醒买家'],
  'FU-40': ['按安排的时间看货试用：尺码偏差、手感、和图片的差别', '卖点、搭配和缺点补进商品资料，没到场的另约时间'],
  'FU-49': ['给客服讲清价格、优惠怎么叠加、怎么向买家解释', '没听到的补讲，话术里的旧活动撤下'],
};

/** The steps of a rule; `[]`: its title says it all. @see FU-26, FU-27, FU-39, FU-40, FU-49 */
export function stepsOf(rule: RuleId): readonly string[] {
  return STEPS[rule] ?? [];
}
