import type { Rule } from '../rule.ts';
import { ADVICE_RULES } from './advice.ts';
import { AFTER_SALE_RULES } from './after-sale.ts';
import { CURT_RULES } from './curt.ts';
import { withEnglish } from './english.ts';
import { EXAGGERATION_RULES } from './exaggeration.ts';
import { FORM_RULES } from './form.ts';
import { MANNER_RULES } from './manners.ts';
import { OFF_PLATFORM_RULES } from './off-platform.ts';
import { PRESSURE_RULES } from './pressure.ts';
import { PRICE_RULES } from './price.ts';
import { PRIVACY_RULES } from './privacy.ts';
import { PRODUCT_RULES } from './product-facts.ts';
import { PROMISE_RULES } from './promises.ts';
import { REFUND_RULES } from './refunds.ts';
import { REVIEW_RULES } from './reviews.ts';
import { withSplit } from './split.ts';

/** Every taboo of domain 11, by id. */
export const RULES: readonly Rule[] = [
  ...FORM_RULES,
  ...CURT_RULES,
  ...ADVICE_RULES,
  ...PRESSURE_RULES,
  ...EXAGGERATION_RULES,
  ...PROMISE_RULES,
  ...PRODUCT_RULES,
  ...PRICE_RULES,
  ...AFTER_SALE_RULES,
  ...REFUND_RULES,
  ...MANNER_RULES,
  ...REVIEW_RULES,
  ...OFF_PLATFORM_RULES,
  ...PRIVACY_RULES,
]
  .map(withEnglish)
  .map(withSplit)
  .toSorted((a, b) => a.id.localeCompare(b.id));
