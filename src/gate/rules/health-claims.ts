import { knownAboutProduct } from '../known-facts.ts';
import { findAll, findDisguised, sentenceOf, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';
import { hasWord } from '../stated-facts.ts';
import { CURE_IN_TIME, CURES, HEALTH } from '../words/product.ts';

const HEALTH_CLAIM = new RegExp(HEALTH.join('|'), 'g');
const RECOVERY = new RegExp(CURE_IN_TIME, 'g');
/** What the goods do not do: a wish, a doctor's advice, a time to wait for. */
const NOT_BY_GOODS = /祝|希望|早日|早点|(?:看|找|问|咨询)医生|就医|遵医|医院|等[^,。]{0,6}(?:好|退|消)/;
const DISCLAIMER =
  /(?:没有|不具有?|不具备|不能|不代替|无)(?:任何)?(?:医疗|治疗|药用|疗效|保健)|咨询医生|遵医嘱|看医生|就医|停用|停止使用/;

/** Medical, safety or legality claims. @see TAB-49, SCR-12 */
export const healthClaim: Rule = {
  id: 'TAB-49',
  severity: 'B',
  message: '不要作医疗、健康、安全或合法性方面的保证，有资料的照资料说，其余建议咨询专业人士。',
  instead: ['SCR-12', 'SCR-05'],
  detect(passage) {
    let facts: string | undefined;
    const cured = findAll(passage.views.plain, RECOVERY).filter(
      (match) => !isReported(match) && !isAsked(match) && !NOT_BY_GOODS.test(sentenceOf(match).text),
    );
    const claims = findDisguised(passage.views, HEALTH_CLAIM).filter((match) => {
      if (/的(?:话|时候)/.test(match.text)) return false;
      const isNegativeClaim = /^(?:不|无|没)/.test(match.text);
      if (isReported(match) || isAsked(match) || isBeingChecked(match) || isCondition(match)) return false;
      if (!isNegativeClaim && isDenied(match)) return false;
      if (DISCLAIMER.test(sentenceOf(match).text) && !/放心|没事|没问题/.test(match.text)) return false;
      if (CURES.test(match.text)) return true;
      facts ??= knownAboutProduct(passage.context);
      return !isHealthKnown(match.text, facts);
    });
    return [...cured, ...claims].map((match) => ({ span: spanOf(match) }));
  },
};

const HEALTH_CORE =
  /孕|哺乳|婴|宝宝|新生儿|小孩|儿童|老人|敏感肌|糖尿病|高血压|抗菌|抑菌|除菌|助眠|护眼|无毒|甲醛|过敏|刺激|荧光|防腐|添加|医用|械字号|合法|低敏/g;

/** Other names of the same people. */
const SAME_PEOPLE: Readonly<Record<string, readonly string[]>> = {
  小孩: ['儿童', '孩子', '小朋友'],
  儿童: ['小孩', '孩子', '小朋友'],
  宝宝: ['婴', '新生儿'],
  新生儿: ['婴', '宝宝'],
};

function isHealthKnown(claim: string, facts: string): boolean {
  const cores = claim.match(HEALTH_CORE) ?? [];
  return (
    facts.includes(claim) ||
    (cores.length > 0 &&
      cores.every((core) => [core, ...(SAME_PEOPLE[core] ?? [])].some((word) => hasWord(facts, word, false))))
  );
}
