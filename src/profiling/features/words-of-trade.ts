import { FAULT_NAMES_ZH } from '../cues/fault-cues.ts';
import type { BuyerTrace } from '../profile-state.ts';
import {
  answeredWith,
  chatFinding,
  countCue,
  type Feature,
  gradeCount,
  lastMs,
  showing,
  tell,
  wordsOf,
} from './feature.ts';

/** Asks specifications, drawbacks, "do I need it". @see BF-01 */
export const asksFacts: Feature = (view, t) => {
  const figures = answeredWith(view, 'figure');
  const said = new Set(showing(view.content, 'spec', 'drawback'));
  const asking = view.content.filter(
    (message) => (said.has(message) || (figures.has(message) && isPlain(message))) && !message.cues.bargain,
  );
  const drawbacks = showing(view.content, 'drawback').length;
  const share = asking.length / Math.max(1, view.content.length);
  if (share < t.specShare) return undefined;
  const drawbacksAlone = asking.filter((message) => said.has(message) && !message.cues.spec).length;
  const understood = asking.filter((message) => !said.has(message)).length;
  const count = countCue(asking, 'spec') + drawbacksAlone + 0.7 * understood + 0.5 * (drawbacks - drawbacksAlone);
  const strength = gradeCount(count, t.specMessages) + (drawbacks > 0 ? 0.1 : 0);
  const told = tell(
    `${asking.length} of ${view.content.length} messages ask for facts`,
    `${view.content.length}句里${asking.length}句在问参数和缺点`,
    wordsOf(asking, 'spec', 'drawback'),
  );
  return chatFinding('BF-01', asking.length > 1 ? strength : strength * 0.7, told, lastMs(asking));
};

/** Whether a message shows nothing that would explain an answer in figures otherwise. */
function isPlain({ cues, faults }: BuyerTrace): boolean {
  return !(cues.amountOffer ?? cues.competitor ?? cues.decideForMe ?? cues.asksAdvice ?? cues.look ?? faults);
}

/** Bargains hard: price-lowering turns, or goes on after a final answer. @see BF-06 */
export const bargainsHard: Feature = (view, t) => {
  const turns = [];
  let afterRefusal = 0;
  let sinceBargain = Number.POSITIVE_INFINITY;
  let refused = false;
  for (const message of view.messages) {
    if (message.from === 'agent') {
      refused = Boolean(message.cues.priceRefusal);
      continue;
    }
    sinceBargain++;
    if (message.cues.compensation && sinceBargain > 3) {
      sinceBargain = 0;
      continue;
    }
    const offers = message.cues.amountOffer && sinceBargain <= 3;
    const haggles = message.cues.compensation && sinceBargain <= 3;
    if (message.cues.bargain || offers || haggles || message.cues.competitor) {
      if (refused && sinceBargain <= 3) afterRefusal++;
      turns.push(message);
      sinceBargain = 0;
    }
  }
  const strength = gradeCount(turns.length, t.bargainTurns) + (afterRefusal > 1 ? 0.15 : 0);
  const words = wordsOf(turns, 'bargain', 'amountOffer');
  const told = tell(`${turns.length} turns to lower the price`, `${turns.length}次压价`, words);
  return chatFinding('BF-06', strength, told, lastMs(turns));
};

/** Cites another shop or another price. @see BF-08 */
export const citesCompetitor: Feature = (view) => {
  const citing = showing(view.buyer, 'competitor');
  const told = tell('cites another shop or price', '拿别家比价', wordsOf(citing, 'competitor'));
  return chatFinding('BF-08', gradeCount(citing.length, 1), told, lastMs(citing));
};

/** Finds fault: different complaints about one item, with or without a demand. @see BF-09 */
export const findsFault: Feature = (view, t) => {
  const finding = view.buyer.filter((message) => message.faults);
  const kinds = new Set(finding.flatMap((message) => message.faults ?? []));
  const demands = showing(view.buyer, 'compensation');
  const demandPart = kinds.size > 0 || demands.length > 2 ? Math.min(0.7, 0.35 * demands.length) : 0;
  const named = [...kinds];
  const told = tell(
    `${kinds.size} kinds of complaint (${named.join(', ')}), ${demands.length} demands`,
    `挑了${kinds.size}类毛病（${named.map((kind) => FAULT_NAMES_ZH[kind] ?? kind).join('、')}），${demands.length}次要补偿`,
  );
  return chatFinding(
    'BF-09',
    gradeCount(kinds.size, t.faultKinds) + demandPart,
    told,
    Math.max(lastMs(finding), lastMs(demands)),
  );
};

/** Takes up coupons and member benefits. @see BF-30 */
export const takesBenefits: Feature = (view) => {
  const taking = showing(view.buyer, 'benefit');
  const told = tell('takes up benefits', '用优惠券和会员权益', wordsOf(taking, 'benefit'));
  return chatFinding('BF-30', gradeCount(taking.length, 1), told, lastMs(taking));
};

/** Driven by look and novelty, without a question of fact. @see BF-11 */
export const drivenByLook: Feature = (view, t) => {
  const looking = showing(view.buyer, 'look').filter((message) => !message.cues.reassurance && !message.faults);
  const facts = showing(view.content, 'spec', 'drawback').filter((message) => !message.cues.look);
  const content = new Set([...view.content, ...looking]).size;
  const share = looking.length / Math.max(1, content);
  if (share < t.lookShare) return undefined;
  const strength = gradeCount(countCue(looking, 'look'), t.lookMessages);
  const told = tell(
    `${looking.length} of ${content} messages on look or novelty`,
    `${content}句里${looking.length}句在说外观和新款`,
    wordsOf(looking, 'look'),
  );
  return chatFinding('BF-11', strength * 0.5 ** facts.length, told, lastMs(looking));
};
