const OPENING =
  /^(?:(?:你好|您好|在吗|在么|在不在|亲爱的|亲亲|亲|hello|hi|哈喽|嗨|有人吗|有人在吗|客服你好|客服|老板|店家|卖家|掌柜的?|美女|帅哥|小姐姐|早上好|上午好|中午好|下午好|晚上好|不好意思|打扰一下|请问一下|请问下|请问|问一下|问下|我想问一下|我想问下|我想问|想问一下|想问下|想咨询一下|咨询一下|咨询下|好的|好吧|好滴|嗯嗯|哦哦|额|呃|喂)[啊呀哦呢哈嘛吖哟]*[\s!?]*)+/;
const CLOSING =
  /(?:[\s!?]*(?:谢谢您|谢谢你|谢谢啦|谢谢了|谢谢|多谢|感谢|谢了|thanks|thank you|thx|3q|辛苦了|辛苦|麻烦了|麻烦你了|麻烦您了|拜托了|拜托)[啊呀哦呢哈啦]*[\s!~]*)+$/;
/** Characters that must be left for a message to be about something else than courtesy. */
const LEFT_AT_LEAST = 3;

/**
 * Takes greetings from the front and thanks from the end of a normalised message that says something else too.
 *
 * A message that is nothing but courtesy stays as it is.
 */
export function stripCourtesy(text: string): string {
  const opened = text.replace(OPENING, '');
  const start = opened.replace(/[\s!?]/g, '').length >= LEFT_AT_LEAST ? opened : text;
  const closed = start.replace(CLOSING, '');
  return closed.replace(/[\s!?]/g, '').length >= LEFT_AT_LEAST ? closed.trim() : start.trim();
}
