import { describe, expect, test } from 'vitest';
import { fitSoftmax } from '../../src/nlu/fit-softmax.ts';

const vector = (...rows: number[]) => ({ rows: Int32Array.from(rows), values: Float32Array.from(rows, () => 1) });

describe('fitSoftmax', () => {
  const vectors = [vector(0), vector(0, 2), vector(1), vector(1, 2)];
  const classes = Int32Array.from([0, 0, 1, 1]);
  const weights = fitSoftmax(vectors, classes, 3, 2, { passes: 20 });

  test('a feature speaks for the class it is met with', () => {
    expect(weights[0]!).toBeGreaterThan(weights[1]! + 0.5);
    expect(weights[3]!).toBeGreaterThan(weights[2]! + 0.5);
  });

  test('a feature of both classes speaks for neither', () => {
    expect(Math.abs(weights[4]! - weights[5]!)).toBeLessThan(0.3);
  });

  test('a dear class draws what is met with both', () => {
    const dear = fitSoftmax(vectors, classes, 3, 2, { passes: 20, classCost: Float32Array.from([4, 1]) });
    expect(dear[6]! + dear[4]!).toBeGreaterThan(dear[7]! + dear[5]!);
  });

  test('the same examples give the same weights', () => {
    expect(fitSoftmax(vectors, classes, 3, 2, { passes: 20 })).toEqual(weights);
  });
});
