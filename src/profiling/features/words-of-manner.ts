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

/** Self-importance: own status, demands of priority, imperative tone. @see BF-13 */
export const claimsStatus: Feature = (view, t) => {
  const claiming = showing(view.buyer, 'status');
  const deferred = [...answeredWith(view, 'deference')].filter((message) => !message.cues.status).length;
  const understood = claiming.length > 0 ? 0.25 * Math.min(2, deferred) : 0;
  return chatFinding(
    'BF-13',
    gradeCount(countCue(claiming, 'status') + understood, t.statusMessages),
    tell('claims status', '看重身份和优先', wordsOf(claiming, 'status')),
    lastMs(claiming),
  );
};

/** Claims expertise: lectures on the category, corrects the agent. @see BF-15 */
export const claimsExpertise: Feature = (view, t) => {
  const claiming = showing(view.buyer, 'expertise');
  return chatFinding(
    'BF-15',
    gradeCount(countCue(claiming, 'expertise'), t.expertMessages),
    tell('claims expertise', '自称内行', wordsOf(claiming, 'expertise')),
    lastMs(claiming),
  );
};

/** Asks for reassurance: reliability words or one of the six doubts, again and again. @see BF-16 */
export const asksReassurance: Feature = (view, t) => {
  const doubting = showing(view.buyer, 'reassurance');
  const words = doubting.reduce((sum, message) => sum + (message.cues.reassurance?.length ?? 0), 0);
  const kinds = new Set(doubting.flatMap((message) => message.doubts ?? []));
  const comforted = [...answeredWith(view, 'comfort')].filter(
    ({ cues }) => cues.question && !cues.reassurance && !cues.spec && !cues.bargain,
  ).length;
  const understood = doubting.length > 0 ? 0.3 * Math.min(2, comforted) : 0;
  const extra = understood + (words > doubting.length ? 0.3 : 0) + (kinds.size > 2 ? 0.1 : 0);
  const strength = gradeCount(doubting.length + extra, t.reassuranceMessages);
  const quoted = wordsOf(doubting, 'reassurance');
  const told = tell(`${doubting.length} messages of doubt`, `${doubting.length}句不放心的话`, quoted);
  return chatFinding('BF-16', strength, told, lastMs(doubting));
};

/** Personal talk: small talk, shared interests, a named agent; a warm review counts too. @see BF-23 */
export const talksPersonally: Feature = (view, t) => {
  const personal = showing(view.buyer, 'personal', 'namedAgent');
  const both = personal.filter((message) => message.cues.personal && message.cues.namedAgent).length;
  const warmReviews = view.orders.filter((order) => order.review?.personal);
  const wishes = showing(view.buyer, 'wish').filter((message) => !personal.includes(message)).length;
  const known = view.orders.some((order) => order.state === 'completed');
  const chatter = known ? showing(view.buyer, 'offTrade').filter((message) => !personal.includes(message)) : [];
  const rest = view.buyer.filter((message) => !personal.includes(message) && !chatter.includes(message));
  const life = known ? rest.filter(({ cues }) => cues.life && !cues.spec && !cues.bargain && !cues.reassurance) : [];
  const understood = answeredWith(view, 'smallTalk');
  const mirrored = known ? rest.filter((message) => understood.has(message) && !life.includes(message)) : [];
  const count =
    0.7 * life.length +
    0.5 * mirrored.length +
    personal.length +
    0.5 * (Math.min(2, both) + Math.min(2, warmReviews.length)) +
    0.6 * chatter.length +
    Math.min(0.6, 0.3 * wishes);
  const told = tell(
    `${personal.length + chatter.length} personal messages`,
    `${personal.length + chatter.length}句家常话`,
    wordsOf(personal, 'personal', 'namedAgent'),
  );
  const atMs = Math.max(lastMs(personal), lastMs(chatter), warmReviews.at(-1)?.placedAtMs ?? Number.NEGATIVE_INFINITY);
  return chatFinding('BF-23', gradeCount(count, t.personalMessages), told, atMs);
};

/** Asks to be decided for. @see BF-26 */
export const asksToBeDecidedFor: Feature = (view, t) => {
  const leaving = showing(view.buyer, 'decideForMe');
  const advice = showing(view.buyer, 'asksAdvice').filter((message) => !message.cues.decideForMe && !message.cues.spec);
  const count = countCue(leaving, 'decideForMe') + 0.5 * Math.min(1, advice.length);
  const told = tell('leaves the choice to the agent', '让客服拿主意', wordsOf(leaving, 'decideForMe'));
  return chatFinding(
    'BF-26',
    gradeCount(count, t.leaveToYouMessages),
    told,
    lastMs(leaving.length > 0 ? leaving : advice),
  );
};

/** Inexperience: asks how ordering or paying works; no earlier order. @see BF-28 */
export const lacksExperience: Feature = (view) => {
  const asking = showing(view.buyer, 'inexperience');
  const regular = view.orders.filter((order) => order.state === 'completed').length > 1;
  const strength = gradeCount(countCue(asking, 'inexperience'), 1) * (regular ? 0.5 : 1);
  const told = tell('asks how ordering or paying works', '不熟悉怎么下单付款', wordsOf(asking, 'inexperience'));
  return chatFinding('BF-28', strength, told, lastMs(asking));
};
