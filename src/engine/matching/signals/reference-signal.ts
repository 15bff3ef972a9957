import type { ColumnView } from '../column-view.ts';
import type { Signal } from './signal.ts';

/** Words of a column that keeps the key of the system a row came from. */
const legacyWords: ReadonlySet<string> = new Set([
  'source',
  'legacy',
  'external',
  'original',
  'old',
  'former',
  'previous',
  'foreign',
]);
const keyWords: ReadonlySet<string> = new Set(['identifier', 'value', 'key', 'code', 'number', 'reference', 'system']);

/** `person_source_value` of person, `legacy_id`: named by nothing but its table, its being a key and its being the old one. */
function keepsLegacyKey({ words, table }: ColumnView): boolean {
  const others = words.filter((word) => !legacyWords.has(word) && !keyWords.has(word));
  return (
    others.length < words.length - (words.some((word) => keyWords.has(word)) ? 1 : 0) &&
    words.some((word) => legacyWords.has(word)) &&
    others.every((word) => table.words.includes(word))
  );
}

/** Keys and foreign keys: columns that point to tables which correspond are likely to correspond. */
export const referenceSignal: Signal = {
  id: 'reference',
  label: 'key',
  features: ['reference.fit', 'reference.bothOwn', 'reference.only', 'reference.legacy'],
  measure({ job, structure, source, target }) {
    const a = job.sourceWords.references[source.index] as number;
    const b = job.targetWords.references[target.index] as number;
    if (a < 0 && b < 0) return [0, 0, 0, 0];
    const ownA = a === source.table.index;
    const legacy = ownA && keepsLegacyKey(target) ? 1 : 0;
    if (a < 0 || b < 0) return [0, 0, legacy === 1 ? 0 : 1, legacy];
    const ownB = b === target.table.index;
    return [Math.exp(8 * structure.table(a, b).gap), ownA && ownB ? 1 : ownA === ownB ? 0 : -1, 0, legacy];
  },
};
