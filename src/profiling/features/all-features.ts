import type { Finding } from '../profile-state.ts';
import type { Thresholds } from '../settings.ts';
import type { BuyerView, Feature } from './feature.ts';
import {
  breaksOff,
  buysRoutinely,
  claimsOften,
  confirmsEarly,
  fillsBaskets,
  isRegular,
  ordersSilently,
  paysFast,
  reviewsBriefly,
} from './order-history.ts';
import { buysFirstFit, comparesSlowly, decidesFast, reactsToNeglect } from './rhythm-of-chat.ts';
import {
  agreesEasily,
  attacksPriceAfterQuality,
  holdsWrongBelief,
  talksInEveryPhase,
  worriesAfterPurchase,
} from './sequence-of-turns.ts';
import {
  asksReassurance,
  asksToBeDecidedFor,
  claimsExpertise,
  claimsStatus,
  lacksExperience,
  talksPersonally,
} from './words-of-manner.ts';
import { asksFacts, bargainsHard, citesCompetitor, drivenByLook, findsFault, takesBenefits } from './words-of-trade.ts';

/** BF-01 … BF-30. */
export const ALL_FEATURES: readonly Feature[] = [
  asksFacts,
  decidesFast,
  paysFast,
  confirmsEarly,
  reviewsBriefly,
  bargainsHard,
  attacksPriceAfterQuality,
  citesCompetitor,
  findsFault,
  claimsOften,
  drivenByLook,
  buysFirstFit,
  claimsStatus,
  reactsToNeglect,
  claimsExpertise,
  asksReassurance,
  comparesSlowly,
  breaksOff,
  worriesAfterPurchase,
  ordersSilently,
  buysRoutinely,
  isRegular,
  talksPersonally,
  talksInEveryPhase,
  fillsBaskets,
  asksToBeDecidedFor,
  agreesEasily,
  lacksExperience,
  holdsWrongBelief,
  takesBenefits,
];

/** Computes every feature of a view. */
export function findFeatures(view: BuyerView, thresholds: Thresholds): Finding[] {
  return ALL_FEATURES.map((feature) => feature(view, thresholds)).filter((finding) => finding !== undefined);
}
