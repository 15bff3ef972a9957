import { containment, patternOverlap, rangeOverlap } from '../value-overlap.ts';
import type { Signal } from './signal.ts';

const features = [
  'values.containment',
  'values.words',
  'values.patterns',
  'values.range',
  'values.numeric',
  'values.length',
  'values.distinct',
  'values.semanticType',
  'values.rare',
  'values.covered',
  'values.present',
] as const;

/** What the data of both sides has in common. All 0 where one side has no data. */
export const valueSignal: Signal = {
  id: 'values',
  label: 'values',
  features,
  measure({ job, source, target }) {
    const a = source.values;
    const b = target.values;
    const { likeness } = job;
    if (a === null || b === null || likeness === null) return features.map(() => 0);
    const row = likeness.rowOf(source.index);
    const slot = target.index;
    const semantic =
      a.semanticType === null || b.semanticType === null ? 0 : a.semanticType === b.semanticType ? 1 : -0.5;
    return [
      containment(row.sharedValues[slot] as number, a.values.size, b.values.size),
      containment(row.sharedWords[slot] as number, a.words.size, b.words.size),
      patternOverlap(a, b),
      rangeOverlap(a, b),
      1 - 2 * Math.abs(a.numericShare - b.numericShare),
      Math.min(a.meanLength, b.meanLength) / Math.max(1, a.meanLength, b.meanLength),
      1 - Math.abs(a.distinctShare - b.distinctShare),
      semantic,
      row.values[slot] as number,
      row.covered[slot] as number,
      1,
    ];
  },
};
