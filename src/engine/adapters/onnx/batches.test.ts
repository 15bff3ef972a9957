import { describe, expect, it } from 'vitest';
import { equalLengthBatches } from './batches.ts';

const rowsOf = (lengths: readonly number[]) => equalLengthBatches(lengths.map((length) => ({ length })));

describe('equalLengthBatches', () => {
  it('puts only rows of one length together, shortest first, in their own order', () => {
    expect(rowsOf([5, 3, 5, 3, 4])).toEqual([
      { length: 3, rows: [1, 3] },
      { length: 4, rows: [4] },
      { length: 5, rows: [0, 2] },
    ]);
  });

  it('cuts a group into batches of some 600 tokens and keeps every row exactly once', () => {
    const batches = rowsOf(Array.from({ length: 70 }, () => 20));
    expect(batches.map(({ rows }) => rows.length)).toEqual([32, 32, 6]);
    expect(batches.flatMap(({ rows }) => rows)).toEqual(Array.from({ length: 70 }, (_, i) => i));
  });

  it('makes batches of long rows smaller, so that memory stays bounded', () => {
    expect(rowsOf(Array.from({ length: 10 }, () => 256)).map(({ rows }) => rows.length)).toEqual([2, 2, 2, 2, 2]);
    expect(rowsOf([5000, 5000]).map(({ rows }) => rows.length)).toEqual([1, 1]);
  });

  it('gives no batch for no rows', () => {
    expect(rowsOf([])).toEqual([]);
  });
});
