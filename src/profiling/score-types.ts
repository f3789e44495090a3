import { BUYER_TYPES, type BuyerType } from '../protocol/ids.ts';
import type { FeatureId, Finding } from './profile-state.ts';

type Weights = Partial<Record<FeatureId, number>>;

/**
 * What each feature says for (+) or against (−) a type. Sums near 1 are the documented pattern of the type;
 * all values are inferences. @see domain 03, 3.3 "Signals"
 */
const WEIGHTS: Record<BuyerType, Weights> = {
  'BT-1': {
    'BF-01': 0.75,
    'BF-02': 0.2,
    'BF-03': 0.2,
    'BF-04': 0.42,
    'BF-05': 0.5,
    'BF-06': -0.6,
    'BF-08': -0.2,
    'BF-10': -0.5,
    'BF-11': -0.6,
    'BF-13': -0.3,
    'BF-16': -0.4,
    'BF-17': -0.2,
    'BF-21': -0.3,
    'BF-23': -0.4,
    'BF-26': -0.4,
    'BF-19': -0.3,
    'BF-28': -0.3,
  },
  'BT-2': {
    'BF-06': 1,
    'BF-07': 0.5,
    'BF-08': 0.3,
    'BF-09': 0.6,
    'BF-10': 0.45,
    'BF-23': -0.3,
    'BF-26': -0.2,
    'BF-13': -0.1,
  },
  'BT-3': {
    'BF-11': 0.8,
    'BF-12': 0.33,
    'BF-02': 0.15,
    'BF-01': -0.5,
    'BF-06': -0.4,
    'BF-16': -0.4,
    'BF-17': -0.4,
    'BF-23': -0.2,
    'BF-21': -0.3,
    'BF-09': -0.3,
  },
  'BT-4': {
    'BF-13': 0.8,
    'BF-14': 0.6,
    'BF-15': 0.75,
    'BF-30': 0.2,
    'BF-16': -0.1,
    'BF-26': -0.3,
    'BF-06': -0.2,
    'BF-23': -0.2,
    'BF-29': 0.1,
  },
  'BT-5': {
    'BF-16': 0.95,
    'BF-17': 0.55,
    'BF-18': 0.4,
    'BF-19': 0.5,
    'BF-06': -0.2,
    'BF-10': -0.2,
    'BF-11': -0.1,
    'BF-26': -0.2,
  },
  'BT-6': {
    'BF-21': 0.75,
    'BF-20': 0.17,
    'BF-22': 0.15,
    'BF-01': -0.2,
    'BF-06': -0.4,
    'BF-09': -0.2,
    'BF-10': -0.4,
    'BF-11': -0.3,
    'BF-13': -0.2,
    'BF-16': -0.4,
    'BF-17': -0.3,
    'BF-23': -0.5,
    'BF-24': -0.2,
    'BF-26': -0.2,
    'BF-05': -0.2,
  },
  'BT-7': {
    'BF-23': 0.7,
    'BF-22': 0.25,
    'BF-24': 0.25,
    'BF-25': 0.15,
    'BF-06': -0.4,
    'BF-09': -0.2,
    'BF-10': -0.3,
    'BF-13': -0.3,
    'BF-14': -0.3,
  },
  'BT-8': {
    'BF-26': 0.7,
    'BF-27': 0.55,
    'BF-28': 0.55,
    'BF-01': -0.3,
    'BF-06': -0.4,
    'BF-13': -0.4,
    'BF-15': -0.3,
    'BF-16': -0.3,
    'BF-23': -0.3,
    'BF-11': -0.3,
  },
};

/** Features whose absence speaks weakly for a type, once something else does. @see domain 03, 3.3 */
const ABSENCES: Partial<Record<BuyerType, readonly FeatureId[]>> = {
  'BT-1': ['BF-06', 'BF-16'],
  'BT-3': ['BF-17'],
};
const ABSENCE_WEIGHT = 0.04;

const MAX_SCORE = 1.6;
/** How fast a score becomes certainty. */
const SHARPNESS = 5.5;
/** The score at which a lone type is as likely as `unknown`. */
const UNKNOWN_SCORE = 0.7;

/** A distribution over the eight types; what is missing to 1 is `unknown`. @see BT-P2 */
export function scoreTypes(findings: readonly Finding[]): Record<BuyerType, number> {
  const strengths = new Map(findings.map((finding) => [finding.feature, finding.strength]));
  const masses = BUYER_TYPES.map((type) => Math.exp(SHARPNESS * scoreType(type, strengths)) - 1);
  const total = masses.reduce((sum, mass) => sum + mass, Math.exp(SHARPNESS * UNKNOWN_SCORE) - 1);
  const shares = BUYER_TYPES.map((type, index) => [type, masses[index]! / total] as const);
  return Object.fromEntries(shares) as Record<BuyerType, number>;
}

function scoreType(type: BuyerType, strengths: ReadonlyMap<FeatureId, number>): number {
  let score = 0;
  for (const [feature, strength] of strengths) score += (WEIGHTS[type][feature] ?? 0) * strength;
  if (score > 0.4) for (const feature of ABSENCES[type] ?? []) if (!strengths.has(feature)) score += ABSENCE_WEIGHT;
  return Math.min(MAX_SCORE, Math.max(0, score));
}
