import { expect, test } from 'vitest';
import { normalizeText } from '../../src/nlu/normalize-text.ts';
import { skipMentions } from '../../src/nlu/skip-mentions.ts';

test.each([
  ['发票夹多少钱', '夹多少钱'],
  ['投诉箱能挂墙上吗', '箱能挂墙上吗'],
  ['红包封有烫金的吗', '封有烫金的吗'],
  ['快递员工作服有大码吗', '工作服有大码吗'],
  ['好评如潮牌的袜子是纯棉的吗', '袜子是纯棉的吗'],
  ['便宜坊烤鸭是真空的吗', '烤鸭是真空的吗'],
])('a word of the trade in the name of goods says nothing: %s', (text, read) => {
  expect(skipMentions(text)).toBe(read);
});

test.each([
  ['我没说要退货 就是问问怎么洗', '就是问问怎么洗'],
  ['不需要发票 就告诉我几天发货', '就告诉我几天发货'],
  ['我不是来退货的，我想问怎么充电', '我想问怎么充电'],
  ['没有要投诉的意思 就是想知道货到哪了', '就是想知道货到哪了'],
  ['不是退款 是换货', '是换货'],
])('a wish denied before the real one is left out: %s', (text, read) => {
  expect(skipMentions(text)).toBe(read);
});

test.each([
  '发票夹在包裹里了吗',
  '快递袋子破了',
  '投诉你们客服',
  '什么牌子便宜',
  '不是正品 我要退货',
  '没收到货 就想问问到哪了',
  '没发票 想补一张',
  '没想到这么大 想换小一号',
  '不想要了 就想问问怎么退',
  '不用寄回 退我十块行吗',
  '不要黑色 我要白色的',
])('what is meant stays: %s', (text) => {
  expect(skipMentions(text)).toBe(text);
});

test.each(['200b', '200c', '200d', '2060', 'feff', 'ad', '202e'])('a character without width is none: U+%s', (code) => {
  const mark = String.fromCharCode(Number.parseInt(code, 16));
  expect(normalizeText(`多${mark}久${mark}发货`)).toBe('多久发货');
});
