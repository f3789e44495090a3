import { expect, test } from 'vitest';
import { addBayes } from '../../src/nlu/fit-bayes.ts';
import type { SparseVector } from '../../src/nlu/fit-linear.ts';

const vectorOf = (...rows: number[]): SparseVector => ({
  rows: Int32Array.from(rows),
  values: new Float32Array(rows.length).fill(1),
});

/** Feature 0 is of class 0, feature 1 of class 1, feature 2 of both, feature 3 of none. */
const VECTORS = [vectorOf(0, 2), vectorOf(0, 2), vectorOf(1, 2), vectorOf(1, 2)];
const CLASSES = Int32Array.from([0, 0, 1, 1]);

test('a feature speaks for the class it was met with, and not where it was met evenly', () => {
  const weights = new Float32Array(5 * 2);
  addBayes(weights, VECTORS, CLASSES, 4, 2, 1);
  expect(weights[0]).toBeGreaterThan(1);
  expect(weights[1]).toBeCloseTo(-weights[0]!);
  expect(weights[3]).toBeCloseTo(weights[0]!);
  expect([...weights.slice(4, 8)].map((weight) => Math.abs(weight) < 1e-6)).toEqual([true, true, true, true]);
});

test('the share scales what is added to the weights there are; the bias stays', () => {
  const whole = new Float32Array(5 * 2).fill(2);
  const tenth = new Float32Array(5 * 2).fill(2);
  addBayes(whole, VECTORS, CLASSES, 4, 2, 1);
  addBayes(tenth, VECTORS, CLASSES, 4, 2, 0.1);
  expect(tenth[0]! - 2).toBeCloseTo((whole[0]! - 2) / 10);
  expect([...whole.slice(8)]).toEqual([2, 2]);
});
