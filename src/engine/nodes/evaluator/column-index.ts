/** Columns of one side by their key. */
import { columnKey, type Column, type ColumnRef, type Table } from '../../../shared/model/schema.ts';

export interface IndexedColumn {
  readonly column: Column;
  readonly table: Table;
}

export type ColumnIndex = (ref: ColumnRef) => IndexedColumn | null;

export function indexColumns(tables: readonly Table[]): ColumnIndex {
  const byKey = new Map<string, IndexedColumn>();
  for (const table of tables) {
    for (const column of table.columns)
      byKey.set(columnKey({ schema: table.schema, table: table.name, column: column.name }), { column, table });
  }
  return (ref) => byKey.get(columnKey(ref)) ?? null;
}
