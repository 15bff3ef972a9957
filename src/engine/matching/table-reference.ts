/** Which table a column points to: its own for a key, another for a foreign key, declared or told by the name. */
import type { ColumnView, SideView, TableView } from './column-view.ts';
import { abbreviationScore } from './word-form.ts';

/** Index of the table referred to by each column of a side; -1 where the column is no reference. */
export function referredTables(side: SideView): Int32Array {
  return Int32Array.from(side.columns, (column) => declared(column, side) ?? named(column, side) ?? -1);
}

function declared(column: ColumnView, side: SideView): number | null {
  const { table } = column.table;
  const key = table.foreignKeys.find((foreign) => foreign.columns.includes(column.ref.column));
  if (key !== undefined) {
    const wanted = key.references.table.toLowerCase();
    const found = side.tables.find((other) => other.table.name.toLowerCase() === wanted);
    if (found !== undefined) return found.index;
  }
  return table.primaryKey.length === 1 && table.primaryKey[0] === column.ref.column ? column.table.index : null;
}

const keyWords: ReadonlySet<string> = new Set([
  'identifier',
  'id',
  'key',
  'number',
  'code',
  'foreign',
  'primary',
  'uuid',
  'guid',
]);
const textTypes: ReadonlySet<string> = new Set(['string', 'integer', 'decimal', 'uuid', 'other']);

/** `customer_id` and `customer` point to `customers`; a bare `id` points to its own table. */
function named(column: ColumnView, side: SideView): number | null {
  if (!textTypes.has(column.column.type)) return null;
  const entity = column.words.filter((word) => !keyWords.has(word));
  const isKey = column.role === 'identifier' || entity.length < column.words.length;
  if (entity.length === 0) return column.role === 'identifier' ? column.table.index : null;
  const fits = side.tables
    .filter((table) => namesTable(entity, table))
    .sort((a, b) => a.words.length - b.words.length || a.index - b.index);
  const found = fits[0];
  if (found === undefined) return null;
  return isKey || found.index !== column.table.index ? found.index : null;
}

function namesTable(entity: readonly string[], table: TableView): boolean {
  if (table.words.length === 0 || entity.length > table.words.length) return false;
  return entity.every((word, i) => {
    const other = table.words[i] as string;
    return word === other || (i === 0 && word.length >= 3 && abbreviationScore(word, other) >= 0.75);
  });
}
