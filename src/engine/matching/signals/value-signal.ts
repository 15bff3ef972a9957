import { patternOverlap, rangeOverlap, setOverlap, valueOverlap } from '../value-overlap.ts';
import type { Signal } from './signal.ts';

/** What the data of both sides has in common. All 0 where one side has no data. */
export const valueSignal: Signal = {
  id: 'values',
  label: 'values',
  features: ['values.containment', 'values.jaccard', 'values.words', 'values.wordsJaccard', 'values.patterns', 'values.range', 'values.numeric', 'values.length', 'values.distinct', 'values.semanticType', 'values.present'],
  measure({ source, target }) {
    const a = source.values;
    const b = target.values;
    if (a === null || b === null) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    const shared = valueOverlap(a, b);
    const words = setOverlap(a.words, b.words);
    const semantic = a.semanticType === null || b.semanticType === null ? 0 : a.semanticType === b.semanticType ? 1 : -0.5;
    return [
      shared.containment,
      shared.jaccard,
      words.containment,
      words.jaccard,
      patternOverlap(a, b),
      rangeOverlap(a, b),
      1 - 2 * Math.abs(a.numericShare - b.numericShare),
      Math.min(a.meanLength, b.meanLength) / Math.max(1, a.meanLength, b.meanLength),
      1 - Math.abs(a.distinctShare - b.distinctShare),
      semantic,
      1,
    ];
  },
};
