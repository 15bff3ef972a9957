import type { Signal } from './signal.ts';

/** Keys and foreign keys: columns that point to tables which correspond are likely to correspond. */
export const referenceSignal: Signal = {
  id: 'reference',
  label: 'key',
  features: ['reference.fit', 'reference.bothOwn', 'reference.only'],
  measure({ job, structure, source, target }) {
    const a = job.sourceWords.references[source.index] as number;
    const b = job.targetWords.references[target.index] as number;
    if (a < 0 && b < 0) return [0, 0, 0];
    if (a < 0 || b < 0) return [0, 0, 1];
    const ownA = a === source.table.index;
    const ownB = b === target.table.index;
    return [Math.exp(8 * structure.table(a, b).gap), ownA && ownB ? 1 : ownA === ownB ? 0 : -1, 0];
  },
};
