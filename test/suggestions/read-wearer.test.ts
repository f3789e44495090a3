import { describe, expect, it } from 'vitest';
import { measurementsOfWearer } from '../../src/suggestions/read-wearer.ts';

const OWN = { heightCm: 165, weightKg: 52 };

describe('measurements belong to who wears it', () => {
  it.each<[string, string[], object | undefined, object]>([
    ['one person all along', ['身高165', '体重104斤', '穿啥码'], undefined, OWN],
    ['those on record', ['穿啥码'], OWN, OWN],
    ['those on record, for the mother-in-law', ['给我婆婆买的 她多少围我不晓得 拿啥码'], OWN, {}],
    ['told for oneself, then for a friend', ['165高 104斤', '给我闺蜜也拿一件 啥码'], OWN, {}],
    ['told for the mother herself', ['给我妈买的', '她身高165 体重104斤', '那拿啥码'], OWN, OWN],
    ['told in the same line', ['给我妈买的 身高165体重104斤 啥码'], undefined, OWN],
    ['of the mother, then for oneself', ['给我妈买 身高165 104斤', '那我自己呢 我穿啥码'], undefined, {}],
    ['back to the first', ['我165高104斤', '给我妈也要一件', '我自己那件到底拿啥码'], undefined, OWN],
    ['the same person by a pronoun', ['给我老公买 165 104斤', '他穿得下M不'], undefined, OWN],
    ['a person named again', ['我妈穿的 身高165 104斤', '给我妈买的 拿M行不'], undefined, OWN],
    ['a husband on record before the message', ['给老公买的', '他能穿M不'], OWN, OWN],
  ])('%s', (_, said, given, expected) => {
    expect(measurementsOfWearer(said, given as typeof OWN | undefined)).toEqual(expected);
  });
});
