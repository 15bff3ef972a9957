import { describe, expect, it } from 'vitest';
import type { RankedColumn } from './rank-column.ts';
import { yieldToRivals } from './yield-to-rivals.ts';

type Believed = readonly (readonly [target: number, belief: number])[];

const ranked = (table: number, believed: Believed): RankedColumn => ({
  source: { table: { index: table } } as RankedColumn['source'],
  candidates: believed.map(([target, belief]) => ({
    target: { index: target } as RankedColumn['source'],
    figures: new Float64Array(),
    score: Math.log(belief),
    belief,
    history: 0.5,
    learned: 0,
  })),
});
const firsts = (columns: readonly RankedColumn[]): readonly (number | undefined)[] =>
  yieldToRivals(columns).map(({ candidates }) => candidates[0]?.target.index);

describe('columns that want the same target', () => {
  const sure: Believed = [
    [0, 0.98],
    [1, 0.02],
  ];
  const torn: Believed = [
    [0, 0.5],
    [1, 0.4],
  ];

  it('leave it to the one that is sure of it, where they are torn themselves', () => {
    expect(firsts([ranked(0, sure), ranked(0, torn)])).toEqual([0, 1]);
  });

  it('keep it where both are sure, and where they are of different tables', () => {
    expect(firsts([ranked(0, sure), ranked(0, sure)])).toEqual([0, 0]);
    expect(firsts([ranked(0, sure), ranked(1, torn)])).toEqual([0, 0]);
  });

  it('believe in shares that still sum to at most one', () => {
    const sums = yieldToRivals([ranked(0, sure), ranked(0, torn)]).map(({ candidates }) =>
      candidates.reduce((sum, { belief }) => sum + belief, 0),
    );
    expect(sums[0]).toBeCloseTo(1);
    expect(sums[1]).toBeGreaterThan(0.8);
    expect(sums[1]).toBeLessThan(1);
  });
});
