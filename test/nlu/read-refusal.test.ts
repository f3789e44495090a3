/** Refusals: what stops a machine's messages, and what only sounds like it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { asksForSilence, mayRefuse, type RefusalContext, readRefusal } from '../../src/nlu/read-refusal.ts';

interface Line {
  id: string;
  text: string;
  stop: boolean;
}
const read = (name: string): Line[] =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const lines = [...read('refusals.jsonl'), ...read('refusals-blind.jsonl'), ...read('refusals-fresh.jsonl')];

describe('a refusal', () => {
  test.each(lines.filter(({ stop }) => stop))('$id stops: $text', ({ text }) => {
    expect(readRefusal(text)).toBeDefined();
  });
  test.each(lines.filter(({ stop }) => !stop))('$id goes on: $text', ({ text }) => {
    expect(readRefusal(text)).toBeUndefined();
  });
  test.each([
    ['别催了', 'reminders'],
    ['不用提醒我付款', 'reminders'],
    ['退订', 'all'],
    ['别发了', 'all'],
    ['bie zai fa le', 'all'],
    ['唔使再提我俾钱', 'reminders'],
    ['別騷擾我', 'all'],
    ['unsubscirbe', 'all'],
    ['bie cui le', 'reminders'],
    ['别催了，再发我就拉黑了', 'all'],
  ])('%s refuses %s', (text, scope) => {
    expect(readRefusal(text)).toBe(scope);
  });
  test('a text of any length is read at once', () => {
    expect(readRefusal('别'.repeat(20_000))).toBeUndefined();
    expect(readRefusal(`${'一直'.repeat(10_000)}好`)).toBeUndefined();
  });
});

/** Wordings that no known sentence holds. */
describe('a wish in words of its own', () => {
  test.each([
    '手机从早到晚叮叮当当，全是你们店',
    '麻溜把我从那破名单里弄出去',
    '莫再给我发这些了要得不',
    '你们发的这些我从来不看，以后省了吧',
    '再发俺就拉黑嘞',
    '本人无意接收任何商业信息，请予停止',
  ])('is heard: %s', (text) => expect(readRefusal(text)).toBe('all'));
  test.each([
    '别发语音，我在上班，打字说',
    '隔壁家天天给我发广告，还是你家清静',
    '通知别停啊，接着发',
    '之前误点了退订，想重新收',
    '再不发货我就拉黑你们',
    '短信通知我就行，电话别打',
    '快递员老打电话催我取件，烦',
    '活动开始了记得喊我',
    '你们可真会做生意',
  ])('is not heard: %s', (text) => expect(readRefusal(text)).toBeUndefined());
  test('a story is read for known sentences alone', () => {
    const story = '我上个月买的那个锅用着挺好，就是锅盖有点松，想问问怎么弄。'.repeat(12);
    expect(readRefusal(story)).toBeUndefined();
    expect(readRefusal(`${story}还有，请不要再给我发短信。`)).toBe('all');
  });
});

describe('what stood before', () => {
  const reminder = '亲，您的订单还没付款哦';
  const advert = '会员日全场五折，快来逛逛，回T退订';
  test.each<[string, RefusalContext, string | undefined]>([
    ['不用了', {}, undefined],
    ['不用了', { prev: reminder }, 'reminders'],
    ['没兴趣', { prev: advert }, 'reminders'],
    ['不要了', { prev: reminder, order: 'unpaid' }, undefined],
    ['不用了', { prev: '需要帮您配个礼盒吗？' }, undefined],
    ['不用发了', { prev: '要给您补发一份说明书吗？' }, undefined],
    ['又来', { prev: advert }, 'all'],
    ['又来', {}, undefined],
    ['T', { prev: advert }, 'all'],
    ['T', { prev: reminder }, undefined],
    ['别发了', { order: 'unpaid' }, 'all'],
    ['别发了', { order: 'paid' }, undefined],
    ['别发了', { order: 'paid', prev: advert }, 'all'],
    ['别再给我发广告了', { order: 'paid' }, 'all'],
    ['好的，这就付', { prev: reminder }, undefined],
    ['多少钱', { prev: advert }, undefined],
  ])('%s after %o: %s', (text, around, refused) => {
    expect(readRefusal(text, around)).toBe(refused);
  });
  test('what hangs on it is told without it', () => {
    expect(['不用了', '别发了', '又来', '退订'].map(mayRefuse)).toEqual([true, true, true, true]);
    expect(['多少钱', '什么时候发货', '到货提醒我'].map(mayRefuse)).toEqual([false, false, false]);
  });
  test('a bare no is no wish for silence', () => {
    expect(asksForSilence('不用了', { prev: reminder })).toBeUndefined();
    expect(asksForSilence('不用再提醒了', { prev: reminder })).toBe('reminders');
  });
});

/** Written by another hand, from the domain alone, and measured before anybody read it. */
describe('the second blind set', () => {
  interface Wish {
    text: string;
    prev?: { text: string }[];
    order: RefusalContext['order'] | null;
    kind: 'opt-out' | 'refusal' | 'none';
  }
  const wishes = readFileSync(fileURLToPath(new URL('refusals-blind-second.jsonl', import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Wish);
  const heard = (kind: Wish['kind']) =>
    wishes
      .filter((wish) => wish.kind === kind)
      .map(({ text, prev, order }) => readRefusal(text, { prev: prev?.at(-1)?.text, order: order ?? 'none' }));
  test('nearly all that ask for silence are heard, and no plain no is taken for it', () => {
    expect(heard('opt-out').filter((scope) => scope === 'all').length).toBeGreaterThanOrEqual(57);
    expect(heard('refusal').filter((scope) => scope === 'all')).toEqual([]);
  });
  test('look-alikes are left alone', () => {
    expect(heard('none').filter((scope) => scope !== undefined).length).toBeLessThanOrEqual(1);
  });
});
