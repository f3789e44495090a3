import type { BuyerType } from '../../../protocol/ids.ts';

/** Neutral names of the types; no other name may appear in the desk. @see BT-P4 */
export const codes: Readonly<Record<BuyerType, string>> = {
  'BT-1': 'fact_first',
  'BT-2': 'bargain_first',
  'BT-3': 'look_first',
  'BT-4': 'status_first',
  'BT-5': 'safety_first',
  'BT-6': 'routine',
  'BT-7': 'relation_first',
  'BT-8': 'needs_lead',
};
