import type { AgentCue, CuePattern } from './cue.ts';

/** What an agent's text says, as far as the buyer's answer to it depends on it. */
export const AGENT_CUE_PATTERNS: Record<AgentCue, CuePattern> = {
  proposal: {
    pattern:
      /推荐|建议|要不|不如|怎么样|如何|比较好|更[好合适划耐稳百适搭]|这[款个件双套种]|那款|适合|合适|可以[试选拍考先搭]|试试|[选拍]|您?要[^,。!?]{0,8}[吗呢?]|需要[^,。!?]{0,10}[吗呢?]|[可好行对]以?[吗么?]|喜欢|百搭|耐脏|给您[配选定安留挑搭备]|帮您[选挑配搭定留]|还是|套装|划算|默认|就[行好可]|先[^,。!?]{1,6}(?:吧|后|再)|一起|搭配|加[个上购一]|送您/g,
    unless: /抱歉|不好意思/g,
  },
  priceRefusal: {
    pattern:
      /最低|底价|[做少让降便减]不了|不[能行可]以?(?:再)?(?:少|降|便宜|优惠|减|送)?|没(?:有)?(?:法|办法|权限|优惠|利润|这个)|统一价|活动价|不议价|实在(?:不|少)|抱歉|不好意思|对不起|真的不|已经很|亏/g,
  },
  correction: {
    pattern:
      /其实|不是的|并不|并非|实际上|误会|误解|不含|没有的哦|不会的|准确地?说|官方|说明书|标注的是|确实不|正常(?:现象|的)|并没有/g,
  },
};
