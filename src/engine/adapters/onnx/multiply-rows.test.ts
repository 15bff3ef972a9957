import { describe, expect, it } from 'vitest';
import { multiplyRows } from '../../matching/vectors.ts';
import { multiplyByRuntime } from './multiply-rows.ts';

describe('multiplyByRuntime', () => {
  it('gives what plain loops give', async () => {
    const matrix = (rows: number, seed: number) =>
      Float32Array.from({ length: rows * 48 }, (_, i) => Math.sin(seed * (i + 1)));
    const [a, b] = [matrix(7, 1.3), matrix(5, 0.7)];
    const expected = await multiplyRows(a, b, 48);
    const found = await multiplyByRuntime(a, b, 48);
    expect(found).toHaveLength(35);
    found.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 4));
  });
});
