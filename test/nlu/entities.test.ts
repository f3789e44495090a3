import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseNumber } from '../../src/nlu/entities/chinese-number.ts';
import { todayIn } from '../../src/nlu/entities/extract-dates.ts';
import { extractEntities } from '../../src/nlu/entities/extract-entities.ts';
import { ENTITY_KINDS } from '../../src/protocol/turn.ts';

/** A Monday, half past ten in the morning. */
const TODAY = { year: 2027, month: 5, day: 3, weekday: 1, minute: 630, offset: '+08:00' };

function read(text: string): string {
  return extractEntities(text, TODAY)
    .map((entity) => `${entity.kind}:${entity.text}=${entity.value}`)
    .join(' ');
}

test.each([
  ['三十五', 35],
  ['一百二', 120],
  ['一百零五', 105],
  ['两千', 2000],
  ['一万二', 12000],
  ['十', 10],
  ['一六五', 165],
  ['3.5', 3.5],
  ['块', undefined],
])('number %s', (text, expected) => {
  expect(parseNumber(text)).toBe(expected);
});

describe('extractEntities', () => {
  test.each([
    ['165 110斤穿啥码', 'height:165=165 weight:110斤=55'],
    ['我一米六五，一百一十斤', 'height:一米六五=165 weight:一百一十斤=55'],
    ['55kg 1米7', 'weight:55kg=55 height:1米7=170'],
    ['便宜20行吗', 'amount:20=20'],
    ['三十五', 'amount:三十五=35'],
    ['三块五一个', 'amount:三块五=3.5'],
    ['35块包邮不', 'amount:35块=35'],
    ['满300减40', 'amount:300=300 amount:40=40'],
    ['两件XL的黑色', 'quantity:两件=2 size:XL=XL colour:黑色=黑色'],
    ['換成紅色的', 'colour:紅色=红色'],
    ['xxl和38码', 'size:xxl=2XL size:38码=38'],
    ['单号SF1234567890123', 'tracking_no:SF1234567890123=SF1234567890123 courier:SF1234567890123=SF'],
    ['快递单号 773012345678901 申通的', 'tracking_no:773012345678901=773012345678901 courier:申通=STO'],
    ['订单号1234567890123456789', 'order_no:1234567890123456789=1234567890123456789'],
    ['打13812345678', 'phone:13812345678=13812345678'],
    ['改成江苏省苏州市姑苏区平江路9号2栋', 'address:江苏省苏州市姑苏区平江路9号2栋=江苏省苏州市姑苏区平江路9号2栋'],
    ['明天下午能发吗', 'date:明天=2027-05-04 time:下午=12:00-18:00'],
    ['5月20号之前', 'date:5月20号=2027-05-20'],
    ['20号能到吗', 'date:20号=2027-05-20'],
    ['20号买的', 'date:20号=2027-04-20'],
    ['下周三', 'date:下周三=2027-05-12'],
    ['晚上8点半', 'time:晚上8点半=2027-05-03T20:30:00+08:00'],
    ['明天下午三点付', 'date:明天=2027-05-04 time:下午三点=2027-05-04T15:00:00+08:00'],
    ['今晚八点我付', 'time:今晚八点=2027-05-03T20:00:00+08:00 date:今晚=2027-05-03'],
    ['明早九点', 'time:明早九点=2027-05-04T09:00:00+08:00 date:明早=2027-05-04'],
    ['下周三10:30', 'date:下周三=2027-05-12 time:10:30=2027-05-12T10:30:00+08:00'],
    ['昨晚十一点下的单', 'time:昨晚十一点=2027-05-02T23:00:00+08:00 date:昨晚=2027-05-02'],
    ['20号买的 下午三点前能到吗', 'date:20号=2027-04-20 time:下午三点=2027-05-03T15:00:00+08:00'],
    ['八点付', 'time:八点=2027-05-03T20:00:00+08:00'],
    ['三点付', 'time:三点=2027-05-03T15:00:00+08:00'],
    ['九点半拍的', 'time:九点半=2027-05-03T09:30:00+08:00'],
    ['下午三点付的款', 'time:下午三点=2027-05-02T15:00:00+08:00'],
    ['凌晨1点', 'time:凌晨1点=2027-05-04T01:00:00+08:00'],
    ['晚上12点', 'time:晚上12点=2027-05-04T00:00:00+08:00'],
    ['半小时后付款', 'time:半小时后=2027-05-03T11:00:00+08:00'],
    ['再过一个半小时', 'time:再过一个半小时=2027-05-03T12:00:00+08:00'],
    ['48小时后还没发', 'time:48小时后=2027-05-05T10:30:00+08:00'],
    ['48小时内发货', ''],
    ['一点也不好', ''],
    ['发工资那天付', ''],
    ['腰围2尺1', 'measurement:2尺1=70'],
    ['30x40cm', 'measurement:30x40cm=30x40'],
    ['纯棉的吗', 'material:纯棉=纯棉'],
    ['ＸＬ', 'size:ＸＬ=XL'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each(['什么时候发货', '第一件', '没有一个人理我', '90后', '打8折', '多少钱一斤', '想要白色吗'])(
    'no number, amount or quantity in: %s',
    (text) => {
      expect(read(text)).not.toMatch(/amount|quantity|weight|height/);
    },
  );

  test.each(['拿三两件', '两三件', '三五个', '十七八块钱', '五六十块', '一两百块', '一二十个', '千把块', '百八十块'])(
    'a guess is no amount and no quantity: %s',
    (text) => {
      expect(read(text)).toBe('');
    },
  );

  test.each([
    ['三五八块', 'amount:三五八块=358'],
    ['五十六块', 'amount:五十六块=56'],
    ['两百五', 'amount:两百五=250'],
    ['百元以内', 'amount:百元=100'],
    ['十件', 'quantity:十件=10'],
  ])('an exact number is no guess: %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('spans are those of the text as typed', () => {
    const text = '要２件 发ＳＦ';
    for (const entity of extractEntities(text, TODAY)) expect(text.slice(entity.from, entity.to)).toBe(entity.text);
  });

  test('today is that of the shop, not of the machine', () => {
    const beforeMidnightUtc = Date.parse('2027-05-03T20:00:00Z');
    expect(todayIn(beforeMidnightUtc, 'Asia/Shanghai')).toEqual({
      year: 2027,
      month: 5,
      day: 4,
      weekday: 2,
      minute: 240,
      offset: '+08:00',
    });
    expect(todayIn(beforeMidnightUtc, 'UTC')).toEqual({ ...TODAY, minute: 1200, offset: '+00:00' });
  });
});

const LINES = readFileSync(join(import.meta.dirname, 'entities.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { text: string; entities: { kind: string; text: string; value: unknown }[] });

test('the labelled lines cover every kind', () => {
  expect(new Set(LINES.flatMap(({ entities }) => entities.map(({ kind }) => kind)))).toEqual(new Set(ENTITY_KINDS));
  expect(LINES.length).toBeGreaterThan(400);
});

test('95 % of the labelled lines are read exactly: kinds, spans and normal forms, none more and none less', () => {
  const form = (entities: readonly { kind: string; text: string; value: unknown }[]): string =>
    entities
      .map(({ kind, text, value }) => `${kind}:${text}=${value}`)
      .sort()
      .join(' ');
  const wrong = LINES.filter(({ text, entities }) => form(extractEntities(text, TODAY)) !== form(entities));
  expect(1 - wrong.length / LINES.length).toBeGreaterThanOrEqual(0.95);
});
