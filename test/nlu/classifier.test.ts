import { describe, expect, test } from 'vitest';
import { bayesEngine } from '../../src/nlu/baseline-engine.ts';
import { createClassifier } from '../../src/nlu/classifier.ts';
import { fitOutOfScope, scoreOutOfScope } from '../../src/nlu/detect-out-of-scope.ts';
import { deserializeModel, serializeModel } from '../../src/nlu/serialize-model.ts';
import { linearEngine } from '../../src/nlu/text-classifier.ts';
import { trainClassifier } from '../../src/nlu/train-classifier.ts';

const LABELS: Record<string, string[]> = {
  invoice: [
    '能开发票吗',
    '发票抬头写公司',
    '电子发票发我邮箱',
    '要专票',
    '票什么时候开',
    '发票没收到',
    '补开发票',
    '税号给你',
  ],
  courier: [
    '发什么快递',
    '走顺丰吗',
    '快递哪家',
    '用中通可以吗',
    '能发邮政不',
    '快递能换吗',
    '默认哪个快递',
    '圆通到不了',
  ],
  size: [
    '穿多大码',
    '我一米七穿什么号',
    '偏大还是偏小',
    'M码合适吗',
    '尺码准不准',
    '脚宽选大一码吗',
    '身高160选啥码',
    '有没有加大码',
  ],
};
const EXAMPLES = Object.entries(LABELS).flatMap(([label, texts]) => texts.map((text) => ({ text, label })));

describe('classifier', () => {
  const { model, heldOut } = trainClassifier(EXAMPLES);
  const classifier = createClassifier(model);

  test.each([
    ['开票要税号吗', 'invoice'],
    ['快遞發哪家', 'courier'],
    ['165穿几码', 'size'],
  ])('%s', (text, label) => {
    const ranked = classifier.predict(text);
    expect(ranked[0]?.label).toBe(label);
    expect(ranked.map(({ confidence }) => confidence)).toEqual(
      ranked.map(({ confidence }) => confidence).sort((a, b) => b - a),
    );
    expect(ranked.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 5);
  });

  test('scores every example held out once', () => {
    expect(heldOut?.scores.length).toBe(EXAMPLES.length);
    expect(heldOut?.scores.every((row) => row.length === 3)).toBe(true);
  });

  test('the same examples give the same model', () => {
    expect(trainClassifier(EXAMPLES).model.weights).toEqual(model.weights);
  });

  test('a text of nothing known gives a distribution all the same', () => {
    const { probabilities, familiarity } = classifier.score('');
    expect(familiarity).toBe(0);
    expect([...probabilities].every(Number.isFinite)).toBe(true);
  });

  test('evidence is taken from the text and does not overlap', () => {
    const pieces = classifier.evidence('麻烦给我开发票', 'invoice');
    expect(pieces[0]?.text).toContain('发票');
    expect(new Set(pieces.map(({ text }) => text)).size).toBe(pieces.length);
  });

  test('context tells equal texts apart', () => {
    const texts = ['不要了', '退掉', '我不想要', '帮我取消', '算了不要', '取消吧'];
    const examples = texts.flatMap((text) => [
      { text, label: 'cancel', context: ['order=paid'] },
      { text, label: 'return', context: ['order=signed'] },
    ]);
    const trained = createClassifier(trainClassifier(examples).model);
    expect(trained.predict('不想要了', ['order=paid'])[0]?.label).toBe('cancel');
    expect(trained.predict('不想要了', ['order=signed'])[0]?.label).toBe('return');
  });

  test('a packed model answers like the one it was made from', () => {
    const packed = serializeModel(model, { kept: 1 });
    const { model: unpacked, extra } = deserializeModel(packed);
    const again = createClassifier(unpacked).predict('发票和快递');
    expect(extra).toEqual({ kept: 1 });
    for (const [i, { label, confidence }] of classifier.predict('发票和快递').entries()) {
      expect(again[i]?.label).toBe(label);
      expect(again[i]?.confidence).toBeCloseTo(confidence, 3);
    }
  });

  test.each([
    ['shorter than its header', new Uint8Array(4)],
    ['not a classifier model', new Uint8Array(64)],
    ['length does not match', serializeModel(model).slice(0, -8)],
  ])('a damaged model is refused: %s', (problem, bytes) => {
    expect(() => deserializeModel(bytes)).toThrow(problem);
  });
});

test.each([linearEngine, bayesEngine])('engine $name answers through one port', (engine) => {
  const trained = engine.train(EXAMPLES);
  expect(trained.predict('发票怎么开')[0]?.label).toBe('invoice');
  expect(trained.bytes).toBeGreaterThan(0);
});

test('the out-of-scope score parts what its signs part', () => {
  const rows = Array.from({ length: 200 }, (_, i) => [i % 2 === 0 ? 1 : -1, 0.1 * (i % 7)]);
  const model = fitOutOfScope(
    rows,
    rows.map(([sign]) => sign === 1),
  );
  expect(scoreOutOfScope(model, [1, 0.3])).toBeGreaterThan(0.9);
  expect(scoreOutOfScope(model, [-1, 0.3])).toBeLessThan(0.1);
});
