import { expect, it } from 'vitest';
import { HttpError } from '../../src/console/client/http.ts';
import { translate } from '../../src/console/i18n/language.tsx';
import { refusalWords } from '../../src/console/settings/refusal-words.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { formatPath } from '../../src/lib/read-text-file.ts';

/** What the desk says of a part that does not fit. */
function refuse(part: Record<string, unknown>): HttpError {
  const issue = ShopSettingsSchema.safeParse({ shop: {}, ...part }).error!.issues.find(
    ({ path }) => path[0] !== 'shop',
  );
  return new HttpError(400, 'bad_request', `${formatPath(issue!.path)}: ${issue!.message}`);
}

const words = (error: HttpError) => refusalWords(error, (key, values) => translate('zh', key, values));

it.each([
  [{ hours: '25:99' }, '在线时间：写成“开始-结束”，例如 09:00-22:00。'],
  [{ replyByHour: 'abc' }, '次日几点前回复留言：写成钟点，例如 10:00。'],
  [{ clocks: { firstReply: { limitS: 0 } } }, '首次回复 时限 （按秒）：最小 10。'],
  [{ clocks: { platform: { warnShare: 1.5 } } }, '平台时限 用时到几成提醒（%）：最大 99。'],
  [{ modes: { debounceSec: 99 } }, '买家停下多少秒后才发：最大 60。'],
  [{ goods: { sourceUrl: 'ftp://x' } }, '地址（留空为不读取）：要填 https:// 开头的地址。'],
  [{ goods: { everyMinutes: 'x' } }, '间隔（分钟）：要填整数。'],
])('%j is refused with %s', (part, sentence) => {
  expect(words(refuse(part))).toBe(sentence);
});

it('what is not known is told as the desk said it; a lost race and a lost line have words of their own', () => {
  expect(words(new HttpError(400, 'bad_request', 'odd: strange'))).toBe('没有保存：odd: strange');
  expect(words(new HttpError(409, 'conflict', 'basedOn is 3'))).toContain('别人刚改过设置');
  expect(words(new HttpError(0, 'unavailable', ''))).toContain('连不上服务器');
});
