/** Words that carry no matter of their own: greetings, calls, a bare yes. */
const GREETING_WORDS =
  /^((你|您|大家)们?好|大家|各位|在(家|线)?(吗|么|不在|嘛|不|没)?|有(没有)?人(在)?(吗|么|嘛|不|没)?|哈(喽|啰|罗|咯)|嗨|嘿|hi|hello|亲|老板|掌柜的?|店家|客服|喂|嗯+|咚+|请问|(早|中|下|晚)(上|午)?好|早上?|打扰了?|[\s呀啊哈哇哟哦呢滴~～!！。,，.?？])+/i;
/** Calls for an answer, and says nothing of what about. */
const CALLS =
  /^(人(呢|哪去了|在哪)|(怎么|咋)(都|还)?(不|没)(人|有人)?(说话|理我|理人|回(我|话|复|答|应)?)(了|呢|啊|呀)?|(快|麻烦)?(点|一点)?(回|理)(一?下|个)?(我|话|复|答|应)?(一?下)?(啊|呀|吧|呗|嘛)?|说(句)?话(呀|啊|嘛)?|急死?(了|啊|呀)?|等(着|半天|好久|很久)(了|呢)?|[\s呀啊哈哇哟哦呢~～!！。,，.…?？])+/;
const ASSENT =
  /^(嗯+|哦+|噢+|好+(的|滴|嘞|哒|吧|了|呀)?|行|可以|是的?|对的?|明白了?|知道了?|了解|收到|ok|👌)[。！!~～ 哦啊呀嗯的了哈吧]*$/i;

/** What a message says beside its greeting. */
export function withoutGreeting(text: string): string {
  return text.replace(GREETING_WORDS, '').trim();
}

/** Says hello and nothing else. */
export function isGreeting(text: string): boolean {
  return withoutGreeting(text) === '';
}

/** Says hello or calls for an answer, and nothing else. */
export function isCall(text: string): boolean {
  return withoutGreeting(withoutGreeting(text).replace(CALLS, '')) === '';
}

/** A bare yes that neither thanks nor takes leave. */
export function isAssent(text: string): boolean {
  const said = text.trim();
  return ASSENT.test(said) || said.split(/[\s,，]+/).every((word) => ASSENT.test(word));
}
