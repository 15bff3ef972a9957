/** The texts of a column and its table that MiniLM reads. */
import type { ColumnView, TableView } from './column-view.ts';

export const textIds = ['name', 'comment', 'examples'] as const;
export type TextId = (typeof textIds)[number];

const LIMIT = 240;

/** Null where the column has nothing of that kind. */
export function renderColumn(column: ColumnView, id: TextId): string | null {
  switch (id) {
    case 'name':
      return column.words.join(' ');
    case 'comment':
      return column.description === null ? null : column.description.slice(0, LIMIT);
    case 'examples':
      return column.values === null ? null : column.values.examples.join(', ').slice(0, LIMIT);
  }
}

/** A table's name alone. */
export const renderTableName = (table: TableView): string => table.words.join(' ');

/** A table's name and comment. */
export function renderTable(table: TableView): string {
  const comment = table.table.comment;
  return `${renderTableName(table)}${comment === null ? '' : `. ${comment}`}`.slice(0, LIMIT);
}
