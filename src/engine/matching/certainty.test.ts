import { describe, expect, it } from 'vitest';
import type { ColumnView } from './column-view.ts';
import { certaintyNames, describeCertainty } from './certainty.ts';
import type { RankedColumn } from './rank-column.ts';
import { featureNames } from './signals/registry.ts';

/** A ranking of one source column in table 0: target index and belief of each candidate, best first. */
function ranked(index: number, beliefs: readonly (readonly [target: number, belief: number])[]): RankedColumn {
  const view = (at: number): ColumnView =>
    ({ index: at, table: { index: 0 }, column: { type: 'string', length: null } }) as unknown as ColumnView;
  const figures = new Float64Array(featureNames.length);
  const candidates = beliefs.map(([target, belief]) => ({
    target: view(target),
    figures,
    belief,
    score: Math.log(belief),
    history: 0.5,
    learned: 0,
  }));
  return { source: view(index), candidates };
}

const figure = (rows: readonly (readonly number[])[], row: number, name: (typeof certaintyNames)[number]): number =>
  rows[row]?.[certaintyNames.indexOf(name)] ?? Number.NaN;

describe('describeCertainty', () => {
  const rows = describeCertainty(
    [
      ranked(0, [
        [7, 0.9],
        [8, 0.1],
      ]),
      ranked(1, [
        [7, 0.6],
        [9, 0.4],
      ]),
      ranked(2, [
        [9, 0.8],
        [7, 0.2],
      ]),
      ranked(3, []),
    ],
    10,
  );

  it('gives one row of as many figures as there are names to every column, zeros to one without candidates', () => {
    expect(rows.map((row) => row.length)).toEqual(Array.from({ length: 4 }, () => certaintyNames.length));
    expect(rows[3]).toEqual(certaintyNames.map(() => 0));
  });

  it('says who believes most in a target, and by how much', () => {
    expect([0, 1, 2].map((row) => figure(rows, row, 'mutual'))).toEqual([1, 0, 1]);
    expect(figure(rows, 0, 'rival')).toBeGreaterThan(0);
    expect(figure(rows, 1, 'rival')).toBeLessThan(0);
  });

  it('halves the claim of two columns that want the same target', () => {
    expect([0, 1, 2].map((row) => figure(rows, row, 'claims'))).toEqual([0.5, 0.5, 1]);
  });
});
