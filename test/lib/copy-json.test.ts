import { expect, it } from 'vitest';
import { copyJson } from '../../src/lib/copy-json.ts';

it('copies all the way down and shares nothing', () => {
  const value = { a: [1, null, { b: 'x', c: undefined }], d: true, e: {} };
  const copy = copyJson(value);
  expect(copy).toStrictEqual(value);
  value.a.push(2);
  Object.assign(value.a[2] as object, { b: 'y' });
  expect(copy).toStrictEqual({ a: [1, null, { b: 'x', c: undefined }], d: true, e: {} });
});
