/** What a buyer's message can show; features count them. */
export const BUYER_CUES = [
  'greeting',
  'agreement',
  'thanks',
  'question',
  'spec',
  'drawback',
  'bargain',
  'amountOffer',
  'competitor',
  'quality',
  'compensation',
  'benefit',
  'look',
  'ordersNow',
  'status',
  'nudge',
  'neglect',
  'curtAnswer',
  'expertise',
  'insistence',
  'threat',
  'reassurance',
  'orderWorry',
  'comparison',
  'hesitation',
  'breakOff',
  'routine',
  'namedAgent',
  'personal',
  'life',
  'wish',
  'shortAnswer',
  'decideForMe',
  'asksAdvice',
  'inexperience',
  'asksWhatItIs',
  'offTrade',
] as const;
export type BuyerCue = (typeof BUYER_CUES)[number];

/** What an agent's message can show. */
export const AGENT_CUES = [
  'proposal',
  'priceRefusal',
  'correction',
  'figure',
  'smallTalk',
  'deference',
  'comfort',
] as const;
export type AgentCue = (typeof AGENT_CUES)[number];

/** How a cue is found: any match of `pattern` in the text, once every match of `unless` is cut out. */
export interface CuePattern {
  /** Global, on simplified lower-case text with half-width punctuation. */
  pattern: RegExp;
  unless?: RegExp;
}
