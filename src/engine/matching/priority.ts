/** Which columns a person looks at first (mission.md): primary keys 10, foreign keys 9, domain keywords 8, standard columns 5, generic 2. */
import type { Lexicon } from '../domains/lexicon.ts';
import type { ColumnView } from './column-view.ts';

const standard: ReadonlySet<string> = new Set([
  'name',
  'code',
  'status',
  'type',
  'date',
  'description',
  'amount',
  'address',
  'phone',
  'email',
  'city',
  'state',
  'country',
  'number',
  'identifier',
  'flag',
  'currency',
  'time',
]);

export function reviewPriority(column: ColumnView, lexicon: Lexicon): number {
  if (column.isPrimaryKey) return 10;
  if (column.isForeignKey) return 9;
  if (column.words.some((word) => lexicon.keywords.has(word))) return 8;
  return column.words.some((word) => standard.has(word)) ? 5 : 2;
}
