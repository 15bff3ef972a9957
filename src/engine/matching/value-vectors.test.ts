import { describe, expect, it } from 'vitest';
import type { ColumnView } from './column-view.ts';
import { compareValues } from './value-vectors.ts';

const column = (...values: readonly string[]): ColumnView =>
  ({ values: values.length === 0 ? null : { values: new Set(values) } }) as unknown as ColumnView;

describe('compareValues', () => {
  it('finds codes that are written a little differently', () => {
    const likeness = compareValues(
      [column('pt1a', 'pt2', 'pn0')],
      [column('t1a', 't2', 't3'), column('alive', 'dead')],
    );
    expect(likeness?.rowOf(0).covered[0]).toBeGreaterThan(0.15);
    expect(likeness?.rowOf(0).covered[1]).toBe(0);
    expect(likeness?.rowOf(0).values[0]).toBe(0);
  });

  it('a value that all columns have counts less than one that few have', () => {
    const unknown = column('unknown', 'left', 'right');
    const likeness = compareValues(
      [unknown],
      [column('unknown', 'red'), column('left', 'blue'), column('unknown', 'one'), column('unknown', 'two')],
    );
    expect(likeness?.rowOf(0).values[1]).toBeGreaterThan(likeness?.rowOf(0).values[0] ?? 1);
  });

  it('numbers are compared as values, not by their digits', () => {
    const likeness = compareValues([column('100', '200')], [column('1002', '2003')]);
    expect([likeness?.rowOf(0).triples[0], likeness?.rowOf(0).words[0], likeness?.rowOf(0).values[0]]).toEqual([
      0, 0, 0,
    ]);
  });

  it('says nothing where one side has no data', () => {
    expect(compareValues([column('a')], [column()])).toBeNull();
  });
});
